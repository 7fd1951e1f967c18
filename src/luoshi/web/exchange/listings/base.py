"""What a view gives to an export: what was found, in words and in rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.http import QueryDict

from luoshi.web.common.actor import Actor
from luoshi.writers.lists import ListColumn

CHUNK = 2000
"""Rows that are in memory at a time; what belongs to them is asked for in as many questions whatever their number."""
T = TypeVar("T")


class Found(NamedTuple):
    """``rows`` begins anew at each call, ``total`` rows of text. ``withheld``: of how many a text is left out, ``why`` in a sentence."""

    title: str
    total: int
    columns: tuple[ListColumn, ...]
    rows: Callable[[], Iterator[Sequence[str]]]
    filters: tuple[str, ...] = ()
    withheld: int = 0
    why: str = ""


class View(NamedTuple):
    """A view by its name. ``find(actor, query, day, columns, pk)`` gives what is seen of it, or raises Http404.

    ``columns(query)``: name → heading of those that can be chosen; ``chosen(query)`` those that the page shows. ``about`` says that it is of one row.
    """

    name: str
    word: Callable[[], str]
    find: Callable[[Actor, QueryDict, date, Sequence[str], int | None], Found]
    columns: Callable[[], dict[str, str]]
    chosen: Callable[[QueryDict], tuple[str, ...]]
    back: Callable[[QueryDict, int | None], str]  # address of the page that it is a view of
    about: bool = False
    keyed: bool = False  # its workbook can be changed and brought back


def batches(rows: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The rows, so many at a time."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def iso(value: Any) -> str:
    """A day as 2026-11-26, nothing where there is none."""
    return value.isoformat() if value else ""
