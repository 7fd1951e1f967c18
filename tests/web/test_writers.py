"""Who writes on SQLite stands in line: behind the other threads, and behind whatever else writes to the file."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from luoshi.web.keeping.snapshot import snapshot
from luoshi.web.orgs.models import Unit
from tests.web import kit

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("open_tables")]
WRITERS, TIMES = 16, 5


@pytest.fixture
def other() -> Iterator[sqlite3.Connection]:
    """Another process at the same file, writing."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False)) as opened:
        opened.execute("BEGIN IMMEDIATE")
        yield opened


def _renamed(pk: int) -> None:
    """Read and write in one transaction."""
    with transaction.atomic():
        unit = Unit.objects.get(pk=pk)
        unit.name += "一"
        unit.save()


def test_many_write_one_behind_the_other() -> None:
    pk = kit.unit("临江省", "省").pk

    def write(_n: int) -> None:
        with closing(connection):
            for _ in range(TIMES):
                _renamed(pk)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert Unit.objects.get(pk=pk).name == "省" + "一" * WRITERS * TIMES


def test_who_waits_goes_on_when_the_other_is_done(other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = Event()
    monkeypatch.setattr("luoshi.web.config.sqlite.base.sleep", lambda _seconds: waits.set())

    def write() -> None:
        with closing(connection), transaction.atomic():
            Unit.objects.filter(pk=0).update(name="")

    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(write)
        assert waits.wait(10)
        other.execute("COMMIT")
        written.result(10)


def test_who_waits_too_long_is_told_and_may_try_again(other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    options: dict[str, Any] = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "timeout", 0.05)
    with pytest.raises(OperationalError, match="database is locked"), transaction.atomic():
        pass
    other.execute("COMMIT")
    with transaction.atomic():
        assert connection.connection.in_transaction


def test_who_only_reads_does_not_wait(other: sqlite3.Connection) -> None:
    with snapshot() as alias:
        assert Unit.objects.using(alias).count() == 0
    assert other.in_transaction
