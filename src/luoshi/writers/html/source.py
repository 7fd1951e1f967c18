"""The source set like a document: headings, paragraphs, tables, and every sentence an element with its disposition.

All of the text is there, in order; only white space is set by the page.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from luoshi.decompose.model import Decomposition, Section, Sentence
from luoshi.text import Table
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.html.anchors import Piece, inside, pieces
from luoshi.writers.html.elements import Html, el, join, safe
from luoshi.writers.plain import one_line
from luoshi.writers.rows import item_sentences, ordered

_DEEP_INDENT = 6  # full-width blanks before a line: a signature or a date, set to the right


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row of a table: start, end, columns and rows covered."""

    cells: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, or a table where it has rows."""

    start: int
    end: int
    rows: tuple[_Row, ...] = ()


class SourcePane:
    """Sets the text of one decomposition; ``html()`` is the whole of it."""

    def __init__(self, decomposition: Decomposition) -> None:
        self._decomposition = decomposition
        self._text = decomposition.source.text
        self._pieces = pieces(decomposition)
        self._sentences = ordered(decomposition)
        self._starts = [s.start for s in self._sentences]
        self._numbers = {s: n for n, s in enumerate(self._sentences, 1)}
        self._begins = {numbers[0] for numbers in item_sentences(decomposition).values()}
        self._items = {item.id: n for n, item in enumerate(decomposition.items, 1)}
        self._headings = {section.heading.start: section for section in decomposition.sections}
        self._depths = _depths(decomposition.sections)
        shown = {s.start for s in self._sentences if s.disposition == "heading"}
        self._levels = _depths(tuple(s for s in decomposition.sections if s.heading.start in shown), decomposition.sections)
        self._words = labels.dispositions()
        self._seen: set[int] = set()

    def html(self) -> Html:
        """Every block, one after the other."""
        return join((self._table(block) if block.rows else self._paragraph(block) for block in self._blocks()), "\n")

    # --- blocks

    def _blocks(self) -> Iterator[_Block]:
        at = 0
        for table in sorted(self._decomposition.source.tables, key=lambda t: t.start):
            yield from self._lines(at, table.start)
            yield _Block(table.start, table.end, _rows(table))
            at = max(at, table.end)
        yield from self._lines(at, len(self._text))

    def _lines(self, start: int, end: int) -> Iterator[_Block]:
        """Paragraphs, which end at a newline outside of any sentence; lines with tabs are the rows of a table."""
        found: list[tuple[int, int]] = []
        at = start
        for newline in re.finditer("\n", self._text[start:end]):
            i = start + newline.start()
            if not self._within_sentence(i):
                found.append((at, i))
                at = i + 1
        found.append((at, end))
        for tabbed, group in groupby(found, key=lambda line: "\t" in self._text[line[0] : line[1]].strip()):
            lines = list(group)
            if tabbed and len(lines) > 1:
                yield _Block(lines[0][0], lines[-1][1], tuple(self._tabbed_row(*line) for line in lines))
            else:
                yield from (_Block(a, b) for a, b in lines if self._text[a:b].strip())

    def _within_sentence(self, offset: int) -> bool:
        i = bisect_right(self._starts, offset) - 1
        return i >= 0 and self._sentences[i].end > offset

    def _tabbed_row(self, start: int, end: int) -> _Row:
        cells, at = [], start
        for cell in self._text[start:end].split("\t"):
            cells.append((at, at + len(cell), 1, 1))
            at += len(cell) + 1
        return _Row(tuple(cells))

    # --- elements

    def _paragraph(self, block: _Block) -> Html:
        text = self._text[block.start : block.end]
        indent = len(text) - len(text.lstrip())
        inner = self._inline(block.start + indent, block.start + len(text.rstrip()))
        within = self._between(block.start, block.end)
        if within and all(s.disposition == "heading" for s in within):
            section = next((self._headings[s.start] for s in within if s.start in self._headings), None)
            if section:
                return el(f"h{min(6, 3 + self._levels[section.id])}", inner, id=f"sec-{self._place(section)}")
            return el("p", inner, class_="doc-title")
        return el("p", inner, class_="sign" if indent >= _DEEP_INDENT else None)

    def _place(self, section: Section) -> int:
        return self._decomposition.sections.index(section) + 1

    def _table(self, block: _Block) -> Html:
        rows = [
            el(
                "tr",
                *(
                    el("td", self._inline(a, b), colspan=cols if cols > 1 else None, rowspan=high if high > 1 else None)
                    for a, b, cols, high in row.cells
                ),
            )
            for row in block.rows
        ]
        return el("div", el("table", el("tbody", *rows)), class_="scroll", tabindex=0, role="region", aria_label=_("原文中的表格"))

    def _between(self, start: int, end: int) -> list[Sentence]:
        i = max(0, bisect_right(self._starts, start) - 1)
        found: list[Sentence] = []
        while i < len(self._sentences) and self._sentences[i].start < end:
            if self._sentences[i].end > start:
                found.append(self._sentences[i])
            i += 1
        return found

    def _inline(self, start: int, end: int) -> Html:
        """The text between two offsets: sentences as elements, what lies between them as it is."""
        parts: list[str] = []
        at = start
        for sentence in self._between(start, end):
            a, b = max(sentence.start, at), min(sentence.end, end)
            if a >= b:
                continue
            parts += [self._pieces_of(at, a), self._sentence(sentence, a, b)]
            at = b
        parts.append(self._pieces_of(at, end))
        return join(parts)

    def _sentence(self, sentence: Sentence, start: int, end: int) -> Html:
        n = self._numbers[sentence]
        first = n not in self._seen
        self._seen.add(n)
        item = self._items.get(sentence.item or "")
        word = self._words[sentence.disposition]
        heading = self._headings.get(sentence.start) if sentence.disposition == "heading" else None
        inner = self._pieces_of(start, end)
        ident = f"s{n}" if first else None
        label = f"{word} {item}" if item else word
        if item:
            number = str(item) if first and n in self._begins else None
            return el(
                "a",
                inner,
                class_=f"s {sentence.disposition}",
                id=ident,
                href=f"#i{item}",
                data_s=n,
                data_i=item,
                data_n=number,
                data_k=label,
            )
        if heading and not self._alone(sentence):
            depth = 3 + self._levels[heading.id]
            return el(
                "span", inner, class_="s heading", id=ident, data_s=n, data_k=label, tabindex=-1, role="heading", aria_level=min(6, depth)
            )
        return el("span", inner, class_=f"s {sentence.disposition}", id=ident, data_s=n, data_k=label, tabindex=-1)

    def _alone(self, sentence: Sentence) -> bool:
        """True where the sentence has its line for itself."""
        line_end = self._text.find("\n", sentence.end)
        return not self._text[sentence.end : len(self._text) if line_end < 0 else line_end].strip()

    def _pieces_of(self, start: int, end: int) -> Html:
        return join(self._piece(piece) for piece in inside(self._pieces, start, end))

    def _piece(self, piece: Piece) -> Html:
        text = safe(self._shown(piece.start, piece.end))
        if not piece.pointed:
            return text
        first, *others = piece.ids or (None,)
        marks = join(el("i", id=other) for other in others if other)
        classes = " ".join(f"m-{kind}" for kind in piece.kinds) or None
        return Html(marks + el("span", text, id=first, class_=classes, data_o=piece.start))

    def _shown(self, start: int, end: int) -> str:
        """The text without the line breaks of the page, which would show as blanks between Chinese characters."""
        raw = self._text[start:end]
        if "\n" not in raw:
            return raw
        before, after = self._text[start - 1 : start], self._text[end : end + 1]
        whole = before + raw + after
        joined = re.sub(r"(?<![\x21-\x7e])[ \u3000]*\n[ \u3000]*|[ \u3000]*\n[ \u3000]*(?![\x21-\x7e])", "", whole)
        return joined.removeprefix(before).removesuffix(after) if len(joined) >= len(before) + len(after) else raw

    # --- contents

    def contents(self) -> Html:
        """The headings as links, with the number of items under each."""
        entries = []
        for n, section in enumerate(self._decomposition.sections, 1):
            count = sum(section.start <= item.start < section.end for item in self._decomposition.items)
            heading = next((s for s in self._between(section.heading.start, section.heading.end)), None)
            target = f"s{self._numbers[heading]}" if heading else f"sec-{n}"
            text = one_line(f"{section.number}{section.title}")
            entries.append(
                el(
                    "li",
                    el("a", text, href=f"#{target}"),
                    el("span", str(count), class_="count"),
                    class_=f"d{min(4, self._depths[section.id])}",
                )
            )
        return el("ol", *entries)


def _rows(table: Table) -> tuple[_Row, ...]:
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.col))
    return tuple(_Row(tuple((c.start, c.end, c.cols, c.rows) for c in row)) for _number, row in groupby(cells, key=lambda cell: cell.row))


def _depths(sections: tuple[Section, ...], everything: tuple[Section, ...] = ()) -> dict[str, int]:
    """Section id → number of ``sections`` it stands under; the way up leads through ``everything``."""
    parents = {section.id: section.parent for section in everything or sections}
    counted = {section.id for section in sections}
    depths: dict[str, int] = {}
    for section in sections:
        depth, at, seen = 0, section.parent, {section.id}
        while at is not None and at not in seen:
            seen.add(at)
            depth += at in counted
            at = parents.get(at)
        depths[section.id] = depth
    return depths
