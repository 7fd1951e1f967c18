"""Working days of China, 调休 included, on top of ``chinesecalendar``.

The State Council announces the holidays of a year in the autumn before. Years that nobody has told us of are counted by
weekends alone and marked ``provisional``; they never raise. An administrator adds the next notice as ``overrides``.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted day; ``provisional`` where a year without announced holidays took part in the counting."""

    date: date
    provisional: bool


@cache
def _announced() -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
    """Days off, working weekend days, and the years that ``chinesecalendar`` knows; loaded at first need."""
    from chinese_calendar.constants import holidays, workdays

    return frozenset(holidays), frozenset(workdays), frozenset(day.year for day in holidays)


class WorkingCalendar:
    """Working days as announced, with ``overrides``: a day maps to True where people work, False where they rest.

    A year that has any override counts as announced: its notice has been entered.
    """

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})
        self._entered = frozenset(day.year for day in self._overrides)

    def is_announced(self, year: int) -> bool:
        """True where the holidays of ``year`` are known."""
        return year in self._entered or year in _announced()[2]

    def is_working_day(self, day: date) -> bool:
        """True where people work on ``day``; in a year not announced, Monday to Friday."""
        if day in self._overrides:
            return self._overrides[day]
        days_off, work_instead, _ = _announced()
        return day in work_instead or (day.weekday() < 5 and day not in days_off)

    def add_working_days(self, day: date, n: int) -> Counted:
        """The ``n``-th working day after ``day``, which itself is not counted; before it where ``n`` is negative.

        Raises ``OverflowError`` past the year 9999.
        """
        step = _DAY if n >= 0 else -_DAY
        provisional = not self.is_announced(day.year)
        left = abs(n)
        while left:
            day += step
            provisional = provisional or not self.is_announced(day.year)
            left -= self.is_working_day(day)
        return Counted(day, provisional)


_PLAIN = WorkingCalendar()
_current: ContextVar[WorkingCalendar] = ContextVar("luoshi_calendar", default=_PLAIN)


def count_with(days: Mapping[date, bool]) -> None:
    """Count the working days of this context with the days of a notice that was entered (True where people work) on top of the announced ones."""
    _current.set(WorkingCalendar(days) if days else _PLAIN)


def current_calendar() -> WorkingCalendar:
    """The calendar by which time limits of this context are read; the same object until it is set anew, so that it can be a key."""
    return _current.get()


def is_working_day(day: date) -> bool:
    """True where people work on ``day`` by the announced holidays, without overrides."""
    return _PLAIN.is_working_day(day)


def add_working_days(day: date, n: int) -> Counted:
    """The ``n``-th working day after ``day`` by the announced holidays, without overrides."""
    return _PLAIN.add_working_days(day, n)
