"""A day as people type it: 12-31, 12.31, 1231, 12月31日, 2027年3月底, 年底. No Django.

Without a year it is the next such day on or after the day from which is counted (that of the meeting).
"""

import re
from datetime import date

from luoshi.calendar import month_end

_FORMS = (
    re.compile(r"(?P<year>\d{4})[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?"),
    re.compile(r"(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月底"),
    re.compile(r"(?:(?P<year>\d{4})年|年)?底"),
)


def typed_day(text: str, since: date) -> date | None:
    """The day, None where nothing was typed. Raises ValueError where it is no day."""
    if not text.strip():
        return None
    said = re.sub(r"之?前$", "", re.sub(r"\s", "", text))
    for form in _FORMS:
        match = form.fullmatch(said)
        if match:
            return _day({name: int(value) for name, value in match.groupdict().items() if value}, since)
    raise ValueError(text)


def _day(parts: dict[str, int], since: date) -> date:
    month = parts.get("month", 12)
    if "year" in parts:
        return _on(parts["year"], month, parts.get("day"))
    this_year = _on(since.year, month, parts.get("day"))
    return this_year if this_year >= since else _on(since.year + 1, month, parts.get("day"))


def _on(year: int, month: int, day: int | None) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, day) if day is not None else month_end(year, month)
