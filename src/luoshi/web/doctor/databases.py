"""Looking at the database: what keeps an acknowledged write through a failure, and whether its tables are those of the code."""

import sqlite3
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection

from luoshi.text.language import _
from luoshi.web.config.database import FIXED
from luoshi.web.doctor.finding import Finding, Look
from luoshi.web.keeping.backup import missing_migrations

FULL = (2, 3)
OLDEST = 150000


def only_on(vendor: str) -> Callable[[Look], Look]:
    """A check of one kind of database."""

    def limited(look: Look) -> Look:
        def looking(at: datetime) -> Finding | None:
            return look(at) if connection.vendor == vendor else None

        return looking

    return limited


def pragma(name: str) -> object:
    """What a connection of SQLite says of itself."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        [value] = cursor.fetchone()
    return value


def shown(name: str) -> str:
    """A setting of PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


@only_on("sqlite")
def sqlite_is_old(_at: datetime) -> Finding | None:
    """Without the mending of the WAL: served by one process, slowly."""
    if sqlite3.sqlite_version_info >= FIXED or pragma("journal_mode") == "wal":
        return None
    said = _("SQLite {version} 太旧，只能用一个网页进程和回滚日志，人多时会慢。").format(version=sqlite3.sqlite_version)
    return Finding(said, _("请安装 pysqlite3（自带新版 SQLite），或者改用 PostgreSQL。"))


@only_on("sqlite")
def sqlite_may_break(_at: datetime) -> Finding | None:
    """WAL by a version that can corrupt it."""
    if sqlite3.sqlite_version_info >= FIXED or pragma("journal_mode") != "wal":
        return None
    said = _("SQLite {version} 在多个进程同时写 WAL 时可能损坏数据库。").format(version=sqlite3.sqlite_version)
    return Finding(said, _("请立即停止服务、做一份备份，再安装 pysqlite3（自带新版 SQLite）或改用 PostgreSQL。"))


@only_on("sqlite")
def sqlite_not_synchronous(_at: datetime) -> Finding | None:
    """A failure of power may take what was acknowledged."""
    if pragma("synchronous") in FULL:
        return None
    return Finding(_("SQLite 的 synchronous 不是 FULL，断电会丢失已办成的事。"), _("请去掉改动过的数据库设置。"))


@only_on("sqlite")
def sqlite_mapped(_at: datetime) -> Finding | None:
    """A stray write of the process reaches the file."""
    if not pragma("mmap_size"):
        return None
    return Finding(_("SQLite 开了内存映射（mmap），有损坏的先例。"), _("请去掉改动过的数据库设置。"))


@only_on("sqlite")
def sqlite_replaces_silently(_at: datetime) -> Finding | None:
    """REPLACE would delete behind the back of a trigger."""
    if pragma("recursive_triggers"):
        return None
    return Finding(_("SQLite 的 recursive_triggers 关着，审计的防改触发器可被绕过。"), _("请去掉改动过的数据库设置。"))


@only_on("sqlite")
def sqlite_is_corrupt(_at: datetime) -> Finding | None:
    """The file is not what SQLite wrote."""
    try:
        found = pragma("quick_check(1)")
    except DatabaseError as error:
        found = error
    if found == "ok":
        return None
    return Finding(_("数据库文件已损坏：{why}。").format(why=found), _("请停止服务，保留现场，从最近的备份恢复到新文件夹。"))


@only_on("postgresql")
def postgresql_is_old(_at: datetime) -> Finding | None:
    """A version without the support of its makers."""
    if int(shown("server_version_num")) >= OLDEST:
        return None
    return Finding(_("PostgreSQL {version} 太旧。").format(version=shown("server_version")), _("请升级到 15 或更新的版本。"))


@only_on("postgresql")
def postgresql_not_flushed(_at: datetime) -> Finding | None:
    """A failure of power may take the whole database."""
    if shown("fsync") == "on" and shown("full_page_writes") == "on":
        return None
    return Finding(_("PostgreSQL 的 fsync 或 full_page_writes 关着，断电会损坏数据库。"), _("请在 postgresql.conf 里设为 on，再重启 PostgreSQL。"))


@only_on("postgresql")
def postgresql_not_synchronous(_at: datetime) -> Finding | None:
    """A failure of power may take what was acknowledged."""
    if shown("synchronous_commit") != "off":
        return None
    return Finding(_("PostgreSQL 的 synchronous_commit 关着，断电会丢失已办成的事。"), _("请在 postgresql.conf 里设为 on，再重新载入。"))


@only_on("postgresql")
def postgresql_without_chinese(_at: datetime) -> Finding | None:
    """A database that does not hold every character."""
    if shown("server_encoding") == "UTF8":
        return None
    return Finding(_("PostgreSQL 库的编码是 {name}，不是 UTF8。").format(name=shown("server_encoding")), _("请新建一个 UTF8 的库，用备份和恢复搬过去。"))


def migration_is_missing(_at: datetime) -> Finding | None:
    """The code knows tables that the database does not."""
    missing = missing_migrations()
    if not missing:
        return None
    return Finding(_("数据库比程序旧：缺 {names}。").format(names=_("、").join(missing[:3])), _("请先用原来的版本做备份，再启动新版 luoshi serve 升级。"))
