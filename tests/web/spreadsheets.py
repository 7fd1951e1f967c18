"""Spreadsheets as offices make them: the exported ledger with changes, and a messy table from somewhere else."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def changed(book: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """An exported workbook after somebody worked in its first sheet."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    change(opened.worksheets[0])
    return _bytes(opened)


def column(sheet: Worksheet, heading: str) -> int:
    """The number of the column with a heading."""
    return next(cell.column for cell in sheet[3] if cell.value == heading)


def set_cell(sheet: Worksheet, number: str, heading: str, value: Any) -> None:
    """Change what a row, named by its number, says under a heading."""
    at = column(sheet, "编号")
    row = next(cell.row for cell in sheet.iter_cols(at, at, min_row=4).__next__() if cell.value == number)
    sheet.cell(row, column(sheet, heading), value)


def messy() -> bytes:
    """A table as it comes: a title over all columns, headings in two rows, merged cells, sections, blank rows, totals, several units in a cell, aliases, dates in every form."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "分工表"
    rows = [
        ["2026年重点工作任务分解表"],
        [],
        ["序号", "工作任务", "工作措施", "责任分工", None, "完成时限", "备注"],
        [None, None, None, "责任单位", "配合单位", None, None],
        ["一、养老服务"],
        [1, "建成乡镇区域养老服务中心124个", "印发建设清单", "省民政、财政厅", None, "2026年12月31日前", None],
        [None, None, "按月通报进度", None, None, None, None],
        [],
        [2, "失能照护机构县县有一所", "落实运营补助", "临江省民政厅", "省财政厅、云岭市", "2027年6月底前", "=1+1"],
        ["二、资金监管"],
        [3, "每季度末通报养老服务资金拨付情况", None, "临江省财政厅", None, "每季度末", None],
        [4, "健全长效机制", None, "省老龄办", None, "长期坚持", None],
        [5, None, "没有写事项", "临江省财政厅", None, None, None],
        ["合计", "5项", None, None, None, None, None],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4", "A5:G5", "A6:A7", "B6:B7", "D6:D7", "F6:F7", "A10:G10"):
        sheet.merge_cells(area)
    book.create_sheet("填表说明")["A1"] = "请按要求填写"
    return _bytes(book)


def _bytes(book: Any) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
