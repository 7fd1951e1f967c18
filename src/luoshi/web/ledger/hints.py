"""What a reviewer (and the author before) is pointed to in a report: hints, never errors. No Django, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.text.language import _
from luoshi.web.ledger.lights import Point, planned_value

JUMP = 0.5
"""A change by half of the last value within one period is rare enough to be looked at."""


@dataclass(frozen=True, slots=True)
class Told:
    """One value as told, with what is known to compare it with: the last accepted value and the agreed curve."""

    indicator: str
    unit: str
    value: float
    as_of: date
    last: float | None
    last_as_of: date | None
    curve: Sequence[Point] = ()
    falling: bool = False


def hints_of(told: Told) -> list[str]:
    """What strikes in one value."""
    found: list[str] = []
    name = told.indicator
    if told.last is not None:
        if told.value == told.last:
            found.append(_("{name}与上期数据相同，请核。").format(name=name))
        elif (told.value < told.last) != told.falling:
            found.append(_("{name}比上期退步：上期 {last:g}{unit}，本期 {value:g}{unit}。").format(name=name, last=told.last, value=told.value, unit=told.unit))
        if told.last and abs(told.value - told.last) > JUMP * abs(told.last):
            change = (told.value - told.last) / abs(told.last)
            found.append(_("{name}比上期变动 {change:+.0%}，请核。").format(name=name, change=change))
        if told.last_as_of is not None and told.as_of <= told.last_as_of:
            found.append(_("{name}的截止日期不晚于上期（{day}）。").format(name=name, day=told.last_as_of.isoformat()))
    wanted = planned_value(told.curve, told.as_of, told.unit)
    if wanted is not None and (told.value > wanted + 1e-9 if told.falling else told.value < wanted - 1e-9):
        found.append(_("{name}落后于序时进度：应为 {wanted:g}{unit}。").format(name=name, wanted=round(wanted, 2), unit=told.unit))
    return found


def same_words(text: str, last: str | None) -> list[str]:
    """Where the text is that of the last report."""
    return [_("文字与上一次反馈完全相同。")] if last and text.strip() == last.strip() else []
