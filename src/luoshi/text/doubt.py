"""Doubt: an uncertainty for the reviewer. It is data, never an error."""

from typing import NamedTuple


class Doubt(NamedTuple):
    """What is unsure (``message``), what to do about it (``hint``) and where (a span of the canonical text).

    ``code`` is stable and never reused: ``deadline.no_base``, ``framework.mismatch`` …
    """

    code: str
    message: str
    hint: str
    start: int
    end: int
