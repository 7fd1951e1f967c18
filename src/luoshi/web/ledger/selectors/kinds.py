"""Rows that ask something, by kind: each kind is a question of its own to the database, so that it has its own index, and none reads the whole table."""

from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, F, Model, OrderBy, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

Kinds = list[tuple[str, Q]]
"""Kind → which rows, the more pressing first: a row stands in the first that has it. A kind that is found in two ways stands there twice."""


class Table(NamedTuple):
    """A table whose rows ask something of a person, and the kinds of asking."""

    model: type[Model]
    kinds: Kinds


def within(value: Any) -> Any:
    """A value of the actor for use in a question inside the question about a row: where it is itself read from a row, that row is one level further out."""
    return OuterRef(value) if isinstance(value, OuterRef) else value


def any_of(model: type[Model], kinds: Kinds) -> QuerySet[Any]:
    """Rows of any kind, each once."""
    rows = model._default_manager
    if len(kinds) < 2:
        return rows.filter(kinds[0][1]) if kinds else rows.none()
    first, *others = [rows.filter(where).order_by().values_list("pk") for _name, where in kinds]
    return rows.filter(pk__in=first.union(*others, all=True))


def of_kinds(rows: QuerySet[Any], kinds: Kinds, wanted: set[str], most: int, *order: str | OrderBy) -> QuerySet[Any]:
    """``rows`` with their kind (``asked``) and how many there are of it (``asked_total``), at most ``most`` of each wanted kind, in ``order``."""
    chosen = [(name, where) for name, where in kinds if name in wanted]
    if not chosen:
        return rows.none()
    kind = Case(*(When(where, then=Value(name)) for name, where in kinds), default=Value(""), output_field=CharField())
    found = any_of(rows.model, chosen).order_by().values("pk")
    named: QuerySet[Any] = rows.filter(pk__in=found).order_by().annotate(asked=kind).filter(asked__in=[name for name, _where in chosen])
    place, total = Window(RowNumber(), partition_by=F("asked"), order_by=list(order)), Window(Count("pk"), partition_by=F("asked"))
    placed: QuerySet[Any] = named.annotate(asked_place=place, asked_total=total).filter(asked_place__lte=most).order_by("asked_place")
    return placed
