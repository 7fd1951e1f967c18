"""Rows that ask something, by kind: each kind is a question of its own to the database, so that it has its own index, and none reads the whole table."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Model, OuterRef, Q, QuerySet

Kinds = list[tuple[str, Q]]
"""Kind → which rows, the more pressing first: a row stands in the first that has it. A kind that is found in two ways stands there twice."""


class Table(NamedTuple):
    """A table whose rows ask something of a person, the kinds of asking, and the field (of a date, empty: none) in whose order they stand."""

    model: type[Model]
    kinds: Kinds
    order: str = ""


class Picked(NamedTuple):
    """Numbers of the rows of a kind that are shown, in their order, and how many there are of it."""

    pks: list[int]
    total: int


Picks = Mapping[str, Picked]
"""Kind → its rows, of one table: kinds that somebody looks at and that have any."""


def within(value: Any) -> Any:
    """A value of the actor for use in a question inside the question about a row: where it is itself read from a row, that row is one level further out."""
    return OuterRef(value) if isinstance(value, OuterRef) else value


def picked_rows(rows: QuerySet[Any], picks: Picks) -> list[Any]:
    """The rows picked, each with its kind (``asked``) and how many there are of it (``asked_total``). Nothing is asked of the database where nothing is picked."""
    wanted = [pk for one in picks.values() for pk in one.pks]
    found = rows.in_bulk(wanted) if wanted else {}
    made = []
    for kind, one in picks.items():
        for row in (found[pk] for pk in one.pks if pk in found):
            row.asked, row.asked_total = kind, one.total
            made.append(row)
    return made
