"""The time limits of an office: set by its head, proposed for drafts from then on. Days that were set stay as they are."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.limits import LONGEST, own_days
from luoshi.web.ledger.models import OwnLimits
from luoshi.web.ledger.parties import has_head
from luoshi.web.orgs.roles import HEAD, SUPERVISOR


@transaction.atomic
def set_limits(*, days: Mapping[str, tuple[int, str]], actor: Actor, at: datetime, expected: int | None = None) -> OwnLimits:
    """All limits of the actor's unit, each a number and the unit of its days. Raises RuleBroken for others than its head, or a figure that cannot be."""
    if not may_set_limits(actor):
        raise RuleBroken(_("办理时限由本单位负责人定。"), hint=_("请由负责人来改。"))
    try:
        told = own_days(days)
    except (KeyError, ValueError) as error:
        raise RuleBroken(_("时限要写 1 到 {n} 的整数，并选日、工作日或月。").format(n=LONGEST)) from error
    own, _made = OwnLimits.objects.select_for_update(of=("self",)).get_or_create(unit_id=actor.unit)
    if expected is not None and expected != own.changes:
        raise Conflict(_("办理时限刚刚被别人改过，您这次没有保存。"), hint=_("请看看现在的时限，再决定怎么改。"))
    before, own.days = own.days, told
    own.changes += 1
    own.save(update_fields=["days", "changes"])
    record(act="limits.set", subject=own, actor=actor, at=at, before={"days": before}, after={"days": told})
    return own


def may_set_limits(actor: Actor) -> bool:
    """True for the head of a unit; for its supervisor where it has no head with an account."""
    return actor.unit_id is not None and (actor.has(HEAD) or (actor.has(SUPERVISOR) and not has_head(actor.unit_id)))
