"""Every hostile file that the readers are tried on; made when asked for, nothing of it lies in the repository."""

from collections.abc import Iterator

from . import hostile_pdf, hostile_text, hostile_zip
from .hostile_case import Case


def hostile_cases() -> Iterator[Case]:
    """All cases, in a fixed order."""
    yield from hostile_zip.containers()
    yield from hostile_zip.word()
    yield from hostile_zip.sheets()
    yield from hostile_zip.layouts()
    yield from hostile_pdf.cases()
    yield from hostile_text.pages()
    yield from hostile_text.plain()
    yield from hostile_text.others()
