"""``luoshi doctor``: each fault, seeded alone, is named and nothing else is; a healthy installation has none."""

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from allauth.mfa.models import Authenticator
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult, get_date_max
from typer.testing import CliRunner

from luoshi.cli import app as commands
from luoshi.text import ToolMissing
from luoshi.web.audit.models import Record
from luoshi.web.audit.services import make_checkpoint
from luoshi.web.audit.services import record as write
from luoshi.web.audit.verifying import verify
from luoshi.web.common.actor import SYSTEM
from luoshi.web.common.store import save
from luoshi.web.config import clock
from luoshi.web.config.key import secret_key
from luoshi.web.doctor import databases, installation, machine
from luoshi.web.doctor.checks import CHECKS, examine
from luoshi.web.documents.models import Document, Version
from luoshi.web.keeping.services import record_backup
from luoshi.web.notices.models import GIVEN_UP, WAITING, Channel, Outgoing
from luoshi.web.orgs.models import Post, User
from tests.web import kit

AT = datetime(2026, 6, 10, 1, 30, tzinfo=UTC)
BEFORE = AT - timedelta(hours=1)
LONG_AGO = AT - timedelta(days=30)
CONTENT = "核查表".encode()
SETTINGS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "server_version_num": "150000", "server_version": "15.0", "server_encoding": "UTF8"}


class Place(NamedTuple):
    """What a fault is seeded in."""

    folder: Path
    patch: pytest.MonkeyPatch
    options: dict[str, Any]
    shown: dict[str, str]


@pytest.fixture
def healthy(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An installation as it should be, on a machine that has everything."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    secret_key(folder)
    options, shown = dict(settings.OPTIONS), dict(SETTINGS)
    settings.DATA, settings.FILES, settings.OPTIONS = folder, folder / "files", options
    monkeypatch.setattr(machine, "font_families", lambda: {"SimSun"})
    monkeypatch.setattr(machine, "file_system", lambda _place: "ext4")
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _place: shutil._ntuple_diskusage(2 << 40, 1 << 40, 1 << 40))
    monkeypatch.setattr(databases, "shown", shown.__getitem__)
    (folder / clock.SEEN).touch()
    seen(folder, AT)
    office = kit.unit("LJ", "临江省人民政府", kind="government")
    for duty in ("system", "security", "audit"):
        kit.person(duty, duty, None, administers=duty)
    author = kit.person("author", "督查", office, "supervisor")
    kept = save(CONTENT)
    document = Document.objects.create(unit=office, title="意见", created_by=author, created_at=BEFORE)
    Version.objects.create(document=document, number=1, file_name="a.txt", file_sha256=kept.sha256, file_size=kept.size, uploaded_by=author, uploaded_at=BEFORE)
    write(act="document.add", subject=document, actor=SYSTEM, at=BEFORE)
    make_checkpoint(verified=verify(), origin="临江省", actor=SYSTEM, at=BEFORE)
    backed_up(BEFORE, "/nowhere/kept.zip")
    return Place(folder, monkeypatch, options, shown)


def seen(folder: Path, at: datetime) -> None:
    os.utime(folder / clock.SEEN, (at.timestamp(), at.timestamp()))


def backed_up(at: datetime, place: str) -> None:
    manifest = {"audit": {"size": 1}, "files": 1, "missing": []}
    record_backup(digest="0" * 64, size=1, place=place, manifest=manifest, actor=SYSTEM, at=at)


def sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def unguarded(*statements: str) -> None:
    """What the triggers would refuse, done by whoever owns the database; the triggers stand again after it."""
    from tests.web.conftest import drop_triggers
    from tests.web.keeping import guard

    drop_triggers()
    for statement in statements:
        sql(statement)
    guard()


def older(*acts: str) -> Callable[[Place], None]:
    """Let these acts have been long ago."""
    return lambda _place: unguarded(f"UPDATE audit_record SET at = '{LONG_AGO:%Y-%m-%d} 00:00:00' WHERE act IN ({str(acts)[1:-1].rstrip(',')})")


