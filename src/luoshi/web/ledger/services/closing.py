"""Towards the end of a matter: submit, accept, return, close; and what can come after: periodic review, a relapse."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow
from luoshi.web.ledger.models import Instruction, Matter, Report
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.services import reporting
from luoshi.web.ledger.services.moving import locked, move
from luoshi.web.ledger.services.reckoning import reckon
from luoshi.web.ledger.services.reporting import ReportContent, keys_of_report, locked_report, parties_for, told_of, write_content
from luoshi.web.ledger.workflow import OPEN, REPORTS, Act, ReportState

SHOWN = 5


@transaction.atomic
def submit_matter(*, report_id: int, content: ReportContent | None = None, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Submit for acceptance with the final report: the head's own ``content``, or what the liaison put before the head. One record tells both.

    Raises RuleBroken while a required child is open, or without evidence.
    """
    report = locked_report(report_id, expected=expected)
    matter = report.matter
    if report.unit_id != matter.lead_id:
        raise RuleBroken(_("只有牵头单位能提交验收。"), hint=_("配合事项完成了，请报反馈。"))
    parties = parties_for(report, actor)
    if content is not None:
        reporting.may_write(report, actor)
        written = write_content(report, content, actor=actor, at=at, filed=True)
        acts: tuple[str, ...] = ("file", "release")
    else:
        written, acts = reporting.let_go(report, actor=actor, at=at), ("release",)
    if not report.final:
        raise RuleBroken(_("这不是办结反馈。"), hint=_("请在反馈里选定“已达到办结标准，申请验收”。"))
    if not report.evidence.exists():
        raise RuleBroken(_("还没有佐证。"), hint=_("请附上能证明达到办结标准的材料。"))
    _no_open_child(matter)
    for act in acts:
        report.state = workflow.decide(REPORTS, report.state, act, parties=parties, user_id=actor.user_id, reason="—")
    report.changes += 1
    report.save(update_fields=["state", "changes", *written])
    reckon(matter)
    changed = {"submitted_by_id": actor.person, "submitted_at": at}
    return move(matter, Act.SUBMIT, actor=actor, at=at, changed=changed, told={"report": report.pk, **told_of(report)})


@transaction.atomic
def accept_matter(*, matter_id: int, words: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """验收: accept with words on how it was verified. Raises RuleBroken while a required child is open."""
    matter = locked(matter_id, expected=expected)
    _no_open_child(matter)
    told: dict[str, Any] = {}
    report = final_report(matter)
    if report is not None:
        _decide_final(report, "accept", words, actor=actor, at=at)
        told = {"report": report.pk, "milestones": reporting.count_report(report)}
        reckon(matter, curves=True)
    return move(matter, Act.ACCEPT, actor=actor, at=at, reason=words, changed={"accepted_at": at}, told=told)


@transaction.atomic
def return_matter(*, matter_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Return it to be worked on: the final report goes back with it and can be written anew."""
    matter = locked(matter_id, expected=expected)
    report = final_report(matter)
    moved = move(matter, Act.RETURN, actor=actor, at=at, reason=reason, told={"report": report.pk, **told_of(report)} if report else {})
    if report is not None:
        _decide_final(report, "return", reason, actor=actor, at=at)
        reckon(matter)
    return moved


@transaction.atomic
def close_matter(*, matter_id: int, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """销号. Raises RuleBroken while an instruction that it came from, or a comment on it, has no reply. Live children are told, they do not hold it."""
    matter = locked(matter_id, expected=expected)
    waiting = unanswered(matter)
    if waiting:
        names = _("、").join(_("{leader} {day} 批示").format(leader=one.leader, day=one.on.isoformat()) for one in waiting[:SHOWN])
        raise RuleBroken(_("还没有向批示领导反馈：{names}。").format(names=names), hint=_("请先登记报告的回复，再销号。"))
    told = {"live_children": [child.number for child in live_children(matter)]}
    return move(matter, Act.CLOSE, actor=actor, at=at, changed={"closed_at": at}, told=told)


@transaction.atomic
def mark_standing(*, matter_id: int, reason: str, review_on: date, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """长期坚持: done, and looked at again on a day. Raises RuleBroken for a day that is not to come."""
    matter = locked(matter_id, expected=expected)
    _to_come(review_on, at, _("下次检视日期"))
    return move(matter, Act.MARK_STANDING, actor=actor, at=at, reason=reason, changed={"review_on": review_on})


@transaction.atomic
def reopen_matter(*, matter_id: int, reason: str, due_on: date, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """A look-back found that it does not hold: active again with a new date, one relapse more, and a plan to be agreed anew."""
    matter = locked(matter_id, expected=expected)
    _to_come(due_on, at, _("新的时限"))
    changed = {
        "relapses": matter.relapses + 1,
        "due_on": due_on,
        "accepted_at": None,
        "closed_at": None,
        "review_on": None,
        "submitted_at": None,
        "submitted_by_id": None,
        "plan_agreed_at": None,
    }
    return move(matter, Act.REOPEN, actor=actor, at=at, reason=reason, changed=changed)


def final_report(matter: Matter) -> Report | None:
    """The report that went with the submission, under its lock."""
    filed = matter.reports.select_for_update().filter(final=True, state=ReportState.FILED)
    found = next((report for report in filed.order_by("-filed_at") if report.unit_id == matter.lead_id), None)
    if found is not None:
        found.matter = matter
    return found


def open_required_children(matter: Matter) -> list[Matter]:
    """Children that the matter waits for."""
    return list(matter.children.filter(required=True, state__in=OPEN).order_by("number"))


def live_children(matter: Matter) -> list[Matter]:
    """Children that are still worked on."""
    return list(matter.children.filter(state__in=OPEN).order_by("number"))


def unanswered(matter: Matter) -> list[Instruction]:
    """Instructions that the matter came from, and comments on it, whose reply has not gone back to the leader."""
    asked = Instruction.objects.filter(sources__matter=matter) | Instruction.objects.filter(comment__matter=matter)
    return list(asked.filter(replied_at__isnull=True).distinct().order_by("on", "pk"))


def _no_open_child(matter: Matter) -> None:
    children = open_required_children(matter)
    if children:
        names = _("、").join(f"{child.number} {child.title}" for child in children[:SHOWN])
        more = _("等 {n} 件").format(n=len(children)) if len(children) > SHOWN else ""
        raise RuleBroken(_("下级事项还没有办结：{names}{more}。").format(names=names, more=more), hint=_("请等下级办结，或由交办单位定为不必等待。"))


def _decide_final(report: Report, act: str, words: str, *, actor: Actor, at: datetime) -> None:
    parties = parties_of(actor, report.matter, {workflow.SUPERVISOR})
    report.state = workflow.decide(REPORTS, report.state, act, parties=parties, user_id=actor.user_id, keys=keys_of_report(report), reason=words)
    report.review, report.reviewed_by_id, report.reviewed_at = words.strip(), actor.person, at
    report.changes += 1
    report.save(update_fields=["state", "review", "reviewed_by_id", "reviewed_at", "changes"])


def _to_come(day: date, at: datetime, name: str) -> None:
    if day <= timezone.localtime(at).date():
        raise RuleBroken(_("{name}要在今天之后。").format(name=name), hint=_("请另选一天。"))
