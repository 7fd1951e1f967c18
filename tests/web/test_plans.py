"""Plans: what is agreed, how a change keeps what was reached, what cannot hold."""

from datetime import date

import pytest

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.lights import Point
from luoshi.web.ledger.plans import PlanContent, Step, straight_line
from luoshi.web.ledger.services import planning
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.stage import PLAN, Stage


def test_an_agreed_plan_is_what_lights_follow(stage: Stage) -> None:
    stage.do(planning.agree_plan, "province.supervisor", plan_id=stage.planned().pk)
    matter = stage.fresh()
    assert matter.plan_agreed_at == kit.NOW and matter.cadence == "monthly" and matter.plan_kind == "milestones"
    assert list(matter.milestones.values_list("title", flat=True).order_by("due_on")) == ["方案印发", "全部开工"]


def test_a_changed_plan_keeps_what_was_reached_and_the_old_one_in_the_record(stage: Stage) -> None:
    stage.do(planning.agree_plan, "province.supervisor", plan_id=stage.planned().pk)
    stage.matter.milestones.filter(title="方案印发").update(done_on=date(2026, 11, 20))
    changed = PlanContent("quarterly", (Step("全部开工", date(2026, 12, 25)), Step("验收", date(2026, 12, 30))))
    plan = stage.do(planning.propose_plan, "civil.liaison", matter_id=stage.matter.pk, content=changed, note="雨季")
    assert set(stage.matter.milestones.values_list("title", flat=True)) == {"方案印发", "全部开工"}
    stage.do(planning.agree_plan, "province.supervisor", plan_id=plan.pk)
    assert dict(stage.matter.milestones.values_list("title", "due_on")) == {
        "方案印发": date(2026, 11, 30),
        "全部开工": date(2026, 12, 25),
        "验收": date(2026, 12, 30),
    }
    last = Record.objects.last()
    assert last is not None and "2026-12-20" in last.before and "2026-12-25" in last.after


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(PlanContent("monthly"), "还没有节点", id="nothing"),
        pytest.param(PlanContent("daily", PLAN.steps), "频次", id="cadence"),
        pytest.param(PlanContent("", (Step("晚", date(2027, 1, 1)),)), "晚于办理时限", id="past the deadline"),
        pytest.param(PlanContent("", (Step("一", date(2026, 12, 1)), Step("一", date(2026, 12, 2)))), "名称相同", id="same title"),
        pytest.param(PlanContent("", (), {0: (Point(date(2026, 11, 1), 60),)}), "两个点", id="one point"),
        pytest.param(PlanContent("", (), {0: (Point(date(2026, 11, 1), 60), Point(date(2026, 11, 1), 61))}), "填了两个值", id="a day twice"),
        pytest.param(PlanContent("", (), {0: (Point(date(2026, 11, 1), 60), Point(date(2026, 12, 1), 80))}), "没有达到目标", id="short of the target"),
        pytest.param(PlanContent("", (), {0: (Point(date(2026, 11, 1), 60), Point(date(2027, 2, 1), 85))}), "晚于办理时限", id="curve past the deadline"),
        pytest.param(PlanContent("", (), {99: (Point(date(2026, 11, 1), 60), Point(date(2026, 12, 1), 85))}), "不属于这件事", id="another's target"),
    ],
)
def test_a_plan_that_cannot_hold_is_refused(stage: Stage, content: PlanContent, words: str) -> None:
    target = stage.matter.targets.create(indicator="覆盖率", value=85, unit="%")
    curves = {target.pk if key == 0 else target.pk + key: curve for key, curve in content.curves.items()}
    with pytest.raises(RuleBroken, match=words):
        stage.do(planning.propose_plan, "civil.liaison", matter_id=stage.matter.pk, content=PlanContent(content.cadence, content.steps, curves))


def test_a_straight_line_has_a_point_at_the_end_of_every_period() -> None:
    line = straight_line(Point(date(2026, 9, 15), 60), Point(date(2026, 12, 31), 85), "monthly")
    assert [point.on for point in line] == [date(2026, 9, 15), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)]
    assert line[0].value == 60 and line[-1].value == 85 and [point.value for point in line] == sorted(point.value for point in line)
    weekly = straight_line(Point(date(2020, 1, 1), 0), Point(date(2026, 12, 31), 1), "weekly")
    assert len(weekly) <= 40


def test_who_proposes_a_plan_does_not_agree_to_it(stage: Stage) -> None:
    town = kit.matter(stage.world, state=State.ACTIVE, lead="town")
    plan = stage.do(planning.propose_plan, "province.supervisor", matter_id=town.pk, content=PLAN)
    with pytest.raises(RuleBroken, match="同一个人"):
        stage.do(planning.agree_plan, "province.supervisor", plan_id=plan.pk)
