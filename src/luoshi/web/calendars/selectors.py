"""Reading the calendar. ``working_calendar()`` is kept in each process and looked at again after some seconds: it asks no question per row or per page."""

import time
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from luoshi.calendar import WorkingCalendar
from luoshi.web.calendars.models import Announcement, Day
from luoshi.web.common.actor import Actor

YEARS_AHEAD = 2
FROM_MONTH = 11
"""The month from which next year's notice should be there: it is published between October and December."""


@dataclass(slots=True)
class _Memory:
    """What this process read last. ``read_at`` of None: read it anew."""

    calendar: WorkingCalendar
    days: dict[date, bool]
    read_at: float | None = None


_MEMORY = _Memory(WorkingCalendar(), {})


def working_calendar() -> WorkingCalendar:
    """The calendar with all that was entered. The same object as long as nothing changed, so that it can be a key."""
    read_at = _MEMORY.read_at
    if read_at is None or time.monotonic() - read_at > settings.CALENDAR_SECONDS:
        remember(entered_days())
    return _MEMORY.calendar


def remember(days: dict[date, bool]) -> None:
    """Count with these days from now on."""
    if days != _MEMORY.days:
        _MEMORY.calendar, _MEMORY.days = WorkingCalendar(days), days
    _MEMORY.read_at = time.monotonic()


def forget_calendar() -> None:
    """Read it anew at the next need: what a notice changes is seen at once in this process, within seconds in the others."""
    _MEMORY.read_at = None


def entered_days() -> dict[date, bool]:
    """Day → whether people work; of two notices the later one."""
    return dict(Day.objects.filter(announcement__withdrawn_at=None).order_by("announcement_id", "on").values_list("on", "works"))


class Year(NamedTuple):
    """A year as the calendar knows it: announced or provisional, by which notices, and what differs from Monday to Friday."""

    year: int
    announced: bool
    known: bool  # the program knows it by itself
    notices: list[Announcement]
    rests: list[date]
    works: list[date]


def years_of(actor: Actor, on: date) -> list[Year]:
    """The years around a day and those with notices, newest first; for the system administrator."""
    notices: dict[int, list[Announcement]] = {}
    for notice in announcements_of(actor).filter(withdrawn_at=None):
        notices.setdefault(notice.year, []).append(notice)
    calendar, plain = working_calendar(), WorkingCalendar()
    years = sorted({*range(on.year - 1, on.year + YEARS_AHEAD + 1), *notices}, reverse=True)
    return [Year(year, calendar.is_announced(year), plain.is_announced(year), notices.get(year, []), *_differing(calendar, year)) for year in years]


def _differing(calendar: WorkingCalendar, year: int) -> tuple[list[date], list[date]]:
    days = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)]
    rests = [day for day in days if day.weekday() < 5 and not calendar.is_working_day(day)]
    works = [day for day in days if day.weekday() >= 5 and calendar.is_working_day(day)]
    return rests, works


def announcements_of(actor: Actor) -> QuerySet[Announcement]:
    """Notices for the system administrator, none for others."""
    return Announcement.objects.all() if actor.administers == "system" else Announcement.objects.none()


def missing_year(on: date) -> int | None:
    """Next year where it should be announced by now and is not; this year where even that is not."""
    calendar = working_calendar()
    if not calendar.is_announced(on.year):
        return on.year
    return on.year + 1 if on.month >= FROM_MONTH and not calendar.is_announced(on.year + 1) else None
