"""What tests of backups share: an installation that is emptied, and the tables of an archive."""

import zipfile
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from luoshi.web.audit.guards import statements
from tests.web.conftest import drop_triggers

AUDIT = ("tables/audit.Counter.jsonl", "tables/audit.Record.jsonl")


def emptied() -> None:
    """The database as it is after migrating: no rows, the audit guarded."""
    drop_triggers()
    call_command("flush", interactive=False, verbosity=0)
    guard()


def guard() -> None:
    """The triggers of the audit."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)


def tables(file: Path) -> dict[str, bytes]:
    """The tables of a backup, and its files."""
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name.startswith(("tables/", "files/"))}


def same_up_to_its_head(first: Path, later: Path) -> None:
    """Every table and file of ``first`` stands byte by byte in ``later``, whose audit goes on after it."""
    one, other = tables(first), tables(later)
    assert one.keys() == other.keys()
    assert [name for name in one if name not in AUDIT and one[name] != other[name]] == []
    assert other[AUDIT[1]].startswith(one[AUDIT[1]])
