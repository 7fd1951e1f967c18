"""Lines of a page: which newlines are the page's and no paragraph's, and which lines are page numbers and running heads.

Only shapes are looked at, lengths and punctuation; what the words mean is none of this module's business.
"""

import itertools
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from luoshi.text import labels
from luoshi.text.source import SourceText
from luoshi.text.span import Span

_BLANKS = " \t\u3000\u00a0"
_PAGE_NUMBER = re.compile(r"[ \t\u3000]*(?:[-—–－]{1,2} ?\d{1,4} ?[-—–－]{1,2}|第 ?\d{1,4} ?页(?:[,，/ ]?共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4})[ \t\u3000]*")
_BARE_NUMBER = re.compile(r"[ \t\u3000]*\d{1,4}[ \t\u3000]*")
_INLINE_PAGES = (re.compile(r"第\d{1,4}页共\d{1,4}页"), re.compile(r"—(?<=[^\d—]—) ?\d{1,4} ?—(?=[^\d—])"))
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_INVISIBLE = re.compile(f"[{_UNSEEN}]+")
_ENDS = frozenset("。？！?!：:；;…”’」』）)》>】〕")
_OPENS_MORE = frozenset("，,、《“‘（(；;—和与及的")
_CLOSES_MORE = frozenset("，,、。；;》”’）)：:的")
_HEAD_NUMBER = re.compile(
    r"[ \t\u3000]*(?:[一二三四五六七八九十百]{1,4}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|[（(]?\d{1,3}[)）、．]|\d{1,3}\.(?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[章节条部篇,，、]|附件|附：|——|[●◆■★]|[一二三四五六七八九十]是)"
)
_LONE_MARK = re.compile(r"[一二三四五六七八九十]{1,2}[是要]")
_LABELLED = re.compile(r"[ \t\u3000]*[\u4e00-\u9fff]{2,8} ?[:：]")
_FIELD = re.compile(rf"[ \t\u3000]*(?:{labels.WHO}|{labels.DUE}|{labels.GOAL}|{labels.HOW})[：:]")
"""A line of a card goes on with nothing."""
_TITLE = re.compile(r"(?:通知|意见|方案|办法|规定|报告|通报|要点|计划|决定|批复|函)$")
_LONG, _SHORT = 40, 6
_SYMBOL = re.compile(r"(?<![A-Za-z])(?:(?P<dust>PM)|CO|SO|NO|NH|CH|O|N|M|m|cm|km)\Z")
_OF_DUST, _OF_OTHERS = frozenset({"2.5", "10"}), frozenset("1234x")
"""PM2.5, CO2, M2 whose figure was set low: copied from a page, it stands on a line of its own."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the page added to the text: ``dropped`` in order, to be left out of the reading view."""

    dropped: tuple[Span, ...]


def layout(source: SourceText) -> Layout:
    """Everything in ``source`` that the page put there: furniture, soft breaks, invisible characters."""
    text = source.text
    lines = _lines(text)
    if source.wrapped and source.origins:
        return Layout(tuple(sorted(_as_laid_out(source, lines))))
    limit = _width_of_page(source, lines)
    furniture = _furniture(source, lines, limit is not None)
    drops = [Span(s.start, min(len(text), s.end + 1)) if text[s.end : s.end + 1] == "\n" else s for s in furniture]
    drops += _soft_breaks(text, lines, {s.start for s in furniture}, limit, bool(source.tables))
    drops += _set_low(text, lines) + _invisible(text)
    pages = [Span(*m.span()) for page in _INLINE_PAGES for m in page.finditer(text)]
    if len(pages) >= 2:
        drops += pages
    return Layout(tuple(sorted(drops)))


