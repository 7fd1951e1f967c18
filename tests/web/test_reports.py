"""Reports and contributions: filed, returned, accepted; drafts kept as typed; units without accounts."""

from datetime import date, timedelta

import pytest

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.models import Matter, Report, Support
from luoshi.web.ledger.services import planning, reporting
from luoshi.web.ledger.services.reporting import ReportContent, Value
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.stage import SAID, Stage, with_head


def test_a_report_that_came_back_is_filed_again_and_what_it_said_is_kept(stage: Stage) -> None:
    target = stage.matter.targets.create(indicator="覆盖率", value=85, unit="%")
    told = ReportContent("三季度66%", values=(Value(target.pk, 66, date(2026, 9, 30)),))
    report = stage.filed(told)
    stage.do(reporting.return_report, "province.supervisor", report_id=report.pk, reason="补分县明细")
    again = stage.report()
    assert again.pk == report.pk
    better = ReportContent("三季度67%，分县明细附后", values=(Value(target.pk, 67, date(2026, 9, 30)),))
    stage.do(reporting.file_report, "civil.liaison", report_id=again.pk, content=better)
    stage.do(reporting.release_report, "civil.head", report_id=again.pk)
    stage.do(reporting.accept_report, "province.supervisor", report_id=again.pk)
    assert again.readings.get().value == 67
    records = Record.objects.filter(subject=f"report:{report.pk}")
    assert [one.act for one in records] == ["report.file", "report.return", "report.file", "report.release", "report.accept"]
    assert "三季度66%" in records[0].after and "三季度66%" in records[1].before and "三季度67%" in records[2].after


def test_only_an_accepted_report_reaches_a_milestone(stage: Stage) -> None:
    stage.do(planning.agree_plan, "province.supervisor", plan_id=stage.planned().pk)
    milestone = stage.matter.milestones.get(title="方案印发")
    report = stage.filed(ReportContent("方案已印发", milestones=frozenset({milestone.pk})))
    milestone.refresh_from_db()
    assert milestone.done_on is None
    stage.do(reporting.accept_report, "province.supervisor", report_id=report.pk)
    milestone.refresh_from_db()
    assert milestone.done_on == kit.TODAY


def test_the_head_files_straight_and_the_liaison_does_not(stage: Stage) -> None:
    assert with_head(stage).state == "with_head"
    Report.objects.all().delete()
    assert stage.filed().state == "filed"


def test_what_waits_for_review_does_not_stop_the_next_one(stage: Stage) -> None:
    first = stage.filed()
    second = stage.report()
    assert second.pk != first.pk and second.state == "draft"
    stage.do(reporting.return_report, "province.supervisor", report_id=first.pk, reason="补明细")
    with pytest.raises(RuleBroken, match="还有一份"):
        stage.do(reporting.file_report, "civil.liaison", report_id=first.pk, content=SAID)
    assert stage.do(reporting.file_report, "civil.head", report_id=first.pk, content=SAID).state == "filed"


def test_a_draft_is_kept_as_typed_and_two_who_type_are_told(stage: Stage) -> None:
    report = stage.report()
    saved = stage.do(reporting.save_draft, "civil.liaison", report_id=report.pk, typed={"text": "正在", "value_1": "66 多"}, expected=report.changes)
    assert saved.typed == {"text": "正在", "value_1": "66 多"}
    assert not Record.objects.exists()
    with pytest.raises(Conflict):
        stage.do(reporting.save_draft, "civil.head", report_id=report.pk, typed={"text": "我也在写"}, expected=report.changes)
    for stranger in ("finance.liaison", "province.supervisor", "city_civil.head"):
        with pytest.raises(RuleBroken):
            stage.do(reporting.save_draft, stranger, report_id=report.pk, typed={"text": "改"})


def test_a_draft_that_was_never_filed_can_go(stage: Stage) -> None:
    report = stage.with_evidence(stage.report())
    stage.do(reporting.discard_draft, "civil.liaison", report_id=report.pk)
    assert not Report.objects.exists()
    returned = stage.filed()
    stage.do(reporting.return_report, "province.supervisor", report_id=returned.pk, reason="补")
    with pytest.raises(RuleBroken):
        stage.do(reporting.discard_draft, "civil.liaison", report_id=returned.pk)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(ReportContent("  "), "还没有写进展", id="no text"),
        pytest.param(ReportContent("字" * 20_001), "太长", id="too long"),
        pytest.param(ReportContent("好", values=(Value(0, 1, date(2026, 11, 27)),)), "今天之后", id="tomorrow's value"),
        pytest.param(ReportContent("好", values=(Value(77, 1, date(2026, 11, 20)),)), "不属于这件事", id="another's target"),
    ],
)
def test_what_a_report_must_not_say(stage: Stage, content: ReportContent, words: str) -> None:
    target = stage.matter.targets.create(indicator="覆盖率", value=85, unit="%")
    values = tuple(Value(target.pk + one.target_id, one.value, one.as_of) for one in content.values)
    with pytest.raises(RuleBroken, match=words):
        stage.filed(ReportContent(content.text, values=values))


def test_a_report_answers_the_period_that_ended(stage: Stage) -> None:
    stage.do(planning.agree_plan, "province.supervisor", plan_id=stage.planned().pk)
    Matter.objects.filter(pk=stage.matter.pk).update(plan_agreed_at=kit.NOW - timedelta(days=60))
    assert stage.filed().period_end == date(2026, 10, 31)
    assert stage.filed().period_end == date(2026, 11, 30)


def test_a_unit_without_accounts_is_recorded_for_and_another_supervisor_accepts(world: kit.World) -> None:
    stage = Stage(world, kit.matter(world, state=State.ACTIVE, lead="town"))
    report = stage.report("province.supervisor")
    assert report.recorded_for and report.unit_name == "柳溪镇人民政府"
    for content, words in ((SAID, "写明依据"), (ReportContent("已开工", recorded_note="11月20日电话"), "扫描件")):
        with pytest.raises(RuleBroken, match=words):
            stage.do(reporting.file_report, "province.supervisor", report_id=report.pk, content=content)
    stage.with_evidence(report, "province.supervisor", "电话记录.pdf")
    filed = stage.do(reporting.file_report, "province.supervisor", report_id=report.pk, content=ReportContent("已开工", recorded_note="11月20日电话"))
    assert filed.state == "filed"
    with pytest.raises(RuleBroken, match="同一个人"):
        stage.do(reporting.accept_report, "province.supervisor", report_id=report.pk)
    world.people["second.supervisor"] = kit.person("second", "周二", world.units["province"], "supervisor")
    assert stage.do(reporting.accept_report, "second.supervisor", report_id=report.pk).state == "accepted"


def test_a_supporter_delivers_by_a_report(stage: Stage) -> None:
    support = stage.asked_supporter()
    stage.do(planning.answer_support, "finance.liaison", support_id=support.pk, agreed=True, words="")
    report = stage.filed(ReportContent("资金已下达", final=True), "finance.head")
    stage.do(reporting.accept_report, "province.supervisor", report_id=report.pk)
    support.refresh_from_db()
    assert support.state == Support.DONE and stage.fresh().state == State.ACTIVE


def test_declining_a_contribution_needs_words(stage: Stage) -> None:
    support = stage.asked_supporter()
    with pytest.raises(RuleBroken, match="理由"):
        stage.do(planning.answer_support, "finance.liaison", support_id=support.pk, agreed=False, words=" ")
