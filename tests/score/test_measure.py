"""The arithmetic of the score, on small invented annotations."""

from pathlib import Path
from typing import Any

import pytest

from luoshi.decompose import decompose
from luoshi.decompose.model import Decomposition
from luoshi.score import Counts, Gold, pool, score
from luoshi.text import SourceText

TEXT = "青湾县渡口方案\n\n一、重点任务\n要改造渡口16处。近年来，渡运条件明显改善。（县水利局牵头，县财政局配合）\n打造“两大中心”，即救援中心、培训中心。\n"


@pytest.fixture(scope="module")
def made() -> Decomposition:
    return decompose(SourceText.from_text(TEXT))


def mark(quote: str, label: str, **more: Any) -> dict[str, Any]:
    """A sentence of the annotation."""
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote, "label": label, **more}


def gold(**fields: Any) -> Gold:
    return Gold("渡口", Path("渡口.txt"), **fields)


COUNTS = [
    pytest.param(Counts(3, 1, 1), 0.75, 0.75, 0.75, id="some of each"),
    pytest.param(Counts(2, 0, 2), 1.0, 0.5, 2 / 3, id="all right, half missed"),
    pytest.param(Counts(0, 1, 0), 0.0, None, 0.0, id="only too much"),
    pytest.param(Counts(0, 0, 1), None, 0.0, 0.0, id="only missed"),
    pytest.param(Counts(), None, None, None, id="nothing there and nothing found"),
]


@pytest.mark.parametrize(("counts", "precision", "recall", "f1"), COUNTS)
def test_counts(counts: Counts, precision: float | None, recall: float | None, f1: float | None) -> None:
    assert (counts.precision, counts.recall) == (precision, recall)
    assert counts.f1 == (None if f1 is None else pytest.approx(f1))


def test_counts_add_up() -> None:
    assert Counts(1, 2, 3) + Counts(4, 5, 6) == Counts(5, 7, 9)


def test_all_right(made: Decomposition) -> None:
    marked = (mark("青湾县渡口方案", "heading"), mark("一、重点任务", "heading"), mark("要改造渡口16处。", "requirement"))
    result = score(gold(sentences=marked), made)
    assert result.fields["disposition.requirement"] == Counts(1, 0, 0)
    assert result.fields["disposition.heading"] == Counts(2, 0, 0)
    assert result.macro_f1 == 1.0
    assert result.errors == []


def test_a_wrong_label_is_missed_here_and_extra_there(made: Decomposition) -> None:
    result = score(gold(sentences=(mark("要改造渡口16处。", "context"),)), made)
    assert result.fields["disposition.context"] == Counts(0, 0, 1)
    assert result.fields["disposition.requirement"] == Counts(0, 1, 0)
    assert result.fields["actionable"] == Counts(0, 1, 0)
    assert result.errors == ["context → requirement: 要改造渡口16处。"]


def test_ambiguous_is_left_out(made: Decomposition) -> None:
    result = score(gold(sentences=(mark("要改造渡口16处。", "ambiguous"),)), made)
    assert all(counts == Counts() for counts in result.fields.values())
    assert result.macro_f1 is None


def test_requirement_and_pledge_are_both_actionable(made: Decomposition) -> None:
    result = score(gold(sentences=(mark("要改造渡口16处。", "pledge"),)), made)
    assert result.fields["actionable"] == Counts(1, 0, 0)
    assert result.fields["disposition.pledge"] == Counts(0, 0, 1)


def test_the_sentence_that_overlaps_most_counts(made: Decomposition) -> None:
    """An annotation that reaches over two sentences takes the label of the one it shares most characters with."""
    start = TEXT.index("16处。")
    over = {"start": start, "end": TEXT.index("明显改善"), "text": "…", "label": "context"}
    assert score(gold(sentences=(over,)), made).fields["disposition.context"] == Counts(1, 0, 0)
    short = {"start": TEXT.index("要改造"), "end": TEXT.index("近年来") + 2, "text": "…", "label": "requirement"}
    assert score(gold(sentences=(short,)), made).fields["disposition.requirement"] == Counts(1, 0, 0)


def test_a_place_where_nothing_was_read_is_unread() -> None:
    result = score(gold(sentences=({"start": 0, "end": 3, "text": "要快。", "label": "requirement"},)), decompose(SourceText.from_text("\n\n\n\n")))
    assert result.fields["disposition.requirement"] == Counts(0, 0, 1)
    assert result.errors == ["requirement → unread: 要快。"]


NEWS = "渡口新貌\n\n2026-07-16 07:42  来源：青湾日报\n\n县水利局局长白某表示，将加固护岸。\n"
UNITS = [
    pytest.param("县水利局", Counts(1, 0, 0), id="the right unit"),
    pytest.param("县财政局", Counts(0, 1, 1), id="another unit"),
]


@pytest.mark.parametrize(("unit", "expected"), UNITS)
def test_pledging_units(unit: str, expected: Counts) -> None:
    quote = "县水利局局长白某表示，将加固护岸。"
    start = NEWS.index(quote)
    marked = ({"start": start, "end": start + len(quote), "text": quote, "label": "pledge", "unit": unit},)
    assert score(gold(sentences=marked), decompose(SourceText.from_text(NEWS))).fields["pledging_unit"] == expected