def _as_laid_out(source: SourceText, lines: list[Span]) -> list[Span]:
    """The same where the reader saw the page: furniture is marked, and lines of one paragraph share the block of their origins."""
    text = source.text
    furniture = {span.start for span in source.furniture}
    blocks = {origin.start: origin.block for origin in source.origins}
    drops = [Span(s.start, min(len(text), s.end + 1)) for s in source.furniture]
    drops += _invisible(text)
    shown = [line for line in lines if line.start not in furniture]
    widest = max((len(line) for line in shown if len(line) <= 120), default=0)
    for line, following in itertools.pairwise(shown):
        here, there = line.of(text).rstrip(_BLANKS), following.of(text)
        same = blocks.get(line.start, "") == blocks.get(following.start)
        # Geometry can be deceived by a page without indents; a line that ends in 、 is not the end of a paragraph.
        if same or (here and there.strip(_BLANKS) and _broken_off(here, there, len(here) >= 0.85 * widest, False)):
            drops.append(Span(line.end, line.end + 1))
    return drops


def _set_low(text: str, lines: list[Span]) -> list[Span]:
    """The newlines around figures of symbols that a page set lower."""
    found: list[Span] = []
    for before, line, behind in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        if not 0 < len(line) <= _SHORT:
            continue
        figure, above = line.of(text), before.of(text).rstrip(_BLANKS)
        symbol = _SYMBOL.search(above, max(0, len(above) - 3))
        if symbol is None or figure.strip(_BLANKS) not in (_OF_DUST if symbol["dust"] else _OF_OTHERS):
            continue
        found.append(Span(before.start + len(above), line.start + len(figure) - len(figure.lstrip(_BLANKS))))
        if behind and (following := behind.of(text).lstrip(_BLANKS)) and not _HEAD_NUMBER.match(following):
            found.append(Span(line.start + len(figure.rstrip(_BLANKS)), behind.end - len(following)))
    return found


def _invisible(text: str) -> list[Span]:
    """Every run of characters that nobody sees."""
    return [Span(*m.span()) for m in _INVISIBLE.finditer(text)] if any(c in text for c in _UNSEEN) else []


def _lines(text: str) -> list[Span]:
    """Every line of ``text`` without its newline."""
    lines: list[Span] = []
    at = 0
    for line in text.split("\n"):
        lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    return lines


def _furniture(source: SourceText, lines: list[Span], wrapped: bool) -> list[Span]:
    """Furniture known from the layout, page numbers on a line of their own, lines that head three pages or more."""
    text = source.text
    known = [span for span in source.furniture if span.start < span.end]
    known += [line for line in lines if line.start < line.end and text[line.start] in _UNSEEN and _INVISIBLE.fullmatch(text, line.start, line.end)]
    pages = [line for line in lines if 0 < len(line) <= 24 and _PAGE_NUMBER.fullmatch(line.of(text))]
    bare = [line for line in lines if 0 < len(line) <= 8 and _BARE_NUMBER.fullmatch(line.of(text))]
    numbers = [int(line.of(text).strip()) for line in bare]
    if wrapped and len(numbers) >= 3 and all(0 < b - a <= 2 for a, b in itertools.pairwise(numbers)):
        pages += bare
    if not pages or (len(pages) == 1 and not wrapped):
        return known
    starts = {line.start for line in pages}
    known += pages + _running_heads(text, lines, starts)
    # Blank lines around a page number belong to it.
    order = {line.start: i for i, line in enumerate(lines)}
    dropped = {span.start for span in known}
    for i in sorted(order[start] for start in dropped if start in order):
        for j in (i - 1, i + 1):
            if wrapped and 0 <= j < len(lines) and not lines[j].of(text).strip(_BLANKS) and lines[j].start not in dropped:
                known.append(Span(lines[j].start, lines[j].end))
                dropped.add(lines[j].start)
    return known


def _running_heads(text: str, lines: list[Span], pages: set[int]) -> list[Span]:
    """Short lines next to page numbers that say the same thing on two pages or more."""
    full = [line for line in lines if line.start < line.end]
    beside = {near for i, line in enumerate(full) if line.start in pages for near in full[max(0, i - 1) : i] + full[i + 1 : i + 2]}
    beside = {line for line in beside if line.start not in pages and len(line) < 40}
    counts = Counter(line.of(text).strip() for line in beside)
    return [line for line in beside if counts[line.of(text).strip()] >= 2]


def _width(line: str) -> float:
    """Width of a line in full-width characters."""
    if line.isascii():
        return len(line) / 2
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in line)