def stored(place: Path) -> Path:
    [file] = [one for one in (place / "files").rglob("*") if one.is_file()]
    return file


def changed_file(place: Place) -> None:
    file = stored(place.folder)
    file.chmod(0o600)
    file.write_bytes(b"another")


def lying_about(name: str) -> Callable[[Place], None]:
    def seed(place: Place) -> None:
        file = place.folder / "files" / "ab" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
        os.utime(file, (LONG_AGO.timestamp(),) * 2)

    return seed


def waiting_task(_place: Place) -> None:
    DBTaskResult.objects.create(args_kwargs={"args": [], "kwargs": {}}, task_path="x", queue_name="default", backend_name="default", exception_class_path="", traceback="", run_after=get_date_max())
    DBTaskResult.objects.update(enqueued_at=AT - timedelta(minutes=11))


def outgoing(state: str, made: datetime, due: datetime) -> Callable[[Place], None]:
    def seed(_place: Place) -> None:
        channel = Channel.objects.create(kind="smtp", name="邮件", address="mail:25", on=True, created_at=BEFORE)
        Outgoing.objects.create(number="1", channel=channel, state=state, made_at=made, next_try_at=due)

    return seed


def options(**changed: Any) -> Callable[[Place], None]:
    return lambda place: place.options.update(changed)


def shown(**changed: str) -> Callable[[Place], None]:
    return lambda place: place.shown.update(changed)


def pragma(name: str, value: object) -> Callable[[Place], None]:
    plain = databases.pragma
    return lambda place: place.patch.setattr(databases, "pragma", lambda asked: value if asked == name else plain(asked))


def patched(target: Any, name: str, value: Any) -> Callable[[Place], None]:
    return lambda place: place.patch.setattr(target, name, value)


def old_sqlite(journal: str) -> Callable[[Place], None]:
    def seed(place: Place) -> None:
        place.patch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
        pragma("journal_mode", journal)(place)

    return seed


def no_hash(_algorithm: str) -> Any:
    raise ToolMissing("没有 SM3", hint="换 OpenSSL")


def other_key(place: Place) -> None:
    Authenticator.objects.create(user=User.objects.get(username="system"), type=Authenticator.Type.TOTP, data={"secret": "gAAAAA"})


def gone_guard(_place: Place) -> None:
    sql("DROP TRIGGER audit_record_no_change ON audit_record" if connection.vendor == "postgresql" else "DROP TRIGGER audit_record_no_update")


def beside(place: Place) -> None:
    (place.folder / "kept.zip").touch()
    backed_up(BEFORE, str(place.folder / "kept.zip"))


def demo(place: Place) -> None:
    (place.folder / installation.DEMO).touch()
    place.options.update(address="10.0.0.5", hosts=("luoshi.example.gov",))


