"""The rows of an uploaded spreadsheet as text. The child process reads it; what comes back are cells, never a workbook."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings

from luoshi.readers.isolated import Limits, read_isolated
from luoshi.text import LimitExceeded, SourceText, Table, UnsupportedFormat
from luoshi.text.language import _

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """A row that shows something: its number in the sheet, and its cells by their column from 1."""

    number: int
    cells: dict[int, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet; ``name`` is empty where it is the only one."""

    name: str
    rows: tuple[Row, ...]


def read_tables(data: bytes, *, name: str, unmerged: bool = False) -> list[Sheet]:
    """The visible sheets of a workbook (.xlsx); ``unmerged``: what a merged cell says stands in each of its cells. Raises UnsupportedFormat for another kind of file, LimitExceeded for too many rows, and what the reader raises."""
    limits = Limits(allow_network_without_namespace=bool(settings.OPTIONS["read_without_namespace"]))
    source = read_isolated(data, name=PurePath(name).name[:100], limits=limits)
    if source.media_type != SPREADSHEET:
        raise UnsupportedFormat(_("{name} 不是 xlsx 表格。").format(name=name), hint=_("请用 Excel 或 WPS 另存为 xlsx 格式后再上传。"))
    return _sheets(source, unmerged)


def _sheets(source: SourceText, unmerged: bool) -> list[Sheet]:
    """From the origins: ``cell:2.5.3`` is row 5, column 3 of the second sheet, ``h1:2`` its name."""
    rows: dict[int, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    names: dict[int, str] = {}
    for origin in source.origins:
        kind, _colon, place = origin.block.partition(":")
        text = source.text[origin.start : origin.end].strip()
        if kind == "h1":
            names[int(place)] = text
        elif kind == "cell":
            sheet, row, col = map(int, place.split("."))
            rows[sheet][row][col] = text
    if sum(map(len, rows.values())) > MOST_ROWS:
        raise LimitExceeded(_("表格超过 {n} 行。").format(n=MOST_ROWS), hint=_("请分成几个文件导入。"))
    if unmerged:
        for sheet, table in zip(sorted(rows), source.tables, strict=False):
            _unmerge(rows[sheet], table, {(origin.start, origin.end): origin.block for origin in source.origins if origin.block.startswith(f"cell:{sheet}.")})
    return [Sheet(names.get(sheet, ""), tuple(Row(row, cells) for row, cells in sorted(found.items()))) for sheet, found in sorted(rows.items())]


def _unmerge(rows: dict[int, dict[int, str]], table: Table, blocks: dict[tuple[int, int], str]) -> None:
    """Say in each cell of a merged range what its first cell says. Ranges are told in rows and columns that show something, counted from 0."""
    numbers = sorted(rows)
    columns = sorted({column for cells in rows.values() for column in cells})
    for cell in table.cells:
        if cell.rows * cell.cols > 1 and (cell.start, cell.end) in blocks:
            row, column = map(int, blocks[cell.start, cell.end].rpartition(":")[2].split(".")[1:])
            text = rows[row][column]
            for number in numbers[cell.row : cell.row + cell.rows]:
                for place in columns[cell.col : cell.col + cell.cols]:
                    rows[number].setdefault(place, text)
