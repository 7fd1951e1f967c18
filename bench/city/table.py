"""Rows written as fast as the database takes them: ``executemany`` on SQLite, ``COPY`` on PostgreSQL, a batch at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

BATCH = 20_000
POSTGRESQL = connection.vendor == "postgresql"


class Table:
    """Rows of one model. ``names`` are the columns that differ from row to row; ``fixed`` is the same in all, the rest has its default."""

    def __init__(self, model: type[models.Model], *names: str, **fixed: Any) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
        rest = {name: field.get_db_prep_save(fixed.get(name, field.get_default()), connection) for name, field in fields.items() if name not in names}
        self._columns = [model._meta.pk.column, *(fields[name].column for name in names), *(fields[name].column for name in rest)]
        self._table, self._rest = model._meta.db_table, tuple(rest.values())
        self._rows: list[tuple[Any, ...]] = []
        self._numbers = count(1)
        self.model = model
        OPEN.append(self)

    def add(self, *values: Any) -> int:
        """One row; answers with its number."""
        return self.put(next(self._numbers), *values)

    def put(self, number: int, *values: Any) -> int:
        """One row with a number of its own."""
        self._rows.append((number, *values, *self._rest))
        if len(self._rows) >= BATCH:
            self.flush()
        return number

    def flush(self) -> None:
        """Write what waits."""
        insert(self._table, self._columns, self._rows)
        self._rows = []


OPEN: list[Table] = []


def flush_all() -> None:
    """Write what waits anywhere, in the order in which tables were opened, and let PostgreSQL count on from there."""
    for table in OPEN:
        table.flush()
    if POSTGRESQL:
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in OPEN]):
                cursor.execute(statement)
    OPEN.clear()


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows of a table."""
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if POSTGRESQL:
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})', rows)


@lru_cache(maxsize=8192)
def day(ordinal: int) -> str:
    """A day as both databases take it."""
    from datetime import date

    return date.fromordinal(ordinal).isoformat()


_ZONE = "+00" if POSTGRESQL else ""


def moment(ordinal: int, minute: int = 120) -> str:
    """A moment of a day (a minute of it, in UTC) as this database takes it."""
    return f"{day(ordinal)} {minute // 60:02}:{minute % 60:02}:00{_ZONE}"


@contextmanager
def without_index(name: str, statement: str) -> Iterator[None]:
    """On PostgreSQL an index is made anew once all its rows are there."""
    with connection.cursor() as cursor:
        if POSTGRESQL:
            cursor.execute(f"DROP INDEX {name}")
        yield
        if POSTGRESQL:
            cursor.execute(statement)
