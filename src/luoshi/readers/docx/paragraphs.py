"""From ``w:p`` to a paragraph as a reader of the accepted document sees it.

Insertions are read, deletions and hidden text are not; of a field the result counts, not the instruction. Text boxes are
handed back, to be read after the paragraph that anchors them. Looks, comments, headers and footers are no concern here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.readers.docx.numbering import Numbering
from luoshi.readers.docx.styles import Styles
from luoshi.readers.docx.symbols import symbol
from luoshi.readers.ooxml import Element, attribute, child, is_on, kind

DELETED = frozenset({"w:del", "w:moveFrom"})
_IGNORED = DELETED | {
    "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:instrText", "w:delText", "w:delInstrText",
    "w:fldData", "w:ffData", "w:rt", "w:rubyPr", "w:softHyphen",
}  # fmt: skip
# A page break inside a paragraph; XML cannot hold this character, so it cannot come from the file.
_PAGE_BREAK = "\f"
_MARKS = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "-"}


@dataclass(slots=True)
class Paragraph:
    """``number`` is what Word numbers it with, ``text`` what is written in it; ``heading`` 1–9 or None."""

    text: str
    number: str = ""
    heading: int | None = None
    boxes: list[Element] = field(default_factory=list)
    joins_next: bool = False
    hidden: bool = False

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """Number and text as pieces ``(text, generated)``."""
        number = self.number
        # “1” before “2025年” would read 12025年: the one case in which the gap that Word shows is kept.
        if number[-1:].isascii() and number[-1:].isalnum() and self.text[:1].isascii() and self.text[:1].isalnum():
            number += " "
        return [(number, True), (self.text, False)]


class ParagraphReader:
    """Reads the paragraphs of one document in their order; keeps what runs on from one to the next: fields, counters, notes."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._fields: list[str] = []
        self._paired: set[Element] = set()
        # A dict for its order: footnotes and endnotes as the text refers to them.
        self.notes: dict[tuple[str, str], None] = {}
        self.tracked = False
        self.hid_text = False
        # State of the paragraph at hand.
        self._parts: list[str] = []
        self._boxes: list[Element] = []
        self._silent = False

    def open_part(self, root: Element) -> None:
        """Get ready for a part (the document, the footnotes): find the fields that have both a beginning and an end."""
        self._fields.clear()
        self._paired = set(_paired_fields(root))

    def read(self, element: Element, before: str = "") -> Paragraph:
        """The paragraph ``element``; ``before`` is the text of paragraphs whose mark was deleted, which now run into this one."""
        properties = child(element, "w:pPr")
        mark = child(properties, "w:rPr")
        self._parts, self._boxes = [], []
        self._read_inside(element, properties)
        text = before + "".join(self._parts).strip(_PAGE_BREAK).replace(_PAGE_BREAK, "\n")
        paragraph = Paragraph(text, boxes=self._boxes)
        paragraph.joins_next = any(kind(child_) in DELETED for child_ in (mark if mark is not None else ()))
        paragraph.hidden = not text and bool(is_on(child(mark, "w:vanish")))
        self.tracked |= paragraph.joins_next
        if not paragraph.joins_next and not paragraph.hidden:
            ref = self._styles.numbering(properties)
            paragraph.number = self._numbering.next(ref) if ref is not None else ""
            paragraph.heading = self._styles.heading_level(properties)
        return paragraph

    def enter_box(self) -> list[str]:
        """Begin a text box: fields around its anchor have no say in it. Give the result to ``leave_box``."""
        outer, self._fields = self._fields, []
        return outer

    def leave_box(self, outer: list[str]) -> None:
        """End a text box."""
        self._fields = outer

    def _read_inside(self, element: Element, properties: Element | None) -> None:
        """Everything inside ``element``; ``properties`` are those of the paragraph."""
        for inner in element:
            name = kind(inner)
            if name in _IGNORED:
                self.tracked |= name in DELETED
            elif name == "w:r":
                self._read_run(inner, properties)
            elif name == "mc:AlternateContent":
                self._read_inside(chosen(inner), properties)
            elif name == "w:txbxContent":
                self._boxes += [] if self._silent else [inner]
            elif name in ("w:t", "m:t"):
                self._add(_text(inner))
            elif name == "w:fldChar":
                self._turn_field(inner)
            elif name in ("w:footnoteReference", "w:endnoteReference"):
                self._note(name, inner)
            elif name in _LEAVES:
                self._add(_LEAVES[name](inner))
            else:
                self.tracked |= name in ("w:ins", "w:moveTo")
                self._read_inside(inner, properties)

    def _read_run(self, run: Element, properties: Element | None) -> None:
        outer = self._silent
        self._silent = outer or self._styles.hides(child(run, "w:rPr"), properties)
        self._read_inside(run, properties)
        self._silent = outer

    def _add(self, text: str) -> None:
        if any(phase == "instruction" for phase in self._fields):
            return
        if self._silent:
            self.hid_text |= bool(text.strip())
            return
        self._parts.append(text)

    def _turn_field(self, element: Element) -> None:
        if element not in self._paired:
            return
        step = attribute(element, "w:fldCharType")
        if step == "begin":
            self._fields.append("instruction")
        elif step == "separate" and self._fields:
            self._fields[-1] = "result"
        elif step == "end" and self._fields:
            self._fields.pop()

    def _note(self, name: str, element: Element) -> None:
        if not self._silent:
            self.notes[name.removesuffix("Reference").removeprefix("w:"), attribute(element, "w:id") or ""] = None


def chosen(alternatives: Element) -> Element:
    """Of ``mc:AlternateContent`` the first choice, else the fallback, else itself, which is empty."""
    branch = child(alternatives, "mc:Choice")
    if branch is None:
        branch = child(alternatives, "mc:Fallback")
    return alternatives if branch is None else branch


def _text(element: Element) -> str:
    """The text of ``w:t``: without xml:space the white space around it is layout of the XML; line ends are spaces to Word."""
    text = element.text or ""
    if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")


def _break(element: Element) -> str:
    return _PAGE_BREAK if attribute(element, "w:type") in ("page", "column") else "\n"


def _symbol(element: Element) -> str:
    try:
        code = int(attribute(element, "w:char") or "", 16)
    except ValueError:
        return ""
    return symbol(attribute(element, "w:font"), code)


_LEAVES = {name: (lambda _element, mark=mark: mark) for name, mark in _MARKS.items()} | {"w:br": _break, "w:sym": _symbol}


def _paired_fields(root: Element) -> Iterator[Element]:
    """The ``w:fldChar`` elements of whole fields: a field without an end would swallow the rest of the document."""
    open_fields: list[list[Element]] = []
    for element in root.iter("{*}fldChar"):
        if any(kind(above) in DELETED or kind(above) == "mc:Fallback" for above in element.iterancestors()):
            continue
        step = attribute(element, "w:fldCharType")
        if step == "begin":
            open_fields.append([element])
        elif step == "separate" and open_fields:
            open_fields[-1].append(element)
        elif step == "end" and open_fields:
            yield from open_fields.pop()
            yield element
