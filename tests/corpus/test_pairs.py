"""All pairs of two sides: against a plain search, whatever the tiles, with the direction said."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.align.direction import between as direction
from luoshi.align.vectors import WIDE, document_frequency, grams, idf, weighted
from luoshi.corpus import pairs as module
from luoshi.corpus.engines import LocalEngine, Lost
from luoshi.corpus.opening import opened
from luoshi.corpus.pairs import FLOOR, Chosen, pairs
from luoshi.text import IsolationError, UsageError

UPPER, LOWER = Chosen(level="province"), Chosen(level="city")


def test_against_a_plain_search(dataset: Path, engine: LocalEngine) -> None:
    found = pairs(opened(dataset), UPPER, LOWER, engine, n=2).to_pylist()
    documents = {row["document"]: row for row in pq.read_table(dataset / "documents.parquet").to_pylist()}
    items = [row for row in pq.read_table(dataset / "items.parquet").to_pylist() if row["grade"] != "principle" and "远浦" not in row["document"]]
    above, below = ([row for row in items if documents[row["document"]]["level"] == level] for level in ("province", "city"))
    counts = grams([row["quote"] for row in (*above, *below)], bits=WIDE)
    vectors = weighted(counts, idf(document_frequency(counts), counts.shape[0])).astype(np.float64)
    scores = (vectors[: len(above)] @ vectors[len(above) :].T).toarray()
    expected = []
    for i, row in enumerate(above):
        for rank, j in enumerate(sorted(range(len(below)), key=lambda j: (-scores[i, j], j))[:2], 1):
            if scores[i, j] > FLOOR:
                expected.append((row["document"], row["item"], below[j]["document"], below[j]["item"], rank, round(scores[i, j], 6)))
    names = ("upper_document", "upper_item", "lower_document", "lower_item", "rank", "score")
    assert [tuple(row[name] for name in names) for row in found] == expected and expected


def test_no_statement_of_principle_takes_part(dataset: Path, engine: LocalEngine) -> None:
    found = pairs(opened(dataset), UPPER, LOWER, engine).to_pylist()
    assert "principle" in pq.read_table(dataset / "items.parquet")["grade"].to_pylist()
    assert not [row for row in found if "要始终坚持以人民为中心" in row["upper_quote"] or "要始终坚持以人民为中心" in row["lower_quote"]]


def test_quotes_are_slices(dataset: Path, engine: LocalEngine) -> None:
    texts = dict(zip(*(pq.read_table(dataset / "documents.parquet")[name].to_pylist() for name in ("document", "text")), strict=True))
    for row in pairs(opened(dataset), UPPER, LOWER, engine, n=1).to_pylist():
        for side in ("upper", "lower"):
            assert texts[row[f"{side}_document"]][row[f"{side}_start"] : row[f"{side}_end"]] == row[f"{side}_quote"]


def test_tiles_and_processes_make_no_difference(dataset: Path, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pairs(opened(dataset), UPPER, LOWER, engine, n=3)
    monkeypatch.setattr(module, "TILE_ROWS", 3)
    monkeypatch.setattr(module, "TILE_COLUMNS", 7)
    with LocalEngine(1) as alone:
        assert pa.Table.equals(whole, pairs(opened(dataset), UPPER, LOWER, alone, n=3))


def test_levels_and_years_choose_sides(dataset: Path, engine: LocalEngine) -> None:
    found = pairs(opened(dataset), Chosen(year=2024), Chosen(level="city", year=2026), engine, n=1).to_pylist()
    assert {row["upper_document"] for row in found} == {"city_2026/旧城市.txt"} and {row["lower_year"] for row in found} == {2026}
    assert {row["direction"] for row in found} == {"derived"}


REFUSED = [
    pytest.param(Chosen(), Chosen(), 5, "没有说拿什么和什么比", id="nothing tells the sides apart"),
    pytest.param(UPPER, UPPER, 5, "没有说拿什么和什么比", id="one and the same side"),
    pytest.param(UPPER, Chosen(level="town"), 5, "没有这样的文件（town）", id="nobody of that level"),
    pytest.param(Chosen(year=1999), LOWER, 5, "没有这样的文件（1999）", id="nobody of that year"),
    pytest.param(UPPER, LOWER, 0, "--top", id="none of the best"),
]


@pytest.mark.parametrize(("upper", "lower", "n", "said"), REFUSED)
def test_refused(dataset: Path, engine: LocalEngine, upper: Chosen, lower: Chosen, n: int, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        pairs(opened(dataset), upper, lower, engine, n=n)


def test_what_is_there_is_said(dataset: Path, engine: LocalEngine) -> None:
    with pytest.raises(UsageError) as caught:
        pairs(opened(dataset), UPPER, Chosen(level="town"), engine)
    assert "city 7" in caught.value.hint and "2026 6" in caught.value.hint


class Dying(LocalEngine):
    """An engine whose workers die of every task, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__(1)
        self.times = times

    def run(self, function, tasks, *, one_by_one=False):  # type: ignore[no-untyped-def]
        for place, task in enumerate(tasks):
            self.times -= 1
            yield place, Lost() if self.times >= 0 else function(task)


def test_workers_that_die_are_tried_again_and_then_said(dataset: Path, engine: LocalEngine) -> None:
    assert pa.Table.equals(pairs(opened(dataset), UPPER, LOWER, Dying(2)), pairs(opened(dataset), UPPER, LOWER, engine))
    with pytest.raises(IsolationError, match="意外结束"):
        pairs(opened(dataset), UPPER, LOWER, Dying(99))


DIRECTIONS = [
    pytest.param(("2025-03-05", "national"), ("2026-01-26", "province"), "derived", "晚于", id="later and lower"),
    pytest.param(("2025", "national"), ("2026-01-26", "province"), "derived", "晚于", id="a year and a day"),
    pytest.param(("2024-03-05", "national"), ("2024", "city"), "same_source", "不能判断先后", id="a day within the year"),
    pytest.param(("2024-03-05", "national"), ("2024-01-10", "city"), "same_source", "早于", id="earlier"),
    pytest.param(("", "national"), ("2024", "city"), "same_source", "上位文件没有", id="upper undated"),
    pytest.param(("2024", "national"), ("", "city"), "same_source", "下位文件没有", id="lower undated"),
    pytest.param(("", "national"), ("", "city"), "same_source", "两份文件都没有", id="both undated"),
    pytest.param(("2024", "national"), ("2024", "city"), "derived", "按层级认定", id="the same year"),
    pytest.param(("2024", "city"), ("2024", "city"), "same_source", "分不出上下", id="the same year and level"),
    pytest.param(("2024", "city"), ("2025", "national"), "same_source", "放反了", id="the wrong way round"),
    pytest.param(("2023", "city"), ("2024", "city"), "derived", "晚于", id="one level, two years"),
    pytest.param(("2023", ""), ("2024", ""), "derived", "晚于", id="levels unknown"),
]


@pytest.mark.parametrize(("upper", "lower", "value", "said"), DIRECTIONS)
def test_direction(upper: tuple[str, str], lower: tuple[str, str], value: str, said: str) -> None:
    found, reason = direction(*upper, *lower)
    assert found == value and said in reason
