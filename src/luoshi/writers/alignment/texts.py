"""Both texts in full, set like documents; what stands beside something in the other text is marked and leads there."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from luoshi.align.model import Band
from luoshi.decompose.model import Decomposition
from luoshi.text import Span
from luoshi.text.language import _
from luoshi.writers.alignment import marks
from luoshi.writers.alignment.passages import STRENGTH
from luoshi.writers.alignment.rows import Sheet, target_span
from luoshi.writers.html.elements import Html, el, join, safe
from luoshi.writers.plain import one_line
from luoshi.writers.rows import title_of

_DEEP_INDENT = 6  # full-width blanks before a line: a signature or a date, set to the right


class Stretch(NamedTuple):
    """A stretch of a text that something leads to. ``look`` is its class; ``tag``, ``to`` the small link at its beginning."""

    span: Span
    look: str = ""
    tag: str = ""
    to: str = ""


def texts(sheet: Sheet) -> Html:
    """The upper text, then every lower one."""
    picks = (
        el("button", name, type="button", data_pick=d, aria_pressed="true" if d == 1 else "false", lang="zh-Hans")
        for d, name in enumerate(sheet.names, 1)
    )
    panes = [_pane(0, sheet.upper, list(_upper_stretches(sheet)), _("上位文件"))]
    panes += [_pane(d, a.lower, list(_lower_stretches(sheet, d)), _("下位文件")) for d, a in enumerate(sheet.alignments, 1)]
    several = len(sheet.names) > 1
    legend = el(
        "p", el("span", _("有对应"), class_="t-found"), " ", el("span", _("待核"), class_="t-to_check"), " ",
        el("span", _("未见对应或本地新增"), class_="t-not_seen"), " ", el("span", _("点序号看对照"), class_="quiet"), class_="legend",
    )  # fmt: skip
    turns = (
        el("button", _("上位"), type="button", data_side="upper", aria_pressed="true"),
        el("button", _("下位"), type="button", data_side="lower", aria_pressed="false"),
    )
    return join(
        [
            el(
                "div", el("div", *turns, class_="turns", role="group", aria_label=_("看哪一边")),
                el("div", *picks, class_="picks", role="group", aria_label=_("看哪一份下位文件")) if several else "", legend,
                el("output", id="where", aria_live="polite"), class_="bar",
            ),
            el("div", *panes, class_="panes", data_side="upper"),
        ]
    )  # fmt: skip


def _pane(d: int, document: Decomposition, stretches: list[Stretch], side: str) -> Html:
    return el(
        "article",
        el("header", el("span", side, class_="side"), el("h2", title_of(document), lang="zh-Hans")),
        el("div", _Text(document, d, stretches).html(), class_="source", lang="zh-Hans", tabindex=0, role="group", aria_label=side),
        class_="text",
        id=f"text-{d}",
        data_document=d,
    )


def _upper_stretches(sheet: Sheet) -> Iterator[Stretch]:
    for row in sheet.upper_rows:
        bands: list[Band] = [one.band for one in row.counterparts if one.band]
        best = next((band for band in ("found", "to_check", "not_seen") if band in bands), None)
        to = f"#i{row.number}" if best else ""
        yield Stretch(Span(row.item.start, row.item.end), f"t-{best}" if best else "", str(row.number) if best else "", to)
    for passages in sheet.all_passages:
        yield from (Stretch(passage.link.upper) for passage in passages)
    yield from (Stretch(target_span(line.upper)) for line in sheet.targets)


def _lower_stretches(sheet: Sheet, d: int) -> Iterator[Stretch]:
    alignment = sheet.alignments[d - 1]
    looks = {"derived": "t-found", "same_source": "t-found", "to_check": "t-to_check", "local": "t-not_seen", None: ""}
    origins = {item.id: item.origin for item in alignment.lower_items}
    for item in alignment.lower.items:
        yield Stretch(Span(item.start, item.end), looks[origins.get(item.id)])
    for passage in sorted(sheet.shown(d), key=lambda one: STRENGTH.index(one.relations[0])):
        number = sheet.numbers.get(passage.link.upper_item or "", 0)
        yield Stretch(passage.link.lower, "", f"↔{number}" if number else "", f"#k{d}-{passage.number}")
    yield from (Stretch(passage.link.lower) for passage in sheet.all_passages[d - 1])
    for row in alignment.targets:
        span = target_span(row.lower) if row.lower else row.words
        if span:
            yield Stretch(span)


class _Text:
    """Sets one text: headings, paragraphs, tables, cut at both ends of every stretch."""

    def __init__(self, document: Decomposition, number: int, stretches: list[Stretch]) -> None:
        self._text, self._document, self._number = document.source.text, document, number
        self._headings = {section.heading.start: (section.heading.end, section.level) for section in document.sections}
        length = len(self._text)
        run_in = [Stretch(section.heading, "t-head") for section in document.sections]
        wanted = [one for one in [*stretches, *run_in] if one.span and one.span.end <= length]
        self._cuts = sorted({bound for one in wanted for bound in (one.span.start, one.span.end)})
        self._opened: dict[int, list[Stretch]] = {}
        for one in wanted:
            self._opened.setdefault(one.span.start, []).append(one)
        self._looks = self._swept(wanted)

    def _swept(self, stretches: list[Stretch]) -> dict[int, tuple[str, ...]]:
        """For the beginning of every piece that lies in a stretch, the looks it has."""
        alive: list[Stretch] = []
        found: dict[int, tuple[str, ...]] = {}
        waiting = sorted(stretches, key=lambda one: one.span)
        at = 0
        for start in self._cuts:
            alive = [one for one in alive if one.span.end > start]
            while at < len(waiting) and waiting[at].span.start == start:
                alive.append(waiting[at])
                at += 1
            if alive:
                found[start] = tuple(dict.fromkeys(one.look for one in alive if one.look))
        return found

    def html(self) -> Html:
        """Every block, one after the other."""
        parts: list[Html] = []
        at = 0
        for table in sorted(self._document.source.tables, key=lambda one: one.start):
            if table.start < at:
                continue
            parts += self._lines(at, table.start)
            cells = sorted(table.cells, key=lambda cell: (cell.row, cell.col))
            rows = [[(c.start, c.end, c.cols, c.rows) for c in row] for _n, row in groupby(cells, key=lambda cell: cell.row)]
            parts.append(self._table(rows))
            at = table.end
        return join([*parts, *self._lines(at, len(self._text))], "\n")

    def _lines(self, start: int, end: int) -> Iterator[Html]:
        lines = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", self._text[start:end])]
        for tabbed, group in groupby(lines, key=lambda line: "\t" in self._text[line[0] : line[1]].strip()):
            found = list(group)
            if tabbed and len(found) > 1:
                yield self._table([list(self._cells(*line)) for line in found])
            else:
                yield from (self._paragraph(a, b) for a, b in found if self._text[a:b].strip())

    def _cells(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        at = start
        for cell in self._text[start:end].split("\t"):
            yield at, at + len(cell), 1, 1
            at += len(cell) + 1

    def _paragraph(self, start: int, end: int) -> Html:
        text = self._text[start:end]
        indent = len(text) - len(text.lstrip())
        inner = self._inline(start + indent, start + len(text.rstrip()))
        heading_end, level = self._headings.get(start + indent, (0, 0))
        if heading_end >= start + len(text.rstrip(" \u3000。")):
            return el(f"h{min(6, 2 + max(1, level))}", inner)
        return el("p", inner, class_="sign" if indent >= _DEEP_INDENT else None)

    def _table(self, rows: list[list[tuple[int, int, int, int]]]) -> Html:
        made = (
            el("tr", *(el("td", self._inline(a, b), colspan=w if w > 1 else None, rowspan=h if h > 1 else None) for a, b, w, h in row))
            for row in rows
        )
        return el("div", el("table", el("tbody", *made)), class_="scroll", tabindex=0, role="region", aria_label=_("原文中的表格"))

    def _inline(self, start: int, end: int) -> Html:
        low, high = bisect_right(self._cuts, start), bisect_left(self._cuts, end)
        bounds = [start, *self._cuts[low:high], end]
        return join(self._piece(a, b) for a, b in pairwise(bounds))

    def _piece(self, start: int, end: int) -> Html:
        place = start if start in self._looks else None
        if place is None:
            before = bisect_right(self._cuts, start) - 1
            place = self._cuts[before] if before >= 0 and self._cuts[before] in self._looks else None
        text = safe(one_line(self._text[start:end]) if "\n" in self._text[start:end] else self._text[start:end])
        if place is None:
            return text
        opened = self._opened.get(start, [])
        ids = dict.fromkeys(marks.place(self._number, one.span) for one in opened)
        tags = {one.tag: one.to for one in opened if one.tag}
        anchors = join(el("i", id=ident) for ident in ids)
        links = join(el("a", tag, href=to, class_="tag") for tag, to in tags.items())
        looks = " ".join(self._looks[place])
        return Html(anchors + links + el("span", text, class_=looks or None, data_o=start))
