"""Running heads, running feet and page numbers, told by their place: the same words at the same height on many pages, off the text.

A number counts as the same word where it grows with the pages. Nothing is removed here; rows are only named.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from luoshi.readers.glyphs import Row

EDGE_ROWS = 3
LONGEST = 60
SHARE = 0.4

_DASH = "-‐‑‒–—―−─－·•~～"
_NUMBERED = re.compile(
    rf"[{_DASH}\s]*[{_DASH}]\s*\d{{1,4}}\s*[{_DASH}][{_DASH}\s]*"
    r"|第\s*\d{1,4}\s*页(?:[\s,，、/()（]*[共总]\s*\d{1,4}\s*页[)）]?)?"
)
_NUMBER = re.compile(r"\d{1,9}")


def furniture(pages: Sequence[Sequence[Row]], em: float) -> set[Row]:
    """The rows of ``pages`` (top to bottom) that belong to the page and not to the text; ``em`` is the body size."""
    groups: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    sure: set[Row] = set()
    alike: set[Row] = set()
    for index, rows in enumerate(pages):
        for row in dict.fromkeys([*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]]):
            if len(row.text) <= LONGEST and "\t" not in row.text:
                groups[_NUMBER.sub("#", "".join(row.text.split()))].append((index, row))
        sure.update(row for row in (*rows[:1], *rows[-1:]) if _NUMBERED.fullmatch(row.text))
    for form, members in groups.items():
        for level in _levels(members, em):
            if _runs(level, len(pages)):
                counts = "#" in form and len({row.text for _index, row in level}) > 1
                (sure if counts else alike).update(row for _index, row in level)
    steps = [b.y - a.y for rows in pages for a, b in pairwise(rows)]
    step = median(steps) if steps else 2 * em
    return sure.union(*(_outermost(order, sure, alike, step) for rows in pages for order in (rows, rows[::-1])))


def _outermost(rows: Sequence[Row], sure: set[Row], alike: set[Row], step: float) -> Sequence[Row]:
    """How far furniture reaches from one edge of the page: up to a gap, a change of size, or a page number."""
    reach = 0
    for i, row in enumerate(rows[:EDGE_ROWS]):
        if row not in sure and row not in alike:
            break
        inner = rows[i + 1] if i + 1 < len(rows) else None
        if row in sure or inner is None or abs(inner.y - row.y) > 1.3 * step or abs(inner.size - row.size) > 0.07 * row.size:
            reach = i + 1
    return rows[:reach]


def _levels(members: list[tuple[int, Row]], em: float) -> list[list[tuple[int, Row]]]:
    """``members`` parted by their height on the page."""
    levels: list[list[tuple[int, Row]]] = []
    for member in sorted(members, key=lambda m: m[1].y):
        if levels and member[1].y - levels[-1][-1][1].y <= 0.5 * em:
            levels[-1].append(member)
        else:
            levels.append([member])
    return levels


def _runs(level: list[tuple[int, Row]], pages: int) -> bool:
    """True where the rows are on enough pages, and each of their numbers is fixed or grows with the page."""
    indexes = [index for index, _row in level]
    if len(set(indexes)) < max(2, SHARE * pages):
        return False
    numbers = [[int(n) for n in _NUMBER.findall(row.text)] for _index, row in level]
    for slot in zip(*numbers, strict=True):
        if len(set(slot)) > 1 and len({number - index for number, index in zip(slot, indexes, strict=True)}) > 1:
            return False
    return True
