"""Arithmetic of calendar days: month ends and months added. Weekends and holidays are of no concern here."""

from calendar import monthrange
from datetime import date

FIRST_YEAR, LAST_YEAR = date.min.year, date.max.year


def last_day(year: int, month: int) -> int:
    """Number of the last day of a month: 29 for February 2028."""
    return monthrange(year, month)[1]


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, last_day(year, month))


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later; where that month is shorter, its last day (31 January + 1 = 28 February).

    Raises ``OverflowError`` past the year 9999, as adding days does.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OverflowError(f"year {year} is out of range")
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))
