"""Leaves to see: who gives one, for how long, what it opens and what it never opens."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.models import Grant
from luoshi.web.orgs.services import grants
from tests.web import kit

MONTH = kit.TODAY + timedelta(days=30)


def give(world: kit.World, *, who: str = "civil.head", to: str = "finance", purpose: str = "联合督查", until: date = MONTH, subtree: bool = False) -> Grant:
    return grants.give_grant(to_unit=world.units[to].pk, purpose=purpose, expires_on=until, subtree=subtree, actor=world.actor(who), at=kit.NOW)


@pytest.mark.parametrize("who", ["civil.head", "civil.leader"])
def test_head_and_leader_give_and_end(world: kit.World, who: str) -> None:
    grant = give(world, who=who)
    assert grants.end_grant(grant_id=grant.pk, actor=world.actor(who), at=kit.NOW).ended_on == kit.TODAY
    given, ended = Record.objects.order_by("seq")
    assert (given.act, ended.act) == ("grant.give", "grant.end")
    assert given.reason == "联合督查" and given.context == ended.context == f"unit:{world.units['civil'].pk}"
    with pytest.raises(RuleBroken):
        grants.end_grant(grant_id=grant.pk, actor=world.actor(who), at=kit.NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda world: give(world, who="civil.liaison"), id="a liaison"),
        pytest.param(lambda world: give(world, who="civil.supervisor"), id="a supervisor"),
        pytest.param(lambda world: give(world, who="system"), id="the system administrator"),
        pytest.param(lambda world: give(world, to="civil"), id="to oneself"),
        pytest.param(lambda world: give(world, purpose=" "), id="without a purpose"),
        pytest.param(lambda world: give(world, until=kit.TODAY - timedelta(days=1)), id="in the past"),
        pytest.param(lambda world: give(world, until=kit.TODAY + timedelta(days=367)), id="for more than a year"),
    ],
)
def test_what_is_no_leave(world: kit.World, wrong: Callable[[kit.World], Grant]) -> None:
    with pytest.raises(RuleBroken):
        wrong(world)
    assert not Grant.objects.exists() and not Record.objects.exists()


def test_only_who_gave_it_ends_it(world: kit.World) -> None:
    grant = give(world)
    for who in ("finance.head", "province.leader", "civil.liaison"):
        with pytest.raises(RuleBroken):
            grants.end_grant(grant_id=grant.pk, actor=world.actor(who), at=kit.NOW)


def test_a_leave_opens_what_it_says_while_it_lasts(world: kit.World) -> None:
    office = world.units["office"] = kit.unit("LJ-MZ-LL", "临江省老龄工作办公室", under=world.units["civil"])
    lower = world.units["bureau"] = kit.unit("YL-MZ-X", "云岭市养老服务中心", level="city", under=world.units["civil"])
    world.people["office.supervisor"] = kit.person("office", "老龄", office, "supervisor")
    world.people["bureau.supervisor"] = kit.person("bureau", "中心", lower, "supervisor")
    own = {code: kit.matter(world, state=State.ACTIVE, issuer=code, lead=code).pk for code in ("civil", "office", "bureau", "city")}

    def seen() -> set[str]:
        there = set(visible_matters(world.actor("finance.supervisor")).values_list("pk", flat=True))
        return {code for code, pk in own.items() if pk in there}

    assert seen() == set()
    plain = give(world)
    assert seen() == {"civil"}
    whole = give(world, subtree=True)
    assert seen() == {"civil", "office"}, "never those of a lower level"
    grants.end_grant(grant_id=whole.pk, actor=world.actor("civil.head"), at=kit.NOW)
    assert seen() == {"civil"}
    Grant.objects.filter(pk=plain.pk).update(expires_on=kit.TODAY - timedelta(days=1))
    assert seen() == set()
    assert visible_matters(world.actor("province.supervisor")).filter(pk=own["civil"]).count() == 0, "nor upward"
