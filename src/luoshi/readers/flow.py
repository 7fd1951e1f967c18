"""An HTML element as a browser would set it: paragraphs, headings and tables in their order, nothing hidden, no decoration.

Which part of a page is worth reading is the business of ``html``.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from luoshi.readers.assembly import Slot
from luoshi.text import LimitExceeded
from luoshi.text.language import _

MAX_SPAN = 1000
MAX_COLUMNS = 5000

_DROPPED = frozenset(
    (
        "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "select", "option", "button",
        "textarea", "input", "svg", "canvas", "audio", "video", "map", "head", "title", "meta", "link", "nav", "footer", "aside",
        "frameset",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "body", "center", "caption", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li",
        "main", "menu", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
        "ul",
    )
)  # fmt: skip
_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# A page may nest two thousand elements deep: the way up is left to libxml2.
_KEEPS_SPACE = etree.XPath(
    "boolean(ancestor-or-self::pre | ancestor-or-self::*[contains(translate(@style, ' ', ''), 'white-space:pre')"
    " or contains(translate(@style, ' ', ''), 'white-space:break')])"
)
_HEADING = etree.XPath("name(ancestor-or-self::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6][1])")
_COLLAPSIBLE = re.compile(r"[ \t\n\r\f]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_EDGES = " \t\n\r\f\v\u00a0\u3000\u2002\u2003"


@dataclass(slots=True)
class Block:
    """A paragraph (``p``), a heading (``h1`` …) or a table (``table``, with ``rows``) and the element that it came from."""

    kind: str
    element: HtmlElement
    text: str = ""
    rows: list[list[Slot]] = field(default_factory=list)


def is_dropped(element: HtmlElement) -> bool:
    """True for what a reader never sees, and for the frame of a page: menus, feet, margins."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _DROPPED or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
        return True
    return tag == "header" and element.find(".//h1") is None


def flow(root: HtmlElement) -> list[Block]:
    """The blocks of ``root``; blank ones are left out."""
    blocks: list[Block] = []
    line = _Line()
    for event, element in _walk(root):
        if event == "table":
            blocks += [*line.end(), *_table(element, 1 + sum(block.kind == "table" for block in blocks))]
        elif event != "skip" and (element.tag in _BLOCKS or element.tag == "br"):
            blocks += line.end()
        if event == "open":
            line.add(element.text, element)
        elif element is not root:
            line.add(element.tail, element.getparent())
    return blocks + line.end()


def _walk(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """``open`` and ``close`` of every element that is read, ``table`` for a table of data, ``skip`` for what is dropped.

    By hand and without recursion: a page may nest deeper than Python's stack.
    """
    yield "open", root
    stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(root, iter(root))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "close", element
        elif is_dropped(child):
            yield "skip", child
        elif child.tag == "table" and is_data_table(child):
            yield "table", child
        else:
            yield "open", child
            stack.append((child, iter(child)))


class _Line:
    """The paragraph being set: its pieces of text, each with whether its blanks are kept."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._element: HtmlElement | None = None
        self._kept = False

    def add(self, text: str | None, element: HtmlElement | None) -> None:
        """Append ``text``, which stands directly in ``element``."""
        if not text or element is None:
            return
        if self._element is None and text.strip(_EDGES):
            self._element = element
            self._kept = bool(_KEEPS_SPACE(element))
        self._pieces.append(text)

    def end(self) -> list[Block]:
        """The paragraph that ends here, if it has any text; preformatted text gives one for each of its lines."""
        text, element = "".join(self._pieces).translate(_INVISIBLE), self._element
        self._pieces, self._element = [], None
        if element is None:
            return []
        lines = text.split("\n") if self._kept else [_collapse(text)]
        kind = str(_HEADING(element)) or "p"
        return [Block(kind, element, shown) for line in lines if (shown := line.strip(_EDGES))]


def _collapse(text: str) -> str:
    """Blanks as a browser collapses them: a run is one space, and none where it breaks a line between two wide characters."""
    parts: list[str] = []
    at = 0
    for blank in _COLLAPSIBLE.finditer(text):
        parts.append(text[at : blank.start()])
        at = blank.end()
        joins = "\n" in blank.group() and _is_wide(text[blank.start() - 1 : blank.start()]) and _is_wide(text[at : at + 1])
        parts.append("" if joins else " ")
    return "".join(parts) + text[at:]


def _is_wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in "WF"


def is_data_table(table: HtmlElement) -> bool:
    """True unless the table only lays out a page: one column or one filled cell, a table inside, or a row of whole articles."""
    if table.get("role") in ("presentation", "none") or next(table.iterdescendants("table"), None) is not None:
        return False
    rows = _rows(table)
    filled = sum(1 for row in rows for cell in row if any(text.strip(_EDGES) for text in cell.itertext()))
    columns = max((len(row) for row in rows), default=0)
    articles = len(rows) == 1 and any(len(cell.findall("p")) + len(cell.findall("div")) >= 3 for cell in rows[0])
    return columns > 1 and filled > 1 and not articles


def _rows(table: HtmlElement) -> list[list[HtmlElement]]:
    """The cells of ``table`` row by row."""
    bodies = [table, *(part for part in table if part.tag in ("thead", "tbody", "tfoot"))]
    rows = [row for part in bodies for row in part if row.tag == "tr" and not is_dropped(row)]
    return [[cell for cell in row if cell.tag in ("td", "th") and not is_dropped(cell)] for row in rows]


def _table(table: HtmlElement, ordinal: int) -> list[Block]:
    """The caption and the grid of a table of data."""
    caption = table.find("caption")
    blocks = [] if caption is None or is_dropped(caption) else flow(caption)
    elements = _rows(table)
    rows: list[list[Slot]] = []
    busy: dict[int, int] = {}
    for i, cells in enumerate(elements):
        slots: list[Slot] = []
        col = 0
        for cell in cells:
            while busy.get(col, 0) > i:
                col += 1
            if col > MAX_COLUMNS:
                hint = _("请在浏览器中打开，只复制正文另存后再试。")
                raise LimitExceeded(_("网页中的表格超过 {n} 列。").format(n=MAX_COLUMNS), hint=hint)
            wide, high = _span(cell, "colspan", MAX_SPAN), _span(cell, "rowspan", len(elements) - i)
            busy.update(dict.fromkeys(range(col, col + wide), i + high))
            text = "\n".join(block.text for block in flow(cell))
            slots.append(Slot(i, col, high, wide, f"cell:{ordinal}.{i + 1}.{col + 1}", [(text, False)]))
            col += wide
        rows.append(slots if any(text for slot in slots for text, _made in slot.pieces) else [])
    return [*blocks, Block("table", table, "\n".join("\t".join(slot.pieces[0][0] for slot in row) for row in rows if row), rows)]


def _span(cell: HtmlElement, name: str, most: int) -> int:
    """``colspan`` or ``rowspan``, within reason; 0 rows means all that follow."""
    value = cell.get(name, "1").strip()
    if not (value.isascii() and value.isdigit()):
        return 1
    count = int(value[:6])
    return max(1, min(count or (most if name == "rowspan" else 1), most))
