"""What interrupts the work: suspended and resumed, escalated and resolved, terminated."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter, Question
from luoshi.web.ledger.services.moving import locked, move
from luoshi.web.ledger.workflow import Act


@transaction.atomic
def suspend_matter(*, matter_id: int, basis: str, resume_on: date, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """挂起 on a basis until a day. Raises RuleBroken for a day that is not to come."""
    matter = locked(matter_id, expected=expected)
    if resume_on <= timezone.localtime(at).date():
        raise RuleBroken(_("恢复日期要在今天之后。"), hint=_("请另选一天。"))
    return move(matter, Act.SUSPEND, actor=actor, at=at, reason=basis, changed={"resume_on": resume_on})


@transaction.atomic
def resume_matter(*, matter_id: int, words: str = "", actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Work on. The due date stays as it was: a later one is asked for as any other."""
    return move(locked(matter_id, expected=expected), Act.RESUME, actor=actor, at=at, reason=words, changed={"resume_on": None})


@transaction.atomic
def escalate_matter(*, matter_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """提级协调: the lead cannot settle it alone and says what is needed from above."""
    matter = move(locked(matter_id, expected=expected), Act.ESCALATE, actor=actor, at=at, reason=reason)
    Question.objects.create(
        matter=matter, kind=Question.ESCALATION, unit_id=matter.lead_id or actor.unit, reason=reason.strip(), asked_by_id=actor.person, asked_at=at
    )
    return matter


@transaction.atomic
def resolve_escalation(*, matter_id: int, words: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """What was coordinated; the lead works on."""
    matter = move(locked(matter_id, expected=expected), Act.RESOLVE, actor=actor, at=at, reason=words)
    Question.objects.filter(matter=matter, kind=Question.ESCALATION, answered_at=None).update(
        answer=words.strip(), outcome="resolved", answered_by_id=actor.person, answered_at=at
    )
    return matter


@transaction.atomic
def terminate_matter(*, matter_id: int, basis: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """终止 on a basis: the task fell away."""
    return move(locked(matter_id, expected=expected), Act.TERMINATE, actor=actor, at=at, reason=basis)
