"""What every service does: take the row under its lock, check that nobody was faster, decide, write, record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from luoshi.text import Conflict
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.parties import parties_of

Row = TypeVar("Row", bound=Model)


def locked(matter_id: int, *, expected: int | None = None) -> Matter:
    """The matter under its lock. Raises Conflict where it was changed since the page with ``expected`` changes was made."""
    matter = Matter.objects.select_for_update().get(pk=matter_id)
    _must_be_unchanged(matter, expected)
    return matter


def locked_with_matter(kind: type[Row], pk: int, *, expected: int | None = None) -> Row:
    """A row that belongs to a matter, both under their locks: the matter first, as everywhere (PostgreSQL takes locks in the order of ``of``). Raises Conflict as ``locked`` does."""
    row = kind._default_manager.select_related("matter").select_for_update(of=("matter", "self")).get(pk=pk)
    _must_be_unchanged(row.matter, expected)  # type: ignore[attr-defined]
    return row


def _must_be_unchanged(matter: Matter, expected: int | None) -> None:
    if expected is not None and matter.changes != expected:
        raise Conflict(_("这一件刚刚被别人改过，您这次没有生效。"), hint=_("请刷新后看看现在的情况，再决定怎么办。"))


def keys_of(matter: Matter) -> dict[str, int | None]:
    """Who turned which key: the proposer, who submitted, who wrote the report that went with the submission and waits with it."""
    finals = matter.reports.filter(final=True).order_by("-pk").values_list("unit_id", "author_id") if matter.state == workflow.State.SUBMITTED else ()
    reported = next((author for unit, author in finals if unit == matter.lead_id), None)
    return {"proposed": matter.proposed_by_id, "submitted": matter.submitted_by_id, "reported": reported}


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
    parties = parties_of(actor, matter, workflow.takers(workflow.MATTERS, act))
    after = workflow.decide(workflow.MATTERS, before, act, parties=parties, user_id=actor.user_id, keys=keys_of(matter), reason=reason)
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
