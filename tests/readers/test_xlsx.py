"""Workbooks: values as shown, merged cells, blank rows and columns, and limits that hold."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.readers.xlsx import read_xlsx, workbook
from luoshi.readers.xlsx.display import builtin_format, shown
from luoshi.text import DamagedFile, EmptyDocument, LimitExceeded, SourceText

from .build_docx import pack

X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(*fill: Callable[[Worksheet], None]) -> SourceText:
    """A workbook with a sheet for every function that fills one, read back."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for i, act in enumerate(fill, 1):
        act(book.create_sheet(f"表{i}"))
    buffer = io.BytesIO()
    book.save(buffer)
    return read_xlsx(buffer.getvalue(), name="a.xlsx")


def rows(*values: list[Any]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in values:
            sheet.append(row)

    return fill


def raw(sheet: str, *, strings: str = "") -> bytes:
    """A workbook whose one sheet is this XML."""
    relation = f'<Relationship Id="r1" Type="{R}/worksheet" Target="s.xml"/><Relationship Id="r2" Type="{R}/sharedStrings" Target="t.xml"/>'
    return pack(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": f'<workbook {X} xmlns:r="{R}"><sheets><sheet name="表" r:id="r1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>".encode(),
            "xl/s.xml": f"<worksheet {X}>{sheet}</worksheet>".encode(),
            "xl/t.xml": f"<sst {X}>{strings}</sst>".encode(),
        }
    )


def test_a_list_of_tasks() -> None:
    source = saved(rows(["序号", "任务", "完成时限"], [1, "修堤\n清淤", dt.date(2025, 6, 30)], [2.0, "培训", "长期坚持"]))
    assert source.text == "序号\t任务\t完成时限\n1\t修堤\n清淤\t2025-06-30\n2\t培训\t长期坚持"
    (table,) = source.tables
    assert (table.start, table.end) == (0, len(source.text))
    second = [(c.col, source.text[c.start : c.end]) for c in table.cells if c.row == 1]
    assert second == [(0, "1"), (1, "修堤\n清淤"), (2, "2025-06-30")]
    assert [o.block for o in source.origins][3:5] == ["cell:1.2.1", "cell:1.2.2"]
    assert source.wrapped is False


def test_several_sheets_get_their_names_as_headings() -> None:
    source = saved(rows(["甲"]), rows(), rows(["乙"]))
    assert source.text == "表1\n甲\n表3\n乙"
    assert [o.block for o in source.origins] == ["h1:1", "cell:1.1.1", "h1:2", "cell:2.1.1"]
    assert len(source.tables) == 2


def test_hidden_sheets_are_left_out_with_a_doubt() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet["A1"] = "密"
        sheet.sheet_state = "veryHidden"

    source = saved(rows(["甲"]), hide)
    assert source.text == "甲"
    assert [(d.code, "表2" in d.message) for d in source.doubts] == [("table.hidden_sheet", True)]


def test_blank_rows_and_columns_go_and_origins_stay() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C3"], sheet["F3"], sheet["F9"] = "甲", "乙", "丙"
        sheet["H20"] = "  "

    source = saved(fill)
    assert source.text == "甲\t乙\n\t丙"
    assert [(o.block, o.start) for o in source.origins] == [("cell:1.3.3", 0), ("cell:1.3.6", 2), ("cell:1.9.6", 5)]


def test_merged_cells_stand_once() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["年度清单"], ["类", "任务", "期限"], ["甲", "一", "6月"], [None, "二", "7月"]):
            sheet.append(row)
        sheet.merge_cells("A1:E1")
        sheet.merge_cells("A3:A4")

    source = saved(fill)
    assert source.text == "年度清单\n类\t任务\t期限\n甲\t一\t6月\n二\t7月"
    spans = {source.text[c.start : c.end]: (c.row, c.col, c.rows, c.cols) for c in source.tables[0].cells}
    assert (spans["年度清单"], spans["甲"], spans["二"]) == ((0, 0, 1, 3), (2, 0, 2, 1), (3, 1, 1, 1))


def test_formulas_show_what_was_stored() -> None:
    sheet = '<sheetData><row><c t="str"><f>A</f><v>甲</v></c><c><f>1+1</f><v>2</v></c><c><f>B</f></c></row></sheetData>'
    source = read_xlsx(raw(sheet), name="a.xlsx")
    assert source.text == "甲\t2"
    assert [d.code for d in source.doubts] == ["table.no_value"]


