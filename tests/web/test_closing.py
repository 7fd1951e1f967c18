"""Submission, acceptance, closing and what comes after; comments and reminders."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.models import Instruction, Matter, Source
from luoshi.web.ledger.services import closing, holding, planning, reporting, talking
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.stage import FINAL, SAID, Stage, comment, reminder


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
    said = comment(stage)
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
    message = reminder(stage)
    stage.supporter()
    with pytest.raises(RuleBroken, match="不是给您"):
        stage.do(talking.reply, "finance.liaison", message_id=message.pk, text="我们报")
