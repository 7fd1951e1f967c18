"""SourceText: the canonical text of a document, and where each stretch of it came from.

Immutable once made. Rules never look at files; they look at this.
"""

import hashlib
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from luoshi.text.doubt import Doubt
from luoshi.text.span import Span


@dataclass(frozen=True, slots=True)
class Origin:
    """Where ``text[start:end]`` stood in the file.

    ``page`` counts from 1, None where the format has no pages. ``block`` is a kind and numbers that count from 1:
    ``p:12`` paragraph, ``h2:13`` heading of level 2, ``cell:1.2.3`` table 1, row 2, column 3, ``note:1`` footnote.
    """

    start: int
    end: int
    page: int | None
    block: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``row`` and ``col`` count from 0, merged cells span several."""

    start: int
    end: int
    row: int
    col: int
    rows: int = 1
    cols: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: in the text its cells are joined by a tab and its rows by a newline; a merged cell stands once."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SourceText:
    """The canonical text and its origins.

    ``generated`` marks text that is not in the bytes (Word's automatic numbers). ``furniture`` marks page numbers and
    running heads that the layout gave away: part of the text, no part of what is read. ``wrapped`` says that newlines
    are lines of the page, not paragraphs (PDF); None leaves it to the reading view to find out.
    """

    text: str
    name: str
    media_type: str = "text/plain"
    file_sha256: str = ""
    origins: tuple[Origin, ...] = ()
    generated: tuple[Span, ...] = ()
    furniture: tuple[Span, ...] = ()
    tables: tuple[Table, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    wrapped: bool | None = None
    _worked_out: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out of it once: its hash, its reading view."""

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the canonical text in UTF-8; lone surrogates, which no reader makes, count as they are."""
        if "sha256" not in self._worked_out:
            self._worked_out["sha256"] = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        return str(self._worked_out["sha256"])

    @classmethod
    def from_text(cls, text: str, *, name: str = "text") -> "SourceText":
        """A source from a string: ``\\r\\n`` becomes ``\\n`` and a BOM goes, nothing else changes."""
        canonical = text.removeprefix("\ufeff").replace("\r\n", "\n")
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(text=canonical, name=name, file_sha256=digest)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for the pipe between the child process that reads and its parent."""
        data = asdict(replace(self))
        del data["_worked_out"]
        data["doubts"] = [doubt._asdict() for doubt in self.doubts]
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "SourceText":
        """The inverse of ``to_dict``."""
        return cls(
            text=data["text"],
            name=data["name"],
            media_type=data["media_type"],
            file_sha256=data["file_sha256"],
            origins=tuple(Origin(**o) for o in data["origins"]),
            generated=tuple(Span(**s) for s in data["generated"]),
            furniture=tuple(Span(**s) for s in data["furniture"]),
            tables=tuple(
                Table(t["start"], t["end"], tuple(Cell(**c) for c in t["cells"])) for t in data["tables"]
            ),
            doubts=tuple(Doubt(**d) for d in data["doubts"]),
            wrapped=data["wrapped"],
        )
