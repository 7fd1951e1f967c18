"""From the signature to the closing: every service moves its row, writes one record, and refuses who has no part in it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.services import closing, extending, holding, planning, reporting, talking
from luoshi.web.ledger.workflow import State
from tests.web.stage import FINAL, PLAN, SAID, Stage, reminder, with_head


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
    pytest.param("report.release", reporting.release_report, "civil.head", lambda s: {"report_id": with_head(s).pk}, id="release_report"),
    pytest.param(
        "report.send_back", reporting.send_back_report, "civil.head", lambda s: {"report_id": with_head(s).pk, "reason": "缺数"}, id="send_back_report"
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
    pytest.param("matter.reply", talking.reply, "civil.liaison", lambda s: {"message_id": reminder(s).pk, "text": "明天报"}, id="reply"),
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


@pytest.mark.one_database
@pytest.mark.parametrize(("act", "service", "who", "told"), SERVICES)
@pytest.mark.parametrize("stranger", ["finance.head", "city.supervisor", "civil.leader", "audit"])
def test_who_has_no_part_in_it_is_refused(
    stage: Stage, act: str, service: Callable[..., Any], who: str, told: Callable[[Stage], dict[str, Any]], stranger: str
) -> None:
    if act.startswith("support."):
        stranger = stranger.replace("finance", "city")  # finance is the supporter there
    arguments = told(stage)
    before = Record.objects.count()
    with pytest.raises(RuleBroken):
        stage.do(service, stranger, **arguments)
    assert Record.objects.count() == before
