"""Visits that come too close together at one unit, and visits against the yearly plan: plain values. No Django, no clock."""

from datetime import date
from typing import NamedTuple

from luoshi.calendar import WorkingCalendar

APART = 10
"""Working days between two visits to one unit: nearer ones clash."""


class Span(NamedTuple):
    """First and last day of a visit."""

    first: date
    last: date


def clash(one: Span, other: Span, calendar: WorkingCalendar) -> bool:
    """True where two visits overlap or lie within ``APART`` working days."""
    earlier, later = sorted((one, other))
    return later.first <= calendar.add_working_days(earlier.last, APART).date


def left_of_plan(planned: int, made: int) -> int:
    """How many visits of the plan are left; never below none."""
    return max(0, planned - made)
