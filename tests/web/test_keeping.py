"""Backup and restore: hot, to the last bit, into an empty installation, from one database to the other."""

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction

from luoshi.text import DamagedFile, LuoshiError, RuleBroken, UsageError
from luoshi.web.audit.checkpoint import Kept
from luoshi.web.audit.models import Counter, Record
from luoshi.web.audit.selectors import broken_links
from luoshi.web.audit.services import make_checkpoint
from luoshi.web.audit.verifying import verify as look_through
from luoshi.web.common.actor import SYSTEM
from luoshi.web.common.store import is_stored, save
from luoshi.web.config.key import secret_key
from luoshi.web.documents.models import Document, Version
from luoshi.web.keeping import backup, restore
from luoshi.web.keeping.archive import told_digest, verify
from luoshi.web.keeping.backup import Made, back_up
from luoshi.web.keeping.parts import NOT_STORED, STORED, Column, kept_models, named_files
from luoshi.web.keeping.restore import BROUGHT_SETTINGS, bring_back
from luoshi.web.keeping.services import MADE, RESTORED
from luoshi.web.ledger.models import Instruction, SavedView
from luoshi.web.ledger.services.instructing import register_instruction
from luoshi.web.orgs.actors import actor_of
from luoshi.web.orgs.models import User
from luoshi.web.search.selectors import matching
from luoshi.web.search.services import index
from tests.proving import FULL, share
from tests.web import kit
from tests.web.keeping import AUDIT, emptied, same_up_to_its_head, tables
from tests.web.scene import CONTENT, FILE, scene

NEXT = kit.NOW + timedelta(hours=1)
Quiet = Callable[[str], None]


def brought(made: Made, **changed: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"digest": made.digest, "operator": "陈守信", "witness": "高若兰", "at": NEXT, "say": lambda _line: None}
    return bring_back(made.file, **(told | changed))


def fresh_folder(settings: Any, place: Path) -> None:
    """Another data folder, with the key that it made for itself."""
    settings.DATA, settings.FILES = place, place / "files"
    secret_key(place)


