"""Inspections: visits against the plan, clashes and merging, facts that a unit confirms or answers, who sees which visit."""

from datetime import date, timedelta

import pytest

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.problems import workflow
from luoshi.web.problems.clashes import Span, clash
from luoshi.web.problems.models import Inspection, Visit
from luoshi.web.problems.selectors import visible_inspections, visible_visits
from luoshi.web.problems.selectors.inspections import clashing, inspection_page, inspections_listed, year_table
from luoshi.web.problems.services import inspecting, visiting, yearly
from luoshi.web.problems.workflow import InspectionState, VisitState
from tests.web import kit
from tests.web.problem_stage import DAY, ProblemStage, asked
from tests.web.test_problems import arrows, check_table

LETTERS = dict(zip("Slh", workflow.VISIT_PARTIES, strict=True))
VISIT_ARROWS = """
ahead --tell--> told : S
told --confirm--> confirmed : l h 2
told --reply--> replied : l h ! 2
told --settle--> settled : S !
replied --settle--> settled : S !
"""
INSPECTION_ARROWS = """
arranged --conclude--> concluded : S !
arranged --merge--> merged : S !
arranged --cancel--> cancelled : S !
"""


@pytest.fixture
def stage(world: kit.World) -> ProblemStage:
    return ProblemStage(world)


def acts() -> list[str]:
    return [*Record.objects.order_by("seq").values_list("act", flat=True)]


def test_every_state_act_and_party() -> None:
    check_table(workflow.VISITS, arrows(VISIT_ARROWS, LETTERS), [*VisitState], workflow.VISIT_PARTIES)
    check_table(workflow.INSPECTIONS, arrows(INSPECTION_ARROWS, LETTERS), [*InspectionState], workflow.VISIT_PARTIES)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        pytest.param(date(2026, 11, 23), date(2026, 11, 23), True, id="overlap"),
        pytest.param(date(2026, 12, 8), date(2026, 12, 9), True, id="the tenth working day after"),
        pytest.param(date(2026, 12, 9), date(2026, 12, 9), False, id="the eleventh"),
        pytest.param(date(2026, 11, 6), date(2026, 11, 6), True, id="ten working days before"),
        pytest.param(date(2026, 11, 5), date(2026, 11, 5), False, id="eleven before"),
    ],
)
def test_visits_clash_within_ten_working_days(first: date, last: date, found: bool) -> None:
    from luoshi.web.calendars.selectors import working_calendar

    assert clash(Span(DAY, date(2026, 11, 24)), Span(first, last), working_calendar()) == found


def test_visits_over_the_plan_need_a_reason_and_are_counted(stage: ProblemStage) -> None:
    plan = {"year": 2026, "month": 11, "content": "养老服务"}
    stage.do(yearly.plan_visits, "province.supervisor", visited=stage.world.units["civil"], visits=1, **plan)
    first = stage.arranged("civil", reason="")
    assert not first.visits.get().over_plan
    with pytest.raises(RuleBroken, match="计划外的要写明理由"):
        stage.arranged("civil", reason=" ")
    second = stage.arranged("civil", "finance", reason="省长批示要求核查")
    assert [visit.over_plan for visit in second.visits.all()] == [True, True]
    [finance, civil] = year_table(stage.world.actor("province.supervisor"), 2026)
    assert (civil.planned, civil.made, civil.over) == (1, 2, 1) and civil.cells[10] == (1, 2)
    assert (finance.planned, finance.made, finance.over) == (0, 1, 1)
    assert acts() == ["visits.plan", "inspection.arrange", "inspection.arrange"]
    stage.do(yearly.plan_visits, "province.supervisor", visited=stage.world.units["civil"], visits=0, **plan)
    assert year_table(stage.world.actor("province.supervisor"), 2026)[0].planned == 0
    assert year_table(stage.world.actor("civil.supervisor"), 2026) == []


def test_two_that_clash_are_merged_and_both_kept(stage: ProblemStage) -> None:
    host = stage.arranged("civil")
    near = stage.arranged("civil", "city", title="民政资金督查", starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 1))
    far = stage.arranged("civil", title="明年再看", starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2))
    assert clashing(stage.world.actor("province.supervisor"), near) == [host]
    with pytest.raises(RuleBroken, match="自己"):
        stage.do(inspecting.merge_inspections, "province.supervisor", inspection_id=near.pk, into_id=near.pk, reason="并")
    stage.do(inspecting.merge_inspections, "province.supervisor", inspection_id=near.pk, into_id=host.pk, reason="减轻基层负担")
    near.refresh_from_db()
    assert near.state == InspectionState.MERGED and near.merged_into == host
    page = inspection_page(stage.world.actor("province.supervisor"), host.pk, kit.TODAY)
    assert [one.visit.unit_name for one in page.visits] == ["临江省民政厅", "云岭市人民政府"] and page.merged == [near]
    assert [row.made for row in year_table(stage.world.actor("province.supervisor"), 2026)] == [1, 1]
    with pytest.raises(RuleBroken, match="只能和本单位"):
        stage.do(inspecting.merge_inspections, "province.supervisor", inspection_id=far.pk, into_id=near.pk, reason="并")
    assert acts()[-1] == "inspection.merge"


