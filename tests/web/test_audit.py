"""The audit: nobody changes the past by way of the database, numbers have no gaps, a record outside a transaction is refused."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from luoshi.text.language import in_every_language
from luoshi.web.audit.acts import act_names
from luoshi.web.audit.kinds import kind_names, object_name
from luoshi.web.audit.models import Counter, Record
from luoshi.web.audit.selectors import broken_links
from luoshi.web.audit.services import record
from luoshi.web.common.actor import SYSTEM
from luoshi.web.documents.models import ReviewNote
from luoshi.web.ledger import workflow
from luoshi.web.problems import workflow as problem_workflow
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


LITERAL = re.compile(r'(?:(?:subject|context)=|return )f"([a-z]+)[:.]\{')
NEVER = {"counter", "record", "submission", "indexed", "number", "ancestor", "curvepoint", "relapse", "opinion", "link", "count", "formerpassword", "digest", "outgoing"} | {
    "headings", "savedview", "papermatter", "paperproblem", "papernumber", "day"
}  # fmt: skip
"""Tables whose rows are never the subject or the context of a record: parts of others, counters, preferences, what is derived."""


def test_every_kind_of_object_has_a_name() -> None:
    """A table that is new is named in ``kinds``, or stands here."""
    tables = {str(model._meta.model_name) for model in apps.get_models() if model.__module__.startswith("luoshi.web.")}
    said = {kind for path in Path(apps.get_app_config("audit").path).parent.rglob("*.py") for kind in LITERAL.findall(path.read_text("utf-8"))}
    names, english = in_every_language(kind_names)
    assert tables - NEVER <= set(names) and said <= set(names) and not tables & NEVER & set(names)
    assert {"login", "export", "checkpoint", "verification", "backup"} <= said
    assert all(english[kind] != names[kind] for kind in names)


ACT = re.compile(r'"([a-z_]+\.[a-z_]+)"')


def test_every_act_has_a_name() -> None:
    """Acts are written in services, whole or as the word of a table; no file name ends so."""
    root = Path(apps.get_app_config("audit").path).parent
    services = [path for path in root.rglob("*.py") if "services" in path.as_posix()]
    acts = {act for path in services for act in ACT.findall(path.read_text("utf-8"))} | {f"matter.{act}" for act in workflow.Act} | {f"problem.{act}" for act in problem_workflow.Act}
    acts |= {f"draft.{act}" for act in ("accept", "reject", "basis", "reclass", "edit", "confirm")} | {f"note.{kind}" for kind in (ReviewNote.SENTENCE, ReviewNote.DOUBT)}
    assert len(acts) > 150
    assert acts <= set(act_names())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("officialpaper:10", "公文 10"),
        ("verification:5039", "核验 5039"),
        ("export.matters", "导出 台账"),
        ("export.dossier:7", "导出 一事一档 7"),
        ("login:lj-supervisor", "登录名 lj-supervisor"),
        ("thing:1", "thing 1"),
    ],
)
def test_objects_are_told_in_words(name: str, told: str) -> None:
    assert object_name(name) == told
