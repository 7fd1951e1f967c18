"""The time limit that fits where a matter comes from, where its source names no day: proposed with its reason, taken by a click. No Django.

The figures are those of ``luoshi.calendar.limits``: templates that offices have published, not rules of the state.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from luoshi.calendar import TIME_LIMITS, TimeLimit, WorkingCalendar
from luoshi.text.language import _

_BY_ID = {one.id: one for one in TIME_LIMITS}
_OF_KIND = {"decision": "decision", "item": "document", "study": "meeting_spirit"}


class Proposed(NamedTuple):
    """A day for a draft without one, and the limit that it follows: 公文 30 日."""

    due_on: date
    why: str


def limit_for(kinds: Collection[str], titles: Collection[str], urgency: str) -> TimeLimit:
    """The limit of the source that presses most: an instruction, a decision, minutes, a document; else that of other matters."""
    if "instruction" in kinds:
        return _BY_ID["instruction.plain" if urgency == "normal" else "instruction.urgent"]
    if "decision" in kinds:
        return _BY_ID["decision"]
    if any("纪要" in title for title in titles):
        return _BY_ID["minutes"]
    return next((_BY_ID[_OF_KIND[kind]] for kind in ("item", "study") if kind in kinds), _BY_ID["default"])


def proposed(limit: TimeLimit, on: date, calendar: WorkingCalendar) -> Proposed:
    """The last day of a limit that runs from ``on``; where a year without announced holidays took part, it says so."""
    counted = limit.due(on, calendar)
    units = {"day": _("{name} {n} 日"), "working_day": _("{name} {n} 个工作日"), "month": _("{name} {n} 个月"), "year": _("{name} {n} 年")}
    why = units[limit.unit].format(name=limit.label, n=limit.most)
    return Proposed(counted.date, why + (_("，按周末推算") if counted.provisional else ""))
