"""The source set like a document: headings, paragraphs, tables; every sentence an element with its disposition. No Django but its escaping.

All of the text is there, in order; only white space is set by the page. A sentence is a link to its item (or to the page that puts it in its
place), so that the page works without a script.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

_BROKEN = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\n[ \t]*(?=[^\x00-\x7f])")
_INDENT = 6

Data = dict[str, Any]


@dataclass(frozen=True)
class SourcePage:
    """Sets ``text``. ``link(n)`` is the address of sentence ``n``, ``classes(n)`` what it is; ``marked`` are spans to underline."""

    text: str
    sentences: Sequence[Data]
    sections: Sequence[Data]
    tables: Sequence[Data]
    link: Callable[[int], str]
    classes: Callable[[int], str]
    marked: Sequence[tuple[int, int]] = ()
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts.extend(one["start"] for one in self.sentences)

    def html(self, start: int, end: int) -> SafeString:
        """The passage from ``start`` to ``end``, block by block."""
        return SafeString("\n".join(self._block(*block) for block in self._blocks(start, end)))

    def _blocks(self, start: int, end: int) -> Iterator[tuple[int, int, list[list[Data]]]]:
        at = start
        for table in sorted(self.tables, key=lambda one: int(one["start"])):
            if table["end"] <= at or table["start"] >= end:
                continue
            yield from self._lines(at, table["start"])
            yield table["start"], table["end"], _rows(table["cells"])
            at = table["end"]
        yield from self._lines(at, end)

    def _lines(self, start: int, end: int) -> Iterator[tuple[int, int, list[list[Data]]]]:
        """Paragraphs, which end at a newline outside of any sentence; lines with tabs are the rows of a table."""
        found: list[tuple[int, int]] = []
        at = start
        for newline in re.finditer("\n", self.text[start:end]):
            i = start + newline.start()
            if not self._within(i):
                found.append((at, i))
                at = i + 1
        found.append((at, max(at, end)))
        for tabbed, group in groupby(found, key=lambda line: "\t" in self.text[line[0] : line[1]].strip()):
            lines = [line for line in group if self.text[line[0] : line[1]].strip()]
            if tabbed and len(lines) > 1:
                yield lines[0][0], lines[-1][1], [self._tabbed(*line) for line in lines]
            else:
                yield from ((a, b, []) for a, b in lines)

    def _within(self, offset: int) -> bool:
        n = bisect_right(self._starts, offset) - 1
        return n >= 0 and self.sentences[n]["end"] > offset

    def _tabbed(self, start: int, end: int) -> list[Data]:
        cells, at = [], start
        for cell in self.text[start:end].split("\t"):
            cells.append({"start": at, "end": at + len(cell), "rows": 1, "cols": 1})
            at += len(cell) + 1
        return cells

    def _block(self, start: int, end: int, rows: list[list[Data]]) -> str:
        if rows:
            return f'<div class="scroll" tabindex="0" role="region"><table><tbody>{"".join(self._row(row) for row in rows)}</tbody></table></div>'
        text = self.text[start:end]
        indent = len(text) - len(text.lstrip())
        inner = self._inline(start + indent, start + len(text.rstrip()))
        within = self._between(start, end)
        if within and all(self.sentences[n]["disposition"] == "heading" for n in within):
            level = next((one["level"] for one in self.sections if start <= one["start"] < end), None)
            return f'<h3 class="h{min(level, 4)}">{inner}</h3>' if level else f'<p class="doc-title">{inner}</p>'
        return f'<p class="sign">{inner}</p>' if indent >= _INDENT else f"<p>{inner}</p>"

    def _row(self, row: list[Data]) -> str:
        cells = (f"<td{_spread(cell)}>{self._inline(cell['start'], cell['end'])}</td>" for cell in row)
        return f"<tr>{''.join(cells)}</tr>"

    def _between(self, start: int, end: int) -> list[int]:
        n = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while n < len(self.sentences) and self._starts[n] < end:
            if self.sentences[n]["end"] > start:
                found.append(n)
            n += 1
        return found

    def _inline(self, start: int, end: int) -> str:
        parts: list[str] = []
        at = start
        for n in self._between(start, end):
            a, b = max(self._starts[n], at), min(self.sentences[n]["end"], end)
            if a >= b:
                continue
            name = f' id="s{self._starts[n]}"' if a == self._starts[n] else ""
            link = f'<a class="{self.classes(n)}"{name} href="{escape(self.link(n))}" tabindex="-1" data-s="{self._starts[n]}">{self._underlined(a, b)}</a>'
            parts += [self._said(at, a), link]
            at = b
        return "".join([*parts, self._said(at, end)])

    def _underlined(self, start: int, end: int) -> str:
        parts, at = [], start
        for a, b in self.marked:
            a, b = max(a, at), min(b, end)
            if start <= a < b <= end:
                parts += [self._said(at, a), f"<u>{self._said(a, b)}</u>"]
                at = b
        return "".join([*parts, self._said(at, end)])

    def _said(self, start: int, end: int) -> str:
        return str(escape(unbroken(self.text[start:end])))


def unbroken(text: str) -> str:
    """``text`` for a page: line breaks that a page of paper made between Chinese characters are closed up."""
    return _BROKEN.sub("", text)


def _rows(cells: Sequence[Data]) -> list[list[Data]]:
    ordered = sorted(cells, key=lambda cell: (cell["row"], cell["col"]))
    return [list(group) for _row, group in groupby(ordered, key=lambda cell: cell["row"])]


def _spread(cell: Data) -> str:
    wide = f' colspan="{cell["cols"]}"' if cell["cols"] > 1 else ""
    return wide + (f' rowspan="{cell["rows"]}"' if cell["rows"] > 1 else "")
