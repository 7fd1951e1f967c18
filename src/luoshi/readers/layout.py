"""From rows on pages to a text in reading order: columns, margins, indents, paragraphs.

Each row becomes a line of the canonical text, so that nothing is lost; the rows of one paragraph share a block ``p:n``, and
page numbers and running heads are named as furniture. Used by pdf and ofd, which only supply glyphs.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from luoshi.readers.columns import reading_order
from luoshi.readers.furniture import furniture
from luoshi.readers.glyphs import Page, Row, body_size, is_wide, rows_of, spell
from luoshi.text import Origin, Span

INDENT = "\u3000\u3000"
INDENT_FROM, INDENT_TO = 1.3, 2.7

_OPENING = frozenset("“‘《〈（〔［｛【「『([{")
_CLOSING = frozenset("”’》〉）〕］｝】」』)]}，。、；：！？,.;:!?…—%％")
_QUOTES = frozenset("“‘")
_TERMINAL = frozenset("。！？；：!?;:")
_LATIN = re.compile(r"[A-Za-z,;]{2}")
_CLOSERS = "”’」』)）"
_HEAD = re.compile(
    r"\s*(?:[一二三四五六七八九十百]{1,4}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[)）、．]|\d{1,3}\.(?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条部篇]|附件|——|[①-⑳])"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the pages say: text, one origin per line, furniture, and where each page begins."""

    text: str
    origins: tuple[Origin, ...]
    furniture: tuple[Span, ...]
    page_starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Left and right edge of the type area or of one of its columns."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the document is set: its frames, which rows are indented, whether that marks paragraphs, and the usual step between lines."""

    frames: dict[tuple[int, int], _Frame]
    indents: set[Row]
    indenting: bool
    pitch: float


def lay_out(pages: Sequence[Page]) -> Layout:
    """The text of ``pages`` in reading order."""
    em = body_size(pages)
    rows = [rows_of(page.number, page.glyphs) for page in pages]
    for page_rows in rows:
        spell(page_rows)
    chrome = furniture(rows, em)
    ordered = [reading_order(page_rows, chrome, em) for page_rows in rows]
    for page_rows in ordered:
        spell(page_rows)
    return _write(pages, ordered, chrome, _setting(pages, ordered, chrome, em))


def _setting(pages: Sequence[Page], ordered: Sequence[Sequence[Row]], chrome: set[Row], em: float) -> _Setting:
    frames = _frames(pages, ordered, chrome, em)
    body = [row for rows in ordered for row in rows if row not in chrome]
    indents = {row for row in body if _is_indented(row, frames[row.page, row.frame], em)}
    steps = [b.y - a.y for a, b in pairwise(body) if a.page == b.page and b.y > a.y]
    return _Setting(frames, indents, len(indents) >= max(2, 0.05 * len(body)), median(steps) if steps else 2 * em)


def _frames(pages: Sequence[Page], ordered: Sequence[Sequence[Row]], chrome: set[Row], em: float) -> dict[tuple[int, int], _Frame]:
    """The frame of every page and column; pages of one width and parity agree on theirs, else their outermost rows tell."""
    own: dict[tuple[int, int], tuple[float | None, float | None]] = {}
    votes: dict[tuple[int, int, int], list[tuple[float | None, float | None]]] = defaultdict(list)
    alike: dict[tuple[int, int], tuple[int, int, int]] = {}
    widest: dict[int, _Frame] = {}
    for page, rows in zip(pages, ordered, strict=True):
        body = [row for row in rows if row not in chrome]
        if body:
            # Where a page has one row only, nobody knows whether it is full; it counts as not.
            most = max(row.right for row in body) if len(body) > 1 else math.inf
            widest[page.number] = _Frame(min(row.x for row in body), most)
        for frame in {row.frame for row in body}:
            members = [row for row in body if row.frame == frame]
            key = (page.number, frame)
            rightmost = _edge([-row.right for row in members], em)
            own[key] = (_edge([row.x for row in members], em), None if rightmost is None else -rightmost)
            alike[key] = (round(page.width / em), frame, page.number % 2 if len(pages) > 3 else 0)
            votes[alike[key]].append(own[key])
    agreed = {key: (_agreed([v[0] for v in found], em), _agreed([v[1] for v in found], em)) for key, found in votes.items()}
    frames: dict[tuple[int, int], _Frame] = {}
    for key, (left, right) in own.items():
        lefts = (agreed[alike[key]][0], left, widest[key[0]].left)
        rights = (agreed[alike[key]][1], right, widest[key[0]].right)
        frames[key] = _Frame(*(next(value for value in values if value is not None) for values in (lefts, rights)))
    return frames


def _edge(values: list[float], em: float) -> float | None:
    """The least value that a fair part of ``values`` shares."""
    ordered = sorted(values)
    need = max(2, round(0.08 * len(ordered)))
    for i, value in enumerate(ordered[: len(ordered) - need + 1]):
        if ordered[i + need - 1] - value <= 0.5 * em:
            return value
    return None