SQLITE, POSTGRESQL = "sqlite", "postgresql"
FAULTS: tuple[tuple[set[str], Callable[[Place], Any], str], ...] = (
    ({"python.old"}, patched(sys, "version_info", (3, 10, 14)), ""),
    ({"disk.full"}, patched(machine.shutil, "disk_usage", lambda _place: shutil._ntuple_diskusage(1 << 40, 1 << 40, 900 << 20)), ""),
    ({"fonts.chinese"}, patched(machine, "font_families", lambda: {"DejaVu Sans"}), ""),
    ({"office.missing"}, patched(machine.shutil, "which", lambda _name: None), ""),
    ({"sm3.missing"}, patched(machine, "hasher", no_hash), ""),
    ({"calendar.ends"}, patched(machine, "missing_year", lambda _on: 2027), ""),
    ({"key.weak"}, lambda place: (place.folder / "secret.key").write_text("a" * 86), ""),
    ({"key.weak"}, lambda place: (place.folder / "secret.key").write_text(""), ""),
    ({"key.open"}, lambda place: (place.folder / "secret.key").chmod(0o644), ""),
    ({"key.other"}, other_key, ""),
    ({"key.other"}, lambda _place: Channel.objects.create(kind="smtp", name="邮件", sealed_address="gAAAAA", created_at=BEFORE), ""),
    ({"folder.open"}, lambda place: place.folder.chmod(0o755), ""),
    ({"settings.hosts"}, options(hosts=("*",)), ""),
    ({"settings.hosts"}, options(hosts=()), ""),
    ({"settings.local", "settings.proxy"}, options(address="0.0.0.0", https=True), ""),
    ({"settings.http"}, options(address="10.0.0.5", hosts=("luoshi.example.gov",)), ""),
    ({"settings.proxy"}, options(address="10.0.0.5", hosts=("luoshi.example.gov",), https=True), ""),
    ({"settings.isolation"}, options(read_without_namespace=True), ""),
    ({"demo.open", "settings.http"}, demo, ""),
    ({"sqlite.old"}, old_sqlite("delete"), SQLITE),
    ({"sqlite.wal"}, old_sqlite("wal"), SQLITE),
    ({"sqlite.network"}, patched(machine, "file_system", lambda _place: "nfs4"), SQLITE),
    ({"sqlite.synchronous"}, pragma("synchronous", 1), SQLITE),
    ({"sqlite.mmap"}, pragma("mmap_size", 1 << 28), SQLITE),
    ({"sqlite.triggers"}, pragma("recursive_triggers", 0), SQLITE),
    ({"sqlite.corrupt"}, pragma("quick_check(1)", "row 3 missing from index"), SQLITE),
    ({"postgresql.old"}, shown(server_version_num="140009"), POSTGRESQL),
    ({"postgresql.fsync"}, shown(fsync="off"), POSTGRESQL),
    ({"postgresql.fsync"}, shown(full_page_writes="off"), POSTGRESQL),
    ({"postgresql.commit"}, shown(synchronous_commit="off"), POSTGRESQL),
    ({"postgresql.encoding"}, shown(server_encoding="SQL_ASCII"), POSTGRESQL),
    ({"migrations.missing"}, lambda _place: sql("DELETE FROM django_migrations WHERE app = 'notices'"), ""),
    ({"audit.guards"}, gone_guard, ""),
    ({"audit.counter"}, lambda _place: unguarded("UPDATE audit_counter SET seq = seq + 5"), ""),
    ({"audit.counter"}, lambda _place: unguarded("DELETE FROM audit_record WHERE seq = 1"), ""),
    ({"audit.checkpoint"}, older("checkpoint.make", "document.add"), ""),
    ({"audit.checkpoint"}, lambda _place: unguarded(f"UPDATE audit_record SET act = 'x', at = '{LONG_AGO:%Y-%m-%d} 00:00:00' WHERE act = 'checkpoint.make'"), ""),
    ({"clock.back"}, lambda _place: write(act="x", subject="x", actor=SYSTEM, at=AT + timedelta(minutes=5)), ""),
    ({"clock.away"}, lambda place: (place.folder / clock.SEEN).unlink(), ""),
    ({"clock.away"}, lambda place: seen(place.folder, AT - timedelta(minutes=6)), ""),
    ({"worker.away"}, waiting_task, ""),
    ({"outbox.stuck"}, outgoing(WAITING, BEFORE, AT - timedelta(hours=2)), ""),
    ({"outbox.stuck"}, outgoing(GIVEN_UP, BEFORE, BEFORE), ""),
    ({"administrators.missing"}, lambda _place: User.objects.filter(username="audit").update(is_active=False), ""),
    ({"administrators.missing"}, lambda _place: User.objects.filter(username="audit").update(password="!"), ""),
    ({"administrators.posts"}, lambda _place: Post.objects.update(user=User.objects.get(username="system")), ""),
    ({"administrators.twice"}, lambda _place: User.objects.filter(username="audit").update(name="system"), ""),
    ({"backup.old"}, older("backup.make"), ""),
    ({"backup.beside"}, beside, ""),
    ({"files.missing"}, lambda place: stored(place.folder).unlink(), ""),
    ({"files.changed"}, changed_file, ""),
    ({"files.unknown"}, lying_about("abcd"), ""),
    ({"files.unfinished"}, lying_about(".new-abcd"), ""),
)


