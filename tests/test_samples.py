"""The invented samples against what was planted in them (samples/expected.json): how much is found today must be found tomorrow."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from luoshi.decompose import decompose
from luoshi.decompose.model import Decomposition
from luoshi.readers import read
from tests.decompose.contract import assert_contract
from tests.decompose.shapes import SAMPLES

# Field → how many of what was planted in all ten documents are found. A rise is written down here; a fall fails.
FLOORS = {
    "title": 10,
    "number": 10,
    "level": 10,
    "authority": 7,
    "date": 12,
    "framework": 12,
    "variant": 1,
    "responsibility": 59,
    "answered": 68,
    "deadline": 191,
    "due": 141,
    "target": 283,
    "pledging_unit": 15,
}
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
NAMES = [pytest.param(name, id=name.removesuffix(".txt")) for name in EXPECTED]


@cache
def made_of(name: str) -> Decomposition:
    return decompose(read(SAMPLES / name))


def found_and_planted(name: str) -> tuple[Counter[str], Counter[str]]:
    """How many of what was planted in one sample are found, and how many were planted, by field."""
    made, planted = made_of(name), EXPECTED[name]
    rows = [
        *[(field, getattr(made.facts, field) == planted[field]) for field in ("title", "number", "level", "authority")],
        *[("date", _has_date(made, date)) for date in planted["dates"]],
        *[("framework", _has_framework(made, term)) for term in planted["frameworks"]],
        *[("variant", _has_variant(made, pair)) for pair in planted["variants"]],
        *[("responsibility", _has_responsibility(made, one)) for one in planted["responsibilities"]],
        *[("answered", _has_responsibility(made, one) or _is_answered(made, one)) for one in planted["responsibilities"]],
        *[("deadline", _has_deadline(made, one)) for one in planted["deadlines"]],
        *[("due", _has_due(made, one)) for one in planted["deadlines"] if one.get("due")],
        *[("target", _has_target(made, *span)) for span in planted["target_spans"]],
        *[("pledging_unit", unit in {item.speaker.name for item in made.items if item.speaker}) for unit in planted["pledging_units"]],
    ]
    return Counter(field for field, is_found in rows if is_found), Counter(field for field, _ in rows)


def _has_date(made: Decomposition, planted: dict[str, Any]) -> bool:
    return any((d.kind, d.date, d.how) == (planted["kind"], planted["date"], planted["how"]) for d in made.facts.dates)


def _has_framework(made: Decomposition, planted: dict[str, Any]) -> bool:
    """The same term with the same status and the same members at the same places."""
    key = (planted["name"], planted["claimed"], planted["status"], [tuple(span) for span in planted["member_spans"]])
    return any((f.name, f.claimed, f.status, [(m.start, m.end) for m in f.members]) == key for f in made.frameworks)


def _has_variant(made: Decomposition, planted: dict[str, str]) -> bool:
    text = made.source.text
    return any((a.of(text), b.of(text)) == (planted["a"], planted["b"]) for f in made.frameworks for a, b in f.variants)


def _has_responsibility(made: Decomposition, planted: dict[str, Any]) -> bool:
    """The same leads and the same supporters, in a bracket, on lines of their own or in a table."""
    near = [r for r in made.responsibilities if r.start < planted["end"] and planted["start"] < r.end]
    return any(set(r.lead) == set(planted["lead"]) and set(r.support) == set(planted["support"]) for r in near)


def _is_answered(made: Decomposition, planted: dict[str, Any]) -> bool:
    """The same units as the units of the item that holds the words: 由甲局牵头，乙局配合 inside a sentence."""
    for item in made.items:
        if item.start < planted["end"] and planted["start"] < item.end:
            lead = {unit.name for unit in item.units if unit.role in ("lead", "responsible")}
            support = {unit.name for unit in item.units if unit.role == "support"}
            if lead == set(planted["lead"]) and support == set(planted["support"]):
                return True
    return False


def _has_deadline(made: Decomposition, planted: dict[str, Any]) -> bool:
    return any(d.start < planted["end"] and planted["start"] < d.end for item in made.items for d in item.deadlines)


def _has_due(made: Decomposition, planted: dict[str, Any]) -> bool:
    near = [d for item in made.items for d in item.deadlines if d.start < planted["end"] and planted["start"] < d.end]
    return any(str(d.due) == planted["due"] for d in near)


def _has_target(made: Decomposition, start: int, end: int) -> bool:
    return any(t.start < end and start < t.end for item in made.items for t in item.targets)


def test_no_field_falls() -> None:
    found: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    for name in EXPECTED:
        one, all_ = found_and_planted(name)
        found += one
        planted += all_
    assert set(planted) == set(FLOORS)
    fallen = {field: f"{found[field]} of {planted[field]}, was {floor}" for field, floor in FLOORS.items() if found[field] < floor}
    assert not fallen, found


@pytest.mark.parametrize("name", NAMES)
def test_contract(name: str) -> None:
    assert_contract(made_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_no_miscount_but_the_planted_one(name: str) -> None:
    claimed = {term.name for term in made_of(name).frameworks if term.status == "mismatch"}
    assert claimed == {term["name"] for term in EXPECTED[name]["frameworks"] if term["status"] == "mismatch"}


@pytest.mark.parametrize("name", NAMES)
def test_no_variant_but_the_planted_one(name: str) -> None:
    made = made_of(name)
    assert sum(len(term.variants) for term in made.frameworks) == len(EXPECTED[name]["variants"])


@pytest.mark.parametrize("name", NAMES)
def test_no_responsibility_is_made_up(name: str) -> None:
    """Every responsibility found is one that was planted: nothing is read into columns of figures or plain brackets."""
    planted = [(one["start"], one["end"]) for one in EXPECTED[name]["responsibilities"]]
    for one in made_of(name).responsibilities:
        assert any(one.start < end and start < one.end for start, end in planted), one


@pytest.mark.parametrize("name", NAMES)
def test_no_pledging_unit_is_made_up(name: str) -> None:
    speakers = {item.speaker.name for item in made_of(name).items if item.speaker}
    assert speakers <= set(EXPECTED[name]["pledging_units"])


@pytest.mark.parametrize("name", NAMES)
def test_little_is_left_unread(name: str) -> None:
    residue = made_of(name).residue
    assert residue["unread"] <= 0.02 * residue["sentences"]


@pytest.mark.parametrize("name", NAMES)
def test_every_offset_is_its_quote(name: str) -> None:
    """The plan itself: after a change of a text or of the plan, every quote stands where the plan says."""
    planted, texts = EXPECTED[name], {file: (SAMPLES / file).read_text("utf-8") for file in EXPECTED}
    assert planted["chars"] == len(texts[name])
    spans = [
        *[(name, one["text"], one["start"], one["end"]) for field in ("responsibilities", "deadlines") for one in planted[field]],
        *[(name, text, *span) for text, span in zip(planted["targets"], planted["target_spans"], strict=True)],
        *[(name, text, *span) for term in planted["frameworks"] for text, span in zip(term["members"], term["member_spans"], strict=True)],
        *[(name, one["quote"], one["start"], one["end"]) for field in ("pledges", "local_quotes") for one in planted.get(field, [])],
    ]
    for one in [*planted["chain_relations"], *planted.get("principles", []), *planted.get("unlike", []), *planted.get("upper_unmatched", [])]:
        spans.append((one["upper_file"], one["upper_quote"], one["upper_start"], one["upper_end"]))
        if "lower_quote" in one:
            spans.append((name, one["lower_quote"], one["lower_start"], one["lower_end"]))
    for file, quote, start, end in spans:
        assert texts[file][start:end] == quote


def test_the_review_of_the_past_year_sets_no_task() -> None:
    """In the work report nothing under 2025年工作回顾 is an item, and everything under 2026年重点工作 that has a target is."""
    made = made_of("city-work-report.txt")
    text = made.source.text
    review, plan = text.index("一、2025年工作回顾"), text.index("二、2026年工作总体要求")
    assert not [item.quote for item in made.items if review <= item.start < plan]


def test_the_list_of_a_letterhead_is_record() -> None:
    made = made_of("province-opinion.txt")
    text = made.source.text
    kinds = {text[s.start : s.end]: s.disposition for s in made.sentences}
    assert kinds["临政发〔2026〕18号"] == "record"
    assert kinds["（此件公开发布）"] == "record"