def _agreed(values: list[float | None], em: float) -> float | None:
    """The value that half of the pages share, or None."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    bins = Counter(round(value / em * 2) for value in known)
    near, count = bins.most_common(1)[0]
    members = [value for value in known if abs(round(value / em * 2) - near) <= 1]
    return median(members) if count * 2 >= len(known) else None


def _write(pages: Sequence[Page], ordered: Sequence[Sequence[Row]], chrome: set[Row], setting: _Setting) -> Layout:
    """Lines and origins in their order; furniture stands behind the last page, so that no sentence is broken by a page number."""
    lines_of, paragraph_of = _paragraphs([row for rows in ordered for row in rows if row not in chrome], setting)
    lines: list[str] = []
    origins: list[Origin] = []
    spans: list[Span] = []
    starts: dict[int, int] = {}
    at = 0
    for page, rows in zip(pages, ordered, strict=True):
        starts[page.number] = at
        for row in rows:
            if row not in chrome:
                line = lines_of[row]
                origins.append(Origin(at, at + len(line), page.number, f"p:{paragraph_of[row]}"))
                lines.append(line)
                at += len(line) + 1
    for page, rows in zip(pages, ordered, strict=True):
        for line in [*(row.text for row in rows if row in chrome), *page.aside]:
            spans.append(Span(at, at + len(line)))
            origins.append(Origin(at, at + len(line), page.number, f"furniture:{len(spans)}"))
            lines.append(line)
            at += len(line) + 1
    text = "\n".join(lines)
    # Empty pages at the end begin where the text ends.
    return Layout(text, tuple(origins), tuple(spans), {number: min(start, len(text)) for number, start in starts.items()})


def _paragraphs(body: Sequence[Row], setting: _Setting) -> tuple[dict[Row, str], dict[Row, int]]:
    """The line of each row, indented where a paragraph begins so, and the number of its paragraph."""
    lines: dict[Row, str] = {}
    paragraph_of: dict[Row, int] = {}
    last: Row | None = None
    for number, row in enumerate(body, 1):
        if last is not None and _continues(last, row, setting):
            paragraph_of[row] = paragraph_of[last]
            lines[row] = row.text
            if _LATIN.fullmatch(last.text[-1:] + row.text[:1]):
                lines[last] += " "
        else:
            paragraph_of[row] = number
            lines[row] = (INDENT if row in setting.indents else "") + row.text
        last = row
    order = {number: i for i, number in enumerate(dict.fromkeys(paragraph_of.values()), 1)}
    return lines, {row: order[number] for row, number in paragraph_of.items()}


def _is_indented(row: Row, frame: _Frame, em: float) -> bool:
    """True where the row starts two characters right of the margin, and not because it is centred."""
    size = row.size if row.size < 1.15 * em else em
    if not INDENT_FROM <= (row.x - frame.left) / size <= INDENT_TO:
        return False
    return row.size < 1.15 * em or abs((frame.right - row.right) - (row.x - frame.left)) > 0.5 * em


def _continues(a: Row, b: Row, setting: _Setting) -> bool:
    """True where row ``b`` goes on with the paragraph of ``a``: there was no room left, and ``b`` does not begin anew."""
    above, below = setting.frames[a.page, a.frame], setting.frames[b.page, b.frame]
    if (setting.indenting and b in setting.indents) or "\t" in a.text or "\t" in b.text:
        return False
    step = (b.y - a.y) / setting.pitch if a.page == b.page and b.y > a.y else 1.0
    if abs(a.size - b.size) > 0.15 * max(a.size, b.size) or step > 1.6 or (step > 1.15 and not setting.indenting):
        return False
    ended = a.text.rstrip(_CLOSERS)[-1:] in _TERMINAL
    # A line that ends inside a sentence may have been broken early by a rule of typesetting that is not known here.
    slack = 0.3 if ended else 2.0
    if a.right + _first_word(b) <= above.right - slack * a.size:
        return False
    offset, before = (b.x - below.left) / b.size, (a.x - above.left) / a.size
    heads = _HEAD.match(b.text) is not None
    if offset < INDENT_FROM:
        return setting.indenting or not (heads and (ended or a.text[-1:] in _CLOSERS))
    return not heads and not ended and (before < INDENT_TO or abs(before - offset) < 0.3)


def _first_word(row: Row) -> float:
    """Width of what could not be parted at the start of ``row``: a Latin word, or a character with the marks that cling to it."""
    glyphs = row.glyphs
    last = 0
    for i, glyph in enumerate(glyphs[:40]):
        last = i
        following = glyphs[i + 1].text if i + 1 < len(glyphs) else " "
        loose = glyph.text not in _OPENING and following not in _CLOSING and following not in _QUOTES
        word = not is_wide(glyph.text) and not is_wide(following)
        if following.isspace() or (loose and not word):
            break
    return glyphs[last].right - row.x
