"""The history of one matter as sentences, each record checked against its hash."""

from collections.abc import Iterable
from typing import NamedTuple

from luoshi.web.audit.acts import act_name
from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import broken_links, history
from luoshi.web.ledger.telling import sentence, stage_of


class Line(NamedTuple):
    """One record with its sentence, and whether its hash does not fit it."""

    record: Record
    text: str
    broken: bool


class History(NamedTuple):
    """The lines, newest first, how many are broken, and the hash of the newest record."""

    lines: list[Line]
    broken: int
    head: str


def lines_of(records: Iterable[Record]) -> list[Line]:
    """Records as lines."""
    rows = list(records)
    broken = set(broken_links(rows))
    return [Line(one, sentence(one.act, one.before, one.after, one.reason, name=act_name(one.act)), one.seq in broken) for one in rows]


def history_of(matter_id: int, *, stage: str = "") -> History:
    """Everything that was done to a matter; the caller has checked that it may be seen."""
    lines = lines_of(history(f"matter:{matter_id}").order_by("-seq"))
    shown = [line for line in lines if not stage or stage_of(line.record.act) == stage]
    return History(shown, sum(line.broken for line in lines), lines[0].record.hash if lines else "")
