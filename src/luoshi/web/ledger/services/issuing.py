"""From the draft to the signature: propose, approve, decline, return; sign, object, decide on an objection."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter, Question
from luoshi.web.ledger.selectors import approvers, desk
from luoshi.web.ledger.services.moving import locked, move
from luoshi.web.ledger.services.reckoning import reckon
from luoshi.web.ledger.workflow import Act
from luoshi.web.orgs.models import Unit, User


@transaction.atomic
def propose_matter(*, matter_id: int, approver: User, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Put a draft before a named approver (拟办). Raises RuleBroken where a check stops it, or the approver is not one of the office."""
    matter = locked(matter_id, expected=expected)
    stops = [one.sentence for one in desk.found_in(matter, timezone.localtime(at).date()) if one.severity == "stops"]
    if stops:
        raise RuleBroken("".join(stops), hint=_("改好后再报审定。"))
    if approver.pk == actor.user_id:
        raise RuleBroken(_("审定人不能是拟办人自己。"), hint=_("请另选一位领导审定。"))
    if approver not in approvers(actor):
        raise RuleBroken(_("审定人要是本单位的领导或负责人。"), hint=_("请另选一位。"))
    changed = {"proposed_by_id": actor.user_id, "approver": approver, "proposed_at": at}
    return move(matter, Act.PROPOSE, actor=actor, at=at, changed=changed)


@transaction.atomic
def approve_matter(*, matter_id: int, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Approve and issue: names of units are copied, the first date is kept."""
    matter = locked(matter_id, expected=expected)
    names = dict(Unit.objects.filter(pk__in=(matter.issuer_id, matter.lead_id)).values_list("pk", "name"))
    changed = {
        "issued_at": at,
        "first_due_on": matter.due_on,
        "issuer_name": names[matter.issuer_id],
        "lead_name": names.get(matter.lead_id, ""),
    }
    moved = move(matter, Act.APPROVE, actor=actor, at=at, changed=changed)
    matter.supports.update(unit_name=Subquery(Unit.objects.filter(pk=OuterRef("unit")).values("name")))
    return moved


@transaction.atomic
def decline_matter(*, matter_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """不予立项."""
    return move(locked(matter_id, expected=expected), Act.DECLINE, actor=actor, at=at, reason=reason)


@transaction.atomic
def return_draft(*, matter_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """Send a proposal back to be drafted better."""
    return move(locked(matter_id, expected=expected), Act.RETURN_DRAFT, actor=actor, at=at, reason=reason)


@transaction.atomic
def sign_matter(*, matter_id: int, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """签收: the lead unit takes the matter over."""
    return move(locked(matter_id, expected=expected), Act.SIGN, actor=actor, at=at, changed={"signed_at": at})


@transaction.atomic
def object_to_matter(*, matter_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Matter:
    """异议: not ours, the wrong lead, a date that cannot be kept."""
    matter = locked(matter_id, expected=expected)
    moved = move(matter, Act.OBJECT, actor=actor, at=at, reason=reason)
    Question.objects.create(
        matter=matter, kind=Question.OBJECTION, unit_id=actor.unit, reason=reason, asked_by_id=actor.person, asked_at=at
    )
    return moved


@transaction.atomic
def decide_objection(
    *,
    matter_id: int,
    outcome: Act,
    reason: str,
    actor: Actor,
    at: datetime,
    lead: Unit | None = None,
    due_on: date | None = None,
    expected: int | None = None,
) -> Matter:
    """Reassign (``lead``), keep, or adjust (``due_on``). Raises RuleBroken where the new lead or date is missing."""
    matter = locked(matter_id, expected=expected)
    changed: dict[str, object] = {}
    if outcome == Act.REASSIGN:
        if lead is None or lead.pk == matter.lead_id:
            raise RuleBroken(_("请选定改派给哪个单位。"), hint=_("改派的单位不能是原来的牵头单位。"))
        changed = {"lead": lead, "lead_name": lead.name}
    elif outcome == Act.ADJUST:
        if due_on is None:
            raise RuleBroken(_("请填写调整后的时限。"))
        changed = {"due_on": due_on, "first_due_on": due_on}
    moved = move(matter, outcome, actor=actor, at=at, reason=reason, changed=changed)
    if lead is not None:
        matter.supports.filter(unit=lead).delete()  # who leads does not support himself
    reckon(matter)  # what another lead reported is not this one's
    Question.objects.filter(matter=matter, kind=Question.OBJECTION, answered_at=None).update(
        answer=reason, outcome=outcome, answered_by_id=actor.user_id, answered_at=at
    )
    return moved
