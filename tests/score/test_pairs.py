"""Pairs of passages scored: what a file must hold, the arithmetic, and the pairs that lines are drawn on."""

import json
from pathlib import Path

import numpy as np
import pytest

import luoshi
from luoshi.align.model import RELATIONS
from luoshi.score import load_pairs, score_pairs
from luoshi.score.pairs import _average_precision, _f1
from luoshi.text import UsageError

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3] / "shared"
LINES = HERE / "clauses.alignments.jsonl"
UPPER = "甲省人民政府关于加强基层服务的意见\n\n一、主要任务\n建设农村公路800公里。培训养老护理员2000名。推进老旧小区改造。\n"
LOWER = "乙市人民政府关于加强基层服务的实施方案\n\n一、主要任务\n建设农村公路90公里。整治城市内涝点位。加快老旧小区改造。\n"


def pair(upper: str, lower: str, relation: str) -> dict[str, object]:
    a, b = UPPER.index(upper), LOWER.index(lower)
    return {"upper": "upper", "lower": "lower", "upper_start": a, "upper_end": a + len(upper), "lower_start": b, "lower_end": b + len(lower), "relation": relation}


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    (tmp_path / "upper.txt").write_text(UPPER, encoding="utf-8")
    (tmp_path / "lower.txt").write_text(LOWER, encoding="utf-8")
    rows = [
        pair("建设农村公路800公里", "建设农村公路90公里", "carried"),
        pair("推进老旧小区改造", "加快老旧小区改造", "carried"),
        pair("培训养老护理员2000名", "整治城市内涝点位", "none"),
        pair("建设农村公路800公里", "整治城市内涝点位", "none"),
    ]
    file = tmp_path / "some.alignments.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def test_three_methods_are_scored_and_plain_pairs_are_all_right(marked: Path) -> None:
    pairs = load_pairs(marked)
    found = score_pairs(pairs, pairs, lambda path: luoshi.decompose(luoshi.read(path)))
    assert [one.method for one in found] == ["relate", "char TF-IDF", "BM25"]
    assert all((one.precision, one.recall, one.f1, one.average_precision) == (1.0, 1.0, 1.0, 1.0) for one in found)
    assert all(0.0 <= one.interval[0] <= one.interval[1] <= 1.0 for one in found)


@pytest.mark.parametrize("line", ["[]", '{"upper": "a"}', "no json", ""], ids=["a list", "half a row", "no json", "nothing"])
def test_another_file_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "x.alignments.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError):
        load_pairs(file)


def test_a_document_that_is_not_there_is_named(marked: Path) -> None:
    (marked.parent / "lower.txt").unlink()
    with pytest.raises(UsageError, match="lower"):
        load_pairs(marked)


@pytest.mark.parametrize(
    ("truths", "scores", "expected"),
    [
        pytest.param([1, 1, 0], [0.9, 0.8, 0.1], 1.0, id="the true ones first"),
        pytest.param([0, 1], [0.9, 0.1], 0.5, id="the true one second"),
        pytest.param([1, 0], [0.5, 0.5], 0.5, id="equal scores count together"),
        pytest.param([0, 0], [0.5, 0.1], 0.0, id="nothing true"),
    ],
)
def test_average_precision(truths: list[int], scores: list[float], expected: float) -> None:
    assert _average_precision(np.array(truths, bool), np.array(scores)) == pytest.approx(expected)


def test_f1() -> None:
    assert _f1(np.array([True, True, False]), np.array([True, False, True])) == pytest.approx(0.5)
    assert _f1(np.array([False]), np.array([False])) == 0.0


def test_the_pairs_that_lines_are_drawn_on_hold_no_text() -> None:
    rows = [json.loads(line) for line in LINES.read_text("utf-8").splitlines()]
    assert len(rows) == 414
    assert all(set(row) == {"upper", "lower", "upper_start", "upper_end", "lower_start", "lower_end", "relation"} for row in rows)
    assert {row["relation"] for row in rows} <= set(RELATIONS)
    assert not any("chongqing-plenary" in row["upper"] or "chongqing-plenary" in row["lower"] for row in rows)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no documents at ../shared")
def test_their_documents_are_found() -> None:
    assert len(load_pairs(LINES, documents=[SHARED])) == 414
