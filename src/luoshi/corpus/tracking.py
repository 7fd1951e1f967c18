"""One term through years and levels: where it is a target, with its values; where it is a framework or any other wording, with who says it.

A person's name is refused (``persons``). Of documents that are one text, one counts. Documents without a year are in the table, not in the figures.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from luoshi.corpus.faults import repeated
from luoshi.corpus.opening import Dataset
from luoshi.corpus.persons import refuse_person
from luoshi.text import UsageError
from luoshi.text.language import _

Kind = Literal["target", "framework", "term"]
_SHORTEST, _LONGEST = 2, 40
_SHARE_OF_TARGETS = 0.2
"""A term is a target where more than so many of the documents that say it set a value for it; else what counts is who says it."""
_STOPS = re.compile(r"[。！？!?\n]")
_STANDING = ["document", "year", "date_from", "level", "place"]
_FIELDS = [
    ("year", pa.int16()), ("date_from", pa.string()), ("level", pa.string()), ("place", pa.string()), ("document", pa.string()), ("kind", pa.string()), ("start", pa.int32()),
    ("end", pa.int32()), ("quote", pa.string()), ("times", pa.int32()), ("indicator", pa.string()), ("comparator", pa.string()), ("value", pa.float64()), ("unit", pa.string()),
    ("claimed", pa.int32()), ("status", pa.string()),
]  # fmt: skip


class Share(NamedTuple):
    """Of the documents of one year and level: how many say it."""

    year: int
    level: str
    part: int
    whole: int


class Value(NamedTuple):
    """One value of a target, for the chart."""

    year: int
    level: str
    place: str
    value: float


@dataclass(frozen=True, slots=True)
class Track:
    """What was found: ``rows`` sorted by year, level and document; ``values`` where the term is a target, with their unit; else ``shares``.

    ``left_out`` documents repeat others and do not count.
    """

    term: str
    kind: Kind
    rows: pa.Table
    documents: int
    shares: tuple[Share, ...]
    values: tuple[Value, ...]
    unit: str
    growth: bool
    left_out: int


def track(held: Dataset, term: str) -> Track:
    """Follow ``term``. Raises ForbiddenError for a person's name, UsageError for what is too short or long to be a term."""
    term = "".join(term.split())
    if not _SHORTEST <= len(term) <= _LONGEST or not re.search(r"\w", term):
        raise UsageError(_("要追踪的词须有 {least} 到 {most} 个字。").format(least=_SHORTEST, most=_LONGEST), hint=_("例如“高质量发展”“城镇新增就业”。"))
    refuse_person(term, lambda: _texts(held), lambda: _known(held))
    twice = repeated(held)
    stands = {row["document"]: row for row in held.table("documents", _STANDING).to_pylist() if row["document"] not in twice}
    mentions = [row for row in _mentions(held, term) if row["document"] in stands]
    targets = [row for row in _targets(held, term) if row["document"] in stands]
    if len({row["document"] for row in targets if row["indicator"].endswith(term)}) > _SHARE_OF_TARGETS * len(mentions):
        return _of_targets(term, targets, stands, len(twice))
    return _of_mentions(term, mentions, _frameworks(held, term), stands, len(twice))


def _texts(held: Dataset) -> Iterator[str]:
    for text in held.table("documents", ["text"])["text"]:
        yield text.as_py()


def _known(held: Dataset) -> set[str]:
    """Names of frameworks, indicators and headings."""
    headings = pc.unique(pc.list_flatten(held.table("items", ["path"])["path"]))
    return {*held.table("frameworks", ["quote"])["quote"].to_pylist(), *held.table("targets", ["indicator"])["indicator"].to_pylist(), *headings.to_pylist()}


def _targets(held: Dataset, term: str) -> list[dict[str, Any]]:
    table = held.table("targets")
    found: list[dict[str, Any]] = table.filter(pc.match_substring(table["indicator"], term)).to_pylist()
    return found


def _frameworks(held: Dataset, term: str) -> dict[str, dict[str, Any]]:
    """Document → the framework of that name in it."""
    table = held.table("frameworks", ["document", "quote", "claimed", "status"])
    return {row["document"]: row for row in table.filter(pc.equal(table["quote"], term)).to_pylist()}


def _mentions(held: Dataset, term: str) -> list[dict[str, Any]]:
    """Each document that says it: how often, and the sentence in which it stands first. A page's line breaks inside the term do not matter."""
    pattern = re.compile(r"\s*".join(map(re.escape, term)))
    table = held.table("documents", ["document", "text"])
    found = []
    for document, value in zip(table["document"], table["text"], strict=True):
        text = value.as_py()
        places = [one.span() for one in pattern.finditer(text)]
        if places:
            start, end = _sentence(text, *places[0])
            found.append({"document": document.as_py(), "start": start, "end": end, "quote": text[start:end], "times": len(places)})
    return found


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a stretch of text, without blanks at its edges."""
    before = [one.end() for one in _STOPS.finditer(text, max(0, start - 2000), start)]
    first = before[-1] if before else max(0, start - 2000)
    after = _STOPS.search(text, end)
    last = after.start() + (after[0] != "\n") if after else len(text)
    while text[first].isspace():
        first += 1
    while text[last - 1].isspace():
        last -= 1
    return first, last


def _of_targets(term: str, targets: list[dict[str, Any]], stands: dict[str, dict[str, Any]], left_out: int) -> Track:
    """Values are of one unit, growth apart from amount: the pair that comes most often where the indicator ends in the term."""
    rows = [{**stands[one["document"]], **one, "kind": "target", "times": 1} for one in targets]
    drawn = [row for row in rows if row["indicator"].endswith(term)]
    unit, growth = Counter((row["unit"], row["comparator"] in "+-") for row in drawn).most_common(1)[0][0]
    values = [
        Value(row["year"], row["level"], row["place"], -row["value"] if row["comparator"] == "-" else row["value"])
        for row in drawn
        if row["year"] is not None and (row["unit"], row["comparator"] in "+-") == (unit, growth)
    ]
    return Track(term, "target", _table(rows), len({row["document"] for row in rows}), (), tuple(sorted(values)), unit, growth, left_out)


def _of_mentions(term: str, mentions: list[dict[str, Any]], frameworks: dict[str, dict[str, Any]], stands: dict[str, dict[str, Any]], left_out: int) -> Track:
    rows = []
    for one in mentions:
        framework = frameworks.get(one["document"])
        more = {"kind": "framework", "claimed": framework["claimed"], "status": framework["status"]} if framework else {"kind": "term"}
        rows.append({**stands[one["document"]], **one, **more})
    part: dict[tuple[int, str], int] = defaultdict(int)
    for row in rows:
        part[row["year"], row["level"]] += 1
    whole = Counter((row["year"], row["level"]) for row in stands.values() if row["year"] is not None)
    shares = tuple(Share(year, level, part[year, level], count) for (year, level), count in sorted(whole.items()))
    return Track(term, "framework" if frameworks else "term", _table(rows), len(rows), shares, (), "", False, left_out)


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    ranks = {level: i for i, level in enumerate(("national", "province", "city", "county", "town"))}
    rows = sorted(rows, key=lambda row: (row["year"] is None, row["year"] or 0, ranks.get(row["level"], 9), row["document"], row["start"]))
    return pa.table({name: pa.array([row.get(name) for row in rows], type=kind) for name, kind in _FIELDS})
