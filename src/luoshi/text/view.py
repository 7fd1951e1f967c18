"""The reading view: the text as a reader sees it, with the way back to the canonical offsets.

Lines that a page broke are joined, page numbers and running heads are gone, widths are folded one to one (，→, （→( １→1),
so that rules are written once. Rules see the view; results carry canonical spans.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from luoshi.text.lines import layout
from luoshi.text.source import SourceText
from luoshi.text.span import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FOLDS = dict(zip("，；：（）？！％．﹙﹚－～＂＋［］︰﹐\u3000\u00a0\u2002\u2003", ",;:()?!%.()-~\"+[]:,    ", strict=True))
_FOLDS |= {chr(0xFF10 + i): str(i) for i in range(10)}
_FOLDS |= {chr(0xFF21 + i): chr(65 + i) for i in range(26)} | {chr(0xFF41 + i): chr(97 + i) for i in range(26)}


_SAMPLE = 2000
_TRADITIONAL = re.compile("[國會產黨發展經濟設實為關點務開進個來這時們對動學業區縣辦責單領導當後將請製應間據總從義]")


def fold(text: str) -> str:
    """``text`` with full-width punctuation, digits and letters made narrow, and traditional characters made simplified.

    Every character stays where it is: characters are mapped one by one.
    """
    import numpy as np  # it takes a while to load, and a program that reads no text needs none of it

    if _is_traditional(text):
        text = text.translate(_simplified(text))
    if '"' in text:
        text = "\n".join(_curled(line) for line in text.split("\n"))
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _narrow().take(codes).tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _narrow() -> "NDArray[np.uint32]":
    """For the code of every character that of its narrow form."""
    import numpy as np

    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    table[[ord(wide) for wide in _FOLDS]] = [ord(narrow) for narrow in _FOLDS.values()]
    return table


def _is_traditional(text: str) -> bool:
    """True where characters that only traditional Chinese has are common at the beginning and in the middle."""
    middle = len(text) // 2
    sample = text[:_SAMPLE] + text[middle : middle + _SAMPLE]
    return len(_TRADITIONAL.findall(sample)) * 50 > len(sample)


def _curled(line: str) -> str:
    """Straight quotation marks of a line as “ and ” in turn, where they come in pairs."""
    if line.count('"') % 2 or '"' not in line:
        return line
    pieces = line.split('"')
    return "".join(piece + ("“" if i % 2 == 0 else "”") for i, piece in enumerate(pieces[:-1])) + pieces[-1]


def _simplified(text: str) -> dict[int, str]:
    """The simplified form of each traditional character that occurs in ``text``."""
    from opencc import OpenCC  # its tables take a while to load and few documents need them

    convert = OpenCC("t2s").convert
    return {ord(c): s for c in set(text) if "\u4e00" <= c <= "\u9fff" and (s := convert(c)) != c and len(s) == 1}


@dataclass(frozen=True, slots=True)
class ReadingView:
    """``text`` is what rules read; ``span`` and ``offset`` lead back into the canonical text."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def offset(self, position: int) -> int:
        """Canonical offset of the character at ``position`` of the view."""
        i = bisect_right(self.starts, position) - 1
        return self.sources[i] + position - self.starts[i]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Canonical start and end of ``[start, end)`` of the view; dropped line breaks inside it belong to it."""
        if len(self.starts) == 1:
            shift = self.sources[0]
            return start + shift, max(start, end) + shift
        starts, sources = self.starts, self.sources
        i = bisect_right(starts, start) - 1
        begin = sources[i] + start - starts[i]
        if start >= end:
            return begin, begin
        if i + 1 == len(starts) or end <= starts[i + 1]:
            return begin, begin + end - start
        i = bisect_right(starts, end - 1, i) - 1
        return begin, sources[i] + end - starts[i]

    def ranges(self, starts: Sequence[int], ends: Sequence[int]) -> list[tuple[int, int]]:
        """``range`` of many stretches at once, none of them empty."""
        import numpy as np

        if len(self.starts) == 1 or not starts:
            shift = self.sources[0]
            return [(start + shift, end + shift) for start, end in zip(starts, ends, strict=True)]
        begins, shifts = np.asarray(self.starts), np.asarray(self.sources) - np.asarray(self.starts)
        first, last = np.asarray(starts), np.asarray(ends) - 1
        first = first + shifts[np.searchsorted(begins, first, "right") - 1]
        last = last + shifts[np.searchsorted(begins, last, "right") - 1] + 1
        return list(zip(first.tolist(), last.tolist(), strict=True))

    def span(self, start: int, end: int) -> Span:
        """``range`` as a span."""
        return Span(*self.range(start, end))

    def position(self, offset: int) -> int:
        """Position in the view of a canonical offset; a dropped character maps to what follows it."""
        starts, sources = self.starts, self.sources
        i = bisect_right(sources, offset) - 1
        if i < 0:
            return 0
        at, end = starts[i] + offset - sources[i], starts[i + 1] if i + 1 < len(starts) else len(self.text)
        return at if at < end else end

    def positions(self, offsets: Sequence[int]) -> list[int]:
        """``position`` of many offsets at once."""
        import numpy as np

        starts, sources, found = np.array(self.starts), np.array(self.sources), np.array(offsets, np.int64)
        piece = sources.searchsorted(found, "right") - 1
        kept = np.minimum(found + (starts - sources)[piece], np.append(starts[1:], len(self.text))[piece])
        places: list[int] = np.where(piece < 0, 0, kept).tolist()
        return places


_SPACED_DATE = re.compile(
    r"(?<=(?:19|20)\d\d)[ \u00a0\u3000]{1,2}(?=年)|(?<=年)[ \u00a0\u3000]{1,2}(?=\d{1,2}[ \u00a0\u3000]{0,2}月)|(?<=月)[ \u00a0\u3000]{1,2}(?=\d{1,2}[ \u00a0\u3000]{0,2}日)"
    r"|(?<=\d)[ \u00a0\u3000]{1,2}(?=月[底末初份前内上中下至起—\d,，。、(（ ])|(?<=月\d)[ \u00a0\u3000]{1,2}(?=日)|(?<=月\d\d)[ \u00a0\u3000]{1,2}(?=日)|(?<=月[ \u00a0\u3000]\d)[ \u00a0\u3000]{1,2}(?=日)|(?<=月[ \u00a0\u3000]\d\d)[ \u00a0\u3000]{1,2}(?=日)"
)
"""2026 年 5 月底前: blanks that a word processor sets around figures are no part of a date."""


def dropped(source: SourceText) -> Sequence[Span]:
    """What the view leaves out, in order: what the layout is made of and the blanks in dates."""
    text = source.text
    furniture = layout(source).dropped
    if not any(blank in text and any(blank + part in text or part + blank in text for part in "年月日") for blank in " \u00a0\u3000"):
        return furniture
    return sorted([*furniture, *(Span(*found.span()) for found in _SPACED_DATE.finditer(text))], key=attrgetter("start", "end"))


def reading_view(source: SourceText) -> ReadingView:
    """The view of ``source``: furniture and the blanks in dates dropped, broken lines joined, widths folded.

    ``source.wrapped`` decides whether newlines are lines of a page; where it is None, the lengths of the lines do. It is worked out once:
    who reads a document and who aligns it ask for the same.
    """
    if "view" not in source._worked_out:
        source._worked_out["view"] = _view(source)
    view: ReadingView = source._worked_out["view"]
    return view


def _view(source: SourceText) -> ReadingView:
    text = source.text
    kept: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    at = length = 0
    for drop in [*dropped(source), Span(len(text), len(text))]:
        if drop.start > at:
            kept.append(text[at : drop.start])
            starts.append(length)
            sources.append(at)
            length += drop.start - at
        at = max(at, drop.end)
    if not starts:
        starts, sources = [0], [0]
    return ReadingView(fold("".join(kept)), tuple(starts), tuple(sources))
