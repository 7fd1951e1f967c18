"""Running heads, running feet and page numbers, told by their place: the same words at the same height on many pages.

A number counts as the same word where it grows with the pages. Nothing is removed here; rows are only named.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

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
    found: set[Row] = set()
    for index, rows in enumerate(pages):
        for row in dict.fromkeys([*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]]):
            if len(row.text) <= LONGEST and "\t" not in row.text:
                groups[_NUMBER.sub("#", "".join(row.text.split()))].append((index, row))
        found.update(row for row in (*rows[:1], *rows[-1:]) if _NUMBERED.fullmatch(row.text))
    for members in groups.values():
        for level in _levels(members, em):
            if _runs(level, len(pages)):
                found.update(row for _index, row in level)
    return found


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
