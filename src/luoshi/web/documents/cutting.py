"""Where an item can be cut, and the parts that cuts make. Pure: offsets into the text, no new words."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

_STOP = re.compile("[；;。]")
_EDGE = " \t\n　，,；;、"


class Cut(NamedTuple):
    """A place where a part can begin, with the words from there to the next."""

    start: int
    text: str


def cuts_of(text: str, start: int, end: int, measures: Iterable[dict[str, Any]]) -> list[Cut]:
    """Beginnings of clauses of action, and what follows a semicolon or a full stop; the first is the start itself."""
    found = {one["start"] for one in measures if "start" in one and start <= one["start"] < end}
    found |= {start + stop.end() for stop in _STOP.finditer(text[start:end]) if text[start + stop.end() : end].strip()}
    starts = sorted({start, *found})
    return [Cut(a, text[a:b].strip()) for a, b in zip(starts, [*starts[1:], end], strict=True) if text[a:b].strip(_EDGE)]


def spans_from(text: str, end: int, starts: Sequence[int]) -> list[tuple[int, int]]:
    """Parts that begin at ``starts`` and reach to the next or to ``end``, without the blanks and commas at their edges."""
    ordered = sorted(set(starts))
    return [span for a, b in zip(ordered, [*ordered[1:], end], strict=True) if (span := _trimmed(text, a, b)) is not None]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return (start, end) if start < end else None
