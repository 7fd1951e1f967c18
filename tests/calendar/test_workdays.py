"""Working days as the State Council announced them, and as the calendar guesses where it has not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.calendar import Counted, WorkingCalendar, add_working_days, is_working_day

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2026, 9, 25), False, id="mid-autumn"),
        pytest.param(date(2026, 10, 1), False, id="national-day"),
        pytest.param(date(2026, 10, 10), True, id="saturday-worked-instead"),
        pytest.param(date(2026, 10, 11), False, id="plain-sunday"),
        pytest.param(date(2026, 10, 12), True, id="plain-monday"),
        pytest.param(date(2031, 10, 1), True, id="not-announced-weekday"),
        pytest.param(date(2031, 10, 4), False, id="not-announced-saturday"),
    ],
)
def test_is_working_day(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        pytest.param(date(2026, 9, 25), 10, Counted(date(2026, 10, 15), False), id="over-mid-autumn-and-national-day"),
        pytest.param(date(2026, 10, 15), -10, Counted(date(2026, 9, 24), False), id="back-over-the-holidays"),
        pytest.param(date(2026, 10, 9), 1, Counted(date(2026, 10, 10), False), id="saturday-counts"),
        pytest.param(date(2026, 3, 2), 5, Counted(date(2026, 3, 9), False), id="one-week"),
        pytest.param(date(2026, 3, 2), 0, Counted(date(2026, 3, 2), False), id="none"),
        pytest.param(date(2031, 9, 25), 10, Counted(date(2031, 10, 9), True), id="not-announced-weekends-only"),
        pytest.param(date(1999, 4, 26), 5, Counted(date(1999, 5, 3), True), id="before-the-first-known-year"),
    ],
)
def test_add_working_days(start: date, n: int, expected: Counted) -> None:
    assert add_working_days(start, n) == expected


def test_a_count_into_a_year_not_announced_is_provisional() -> None:
    calendar = WorkingCalendar()
    year = next(year for year in range(2026, 2100) if not calendar.is_announced(year))
    assert add_working_days(date(year - 1, 12, 25), 10).provisional
    assert not add_working_days(date(year - 1, 11, 2), 10).provisional


def test_overrides_are_the_next_notice() -> None:
    overrides = {date(2041, 10, day): False for day in range(1, 8)} | {date(2041, 10, 12): True}
    calendar = WorkingCalendar(overrides)
    assert calendar.is_announced(2041)
    assert not calendar.is_announced(2042)
    assert calendar.is_working_day(date(2041, 10, 12))
    assert not calendar.is_working_day(date(2041, 10, 2))
    assert calendar.add_working_days(date(2041, 9, 30), 5) == Counted(date(2041, 10, 12), False)


def test_overrides_win_over_what_was_announced_and_are_copied() -> None:
    overrides = {date(2026, 3, 3): False}
    calendar = WorkingCalendar(overrides)
    overrides.clear()
    assert calendar.add_working_days(date(2026, 3, 2), 1).date == date(2026, 3, 4)
    assert is_working_day(date(2026, 3, 3))


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_counting_forth_and_back(start: date, n: int) -> None:
    calendar = WorkingCalendar()
    end = calendar.add_working_days(start, n).date
    between = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
    assert sum(map(calendar.is_working_day, between)) == n
    assert calendar.is_working_day(end)
    if calendar.is_working_day(start):
        assert calendar.add_working_days(end, -n).date == start
