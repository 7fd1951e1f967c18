"""The roster of a target: named, changed, ticked off, shortened. The target's own value moves by accepted reports alone; a roster says what stands behind it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.exchange.models import RosterRow
from luoshi.web.ledger.models import Matter, Target
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.workflow import HEAD, LIAISON, OPEN, SUPERVISOR, State

MOST = 5000
"""Rows of one roster."""


class RosterLine(NamedTuple):
    """One of those that a target counts."""

    name: str
    unit: str = ""
    due_on: date | None = None
    done_on: date | None = None
    note: str = ""


def may_keep(matter: Matter, actor: Actor) -> bool:
    """True for the issuer's supervisors and the lead's liaisons and heads, while the matter is a draft or open."""
    return matter.state in OPEN | {State.DRAFT} and bool(parties_of(actor, matter) & {SUPERVISOR, LIAISON, HEAD})


@transaction.atomic
def fill_roster(*, target_id: int, lines: Sequence[RosterLine], actor: Actor, at: datetime) -> int:
    """Add those that are not there yet; how many. One record for all of them. Raises RuleBroken for too many, or for whoever may not."""
    target = Target.objects.select_for_update(of=("self",)).select_related("matter").get(pk=target_id)
    _must_keep(target.matter, actor)
    there = set(target.roster.values_list("name", "unit"))
    fresh = [line for line in dict.fromkeys(lines) if (line.name, line.unit) not in there]
    named = {(line.name, line.unit): line for line in fresh}
    if len(there) + len(named) > MOST:
        raise RuleBroken(_("一个指标的名单最多 {n} 项。").format(n=MOST))
    if not named:
        return 0
    last = target.roster.order_by("-order").values_list("order", flat=True).first() or 0
    RosterRow.objects.bulk_create(RosterRow(target=target, order=last + at_, **line._asdict()) for at_, line in enumerate(named.values(), 1))
    told = [" ".join(filter(None, (line.name, line.unit))) for line in named.values()]
    record(act="roster.fill", subject=target, actor=actor, at=at, context=target.matter, after={"added": len(told), "rows": told})
    return len(told)


@transaction.atomic
def change_row(*, row_id: int, line: RosterLine, actor: Actor, at: datetime) -> RosterRow:
    """Name, unit, days and note of one. Where nothing differs nothing is written."""
    row = _locked(row_id)
    _must_keep(row.target.matter, actor)
    before, after = {}, {}
    for name, value in line._asdict().items():
        if getattr(row, name) != value:
            before[name], after[name] = _plain(getattr(row, name)), _plain(value)
            setattr(row, name, value)
    if not after:
        return row
    if RosterRow.objects.filter(target=row.target_id, name=row.name, unit=row.unit).exclude(pk=row.pk).exists():
        raise RuleBroken(_("名单里已经有“{name}”。").format(name=row.name))
    row.save()
    record(act="roster.edit", subject=row, actor=actor, at=at, context=row.target.matter, before=before, after={"name": row.name, **after})
    return row


@transaction.atomic
def remove_row(*, row_id: int, reason: str, actor: Actor, at: datetime) -> Target:
    """Take one out, with the reason."""
    row = _locked(row_id)
    target = row.target
    _must_keep(target.matter, actor)
    if not reason.strip():
        raise RuleBroken(_("请写明理由。"), hint=_("理由会记入经过，双方都看得到。"))
    record(act="roster.remove", subject=row, actor=actor, at=at, context=target.matter, before={"name": row.name, "unit": row.unit}, reason=reason)
    row.delete()
    return target


def _locked(row_id: int) -> RosterRow:
    return RosterRow.objects.select_for_update(of=("self",)).select_related("target__matter").get(pk=row_id)


def _must_keep(matter: Matter, actor: Actor) -> None:
    if not may_keep(matter, actor):
        raise RuleBroken(_("名单由交办单位的督查员和牵头单位维护，事项办结后不再改。"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
