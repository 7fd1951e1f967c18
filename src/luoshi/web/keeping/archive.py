"""The file of a backup: written whole or not at all, and checked to the last bit without a database.

What is checked is the SHA-256 of the whole file. Where that differs, each part is looked at, so that the damage has a name.
"""

import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from luoshi.text import DamagedFile, UsageError
from luoshi.text.language import _
from luoshi.text.system import reason

SCHEMA = "luoshi.backup/1"
MANIFEST = "manifest.json"
BESIDE = ".sha256"
SHOWN = 5
_CHUNK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError)
"""What ``zipfile`` says of a file that is none any more."""


class Writer:
    """A backup that is being written: part after part, the manifest last."""

    def __init__(self, packed: zipfile.ZipFile, at: datetime) -> None:
        self._packed, self._at = packed, at.timetuple()[:6]
        self.parts: list[dict[str, Any]] = []

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """One part."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._packed.open(self._entry(name), "w", force_zip64=True) as stream:
            for piece in pieces:
                stream.write(piece)
                digest.update(piece)
                size, count = size + len(piece), count + 1
        self.parts.append({"name": name, "size": size, "sha256": digest.hexdigest()} | ({"rows": count - 1} if name.endswith(".jsonl") else {}))

    def finish(self, told: dict[str, Any]) -> None:
        """The manifest: what is ``told`` of the backup, and its parts."""
        manifest = {"schema": SCHEMA, **told, "parts": self.parts}
        self._packed.writestr(self._entry(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._at)
        entry.external_attr = 0o600 << 16
        return entry


@contextmanager
def writing(file: Path, at: datetime) -> Iterator[Writer]:
    """Write ``file`` and, beside it, its digest. Nothing is left behind where it fails. Raises UsageError where it is there or cannot be written."""
    if file.exists():
        raise UsageError(_("{file} 已存在。").format(file=file), hint=_("备份从不覆盖别的文件，请换一个名字，或者给出一个文件夹。"))
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, strict_timestamps=False) as packed:
                yield Writer(packed, at)
            stream.flush()
            os.fsync(stream.fileno())
        beside = file.with_name(file.name + BESIDE)
        beside.write_text(f"{digest_of(fresh)}  {file.name}\n", "utf-8")
        fresh.rename(file)
        _settle(file.parent)
    except OSError as error:
        raise UsageError(_("备份写不到 {file}：{why}。").format(file=file, why=reason(error)), hint=_("请换一个能写、够大的地方；没有写完的部分已删去。")) from error
    finally:
        fresh.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest_of(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def told_digest(file: Path) -> str:
    """The digest that stands beside a backup. Raises UsageError where there is none, DamagedFile where it is not one."""
    beside = file.with_name(file.name + BESIDE)
    try:
        word = beside.read_text("ascii").split()[:1]
    except OSError as error:
        message = _("没有校验文件 {file}：{why}。").format(file=beside, why=reason(error))
        raise UsageError(message, hint=_("请把它放在备份旁边，或者用 --digest 给出做备份时打印的校验值。")) from error
    except UnicodeDecodeError:
        word = []
    if not word or not _DIGEST.fullmatch(word[0]):
        raise DamagedFile(_("校验文件 {file} 已损坏。").format(file=beside), hint=_("请用 --digest 给出做备份时打印的校验值。"))
    return word[0]


def verify(file: Path, digest: str) -> dict[str, Any]:
    """The manifest of a backup whose every bit is as it was written. Raises DamagedFile naming what is not, UsageError where there is no file."""
    if not _DIGEST.fullmatch(digest):
        raise UsageError(_("校验值应是 64 位十六进制数字。"), hint=_("它在做备份时打印过，也写在备份旁边的 .sha256 文件里。"))
    try:
        found = digest_of(file)
    except OSError as error:
        raise UsageError(_("读不了 {file}：{why}。").format(file=file, why=reason(error)), hint=_("请检查路径和权限。")) from error
    if found != digest:
        harmed = list(damaged(file))
        named = _("、").join(harmed[:SHOWN]) + (_("等 {n} 处").format(n=len(harmed)) if len(harmed) > SHOWN else "")
        raise DamagedFile(_("备份 {file} 与做的时候不同：{parts}。").format(file=file, parts=named), hint=_("请改用另一份备份；这一份不能用来恢复。"))
    manifest = read_manifest(file)
    if manifest["schema"] != SCHEMA:
        raise UsageError(_("不认识这份备份的格式：{schema}。").format(schema=manifest["schema"]), hint=_("请用做这份备份的版本恢复。"))
    return manifest


def read_manifest(file: Path) -> dict[str, Any]:
    """The manifest alone. Raises DamagedFile where the file is no backup."""
    try:
        with zipfile.ZipFile(file) as packed:
            told: dict[str, Any] = json.loads(packed.read(MANIFEST))
            return {"schema": told["schema"], **told}
    except (*_UNREADABLE, TypeError) as error:
        raise DamagedFile(_("{file} 不是落实的备份。").format(file=file), hint=_("请检查是不是拿错了文件。")) from error


def damaged(file: Path) -> Iterator[str]:
    """What of a backup differs from its manifest, by name; where no part does, the container."""
    try:
        with zipfile.ZipFile(file) as packed:
            harmed = list(_damaged_parts(packed))
    except _UNREADABLE:
        harmed = [_("压缩包的目录（文件被截断、清空或改动）")]
    yield from harmed or [_("压缩包的文件头（各部分都与清单一致），或者校验值本身")]


def _damaged_parts(packed: zipfile.ZipFile) -> Iterator[str]:
    try:
        listed = {part["name"]: part["sha256"] for part in json.loads(packed.read(MANIFEST))["parts"]}
    except (*_UNREADABLE, TypeError):
        yield MANIFEST
        listed = {}
    there = [entry.filename for entry in packed.infolist()]
    yield from (name for name in listed if name not in there)
    for name in there:
        if name != MANIFEST:
            found = _part_digest(packed, name)
            if found is None or (listed and listed.get(name) != found):
                yield name


def _part_digest(packed: zipfile.ZipFile, name: str) -> str | None:
    digest = hashlib.sha256()
    try:
        with packed.open(name) as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
    except _UNREADABLE:
        return None
    return digest.hexdigest()
