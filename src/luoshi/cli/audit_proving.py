"""``luoshi audit``: what the commands that only read do. The database is looked at as it is: nothing is brought in step before."""

import json
import sys
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from luoshi.text import RuleBroken, UsageError
from luoshi.text.language import _

if TYPE_CHECKING:
    from luoshi.web.audit.checkpoint import Kept


def verify_records(names: list[Path], *, as_json: bool, data: Path | None) -> int:
    """Print what a verification finds; 1 where it finds anything."""
    look_at(data)
    from luoshi.web.audit.telling import as_data, sentences, verdict
    from luoshi.web.audit.verifying import verify

    given = [_kept(name) for name in names]
    found = verify(given)
    told = as_data(found, given)
    if as_json:
        typer.echo(json.dumps({"good": found.good, **told, "sentences": [verdict(told), *sentences(told)]}, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n  ".join([verdict(told), *sentences(told)]))
    return int(not found.good)


def prove_record(seq: int, checkpoint: Path | None, out: Path | None, *, data: Path | None) -> None:
    """The proof that a record is under a checkpoint."""
    look_at(data)
    from luoshi.web.audit.proofs import prove_inclusion
    from luoshi.web.audit.selectors import checkpoints

    head = _kept(checkpoint).head if checkpoint else next((one.head for one in checkpoints() if one.head.size >= seq), None)
    if head is None:
        message = _("还没有一次固证覆盖第 {n} 号记录。").format(n=seq)
        raise RuleBroken(message, hint=_("请先用 luoshi audit checkpoint 固证。"))
    _write_json(prove_inclusion(seq, head), out)


def prove_continued(older: Path, newer: Path, out: Path | None, *, data: Path | None) -> None:
    """The proof that one checkpoint continues another."""
    look_at(data)
    from luoshi.web.audit.proofs import prove_consistency

    _write_json(prove_consistency(_kept(older).head, _kept(newer).head), out)


def export_lines(out: Path | None, until: int | None, *, data: Path | None) -> None:
    """The canonical export."""
    look_at(data)
    from luoshi.web.audit.stream import AFTER_ALL, lines

    count = _write((one + b"\n" for one in lines(until=AFTER_ALL if until is None else until)), out)
    typer.echo(_("已导出 {n} 条审计记录。").format(n=count), err=True)


def copy_verifier(out: Path | None) -> None:
    """The independent verifier, as it is."""
    _write([(files("luoshi.web.audit") / "outside.py").read_bytes()], out)


def look_at(data: Path | None) -> dict[str, Any]:
    """The installation of the folder, its database as it is; the options. Raises UsageError where there is none."""
    from luoshi.cli.serving import set_up, settle

    if data is not None and not data.is_dir():  # nothing is made where only something is read
        raise UsageError(_("没有数据文件夹 {folder}。").format(folder=data), hint=_("请用 --data 指明 luoshi serve 所用的数据文件夹。"))
    told = settle(data=data, port=None, address=None)
    set_up()
    from django.db import OperationalError, connection

    try:
        there = "audit_record" in connection.introspection.table_names()
    except OperationalError as error:
        raise UsageError(_("数据库连不上：{why}。").format(why=" ".join(str(error).split())), hint=_("请检查设置 database 写的地址，以及数据库是否在运行。")) from error
    if not there:
        raise UsageError(_("这个数据文件夹里没有台账。"), hint=_("请用 --data 指明 luoshi serve 所用的数据文件夹。"))
    return told


def _kept(name: Path) -> "Kept":
    """A checkpoint that comes back from outside. Raises UsageError where there is no such file."""
    from luoshi.web.audit.checkpoint import parse

    try:
        content = sys.stdin.buffer.read() if str(name) == "-" else name.read_bytes()
    except OSError as error:
        raise UsageError(_("打不开 {file}：{why}。").format(file=name, why=error.strerror), hint=_("请检查文件名。")) from error
    return parse(content)


def _write_json(told: dict[str, Any], out: Path | None) -> None:
    _write([json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"], out)


def _write(pieces: Iterable[bytes], out: Path | None) -> int:
    """To a file or to standard output; how many pieces there were. Raises UsageError where the file cannot be written."""
    if out is None:
        count = _poured(pieces, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return count
    try:
        with out.open("wb") as stream:
            return _poured(pieces, stream)
    except OSError as error:
        raise UsageError(_("写不了 {file}：{why}。").format(file=out, why=error.strerror), hint=_("请换一个地方。")) from error


def _poured(pieces: Iterable[bytes], stream: Any) -> int:
    count = 0
    for one in pieces:
        stream.write(one)
        count += 1
    return count
