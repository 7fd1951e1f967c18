"""The invented chain, province → city → county → department, against the relations planted in it (samples/expected.json)."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from luoshi.align import align
from luoshi.align.model import LINKING, Alignment, Link
from luoshi.decompose import decompose
from luoshi.decompose.model import Decomposition, Item
from luoshi.readers import read
from luoshi.text import Span
from tests.decompose.shapes import SAMPLES

CHAIN = ("province-opinion.txt", "city-plan.txt", "county-tasks.txt", "county-department-plan.txt")
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
WITHIN_A_CHAIN = {"copied", "same_target", "carried", "concretised", "tightened", "weakened", "narrowed"}
CHANGES = {
    "number raised", "number lowered", "number → words", "words → number", "total apportioned", "total broken down by place", "date brought forward", "date put back",
    "date → words", "必须→可", "必须→原则上", "可→必须", "list shortened", "group dropped", "frequency changed", "place swapped only", "number in characters",
    "another unit", "split over two sentences", "clauses turned round", "unit named", "project named", "deadline in a bracket or table",
}  # fmt: skip


@cache
def made_of(name: str) -> Decomposition:
    return decompose(read(SAMPLES / name))


@cache
def aligned(upper: str, lower: str) -> Alignment:
    return align(made_of(upper), made_of(lower))


def above(lower: str) -> str:
    """The document of the chain that ``lower`` implements."""
    return CHAIN[CHAIN.index(lower) - 1]


def planted(field: str) -> list[Any]:
    """One parameter set for each row of ``field``, with the name of the file that it stands in."""
    return [
        pytest.param(lower, row, id=f"{lower.removesuffix('.txt')}-{number}-{row.get('relation', field)}")
        for lower in EXPECTED
        for number, row in enumerate(EXPECTED[lower].get(field, []), 1)
    ]


def shared(span: Span, start: int, end: int) -> int:
    return max(0, min(span.end, end) - max(span.start, start))


def overlaps(span: Span, start: int, end: int) -> bool:
    """True where the two share at least half of the shorter."""
    return 2 * shared(span, start, end) >= min(span.end - span.start, end - start)


def likeness(span: Span, start: int, end: int) -> float:
    """What the two share over what either covers: 1 for the same stretch, less for one that is wider or narrower."""
    both = shared(span, start, end)
    return both / (span.end - span.start + end - start - both)


def best_link(made: Alignment, row: dict[str, Any]) -> Link | None:
    """Of the links over both planted passages the one that fits them best; an act before a bundle, then the surer one."""
    upper, lower = (row["upper_start"], row["upper_end"]), (row["lower_start"], row["lower_end"])
    over = [link for link in made.links if overlaps(link.upper, *upper) and overlaps(link.lower, *lower)]
    return max(
        over, key=lambda link: (likeness(link.upper, *upper) * likeness(link.lower, *lower), link.level == "act", link.score), default=None
    )


def item_of(made: Decomposition, start: int, end: int) -> Item:
    """The item in which the passage stands."""
    return next(item for item in made.items if item.start < end and start < item.end)


@pytest.mark.parametrize(("lower", "row"), planted("chain_relations"))
def test_the_planted_relation_is_found_and_rightly_named(lower: str, row: dict[str, Any]) -> None:
    link = best_link(aligned(row["upper_file"], lower), row)
    quotes = (row["upper_quote"], row["lower_quote"])
    assert link is not None, quotes
    assert link.relation == row["relation"], (quotes, link)


@pytest.mark.parametrize(("lower", "row"), planted("upper_unmatched"))
def test_what_has_no_counterpart_is_not_found(lower: str, row: dict[str, Any]) -> None:
    made = aligned(row["upper_file"], lower)
    start, end = row["upper_start"], row["upper_end"]
    if row.get("clause"):
        links = [link for link in made.links if link.level == "act" and link.relation in LINKING and overlaps(link.upper, start, end)]
        assert not links, [made.quotes(link) for link in links]
        return
    item = item_of(made.upper, start, end)
    one = next(each for each in made.upper_items if each.id == item.id)
    assert one.band in ("to_check", "not_seen"), [made.quotes(made.links[i]) for i in one.links]


@pytest.mark.parametrize(("lower", "row"), planted("local_quotes"))
def test_what_was_added_below_is_not_derived(lower: str, row: dict[str, Any]) -> None:
    made = aligned(above(lower), lower)
    item = item_of(made.lower, row["start"], row["end"])
    one = next(each for each in made.lower_items if each.id == item.id)
    assert one.origin in ("local", "to_check"), [made.quotes(made.links[i]) for i in one.links]


@pytest.mark.parametrize(("lower", "row"), planted("principles"))
def test_principles_take_no_part(lower: str, row: dict[str, Any]) -> None:
    made = aligned(row["upper_file"], lower)
    item = item_of(made.upper, row["upper_start"], row["upper_end"])
    one = next(each for each in made.upper_items if each.id == item.id)
    assert (one.band, one.links) == (None, ())
    assert best_link(made, row) is None


@pytest.mark.parametrize(("lower", "row"), planted("unlike"))
def test_what_only_looks_alike_is_not_linked(lower: str, row: dict[str, Any]) -> None:
    made = aligned(row["upper_file"], lower)
    over = [
        link
        for link in made.links
        if link.level == "act"
        and link.relation in LINKING
        and overlaps(link.upper, row["upper_start"], row["upper_end"])
        and overlaps(link.lower, row["lower_start"], row["lower_end"])
    ]
    assert not over, row["note"]


def test_nothing_is_derived_from_a_later_document() -> None:
    made = aligned("province-opinion.txt", "city-work-report.txt")
    assert (made.direction.value, made.direction.upper_date, made.direction.lower_date) == ("same_source", "2026-09-28", "2026-01-20")
    assert made.direction.reason
    assert {link.relation for link in made.links} <= {"same_source", "related", "none"}
    assert {one.origin for one in made.lower_items} <= {"same_source", "to_check", "local", None}


@pytest.mark.parametrize("lower", CHAIN[1:])
def test_a_later_and_lower_document_is_derived(lower: str) -> None:
    assert aligned(above(lower), lower).direction.value == "derived"


@pytest.mark.parametrize("lower", CHAIN[1:])
def test_every_relation_is_planted_twice_in_every_step(lower: str) -> None:
    held = Counter(row["relation"] for row in EXPECTED[lower]["chain_relations"])
    assert {relation for relation, times in held.items() if times >= 2} == WITHIN_A_CHAIN
    assert len(EXPECTED[lower]["upper_unmatched"]) >= 2
    assert len(EXPECTED[lower]["local_quotes"]) >= 2


def test_every_kind_of_change_is_planted() -> None:
    assert {change for lower in CHAIN[1:] for row in EXPECTED[lower]["chain_relations"] for change in row["changes"]} >= CHANGES
