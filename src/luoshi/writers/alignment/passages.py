"""Links as passages: which of them are shown, which count, and what of an upper item no passage is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from luoshi.align.edits import edit_script
from luoshi.align.model import LINKING, Alignment, Edit, Link, Relation
from luoshi.decompose.model import Item
from luoshi.text import Span
from luoshi.writers.alignment.words import notes
from luoshi.writers.plain import one_line

# The strongest first: the one that is named where there is room for one.
STRENGTH: tuple[Relation, ...] = (
    "weakened", "narrowed", "tightened", "concretised", "same_target", "carried", "copied", "same_source", "related",
)  # fmt: skip
# A clause as a reader sees it: up to a comma, a semicolon or a stop outside of brackets.
_CLAUSE = re.compile(r"(?:[(（][^()（）]*[)）]|[^,，;；。()（）])+")
# What a whole item may say beside its acts; that it is carried, they say themselves.
_BESIDE: frozenset[Relation] = frozenset({"concretised", "tightened", "weakened", "narrowed", "same_target"})
_ONLY_DATE = re.compile(r"[\d\s年月日底前末初上中下旬到至起以后、]+")
_CLAIM = 6  # a clause shorter than this says nothing on its own


@dataclass(frozen=True, slots=True)
class Passage:
    """One link as a row: two quotes and what changed between them, in words. ``number`` is its place in the alignment, from 1.

    ``relations`` has the strongest first. ``counts`` is False where the upper clauses have a better counterpart, or where a person has to
    say first whether it is one. ``whole`` marks an item pair whose acts are passages of their own: it has only what they do not have, such
    as figures that the lower item adds beside them.
    """

    document: int
    number: int
    link: Link
    upper: str
    lower: str
    edits: tuple[Edit, ...]
    notes: tuple[str, ...]
    relations: tuple[Relation, ...]
    counts: bool
    whole: bool = False


def passages_of(document: int, alignment: Alignment) -> Iterator[Passage]:
    """All passages of an alignment, upper item by upper item, the best item pair first."""
    pairs: dict[tuple[str | None, str | None], list[int]] = {}
    for item in alignment.upper_items:
        for n in item.links:
            pairs.setdefault((item.id, alignment.links[n].lower_item), []).append(n)
    for n, link in enumerate(alignment.links):
        found = pairs.setdefault((link.upper_item, link.lower_item), [])
        if n not in found:
            found.append(n)
    found_items = {item.id for item in alignment.upper_items if item.band == "found"}
    taken: dict[str | None, list[Span]] = {}
    for (upper_item, _lower_item), numbers in pairs.items():
        own = taken.setdefault(upper_item, []) if upper_item in found_items else None
        yield from _of_pair(document, alignment, sorted(numbers), own)


def _of_pair(document: int, alignment: Alignment, numbers: list[int], taken: list[Span] | None) -> Iterator[Passage]:
    """The passages of one item pair; it counts where it is about a stretch of a found item that none before it was about."""
    links = [(n, alignment.links[n]) for n in numbers if alignment.links[n].relation != "none"]
    acts = [(n, link) for n, link in links if link.level == "act"]
    held = {relation for _n, link in acts for relation in _relations(link)}
    said = {note for _n, link in acts for note in notes(link, alignment)}
    shown = acts or links
    claims = [link.upper for _n, link in shown if link.relation in LINKING]
    counts = taken is not None and any(not any(other.overlap(span) * 2 > len(span) for other in taken) for span in claims)
    if counts and taken is not None:
        taken += claims
    for n, link in shown:
        yield _passage(document, n + 1, link, alignment, notes(link, alignment), _relations(link), counts)
    for n, link in links if acts else ():
        beside = tuple(relation for relation in _relations(link) if relation in _BESIDE - held)
        if not beside and any(change.slot == "unit" for change in link.changed):
            beside = ("carried",)  # who answers for it stands in a bracket behind the acts
        told = tuple(note for note in notes(link, alignment) if note not in said)
        if link.level == "bundle" and beside and told:
            yield replace(_passage(document, n + 1, link, alignment, told, beside, counts), whole=True)


def _relations(link: Link) -> tuple[Relation, ...]:
    return (link.relation, *link.also)


def _passage(
    document: int, number: int, link: Link, alignment: Alignment, told: tuple[str, ...], relations: tuple[Relation, ...], counts: bool
) -> Passage:
    upper, lower = alignment.quotes(link)
    edits = edit_script(alignment.upper.source.text, link.upper, alignment.lower.source.text, link.lower)
    return Passage(document, number, link, one_line(upper), one_line(lower), edits, told, relations, counts)


def unmatched(item: Item, passages: tuple[Passage, ...]) -> tuple[str, ...]:
    """The clauses of an upper item that none of ``passages`` is about, neighbours together; nothing where one is about the whole of it."""
    taken = [passage.link.upper for passage in passages]
    free: list[Span] = []
    for match in _CLAUSE.finditer(item.quote):
        clause = Span(item.start + match.start(), item.start + match.end())
        bracket = match.group().lstrip().startswith(("(", "（")) or any(clause.covers(Span(unit.start, unit.end)) for unit in item.units)
        if bracket or any(span.overlap(clause) * 2 > len(clause) for span in taken):
            continue
        between = item.quote[free[-1].end - item.start : match.start()] if free else ""
        if between in ("，", ","):
            clause = Span(free.pop().start, clause.end)
        free.append(clause)
    texts = (one_line(item.quote[span.start - item.start : span.end - item.start]).strip("　 、：") for span in free)
    return tuple(text for text in texts if len(text) >= _CLAIM and not _ONLY_DATE.fullmatch(text))