def _width_of_page(source: SourceText, lines: list[Span]) -> float | None:
    """The width at which the page broke its lines, or None where newlines are paragraphs.

    Lines of a page crowd at one width and most of those end in the middle of a sentence; paragraphs do neither.
    """
    text = source.text
    full = [line for line in lines if line.start < line.end and "\t" not in line.of(text)]
    if source.wrapped is False or (source.tables and not source.wrapped) or len(full) < 6:
        return None
    short = [line for line in full if len(line) <= 120]
    if len(short) < max(6, len(full) * (0.6 if source.wrapped else 0.85)):
        return None
    widths = sorted(_width(line.of(text).rstrip(_BLANKS)) for line in short)
    limit = widths[int(len(widths) * 0.9)]
    if not 12 <= limit <= 100:
        return None
    near = [line for line in short if abs(_width(line.of(text).rstrip(_BLANKS)) - limit) <= 3]
    broken = sum(1 for line in near if line.of(text).rstrip(_BLANKS)[-1:] not in _ENDS)
    crowded = len(near) >= len(full) * (0.25 if source.wrapped else 0.35) and broken >= len(near) * 0.5
    return limit if crowded else None


def _soft_breaks(text: str, lines: list[Span], furniture: set[int], limit: float | None, tables: bool) -> list[Span]:
    """Newlines that a page made and no paragraph, each with the blanks around it."""
    shown = [line for line in lines if line.start not in furniture]
    indented = limit is not None and _indents_paragraphs(text, shown)
    breaks: list[Span] = []
    length, running = 0, False
    for line, following in itertools.pairwise(shown):
        here = line.of(text).rstrip(_BLANKS)
        if limit is None and here[-1:] in _ENDS and text[following.start : following.start + 1] not in _CLOSES_MORE:
            length, running = 0, False
            continue
        there = following.of(text)
        length += len(here)
        running = running or any(mark in here for mark in "，,。；;、")
        soft = bool(here) and bool(there.strip(_BLANKS)) and (
            (limit is not None and _fills(here, there, limit, indented)) or _broken_off(here, there, running and length >= _LONG, tables)
        )
        if soft:
            lead = len(there) - len(there.lstrip(_BLANKS))
            breaks.append(Span(line.start + len(here), line.end + 1))
            if lead:
                breaks.append(Span(following.start, following.start + lead))
        else:
            length, running = 0, False
    return breaks


def _indents_paragraphs(text: str, lines: list[Span]) -> bool:
    """True where the text marks its paragraphs by an indent of two characters."""
    full = [line.of(text) for line in lines if line.start < line.end]
    indented = sum(1 for line in full if line.startswith(("\u3000\u3000", "  ")))
    return 0.05 * len(full) <= indented <= 0.8 * len(full)


def _fills(here: str, there: str, limit: float, indented: bool) -> bool:
    """True where ``here`` fills the width of the page, so that ``there`` goes on with its paragraph."""
    if here.count("|") >= 2 and here.count("|") == there.count("|"):  # rows of a table typed with bars
        return False
    if _width(here) < limit - 3.5 or (indented and there.startswith(("\u3000\u3000", "  "))):
        return False
    return not (_HEAD_NUMBER.match(there) and here[-1] in "。！？；：;:!?）)") and not _FIELD.match(there)


def _broken_off(here: str, there: str, long: bool, tables: bool) -> bool:
    """True where a sentence was cut: by its punctuation, or because a long stretch of text ends without any."""
    if tables or "\t" in here or "\t" in there or "|" in there[:2] or (here.count("|") >= 2 and here.count("|") == there.count("|")) or _HEAD_NUMBER.match(there):
        return False
    first = there.lstrip(_BLANKS)[0]
    if (here[-1] in _OPENS_MORE and here[-1] not in "；;—的") or (first in _CLOSES_MORE and first != "的"):
        return True
    if _LONE_MARK.fullmatch(here):
        return True
    if _TITLE.search(here) and there.rstrip(_BLANKS)[-1] in ":：":  # a title, and to whom it goes
        return False
    return long and here[-1] not in _ENDS and not _LABELLED.match(there) and not there.startswith(("\u3000\u3000", "  ")) and not here[-1].isascii()
