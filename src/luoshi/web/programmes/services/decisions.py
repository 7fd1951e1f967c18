"""Decisions of a meeting (议定事项): add, edit, remove before a matter comes of one."""

from datetime import date, datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Unit
from luoshi.web.programmes.models import Decision
from luoshi.web.programmes.services.keeping import (
    check_no_matter,
    check_unchanged,
    context_of,
    filled,
    following,
    own_meeting,
    remove,
    rewrite,
    told,
)

_FIELDS = ("text", "lead_id", "due_on", "order", "meeting_id")


@transaction.atomic
def add_decision(
    *, meeting_id: int, text: str, lead: Unit | None = None, due_on: date | None = None, actor: Actor, at: datetime
) -> Decision:
    """The next decision of a meeting that was held."""
    meeting = own_meeting(meeting_id, actor)
    if meeting.held_at is None:
        raise RuleBroken(_("会还没有开，不能记议定事项。"), hint=_("请先把会议记为已开。"))
    said = filled(text, _("议定事项"))
    decision = Decision.objects.create(meeting=meeting, order=following(meeting.decisions.all()), text=said, lead=lead, due_on=due_on)
    record(act="decision.add", subject=decision, actor=actor, at=at, context=context_of(meeting), after=told(decision, _FIELDS))
    return decision


@transaction.atomic
def edit_decision(
    *,
    decision_id: int,
    text: str,
    lead: Unit | None = None,
    due_on: date | None = None,
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> Decision:
    """Change a decision of which no matter came yet."""
    decision = Decision.objects.select_for_update().get(pk=decision_id)
    meeting = own_meeting(decision.meeting_id, actor)
    check_unchanged(decision, expected)
    check_no_matter(decision)
    changed = {"text": filled(text, _("议定事项")), "lead": lead, "due_on": due_on}
    rewrite(decision, changed, act="decision.edit", actor=actor, at=at, context=context_of(meeting))
    return decision


@transaction.atomic
def remove_decision(*, decision_id: int, actor: Actor, at: datetime) -> None:
    """Take out a decision of which no matter came yet."""
    decision = Decision.objects.select_for_update().get(pk=decision_id)
    meeting = own_meeting(decision.meeting_id, actor)
    check_no_matter(decision)
    remove(decision, _FIELDS, act="decision.remove", actor=actor, at=at, context=context_of(meeting))
