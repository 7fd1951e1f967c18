"""Bringing a backup back: into an empty installation, on SQLite or PostgreSQL, whichever it came from.

Checked before (every bit of the file) and after (every table written out again and compared). The rows are loaded in one transaction
that triggers of the audit allow, since they refuse changes and not additions: nothing is switched off, and it is all or nothing.
"""

import hashlib
import os
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction

from luoshi.text import DamagedFile, RuleBroken, UsageError
from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.common.actor import SYSTEM
from luoshi.web.config import key
from luoshi.web.keeping.archive import verify
from luoshi.web.keeping.backup import KEY, SETTINGS, applied_migrations, audit_head, parts_of
from luoshi.web.keeping.parts import kept_models, part_of
from luoshi.web.keeping.sequences import go_on_after
from luoshi.web.keeping.services import record_restore
from luoshi.web.keeping.tables import lines, load
from luoshi.web.search.services import index_again

BROUGHT_SETTINGS = "luoshi.toml.from-backup"
"""The settings of the backup lie under this name: they may name the database of the installation that they came from."""
Say = Callable[[str], None]


def bring_back(file: Path, *, digest: str, operator: str, witness: str, at: datetime, say: Say) -> dict[str, Any]:
    """Restore a backup into this installation; its manifest. ``operator`` does it, ``witness`` saw it: two names of two persons.

    Raises DamagedFile where the backup is not whole, UsageError where it was made by another version, RuleBroken where the installation is
    not empty or one person would do it alone.
    """
    if not operator.strip() or not witness.strip() or operator.strip() == witness.strip():
        raise RuleBroken(_("恢复要由两个人办理。"), hint=_("请用 --operator 写操作人、--witness 写在场监督的另一人，两个姓名不能相同；都会记入审计。"))
    say(_("正在核对备份……"))
    manifest = verify(file, digest)
    _same_version(manifest)
    with zipfile.ZipFile(file) as packed, transaction.atomic():
        _is_empty()
        say(_("正在装入 {n} 个文件……").format(n=manifest["files"]))
        _bring_files(packed, manifest)
        say(_("正在装入数据……"))
        _load(packed, manifest)
        say(_("正在逐表核对……"))
        _compare(manifest)
        record_restore(digest=digest, manifest=manifest, operator=operator.strip(), witness=witness.strip(), actor=SYSTEM, at=at)
        _bring_own(packed, manifest)
    return manifest


def _same_version(manifest: dict[str, Any]) -> None:
    ours, theirs = set(applied_migrations()), set(manifest["migrations"])
    if ours != theirs:
        message = _("这份备份由落实 {version} 做成，数据表与本版本不同（{names}）。").format(version=manifest["luoshi"], names=_("、").join(sorted(ours ^ theirs)[:5]))
        raise UsageError(message, hint=_("请先用那一版恢复，再升级。"))


def _is_empty() -> None:
    there = [model._meta.label for model in kept_models() if model._base_manager.exists()]
    if there:
        message = _("这里已有数据（{names}），不能恢复到上面。").format(names=_("、").join(there[:5]))
        raise RuleBroken(message, hint=_("请用 --data 给出一个空文件夹；用 PostgreSQL 的，请先建一个空库。"))


def _bring_files(packed: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    for name in parts_of(manifest, "files/"):
        with packed.open(name) as stream:
            kept = store.save(stream, most=packed.getinfo(name).file_size)
        if kept.sha256 != name.removeprefix("files/"):
            raise DamagedFile(_("备份里的文件 {name} 与它的名字不符。").format(name=name))


def _load(packed: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    kept = kept_models()
    for model in kept:
        with packed.open(part_of(model)) as stream:
            load(model, stream)
    go_on_after(manifest["numbers"], kept)
    index_again()
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise DamagedFile(_("备份里的数据前后不合：{why}。").format(why=error), hint=_("请改用另一份备份。")) from error


def _compare(manifest: dict[str, Any]) -> None:
    """Every table reads back as it was written, and the tree over the audit has the same root."""
    written = {part["name"]: part["sha256"] for part in manifest["parts"]}
    differing = [part_of(model) for model in kept_models() if _digest(model) != written[part_of(model)]]
    if audit_head() != manifest["audit"]:
        differing.append("audit")
    if differing:
        raise DamagedFile(_("装入后与备份不同：{names}。").format(names=_("、").join(differing)), hint=_("没有装入任何数据；请把这句话告诉维护人员。"))


def _digest(model: type[models.Model]) -> str:
    digest = hashlib.sha256()
    for line in lines(model):
        digest.update(line)
    return digest.hexdigest()


def _bring_own(packed: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """The key takes the place of the one that the empty installation made for itself; the settings lie beside, to be looked at."""
    for part in parts_of(manifest, "installation/"):
        name = {KEY: key.NAME, SETTINGS: BROUGHT_SETTINGS}[part]
        fresh = Path(settings.DATA) / f".{name}.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(packed.read(part))
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(Path(settings.DATA) / name)
