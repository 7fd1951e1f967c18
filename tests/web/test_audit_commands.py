"""``luoshi audit``: what it writes, prints and ends with; the verifier that stands alone; files with flipped bits."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from typer.testing import CliRunner, Result

from luoshi.cli.app import app
from luoshi.web.audit import outside
from luoshi.web.audit.checkpoint import parse
from luoshi.web.audit.models import Record
from tests.proving import share
from tests.web import flipping, tampering
from tests.web.tampering import all_rows, undone, unguarded
from tests.web.test_proof import file_of, made, written

OUTSIDE = Path(outside.__file__)
FLIPS = share(500)


@pytest.fixture
def ledger(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Records in the database of the tests, and commands that are given it."""
    for name in ("luoshi.cli.audit_proving.look_at", "luoshi.cli.audit_keeping.set_up_in_step"):
        monkeypatch.setattr(name, lambda data: {})
    written(23)
    yield


def run(*words: object) -> Result:
    """A command, in this process."""
    return CliRunner().invoke(app, ["audit", *map(str, words)], catch_exceptions=False)


def alone(*words: object) -> subprocess.CompletedProcess[str]:
    """The independent verifier, with nothing of the project in reach."""
    return subprocess.run([sys.executable, "-I", OUTSIDE, *map(str, words)], capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("ledger")
def test_from_a_checkpoint_to_a_verdict(tmp_path: Path) -> None:
    answer = run("checkpoint", "-o", tmp_path)
    lines, hashes, sheet = (tmp_path / f"checkpoint-23{ending}" for ending in (".txt", ".luoshi", ".pdf"))
    assert answer.exit_code == 0 and lines.read_text("utf-8") in answer.output
    assert sheet.read_bytes().startswith(b"%PDF-") and len(parse(hashes.read_bytes()).leaves) == 23 * 32
    assert Record.objects.get(act="checkpoint.make").actor == "系统"
    for kept in (lines, hashes):
        assert run("verify", kept).exit_code == 0
    told = json.loads(run("verify", "--json", lines, hashes).output)
    assert (told["good"], told["size"], told["covered"], told["faults"], len(told["checkpoints"])) == (True, 24, 23, 0, 2)
    assert told["sentences"] == ["24 条记录完好，其中第 1 到第 23 号与固证一致。"]
    with undone():
        with unguarded():
            tampering.recompute_changed(all_rows(), 9, Random(1))
        assert run("verify").exit_code == 0
        answer = run("verify", hashes)
        assert answer.exit_code == 1 and "第一条有问题的是第 9 号记录" in answer.output
        answer = run("verify", lines)
        assert answer.exit_code == 1 and "第 1 到第 23 号之间" in answer.output
        assert json.loads(run("verify", "--json", hashes).output)["first"] == 9


@pytest.mark.usefixtures("ledger")
def test_the_verifier_alone_judges_exports_and_proofs(tmp_path: Path) -> None:
    older, newer, records, proof, link = (tmp_path / name for name in ("older", "newer", "records.jsonl", "proof.json", "link.json"))
    older.write_bytes(b"".join(_pieces(made())))
    written(11, first=23)
    newer.write_text(made().text(), "utf-8")
    assert run("export", "-o", records).exit_code == 0 and records.read_bytes().count(b"\n") == 36
    assert run("prove", 5, "-o", proof).exit_code == 0 and run("consistent", older, newer, "-o", link).exit_code == 0
    for words in ((records, older, newer), (records,), (proof, newer), (link, older, newer)):
        told = alone(*words)
        assert (told.returncode, told.stderr) == (0, ""), told
    assert alone(proof, older).returncode == 1 and alone(link, older).returncode == 1  # of another checkpoint; of one too few
    assert alone(tmp_path / "nothing").returncode == 2 and alone(records, records).returncode == 2 and alone().returncode == 2
    content = records.read_bytes().splitlines(keepends=True)
    for changed, first in ((content[:6] + content[7:], 7), (content[:20], 21), ([*content[:9], content[9].replace(b"test", b"tset"), *content[10:]], 10)):
        records.write_bytes(b"".join(changed))
        told = alone(records, older)
        assert told.returncode == 1 and f"record {first} " in told.stdout.splitlines()[0], told.stdout
    for file in (proof, link):
        spoilt = json.loads(file.read_text("utf-8"))
        spoilt["path"][0] = spoilt["path"][0][::-1]
        file.write_text(json.dumps(spoilt), "utf-8")
        assert "does not hold" in alone(file, older, newer).stdout


def _pieces(head: object) -> Iterator[bytes]:
    from luoshi.web.audit.selectors import checkpoint_file

    yield from checkpoint_file(head)  # type: ignore[arg-type]


def test_where_there_is_no_ledger_nothing_is_made(tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["audit", "verify", "--data", str(tmp_path / "typo")])
    assert "没有数据文件夹" in str(answer.exception) and not list(tmp_path.iterdir())


@pytest.mark.usefixtures("ledger")
def test_no_proof_is_made_of_what_has_changed(tmp_path: Path) -> None:
    older, newer = tmp_path / "older", tmp_path / "newer"
    assert CliRunner().invoke(app, ["audit", "prove", "3"]).exception is not None  # no checkpoint yet
    older.write_text(made().text(), "utf-8")
    newer.write_text(made().text(), "utf-8")
    with undone():
        with unguarded():
            tampering.recompute_changed(all_rows(), 9, Random(1))
        for words in (("prove", 3, "--checkpoint", older), ("consistent", older, newer)):
            answer = CliRunner().invoke(app, ["audit", *map(str, words)])
            assert "已不是固证时的样子" in str(answer.exception)
    answer = CliRunner().invoke(app, ["audit", "prove", "30", "--checkpoint", str(older)])
    assert "不在这次固证之内" in str(answer.exception)


def test_the_verifier_is_short_and_needs_nothing(tmp_path: Path) -> None:
    text = OUTSIDE.read_text("utf-8")
    assert text.count("\n") < 200
    named = [alias.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for alias in node.names]
    named += [str(node.module) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names
    assert run("verifier", "-o", tmp_path / "verify_audit.py").exit_code == 0
    assert (tmp_path / "verify_audit.py").read_text("utf-8") == text


@pytest.mark.one_database
@pytest.mark.prove
@pytest.mark.django_db
def test_an_old_file_and_bits_flipped_in_one_are_found(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the file of SQLite")
    written(120)
    kept = file_of(made())
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name IN ('audit_record', 'audit_counter') AND sql IS NOT NULL")
        statements = [sql for (sql,) in cursor.fetchall()]
        cursor.execute("SELECT * FROM audit_record ORDER BY seq")
        rows = [tuple(str(value)[:26].removesuffix("+00:00") if n == 1 else value for n, value in enumerate(row)) for row in cursor.fetchall()]
    whole = tmp_path / "whole"
    flipping.make(whole, statements, rows, (1, len(rows)))
    flipping.make(tmp_path / "old", statements, rows[:80], (1, 80))
    (tmp_path / "kept").write_bytes(kept.head.text().encode() + b"\n" + kept.leaves)
    command = [sys.executable, "-m", "tests.web.flipping", tmp_path, str(FLIPS)]
    said = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    told = [json.loads(line) for line in said.stdout.splitlines()]
    assert len(told) == FLIPS + 2 and told[:2] == [{"good": False, "first": 81}, {"good": True, "first": None}], (told[:2], said.stderr[-2000:])
    content, was, harmed = whole.read_bytes(), flipping.logical(whole), 0
    for n, one in enumerate(told[2:]):
        whole.write_bytes(flipping.flipped(content, n))
        became = flipping.logical(whole)
        harmed += became != was
        assert not one["good"] or became == was, (n, one)
    assert harmed > FLIPS // 3
