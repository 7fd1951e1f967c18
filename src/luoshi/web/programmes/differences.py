"""What changed between two versions of a scheme: paragraphs are matched first, then characters within them. No Django.

Plain wording, not meaning: what a change amounts to is for the reader. The work is bounded: paragraphs too long to compare character by
character are shown whole, the old and then the new.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, OLD, NEW = "same", "old", "new"
_MOST = 2_000_000  # product of the lengths of two paragraphs that are compared character by character
_BUDGET = 12_000_000  # of all of them together
_ALIKE = 0.4  # below this two paragraphs are an old and a new one, not one that was reworded
_ISLAND = 1  # characters that stay between two changes and say nothing alone


class Run(NamedTuple):
    """Characters that stayed, went or came: ``same``, ``old``, ``new``."""

    kind: str
    text: str


class Paragraph(NamedTuple):
    """One paragraph of the comparison: ``same``, ``changed`` (runs of all kinds), ``gone`` or ``added``."""

    kind: str
    runs: tuple[Run, ...]


class Comparison(NamedTuple):
    """Every paragraph of both texts in reading order, and how many are of each kind."""

    paragraphs: tuple[Paragraph, ...]

    def count(self, kind: str) -> int:
        """How many paragraphs are of a kind."""
        return sum(one.kind == kind for one in self.paragraphs)


def compare(old: str, new: str) -> Comparison:
    """The way from ``old`` to ``new``. White space at the edges of paragraphs and empty lines do not count."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Paragraph] = []
    budget = _BUDGET
    for op, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if op == "equal":
            found.extend(Paragraph("same", (Run(SAME, text),)) for text in after[j1:j2])
            continue
        stretch = list(_reworded(before[i1:i2], after[j1:j2], budget))
        budget -= sum(cost for _paragraph, cost in stretch)
        if not any(paragraph.kind == "changed" for paragraph, _cost in stretch):
            stretch.sort(key=lambda one: one[0].kind == "added")  # what went, then what came in its place
        found.extend(paragraph for paragraph, _cost in stretch)
    return Comparison(tuple(found))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _reworded(before: list[str], after: list[str], budget: int) -> Iterator[tuple[Paragraph, int]]:
    """Paragraphs of a changed stretch, each new one with the next old one that it resembles; and what comparing cost."""
    at = 0
    for text in after:
        cost = 0
        for n in range(at, min(len(before), at + 3)):
            size = len(before[n]) * len(text)
            if size > _MOST or cost + size > budget:
                continue
            cost += size
            runs = _runs(before[n], text)
            if _likeness(runs) >= _ALIKE:
                for one in before[at:n]:
                    yield Paragraph("gone", (Run(OLD, one),)), 0
                at = n + 1
                yield Paragraph("changed", runs), cost
                break
        else:
            yield Paragraph("added", (Run(NEW, text),)), cost
        budget -= cost
    for one in before[at:]:
        yield Paragraph("gone", (Run(OLD, one),)), 0


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|.", re.DOTALL)


def _runs(old: str, new: str) -> tuple[Run, ...]:
    """Characters of two paragraphs; a number and a Latin word are one piece, lone characters between two changes count as changed."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    steps = [(op == "equal", a[i1:i2], b[j1:j2]) for op, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()]
    found: list[tuple[bool, list[str], list[str]]] = []
    for n, (same, left, right) in enumerate(steps):
        drowns = same and 0 < n < len(steps) - 1 and len(left) <= _ISLAND
        if found and not found[-1][0] and (drowns or not same):
            found[-1] = (False, found[-1][1] + left, found[-1][2] + right)
        else:
            found.append((same, left, right))
    runs: list[Run] = []
    for same, left, right in found:
        runs.extend([Run(SAME, "".join(right))] if same else [Run(OLD, "".join(left)), Run(NEW, "".join(right))])
    return tuple(run for run in runs if run.text)


def _likeness(runs: tuple[Run, ...]) -> float:
    """The share of what stayed in the longer of both sides."""
    size = {kind: sum(len(run.text) for run in runs if run.kind == kind) for kind in (SAME, OLD, NEW)}
    return size[SAME] / max(1, size[SAME] + max(size[OLD], size[NEW]))
