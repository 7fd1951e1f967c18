"""The time limit that fits where a matter comes from, where its source names no day: proposed with its reason, taken by a click. No Django.

The figures begin as those of ``luoshi.calendar.limits``: templates that offices have published, not rules of the state. An office has figures of its
own where its head set some; they are proposed from then on, and no day that was set before moves.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from luoshi.calendar import TIME_LIMITS, TimeLimit, WorkingCalendar
from luoshi.calendar.limits import TimeUnit
from luoshi.text.language import _

EDITABLE = ("document", "minutes", "instruction.urgent", "instruction.plain", "decision", "meeting_spirit", "default")
"""Those that a source is matched to, in the order of the page."""
LONGEST = 999
_BY_ID = {one.id: one for one in TIME_LIMITS}
_OF_KIND = {"decision": "decision", "item": "document", "study": "meeting_spirit"}
_UNITS: tuple[TimeUnit, ...] = ("day", "working_day", "month")
Days = Mapping[str, Collection[int | str]]
"""Limit → number and unit of its days, as an office set it: ``{"document": [20, "working_day"]}``."""


class Proposed(NamedTuple):
    """A day for a draft without one, and the limit that it follows: 公文 30 日."""

    due_on: date
    why: str


def unit_names() -> dict[str, str]:
    """Unit of a limit → what it is called."""
    return {"day": _("日"), "working_day": _("个工作日"), "month": _("个月")}


def limit_of(code: str, own: Days) -> TimeLimit:
    """A limit by its code, with the office's own figure where it has one."""
    limit, told = _BY_ID[code], own.get(code)
    if told is None:
        return limit
    most, unit = told
    return replace(limit, least=int(most), most=int(most), unit=next(one for one in _UNITS if one == unit))


def own_days(typed: Mapping[str, tuple[int, str]]) -> dict[str, list[int | str]]:
    """What differs from the templates. Raises KeyError for a limit that is none, ValueError for a figure that cannot be."""
    found: dict[str, list[int | str]] = {}
    for code in EDITABLE:
        most, unit = typed[code]
        if unit not in _UNITS or not 1 <= most <= LONGEST:
            raise ValueError(code)
        if (most, unit) != (_BY_ID[code].most, _BY_ID[code].unit):
            found[code] = [most, unit]
    return found


def limit_for(kinds: Collection[str], titles: Collection[str], urgency: str, own: Days | None = None) -> TimeLimit:
    """The limit of the source that presses most: an instruction, a decision, minutes, a document; else that of other matters."""
    return limit_of(_code_for(kinds, titles, urgency), own or {})


def _code_for(kinds: Collection[str], titles: Collection[str], urgency: str) -> str:
    if "instruction" in kinds:
        return "instruction.plain" if urgency == "normal" else "instruction.urgent"
    if "decision" in kinds:
        return "decision"
    if any("纪要" in title for title in titles):
        return "minutes"
    return next((_OF_KIND[kind] for kind in ("item", "study") if kind in kinds), "default")


def figure(limit: TimeLimit) -> str:
    """30 日."""
    units = {"day": _("{n} 日"), "working_day": _("{n} 个工作日"), "month": _("{n} 个月"), "year": _("{n} 年")}
    return units[limit.unit].format(n=limit.most)


def worded(limit: TimeLimit) -> str:
    """公文 30 日."""
    units = {"day": _("{name} {n} 日"), "working_day": _("{name} {n} 个工作日"), "month": _("{name} {n} 个月"), "year": _("{name} {n} 年")}
    return units[limit.unit].format(name=limit.label, n=limit.most)


def proposed(limit: TimeLimit, on: date, calendar: WorkingCalendar) -> Proposed:
    """The last day of a limit that runs from ``on``; where a year without announced holidays took part, it says so."""
    counted = limit.due(on, calendar)
    return Proposed(counted.date, worded(limit) + (_("，按周末推算") if counted.provisional else ""))
