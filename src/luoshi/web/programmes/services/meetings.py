"""Meetings: plan, edit, hold, drop."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.programmes.models import Meeting
from luoshi.web.programmes.selectors import visible_programmes
from luoshi.web.programmes.services.keeping import (
    check_keeper,
    check_open,
    context_of,
    filled,
    own_document,
    own_meeting,
    remove,
    rewrite,
    told,
)

_FIELDS = ("title", "held_on", "begins_at", "place", "chair", "attending", "agenda", "minutes_id")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said of a meeting."""

    title: str
    held_on: date
    begins_at: time | None = None
    place: str = ""
    chair: str = ""
    attending: str = ""
    agenda: str = ""


@transaction.atomic
def plan_meeting(*, plan: Plan, programme_id: int | None = None, actor: Actor, at: datetime) -> Meeting:
    """A meeting that the actor's unit calls: of a programme that it sees, or of the office alone."""
    check_keeper(actor, actor.unit)
    programme = visible_programmes(actor).filter(pk=programme_id).first() if programme_id is not None else None
    if programme_id is not None and programme is None:
        raise RuleBroken(_("没有这个专项，或者不在您的查看范围内。"))
    check_open(programme)
    meeting = Meeting.objects.create(**_checked(plan), programme=programme, unit_id=actor.unit, created_by_id=actor.person, created_at=at)
    record(act="meeting.plan", subject=meeting, actor=actor, at=at, context=context_of(meeting), after=told(meeting, _FIELDS))
    return meeting


@transaction.atomic
def edit_meeting(
    *, meeting_id: int, plan: Plan, minutes_id: int | None = None, actor: Actor, at: datetime, expected: int | None = None
) -> Meeting:
    """Change what is said of a meeting; ``minutes_id`` is a document of the unit."""
    meeting = own_meeting(meeting_id, actor, expected=expected)
    if meeting.held_at is not None:
        _check_day(plan.held_on, at)
    changed = _checked(plan) | {"minutes": own_document(minutes_id, actor)}
    rewrite(meeting, changed, act="meeting.edit", actor=actor, at=at, context=context_of(meeting))
    return meeting


@transaction.atomic
def hold_meeting(*, meeting_id: int, actor: Actor, at: datetime, expected: int | None = None) -> Meeting:
    """Put down that the meeting was held; from now on it has decisions."""
    meeting = own_meeting(meeting_id, actor, expected=expected)
    if meeting.held_at is not None:
        raise RuleBroken(_("这个会已经记为开过。"))
    _check_day(meeting.held_on, at)
    rewrite(meeting, {"held_at": at}, act="meeting.hold", actor=actor, at=at, context=context_of(meeting))
    return meeting


@transaction.atomic
def drop_meeting(*, meeting_id: int, actor: Actor, at: datetime) -> None:
    """Take a planned meeting out. Raises RuleBroken where it was held."""
    meeting = own_meeting(meeting_id, actor)
    if meeting.held_at is not None:
        raise RuleBroken(_("会已经开过，不能取消。"), hint=_("记错的内容请在“修改”里更正。"))
    remove(meeting, _FIELDS, act="meeting.drop", actor=actor, at=at, context=context_of(meeting))


def _check_day(held_on: date, at: datetime) -> None:
    if held_on > timezone.localdate(at):
        raise RuleBroken(_("会议日期还没到，不能记为开过。"), hint=_("提前开的，请先把会议日期改成实际日期。"))


def _checked(plan: Plan) -> dict[str, Any]:
    said = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(plan).items()}
    return said | {"title": filled(plan.title, _("会议名称"))}
