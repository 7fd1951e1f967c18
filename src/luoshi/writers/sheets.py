"""A workbook of lists as an office prints them, with words marked inside a cell where the sides differ.

Every cell of text is written as a string: nothing in a document can become a formula or a link. The same lists give the same bytes.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from luoshi.text.language import _
from luoshi.writers.plain import printable

Marked = tuple[tuple[str, bool], ...]
"""Text in pieces; the second of each says whether it is marked."""
Value = str | int | float | Marked
CELL_LIMIT = 32_767  # of Excel, in UTF-16 units
HEAD = 3  # rows above the first of a list: title, note, header
_ROW_LIMIT = 409.0  # of Excel, in points
_LINE = 15.5  # points per line of 10.5 pt type
_A4 = 9
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - as in the zip: bytes do not depend on the clock


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width in half-width characters, and how its cells look."""

    header: str
    width: float
    style: str = "text"


class Book:
    """A workbook of lists that look alike and print on A4 across, with the header on every page."""

    def __init__(self, path: Path, title: str) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._workbook: Workbook = xlsxwriter.Workbook(str(path), options)
        self._workbook.set_properties({"title": clip(printable(title))[:255], "author": "", "created": _EPOCH})
        cell = {"font_name": "仿宋_GB2312", "font_size": 10.5, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#808080"}
        plain = {"valign": "vcenter", "align": "center", "text_wrap": True}
        self._formats: dict[str, Format] = {
            name: self._workbook.add_format(look)
            for name, look in {
                "text": cell,
                "centre": cell | {"align": "center"},
                "small": cell | {"font_size": 9},
                "share": cell | {"align": "center", "num_format": "0%"},
                "header": cell | {"font_name": "黑体", "align": "center", "bg_color": "#EDEFF2"},
                "title": plain | {"font_name": "方正小标宋简体", "font_size": 18},
                "note": plain | {"font_name": "楷体_GB2312", "font_size": 10.5},
                "mark": {"font_name": "仿宋_GB2312", "font_size": 10.5, "bold": True, "underline": 1, "font_color": "#14508C"},
                "plain": {"font_name": "仿宋_GB2312", "font_size": 10.5},
            }.items()
        }

    def sheet(self, name: str, title: str, note: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
        """A list: title, note, frozen header, rows."""
        sheet = self._workbook.add_worksheet(name)
        last = len(columns) - 1
        width = sum(column.width for column in columns)
        self._banner(sheet, 0, last, title, 25.0 * _lines(title, width / 1.75) + 8)
        self._banner(sheet, 1, last, note, _LINE * _lines(note, width) + 5)
        for col, column in enumerate(columns):
            sheet.set_column(col, col, column.width)
            sheet.write_string(2, col, column.header, self._formats["header"])
        sheet.set_row(2, 15.0 * max(_lines(column.header, column.width) for column in columns) + 9)
        at = HEAD
        for row in rows:
            self._row(sheet, at, columns, row)
            at += 1
        sheet.freeze_panes(HEAD, 0)
        sheet.autofilter(2, 0, max(at - 1, 2), last)
        _print_setup(sheet)

    def close(self) -> None:
        """Write the file."""
        self._workbook.close()

    def _banner(self, sheet: Worksheet, row: int, last: int, text: str, height: float) -> None:
        style = self._formats["note" if row else "title"]
        sheet.set_row(row, min(_ROW_LIMIT, height))
        if last:
            sheet.merge_range(row, 0, row, last, "", style)
        sheet.write_string(row, 0, clip(text), style)

    def _row(self, sheet: Worksheet, at: int, columns: Sequence[Column], row: Sequence[Value]) -> None:
        lines = 1
        for col, (column, value) in enumerate(zip(columns, row, strict=True)):
            style = self._formats[column.style]
            if isinstance(value, int | float):
                sheet.write_number(at, col, value, style)
                continue
            text = value if isinstance(value, str) else "".join(piece for piece, _marked in value)
            if isinstance(value, str) or not self._rich(sheet, at, col, value, style):
                sheet.write_string(at, col, clip(text), style)
            lines = max(lines, _lines(text, column.width * (1.16 if column.style == "small" else 1)))
        sheet.set_row(at, min(_ROW_LIMIT, lines * _LINE + 5))

    def _rich(self, sheet: Worksheet, at: int, col: int, pieces: Marked, style: Format) -> bool:
        """Write a cell in which some words are marked; False where there is nothing to mark or the cell cannot hold it."""
        shown = [(printable(piece), marked) for piece, marked in pieces if piece]
        if len(shown) < 2 or sum(len(piece) for piece, _marked in shown) * 2 > CELL_LIMIT:
            return False
        fragments: list[str | Format] = []
        for piece, marked in shown:
            fragments += [self._formats["mark" if marked else "plain"], piece]
        return bool(sheet.write_rich_string(at, col, *fragments, style) == 0)


def clip(text: str) -> str:
    """``text`` as a cell can hold it; what is cut leaves a mark that says so and where the whole is."""
    text = printable(text)
    if utf16(text) <= CELL_LIMIT:
        return text
    mark = _("……〔超过单元格上限，此处截断；全文见同名JSON或网页〕")
    return text.encode("utf-16-le")[: 2 * (CELL_LIMIT - utf16(mark))].decode("utf-16-le", "ignore") + mark


def utf16(text: str) -> int:
    """Length of ``text`` as Excel counts it."""
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)


def _lines(text: str, width: float) -> int:
    """How many lines ``text`` takes in a column: Excel does not fit the height of rows that a program wrote."""
    room = max(2.0, width - 1.5)
    return sum(max(1, -int(-_width(line) // room)) for line in text[:4000].split("\n"))


def _width(line: str) -> float:
    return sum(2.1 if unicodedata.east_asian_width(c) in "WFA" else 1.1 for c in line)


def _print_setup(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.center_horizontally()
    sheet.set_footer('&C&"宋体"&12— &P —')
