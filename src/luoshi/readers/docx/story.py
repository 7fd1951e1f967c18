"""A story is a run of paragraphs and tables: the body, a cell, a footnote, a text box. This walks one in its order.

Content controls and custom XML are looked through, deleted content is passed over, embedded documents are not opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.readers.assembly import Assembly, Slot
from luoshi.readers.docx.paragraphs import DELETED, Paragraph, ParagraphReader, chosen
from luoshi.readers.ooxml import Element, attribute, child, kind, number, path
from luoshi.text.language import _

_TRANSPARENT = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"})
_MAX_SPAN = 1000


@dataclass(slots=True)
class _Merge:
    """A cell that may go on in the rows below."""

    slot: Slot
    last_row: int


class Story:
    """Walks the stories of one document and writes them into one assembly."""

    def __init__(self, paragraphs: ParagraphReader, assembly: Assembly) -> None:
        self._paragraphs = paragraphs
        self._assembly = assembly
        self._count = 0

    def write_body(self, body: Element) -> None:
        """The body as blocks: ``p:n``, ``h1:n`` and tables."""
        for block in self._blocks(body):
            if isinstance(block, Paragraph):
                self._count += 1
                prefix = f"h{block.heading}" if block.heading else "p"
                self._assembly.block(f"{prefix}:{self._count}", block.pieces)
            else:
                rows = self._table(block, len(self._assembly.tables) + 1)
                if any(text for row in rows for slot in row for text, _generated in slot.pieces):
                    self._assembly.table(rows)

    def write_note(self, note: Element, ordinal: int) -> None:
        """A footnote or endnote: each of its paragraphs a line, all of them block ``note:n``."""
        for line in self._lines(note):
            self._assembly.block(f"note:{ordinal}", line)

    def _blocks(self, container: Element) -> Iterator[Paragraph | Element]:
        """Paragraphs and ``w:tbl`` elements; text boxes follow the paragraph that anchors them."""
        carried = ""
        boxes: list[Element] = []
        for element in self._members(container, ("w:p", "w:tbl")):
            if kind(element) == "w:tbl":
                yield from [Paragraph(carried)] if carried else []
                carried = ""
                yield element
                continue
            paragraph = self._paragraphs.read(element, carried)
            carried = paragraph.text if paragraph.joins_next else ""
            boxes += paragraph.boxes
            if paragraph.joins_next or paragraph.hidden:
                continue
            yield paragraph
            yield from self._boxed(boxes)
            boxes = []
        if carried:
            yield Paragraph(carried)
        yield from self._boxed(boxes)

    def _boxed(self, boxes: list[Element]) -> Iterator[Paragraph | Element]:
        for box in boxes:
            outer = self._paragraphs.enter_box()
            yield from self._blocks(box)
            self._paragraphs.leave_box(outer)

    def _members(self, container: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
        """The children called ``wanted``, also those inside content controls and insertions."""
        for element in container:
            name = kind(element)
            if name in wanted:
                yield element
            elif name in DELETED:
                self._paragraphs.tracked = True
            elif name == "mc:AlternateContent":
                yield from self._members(chosen(element), wanted)
            elif name in _TRANSPARENT:
                yield from self._members(element, wanted)
            elif name == "w:altChunk":
                self._assembly.doubt(
                    "document.embedded",
                    _("文中嵌入了另一份文件，其内容没有读取。"),
                    _("请用 Word 打开后另存为一份新文件再读。"),
                    here=True,
                )

    def _lines(self, container: Element) -> list[list[tuple[str, bool]]]:
        """A story flattened to lines, each a list of pieces: nested tables give a line per row, their cells joined by a tab."""
        lines: list[list[tuple[str, bool]]] = []
        for block in self._blocks(container):
            if isinstance(block, Paragraph):
                lines.append(block.pieces)
                continue
            for row in self._table(block, 0):
                line: list[tuple[str, bool]] = []
                for i, slot in enumerate(row):
                    line += [("\t", False)] * bool(i) + list(slot.pieces)
                lines += [line] if row else []
        return lines

    def _table(self, table: Element, ordinal: int) -> list[list[Slot]]:
        """The cells of a table row by row; a cell merged over rows stands in its first one only."""
        rows: list[list[Slot]] = []
        open_cells: dict[int, _Merge] = {}
        for element in self._members(table, ("w:tr",)):
            properties = child(element, "w:trPr")
            if child(properties, "w:del") is not None:
                self._paragraphs.tracked = True
                continue
            rows.append(self._row(element, _span(path(properties, "w:gridBefore"), 0), len(rows), ordinal, open_cells))
        return rows

    def _row(self, element: Element, col: int, row: int, ordinal: int, open_cells: dict[int, _Merge]) -> list[Slot]:
        slots: list[Slot] = []
        for cell in self._members(element, ("w:tc",)):
            properties = child(cell, "w:tcPr")
            if child(properties, "w:cellDel") is not None:
                self._paragraphs.tracked = True
                continue
            cols = _span(child(properties, "w:gridSpan"), 1)
            pieces = _joined(self._lines(cell))
            blank = not any(text for text, _generated in pieces)
            upper = open_cells.get(col)
            # The hidden part of a merged cell is empty; one with text in it is read as a cell rather than lost.
            if blank and slots and _continues(properties, "w:hMerge"):
                slots[-1].cols += cols
            elif blank and upper is not None and upper.last_row == row - 1 and _continues(properties, "w:vMerge"):
                upper.slot.rows += 1
                upper.last_row = row
            else:
                slot = Slot(row, col, 1, cols, f"cell:{ordinal}.{row + 1}.{col + 1}", pieces)
                slots.append(slot)
                open_cells.pop(col, None)
                if child(properties, "w:vMerge") is not None:
                    open_cells[col] = _Merge(slot, row)
            col += cols
        return slots


def _span(element: Element | None, default: int) -> int:
    """A number of grid columns, kept within reason."""
    count = number(element)
    return default if count is None else min(max(count, default), _MAX_SPAN)


def _continues(properties: Element | None, name: str) -> bool:
    """True where the cell goes on with a merged one: ``w:vMerge`` without a value, or with ``continue``."""
    merge = child(properties, name)
    return merge is not None and (attribute(merge, "w:val") or "continue") != "restart"


def _joined(lines: list[list[tuple[str, bool]]]) -> list[tuple[str, bool]]:
    """Lines of a cell as one list of pieces, with a newline between them; empty lines at the end go."""
    while lines and not any(text for text, _generated in lines[-1]):
        lines.pop()
    pieces: list[tuple[str, bool]] = []
    for i, line in enumerate(lines):
        pieces += [("\n", False)] * bool(i) + line
    return pieces
