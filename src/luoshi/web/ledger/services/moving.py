"""What every service does: take the row under its lock, check that nobody was faster, decide, write, record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from luoshi.text import Conflict
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.parties import parties_of


def locked(matter_id: int, *, expected: int | None = None) -> Matter:
    """The matter under its lock. Raises Conflict where it was changed since the page with ``expected`` changes was made."""
    matter = Matter.objects.select_for_update().get(pk=matter_id)
    if expected is not None and matter.changes != expected:
        raise Conflict(_("这一件刚刚被别人改过，您这次没有生效。"), hint=_("请刷新后看看现在的情况，再决定怎么办。"))
    return matter


def keys_of(matter: Matter) -> dict[str, int | None]:
    """Who turned which key: the proposer, who submitted, who wrote the report that went with the submission."""
    final = next((report for report in matter.reports.filter(final=True).order_by("-pk") if report.unit_id == matter.lead_id), None)
    return {"proposed": matter.proposed_by_id, "submitted": matter.submitted_by_id, "reported": final.author_id if final else None}


def move(
    matter: Matter,
    act: workflow.Act,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    changed: Mapping[str, Any] | None = None,
    told: Mapping[str, Any] | None = None,
) -> Matter:
    """Take ``act``: the one place that writes ``state``. ``changed`` are fields that go with it, ``told`` is said in the audit besides.

    Raises RuleBroken where the table forbids it. The caller holds the lock and the transaction.
    """
    before = matter.state
    after = workflow.decide(
        workflow.MATTERS, before, act, parties=parties_of(actor, matter), user_id=actor.user_id, keys=keys_of(matter), reason=reason
    )
    old: dict[str, Any] = {"state": before}
    new: dict[str, Any] = {"state": after}
    matter.state = after
    for name, value in (changed or {}).items():
        old[name], new[name] = plain_value(getattr(matter, name)), plain_value(value)
        setattr(matter, name, value)
    matter.changes += 1
    matter.save(update_fields=["state", "changes", *(changed or {})])
    record(act=f"matter.{act}", subject=matter, actor=actor, at=at, before=old, after=new | dict(told or {}), reason=reason)
    return matter


def touch(matter: Matter) -> None:
    """Count a change of something that belongs to the matter: pages that were made before it notice."""
    matter.changes += 1
    matter.save(update_fields=["changes"])


def plain_value(value: Any) -> Any:
    """A row as its number; anything else as it is."""
    return value.pk if hasattr(value, "pk") else value
