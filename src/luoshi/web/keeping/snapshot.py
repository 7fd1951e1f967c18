"""One moment of the database, seen by one connection while others go on writing.

PostgreSQL: a transaction that is repeatable and reads only. SQLite in WAL: a transaction that is deferred, so that it takes no lock of
writers; where SQLite is too old for WAL, writers wait while it reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections, transaction

ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias of a connection that sees one moment and cannot write."""
    own = connection.copy(ALIAS)
    if own.vendor == "sqlite":
        own.settings_dict["OPTIONS"] = own.settings_dict["OPTIONS"] | {"transaction_mode": "DEFERRED"}
    connections[ALIAS] = own
    try:
        with own.cursor() as cursor:
            if own.vendor == "sqlite":
                cursor.execute("PRAGMA query_only = ON")
        with transaction.atomic(using=ALIAS):
            with own.cursor() as cursor:
                if own.vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT count(*) FROM django_migrations")  # the moment is that of the first question
            yield ALIAS
    finally:
        own.close()
        del connections[ALIAS]
