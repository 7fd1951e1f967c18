"""When a unit reports: the ends of its periods, and the day by which each is told. No Django, no clock: the day is passed in."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from luoshi.calendar import WorkingCalendar, month_end
from luoshi.text.language import _

WEEKLY, MONTHLY, QUARTERLY, HALF_YEARLY = "weekly", "monthly", "quarterly", "half-yearly"
CADENCES = (WEEKLY, MONTHLY, QUARTERLY, HALF_YEARLY)
REPORT_WITHIN = 5
"""Working days after the end of a period by which its report is due: statistics close a few days after the period they count."""

_MONTHS = {MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6}


class Period(NamedTuple):
    """The last day of a period and the day by which its report is due."""

    end: date
    due_on: date


def cadence_names() -> dict[str, str]:
    """Cadence → what it is called; the empty one reports by milestones alone."""
    return {"": _("只按节点反馈"), WEEKLY: _("每周"), MONTHLY: _("每月"), QUARTERLY: _("每季度"), HALF_YEARLY: _("每半年")}


def end_on_or_after(cadence: str, day: date) -> date:
    """The end of the period that ``day`` stands in: a Sunday, or the last day of a month, quarter or half year."""
    if cadence == WEEKLY:
        return day + timedelta(days=6 - day.weekday())
    months = _MONTHS[cadence]
    return month_end(day.year, (day.month - 1) // months * months + months)


def end_before(cadence: str, day: date) -> date:
    """The last end of a period before ``day``."""
    if cadence == WEEKLY:
        return day - timedelta(days=day.weekday() + 1)
    months = _MONTHS[cadence]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first - timedelta(days=1)


def period_of(end: date, calendar: WorkingCalendar) -> Period:
    """The period that ends on ``end``."""
    return Period(end, calendar.add_working_days(end, REPORT_WITHIN).date)


def last_asked(cadence: str, since: date, on: date, calendar: WorkingCalendar) -> Period | None:
    """The last period since ``since`` whose reporting day has passed; None where there is none yet."""
    if cadence not in CADENCES:
        return None
    period = _last_due(cadence, on, calendar)
    return period if period.end >= since else None


@lru_cache(maxsize=64)
def _last_due(cadence: str, on: date, calendar: WorkingCalendar) -> Period:
    """The last period whose reporting day has passed."""
    period = period_of(end_before(cadence, on), calendar)
    while period.due_on >= on:
        period = period_of(end_before(cadence, period.end), calendar)
    return period


def period_to_answer(cadence: str, since: date, on: date, answered: date | None) -> date | None:
    """The end of the period that a report written ``on`` answers: the last one that ended and is open, else the running one."""
    if cadence not in CADENCES:
        return None
    ended = end_before(cadence, on)
    if ended >= since and (answered is None or answered < ended):
        return ended
    running = end_on_or_after(cadence, on)
    return running if answered is None or answered < running else end_on_or_after(cadence, answered + timedelta(days=1))
