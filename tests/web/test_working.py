"""From the signature to the closing: every service moves its row, writes one record, refuses who may not and what cannot hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from luoshi.text import Conflict, RuleBroken, UnsupportedFormat
from luoshi.web.audit.models import Record
from luoshi.web.ledger.lights import Point
from luoshi.web.ledger.models import Extension, Instruction, Matter, Message, Plan, Report, Source, Support
from luoshi.web.ledger.plans import PlanContent, Step, straight_line
from luoshi.web.ledger.services import closing, evidencing, extending, holding, planning, reporting, talking
from luoshi.web.ledger.services.reporting import ReportContent, Value
from luoshi.web.ledger.workflow import State
from tests.web import kit

PDF = b"%PDF-1.7\n%%EOF"
PLAN = PlanContent("monthly", (Step("方案印发", date(2026, 11, 30)), Step("全部开工", date(2026, 12, 20))))
SAID = ReportContent("新增41个中心", problems="资金未到位")
FINAL = ReportContent("覆盖率86%，抽查30处在营", final=True)


@dataclass
class Stage:
    """A matter that is worked on, and short ways to do what people do."""

    world: kit.World
    matter: Matter

    def do(self, service: Callable[..., Any], who: str, **told: Any) -> Any:
        return service(actor=self.world.actor(who), at=kit.NOW, **told)

    def matter_id(self) -> dict[str, Any]:
        return {"matter_id": self.matter.pk}

    def report(self, who: str = "civil.liaison") -> Report:
        report: Report = self.do(reporting.begin_report, who, matter_id=self.matter.pk)
        return report

    def filed(self, content: ReportContent = SAID, who: str = "civil.head") -> Report:
        report: Report = self.do(reporting.file_report, who, report_id=self.report(who).pk, content=content)
        return report

    def with_evidence(self, report: Report, who: str = "civil.liaison", name: str = "核查表.pdf", content: bytes = PDF) -> Report:
        self.do(evidencing.attach_evidence, who, report_id=report.pk, name=name, content=content, dated_on=None)
        return report

    def submitted(self) -> Report:
        report = self.with_evidence(self.report())
        self.do(reporting.file_report, "civil.liaison", report_id=report.pk, content=FINAL)
        self.do(closing.submit_matter, "civil.head", report_id=report.pk)
        return report

    def planned(self) -> Plan:
        plan: Plan = self.do(planning.propose_plan, "civil.liaison", matter_id=self.matter.pk, content=PLAN)
        return plan

    def asked(self, who: str = "civil.head") -> Extension:
        asked: Extension = self.do(extending.ask_extension, who, matter_id=self.matter.pk, new_due_on=date(2027, 2, 1), reason="雨季停工")
        return asked

    def supporter(self) -> Support:
        return Support.objects.get_or_create(matter=self.matter, unit=self.world.units["finance"], unit_name="临江省财政厅")[0]

    def asked_supporter(self) -> Support:
        told = {"support_id": self.supporter().pk, "contribution": "安排奖补资金", "due_on": date(2026, 12, 10)}
        support: Support = self.do(planning.ask_support, "civil.liaison", matter_id=self.matter.pk, **told)
        return support

    def state(self, state: State) -> None:
        Matter.objects.filter(pk=self.matter.pk).update(state=state)

    def fresh(self) -> Matter:
        return Matter.objects.get(pk=self.matter.pk)


@pytest.fixture
def stage(world: kit.World) -> Stage:
    return Stage(world, kit.matter(world, state=State.ACTIVE))


def _reminder(stage: Stage) -> Message:
    told: Message = stage.do(talking.remind, "province.supervisor", matter_id=stage.matter.pk, to_unit_id=stage.world.units["civil"].pk, text="请报十月进展")
    return told


def _comment(stage: Stage) -> Message:
    said: Message = stage.do(talking.comment, "province.leader", matter_id=stage.matter.pk, text="请说明资金缺口")
    return said


def _with_head(stage: Stage) -> Report:
    report: Report = stage.do(reporting.file_report, "civil.liaison", report_id=stage.report().pk, content=SAID)
    return report


def _accepted(stage: Stage, state: State = State.ACCEPTED) -> dict[str, Any]:
    stage.state(state)
    return stage.matter_id()


SERVICES: list[Any] = [
    pytest.param("plan.propose", planning.propose_plan, "civil.liaison", lambda s: s.matter_id() | {"content": PLAN}, id="propose_plan"),
    pytest.param("plan.agree", planning.agree_plan, "province.supervisor", lambda s: {"plan_id": s.planned().pk}, id="agree_plan"),
    pytest.param("plan.return", planning.return_plan, "province.supervisor", lambda s: {"plan_id": s.planned().pk, "reason": "太晚"}, id="return_plan"),
    pytest.param(
        "support.ask",
        planning.ask_support,
        "civil.liaison",
        lambda s: s.matter_id() | {"support_id": s.supporter().pk, "contribution": "安排资金", "due_on": None},
        id="ask_support",
    ),
    pytest.param(
        "support.answer",
        planning.answer_support,
        "finance.liaison",
        lambda s: {"support_id": s.asked_supporter().pk, "agreed": True, "words": ""},
        id="answer_support",
    ),
    pytest.param("report.file", reporting.file_report, "civil.liaison", lambda s: {"report_id": s.report().pk, "content": SAID}, id="file_report"),
    pytest.param("report.release", reporting.release_report, "civil.head", lambda s: {"report_id": _with_head(s).pk}, id="release_report"),
    pytest.param(
        "report.send_back", reporting.send_back_report, "civil.head", lambda s: {"report_id": _with_head(s).pk, "reason": "缺数"}, id="send_back_report"
    ),
    pytest.param("report.accept", reporting.accept_report, "province.supervisor", lambda s: {"report_id": s.filed().pk}, id="accept_report"),
    pytest.param(
        "report.return", reporting.return_report, "province.supervisor", lambda s: {"report_id": s.filed().pk, "reason": "缺明细"}, id="return_report"
    ),
    pytest.param(
        "extension.ask",
        extending.ask_extension,
        "civil.liaison",
        lambda s: s.matter_id() | {"new_due_on": date(2027, 2, 1), "reason": "雨季停工"},
        id="ask_extension",
    ),
    pytest.param("extension.release", extending.release_extension, "civil.head", lambda s: {"extension_id": s.asked("civil.liaison").pk}, id="release_extension"),
    pytest.param(
        "extension.withdraw", extending.withdraw_extension, "civil.head", lambda s: {"extension_id": s.asked().pk, "reason": "能按时"}, id="withdraw_extension"
    ),
    pytest.param(
        "extension.grant",
        extending.grant_extension,
        "province.supervisor",
        lambda s: {"extension_id": s.asked().pk, "granted_on": date(2027, 1, 15), "reason": "同意"},
        id="grant_extension",
    ),
    pytest.param(
        "extension.refuse", extending.refuse_extension, "province.supervisor", lambda s: {"extension_id": s.asked().pk, "reason": "不同意"}, id="refuse_extension"
    ),
    pytest.param(
        "matter.submit",
        closing.submit_matter,
        "civil.head",
        lambda s: {"report_id": s.with_evidence(s.report("civil.head")).pk, "content": FINAL},
        id="submit_matter",
    ),
    pytest.param(
        "matter.accept", closing.accept_matter, "province.supervisor", lambda s: s.submitted() and s.matter_id() | {"words": "抽查30处"}, id="accept_matter"
    ),
    pytest.param(
        "matter.return", closing.return_matter, "province.supervisor", lambda s: s.submitted() and s.matter_id() | {"reason": "有两处停业"}, id="return_matter"
    ),
    pytest.param("matter.close", closing.close_matter, "province.supervisor", _accepted, id="close_matter"),
    pytest.param(
        "matter.mark_standing",
        closing.mark_standing,
        "province.supervisor",
        lambda s: _accepted(s) | {"reason": "需要保持", "review_on": date(2027, 6, 30)},
        id="mark_standing",
    ),
    pytest.param(
        "matter.reopen",
        closing.reopen_matter,
        "province.supervisor",
        lambda s: _accepted(s, State.CLOSED) | {"reason": "回头看三处停业", "due_on": date(2027, 3, 1)},
        id="reopen_matter",
    ),
    pytest.param(
        "matter.suspend",
        holding.suspend_matter,
        "province.supervisor",
        lambda s: s.matter_id() | {"basis": "等上位规划", "resume_on": date(2027, 1, 4)},
        id="suspend_matter",
    ),
    pytest.param("matter.resume", holding.resume_matter, "province.supervisor", lambda s: _accepted(s, State.SUSPENDED), id="resume_matter"),
    pytest.param("matter.escalate", holding.escalate_matter, "civil.liaison", lambda s: s.matter_id() | {"reason": "土地指标"}, id="escalate_matter"),
    pytest.param(
        "matter.resolve", holding.resolve_escalation, "province.leader", lambda s: _accepted(s, State.ESCALATED) | {"words": "已协调"}, id="resolve_escalation"
    ),
    pytest.param("matter.terminate", holding.terminate_matter, "province.supervisor", lambda s: s.matter_id() | {"basis": "文件废止"}, id="terminate_matter"),
    pytest.param(
        "matter.remind",
        talking.remind,
        "province.supervisor",
        lambda s: s.matter_id() | {"to_unit_id": s.world.units["civil"].pk, "text": "请报进展"},
        id="remind",
    ),
    pytest.param("matter.comment", talking.comment, "province.leader", lambda s: s.matter_id() | {"text": "请说明"}, id="comment"),
    pytest.param("matter.reply", talking.reply, "civil.liaison", lambda s: {"message_id": _reminder(s).pk, "text": "明天报"}, id="reply"),
]


@pytest.mark.parametrize(("act", "service", "who", "told"), SERVICES)
def test_each_service_writes_one_record_and_stands_under_its_matter(
    stage: Stage, act: str, service: Callable[..., Any], who: str, told: Callable[[Stage], dict[str, Any]]
) -> None:
    arguments = told(stage)
    before = Record.objects.count()
    stage.do(service, who, **arguments)
    written = Record.objects.all()[before:]
    assert [(one.act, one.context) for one in written] == [(act, f"matter:{stage.matter.pk}")]


@pytest.mark.parametrize(("act", "service", "who", "told"), SERVICES)
@pytest.mark.parametrize("stranger", ["finance.head", "city.supervisor", "civil.leader", "audit"])
def test_who_has_no_part_in_it_is_refused(
    stage: Stage, act: str, service: Callable[..., Any], who: str, told: Callable[[Stage], dict[str, Any]], stranger: str
) -> None:
    if act.startswith("support.") and stranger.startswith("finance"):
        pytest.skip("finance is the supporter there")
    arguments = told(stage)
    before = Record.objects.count()
    with pytest.raises(RuleBroken):
        stage.do(service, stranger, **arguments)
    assert Record.objects.count() == before


# -- plan


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


# -- reports


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
    assert _with_head(stage).state == "with_head"
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


# -- evidence


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        pytest.param("核查表.pdf", PDF, "核查表.pdf", id="pdf"),
        pytest.param("照片.JPEG", b"\xff\xd8\xff\xe0", "照片.JPEG", id="jpeg"),
        pytest.param("截图.png", b"\x89PNG\r\n\x1a\n", "截图.png", id="png"),
        pytest.param("说明.txt", "覆盖率86%".encode("gb18030"), "说明.txt", id="text"),
        pytest.param("名单.docx", b"PK\x03\x04..word/document.xml", "名单.docx", id="docx"),
        pytest.param("明细.xlsx", b"PK\x03\x04..xl/workbook.xml", "明细.xlsx", id="xlsx"),
        pytest.param("公文.ofd", b"PK\x03\x04..OFD.xml", "公文.ofd", id="ofd"),
        pytest.param("../../etc/核查.pdf", PDF, "核查.pdf", id="folders"),
        pytest.param("C:\\x\\核查.pdf", PDF, "核查.pdf", id="other folders"),
        pytest.param("核\u202efdp.pdf\r\n", PDF, "核fdp.pdf", id="turning and control characters"),
        pytest.param("长" * 300 + ".pdf", PDF, "长" * 116 + ".pdf", id="too long"),
        pytest.param(".pdf", PDF, None, id="only an ending"),
        pytest.param("核查表.docx", PDF, None, id="name and content differ"),
        pytest.param("病毒.exe", b"MZ\x90\x00", None, id="program"),
        pytest.param("页.txt", b"<html><script>alert(1)</script>", None, id="markup as text"),
        pytest.param("图.svg", b"<svg onload=alert(1)>", None, id="svg"),
        pytest.param("宏.docx", b"PK\x03\x04..word/document.xml..word/vbaProject.bin", None, id="macros"),
        pytest.param("包.zip", b"PK\x03\x04..a.txt", None, id="any archive"),
        pytest.param("空.txt", b"", None, id="empty"),
        pytest.param("bin.txt", b"\x00\x01\x02", None, id="bytes as text"),
    ],
)
def test_evidence_by_its_content(stage: Stage, name: str, content: bytes, kept: str | None) -> None:
    report = stage.report()
    if kept is None:
        with pytest.raises(UnsupportedFormat):
            stage.with_evidence(report, name=name, content=content)
        assert not report.evidence.exists()
    else:
        stage.with_evidence(report, name=name, content=content)
        assert report.evidence.get().name == kept


def test_evidence_has_limits(stage: Stage) -> None:
    report = stage.report()
    for number in range(3):
        stage.with_evidence(report, content=PDF + bytes([number]))
    with pytest.raises(RuleBroken, match="3 份"):
        stage.with_evidence(report, content=PDF + b"4")
    stage.do(evidencing.remove_evidence, "civil.liaison", evidence_id=report.evidence.first().pk)  # type: ignore[union-attr]
    with pytest.raises(RuleBroken, match="已经附上"):
        stage.with_evidence(report, content=PDF + b"\x01")
    stage.do(reporting.file_report, "civil.head", report_id=report.pk, content=SAID)
    with pytest.raises(RuleBroken, match="不能再改"):
        stage.with_evidence(report, content=PDF + b"5")


# -- extension


def test_all_dates_are_kept(stage: Stage) -> None:
    asked = stage.asked()
    stage.do(extending.grant_extension, "province.supervisor", extension_id=asked.pk, granted_on=date(2027, 1, 15), reason="同意到一月")
    asked.refresh_from_db()
    assert (asked.due_on, asked.asked_on, asked.granted_on) == (date(2026, 12, 31), date(2027, 2, 1), date(2027, 1, 15))
    assert stage.fresh().due_on == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("due_on", "new", "words"),
    [
        pytest.param(date(2026, 11, 25), date(2027, 1, 1), "已过", id="after the due date"),
        pytest.param(date(2026, 12, 31), date(2026, 12, 31), "晚于现在", id="not later"),
        pytest.param(None, date(2027, 1, 1), "没有时限", id="no date"),
    ],
)
def test_when_no_extension_can_be_asked(stage: Stage, due_on: date | None, new: date, words: str) -> None:
    Matter.objects.filter(pk=stage.matter.pk).update(due_on=due_on)
    with pytest.raises(RuleBroken, match=words):
        stage.do(extending.ask_extension, "civil.head", matter_id=stage.matter.pk, new_due_on=new, reason="雨季")


def test_one_extension_at_a_time_and_on_the_day_itself(stage: Stage) -> None:
    Matter.objects.filter(pk=stage.matter.pk).update(due_on=kit.TODAY)
    stage.asked()
    with pytest.raises(RuleBroken, match="在办"):
        stage.asked()


# -- closing


def _child(stage: Stage, *, required: bool) -> Matter:
    child = kit.matter(stage.world, state=State.ACTIVE, issuer="civil", lead="city_civil")
    child.parent, child.required = stage.matter, required
    child.save()
    return child


def test_submission_needs_evidence_and_a_final_report(stage: Stage) -> None:
    report = stage.report("civil.head")
    with pytest.raises(RuleBroken, match="佐证"):
        stage.do(closing.submit_matter, "civil.head", report_id=report.pk, content=FINAL)
    stage.with_evidence(report)
    with pytest.raises(RuleBroken, match="不是办结反馈"):
        stage.do(closing.submit_matter, "civil.head", report_id=report.pk, content=SAID)
    with pytest.raises(RuleBroken):
        stage.do(closing.submit_matter, "civil.liaison", report_id=report.pk, content=FINAL)
    with pytest.raises(RuleBroken, match="提交验收"):
        stage.do(reporting.file_report, "civil.head", report_id=report.pk, content=FINAL)


@pytest.mark.parametrize(("required", "held"), [(True, True), (False, False)])
def test_a_parent_waits_for_its_required_children(stage: Stage, required: bool, held: bool) -> None:
    child = _child(stage, required=required)
    if held:
        with pytest.raises(RuleBroken, match=child.number):
            stage.submitted()
        stage.state(State.SUBMITTED)
        with pytest.raises(RuleBroken, match=child.number):
            stage.do(closing.accept_matter, "province.supervisor", matter_id=stage.matter.pk, words="查过")
    else:
        stage.submitted()
        stage.do(closing.accept_matter, "province.supervisor", matter_id=stage.matter.pk, words="查过")
        stage.do(closing.close_matter, "province.supervisor", matter_id=stage.matter.pk)
        last = Record.objects.last()
        assert last is not None and child.number in last.after


def test_accepting_lets_the_final_report_count_and_returning_opens_it(stage: Stage) -> None:
    report = stage.submitted()
    stage.do(closing.return_matter, "province.supervisor", matter_id=stage.matter.pk, reason="两处停业")
    report.refresh_from_db()
    assert report.state == "returned" and stage.fresh().state == State.ACTIVE
    stage.do(closing.submit_matter, "civil.head", report_id=report.pk, content=FINAL)
    stage.do(closing.accept_matter, "province.supervisor", matter_id=stage.matter.pk, words="复查30处在营")
    report.refresh_from_db()
    assert (report.state, report.review, stage.fresh().state) == ("accepted", "复查30处在营", State.ACCEPTED)


def test_a_final_report_is_not_decided_beside_its_matter(stage: Stage) -> None:
    report = stage.submitted()
    for service, words in ((reporting.accept_report, {}), (reporting.return_report, {"reason": "不行"})):
        with pytest.raises(RuleBroken, match="验收"):
            stage.do(service, "province.supervisor", report_id=report.pk, **words)


def test_a_matter_from_an_instruction_closes_when_the_reply_went_back(stage: Stage) -> None:
    told = {"unit": stage.world.units["province"], "leader": "王省长", "on": kit.TODAY, "created_by": stage.world.people["province.supervisor"]}
    instruction = Instruction.objects.create(**told, created_at=kit.NOW)
    Source.objects.create(matter=stage.matter, kind=Source.INSTRUCTION, instruction=instruction)
    stage.state(State.ACCEPTED)
    with pytest.raises(RuleBroken, match="王省长"):
        stage.do(closing.close_matter, "province.supervisor", matter_id=stage.matter.pk)
    Instruction.objects.update(replied_at=kit.NOW)
    assert stage.do(closing.close_matter, "province.supervisor", matter_id=stage.matter.pk).state == State.CLOSED


def test_a_comment_is_an_instruction_that_wants_a_reply(stage: Stage) -> None:
    said = _comment(stage)
    instruction = said.instruction
    assert instruction is not None and instruction.text == "请说明资金缺口" and closing.unanswered(stage.matter) == [instruction]
    stage.do(talking.reply, "civil.liaison", message_id=said.pk, text="缺口300万元，已列入预算")
    instruction.refresh_from_db()
    assert instruction.replied_at == kit.NOW and closing.unanswered(stage.matter) == []
    with pytest.raises(RuleBroken, match="回复过"):
        stage.do(talking.reply, "civil.liaison", message_id=said.pk, text="再答")


def test_a_relapse_opens_the_matter_with_a_plan_to_be_agreed_anew(stage: Stage) -> None:
    stage.do(planning.agree_plan, "province.supervisor", plan_id=stage.planned().pk)
    stage.state(State.CLOSED)
    opened = stage.do(closing.reopen_matter, "province.supervisor", matter_id=stage.matter.pk, reason="停业", due_on=date(2027, 3, 1))
    assert (opened.state, opened.relapses, opened.plan_agreed_at, opened.due_on) == (State.ACTIVE, 1, None, date(2027, 3, 1))


@pytest.mark.parametrize(
    ("service", "told"),
    [
        (holding.suspend_matter, {"basis": "等", "resume_on": kit.TODAY}),
        (closing.mark_standing, {"reason": "保持", "review_on": kit.TODAY}),
        (closing.reopen_matter, {"reason": "停业", "due_on": kit.TODAY}),
    ],
)
def test_days_to_come(stage: Stage, service: Callable[..., Any], told: dict[str, Any]) -> None:
    if service is not holding.suspend_matter:
        stage.state(State.ACCEPTED)
    with pytest.raises(RuleBroken, match="今天之后"):
        stage.do(service, "province.supervisor", matter_id=stage.matter.pk, **told)


def test_a_reminder_goes_to_who_works_on_it(stage: Stage) -> None:
    with pytest.raises(RuleBroken, match="牵头或配合"):
        stage.do(talking.remind, "province.supervisor", matter_id=stage.matter.pk, to_unit_id=stage.world.units["city"].pk, text="请报")
    message = _reminder(stage)
    stage.supporter()
    with pytest.raises(RuleBroken, match="不是给您"):
        stage.do(talking.reply, "finance.liaison", message_id=message.pk, text="我们报")
