"""How much is asked of a person, on every page, and which rows they are: one question to the database each.

To put such a question together out of its kinds costs far more than to ask it, and it is the same for all who hold the same roles on the same day, but
for who asks. So it is put together once, for a stand-in, and kept as SQL; the person and the unit take the place of the stand-in. No answer is kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from luoshi.calendar import WorkingCalendar
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import askers
from luoshi.web.ledger.must_do import KINDS
from luoshi.web.ledger.selectors import asking as ask
from luoshi.web.ledger.selectors.kinds import Picked, Picks, Table

_PERSON, _UNIT = -7_158_806_001, -7_158_806_002
"""Numbers that no row has."""
LAST = "~"
"""In the order of dates, after all of them."""


class Picking(NamedTuple):
    """What is shown of all that asks something of a person: of the tables of the ledger, and of those of each asker."""

    ledger: list[Picks]
    of_askers: list[list[Picks]]


def asked_count(actor: Actor, on: date) -> int:
    """How many rows ask something of a person today."""
    if actor.unit_id is None or not actor.roles:
        return 0
    return int(_answers(ask.Asking(actor, on), _count)[0][0])


def asked_picks(asking: ask.Asking) -> Picking:
    """Which rows ask something of a person: a row stands in the first kind that has it, the first of each kind are picked."""
    found: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)  # table and kind → order and number
    seen: set[tuple[int, int]] = set()
    for table, kind, pk, order in sorted(_answers(asking, _numbers), key=itemgetter(0, 1)):
        if (table, pk) not in seen:
            seen.add((table, pk))
            found[table, kind].append((order or LAST, pk))
    own, others = _sources(asking)
    places = count()
    ledger, *of_askers = [[_picks(asking, found, next(places), table) for table in tables] for tables in (own, *others)]
    return Picking(ledger, of_askers)


def _picks(asking: ask.Asking, found: Mapping[tuple[int, int], list[tuple[str, int]]], at: int, table: Table) -> Picks:
    of: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for place, (kind, _where) in enumerate(table.kinds):
        if not asking.group or group_of(kind) == asking.group:
            of[kind] += found.get((at, place), ())
    return {kind: Picked([pk for _order, pk in sorted(rows)[: asking.most]], len(rows)) for kind, rows in of.items() if rows}


Question = tuple[str, Sequence[Any]]
"""SQL with its values."""


def _answers(asking: ask.Asking, question: Callable[[ask.Asking], Question]) -> list[tuple[Any, ...]]:
    """What the database says to a question about a person. One query."""
    actor = asking.actor
    if len(actor.units) > 1:
        sql, told = question(asking)
    else:
        sql, told = _kept(question, actor.roles, asking.on, asking.releases, working_calendar())
        real = {_PERSON: actor.user_id, _UNIT: actor.unit_id}
        told = [real.get(one, one) if isinstance(one, int) else one for one in told]
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@lru_cache(maxsize=128)
def _kept(question: Callable[[ask.Asking], Question], roles: frozenset[str], on: date, releases: bool, calendar: WorkingCalendar) -> Question:
    """The question of everybody with these roles on a day; ``calendar`` is what days are reckoned by."""
    return question(ask.Asking(Actor(_PERSON, "", unit_id=_UNIT, roles=roles), on, releasing=releases))


def _count(asking: ask.Asking) -> Question:
    sql, told = _together([rows.values_list("asked_in", "pk") for rows in _kind_by_kind(asking)])
    return f"SELECT COUNT(*) FROM (SELECT DISTINCT * FROM ({sql}) every) asked", told


def _numbers(asking: ask.Asking) -> Question:
    """Table, kind, number and place in the order of every row that asks; one that asks for two things is there twice."""
    return _together([rows.values_list("asked_in", "asked_as", "pk", "asked_order") for rows in _kind_by_kind(asking)])


def _kind_by_kind(asking: ask.Asking) -> Iterator[QuerySet[Any]]:
    """The rows of each kind, with the places of its table and its own, and their place in the order as text, which dates sort by too."""
    for at, table in enumerate(asking_tables(asking)):
        order = Cast(table.order or Value(""), TextField())
        for place, (_kind, where) in enumerate(table.kinds):
            yield table.model._default_manager.filter(where).order_by().annotate(asked_in=Value(at), asked_as=Value(place), asked_order=order)


def _together(rows: Sequence[QuerySet[Any, Any]]) -> Question:
    first, *others = rows
    sql, told = (first.union(*others, all=True) if others else first).query.sql_with_params()
    return sql, told


def _sources(asking: ask.Asking) -> tuple[list[Table], list[list[Table]]]:
    """The tables of the ledger, and those of each app above it."""
    return ask.tables(asking), [asker.tables(asking.actor, asking.on) for asker in askers()]


def asking_tables(asking: ask.Asking) -> list[Table]:
    """All that asks something of a person, of the ledger and of the apps above it."""
    own, others = _sources(asking)
    return [*own, *(table for tables in others for table in tables)]


def group_of(kind: str) -> str:
    """The group of the must-do list that a kind of asking stands in."""
    if kind in KINDS:
        return KINDS[kind].group
    return next(asker.groups[kind] for asker in askers() if kind in asker.groups)
