"""Excel workbooks (.xlsx .xlsm .xltx): every visible sheet as a table, values as the sheet shows them.

Our own walk over the XML, for the sake of limits: a sheet may claim a million rows in a few bytes. Formulas give the
value that was stored with them; charts, comments and pictures are no text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from luoshi.readers.archive import open_zip
from luoshi.readers.assembly import Assembly, Slot, empty_document
from luoshi.readers.ooxml import Package
from luoshi.readers.xlsx.workbook import MAX_CELLS, Area, Sheet, Workbook, too_large
from luoshi.text import SourceText
from luoshi.text.language import _

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_xlsx(data: bytes, *, name: str) -> SourceText:
    """The visible sheets of a workbook as tables; with more than one, each under its name as a heading.

    Blank rows and columns are dropped. Origins name cells as the sheet does: ``cell:2.5.3`` is table 2, row 5, column C.
    """
    workbook = Workbook(Package(open_zip(data), "xl/workbook.xml"))
    assembly = Assembly()
    sheets: list[Sheet] = []
    for title, is_shown, part in workbook.sheets():
        if not is_shown:
            message = _("工作表“{title}”是隐藏的，没有读取。").format(title=title)
            assembly.doubt("table.hidden_sheet", message, _("如需读取，请先取消隐藏。"))
            continue
        sheet = workbook.read(title, part)
        if sheet.values:
            sheets.append(sheet)
    for i, sheet in enumerate(sheets, 1):
        if len(sheets) > 1:
            assembly.block(f"h1:{i}", [(sheet.name, False)])
        assembly.table(list(_rows(sheet, i)))
    if not sheets:
        raise empty_document(name)
    if workbook.unsaved:
        message = _("有 {n} 个公式没有保存计算结果，读作空白。").format(n=workbook.unsaved)
        assembly.doubt("table.no_value", message, _("请用 Excel 或 WPS 打开并保存一次后再读。"))
    return assembly.source(data, name=name, media_type=MEDIA_TYPE)


def _rows(sheet: Sheet, ordinal: int) -> Iterator[list[Slot]]:
    """Row by row the cells that begin there, up to the last that shows something."""
    rows = sorted({row for row, _col in sheet.values})
    cols = sorted({col for _row, col in sheet.values})
    if len(rows) * len(cols) > MAX_CELLS:
        raise too_large(sheet.name)
    covered: set[tuple[int, int]] = set()
    for i, row in enumerate(rows):
        last = max(col for col in cols if (row, col) in sheet.values)
        slots: list[Slot] = []
        for j, col in enumerate(cols[: bisect_right(cols, last)]):
            if (i, j) in covered:
                continue
            area = sheet.merged.get((row, col), Area(row, col, row, col))
            height, width = _within(rows, area.top, area.bottom), _within(cols, area.left, area.right)
            if height * width > 1:
                covered |= {(i + down, j + right) for down in range(height) for right in range(width)}
            slots.append(Slot(i, j, height, width, f"cell:{ordinal}.{row}.{col}", [(sheet.values.get((row, col), ""), False)]))
        yield slots


def _within(numbers: list[int], first: int, last: int) -> int:
    """How many of the sorted ``numbers`` lie between ``first`` and ``last``."""
    return bisect_right(numbers, last) - bisect_left(numbers, first)
