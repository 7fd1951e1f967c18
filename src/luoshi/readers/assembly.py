"""A SourceText in the making: text is written front to back, and every origin, table and generated stretch is noted at once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.text import Cell, Doubt, EmptyDocument, LimitExceeded, Origin, SourceText, Span, Table
from luoshi.text.language import _

MAX_CHARACTERS = 20_000_000


@dataclass(slots=True)
class Slot:
    """A cell before it has a place in the text: where it stands in the grid, its origin, and its pieces ``(text, generated)``."""

    row: int
    col: int
    rows: int
    cols: int
    block: str
    pieces: Sequence[tuple[str, bool]]


class Assembly:
    """Collects what a reader finds; ``source`` makes the immutable result."""

    def __init__(self) -> None:
        self.length = 0
        self.doubts: list[Doubt] = []
        self.tables: list[Table] = []
        self._parts: list[str] = []
        self._origins: list[Origin] = []
        self._generated: list[Span] = []
        self._fresh = True
        self._blank = True

    def write(self, text: str, *, generated: bool = False) -> None:
        """Append ``text``; ``generated`` says that it is not in the bytes of the file."""
        if not text:
            return
        if generated:
            self._generated.append(Span(self.length, self.length + len(text)))
        elif self._blank and not text.isspace():
            self._blank = False
        self._parts.append(text)
        self.length += len(text)
        check_length(self.length)

    def block(self, block: str, pieces: Sequence[tuple[str, bool]]) -> None:
        """A paragraph on a line of its own; a blank one makes a line and has no origin."""
        self._line()
        self._stretch(block, pieces)

    def table(self, rows: Sequence[Sequence[Slot]]) -> None:
        """A table: its rows as lines, its cells joined by a tab; rows in which no cell begins make no line."""
        self._line()
        start = self.length
        cells: list[Cell] = []
        for i, row in enumerate(row for row in rows if row):
            self.write("\n" if i else "")
            for j, slot in enumerate(row):
                self.write("\t" if j else "")
                at = self.length
                self._stretch(slot.block, slot.pieces)
                cells.append(Cell(at, self.length, slot.row, slot.col, slot.rows, slot.cols))
        self.tables.append(Table(start, self.length, tuple(cells)))

    def doubt(self, code: str, message: str, hint: str, *, here: bool = False) -> None:
        """An uncertainty about the whole file, or about what stands ``here``, where the text has got to."""
        at = self.length if here else 0
        self.doubts.append(Doubt(code, message, hint, at, at))

    @property
    def is_blank(self) -> bool:
        """True as long as nothing but white space and generated text was written."""
        return self._blank

    def source(self, data: bytes, *, name: str, media_type: str) -> SourceText:
        """The finished source; ``data`` are the bytes of the file."""
        return SourceText(
            text="".join(self._parts),
            name=name,
            media_type=media_type,
            file_sha256=hashlib.sha256(data).hexdigest(),
            origins=tuple(self._origins),
            generated=tuple(self._generated),
            tables=tuple(self.tables),
            doubts=tuple(self.doubts),
            wrapped=False,
        )

    def _line(self) -> None:
        if not self._fresh:
            self.write("\n")
        self._fresh = False

    def _stretch(self, block: str, pieces: Sequence[tuple[str, bool]]) -> None:
        start = self.length
        for text, generated in pieces:
            self.write(text, generated=generated)
        if any(not text.isspace() for text, _generated in pieces if text):
            self._origins.append(Origin(start, self.length, None, block))


def empty_document(name: str) -> EmptyDocument:
    """The error for a file without any text."""
    return EmptyDocument(_("{name} 中没有文字。").format(name=name), hint=_("请确认上传的是正文文件，而不是空白模板。"))


def check_length(length: int) -> None:
    """LimitExceeded for a text longer than any directive: a thousand times the longest."""
    if length > MAX_CHARACTERS:
        message = _("文字超过 {n} 万字。").format(n=MAX_CHARACTERS // 10_000)
        raise LimitExceeded(message, hint=_("请只保留需要读取的部分，另存后再试。"))