@pytest.fixture
def folder(open_tables: None, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A data folder of its own, without rows."""
    fresh_folder(settings, tmp_path / "data")
    (tmp_path / "data" / "luoshi.toml").write_text("port = 8123\n")
    yield tmp_path / "data"
    connections.close_all()


@pytest.fixture
def installation(folder: Path) -> Path:
    """One supervisor, three instructions, a document with its file."""
    office = kit.unit("LJ", "临江省人民政府", kind="government")
    author = kit.person("province.supervisor", "督查", office, "supervisor")
    kept = save(CONTENT)
    document = Document.objects.create(unit=office, title="意见", created_by=author, created_at=kit.NOW)
    Version.objects.create(document=document, number=1, file_name="a.txt", file_sha256=kept.sha256, file_size=kept.size, uploaded_by=author, uploaded_at=kit.NOW)
    for number in range(3):
        instruct(number)
    return folder


def instruct(number: int) -> Instruction:
    actor = actor_of(User.objects.get(username="province.supervisor"), kit.TODAY)
    return register_instruction(leader="高省长", on=kit.TODAY, text=f"第 {number} 件", actor=actor, at=kit.NOW)


@pytest.fixture
def made(installation: Path, tmp_path: Path) -> Made:
    return back_up(tmp_path / "kept.zip", at=kit.NOW)


@pytest.mark.one_database
def test_rows_of_every_kind(folder: Path, tmp_path: Path) -> None:
    scene()
    made = back_up(tmp_path / "kept.zip", at=kit.NOW)
    emptied()
    brought(made)
    same_up_to_its_head(made.file, back_up(tmp_path / "again.zip", at=NEXT).file)


def test_what_is_restored_is_what_was(installation: Path, settings: Any, tmp_path: Path) -> None:
    index("document", 7, "乡镇区域养老服务中心覆盖率")
    head = make_checkpoint(verified=look_through(), origin="临江省", actor=SYSTEM, at=kit.NOW)
    made = back_up(tmp_path / "kept.zip", at=kit.NOW)
    assert Record.objects.filter(act=MADE).get().after.count(made.digest) == 1
    key = secret_key(installation)
    emptied()
    fresh_folder(settings, tmp_path / "other")
    assert brought(made)["files"] == 1
    assert is_stored(FILE)
    assert secret_key(tmp_path / "other") == key
    assert (tmp_path / "other" / BROUGHT_SETTINGS).read_text() == "port = 8123\n"
    assert not (tmp_path / "other" / "luoshi.toml").exists()
    told = json.loads(Record.objects.get(act=RESTORED).after)
    assert (told["sha256"], told["audit"], told["operator"], told["witness"]) == (made.digest, made.manifest["audit"], "陈守信", "高若兰")
    assert Record.objects.count() == made.manifest["audit"]["size"] + 1 == Counter.objects.get().seq
    assert broken_links(list(Record.objects.all())) == []
    assert list(matching("document", "养老服务")) == [7]
    found = look_through([Kept(head)])
    assert found.good and found.covered == head.size  # the checkpoint of before vouches for what was restored
    same_up_to_its_head(made.file, back_up(tmp_path / "again.zip", at=NEXT).file)
    for refused in ("UPDATE audit_record SET reason = 'x'", "DELETE FROM audit_record", "UPDATE audit_counter SET seq = 1"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(refused)


def test_a_number_is_not_given_twice(installation: Path, tmp_path: Path) -> None:
    gone = SavedView.objects.create(user=kit.person("viewer", "看", None), name="x", query="", at=kit.NOW)
    highest = gone.pk
    gone.delete()
    made = back_up(tmp_path / "kept.zip", at=kit.NOW)
    emptied()
    brought(made)
    assert SavedView.objects.create(user=kit.person("another", "看", None), name="x", query="", at=kit.NOW).pk > highest


def test_under_load(installation: Path, tmp_path: Path) -> None:
    """Writers go on at 20 a second and more; every backup is of one moment, and what came later goes on after it."""
    ended = threading.Event()
    def write() -> None:
        try:
            number = 100
            while not ended.wait(0.03):
                instruct(number)
                number += 1
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    kept: list[Made] = []
    try:
        for number in range(max(2, share(20))):
            before = Record.objects.count()
            kept.append(back_up(tmp_path / f"{number}.zip", at=kit.NOW))
            assert Record.objects.count() > before + 1, "nobody wrote meanwhile"
            time.sleep(0.1)
    finally:
        ended.set()
        writer.join()
    last = back_up(tmp_path / "last.zip", at=kit.NOW)
    whole = tables(last.file)[AUDIT[1]]
    for one in kept:
        assert is_of_one_moment(one)
        assert whole.startswith(tables(one.file)[AUDIT[1]])
    emptied()
    brought(kept[-1])
    same_up_to_its_head(kept[-1].file, back_up(tmp_path / "restored.zip", at=NEXT).file)


def is_of_one_moment(made: Made) -> bool:
    """As many instructions as there are records of them, as many records as were counted."""
    told = tables(made.file)
    records = told[AUDIT[1]].splitlines()[1:]
    instructions = told["tables/ledger.Instruction.jsonl"].splitlines()[1:]
    counted = json.loads(told[AUDIT[0]].splitlines()[1])[1]
    ours = [line for line in instructions if "第 ".encode() in line]
    return sum(b'"instruction.' in line for line in records) == len(ours) and counted == len(records) == made.manifest["audit"]["size"]


def test_without_a_snapshot_it_would_be_of_two_moments(installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    plain = backup.lines

    def writing_meanwhile(model: Any, moment: str) -> Iterator[bytes]:
        if model is Document:
            instruct(7)
        yield from plain(model, moment)

    monkeypatch.setattr(backup, "lines", writing_meanwhile)
    assert is_of_one_moment(back_up(tmp_path / "one.zip", at=kit.NOW))
    monkeypatch.setattr(backup, "snapshot", lambda: nullcontext("default"))
    assert not is_of_one_moment(back_up(tmp_path / "two.zip", at=kit.NOW))


@pytest.mark.one_database
def test_what_is_refused(made: Made, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases: list[tuple[type[LuoshiError], str, dict[str, Any]]] = [
        (RuleBroken, "已有数据", {}),
        (RuleBroken, "两个人", {"witness": "陈守信"}),
        (RuleBroken, "两个人", {"witness": " "}),
        (DamagedFile, "与做的时候不同", {"digest": "0" * 64}),
        (UsageError, "64 位", {"digest": "0"}),
    ]
    for kind, word, changed in cases:
        with pytest.raises(kind, match=word):
            brought(made, **changed)
    with pytest.raises(UsageError, match="已存在"):
        back_up(made.file, at=kit.NOW)
    with pytest.raises(UsageError, match="写不到"):
        back_up(tmp_path / "nowhere" / "kept.zip", at=kit.NOW)
    monkeypatch.setattr(backup, "missing_migrations", lambda: ["ledger.0009_later"])
    with pytest.raises(UsageError, match="数据库比程序旧"):
        back_up(tmp_path / "older.zip", at=kit.NOW)
    emptied()
    monkeypatch.setattr(restore, "applied_migrations", lambda: ["ledger.0001_initial"])
    with pytest.raises(UsageError, match="数据表与本版本不同"):
        brought(made)
    assert not Record.objects.exists()


@pytest.mark.one_database
def test_what_does_not_read_back_is_not_kept(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = restore.load

    def careless(model: Any, written: Any) -> int:
        loaded = plain(model, written)
        if model is Instruction:
            Instruction.objects.update(text="被改过")
        return loaded

    emptied()
    monkeypatch.setattr(restore, "load", careless)
    with pytest.raises(DamagedFile, match=r"ledger\.Instruction"):
        brought(made)
    assert not Instruction.objects.exists()
    assert not Record.objects.exists()


@pytest.mark.one_database
def test_a_file_that_is_gone_or_changed_is_named(installation: Path, tmp_path: Path) -> None:
    place = installation / "files" / FILE[:2] / FILE[2:4] / FILE
    place.chmod(0o600)
    place.write_bytes(b"another")
    made = back_up(tmp_path / "kept.zip", at=kit.NOW)
    assert made.manifest["missing"] == [FILE]
    assert f"files/{FILE}" not in zipfile.ZipFile(made.file).namelist()


@pytest.mark.one_database
def test_secrets(installation: Path, tmp_path: Path) -> None:
    with_key, without = back_up(tmp_path / "a.zip", at=kit.NOW), back_up(tmp_path / "b.zip", at=kit.NOW, with_key=False)
    own = [name for name in zipfile.ZipFile(with_key.file).namelist() if name.startswith("installation/")]
    assert own == ["installation/secret.key", "installation/luoshi.toml"]
    assert not [name for name in zipfile.ZipFile(without.file).namelist() if name.startswith("installation/")]
    assert with_key.file.stat().st_mode & 0o777 == 0o600


@pytest.mark.one_database
def test_nothing_is_left_of_a_backup_that_fails(installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "full"
    place.mkdir()
    for error, kind, word in ((OSError(28, "No space left on device"), UsageError, "磁盘已满"), (OperationalError("disk image is malformed"), DamagedFile, "malformed")):

        def fails(model: Any, moment: str, error: Exception = error) -> Iterator[bytes]:
            raise error

        monkeypatch.setattr(backup, "lines", fails)
        with pytest.raises(kind, match=word):
            back_up(place / "kept.zip", at=kit.NOW)
        assert list(place.iterdir()) == []


@pytest.mark.prove
@pytest.mark.one_database
def test_one_bit_of_each_of_many_backups(installation: Path, tmp_path: Path) -> None:
    """Each made anew of what was written meanwhile; whole, it is never doubted."""
    for number in range(200 if FULL else 5):
        instruct(number)
        made = back_up(tmp_path / f"{number}.zip", at=kit.NOW)
        content, rng = bytearray(made.file.read_bytes()), random.Random(number)
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        made.file.write_bytes(content)
        with pytest.raises(DamagedFile, match="与做的时候不同"):
            verify(made.file, made.digest)


def test_every_column_that_names_a_file_is_known() -> None:
    named = {Column(model._meta.label, field.name) for model in kept_models() for field in model._meta.local_fields if "sha256" in field.name}
    assert named == {*STORED, *NOT_STORED}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="beside PostgreSQL: from there to SQLite and back")
def test_from_one_database_to_the_other_and_back(folder: Path, tmp_path: Path) -> None:
    """What was kept here is brought back on SQLite by the command, kept there, and brought back here. Rows of every kind."""
    scene()
    made = back_up(tmp_path / "kept.zip", at=kit.NOW)
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    other = tmp_path / "sqlite"

    def luoshi(*words: str) -> str:
        ended = subprocess.run([sys.executable, "-m", "luoshi.cli", *words, "--data", str(other)], env=usual, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    assert "已恢复" in luoshi("restore", str(made.file), "--operator", "陈守信", "--witness", "高若兰")
    assert "校验值" in luoshi("backup", str(tmp_path / "other.zip"))
    same_up_to_its_head(made.file, tmp_path / "other.zip")
    shutil.rmtree(other)
    emptied()
    bring_back(tmp_path / "other.zip", digest=told_digest(tmp_path / "other.zip"), operator="陈守信", witness="高若兰", at=NEXT, say=lambda _line: None)
    same_up_to_its_head(tmp_path / "other.zip", back_up(tmp_path / "back.zip", at=NEXT).file)
    assert named_files() == {FILE}
