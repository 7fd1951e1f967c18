"""Tables whose cells a reader of docx, xlsx or html handed over with their places: headers of two rows, merged cells, cells of several lines.

The lines of such a table say less than its cells: a cell of two lines breaks the row in two, a merged cell stands once for several rows.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from luoshi.decompose.tables import Column, Grid, Row, column_of
from luoshi.text import Cell, ReadingView, Table

_LONGEST_NAME = 16
_KNOWN, _SURE = 0.6, 4
"""So many of the names of a header are known, or as many as this: a table may have a column for each county."""
_PART = re.compile(r"\(?\d{1,2}[)、.．](?!\d(?!\d?月[\d底末上中下份前]))|[①-⑳]|[一二三四五六七八九十]{1,2}[、是]|\([一二三四五六七八九十]{1,2}\)")
_FIELDS, _MOSTLY = 3, 0.7
_SUMS = frozenset({"合计", "总计", "小计", "共计"})
_TELLS = frozenset({"task", "target", "criteria"})


class Placed(NamedTuple):
    """A table by its cells, and which stretch of the view it takes up."""

    grid: Grid
    start: int
    end: int


class _Cell(NamedTuple):
    row: int
    col: int
    rows: int
    cols: int
    lines: tuple[tuple[int, int], ...]

    @property
    def whole(self) -> tuple[int, int]:
        return self.lines[0][0], self.lines[-1][1]


def placed_tables(view: ReadingView, given: Sequence[Table]) -> list[Placed]:
    """Every table of ``given`` that has a header."""
    found = []
    for table in given:
        grid = _grid(view.text, [cell for one in table.cells if (cell := _seen(view, one)).lines])
        if grid is not None:
            found.append(Placed(grid, view.position(table.start), view.position(table.end)))
    return found


def _seen(view: ReadingView, cell: Cell) -> _Cell:
    """A cell by the places of its lines in the view."""
    start, end = view.position(cell.start), view.position(cell.end)
    lines = []
    for line in view.text[start:end].split("\n"):
        if line.strip():
            lead = len(line) - len(line.lstrip())
            lines.append((start + lead, start + lead + len(line.strip())))
        start += len(line) + 1
    return _Cell(cell.row, cell.col, cell.rows, cell.cols, tuple(lines))


def _grid(text: str, cells: list[_Cell]) -> Grid | None:
    by_row: dict[int, list[_Cell]] = defaultdict(list)
    for cell in cells:
        by_row[cell.row].append(cell)
    head = next(((row, height, roles) for row in sorted(by_row) for height in (2, 1) if (roles := _roles(text, by_row, row, height))), None)
    if head is None:
        return _form(text, by_row)
    first, height, roles = head
    below = first + height
    grid = Grid([Row([("remark", *line) for cell in by_row[row] for line in cell.lines]) for row in sorted(by_row) if row < first and len(by_row[row]) > 1])
    grid.rows += [Row([(roles.get(cell.col, "other"), *line) for cell in by_row[row] for line in cell.lines], header=True) for row in range(first, below) if row in by_row]
    names = [_words(text, cell) for cell in by_row[first]]
    merged: list[_Cell] = []
    for row in range(below, max(by_row) + 1):
        own = by_row.get(row, [])
        over = merged = [cell for cell in merged if cell.row + cell.rows > row]
        merged = [*merged, *(cell for cell in own if cell.rows > 1)]
        if [_words(text, cell) for cell in own] == names:
            grid.rows.append(Row([(roles.get(cell.col, "other"), *line) for cell in own for line in cell.lines], header=True))
        elif any(_words(text, cell).replace(" ", "") in _SUMS for cell in own):
            grid.rows.append(Row([("remark", *line) for cell in own for line in cell.lines]))
        elif own and not (len(own) == 1 and not over and (own[0].cols > 1 or own[0].col == 0)):  # one cell alone is a heading across the table
            grid.rows += _rows(text, {cell: roles.get(cell.col, "other") for cell in own}, {cell: roles.get(cell.col, "other") for cell in over})
    return grid if any(not row.header for row in grid.rows) else None


def _roles(text: str, by_row: dict[int, list[_Cell]], first: int, height: int) -> dict[int, Column] | None:
    """The role of each column where ``height`` rows from ``first`` are a header; the lower name of a column says more than the one over it."""
    heads = [cell for row in range(first, first + height) for cell in by_row.get(row, ())]
    if not by_row.get(first) or any(cell.whole[1] - cell.whole[0] > _LONGEST_NAME + len(cell.lines) for cell in heads):
        return None
    if height > 1 and not any(cell.cols > 1 or cell.rows > 1 for cell in by_row[first]):
        return None
    if any(cell.row + cell.rows > first + height for cell in heads):
        return None
    roles: dict[int, Column] = {}
    for cell in heads:
        role = column_of(_words(text, cell))
        for column in range(cell.col, cell.col + cell.cols):
            if role is not None:
                roles[column] = role
    columns = {column for cell in heads for column in range(cell.col, cell.col + cell.cols)}
    lowest = [cell for cell in heads if cell.row + cell.rows == first + height]
    known = [cell for cell in lowest if column_of(_words(text, cell)) is not None]
    enough = len(known) >= _SURE or (len(roles) >= _KNOWN * len(columns) and len(known) >= _KNOWN * len(lowest))
    told = enough and len(set(roles.values())) >= 2
    return roles if told and _TELLS & set(roles.values()) else None


def _words(text: str, cell: _Cell) -> str:
    return "".join(text[start:end] for start, end in cell.lines)


def _form(text: str, by_row: dict[int, list[_Cell]]) -> Grid | None:
    """A form: names of fields with what they hold to the right of them, as a slip of supervision has them (责任单位 | 市水务局 | 办理时限 | 6月底前)."""
    grid = Grid()
    names: list[_Cell] = []
    held: dict[_Cell, Column] = {}
    told: set[str] = set()
    for row in sorted(by_row):
        beside = {cell.col: cell for cell in by_row[row]}
        for cell in by_row[row]:
            role, value = column_of(_words(text, cell)), beside.get(cell.col + cell.cols)
            if role is None or role == "number" or cell in held or value is None:
                continue
            if _words(text, cell) in told:  # the next form
                grid.rows += _rows(text, held, {})
                held, told = {}, set()
            names.append(cell)
            told.add(_words(text, cell))
            held[value] = role
    grid.rows += _rows(text, held, {})
    roles = {role for row in grid.rows for role, _start, _end in row.cells}
    if len(names) < _FIELDS or 2 * len(names) < _MOSTLY * sum(map(len, by_row.values())) or not (_TELLS & roles and roles & {"lead", "responsible", "deadline"}):
        return None
    grid.rows.append(Row([("other", *line) for cell in names for line in cell.lines], header=True))
    return grid


def _rows(text: str, own: Mapping[_Cell, Column], over: Mapping[_Cell, Column]) -> Iterator[Row]:
    """The rows that a row of cells makes: one, or one for each part of its task where that is a list. What a merged cell over it says holds for it, too."""
    carried = tuple(cell.whole for cell, role in over.items() if role == "task")
    shared = [(role, *line) for cell, role in over.items() if role not in (*_TELLS, "number") for line in cell.lines]
    task = max((cell for cell, role in own.items() if role == "task"), key=lambda cell: cell.whole[1] - cell.whole[0], default=None)
    parts = task.lines if task and len(task.lines) > 1 and all(_PART.match(text, *line) for line in task.lines) else (None,)
    for part in parts:
        cells = [(role, *line) for cell, role in own.items() for line in cell.lines if part is None or cell != task or line == part]
        yield Row(sorted([*cells, *shared], key=lambda one: one[1:]), carried=carried, placed=True, part=part is not None)
