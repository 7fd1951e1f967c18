"""Rows that all writers share."""

from dataclasses import replace

import pytest

from luoshi.decompose.model import Deadline, Measure, Target
from luoshi.text import Doubt, Span
from luoshi.writers import labels, plain, rows
from tests.writers.sample import sample


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("打通\n最后一公里", "打通最后一公里", id="between Chinese"),
        pytest.param("由GDP\n增长带动", "由GDP增长带动", id="at one Chinese character"),
        pytest.param("local\n  news", "local news", id="between Latin words"),
        pytest.param("\u3000\u3000一行\r\n另一行 ", "一行另一行", id="indent and carriage return"),
        pytest.param("A  B", "A  B", id="blanks in a line stay"),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    assert plain.one_line(text) == shown


def test_printable_keeps_the_length() -> None:
    assert plain.printable("甲\x00\x0b\ud800乙\t\n") == "甲\ufffd\ufffd\ufffd乙\t\n"


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        pytest.param((), "", id="none"),
        pytest.param(("省民政厅",), "省民政厅", id="one"),
        pytest.param(("省民政厅", "省财政厅", "等"), "省民政厅、省财政厅等", id="open list"),
    ],
)
def test_units_text(names: tuple[str, ...], shown: str) -> None:
    assert rows.units_text(names) == shown


@pytest.mark.parametrize(
    ("comparator", "value", "unit", "shown"),
    [
        pytest.param("≥", 98.0, "%", "≥98%", id="at least"),
        pytest.param("+", 1200.0, "辆", "增1200辆", id="grow by"),
        pytest.param("-", 1.5, "个百分点", "降1.5个百分点", id="fall by"),
        pytest.param("=", 120_000_000_000.0, "元", "120000000000元", id="large, without exponent"),
        pytest.param("≈", 0.3, "吨", "约0.3吨", id="about"),
    ],
)
def test_quantity(comparator: str, value: float, unit: str, shown: str) -> None:
    assert labels.quantity(Target(0, 1, "x", comparator, value, unit, "")) == shown


def test_units_of_a_row_are_those_it_names_and_those_of_the_clauses_over_it() -> None:
    by_quote = {row.quote[:6]: row for row in rows.task_rows(sample())}
    listed = by_quote["2026年1"]
    assert listed.lead == ("省交通运输厅",)
    assert listed.support == ("省发展改革委", "省商务厅", "省自然资源厅")
    assert listed.responsible == ("各县（市、区）",)
    assert rows.lead_text(listed) == "省交通运输厅\n责任单位：各县（市、区）"
    assert rows.lead_text(by_quote["围绕产地预冷"]) == "责任单位：省市场监管局、省农业农村厅、省供销社等"
    assert rows.lead_text(by_quote["云州市交通运"]) == "表态单位：云州市交通运输局"
    both = by_quote["自本意见印发"]
    assert (both.lead, both.support) == (("省发展改革委",), ("省财政厅",))


def test_a_single_measure_that_is_the_whole_quote_is_left_out() -> None:
    base = sample()
    item = base.items[0]._replace(measures=(Measure(base.items[0].start, base.items[0].end, base.items[0].quote.rstrip("。")),))
    assert rows.task_rows(replace(base, items=(item,)))[0].measures == ()


def test_provenance_has_the_page_where_there_is_one() -> None:
    assert rows.task_rows(sample())[0].provenance == "一、总体要求 › （一）指导思想（第1页）"
    assert rows.provenance((), 3) == "第3页"
    assert rows.provenance(("甲", "乙"), None) == "甲 › 乙"


def test_every_doubt_stands_once_and_in_order() -> None:
    base = sample()
    doubled = replace(base, doubts=base.doubts + base.items[2].doubts)
    found = rows.all_doubts(doubled)
    assert found == rows.all_doubts(base)
    assert len(found) == 8
    assert [d.start for d in found] == sorted(d.start for d in found)


def test_residue_has_the_unread_first_and_no_headings() -> None:
    rest = rows.residue_sentences(sample())
    assert rest[0].disposition == "unread"
    assert {s.disposition for s in rest} == {"unread", "record", "context"}
    assert len(rest) + len(sample().items) + rows.counts(sample())["heading"] == len(sample().sentences)


def test_completeness_is_said_only_where_it_is_so() -> None:
    base = sample()
    assert rows.completeness(base) == "每句都有归类"
    short = replace(base, sentences=base.sentences[1:])
    assert rows.completeness(short) == "另有27字不在任何一句中"
    first = base.sentences[0]
    furniture = replace(base.source, furniture=(Span(first.start, first.end),))
    assert rows.unclassified(replace(short, source=furniture)) == 0


def test_the_sentence_an_item_begins_in_comes_first() -> None:
    base = sample()
    first, second = (n for n, s in enumerate(base.sentences) if s.item in {"i0002", "i0003"})
    merged = tuple(s if n != first else type(s)(s.start, s.end, s.disposition, s.section, "i0003") for n, s in enumerate(base.sentences))
    assert rows.item_sentences(base)["i0003"] == [second + 1]
    assert rows.item_sentences(replace(base, sentences=merged))["i0003"] == [second + 1, first + 1]


def test_section_paths_survive_a_circle() -> None:
    base = sample()
    one, two = base.sections[0], base.sections[1]
    circular = replace(base, sections=(replace(one, parent=two.id), two))
    assert rows.section_paths(circular)[two.id] == "一、总体要求 › （二）指导思想".replace("（二）", "（一）")


def test_deadline_and_doubt_cells() -> None:
    assert rows.deadline_text(Deadline(0, 1, "尽\n快", None, None, None, "r")) == "尽快"
    assert rows.doubt_text(Doubt("c", "没有单位。", "请指定。", 0, 1)) == "没有单位。（请指定）"
    assert rows.doubt_text(Doubt("c", "没有单位。", "", 0, 1)) == "没有单位。"
