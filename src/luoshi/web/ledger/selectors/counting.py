"""How much is asked of a person: one question to the database, on every page.

To put the question together out of its kinds costs far more than to ask it, and it is the same for all who hold the same roles on the same day, but
for who asks. So it is put together once, for a stand-in, and kept as SQL; the person and the unit take the place of the stand-in. No answer is kept.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from luoshi.calendar import WorkingCalendar
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import askers
from luoshi.web.ledger.must_do import KINDS
from luoshi.web.ledger.selectors import asking as ask
from luoshi.web.ledger.selectors.kinds import Table, any_of

_PERSON, _UNIT = -7_158_806_001, -7_158_806_002
"""Numbers that no row has."""


def asked_count(actor: Actor, on: date) -> int:
    """How many rows ask something of a person today."""
    if actor.unit_id is None or not actor.roles:
        return 0
    asking = ask.Asking(actor, on)
    if len(actor.units) > 1:
        return _all(asking).count()
    sql, told = _question(actor.roles, on, asking.releases, working_calendar())
    real = {_PERSON: actor.user_id, _UNIT: actor.unit_id}
    with connection.cursor() as cursor:
        cursor.execute(sql, [real.get(one, one) if isinstance(one, int) else one for one in told])
        return int(cursor.fetchone()[0])


@lru_cache(maxsize=64)
def _question(roles: frozenset[str], on: date, releases: bool, calendar: WorkingCalendar) -> tuple[str, tuple[Any, ...]]:
    """The question of everybody with these roles on a day, as SQL with its values; ``calendar`` is what days are reckoned by."""
    actor = Actor(_PERSON, "", unit_id=_UNIT, roles=roles)
    sql, told = _all(ask.Asking(actor, on, releasing=releases)).query.sql_with_params()
    return f"SELECT COUNT(*) FROM ({sql}) asked", told


def _all(asking: ask.Asking) -> QuerySet[Any]:
    first, *others = [any_of(table.model, table.kinds).order_by().values_list("pk") for table in asking_tables(asking) if table.kinds]
    return first.union(*others, all=True) if others else first


def asking_tables(asking: ask.Asking) -> list[Table]:
    """All that asks something of a person, of the ledger and of the apps above it."""
    return [*ask.tables(asking), *(table for asker in askers() for table in asker.tables(asking.actor, asking.on))]


def group_of(kind: str) -> str:
    """The group of the must-do list that a kind of asking stands in."""
    if kind in KINDS:
        return KINDS[kind].group
    return next(asker.groups[kind] for asker in askers() if kind in asker.groups)