def test_kinds_of_cells() -> None:
    cells = '<c t="s"><v>0</v></c><c t="s"><v>9</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2025-06-30T00:00:00</v></c>'
    cells += '<c t="inlineStr"><is><t>内</t><r><t>联</t></r></is></c><c r="H1"><v>0.1</v></c>'
    strings = "<si><r><t>富</t></r><r><t>文本_x000D_\n二</t></r><rPh><t>音</t></rPh></si>"
    source = read_xlsx(raw(f"<sheetData><row>{cells}</row></sheetData>", strings=strings), name="a.xlsx")
    assert source.text == "富文本\n二\tTRUE\t#N/A\t2025-06-30\t内联\t0.1"


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        ("12", "General", "12"),
        ("12.0", "General", "12"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E+20", "General", "100000000000000000000"),
        ("35.5", "0", "36"),
        ("2.5", "0", "3"),
        ("0.355", "0.0%", "35.5%"),
        ("1", "0%", "100%"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("1234567", "#,##0,", "1,235"),
        ("3", '0"万元"', "3万元"),
        ("3", 'General"万元"', "3万元"),
        ("-3", "0.0", "-3.0"),
        ("-3", "0;(0)", "(3)"),
        ("-3", "0_ ;[Red]\\-0", "-3"),
        ("0", '0;-0;"无"', "无"),
        ("0", "0;-0;;@", ""),
        ("0", "0;-0;\\-0", "-0"),
        ("1.5", "0.0#", "1.5"),
        ("7", "000", "007"),
        ("12", "[$¥-804]#,##0.00", "¥12.00"),
        ("12.5", "0.00E+00", "12.5"),
        ("0.5", "# ?/?", "0.5"),
        ("12", "[DBNum1][$-804]General", "12"),
        ("45838", "yyyy-mm-dd", "2025-06-30"),
        ("45838", 'yyyy"年"m"月"d"日"', "2025-06-30"),
        ("45838", 'yyyy"年"m"月"', "2025年6月"),
        ("45838", "yyyy", "2025"),
        ("45838", 'm"月"d"日"', "2025-06-30"),
        ("45838.395833", "yyyy/m/d h:mm", "2025-06-30 09:30"),
        ("0.395833333", "h:mm", "09:30"),
        ("-5", "yyyy-mm-dd", "-5"),
        ("9999999999", "yyyy-mm-dd", "9999999999"),
        ("nan", "0", "nan"),
        ("1e999999", "0", "1e999999"),
        ("甲", "0", "甲"),
        ("5", '"' * 3 + "[", "5"),
    ],
)
def test_numbers_as_shown(value: str, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected


def test_calendars_and_formats_that_openpyxl_does_not_have() -> None:
    assert shown("44376", "yyyy-mm-dd", mac=True) == "2025-06-30"
    assert shown("45838", builtin_format(57)) == "2025年6月"
    assert shown("45838", builtin_format(31)) == "2025-06-30"
    assert builtin_format(9) == "0%"


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param('<dimension ref="A1:XFD1048576"/><sheetData><row><c r="XFD1048576"><v>1</v></c></row></sheetData>', id="far away"),
        pytest.param(
            '<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', id="wide merge"
        ),
        pytest.param('<sheetData><row r="x"><c s="999"><v>1</v></c></row></sheetData>', id="numbers that are none"),
    ],
)
def test_claims_cost_nothing(sheet: str) -> None:
    assert read_xlsx(raw(sheet), name="a.xlsx").text == "1"


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    diagonal = "".join(f'<row r="{n}"><c r="{chr(64 + n)}{n}"><v>{n}</v></c></row>' for n in range(1, 21))
    monkeypatch.setattr("luoshi.readers.xlsx.MAX_CELLS", 399)
    with pytest.raises(LimitExceeded):
        read_xlsx(raw(f"<sheetData>{diagonal}</sheetData>"), name="a.xlsx")
    monkeypatch.setattr(workbook, "MAX_CELLS", 19)
    with pytest.raises(LimitExceeded):
        read_xlsx(raw(f"<sheetData>{diagonal}</sheetData>"), name="a.xlsx")


@pytest.mark.parametrize(
    ("sheet", "error"),
    [
        pytest.param("", EmptyDocument, id="no data"),
        pytest.param('<sheetData><row><c r="?1"><v>1</v></c></row></sheetData>', DamagedFile, id="cell without a place"),
        pytest.param("<!DOCTYPE a>", DamagedFile, id="doctype"),
    ],
)
def test_unreadable_workbooks(sheet: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_xlsx(raw(sheet), name="a.xlsx")
