"""Time limits that a column of them says shorter than a sentence would: 2026.6.30, 2026/6, 6-9月, 每月."""

import calendar
import re
from datetime import date

from luoshi.decompose.rules.deadline_rules import CELL
from luoshi.decompose.rules.deadlines import FoundDeadline
from luoshi.decompose.rules.due import Due, no_year
from luoshi.decompose.tables import Grid

_PERIODS = {"月": "monthly", "季": "quarterly", "季度": "quarterly", "周": "weekly", "年": "yearly", "半年": "half-year", "日": "daily", "天": "daily"}
_YEAR = re.compile(r"20\d\d")


def cell_deadlines(text: str, grids: list[Grid], found: list[FoundDeadline], year: int | None) -> list[FoundDeadline]:
    """The time limits of the cells of their columns in which ``found`` has none; ``year`` is the document's own."""
    read = {deadline.start for deadline in found}
    cells = sorted({span for grid in grids for row in grid.rows if not row.header for span in row.spans("deadline")})
    made: list[FoundDeadline] = []
    for start, end in cells:
        match = CELL.pattern.match(text[start:end])
        due = _due(match, year) if match and not any(at in read for at in range(start, end)) else None
        if due:
            made.append(FoundDeadline(start, end, text[start:end], due.due, due.period, due.basis, CELL.id, due.doubt))
    return made


def _due(match: re.Match[str], year: int | None) -> Due | None:
    if match["every"]:
        return Due(period=_PERIODS[match["every"].removeprefix("每").removeprefix("个")])
    if match["run"]:
        return _day(int(match["run"][:4]), int(match["run"][4:6]), int(match["run"][6:]), None)
    if not (match["y"] or match["d"] or match["month"]):
        return None  # a bare number
    said = _YEAR.search(match["value"])
    own = int(said[0]) if said else year
    if own is None:
        return no_year()
    return _day(own, int(match["m"]), int(match["d"]) if match["d"] else None, None if said else str(own))


def _day(year: int, month: int, day: int | None, basis: str | None) -> Due | None:
    """None for what is no day."""
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return Due(date(year, month, day or calendar.monthrange(year, month)[1]), basis=basis)
