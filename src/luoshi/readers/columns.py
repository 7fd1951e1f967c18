"""Two columns on a page, read one after the other; only where they are plain, else the page is read straight down."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from luoshi.readers.glyphs import Row

LEAST_ROWS = 8
# A page a thousand characters wide is none that a person reads.
MOST_STEPS = 4000


def reading_order(rows: Sequence[Row], chrome: set[Row], em: float) -> list[Row]:
    """The rows of a page, column by column where there clearly are two."""
    body = [row for row in rows if row not in chrome]
    gutter = _gutter(body, em)
    if gutter is None:
        return list(rows)
    first = min(row.y for row in body)
    ordered = [row for row in rows if row in chrome and row.y < first]
    left: list[Row] = []
    right: list[Row] = []
    for row in body:
        sides = _split(row, gutter)
        if sides is None:
            ordered += [*left, *right, row]
            left, right = [], []
        else:
            left += sides[:1] if sides[0].glyphs else []
            right += sides[1:] if sides[1].glyphs else []
    return [*ordered, *left, *right, *(row for row in rows if row in chrome and row.y >= first)]


def _gutter(rows: Sequence[Row], em: float) -> float | None:
    """Where the white band between two columns of running text is, None unless it is plain."""
    if len(rows) < LEAST_ROWS:
        return None
    start, end = min(row.x for row in rows), max(row.right for row in rows)
    step = em / 4
    if end - start > MOST_STEPS * step:
        return None
    covered: Counter[int] = Counter()
    for row in rows:
        covered.update({b for g in row.glyphs for b in range(int((g.x - start) / step), int((g.right - start) / step) + 1)})
    low, high = int(0.3 * (end - start) / step), int(0.7 * (end - start) / step)
    band: list[int] = []
    best: list[int] = []
    for at in range(low, high + 1):
        band = [*band, at] if covered[at] <= 0.2 * len(rows) else []
        best = max(best, band, key=len)
    if len(best) < 4:
        return None
    middle = start + (best[0] + len(best) / 2) * step
    parts = [sides for row in rows if (sides := _split(row, middle)) is not None]
    columns = [[side for sides in parts if (side := sides[i]).glyphs] for i in (0, 1)]
    widths = (middle - start - em, end - middle - em)
    clear = all(
        len(column) >= LEAST_ROWS and median(row.right - row.x for row in column) >= 0.75 * width
        for column, width in zip(columns, widths, strict=True)
    )
    return middle if clear else None


def _split(row: Row, gutter: float) -> tuple[Row, Row] | None:
    """The parts of ``row`` on both sides of the gutter, None where it runs across."""
    if any(g.x < gutter < g.right for g in row.glyphs) or any(
        a.right <= gutter <= b.x and b.x - a.right < 0.8 * row.size for a, b in pairwise(row.glyphs)
    ):
        return None
    left = Row(row.page, [g for g in row.glyphs if g.x < gutter], row.y, row.size, frame=1)
    right = Row(row.page, [g for g in row.glyphs if g.x >= gutter], row.y, row.size, frame=2)
    for part in (left, right):
        while part.glyphs and part.glyphs[-1].text.isspace():
            part.glyphs.pop()
        while part.glyphs and part.glyphs[0].text.isspace():
            part.glyphs.pop(0)
    return left, right