def test_a_unit_confirms_or_answers_and_the_sender_settles(stage: ProblemStage) -> None:
    visit = stage.told("civil", "finance")
    told = {"visit_id": visit.pk}
    with pytest.raises(RuleBroken, match="回复期限还没有到"):
        stage.do(visiting.settle_facts, "province.supervisor", reason="没有回复", **told)
    stage.do(visiting.reply_to_facts, "civil.liaison", reason="其中1处是装修", **told)
    stage.do(visiting.settle_facts, "province.supervisor", reason="采纳", facts="3处大门紧锁", **told)
    visit.refresh_from_db()
    assert (visit.state, visit.facts) == (VisitState.SETTLED, "3处大门紧锁")
    inspection = visit.inspection
    with pytest.raises(RuleBroken, match="临江省财政厅"):
        stage.do(inspecting.conclude_inspection, "province.supervisor", inspection_id=inspection.pk, conclusion="完")
    other = inspection.visits.exclude(pk=visit.pk).get()
    stage.do(visiting.tell_facts, "province.supervisor", visit_id=other.pk, facts="账目清楚", answer_by=date(2026, 12, 3))
    stage.do(visiting.confirm_facts, "finance.head", visit_id=other.pk)
    stage.do(inspecting.conclude_inspection, "province.supervisor", inspection_id=inspection.pk, conclusion="总体较好")
    assert acts() == ["inspection.arrange", "visit.tell", "visit.reply", "visit.settle", "visit.tell", "visit.confirm", "inspection.conclude"]
    with pytest.raises(RuleBroken, match="已经结束"):
        stage.do(visiting.confirm_facts, "finance.head", visit_id=other.pk)


def test_after_the_window_the_sender_settles_alone(stage: ProblemStage) -> None:
    visit = stage.told("civil")
    assert asked(stage.world.actor("civil.head"), kit.TODAY)[1] == {"visit_to_confirm": 1}
    later = kit.NOW + timedelta(days=10)
    rows, totals = asked(stage.world.actor("province.supervisor"), later.date(), "decide")
    assert totals == {"visit_unanswered": 1} and "没有回复" in rows[0].why
    with pytest.raises(RuleBroken, match="回复期限已过"):
        visiting.reply_to_facts(visit_id=visit.pk, reason="不对", actor=stage.world.actor("civil.head"), at=later)
    visiting.settle_facts(visit_id=visit.pk, reason="逾期未回复", actor=stage.world.actor("province.supervisor"), at=later)
    assert Visit.objects.get(pk=visit.pk).state == VisitState.SETTLED


def test_an_inspection_changes_until_facts_are_told(stage: ProblemStage) -> None:
    inspection = stage.told("civil").inspection
    same = stage.errand("civil")
    stage.do(inspecting.edit_inspection, "province.supervisor", inspection_id=inspection.pk, errand=same)
    assert acts() == ["inspection.arrange", "visit.tell"]
    with pytest.raises(RuleBroken, match="不能移出"):
        stage.do(inspecting.edit_inspection, "province.supervisor", inspection_id=inspection.pk, errand=stage.errand("finance", reason="一事一报"))
    more = stage.errand("civil", "finance", title="养老服务和资金督查", reason="一事一报")
    stage.do(inspecting.edit_inspection, "province.supervisor", inspection_id=inspection.pk, errand=more)
    assert Inspection.objects.get().title == "养老服务和资金督查" and inspection.visits.count() == 2
    stage.do(inspecting.cancel_inspection, "province.supervisor", inspection_id=inspection.pk, reason="上级统一安排")
    assert acts()[2:] == ["inspection.edit", "inspection.cancel"]
    assert sum(row.made for row in year_table(stage.world.actor("province.supervisor"), 2026)) == 0


@pytest.mark.parametrize(
    ("told", "words"),
    [
        pytest.param({"title": ""}, "督查名称", id="no title"),
        pytest.param({"ends_on": date(2026, 1, 1)}, "结束日期", id="ends before it begins"),
        pytest.param({"leader": " "}, "组长", id="no leader"),
    ],
)
def test_what_cannot_be_arranged(stage: ProblemStage, told: dict[str, object], words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        stage.arranged(**told)
    with pytest.raises(RuleBroken, match="督查员"):
        stage.arranged(who="province.head")


def test_a_visited_unit_sees_its_own_visit_and_no_other(stage: ProblemStage) -> None:
    inspection = stage.told("civil", "finance").inspection
    stage.arranged("civil", who="city.supervisor", title="市里也来")
    page = inspection_page(stage.world.actor("finance.head"), inspection.pk, kit.TODAY)
    assert [one.visit.unit_name for one in page.visits] == ["临江省财政厅"]
    assert [line.record.act for line in page.log] == ["inspection.arrange"]
    assert inspections_listed(stage.world.actor("finance.head"), 2026).get().shown == [page.visits[0].visit]
    civil = inspection_page(stage.world.actor("civil.head"), inspection.pk, kit.TODAY)
    assert [one.visit.inspection.title for one in civil.visits[0].clashes] == ["市里也来"] and civil.visits[0].clashes[0].merge == ""
    assert not inspection_page(stage.world.actor("province.supervisor"), inspection.pk, kit.TODAY).visits[0].clashes
    for who in ("county.head", "system"):
        assert not visible_inspections(stage.world.actor(who)).exists() and not visible_visits(stage.world.actor(who)).exists()
