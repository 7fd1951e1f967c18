"""The workbook 对标对表, read back with another library."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from luoshi.align.model import Alignment, Direction, Link, LowerItem, Ratio, TargetRow, UpperItem
from luoshi.text import Span
from luoshi.writers import write_alignment_xlsx
from luoshi.writers.alignment.rows import Sheet
from tests.writers.alignment_sample import sample, samples, to_check
from tests.writers.synthetic import with_text
from tests.writers.test_xlsx import BODIES, STARTS


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("xlsx") / "sample.xlsx"
    write_alignment_xlsx(samples(), made)
    return made


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def rows(book: openpyxl.Workbook, name: str) -> list[tuple[object, ...]]:
    return list(book[name].iter_rows(min_row=4, values_only=True))


def test_sheets(book: openpyxl.Workbook) -> None:
    names = book.sheetnames
    assert names[:3] == ["说明", "逐条对照", "定量目标对照"]
    assert names[-4:] == ["待核", "未见对应表述", "本地新增", "原则要求"]
    assert {"表述相同", "承接", "细化", "目标或时限更严", "力度或定量有变化", "范围缩小"} <= set(names)
    assert "同源" not in names


def test_the_first_sheet_says_direction_numbers_formula_and_caveat(book: openpyxl.Workbook) -> None:
    assert "不等于“未落实”" in str(book["说明"]["A2"].value)
    told = {row[0]: row for row in rows(book, "说明")}
    assert all("可按“下位落实上位”来看" in str(cell) for cell in told["先后关系"][1:3])
    counts = [Sheet.of(samples()).band_counts(d)["not_seen"] for d in (1, 2)]
    assert list(told["○ 未见对应表述"][1:3]) == counts
    share = told["表述相同占比"]
    assert f"（{sample().measures[0].part}/{sample().measures[0].whole}）" in str(share[1])
    assert share[3] == sample().measures[0].formula


def test_every_item_that_takes_part_has_a_row_for_each_document(book: openpyxl.Workbook) -> None:
    sheet = Sheet.of(samples())
    found = {(row[0], row[3]) for row in rows(book, "逐条对照")}
    assert found == {(row.number, name) for row in sheet.taking_part for name in sheet.names}


def test_changes_are_said_in_words(book: openpyxl.Workbook) -> None:
    told = [str(row[4]) for row in rows(book, "力度或定量有变化")]
    assert any("数字改为文字表述：达到100% → 稳步提高" in each for each in told)
    assert any("频次改为文字表述：每半年至少开展1次 → 定期开展" in each for each in told)


def test_differing_words_are_marked_inside_the_cell(path: Path) -> None:
    sheet = openpyxl.load_workbook(path, rich_text=True)["力度或定量有变化"]
    cell = next(row[3].value for row in sheet.iter_rows(min_row=4) if "稳步提高" in str(row[3].value))
    assert isinstance(cell, CellRichText)
    marked = [piece.text for piece in cell if isinstance(piece, TextBlock) and piece.font.b]
    assert marked == ["稳步提高"]


def test_targets_stand_side_by_side(book: openpyxl.Workbook) -> None:
    head = [cell.value for cell in book["定量目标对照"][3]]
    assert head == ["上位序号", "指标", "上位目标（原文）", "云州市", "比较", "青湾县", "比较"]
    assert len(rows(book, "定量目标对照")) == len(Sheet.of(samples()).targets)
    assert "○ 未见" in {row[4] for row in rows(book, "定量目标对照")}


def test_it_prints_and_scrolls(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == "9"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$3:$3"
        assert sheet.freeze_panes == "A4" and sheet.auto_filter.ref and "&P" in str(sheet.oddFooter.center.text)


def hostile() -> Alignment:
    """Two documents of nothing but formulas, every item linked to its twin."""
    payloads = {f"i{n}": start + body for n, (start, body) in enumerate(product(STARTS, BODIES))}
    one = with_text(payloads)
    twins = [Span(item.start, item.end) for item in one.items]
    links = tuple(
        Link(span, span, "bundle", "copied", (), 1.0, item.id, item.id, (), ()) for item, span in zip(one.items, twins, strict=True)
    )
    targets = tuple(TargetRow(t.indicator, t, t, None, "equal", item.id, item.id) for item in one.items for t in item.targets)
    return Alignment(
        one, one, Direction("same_source", "=1+1", None, None), links,
        tuple(UpperItem(item.id, "found", 1.0, (n,)) for n, item in enumerate(one.items)),
        tuple(LowerItem(item.id, "local", (n,)) for n, item in enumerate(one.items)), targets, (Ratio("copied", 0, 0, "=1"),), "1",
    )  # fmt: skip


def test_nothing_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    write_alignment_xlsx([hostile()], tmp_path / "x.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n"), f"{sheet.title} {cell.coordinate} {cell.value!r}"
            assert cell.hyperlink is None


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_alignment_xlsx(samples(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_alignments_of_different_upper_documents_are_refused(tmp_path: Path) -> None:
    other = replace(sample(), upper=samples()[1].lower)
    with pytest.raises(ValueError, match="one upper document"):
        write_alignment_xlsx([sample(), other], tmp_path / "x.xlsx")


def test_what_is_to_be_checked_has_a_sheet_and_is_not_counted(tmp_path: Path) -> None:
    write_alignment_xlsx([to_check()], tmp_path / "x.xlsx")
    made = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [row[3] for row in rows(made, "待核")] == ["养老机构与医疗卫生机构签约服务率稳步提高"]
    assert "签约服务率" not in str(rows(made, "力度或定量有变化"))
    assert Sheet.of([to_check()]).relation_counts(1)["weakened"] == Sheet.of([sample()]).relation_counts(1)["weakened"] - 1
