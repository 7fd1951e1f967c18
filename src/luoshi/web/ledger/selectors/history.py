"""The history of one matter as sentences, each record checked against its hash."""

from collections.abc import Iterable
from typing import NamedTuple

from luoshi.text.language import _
from luoshi.web.audit.acts import act_name
from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import broken_links, history
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.telling import is_inside, sentence, stage_of


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


def lines_of(records: Iterable[Record], actor: Actor) -> list[Line]:
    """Records as lines; of what a unit does before its head lets it go, others read that it was done and no words."""
    rows = list(records)
    broken = set(broken_links(rows))
    return [Line(one, _text(one, actor), one.seq in broken) for one in rows]


def history_of(matter_id: int, actor: Actor, *, stage: str = "") -> History:
    """Everything that was done to a matter; the caller has checked that it may be seen."""
    lines = lines_of(history(f"matter:{matter_id}").order_by("-seq"), actor)
    shown = [line for line in lines if not stage or stage_of(line.record.act) == stage]
    return History(shown, sum(line.broken for line in lines), lines[0].record.hash if lines else "")


def _text(record: Record, actor: Actor) -> str:
    if is_inside(record.act, record.before, record.after) and record.unit_id not in actor.units:
        return _("{act}（单位内部审签，报出前不显示内容）。").format(act=act_name(record.act))
    return sentence(record.act, record.before, record.after, record.reason, name=act_name(record.act))