ASKED = ("postgresql", "migrations", "audit", "clock")  # of what these look at, each database says it in its own way


@pytest.mark.parametrize(
    ("codes", "seed"),
    [
        pytest.param(codes, seed, id=f"{'+'.join(sorted(codes))}-{number}", marks=() if min(codes).startswith(ASKED) else pytest.mark.one_database)
        for number, (codes, seed, only) in enumerate(FAULTS)
        if only in ("", connection.vendor)
    ],
)
def test_a_fault_is_named_and_nothing_else(healthy: Place, codes: set[str], seed: Callable[[Place], Any]) -> None:
    seed(healthy)
    found = examine(AT)
    assert set(found) == codes
    assert all(one.said and one.step for one in found.values())


def test_a_healthy_installation_has_no_finding(healthy: Place) -> None:
    assert examine(AT) == {}


@pytest.mark.one_database
def test_debugging_is_named(healthy: Place, settings: Any) -> None:
    settings.DEBUG = True
    assert set(examine(AT)) == {"settings.debug"}


def test_every_check_has_its_fault() -> None:
    seeded = set().union(*(codes for codes, _seed, _only in FAULTS)) | {"settings.debug"}
    assert {check.code for check in CHECKS} == seeded
    assert len(seeded) == len(CHECKS) >= 20


@pytest.mark.one_database
def test_a_check_that_cannot_look_says_so(healthy: Place) -> None:
    def torn(_name: str) -> object:
        raise OperationalError("no such table: x")

    healthy.patch.setattr(databases, "pragma", torn)
    found = examine(AT)
    assert {"sqlite.synchronous", "sqlite.mmap", "sqlite.triggers", "sqlite.corrupt"} <= set(found)
    assert "没能检查" in found["sqlite.mmap"].said


@pytest.mark.one_database
@pytest.mark.django_db
def test_the_clock_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_DATA", str(tmp_path))
    assert clock.run_job(next(job for job in clock.JOBS if job.name == "be_seen"), AT)
    assert (tmp_path / clock.SEEN).exists()


@pytest.mark.one_database
def test_the_file_system_of_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text("22 1 8:1 / / rw - ext4 /dev/sda1 rw\n36 22 0:32 / /mnt/share\\040one rw,noatime shared:1 - nfs4 server:/x rw\n")
    monkeypatch.setattr(machine, "MOUNTS", mounts)
    assert machine.file_system(Path("/mnt/share one/data")) == "nfs4"
    assert machine.file_system(Path("/var/lib/luoshi")) == "ext4"


@pytest.mark.one_database
def test_the_command(healthy: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.cli.audit_proving.look_at", lambda _data: {})
    monkeypatch.setattr("luoshi.web.doctor.checks.CHECKS", tuple(check for check in CHECKS if check.code in ("key.open", "folder.open")))
    told = CliRunner().invoke(commands.app, ["doctor", "--json"])
    assert (told.exit_code, json.loads(told.stdout)) == (0, [])
    (healthy.folder / "secret.key").chmod(0o644)
    told = CliRunner().invoke(commands.app, ["doctor", "--json"])
    assert told.exit_code == 1
    assert [one["check"] for one in json.loads(told.stdout)] == ["key.open"]
    assert all(one["said"] and one["step"] for one in json.loads(told.stdout))
    assert CliRunner().invoke(commands.app, ["doctor", "--skip", "key.open"]).exit_code == 0
    assert CliRunner().invoke(commands.app, ["doctor", "--skip", "nothing"]).exit_code != 0
    assert not Record.objects.filter(act__startswith="doctor").exists()
