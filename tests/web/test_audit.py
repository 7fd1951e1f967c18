"""The audit: nobody changes the past by way of the database, numbers have no gaps, a record outside a transaction is refused."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from luoshi.web.audit.models import Counter, Record
from luoshi.web.audit.selectors import broken_links
from luoshi.web.audit.services import record
from luoshi.web.common.actor import SYSTEM
from tests.web import kit

ATTEMPTS = {
    "update": "UPDATE audit_record SET act = 'x' WHERE seq = 1",
    "delete": "DELETE FROM audit_record WHERE seq = 1",
    "counter back": "UPDATE audit_counter SET seq = 0",
    "counter ahead": "UPDATE audit_counter SET seq = 9",
    "counter gone": "DELETE FROM audit_counter",
}
OF_SQLITE = {"replace": "REPLACE INTO audit_record SELECT seq, at, actor_id, 'x', unit_id, unit, act, subject, context, before, after, reason, previous, hash FROM audit_record"}
OF_POSTGRESQL = {"truncate": "TRUNCATE audit_record", "truncate counter": "TRUNCATE audit_counter"}


def _written(n: int = 2) -> None:
    with transaction.atomic():
        for i in range(n):
            record(act="test", subject="thing:1", actor=SYSTEM, at=kit.NOW, after={"n": i})


@pytest.fixture
def own_settings(db: None) -> Iterator[None]:
    """What a test sets on the connection of SQLite is as it was behind it."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.usefixtures("own_settings")
@pytest.mark.parametrize("recursive", [pytest.param(True, id="as every connection"), pytest.param(False, id="a connection of somebody else")])
def test_the_database_refuses_to_change_the_past(recursive: bool) -> None:
    _written()
    kept = list(Record.objects.values())
    for name, statement in (ATTEMPTS | (OF_POSTGRESQL if connection.vendor == "postgresql" else OF_SQLITE)).items():
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA recursive_triggers={'ON' if recursive else 'OFF'}")
            cursor.execute(statement)
        assert list(Record.objects.values()) == kept and Counter.objects.get().seq == 2, name


@pytest.mark.django_db
def test_records_of_one_subject_are_chained() -> None:
    _written(3)
    first, second, third = Record.objects.all()
    assert (first.previous, second.previous, third.previous) == ("", first.hash, second.hash)
    assert broken_links([first, second, third]) == []
    second.reason = "x"
    assert broken_links([first, second, third]) == [2]


@pytest.mark.usefixtures("open_tables")
def test_a_record_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        record(act="test", subject="thing:1", actor=SYSTEM, at=kit.NOW)
    assert not Record.objects.exists()


@pytest.mark.usefixtures("open_tables")
def test_numbers_have_no_gaps_whoever_writes_and_whatever_fails() -> None:
    def write(n: int) -> None:
        try:
            with transaction.atomic():
                record(act="test", subject=f"thing:{n % 3}", actor=SYSTEM, at=kit.NOW, after={"n": n})
                if n % 4 == 0:
                    raise ValueError
        except ValueError:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(64)))
    records = list(Record.objects.all())
    assert [one.seq for one in records] == list(range(1, 49))
    assert broken_links(records) == []
    for subject in {one.subject for one in records}:
        chain = [one for one in records if one.subject == subject]
        assert [one.previous for one in chain] == ["", *(one.hash for one in chain[:-1])]
