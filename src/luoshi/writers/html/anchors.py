"""Stretches of the source that other parts of the page point at, and the cuts they make in its text.

A link to a stretch is ``#o<start>-<end>``. The text is cut at both ends of every stretch, so that each piece lies wholly inside or
outside of each of them, however they overlap.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from luoshi.decompose.model import Decomposition, Item
from luoshi.writers.rows import all_doubts

# Kinds that show in the source; the others are only pointed at.
SHOWN = ("deadline", "target", "unit", "doubt", "generated", "furniture")
_LONG = 40  # a mark under more than this would hide the text it is about


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:end]``, the kinds of stretch it lies in, and the ids of those that begin with it."""

    start: int
    end: int
    kinds: tuple[str, ...]
    ids: tuple[str, ...]
    pointed: bool


def anchor(start: int, end: int) -> str:
    """The id of a stretch."""
    return f"o{start}-{end}"


def href(start: int, end: int) -> str | None:
    """The link to a stretch; None for one that is empty, such as a doubt about the whole document: an ``a`` without it is plain text."""
    return f"#{anchor(start, end)}" if start < end else None


def pieces(decomposition: Decomposition) -> tuple[Piece, ...]:
    """The whole text as pieces, none empty."""
    length = len(decomposition.source.text)
    stretches = sorted({(a, b, kind) for a, b, kind in _stretches(decomposition) if 0 <= a < b <= length})
    bounds = {0, length}
    for a, b, _kind in stretches:
        bounds |= {a, b}
    for sentence in decomposition.sentences:
        bounds |= {sentence.start, sentence.end}
    cuts = sorted(bound for bound in bounds if 0 <= bound <= length)
    opened: dict[int, list[tuple[int, int, str]]] = {}
    for stretch in stretches:
        opened.setdefault(stretch[0], []).append(stretch)
    alive: list[tuple[int, int, str]] = []
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        begins = opened.get(start, [])
        alive = [s for s in alive if s[1] > start] + begins
        kinds = tuple(kind for kind in SHOWN if any(s[2] == kind for s in alive))
        ids = tuple(dict.fromkeys(anchor(a, b) for a, b, kind in begins if kind not in ("generated", "furniture")))
        found.append(Piece(start, end, kinds, ids, bool(alive)))
    return tuple(found)


def inside(found: tuple[Piece, ...], start: int, end: int) -> Iterator[Piece]:
    """The pieces between two offsets, the outer ones cut to fit."""
    i = bisect_left(found, start, key=lambda piece: piece.end - 1)
    while i < len(found) and found[i].start < end:
        piece = found[i]
        a, b = max(piece.start, start), min(piece.end, end)
        if a < b:
            yield (
                piece
                if (a, b) == (piece.start, piece.end)
                else Piece(a, b, piece.kinds, piece.ids if a == piece.start else (), piece.pointed)
            )
        i += 1


def _stretches(decomposition: Decomposition) -> Iterator[tuple[int, int, str]]:
    for item in decomposition.items:
        yield from _of_item(item)
    for framework in decomposition.frameworks:
        yield from ((m.start, m.end, "framework") for m in framework.members)
        variants = (span for pair in framework.variants for span in pair)
        yield from ((span.start, span.end, "framework") for span in (*framework.mentions, *variants))
    for responsibility in decomposition.responsibilities:
        yield responsibility.start, responsibility.end, "responsibility"
    for date in decomposition.facts.dates:
        if date.evidence:
            yield date.evidence.start, date.evidence.end, "fact"
    told = decomposition.facts
    for fact in (told.title, told.number, told.authority, told.transmitter, told.publisher):
        span = find(decomposition, fact)
        if span:
            yield *span, "fact"
    for doubt in all_doubts(decomposition):
        yield doubt.start, doubt.end, "doubt" if doubt.end - doubt.start <= _LONG else "long"
    yield from ((span.start, span.end, "generated") for span in decomposition.source.generated)
    yield from ((span.start, span.end, "furniture") for span in decomposition.source.furniture)


def _of_item(item: Item) -> Iterator[tuple[int, int, str]]:
    yield from ((d.start, d.end, "deadline") for d in item.deadlines)
    yield from ((t.start, t.end, "target") for t in item.targets)
    yield from ((u.start, u.end, "unit") for u in item.units)
    if item.speaker:
        yield item.speaker.start, item.speaker.end, "unit"
    if item.lead:
        yield item.lead.start, item.lead.end, "lead"
    yield from ((m.start, m.end, "measure") for m in (*item.measures, *item.mechanisms))


def find(decomposition: Decomposition, fact: str | None) -> tuple[int, int] | None:
    """Where a fact of the document first stands in its text, word for word."""
    start = decomposition.source.text.find(fact) if fact else -1
    return (start, start + len(fact)) if fact and start >= 0 else None
