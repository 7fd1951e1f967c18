"""Glyphs on a page, and the rows that they form: where pdf and ofd meet.

Only positions count here, never the order in which the file draws: quotation marks come from another font, and with it
from another place of the stream. What rows mean for paragraphs is the business of ``layout``.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

# Code points of fonts that draw a whole ideograph but name it as a radical; NFKC knows the Kangxi ones, these it does not.
_RADICALS = dict(
    zip(
        "⺁⺇⺌⺍⺒⺓⺛⺜⺝⺟⺠⺧⺩⺪⺬⺮⺶⺼⺽⻁⻃⻄⻅⻆⻉⻊⻋⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几小小巳幺旡日月母民牛王疋示竹羊肉臼虎西西见角贝足车長镸长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as drawn: ``x`` its left edge, ``y`` its baseline measured downwards, ``width`` its advance, ``size`` its em."""

    text: str
    x: float
    y: float
    width: float
    size: float

    @property
    def right(self) -> float:
        """Where the next glyph would begin."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Page:
    """The glyphs of one page; ``aside`` holds slanted text, a watermark, which is no part of what is read."""

    number: int
    width: float
    glyphs: Sequence[Glyph]
    aside: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Row:
    """Glyphs on one baseline from left to right, blanks at both ends gone."""

    page: int
    glyphs: list[Glyph]
    y: float
    size: float
    text: str = ""
    frame: int = 0
    aligned: set[float] = field(default_factory=set)

    @property
    def x(self) -> float:
        """Left edge of the first glyph."""
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        """Right edge of the last glyph."""
        return self.glyphs[-1].right


def unify(char: str) -> str:
    """The ideograph for a radical or a compatibility code point; any other character as it is, always one for one."""
    if char in _RADICALS:
        return _RADICALS[char]
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        unified = unicodedata.normalize("NFKC", char)
        return unified if len(unified) == 1 else char
    return char


def is_wide(char: str) -> bool:
    """True for a character as wide as its em."""
    return unicodedata.east_asian_width(char) in "WFA"


def body_size(pages: Iterable[Page]) -> float:
    """The em in which most wide characters stand, or most characters where none is wide."""
    wide: Counter[float] = Counter()
    every: Counter[float] = Counter()
    for page in pages:
        for glyph in page.glyphs:
            size = round(glyph.size, 1)
            every[size] += 1
            if is_wide(glyph.text):
                wide[size] += 1
    best = (wide or every).most_common(1)
    return max(best[0][0], 0.1) if best else 1.0


def rows_of(page: int, glyphs: Iterable[Glyph]) -> list[Row]:
    """The rows of a page from top to bottom; a raised or lowered glyph stays in the row of its neighbours."""
    lines: list[list[Glyph]] = []
    baseline = size = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x)):
        if lines and glyph.y - baseline <= 0.4 * min(size, 2 * glyph.size):
            lines[-1].append(glyph)
            if glyph.size > size:
                baseline, size = glyph.y, glyph.size
        else:
            lines.append([glyph])
            baseline, size = glyph.y, glyph.size
    return [row for line in lines if (row := _row(page, line)) is not None]


def _row(page: int, glyphs: list[Glyph]) -> Row | None:
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.x):
        # The same character twice, a hair apart: how some programs make a bold face.
        if line and glyph.text == line[-1].text and glyph.x - line[-1].x < 0.3 * glyph.width and not glyph.text.isspace():
            continue
        line.append(glyph)
    while line and line[-1].text.isspace():
        line.pop()
    while line and line[0].text.isspace():
        line.pop(0)
    if not line:
        return None
    size = Counter(round(g.size, 2) for g in line).most_common(1)[0][0]
    return Row(page, line, median(g.y for g in line), max(size, 0.1))


def spell(rows: Sequence[Row]) -> None:
    """Set ``text`` of the rows of one page: gaps become blanks, and a tab where they stand one below the other in three rows."""
    starts: Counter[float] = Counter()
    for row in rows:
        row.aligned = {round(b.x / row.size) for a, b in pairwise(row.glyphs) if _gap(a, b, row.size) >= 1.5}
        starts.update(row.aligned)
    for row in rows:
        usual = max(0.0, median([_gap(a, b, row.size) for a, b in pairwise(row.glyphs)] or [0.0]))
        parts = [row.glyphs[0].text]
        for a, b in pairwise(row.glyphs):
            gap = _gap(a, b, row.size)
            at = round(b.x / row.size)
            columnar = gap >= 1.5 and max(starts[at - 1], starts[at], starts[at + 1]) >= 3
            parts.append("\t" if columnar else _blank(a, b, gap, usual))
            parts.append(b.text)
        row.text = "".join(parts)


def _gap(a: Glyph, b: Glyph, size: float) -> float:
    """White space between two neighbours in em; none where the file itself has a blank."""
    return 0.0 if a.text.isspace() or b.text.isspace() else (b.x - a.right) / size


def _blank(a: Glyph, b: Glyph, gap: float, usual: float) -> str:
    """The blank that a reader sees between two neighbours: between words of Latin script a narrow one."""
    if a.text.isascii() and b.text.isascii():
        return " " if gap > 0.15 + min(usual, 0.1) else ""
    if gap >= 1.0 + 2 * usual:
        return "\u3000"
    # Beside marks and Latin script a small gap is the typesetter's, between two ideographs it was a space.
    return " " if gap >= 0.22 + usual and _is_ideograph(a.text) and _is_ideograph(b.text) else ""


def _is_ideograph(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
