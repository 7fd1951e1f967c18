"""What was found at one unit: told to it, confirmed or answered within a window, settled."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.problems.models import Visit
from luoshi.web.problems.services.moving import locked_visit, move_visit
from luoshi.web.problems.workflow import VisitState


@transaction.atomic
def tell_facts(*, visit_id: int, facts: str, answer_by: date, actor: Actor, at: datetime, expected: int | None = None) -> Visit:
    """Tell the unit what was found at it, and by when it answers."""
    visit = locked_visit(visit_id, expected=expected)
    if not facts.strip():
        raise RuleBroken(_("还没有写查到的事实。"), hint=_("写时间、地点、数量、看到什么；不写评价。"))
    if answer_by <= timezone.localdate(at):
        raise RuleBroken(_("回复期限要晚于今天，给对方留出核对的时间。"))
    if visit.inspection.starts_on > timezone.localdate(at):
        raise RuleBroken(_("督查还没有开始，不能反馈事实。"))
    changed = {"facts": facts.strip(), "answer_by": answer_by, "told_by_id": actor.person, "told_at": at}
    return move_visit(visit, "tell", actor=actor, at=at, changed=changed, told={"unit_name": visit.unit_name})


@transaction.atomic
def confirm_facts(*, visit_id: int, actor: Actor, at: datetime, words: str = "", expected: int | None = None) -> Visit:
    """The unit says that the facts are so."""
    visit = locked_visit(visit_id, expected=expected)
    changed = {"answer": words.strip(), "answered_by_id": actor.person, "answered_at": at}
    return move_visit(visit, "confirm", actor=actor, at=at, reason=words, changed=changed, told={"unit_name": visit.unit_name})


@transaction.atomic
def reply_to_facts(*, visit_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Visit:
    """The unit says what is not so. Raises RuleBroken after the window."""
    visit = locked_visit(visit_id, expected=expected)
    if visit.answer_by is not None and timezone.localdate(at) > visit.answer_by:
        raise RuleBroken(_("回复期限已过。"), hint=_("请直接和派出单位联系，由它认定。"))
    changed = {"answer": reason.strip(), "answered_by_id": actor.person, "answered_at": at}
    return move_visit(visit, "reply", actor=actor, at=at, reason=reason, changed=changed, told={"unit_name": visit.unit_name})


@transaction.atomic
def settle_facts(*, visit_id: int, reason: str, actor: Actor, at: datetime, facts: str = "", expected: int | None = None) -> Visit:
    """The sender settles the facts after the unit's words, or after the window passed without any. ``facts`` where they are worded anew."""
    visit = locked_visit(visit_id, expected=expected)
    if visit.state == VisitState.TOLD and visit.answer_by is not None and timezone.localdate(at) <= visit.answer_by:
        raise RuleBroken(_("对方的回复期限还没有到。"), hint=_("{day} 以后没有回复的，才能直接认定。").format(day=visit.answer_by.isoformat()))
    changed = {"settlement": reason.strip(), "settled_at": at, "facts": facts.strip() or visit.facts}
    return move_visit(visit, "settle", actor=actor, at=at, reason=reason, changed=changed, told={"unit_name": visit.unit_name})
