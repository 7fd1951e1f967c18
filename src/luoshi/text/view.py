"""The reading view: the text as a reader sees it, with the way back to the canonical offsets.

Lines that a page broke are joined, page numbers and running heads are gone, widths are folded one to one (，→, （→( １→1),
so that rules are written once. Rules see the view; results carry canonical spans.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from luoshi.text.source import SourceText
from luoshi.text.span import Span

_FOLDS = dict(zip("，；：（）？！％．﹙﹚－～＂＋［］︰﹐\u3000\u00a0\u2002\u2003", ",;:()?!%.()-~\"+[]:,    ", strict=True))
_FOLDS |= {chr(0xFF10 + i): str(i) for i in range(10)}
_FOLDS |= {chr(0xFF21 + i): chr(65 + i) for i in range(26)} | {chr(0xFF41 + i): chr(97 + i) for i in range(26)}

_PAGE_NUMBER = re.compile(r"[ \t\u3000]*(?:[-—–－]{1,2} ?\d{1,4} ?[-—–－]{1,2}|第 ?\d{1,4} ?页(?:[,，/ ]?共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4})[ \t\u3000]*")
_BARE_NUMBER = re.compile(r"[ \t\u3000]*\d{1,4}[ \t\u3000]*")
_ENDS = frozenset("。？！?!：:；;…”’」』）)》>")
_HEAD_NUMBER = re.compile(
    r"[ \t\u3000]*(?:[一二三四五六七八九十百]{1,4}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|[（(]?\d{1,3}[)）、．]|\d{1,3}\.(?!\d)|第[一二三四五六七八九十]{1,3}[章节条部篇,，、]|附件|附：|——)"
)


def fold(text: str) -> str:
    """``text`` with full-width punctuation, digits and letters made narrow; every character stays where it is."""
    for wide, narrow in _FOLDS.items():
        if wide in text:
            text = text.replace(wide, narrow)
    return text


@dataclass(frozen=True, slots=True)
class ReadingView:
    """``text`` is what rules read; ``span`` and ``offset`` lead back into the canonical text."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def offset(self, position: int) -> int:
        """Canonical offset of the character at ``position`` of the view."""
        i = bisect_right(self.starts, position) - 1
        return self.sources[i] + position - self.starts[i]

    def span(self, start: int, end: int) -> Span:
        """Canonical span of ``[start, end)`` of the view; dropped line breaks inside it belong to it."""
        if start >= end:
            at = self.offset(start)
            return Span(at, at)
        return Span(self.offset(start), self.offset(end - 1) + 1)

    def position(self, offset: int) -> int:
        """Position in the view of a canonical offset; a dropped character maps to what follows it."""
        i = bisect_right(self.sources, offset) - 1
        if i < 0:
            return 0
        end = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        return min(self.starts[i] + offset - self.sources[i], end)


def reading_view(source: SourceText) -> ReadingView:
    """The view of ``source``: furniture dropped, broken lines joined, widths folded.

    ``source.wrapped`` decides whether newlines are lines of a page; where it is None, the lengths of the lines do.
    """
    text = source.text
    drops = sorted(_chrome(source) + _soft_breaks(source), key=lambda span: span.start)
    kept: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    at = length = 0
    for drop in [*drops, Span(len(text), len(text))]:
        if drop.start > at:
            kept.append(text[at : drop.start])
            starts.append(length)
            sources.append(at)
            length += drop.start - at
        at = max(at, drop.end)
    if not starts:
        starts, sources = [0], [0]
    return ReadingView(fold("".join(kept)), tuple(starts), tuple(sources))


def _lines(text: str) -> list[Span]:
    """Every line of ``text`` without its newline."""
    lines: list[Span] = []
    at = 0
    for line in text.split("\n"):
        lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    return lines