FRAMEWORKS = [
    pytest.param({"name": "两大中心", "claimed": 2, "status": "complete", "members": ["救援中心", "培训中心"]}, Counts(1, 0, 0), id="the same members"),
    pytest.param({"name": "“两大中心”", "claimed": 2, "status": "complete", "members": ["救援中心", "“培训”中心"]}, Counts(1, 0, 0), id="quotes do not count"),
    pytest.param({"name": "两大中心", "claimed": 2, "status": "complete", "members": ["培训中心", "救援中心"]}, Counts(0, 0, 1), id="another order"),
    pytest.param({"name": "三大中心", "claimed": 3, "status": "complete", "members": ["甲", "乙", "丙"]}, Counts(0, 0, 1), id="not found"),
    pytest.param({"name": "三大中心", "claimed": 3, "status": "open", "members": ["甲"]}, Counts(), id="an open one is not asked for"),
]


@pytest.mark.parametrize(("marked", "expected"), FRAMEWORKS)
def test_frameworks(made: Decomposition, marked: dict[str, Any], expected: Counts) -> None:
    assert score(gold(enumerations=(marked,)), made).fields["frameworks"] == expected


def test_a_miscount_that_nobody_marked_is_false() -> None:
    made = decompose(SourceText.from_text("渡运规划\n\n一、任务\n实施“三个一批”：改造一批渡口、更新一批渡船。\n"))
    assert score(gold(enumerations=()), made).false_mismatches == 1
    assert score(gold(enumerations=({"name": "三个一批", "claimed": 3, "status": "mismatch", "members": []},)), made).false_mismatches == 0


def test_targets_by_place(made: Decomposition) -> None:
    start = TEXT.index("16处")
    right = {"start": start, "end": start + 3}
    assert score(gold(targets=(right,)), made).fields["targets"] == Counts(1, 0, 0)
    assert score(gold(targets=({"start": start, "end": start + 2},)), made).fields["targets"] == Counts(0, 1, 1)


def test_a_target_is_extra_only_where_the_annotation_looked(made: Decomposition) -> None:
    elsewhere = (mark("一、重点任务", "heading"),)
    assert score(gold(targets=(), sentences=elsewhere), made).fields["targets"] == Counts(0, 0, 0)
    here = (mark("要改造渡口16处。", "requirement"),)
    assert score(gold(targets=(), sentences=here), made).fields["targets"] == Counts(0, 1, 0)


BRACKET = "（县水利局牵头，县财政局配合）"


def answer(lead: list[str], support: list[str], start: int | None = None) -> dict[str, Any]:
    at = TEXT.index(BRACKET) if start is None else start
    return {"span_start": at, "span_end": at + len(BRACKET), "text": BRACKET, "lead": lead, "support": support}


RESPONSIBILITIES = [
    pytest.param(answer(["县水利局"], ["县财政局"]), Counts(1, 0, 0), Counts(1, 0, 0), id="the same roles"),
    pytest.param(answer(["县财政局"], ["县水利局"]), Counts(0, 1, 1), Counts(1, 0, 0), id="the same units in other roles"),
    pytest.param(answer(["县水利局"], ["县审计局"]), Counts(0, 1, 1), Counts(0, 1, 1), id="another unit"),
    pytest.param(answer(["县水利局"], ["县财政局"], start=99999), Counts(1, 0, 0), Counts(1, 0, 0), id="in raw text the same words count, not the place"),
]


@pytest.mark.parametrize(("marked", "exact", "as_set"), RESPONSIBILITIES)
def test_responsibilities(made: Decomposition, marked: dict[str, Any], exact: Counts, as_set: Counts) -> None:
    fields = score(gold(responsibilities=(marked,)), made).fields
    assert (fields["responsibilities"], fields["responsibilities_as_set"]) == (exact, as_set)


def test_a_responsibility_nobody_marked_is_extra(made: Decomposition) -> None:
    assert score(gold(responsibilities=()), made).fields["responsibilities"] == Counts(0, 1, 0)


def test_the_nth_occurrence_answers_the_nth_mark() -> None:
    text = "一、任务\n修缮码头。（县水利局负责）\n二、航道\n清理航障。（县水利局负责）\n"
    made = decompose(SourceText.from_text(text))
    row = {"span_start": 90000, "span_end": 90009, "text": "（县水利局负责）", "lead": ["县水利局"], "support": []}
    assert score(gold(responsibilities=(row, row)), made).fields["responsibilities"] == Counts(2, 0, 0)
    assert score(gold(responsibilities=(row, row, row)), made).fields["responsibilities"] == Counts(2, 0, 1)


def test_what_was_not_annotated_is_not_scored(made: Decomposition) -> None:
    assert score(gold(), made).fields == {}


def test_pool_adds_counts_and_names_errors(made: Decomposition) -> None:
    one = score(gold(sentences=(mark("要改造渡口16处。", "requirement"),)), made)
    other = score(gold(sentences=(mark("要改造渡口16处。", "context"),)), made)
    total = pool([one, other], "合计")
    assert total.fields["actionable"] == Counts(1, 1, 0)
    assert total.errors == ["渡口: context → requirement: 要改造渡口16处。"]


def test_figures_are_what_a_baseline_keeps(made: Decomposition) -> None:
    figures = score(gold(sentences=(mark("要改造渡口16处。", "requirement"), mark("近年来，渡运条件明显改善。", "requirement"))), made).figures()
    assert figures["disposition.requirement.f1"] == 0.6667
    assert figures["disposition.macro_f1"] == 0.6667
