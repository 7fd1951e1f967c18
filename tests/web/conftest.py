"""What every test of the web starts from."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from luoshi.web.calendars.selectors import remember
from luoshi.web.documents.models import Document, DraftItem, Version
from luoshi.web.ledger.workflow import State
from tests.web import counting, kit
from tests.web.browser import Browsing
from tests.web.directive import upload
from tests.web.served import usual
from tests.web.sinks import Mailbox, Robot, running
from tests.web.stage import Stage

FRESH = "fresh.sqlite3"

counting.watch()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is asked of all tests together comes last. What asks nothing of the database is asked once, beside SQLite."""
    items.sort(key=lambda item: item.name == "test_every_service_was_called_and_wrote_one_record")
    if connection.vendor == "postgresql":
        apart = [item for item in items if not _asks_the_database(item)]
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if item not in apart]


def _asks_the_database(item: pytest.Item) -> bool:
    asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asks) and item.get_closest_marker("one_database") is None


@pytest.fixture(autouse=True)
def plain_calendar() -> None:
    """What a notice of another test said is not remembered; the calendar is not asked for before a notice is entered."""
    remember({})


@pytest.fixture
def world(db: None) -> kit.World:
    """临江省, see ``kit.world``."""
    return kit.world()


@pytest.fixture
def document(world: kit.World) -> Document:
    """A directive of the province, read."""
    return upload(world)


@pytest.fixture
def version(document: Document) -> Version:
    """Its version."""
    return document.versions.get()


@pytest.fixture
def drafts(version: Version) -> list[DraftItem]:
    """The items found in it, waiting for a decision."""
    return list(version.drafts.all())


@pytest.fixture
def stage(world: kit.World) -> Stage:
    """A matter that is worked on."""
    return Stage(world, kit.matter(world, state=State.ACTIVE))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tables of the tests; on SQLite, a copy of them as they were made is kept for ``migrated``."""
    if connection.vendor == "sqlite":
        kept = tmp_path_factory.getbasetemp() / FRESH
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(kept)])


@pytest.fixture(scope="session")
def migrated(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with its tables, to be copied: making them takes longer than everything else here."""
    data = tmp_path_factory.mktemp("migrated") / "data"
    data.mkdir()
    kept = tmp_path_factory.getbasetemp() / FRESH
    if kept.exists():
        shutil.copy(kept, data / "luoshi.sqlite3")
    subprocess.run([sys.executable, "-m", "luoshi.web.manage", "migrate", "-v0"], env=usual() | {"LUOSHI_DATA": str(data)}, check=True)
    return data


@pytest.fixture
def guarded_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the tables were emptied: the triggers of the audit stand again."""
    yield
    with django_db_blocker.unblock():
        drop_triggers()
        with connection.schema_editor() as editor:
            import_module("luoshi.web.audit.migrations.0002_append_only").make_triggers(None, editor)


@pytest.fixture
def open_tables(guarded_again: None, transactional_db: None) -> Iterator[None]:
    """For tests with real transactions, several connections or a live server: the audit is guarded during the test, and can be emptied after it."""
    yield
    cache.clear()  # no model's table, so it is not emptied with the others
    drop_triggers()


def drop_triggers() -> None:
    """Leave the audit unguarded."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname, relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal AND tgname LIKE 'audit_%'")
            for trigger, table in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{trigger}" ON "{table}"')
            for function in ("audit_refuse", "audit_count_up"):
                cursor.execute(f"DROP FUNCTION IF EXISTS {function}()")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'")
            for (trigger,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{trigger}"')


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """One server for all tests, in a thread; not ``live_server``, which would be there before ``open_tables``."""
    running = LiveServer("localhost")
    yield running
    running.stop()


@pytest.fixture
def browsing(open_tables: None, server: LiveServer, browser: Browser) -> Iterator[Browsing]:
    """A browser on a live server over ``kit.world``, see ``browser.Browsing``."""
    made = Browsing(browser, server.url, kit.world())
    yield made
    for context in browser.contexts:
        context.close()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A server of mail that keeps what it takes."""
    with running(Mailbox()) as server:
        yield server


@pytest.fixture
def robot() -> Iterator[Robot]:
    """The other side of a webhook, which keeps what it takes."""
    with running(Robot()) as server:
        yield server
