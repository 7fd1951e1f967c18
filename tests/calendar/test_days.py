"""Month ends, months added, five-year plans and time limits of kinds of papers."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.calendar import FIVE_YEAR_PLANS, TIME_LIMITS, Counted, WorkingCalendar, add_months, find_plan, last_day, month_end

LIMITS = {limit.id: limit for limit in TIME_LIMITS}


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        pytest.param(date(2026, 9, 28), 2, date(2026, 11, 28), id="same-day"),
        pytest.param(date(2026, 1, 31), 1, date(2026, 2, 28), id="shorter-month"),
        pytest.param(date(2028, 1, 31), 1, date(2028, 2, 29), id="leap-year"),
        pytest.param(date(2026, 11, 30), 3, date(2027, 2, 28), id="over-the-year"),
        pytest.param(date(2026, 12, 5), 12, date(2027, 12, 5), id="a-year"),
        pytest.param(date(2026, 3, 31), -1, date(2026, 2, 28), id="back"),
    ],
)
def test_add_months(start: date, months: int, expected: date) -> None:
    assert add_months(start, months) == expected


def test_month_ends() -> None:
    assert last_day(2026, 2) == 28
    assert month_end(2028, 2) == date(2028, 2, 29)
    assert month_end(2026, 12) == date(2026, 12, 31)


def test_past_the_calendar_is_an_overflow_as_for_days() -> None:
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)), st.integers(min_value=-600, max_value=600))
def test_added_months_are_months_apart(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day <= start.day


@pytest.mark.parametrize(
    ("name", "years"),
    [
        pytest.param("一五", (1953, 1957), id="first"),
        pytest.param("三五", (1966, 1970), id="after-the-years-of-adjustment"),
        pytest.param("十五", (2001, 2005), id="tenth"),
        pytest.param("“十四五”", (2021, 2025), id="in-quotation-marks"),
        pytest.param("十五五", (2026, 2030), id="fifteenth"),
    ],
)
def test_plans(name: str, years: tuple[int, int]) -> None:
    plan = find_plan(name)
    assert plan is not None
    assert (plan.start, plan.end) == (date(years[0], 1, 1), date(years[1], 12, 31))


def test_plans_do_not_overlap_and_unknown_ones_are_none() -> None:
    assert all(a.last_year < b.first_year for a, b in pairwise(FIVE_YEAR_PLANS))
    assert find_plan("十九五") is None
    assert find_plan("") is None


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        pytest.param("document", Counted(date(2026, 10, 25), False), id="days"),
        pytest.param("decision", Counted(date(2026, 11, 12), False), id="working-days"),
        pytest.param("environment.short", Counted(date(2027, 3, 25), False), id="months"),
        pytest.param("environment.long", Counted(date(2031, 9, 25), False), id="years"),
    ],
)
def test_time_limits(id_: str, expected: Counted) -> None:
    assert LIMITS[id_].due(date(2026, 9, 25), WorkingCalendar()) == expected


def test_time_limits_are_sound() -> None:
    assert len(LIMITS) == len(TIME_LIMITS)
    assert all(0 < limit.least <= limit.most and limit.label for limit in TIME_LIMITS)
