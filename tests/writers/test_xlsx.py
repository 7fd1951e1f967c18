"""The workbook, read back with another library."""

from itertools import product
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.writers import write_xlsx
from luoshi.writers.sheets import CELL_LIMIT, clip
from tests.writers.sample import sample
from tests.writers.synthetic import large, with_text

SHEETS = ["任务分解表", "提法", "责任分工", "未处置", "全文分句", "文件信息"]
COLUMNS = ["序号", "工作任务（原文）", "具体举措", "目标指标", "牵头单位", "配合单位", "完成时限", "类别", "出处", "存疑"]
STARTS = ["=", "+", "-", "@", "\t", "\r", "\t=", "\r="]
BODIES = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://a.b","点这里")', "SUM(A1:A9)*2", "http://a.b/c"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("xlsx") / "sample.xlsx"
    write_xlsx(sample(), path)
    return openpyxl.load_workbook(path)


def values(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def test_sheets_and_columns(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert values(book["任务分解表"], 3) == COLUMNS
    assert book["任务分解表"]["A1"].value == "临江省人民政府办公厅关于加快城乡物流网络建设的实施意见任务分解表"
    assert "临政办发〔2026〕7号" in str(book["任务分解表"]["A2"].value)


@pytest.mark.parametrize(
    ("number", "cells"),
    [
        pytest.param(1, {8: "原则要求·要求", 9: "一、总体要求 › （一）指导思想（第1页）"}, id="principle"),
        pytest.param(3, {3: "1. 制定建设清单\n2. 明确项目、投资、责任单位", 5: "省交通运输厅\n责任单位：各县（市、区）",
                         6: "省发展改革委、省商务厅、省自然资源厅", 7: "2026-12-31\n（2026年12月底前）",
                         10: "集体主语：是否逐县分办？（采纳时可按县拆分）"}, id="units, date, doubt"),
        pytest.param(4, {4: "至少建成1个县级物流中心\n冷库容量不少于5000立方米", 8: "可立项·要求"}, id="targets"),
        pytest.param(8, {3: "1. 建立冷链食品追溯机制\n2. 每季度末通报抽检结果\n机制：冷链食品追溯机制", 8: "长期坚持·要求"}, id="standing"),
        pytest.param(14, {5: "表态单位：云州市交通运输局", 8: "可立项·承诺"}, id="pledge"),
        pytest.param(17, {2: "打造内河开放国际合作先行区，打通最后一公里。"}, id="broken line joined"),
    ],
)  # fmt: skip
def test_rows(book: openpyxl.Workbook, number: int, cells: dict[int, str]) -> None:
    row = values(book["任务分解表"], 3 + number)
    assert row[0] == number
    assert {col: row[col - 1] for col in cells} == cells


def test_every_sentence_is_listed_and_the_unread_comes_first_in_the_residue(book: openpyxl.Workbook) -> None:
    everything = list(book["全文分句"].iter_rows(min_row=4, values_only=True))
    assert len(everything) == len(sample().sentences)
    text = sample().source.text
    for row in everything:
        assert text[int(str(row[6])) : int(str(row[7]))].replace("\n", "") == row[2]
    rest = list(book["未处置"].iter_rows(min_row=4, values_only=True))
    assert rest[0][1] == "未读"
    assert len(rest) == 18


def test_other_sheets(book: openpyxl.Workbook) -> None:
    terms = {row[0]: row for row in book["提法"].iter_rows(min_row=4, values_only=True)}
    assert terms["六大工程"][1:4] == (6, 5, "✗ 数目不符")
    assert terms["六大工程"][5] == "内河国际开放合作先行区 ／ 内河开放国际合作先行区"
    clauses = list(book["责任分工"].iter_rows(min_row=4, values_only=True))
    assert clauses[1][3:] == ("责任单位", "是", "6、7、8")
    facts = {row[0]: row[1] for row in book["文件信息"].iter_rows(min_row=4, values_only=True)}
    assert facts["正文校验值"] == sample().source.text_sha256


def test_it_prints(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$3:$3"
        assert "&P" in str(sheet.oddFooter.center.text)
        assert sheet.freeze_panes == "A4"
        assert sheet.auto_filter.ref
    sheet = book["任务分解表"]
    assert sheet["B4"].alignment.wrap_text
    assert sheet["B4"].font.name == "仿宋_GB2312"
    assert sheet["B3"].font.name == "黑体"
    assert sheet["B4"].border.left.style == "thin"
    assert sheet.row_dimensions[5].height > sheet.row_dimensions[16].height


def test_nothing_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    payloads = {f"i{n}": start + body for n, (start, body) in enumerate(product(STARTS, BODIES))}
    assert len(payloads) == 40
    write_xlsx(with_text(payloads), tmp_path / "x.xlsx")
    seen: set[str] = set()
    for sheet in openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n"), f"{sheet.title} {cell.coordinate} {cell.value!r}"
            assert cell.hyperlink is None
            seen.add(str(cell.value).strip())
    assert {payload.strip() for payload in payloads.values()} <= seen


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("长" * 40_000, id="plane 0"),
        pytest.param("𠮷" * 20_000, id="surrogate pairs"),
        pytest.param("a\x00\x0b" * 20_000, id="controls"),
    ],
)
def test_a_cell_that_is_too_long_is_cut_and_says_so(tmp_path: Path, text: str) -> None:
    write_xlsx(with_text({"i1": text}), tmp_path / "x.xlsx")
    row = values(openpyxl.load_workbook(tmp_path / "x.xlsx")["任务分解表"], 4)
    assert len(str(row[1]).encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert str(row[1]).endswith("〕") and "截断" in str(row[1])
    assert "截断" in str(row[9])


def test_clip_leaves_what_fits() -> None:
    assert clip("短") == "短"
    assert len(clip("长" * CELL_LIMIT)) == CELL_LIMIT


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_xlsx(large(3000, 60), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
