"""The one writer of ``LookbackCheck.state``, and rows under their lock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from luoshi.text import Conflict
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.lookback.selectors import keys_of, parties_of
from luoshi.web.lookback.workflow import State, decide

Row = TypeVar("Row", LookbackPlan, LookbackCheck)


def locked_plan(plan_id: int, *, expected: int | None) -> LookbackPlan:
    """A plan under its lock. Raises Conflict where somebody changed it meanwhile."""
    plan = LookbackPlan.objects.select_for_update().get(pk=plan_id)
    return _unchanged(plan, expected)


def locked_check(check_id: int, *, expected: int | None) -> LookbackCheck:
    """A check under its lock, with its plan and matter. Raises Conflict where somebody changed it meanwhile."""
    check = LookbackCheck.objects.select_for_update(of=("self",)).select_related("plan", "matter").get(pk=check_id)
    return _unchanged(check, expected)


def _unchanged(row: Row, expected: int | None) -> Row:
    if expected is not None and row.changes != expected:
        raise Conflict(_("刚才有人改过这一项。"), hint=_("请看过现在的内容再办。"))
    return row


def move(check: LookbackCheck, act: str, *, actor: Actor, at: datetime, changed: Mapping[str, Any], reason: str = "") -> LookbackCheck:
    """Take ``act``, write ``changed`` with it, and record it: with the plan until it is confirmed, with the matter then, so that its unit reads it."""
    before = {"state": check.state, "outcome": check.outcome}
    check.state = decide(check.state, act, parties=parties_of(actor, check.plan), user_id=actor.user_id, keys=keys_of(check), reason=reason)
    for name, value in changed.items():
        setattr(check, name, value)
    if check.state == State.CONFIRMED:
        check.confirmed_at = at
    write(check, "state", "confirmed_at", *changed)
    after = {"state": check.state, "outcome": check.outcome, **changed}
    context = check.matter if check.state == State.CONFIRMED else check.plan
    record(act=f"lookback.{act}", subject=check, actor=actor, at=at, before=before, after=after, reason=reason, context=context)
    return check


def write(check: LookbackCheck, *names: str) -> None:
    """Save these fields and count the change."""
    check.changes += 1
    check.save(update_fields=[*names, "changes"])
