"""Which sentences nobody has disposed of yet. Pure: spans and states in, numbers of sentences out.

A sentence of disposition *requirement*, *pledge* or *unread* waits until every item over it is decided (accepted, rejected, kept as basis), or a
note puts it in its place. Sentences of the other dispositions do not wait, but a person may still make an item of one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

WAITING = frozenset({"requirement", "pledge", "unread"})

Spans = Iterable[tuple[int, int]]


def covered(sentences: Sequence[dict[str, Any]], spans: Spans) -> set[int]:
    """Numbers of the sentences that one of ``spans`` touches; sentences stand in the order of the text and do not overlap."""
    starts = [one["start"] for one in sentences]
    found: set[int] = set()
    for start, end in spans:
        n = max(0, bisect_right(starts, start) - 1)
        while n < len(sentences) and starts[n] < end:
            if sentences[n]["end"] > start:
                found.add(n)
            n += 1
    return found


def undisposed(sentences: Sequence[dict[str, Any]], *, decided: Spans, pending: Spans, noted: Spans) -> list[int]:
    """Numbers of the sentences that wait, in the order of the text."""
    waiting = {n for n, one in enumerate(sentences) if one["disposition"] in WAITING}
    settled = covered(sentences, decided) - covered(sentences, pending)
    placed = set(noted)
    return sorted(n for n in waiting - settled if (sentences[n]["start"], sentences[n]["end"]) not in placed)
