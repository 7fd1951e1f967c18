"""The database brought in step with the code, by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import OperationalError, connection

from luoshi.text import UsageError
from luoshi.text.language import _

ADVISORY = 7_158_806  # any number, the same for every server of this database


def migrate() -> None:
    """Apply what is missing. Raises UsageError where the database cannot be reached."""
    try:
        with _alone():
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        why = " ".join(str(error).split())
        raise UsageError(_("数据库连不上：{why}。").format(why=why), hint=_("请检查设置 database 写的地址，以及数据库是否在运行。")) from error


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time: on PostgreSQL by a lock of the database; SQLite lies in the folder that is held already."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY])
