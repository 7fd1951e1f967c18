"""A list as CSV for a spreadsheet program: UTF-8 with a BOM, every cell quoted, no cell that a program would take for a formula.

A spreadsheet program runs what begins with ``=``, ``+``, ``-`` or ``@`` (in some languages their full-width forms as well), with or without blanks
before it, quoted or not. Such a cell gets an apostrophe in front, and so does such a line inside a cell, for programs that cut there.
The rule is OWASP's "CSV Injection"; the apostrophe is what a spreadsheet program itself writes before text of this kind.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

from luoshi.writers.lists import Listing
from luoshi.writers.plain import printable

BOM = "\ufeff"
_SIGNS = frozenset("=+-@|%")
_PIECE = re.compile(r"[\n;]")


def list_csv(listing: Listing) -> Iterator[str]:
    """The lines of the file, each with its end; the last ones say how many rows there are, and by which filter."""
    places, written = listing.shown, 0
    yield BOM + _line([listing.columns[at].header for at in places])
    for row in listing.rows:
        written += 1
        yield _line([row[at] for at in places])
    yield _line([])
    for sentence in listing.told(written):
        yield _line([sentence])


def guarded(text: str) -> str:
    """``text`` as a cell that is text to every spreadsheet program."""
    plain = printable(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    start, made = 0, []
    for cut in [*(match.end() for match in _PIECE.finditer(plain)), len(plain)]:
        piece = plain[start:cut]
        made.append("'" + piece if _runs(piece) else piece)
        start = cut
    return "".join(made)


def _runs(piece: str) -> bool:
    """True where the first character that shows, whatever its width, is one that a formula begins with."""
    for character in piece:
        if character.isspace() or unicodedata.category(character) in ("Cf", "Cc", "Zs", "Mn") or character in "'\"\ufffd":
            continue
        return unicodedata.normalize("NFKC", character)[:1] in _SIGNS
    return False


def _line(cells: Sequence[str]) -> str:
    made = io.StringIO()
    csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return made.getvalue()
