"""Making a backup while the installation is served: one moment of the database, the files that it names, settings and key."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max

import luoshi
from luoshi.text import DamagedFile, UsageError
from luoshi.text.language import _
from luoshi.web.audit import encoding
from luoshi.web.audit.models import Record
from luoshi.web.audit.stream import chunks
from luoshi.web.audit.tree import Growing
from luoshi.web.common import store
from luoshi.web.common.actor import SYSTEM
from luoshi.web.config import key, options
from luoshi.web.keeping.archive import Writer, told_digest, verify, writing
from luoshi.web.keeping.parts import kept_models, named_files, part_of
from luoshi.web.keeping.sequences import given_numbers
from luoshi.web.keeping.services import record_backup
from luoshi.web.keeping.snapshot import snapshot
from luoshi.web.keeping.tables import lines

KEY, SETTINGS = f"installation/{key.NAME}", f"installation/{options.FILE}"
OWN = {KEY: key.NAME, SETTINGS: options.FILE}
"""Parts that hold the secrets of the installation → their names in the data folder."""


class Made(NamedTuple):
    """A backup: the file, its digest, its manifest."""

    file: Path
    digest: str
    manifest: dict[str, Any]


def back_up(where: Path, *, at: datetime, with_key: bool = True) -> Made:
    """Write a backup to the file ``where``, or into the folder ``where`` under the moment as its name, and record it.

    Files of the store that are gone or changed are named in the manifest (``missing``); the rest is kept. Raises UsageError where it cannot
    be written or the tables are not those of this version, DamagedFile where the database cannot be read or what was written does not read back.
    """
    older = missing_migrations()
    if older:
        message = _("数据库比程序旧：缺 {names}。").format(names=_("、").join(older[:3]))
        raise UsageError(message, hint=_("请先用原来的版本做备份，再启动新版 luoshi serve 升级。"))
    file = where / f"luoshi-{at.astimezone():%Y%m%d-%H%M%S}.zip" if where.is_dir() else where
    try:
        with writing(file, at) as archive, snapshot() as moment:
            archive.finish(_contents(archive, moment, with_key) | {"made_at": at.isoformat(), "luoshi": luoshi.__version__})
    except DatabaseError as error:
        why = " ".join(str(error).split())
        raise DamagedFile(_("数据库读不下去，没有做成备份：{why}。").format(why=why), hint=_("请看 luoshi doctor 怎么说；数据库正在重启的，稍后再试。")) from error
    digest = told_digest(file)
    manifest = verify(file, digest)
    record_backup(digest=digest, size=file.stat().st_size, place=str(file.absolute()), manifest=manifest, actor=SYSTEM, at=at)
    return Made(file, digest, manifest)


def _contents(archive: Writer, moment: str, with_key: bool) -> dict[str, Any]:
    """Write every part; what the manifest tells beside them."""
    kept = kept_models()
    for model in kept:
        archive.add(part_of(model), lines(model, moment))
    missing: list[str] = []
    names = sorted(named_files(moment))
    for sha256 in names:
        try:
            archive.add(f"files/{sha256}", [store.read_stored(sha256)])
        except DamagedFile:
            missing.append(sha256)
    if with_key:
        for part, name in OWN.items():
            if (Path(settings.DATA) / name).exists():
                archive.add(part, [(Path(settings.DATA) / name).read_bytes()])
    return {
        "database": connections[moment].vendor,
        "audit": audit_head(moment),
        "migrations": applied_migrations(moment),
        "numbers": given_numbers(kept, moment),
        "files": len(names) - len(missing),
        "missing": missing,
    }


def audit_head(using: str = "default") -> dict[str, Any]:
    """How many records there are, and the root of the tree over them, as a checkpoint tells it; empty where a record is not what the service wrote."""
    last = Record.objects.using(using).aggregate(last=Max("seq"))["last"] or 0
    tree = Growing()
    try:
        for columns in chunks(until=last):  # records are only added: those up to a number are the same a moment later
            tree.extend(tree.leaves(encoding.lines(columns[:-1])))
    except (TypeError, ValueError):
        return {"size": last, "root": ""}
    return {"size": last, "root": tree.root().hex()}


def applied_migrations(using: str = "default") -> list[str]:
    """``app.name`` of every migration of the database, sorted."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[using]).applied_migrations())


def missing_migrations() -> list[str]:
    """``app.name`` of every migration that the code has and the database has not."""
    executor = MigrationExecutor(connection)
    return [f"{one.app_label}.{one.name}" for one, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def parts_of(manifest: dict[str, Any], folder: str) -> Iterator[str]:
    """Names of the parts in a folder of the archive."""
    return (part["name"] for part in manifest["parts"] if part["name"].startswith(folder))


