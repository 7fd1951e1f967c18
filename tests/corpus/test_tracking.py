"""A term through years and levels, and its chart."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest

from luoshi.corpus.charts import svg
from luoshi.corpus.opening import opened
from luoshi.corpus.tracking import Share, track
from luoshi.text import ForbiddenError, UsageError
from tests.corpus.material import corpus


def test_a_target_with_its_values(dataset: Path) -> None:
    found = track(opened(dataset), "城镇新增就业")
    assert (found.kind, found.unit, found.growth, found.documents, found.left_out) == ("target", "人", False, 9, 1)
    rows = {row["document"]: row for row in found.rows.to_pylist()}
    city = rows["city_2026/青湾市.txt"]
    assert (city["value"], city["comparator"], city["unit"], city["year"], city["level"], city["place"]) == (12000.0, "≥", "人", 2026, "city", "青湾")
    assert len(found.values) == 9 and {one.level for one in found.values} == {"province", "city"}


def test_growth_is_no_amount(dataset: Path) -> None:
    found = track(opened(dataset), "地区生产总值")
    assert (found.growth, found.unit) == (True, "%") and {one.value for one in found.values} == {5.0, 6.0, 7.0}


def test_a_framework(dataset: Path) -> None:
    found = track(opened(dataset), "三个转变")
    assert found.kind == "framework" and {(row["kind"], row["claimed"], row["status"]) for row in found.rows.to_pylist()} == {("framework", 3, "mention")}


def test_a_term_and_its_shares(dataset: Path) -> None:
    found = track(opened(dataset), "疏浚青湾市")
    assert (found.kind, found.documents) == ("term", 1)
    assert set(found.shares) == {Share(2024, "city", 0, 1), Share(2025, "province", 0, 2), Share(2026, "city", 1, 6)}
    [row] = found.rows.to_pylist()
    assert row["times"] == 5 and row["quote"].startswith("（4）疏浚青湾市第4号水道") and row["quote"].endswith("公布结果。")


def test_quotes_are_slices(dataset: Path) -> None:
    texts = dict(zip(*(pq.read_table(dataset / "documents.parquet")[name].to_pylist() for name in ("document", "text")), strict=True))
    for term in ("城镇新增就业", "三个转变", "渡口", "各位代表"):
        found = track(opened(dataset), term).rows.to_pylist()
        assert found and all(texts[row["document"]][row["start"] : row["end"]] == row["quote"] for row in found)


def test_rows_are_in_order(dataset: Path) -> None:
    rows = track(opened(dataset), "渡口").rows.to_pylist()
    assert [(row["year"], row["level"]) for row in rows] == [(2024, "city"), *[(2025, "province")] * 2, *[(2026, "city")] * 6]


def test_nobody_says_it(dataset: Path) -> None:
    found = track(opened(dataset), "没有人说过的提法")
    assert (found.documents, found.rows.num_rows) == (0, 0) and {one.part for one in found.shares} == {0}
    with pytest.raises(UsageError, match="没有可以画成图的数据"):
        svg(found)


@pytest.mark.parametrize("term", [pytest.param("水", id="too short"), pytest.param("水" * 41, id="too long"), pytest.param("，。", id="no words"), pytest.param(" ", id="blank")])
def test_what_is_no_term(dataset: Path, term: str) -> None:
    with pytest.raises(UsageError, match="2 到 40 个字"):
        track(opened(dataset), term)


def test_a_person_is_refused(dataset: Path) -> None:
    with pytest.raises(ForbiddenError):
        track(opened(dataset), "王清源")


CHARTS = [
    pytest.param("城镇新增就业", ["城镇新增就业：各文件提出的目标", "万人"], id="panels of amounts"),
    pytest.param("地区生产总值", ["地区生产总值：各文件提出的目标", "增长（%）"], id="growth"),
    pytest.param("疏浚青湾市", ["提到“疏浚青湾市”的文件所占比例", "1/6"], id="shares"),
]


@pytest.mark.parametrize(("term", "words"), CHARTS)
def test_the_chart_says_what_it_shows_and_loads_nothing(dataset: Path, term: str, words: list[str]) -> None:
    drawn = svg(track(opened(dataset), term))
    said = "".join(ElementTree.fromstring(drawn).itertext())
    assert all(word in said for word in [*words, "市级", "2026", "年份"])
    assert "Noto Sans CJK SC" in drawn
    assert set(re.findall(r'https?://[^"\s]+', drawn)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert drawn == svg(track(opened(dataset), term))


def test_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不是语料数据集"):
        opened(corpus(tmp_path / "原件", cities=1))
