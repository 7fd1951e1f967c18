"""A list of any length as a workbook: row by row to the disk, so that a hundred thousand rows need no more memory than a hundred.

Every cell is text: nothing in a list can become a formula or a link. A second sheet says what the list is and how many rows it has.
"""

from collections.abc import Sequence
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from luoshi.text.language import _
from luoshi.writers.lists import Listing
from luoshi.writers.plain import printable
from luoshi.writers.sheets import HEAD, clip

_LINE = 15.5
_HIGHEST = 409.0
_LONG = 255  # a cell marked as text shows nothing but #### in old programs where it is longer


def write_list(listing: Listing, file: BinaryIO, folder: str) -> int:
    """Write the workbook into ``file``, with its pieces in ``folder`` meanwhile; how many rows there are."""
    options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": clip(printable(listing.title))[:255], "author": ""})
    formats = _formats(book)
    sheet = book.add_worksheet(_("清单"))
    _head(sheet, listing, formats)
    written = 0
    for row in listing.rows:
        _row(sheet, HEAD + written, listing, row, formats)
        written += 1
    last = len(listing.shown) - 1
    sheet.freeze_panes(HEAD, 0)
    sheet.autofilter(HEAD - 1, 0, HEAD - 1 + max(written, 1), max(last, 0))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD - 1)
    sheet.set_footer('&C&"宋体"&12— &P —')
    about = book.add_worksheet(_("说明"))
    about.set_column(0, 0, 110)
    for at, sentence in enumerate(listing.told(written)):
        about.write_string(at, 0, clip(sentence), formats["text"])
    book.close()
    return written


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    cell = {"font_name": "仿宋_GB2312", "font_size": 10.5, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#808080"}
    head = cell | {"font_name": "黑体", "align": "center", "bg_color": "#EDEFF2"}
    looks = {
        "long": cell,
        "text": cell | {"num_format": "@"},
        "centre": cell | {"align": "center", "num_format": "@"},
        "header": head,
        "open": head | {"bg_color": "#E4EEF8"},
        "title": {"font_name": "方正小标宋简体", "font_size": 18, "valign": "vcenter"},
        "note": {"font_name": "楷体_GB2312", "font_size": 10.5, "valign": "vcenter"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _head(sheet: Worksheet, listing: Listing, formats: dict[str, Format]) -> None:
    for at, column in enumerate(listing.columns):
        sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, clip(listing.title), formats["title"])
    sheet.write_string(1, 0, clip(listing.note), formats["note"])
    sheet.set_row(2, 24)
    for at, column in enumerate(listing.columns):
        sheet.write_string(2, at, clip(column.header), formats["open" if column.open else "header"])


def _row(sheet: Worksheet, at: int, listing: Listing, row: Sequence[str], formats: dict[str, Format]) -> None:
    lines = max((_lines(text, column.width) for text, column in zip(row, listing.columns, strict=True) if not column.hidden), default=1)
    sheet.set_row(at, min(_HIGHEST, lines * _LINE + 5))
    for place, (text, column) in enumerate(zip(row, listing.columns, strict=True)):
        look = "centre" if column.centred else "text" if len(text) <= _LONG else "long"
        sheet.write_string(at, place, clip(text), formats[look])


def _lines(text: str, width: float) -> int:
    """About how many lines a text takes: most characters here are as wide as two."""
    if not text.isascii() or "\n" in text or len(text) > width:
        return sum(1 + int(2.1 * len(line) / max(2.0, width - 1)) for line in text[:4000].split("\n"))
    return 1
