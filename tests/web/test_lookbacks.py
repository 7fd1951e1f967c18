"""A sample of closed matters is drawn, checked by two people, settled by a leader where they differ; help is offered; a relapse leads to reopening."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.models import Matter, Report
from luoshi.web.ledger.selectors.counting import asked_count
from luoshi.web.ledger.selectors.must_do import must_do_list
from luoshi.web.ledger.services import closing
from luoshi.web.ledger.workflow import ReportState, State
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.lookback.panel import panel
from luoshi.web.lookback.selectors import visible_checks, visible_plans
from luoshi.web.lookback.selectors.pages import checks_of, is_the_sample, progress_of, tickets
from luoshi.web.lookback.selectors.population import population
from luoshi.web.lookback.services import checking, drawing
from luoshi.web.lookback.services.checking import Found
from tests.web import kit
from tests.web.lookback_stage import GONE, HOLDS, WANTED, Looking, looking

SIZE = 8
HASH = "a84f24cfbfadc9b4adaff77da2b311d9382ad5b7d6c2e65fa82d180816571223"
SAMPLE = [  # by sha256sum in a shell, unit by unit in the order of the tree
    *(("临江省财政厅", f"LJ-2026-{n:04}") for n in (22, 26)),
    *(("临江省民政厅", f"LJ-2026-{n:04}") for n in (17, 3, 5, 18, 20)),
    ("云岭市人民政府", "LJ-2026-0030"),
]


@pytest.fixture
def stage(world: kit.World) -> Looking:
    return looking(world)


def acts() -> list[str]:
    return list(Record.objects.order_by("seq").values_list("act", flat=True))


def test_a_seed_draws_this_sample_on_either_database(stage: Looking) -> None:
    plan = stage.drawn()
    assert (plan.population, plan.size, acts()) == (30, SIZE, ["lookback.draw"])
    assert [(one.unit_name, one.matter.number) for one in checks_of(plan)] == SAMPLE
    assert Record.objects.get().after and plan.list_hash == HASH
    again = stage.drawn("province.head")
    assert [one.matter_id for one in checks_of(again)] == [one.matter_id for one in checks_of(plan)]
    assert stage.drawn(seed="another").checks.exclude(matter__in=plan.checks.values("matter")).exists()


def test_drawing_anew_shows_the_same_and_notices_a_change(stage: Looking) -> None:
    plan = stage.drawn()
    numbers = [one.matter.number for one in checks_of(plan)]
    assert is_the_sample(plan, tickets(plan), numbers)
    assert not is_the_sample(plan, tickets(plan), numbers[1:])
    plan.strata[0]["numbers"][0] = "LJ-2026-9999"
    assert not is_the_sample(plan, tickets(plan), numbers)


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        pytest.param({}, 30, id="all"),
        pytest.param({"until": kit.TODAY - timedelta(days=1)}, 0, id="before they were accepted"),
        pytest.param({"since": kit.TODAY}, 30, id="on the day"),
        pytest.param({"theme": "教育"}, 0, id="another theme"),
        pytest.param({"theme": "养老"}, 30, id="their theme"),
    ],
)
def test_what_is_drawn_from(stage: Looking, changed: dict[str, Any], count: int) -> None:
    assert population(replace(WANTED, **changed), stage.world.actor("province.supervisor")).count == count


def test_only_the_chosen_units_and_only_what_is_still_done(stage: Looking) -> None:
    finance = stage.world.units["finance"].pk
    one = Matter.objects.filter(lead=finance).first()
    assert one is not None
    Matter.objects.filter(pk=one.pk).update(state=State.ACTIVE)
    found = population(replace(WANTED, leads=(finance,)), stage.world.actor("province.supervisor"))
    assert [(stratum.name, len(stratum.numbers)) for stratum in found.strata] == [("临江省财政厅", 8)]
    assert population(WANTED, stage.world.actor("civil.supervisor")).count == 0  # it leads them, it did not issue them


@pytest.mark.parametrize("who", ["province.liaison", "province.leader"])
def test_who_draws(stage: Looking, who: str) -> None:
    with pytest.raises(RuleBroken):
        stage.drawn(who)


def test_nothing_to_draw_from_and_a_day_that_has_been(stage: Looking) -> None:
    with pytest.raises(RuleBroken, match="没有办结"):
        stage.drawn(wanted=replace(WANTED, theme="教育"))
    with pytest.raises(RuleBroken, match="今天之后"):
        stage.do(drawing.draw_plan, "province.head", title="x", wanted=WANTED, seed="1", typed_seed=True, due_on=kit.TODAY)


def test_two_people_and_the_result(stage: Looking) -> None:
    stage.drawn()
    stage.checked()
    with pytest.raises(RuleBroken, match="不能是同一个人"):
        stage.do(checking.confirm_check, "province.supervisor", check_id=stage.check().pk, words="")
    done = stage.do(checking.confirm_check, "province.colleague", check_id=stage.check().pk, words="复核属实")
    assert (done.state, done.outcome, acts()) == ("confirmed", HOLDS, ["lookback.draw", "lookback.check", "lookback.confirm"])
    first, second = Record.objects.order_by("seq")[1:]
    assert first.context == f"lookbackplan:{done.plan_id}" and second.context == f"matter:{done.matter_id}"
    with pytest.raises(RuleBroken):
        stage.checked()


def test_whoever_accepted_it_does_not_look_first(stage: Looking) -> None:
    by, unit = stage.world.people["province.supervisor"], stage.world.units["civil"]
    told = {"unit": unit, "unit_name": unit.name, "author": stage.world.people["civil.liaison"], "created_at": kit.NOW, "saved_at": kit.NOW}
    for matter in Matter.objects.all():
        Report.objects.create(matter=matter, state=ReportState.ACCEPTED, final=True, text="办结", reviewed_by=by, reviewed_at=kit.NOW, **told)
    stage.drawn()
    with pytest.raises(RuleBroken, match="您验收的"):
        stage.checked()
    stage.checked(who="province.head")
    done = stage.do(checking.confirm_check, "province.supervisor", check_id=stage.check().pk, words="")
    assert done.state == "confirmed"


def test_two_who_differ(stage: Looking) -> None:
    stage.drawn()
    stage.checked(1, HOLDS)
    stage.checked(2, HOLDS)
    for order in (1, 2):
        stage.do(checking.differ_check, "province.colleague", check_id=stage.check(order).pk, reason="两处已停业")
    stage.checked(1, GONE)
    assert stage.check(1).second_id is None
    settled = stage.do(checking.settle_check, "province.leader", check_id=stage.check(2).pk, outcome=GONE, reason="以现场为准")
    assert (settled.state, settled.outcome) == ("confirmed", GONE)
    assert acts()[1:] == ["lookback.check", "lookback.check", "lookback.differ", "lookback.differ", "lookback.check", "lookback.settle"]


def test_who_settles_did_neither_look(stage: Looking) -> None:
    stage.drawn()
    stage.checked(who="province.supervisor")
    stage.do(checking.differ_check, "province.head", check_id=stage.check().pk, reason="两处已停业")
    told = {"check_id": stage.check().pk, "outcome": GONE, "reason": "以现场为准"}
    for who, why in (("province.head", "不同意见"), ("province.colleague", "角色"), ("civil.leader", "角色")):
        with pytest.raises(RuleBroken, match=why):
            stage.do(checking.settle_check, who, **told)
    with pytest.raises(RuleBroken, match="理由"):
        stage.do(checking.settle_check, "province.leader", **told | {"reason": " "})


@pytest.mark.parametrize(
    "changed", [{"findings": " "}, {"outcome": "maybe"}, {"way": "dream"}, {"looked_on": kit.TODAY + timedelta(days=1)}], ids=["nothing found", "no outcome", "no way", "tomorrow"]
)
def test_what_a_check_must_say(stage: Looking, changed: dict[str, Any]) -> None:
    stage.drawn()
    found = replace(Found("visit", kit.TODAY, "在营", "", HOLDS), **changed)
    with pytest.raises(RuleBroken):
        stage.do(checking.check_matter, "province.supervisor", check_id=stage.check().pk, found=found)


def test_a_check_that_was_changed_meanwhile(stage: Looking) -> None:
    stage.drawn()
    seen = stage.check().changes
    stage.checked()
    with pytest.raises(Conflict):
        stage.do(checking.confirm_check, "province.colleague", check_id=stage.check().pk, words="", expected=seen)


def test_help_is_offered_and_done(stage: Looking) -> None:
    stage.drawn()
    offer = {"check_id": stage.check().pk, "text": "协调奖补资金", "by": "省财政厅社保处", "until": kit.TODAY}
    with pytest.raises(RuleBroken, match="没有认定"):
        stage.do(checking.offer_help, "province.supervisor", **offer)
    stage.confirmed()
    with pytest.raises(RuleBroken, match="没有登记"):
        stage.do(checking.help_done, "province.supervisor", check_id=stage.check().pk, result="到账")
    with pytest.raises(RuleBroken, match="角色"):
        stage.do(checking.offer_help, "civil.head", **offer)
    stage.do(checking.offer_help, "province.leader", **offer)
    assert "lookback_help" in kinds(stage, "province.supervisor")
    stage.do(checking.help_done, "province.supervisor", check_id=stage.check().pk, result="资金到账")
    assert acts()[-2:] == ["lookback.help", "lookback.help_done"] and "lookback_help" not in kinds(stage, "province.supervisor")
    with pytest.raises(RuleBroken, match="已经办完"):
        stage.do(checking.offer_help, "province.leader", **offer)


def test_a_relapse_is_reopened_and_counted(stage: Looking) -> None:
    plan = stage.drawn()
    stage.confirmed(1, GONE)
    for order in range(2, 7):
        stage.confirmed(order)
    assert "lookback_to_reopen" in kinds(stage, "province.supervisor")
    before = progress_of(plan, checks_of(plan))
    assert (before.relapsed, before.reopened, before.said) == (1, 0, "抽查 6 件，巩固 5，反弹 1；反弹率 5%–43%（80%）")
    matter = stage.check(1).matter
    stage.do(closing.reopen_matter, "province.supervisor", matter_id=matter.pk, reason="回头看", due_on=kit.TODAY + timedelta(days=30))
    matter.refresh_from_db()
    assert (matter.state, matter.relapses, progress_of(plan, checks_of(plan)).reopened) == (State.ACTIVE, 1, 1)
    assert "lookback_to_reopen" not in kinds(stage, "province.supervisor")


def kinds(stage: Looking, who: str) -> list[str]:
    actor = stage.world.actor(who)
    found = must_do_list(actor, kit.TODAY)
    assert found.asked == asked_count(actor, kit.TODAY)
    return [row.kind for group in found.groups for row in group.rows if row.kind.startswith("lookback")]


def test_what_is_asked_of_whom(stage: Looking) -> None:
    plan = stage.drawn()
    assert kinds(stage, "province.supervisor") == kinds(stage, "province.head") == ["lookback_to_check"]
    assert kinds(stage, "province.leader") == kinds(stage, "civil.supervisor") == []
    stage.checked()
    assert kinds(stage, "province.supervisor") == ["lookback_to_check"]
    assert kinds(stage, "province.colleague") == ["lookback_to_confirm", "lookback_to_check"]
    stage.do(checking.differ_check, "province.colleague", check_id=stage.check().pk, reason="停业")
    assert kinds(stage, "province.leader") == ["lookback_differs"] and "lookback_differs" in kinds(stage, "province.supervisor")
    stage.do(drawing.drop_plan, "province.head", plan_id=plan.pk, reason="范围选错")
    assert acts()[-1] == "lookback.drop"
    assert kinds(stage, "province.leader") == kinds(stage, "province.supervisor") == []


def test_a_plan_with_a_result_is_not_dropped(stage: Looking) -> None:
    plan = stage.drawn()
    with pytest.raises(RuleBroken, match="角色"):
        stage.do(drawing.drop_plan, "province.leader", plan_id=plan.pk, reason="范围选错")
    stage.confirmed()
    with pytest.raises(RuleBroken, match="已有认定"):
        stage.do(drawing.drop_plan, "province.supervisor", plan_id=plan.pk, reason="范围选错")


def test_who_sees_what(stage: Looking) -> None:
    plan = stage.drawn()
    unit = plan.checks.order_by("order")[0].unit_id
    lead = next(code for code, one in stage.world.units.items() if one.pk == unit)

    def seen(who: str) -> tuple[int, int]:
        actor = stage.world.actor(who)
        return visible_plans(actor).count(), visible_checks(actor).count()

    stage.checked()
    assert seen("province.liaison") == (1, plan.size) and seen(f"{lead}.head") == (0, 0)
    assert panel(stage.check().matter, stage.world.actor(f"{lead}.head"), kit.TODAY) is None
    stage.do(checking.confirm_check, "province.colleague", check_id=stage.check().pk, words="")
    assert seen(f"{lead}.head") == (0, 1) and seen("city.head") == seen("system") == (0, 0)
    assert panel(stage.check().matter, stage.world.actor(f"{lead}.head"), kit.TODAY) is not None


def client(stage: Looking, who: str) -> Client:
    made = Client()
    made.force_login(stage.world.people[who])
    return made


def test_pages_from_the_preview_to_the_result(stage: Looking) -> None:
    supervisor = client(stage, "province.supervisor")
    form = {"title": "三季度", "since": "2026-09-01", "until": "2026-11-26", "theme": "", "confidence": "80", "margin": "20", "due_on": "2099-01-01", "seed": "linjiang"}
    seen = supervisor.post(reverse("lookback_new"), form | {"once": "k" * 24})
    assert "总体 30 件" in seen.content.decode() and not LookbackPlan.objects.exists()
    led = supervisor.post(reverse("lookback_new"), form | {"once": "k" * 24, "draw": "1"}, follow=True)
    assert "linjiang" in led.content.decode() and "三季度" in led.content.decode()
    plan = LookbackPlan.objects.get()
    assert [one.matter.number for one in checks_of(plan)] == [number for _unit, number in SAMPLE]
    assert "完全一致" in supervisor.get(reverse("lookback_population", args=[plan.pk])).content.decode()
    assert "三季度" in supervisor.get(reverse("lookbacks")).content.decode()
    for name in ("lookback_check", "lookback_write", "lookback_confirm", "lookback_settle", "lookback_help", "lookback_reopen"):
        assert supervisor.get(reverse(name, args=[LookbackCheck.objects.first().pk])).status_code in (200, 422)  # type: ignore[union-attr]


def test_a_wrong_form_keeps_what_was_typed(stage: Looking) -> None:
    form = {"title": "三季度", "since": "2026-12-01", "until": "2026-11-26", "theme": "", "confidence": "80", "margin": "20", "due_on": "2026-01-01", "seed": "a b"}
    told = client(stage, "province.supervisor").post(reverse("lookback_new"), form | {"once": "k" * 24, "draw": "1"})
    text = told.content.decode()
    assert told.status_code == 422 and all(words in text for words in ("颠倒", "今天之后", "种子只能", "三季度", "a b"))
