"""Rows of a table as canonical JSON lines, the same on SQLite and PostgreSQL, and back into a table.

The first line names the columns; every other is one row in their order, by primary key: times in UTC with microseconds, dates as ISO,
keys of JSON sorted, no blanks. Rows stream: neither way holds a table in memory.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import time
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connections, models

from luoshi.web.audit.encoding import plain

BATCH = 2000
AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.FloatField, models.ForeignKey)
"""What both databases take as JSON has it."""


def lines(model: type[models.Model], using: str = "default") -> Iterator[bytes]:
    """The table of ``model`` line by line."""
    names = [field.attname for field in model._meta.local_concrete_fields]
    yield _line(names)
    for row in model._base_manager.using(using).order_by("pk").values_list(*names).iterator(BATCH):
        yield _line(row)


def load(model: type[models.Model], written: Iterable[bytes], using: str = "default") -> int:
    """Insert what ``lines`` wrote into the empty table of ``model``; how many rows. Raises ValueError where the columns are others."""
    connection, fields = connections[using], model._meta.local_concrete_fields
    rows = iter(written)
    if json.loads(next(rows)) != [field.attname for field in fields]:
        raise ValueError(f"other columns: {model._meta.label}")
    quote = connection.ops.quote_name
    columns, places = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"
    other = [(at, field) for at, field in enumerate(fields) if not isinstance(field, AS_IT_IS)]
    loaded = 0
    with connection.cursor() as cursor:
        while batch := [json.loads(line) for line in islice(rows, BATCH)]:
            for row in batch:
                for at, field in other:
                    row[at] = field.get_db_prep_save(field.to_python(row[at]), connection)
            cursor.executemany(insert, batch)
            loaded += len(batch)
    return loaded


def _line(row: Iterable[Any]) -> bytes:
    return (json.dumps(list(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_text_of) + "\n").encode()


def _text_of(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, time) else plain(value)
