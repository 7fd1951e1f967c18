"""An HTML element as a browser would set it: paragraphs, headings and tables in their order, nothing hidden, no decoration.

Which part of a page is worth reading is the business of ``html``.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from luoshi.readers.assembly import Slot

MAX_SPAN = 1000

_DROPPED = frozenset(
    "script style noscript template iframe object embed applet select option button textarea input svg canvas audio video map head"
    " title meta link nav footer aside frameset".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center caption dd details dialog dir div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6"
    " header hgroup hr html li main menu ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_KEPT_SPACE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
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
    line = _Line(root)
    for event, element in _walk(root):
        if event == "start" and element.tag == "table":
            table = _table(element, 1 + sum(block.kind == "table" for block in blocks))
            if table is not None:
                blocks += [*line.end(root), table]
        elif event == "start":
            if element.tag in _BLOCKS or element.tag == "br":
                blocks += line.end(element)
            line.add(element.text, element)
        else:
            if element.tag in _BLOCKS:
                blocks += line.end(element.getparent() if element is not root else root)
            if element is not root:
                line.add(element.tail, element.getparent())
    return blocks + line.end(root)


def _walk(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """``start`` and ``end`` of every element that is read; of one that is dropped, and of a table of data, only what follows it.

    By hand and without recursion: a page may nest deeper than Python's stack.
    """
    stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(root, iter(root))]
    yield "start", root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        elif is_dropped(child):
            yield "end", child
        elif child.tag == "table" and is_data_table(child):
            yield "start", child
            yield "end", child
        else:
            yield "start", child
            stack.append((child, iter(child)))
