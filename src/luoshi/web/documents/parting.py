"""A long document is reviewed in parts: runs of sections with about fifty items each. Pure."""

from collections.abc import Sequence
from typing import Any, NamedTuple

ITEMS = 50
MOST = 90


class Part(NamedTuple):
    """``text[start:end]`` and the heading at its start."""

    start: int
    end: int
    title: str


def parts_of(length: int, sections: Sequence[dict[str, Any]], starts: Sequence[int]) -> list[Part]:
    """The parts of a text of ``length`` characters with items at ``starts``; one where there are few. Cuts are at headings, else at items."""
    starts = sorted(starts)
    if len(starts) <= MOST:
        return [Part(0, length, "")]
    titles = {one["start"]: f"{one['number'] or ''}{one['title']}" for one in sections}
    cuts = [0]
    behind = 0
    for n, start in enumerate(starts):
        opening = next((at for at in sorted(titles, reverse=True) if starts[n - 1] < at <= start), None) if n else None
        count = n - behind
        if count >= ITEMS and (opening is not None or count >= MOST):
            cuts.append(opening if opening is not None else start)
            behind = n
    ends = [*cuts[1:], length]
    return [Part(a, b, _title(titles, a, b)) for a, b in zip(cuts, ends, strict=True)]


def _title(titles: dict[int, str], start: int, end: int) -> str:
    within = [at for at in titles if start <= at < end]
    return titles[min(within)] if within else ""


def part_at(parts: Sequence[Part], offset: int) -> int:
    """The number of the part in which an offset lies."""
    return next((n for n, part in enumerate(parts) if part.start <= offset < part.end), 0)
