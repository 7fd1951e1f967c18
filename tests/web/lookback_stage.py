"""Closed matters, a sample of them, and short ways to check it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import State
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.lookback.selectors.population import Wanted
from luoshi.web.lookback.services import checking, drawing
from luoshi.web.lookback.services.checking import Found
from luoshi.web.orgs.roles import SUPERVISOR
from tests.web import kit

WANTED = Wanted(date(2026, 9, 1), date(2026, 11, 26), (), "", 80, 20)
LEADS = {"civil": 20, "finance": 9, "city": 1}
HOLDS, GONE = "holds", "relapsed"


@dataclass
class Looking:
    """A plan of the province over matters that are closed; ``province.colleague`` is its second supervisor."""

    world: kit.World
    plan: LookbackPlan | None = None

    def do(self, service: Callable[..., Any], who: str, **told: Any) -> Any:
        return service(actor=self.world.actor(who), at=kit.NOW, **told)

    def drawn(self, who: str = "province.supervisor", *, seed: str = "linjiang", wanted: Wanted = WANTED) -> LookbackPlan:
        told = {"title": "三季度回头看", "wanted": wanted, "seed": seed, "typed_seed": True, "due_on": kit.TODAY + timedelta(days=28)}
        made: LookbackPlan = self.do(drawing.draw_plan, who, **told)
        self.plan = made
        return made

    def check(self, order: int = 1) -> LookbackCheck:
        assert self.plan is not None
        return LookbackCheck.objects.get(plan=self.plan, order=order)

    def checked(self, order: int = 1, outcome: str = HOLDS, who: str = "province.supervisor") -> LookbackCheck:
        found = Found("visit", kit.TODAY, "抽查3处，都在营", "照片在督查科", outcome)
        made: LookbackCheck = self.do(checking.check_matter, who, check_id=self.check(order).pk, found=found)
        return made

    def confirmed(self, order: int = 1, outcome: str = HOLDS) -> LookbackCheck:
        self.checked(order, outcome)
        made: LookbackCheck = self.do(checking.confirm_check, "province.colleague", check_id=self.check(order).pk, words="复核属实")
        return made


def closed(world: kit.World, leads: dict[str, int] = LEADS, *, issuer: str = "province") -> None:
    """Closed matters of each lead unit, and a second supervisor of the province."""
    for lead, count in leads.items():
        for _n in range(count):
            one = kit.matter(world, state=State.CLOSED, issuer=issuer, lead=lead)
            Matter.objects.filter(pk=one.pk).update(accepted_at=kit.NOW, closed_at=kit.NOW, theme="养老", issuer_name="临江省人民政府", lead_name=one.lead.name if one.lead else "")
    if f"{issuer}.colleague" not in world.people:
        world.people[f"{issuer}.colleague"] = kit.person(f"{issuer}.colleague", "同事", world.units[issuer], SUPERVISOR)


def looking(world: kit.World) -> Looking:
    """Ready to draw."""
    closed(world)
    return Looking(world)
