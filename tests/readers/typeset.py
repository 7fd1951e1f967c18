"""A small typesetter for tests and samples: paragraphs in, lines with places out, as GB/T 9704-2012 sets an official document.

    pages = typeset([Paragraph("关于……的通知", "title"), "各县（区）人民政府：", "　　为贯彻……", Paragraph("云州市人民政府", "right")])

Places are in millimetres from the top left corner. ``build_ofd`` and ``build_pdf`` write them down.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

POINT = 25.4 / 72
WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, TYPE_WIDTH = 28.0, 37.0, 156.0
EM = TYPE_WIDTH / 28
STEP = 225.0 / 22
LINES = 22

_NOT_FIRST = frozenset("，。、；：？！）》”’」』】〕%％…")
_NOT_LAST = frozenset("（《“‘「『【〔")


@dataclass(frozen=True, slots=True)
class Line:
    """One run of characters: left edge and baseline in mm, size in mm."""

    text: str
    x: float
    y: float
    size: float = EM


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text and how it is set: ``body`` (indented by two), ``left``, ``title`` (centred, larger), ``right``."""

    text: str
    kind: str = "body"


def advance(char: str) -> float:
    """Width of a character in em."""
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def width(text: str) -> float:
    """Width of a text in em."""
    return sum(map(advance, text))


def typeset(paragraphs: Iterable[str | Paragraph], *, lines: int = LINES) -> list[list[Line]]:
    """Pages of lines; a plain string is a body paragraph."""
    pages: list[list[Line]] = [[]]
    row = 0
    for item in paragraphs:
        paragraph = item if isinstance(item, Paragraph) else Paragraph(item)
        for x, size, text in _broken(paragraph):
            if row == lines:
                pages.append([])
                row = 0
            pages[-1].append(Line(text, x, TOP + STEP * (row + 0.75), size))
            row += 1
    return pages


def _broken(paragraph: Paragraph) -> Iterable[tuple[float, float, str]]:
    """Left edge, size and text of each line of a paragraph."""
    size = 22 * POINT if paragraph.kind == "title" else EM
    room = TYPE_WIDTH / size
    first = 2.0 if paragraph.kind == "body" else 0.0
    for i, text in enumerate(_cut(paragraph.text, room, first)):
        x = LEFT + (first * size if i == 0 else 0.0)
        if paragraph.kind == "title":
            x = LEFT + (TYPE_WIDTH - width(text) * size) / 2
        elif paragraph.kind == "right":
            x = LEFT + TYPE_WIDTH - (width(text) + 4) * size
        yield x, size, text


def _cut(text: str, room: float, first: float) -> list[str]:
    """``text`` cut into lines of at most ``room`` em, never before a closing nor after an opening mark, nor inside a number."""
    lines: list[str] = []
    left = room - first
    while text:
        end, used = 0, 0.0
        while end < len(text) and used + advance(text[end]) <= left + 1e-6:
            used += advance(text[end])
            end += 1
        while 1 < end < len(text) and (
            text[end] in _NOT_FIRST or text[end - 1] in _NOT_LAST or (text[end - 1].isascii() and text[end].isascii())
        ):
            end -= 1
        lines.append(text[:end])
        text, left = text[end:], room
    return lines
