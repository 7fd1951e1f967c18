"""What services on reports, plans and extensions do: decide by the table of the row, write, record under its matter."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow
from luoshi.web.ledger.models import Extension, Matter, Plan, Report
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.services.moving import plain_value


def may_do(matter: Matter, deed: str, *, actor: Actor, reason: str = "—", parties: frozenset[str] | None = None) -> frozenset[str]:
    """The ``parties`` of ``actor``, where not known yet those that decide about ``deed``. Raises RuleBroken where the state or the table of deeds does not allow it, or words are missing."""
    if parties is None:
        parties = parties_of(actor, matter, workflow.takers(workflow.DEEDS, deed))
    workflow.decide(workflow.DEEDS, matter.state, deed, parties=parties, user_id=actor.user_id, reason=reason)
    return parties


def advance(
    row: Plan | Report | Extension,
    table: tuple[workflow.Transition, ...],
    *acts: str,
    actor: Actor,
    at: datetime,
    parties: frozenset[str],
    keys: Mapping[str, int | None],
    reason: str = "",
    changed: Mapping[str, Any] | None = None,
    written: Sequence[str] = (),
    before: Mapping[str, Any] | None = None,
    told: Mapping[str, Any] | None = None,
) -> None:
    """Take ``acts`` one after the other in one step: the record is named after the first. ``told`` (and ``before``) are said besides.

    ``written`` are columns that the caller has set already and tells in ``told``; they are saved with the state.

    Raises RuleBroken where the table forbids it. The caller holds the lock and the transaction.
    """
    old: dict[str, Any] = {"state": row.state}
    for act in acts:
        row.state = workflow.decide(table, row.state, act, parties=parties, user_id=actor.user_id, keys=keys, reason=reason)
    new: dict[str, Any] = {"state": row.state}
    for name, value in (changed or {}).items():
        old[name], new[name] = plain_value(getattr(row, name)), plain_value(value)
        setattr(row, name, value)
    fields = ["state", *(changed or {}), *written]
    if isinstance(row, Report):
        row.changes += 1
        fields.append("changes")
    row.save(update_fields=fields)
    kind = str(row._meta.model_name)
    record(
        act=f"{kind}.{acts[0]}", subject=row, actor=actor, at=at, before=old | dict(before or {}), after=new | dict(told or {}), reason=reason, context=row.matter
    )
