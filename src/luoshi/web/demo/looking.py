"""A look-back of the province three weeks ago: drawn, mostly checked, one relapse reopened with help, one where two people differ, the rest still to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from luoshi.web.common.actor import Actor
from luoshi.web.demo.casting import Casting
from luoshi.web.demo.history import History, day_of
from luoshi.web.ledger.services import closing
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.lookback.selectors.population import Wanted, population
from luoshi.web.lookback.services import checking, drawing
from luoshi.web.lookback.services.checking import Found

SEED = "linjiang-2026"
HOLDS = (
    "到现场看了三处，设施都在用，台账与系统数据一致，仍达到办结标准。",
    "调取最近两个月数据核对，没有回落；抽查的两个县都有专人在管。",
    "电话回访五户，都说服务没有断；资料齐全。",
)
RELAPSED = "抽查五处，两处已经停用，近两个月没有台账；运行经费没有着落，覆盖率已低于办结标准。"
EVIDENCE = "照片、回访记录存督查科。"
DIFFERS = "停用的一处已签恢复协议，是否算反弹，建议由领导定。"
HELP = "协调运行经费纳入下年度预算，帮助对接两家运营机构。"


@dataclass
class Looking:
    """The plan on its way."""

    history: History
    plan: LookbackPlan

    def other_than(self, person: int | None) -> Actor:
        """A supervisor of the province who is not ``person``."""
        two = [self.history.cast.actor(name) for name in ("lj-supervisor", "lj-supervisor2")]
        return next(one for one in two if one.user_id != person)


def look_back(casting: Casting) -> None:
    """Let the sample be drawn three weeks ago; what follows is planned then."""
    casting.history.plan(casting.history.days_ago(21), _draw, casting.history)


def _draw(history: History, at: datetime) -> None:
    actor = history.cast.actor("lj-supervisor")
    wanted = Wanted(day_of(at) - timedelta(days=200), day_of(at) - timedelta(days=20), (), "", 80, 20)
    if population(wanted, actor).count == 0:
        return
    due_on = day_of(at) + timedelta(days=30)
    plan = drawing.draw_plan(title="办结事项回头看", wanted=wanted, seed=SEED, typed_seed=True, due_on=due_on, actor=actor, at=at)
    looking = Looking(history, plan)
    most = plan.size * 3 // 4
    for place, check in enumerate(plan.checks.order_by("order")[:most]):
        history.plan(history.after(at, 2 + place * 0.7), _check, looking, check.pk, place)


def _check(looking: Looking, check_id: int, place: int, at: datetime) -> None:
    check = LookbackCheck.objects.get(pk=check_id)
    outcome, words = ("relapsed", RELAPSED) if place in (1, 3) else ("holds", HOLDS[place % len(HOLDS)])
    found = Found("visit" if place % 3 != 2 else "call", day_of(at), words, EVIDENCE, outcome)
    checking.check_matter(check_id=check_id, found=found, actor=looking.other_than(check.accepted_by_id), at=at)
    if place % 5 != 4:
        looking.history.plan(looking.history.after(at, 2), _look_again, looking, check_id, place)


def _look_again(looking: Looking, check_id: int, place: int, at: datetime) -> None:
    check = LookbackCheck.objects.get(pk=check_id)
    second = looking.other_than(check.first_id)
    if place == 3:
        checking.differ_check(check_id=check_id, reason=DIFFERS, actor=second, at=at)
        return
    checking.confirm_check(check_id=check_id, words="", actor=second, at=at)
    if check.outcome == "relapsed":
        looking.history.plan(looking.history.after(at, 1), _reopen, looking, check_id)


def _reopen(looking: Looking, check_id: int, at: datetime) -> None:
    check = LookbackCheck.objects.select_related("matter").get(pk=check_id)
    actor = looking.history.cast.actor("lj-supervisor")
    reason = f"回头看“{looking.plan.title}”：{check.findings}"
    closing.reopen_matter(matter_id=check.matter_id, reason=reason, due_on=day_of(at) + timedelta(days=60), actor=actor, at=at)
    until = looking.history.today + timedelta(days=20)
    checking.offer_help(check_id=check_id, text=HELP, by="省财政厅社会保障处", until=until, actor=actor, at=at)
