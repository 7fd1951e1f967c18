"""Excel workbooks (.xlsx .xlsm .xltx): every visible sheet as a table, values as the sheet shows them.

Our own walk over the XML, for the sake of limits: a sheet may claim a million rows in a few bytes. Formulas give the
value that was stored with them; charts, comments and pictures are no text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from luoshi.readers.archive import open_zip
from luoshi.readers.assembly import Assembly, Slot, empty_document
from luoshi.readers.display import builtin_format, shown
from luoshi.readers.ooxml import Element, Package, attribute, child, kind, number
from luoshi.text import LimitExceeded, SourceText
from luoshi.text.language import _

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_CELLS = 2_000_000
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")

type_ = "t"


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range; all bounds are inclusive and count from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def hides(self, row: int, col: int) -> bool:
        """True for the cells of the range that show nothing."""
        return self.top <= row <= self.bottom and self.left <= col <= self.right and (row, col) != (self.top, self.left)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet that show something, by row and column from 1, and its merged ranges by their first cell."""

    name: str
    values: dict[tuple[int, int], str]
    merged: dict[tuple[int, int], Area]


class Workbook:
    """What the sheets of a workbook share: strings, number formats, the calendar."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.root = package.parse(package.main)
        self._mac = attribute(child(self.root, "x:workbookPr"), "date1904") in ("1", "true")
        strings = package.parse_related(package.main, "sharedStrings")
        self._strings = [_string(item) for item in (strings if strings is not None else ()) if kind(item) == "x:si"]
        self._formats = _formats(package.parse_related(package.main, "styles"))
        self.missing = 0

    def sheets(self) -> Iterator[tuple[str, bool, str]]:
        """Name, whether it is shown, and part of each worksheet, in the order of the tabs."""
        parts = self._package.relations(self._package.main)
        listed = child(self.root, "x:sheets")
        for sheet in listed if listed is not None else ():
            relation, part = parts.get(attribute(sheet, "r:id") or "", ("", ""))
            if relation == "worksheet":
                yield sheet.get("name", ""), sheet.get("state", "visible") == "visible", part

    def read(self, name: str, part: str, allowance: int) -> Sheet:
        """One sheet; LimitExceeded where it holds more than ``allowance`` cells."""
        root = self._package.parse(part)
        values: dict[tuple[int, int], str] = {}
        data = child(root, "x:sheetData")
        row = 0
        for line in data if data is not None else ():
            row = number(line, "r") or row + 1
            col = 0
            for cell in line:
                if kind(cell) != "x:c":
                    continue
                row, col = _place(cell.get("r"), row, col + 1)
                value = self._value(cell)
                if value:
                    values[row, col] = value
                if len(values) > allowance:
                    raise too_large(name)
        return Sheet(name, values, {(area.top, area.left): area for area in _areas(child(root, "x:mergeCells"))})

    def _value(self, cell: Element) -> str:
        form = cell.get("t", "n")
        if form == "inlineStr":
            inline = child(cell, "x:is")
            return _string(inline) if inline is not None else ""
        stored = child(cell, "x:v")
        raw = (stored.text or "") if stored is not None else ""
        if stored is None and child(cell, "x:f") is not None:
            self.missing += 1
        if form == "s":
            return self._strings[int(raw)] if raw.isdecimal() and int(raw) < len(self._strings) else ""
        if form == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if form == "d":
            return raw.removesuffix("T00:00:00")
        if form in ("str", "e") or not raw.strip():
            return raw.replace("\r\n", "\n")
        style = number(cell, "s") or 0
        return shown(raw.strip(), self._formats[style] if 0 <= style < len(self._formats) else "General", mac=self._mac)


def read_xlsx(data: bytes, *, name: str) -> SourceText:
    """The visible sheets of a workbook as tables; with more than one, each under its name as a heading.

    Origins name cells as the sheet does: ``cell:2.5.3`` is the second table, row 5, column C.
    """
    workbook = Workbook(Package(open_zip(data), "xl/workbook.xml"))
    assembly = Assembly()
    sheets: list[Sheet] = []
    allowance = MAX_CELLS
    for title, is_shown, part in workbook.sheets():
        if not is_shown:
            assembly.doubt("table.hidden_sheet", _("工作表“{title}”是隐藏的，没有读取。").format(title=title), _("如需读取，请先取消隐藏。"))
            continue
        sheet = workbook.read(title, part, allowance)
        allowance -= len(sheet.values)
        sheets += [sheet] if sheet.values else []
    for i, sheet in enumerate(sheets, 1):
        if len(sheets) > 1:
            assembly.block(f"h1:{i}", [(sheet.name, False)])
        assembly.table(list(_rows(sheet, i)))
    if assembly.is_blank:
        raise empty_document(name)
    if workbook.missing:
        assembly.doubt(
            "table.no_value",
            _("有 {n} 个公式没有保存计算结果，读作空白。").format(n=workbook.missing),
            _("请用 Excel 或 WPS 打开并保存一次后再读。"),
        )
    return assembly.source(data, name=name, media_type=MEDIA_TYPE)


def _rows(sheet: Sheet, ordinal: int) -> Iterator[list[Slot]]:
    """Rows without the blank rows and columns of the sheet; cells that a merged one covers are left out, and blank ones at the end."""
    rows = {row: i for i, row in enumerate(sorted({row for row, _col in sheet.values}))}
    cols = {col: j for j, col in enumerate(sorted({col for _row, col in sheet.values}))}
    if len(rows) * len(cols) > MAX_CELLS:
        raise too_large(sheet.name)
    covered = _covered(sheet, rows, cols)
    for row, i in rows.items():
        last = max(col for col in cols if (row, col) in sheet.values)
        slots: list[Slot] = []
        for col, j in cols.items():
            if col > last or (row, col) in covered:
                continue
            area = sheet.merged.get((row, col), Area(row, col, row, col))
            height = sum(1 for other in rows if area.top <= other <= area.bottom)
            width = sum(1 for other in cols if area.left <= other <= area.right)
            value = sheet.values.get((row, col), "")
            slots.append(Slot(i, j, height, width, f"cell:{ordinal}.{row}.{col}", [(value, False)]))
        yield slots