def _chrome(source: SourceText) -> list[Span]:
    """Furniture known from the layout, page numbers on a line of their own, lines that head many pages; each with its newline."""
    text = source.text
    known = list(source.furniture)
    lines = _lines(text)
    page_lines = [line for line in lines if line.start < line.end <= line.start + 24 and _PAGE_NUMBER.fullmatch(line.of(text))]
    bare = [line for line in lines if line.start < line.end <= line.start + 8 and _BARE_NUMBER.fullmatch(line.of(text))]
    numbers = [int(line.of(text).strip()) for line in bare]
    if len(numbers) >= 3 and all(0 < b - a <= 2 for a, b in zip(numbers, numbers[1:], strict=False)) and _is_wrapped(source, lines):
        page_lines += bare
    if len(page_lines) >= 2:
        known += page_lines
        known += _running_heads(text, lines, {line.start for line in page_lines})
    return [Span(s.start, min(len(text), s.end + 1)) if text[s.end : s.end + 1] == "\n" else s for s in known if s.start < s.end]


def _running_heads(text: str, lines: list[Span], pages: set[int]) -> list[Span]:
    """Lines next to page numbers that say the same thing on three pages or more."""
    beside: list[Span] = []
    full = [line for line in lines if line.start < line.end]
    for i, line in enumerate(full):
        if line.start in pages:
            beside += full[max(0, i - 1) : i] + full[i + 1 : i + 2]
    counts = Counter(line.of(text).strip() for line in beside)
    return [line for line in beside if counts[line.of(text).strip()] >= 3 and len(line) < 40]


def _width(line: str) -> float:
    """Width of a line in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in line)


def _measure(source: SourceText, lines: list[Span]) -> float | None:
    """The width at which the page broke its lines, or None where newlines are paragraphs."""
    text = source.text
    tables = source.tables
    full = [line for line in lines if line.start < line.end and "\t" not in line.of(text)]
    if source.wrapped is False or tables or len(full) < 6:
        return None
    # Lines of a page crowd at one width; paragraphs do not.
    widths = sorted(_width(line.of(text).rstrip()) for line in full if len(line) <= 120)
    if len(widths) < max(6, len(full) * (0.6 if source.wrapped else 0.85)):
        return None
    limit = widths[int(len(widths) * 0.9)]
    if limit < 12 or limit > 100:
        return None
    near = [line for line in full if limit - 3 <= _width(line.of(text).rstrip()) <= limit + 3]
    open_ended = sum(1 for line in near if text[line.start : line.end].rstrip()[-1:] not in _ENDS)
    crowded = len(near) >= len(full) * (0.25 if source.wrapped else 0.35) and open_ended >= len(near) * 0.5
    return limit if crowded else None


def _is_wrapped(source: SourceText, lines: list[Span]) -> bool:
    return bool(source.wrapped) or _measure(source, lines) is not None


def _soft_breaks(source: SourceText) -> list[Span]:
    """Newlines, with the indent after them, that a page made and no paragraph."""
    text = source.text
    lines = _lines(text)
    limit = _measure(source, lines)
    if limit is None:
        return []
    furniture = {span.start for span in _chrome(source)}
    shown = [line for line in lines if line.start not in furniture]
    indented = _indents_paragraphs(text, shown)
    breaks: list[Span] = []
    for line, following in zip(shown, shown[1:], strict=False):
        if line.start == line.end or following.start == following.end:
            continue
        here, there = line.of(text), following.of(text)
        if _continues(here, there, limit, indented):
            lead = len(there) - len(there.lstrip(" \t\u3000"))
            # Page numbers between the two lines are dropped by _chrome; this drops the break itself.
            breaks.append(Span(line.end - (len(here) - len(here.rstrip(" \t\u3000"))), line.end + 1))
            if lead:
                breaks.append(Span(following.start, following.start + lead))
    return breaks


def _indents_paragraphs(text: str, lines: list[Span]) -> bool:
    """True where the text marks its paragraphs by an indent of two characters."""
    full = [line.of(text) for line in lines if line.start < line.end]
    indented = sum(1 for line in full if line.startswith(("\u3000\u3000", "  ")))
    return 0.08 * len(full) <= indented <= 0.8 * len(full)


def _continues(here: str, there: str, limit: float, indented: bool) -> bool:
    """True where the line ``there`` goes on with the sentence or the paragraph of ``here``."""
    end = here.rstrip(" \t\u3000")
    if _width(end) < limit - 3.5:
        return False
    if indented and there.startswith(("\u3000\u3000", "  ")):
        return False
    if _HEAD_NUMBER.match(there) and end[-1:] in "。！？；：;:":
        return False
    return True

