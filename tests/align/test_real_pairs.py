"""Real pairs of documents beside the repository, where they are: what is known of them is found.

``targets.json`` holds offsets, values and comparators of five targets in five work reports, judged by reading: a growth is ``+``
whatever stands behind it, a range has its lower end; units are those without 万 and 亿.
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from luoshi.align import Alignment, Link, align
from luoshi.align.model import LINKING
from luoshi.decompose import decompose
from luoshi.decompose.model import Decomposition
from luoshi.readers import read
from luoshi.text import Span

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PAIRS = CORPUS / "pairs" / "city-to-district"
TARGETS: dict[str, Any] = json.loads(Path(__file__).with_name("targets.json").read_text("utf-8"))
FILES: dict[str, str] = TARGETS["files"]
PROVINCES = [name for name in FILES if name != "national"]

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")


@cache
def made_of(name: str) -> Decomposition:
    return decompose(read(CORPUS / name))


# City to district.


def linked_by_hand() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PAIRS / "alignments.jsonl").read_text("utf-8").splitlines()]


@cache
def city_to_district() -> Alignment:
    (upper,), (lower,) = PAIRS.glob("upper_*.txt"), PAIRS.glob("lower_*.txt")
    return align(made_of(str(upper.relative_to(CORPUS))), made_of(str(lower.relative_to(CORPUS))))


def best_three(made: Alignment, passage: Span) -> list[Link]:
    """The best three bundles of the upper items in which the passage stands."""
    items = {item.id for item in made.upper.items if Span(item.start, item.end).overlap(passage)}
    own = [link for link in made.links if link.level == "bundle" and link.upper_item in items and link.upper.overlap(passage)]
    return sorted(own, key=lambda link: -link.score)[:3]


def test_six_of_seven_linked_passages_are_among_the_best_three() -> None:
    made = city_to_district()
    rows = [row for row in linked_by_hand() if row["relation"] != "no_counterpart"]
    assert len(rows) == 7
    for row in rows:
        assert made.upper.source.text[row["upper_start"] : row["upper_end"]] == row["upper_text"]
        assert made.lower.source.text[row["lower_start"] : row["lower_end"]] == row["lower_text"]
    hits = [
        any(link.lower.overlap(Span(row["lower_start"], row["lower_end"])) for link in best_three(made, Span(row["upper_start"], row["upper_end"]))) for row in rows
    ]
    assert sum(hits) >= 6, hits


def test_what_has_no_counterpart_is_not_found() -> None:
    made = city_to_district()
    rows = [row for row in linked_by_hand() if row["relation"] == "no_counterpart"]
    assert len(rows) == 2
    bands = {one.id: one.band for one in made.upper_items}
    for row in rows:
        items = [item for item in made.upper.items if item.start < row["upper_end"] and row["upper_start"] < item.end]
        assert items
        assert all(bands[item.id] in ("to_check", "not_seen") for item in items)


def test_the_later_district_can_have_taken_from_the_city() -> None:
    direction = city_to_district().direction
    assert direction.value == "derived"
    assert direction.upper_date is not None and direction.lower_date is not None and direction.upper_date < direction.lower_date


# Two committees: the city met before the province.

COMMITTEES = ("source/sichuan-committee-2023.txt", "source/chengdu-committee-2023.txt")


def without_dates(made: Decomposition) -> Decomposition:
    """``made`` as if it said nothing of when it was made."""
    return replace(made, facts=replace(made.facts, dates=()))


def test_the_earlier_city_has_a_common_source() -> None:
    made = align(*map(made_of, COMMITTEES))
    assert (made.direction.value, made.direction.upper_date, made.direction.lower_date) == ("same_source", "2023-07-29", "2023-06-12")
    assert "早于" in made.direction.reason
    own = [link for link in made.links if link.relation in LINKING]
    assert own
    assert {link.relation for link in own} == {"same_source"}
    assert "derived" not in {one.origin for one in made.lower_items}


@pytest.mark.parametrize(("upper", "lower", "said"), [(True, True, "两份文件都没有"), (False, True, "下位文件没有"), (True, False, "上位文件没有")])
def test_with_the_years_withheld_nobody_knows(upper: bool, lower: bool, said: str) -> None:
    above, below = map(made_of, COMMITTEES)
    made = align(without_dates(above) if upper else above, without_dates(below) if lower else below)
    assert made.direction.value == "same_source"
    assert made.direction.reason.startswith(said)
    assert {link.relation for link in made.links if link.relation in LINKING} == {"same_source"}


def test_a_given_date_decides_for_those_without() -> None:
    above, below = map(made_of, COMMITTEES)
    made = align(without_dates(above), without_dates(below), upper_date="2023-06-01", lower_date="2023-06-12")
    assert made.direction.value == "derived"


# The state's targets in four provinces a year later.


@cache
def national_to(province: str) -> Alignment:
    return align(made_of(FILES["national"]), made_of(FILES[province]))


@pytest.mark.parametrize("province", PROVINCES)
@pytest.mark.parametrize("row", [pytest.param(row, id=row["indicator"]) for row in TARGETS["targets"]])
def test_the_target_table(province: str, row: dict[str, Any]) -> None:
    upper, lower = row["national"], row[province]
    found = [one for one in national_to(province).targets if upper["start"] <= one.upper.start < upper["end"]]
    assert len(found) == 1
    (one,) = found
    assert one.indicator == row["indicator"]
    assert (one.upper.comparator, one.upper.value, one.upper.unit) == (upper["comparator"], upper["value"], upper["unit"])
    assert one.comparison == row["comparison"][province]
    if lower is None:
        assert one.lower is None
    else:
        assert one.lower is not None
        assert (one.lower.comparator, one.lower.value, one.lower.unit) == (lower["comparator"], lower["value"], lower["unit"])
        assert lower["start"] <= one.lower.start < one.lower.end <= lower["end"]
