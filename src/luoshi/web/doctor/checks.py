"""The table of checks. Codes are never used twice for different things: scripts and ``--skip`` know them."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import DatabaseError

from luoshi.text.language import _
from luoshi.web.doctor import databases, installation, ledger, machine, store
from luoshi.web.doctor.finding import Finding, Look


class Check(NamedTuple):
    """One row: its code, what it looks for, and how."""

    code: str
    about: str
    look: Look


CHECKS: tuple[Check, ...] = (
    Check("python.old", "Python 版本太旧。", machine.python_is_old),
    Check("disk.full", "数据所在的磁盘剩余不到 1 GiB。", machine.disk_is_full),
    Check("fonts.chinese", "没有中文字体，不能生成 PDF。", machine.no_chinese_font),
    Check("office.missing", "没有 LibreOffice，读不了旧格式。", machine.no_office),
    Check("sm3.missing", "OpenSSL 不带 SM3。", machine.no_sm3),
    Check("calendar.ends", "明年的节假日安排还没有录入（11 月起检查）。", machine.calendar_ends),
    Check("key.weak", "密钥太短或太简单。", installation.key_is_weak),
    Check("key.open", "别的用户能读密钥文件。", installation.key_can_be_read),
    Check("key.other", "密钥与数据库不配，密封的内容打不开。", installation.key_is_another),
    Check("folder.open", "别的用户能进入数据文件夹。", installation.folder_can_be_read),
    Check("settings.debug", "调试模式开着。", installation.debug_is_on),
    Check("settings.hosts", "hosts 是空的，或者写了 *。", installation.any_host),
    Check("settings.local", "对外监听，hosts 里却只有本机的名字。", installation.only_this_machine),
    Check("settings.http", "对外监听，却没有用 https。", installation.passwords_in_the_clear),
    Check("settings.proxy", "用了 https，却可以绕过代理直接访问。", installation.round_the_proxy),
    Check("settings.isolation", "上传的文件在没有断网隔离的情况下读取。", installation.read_with_network),
    Check("demo.open", "示例数据和示例账号对外提供服务。", installation.demo_is_open),
    Check("sqlite.old", "SQLite 早于 3.51.3，只能用一个网页进程。", databases.sqlite_is_old),
    Check("sqlite.wal", "SQLite 早于 3.51.3，却用着 WAL，可能损坏。", databases.sqlite_may_break),
    Check("sqlite.network", "SQLite 放在网络文件系统上。", machine.folder_on_a_network),
    Check("sqlite.synchronous", "SQLite 的 synchronous 不是 FULL。", databases.sqlite_not_synchronous),
    Check("sqlite.mmap", "SQLite 开了内存映射。", databases.sqlite_mapped),
    Check("sqlite.triggers", "SQLite 的 recursive_triggers 关着。", databases.sqlite_replaces_silently),
    Check("sqlite.corrupt", "SQLite 数据库文件已损坏。", databases.sqlite_is_corrupt),
    Check("postgresql.old", "PostgreSQL 早于 15。", databases.postgresql_is_old),
    Check("postgresql.fsync", "PostgreSQL 的 fsync 或 full_page_writes 关着。", databases.postgresql_not_flushed),
    Check("postgresql.commit", "PostgreSQL 的 synchronous_commit 关着。", databases.postgresql_not_synchronous),
    Check("postgresql.encoding", "PostgreSQL 库的编码不是 UTF8。", databases.postgresql_without_chinese),
    Check("migrations.missing", "数据库比程序旧。", databases.migration_is_missing),
    Check("audit.guards", "审计的防改触发器缺失或被改。", ledger.guard_is_missing),
    Check("audit.counter", "审计的计数、最后一号、条数不相同。", ledger.counter_is_off),
    Check("audit.checkpoint", "审计 7 天以上没有固证。", ledger.no_checkpoint),
    Check("clock.back", "本机时钟早于最后一条审计记录。", ledger.clock_went_back),
    Check("clock.away", "定时任务没有在运行。", ledger.clock_is_away),
    Check("worker.away", "后台任务等了十分钟以上没人做。", ledger.worker_is_away),
    Check("outbox.stuck", "发件箱里的摘要没有送达。", ledger.outbox_is_stuck),
    Check("administrators.missing", "缺一种管理员。", ledger.administrator_is_missing),
    Check("administrators.posts", "管理员账号兼有业务职务。", ledger.administrator_has_posts),
    Check("administrators.twice", "同一个人担任两种管理员。", ledger.administrator_twice),
    Check("backup.old", "7 天以上没有备份。", ledger.backup_is_old),
    Check("backup.beside", "备份与数据在同一块磁盘上。", ledger.backup_beside_the_data),
    Check("files.missing", "记录所指的文件不在文件库里。", store.file_is_missing),
    Check("files.changed", "文件的内容与登记的校验值不符。", store.file_is_another),
    Check("files.unknown", "文件库里有没有记录的文件。", store.file_of_nobody),
    Check("files.unfinished", "文件库里有没写完的临时文件。", store.file_unfinished),
)


def examine(at: datetime, *, skip: Collection[str] = ()) -> dict[str, Finding]:
    """Code → what was found, of every check that is not skipped and found something."""
    found = ((check.code, _looked(check, at)) for check in CHECKS if check.code not in skip)
    return {code: finding for code, finding in found if finding is not None}


def _looked(check: Check, at: datetime) -> Finding | None:
    try:
        return check.look(at)
    except DatabaseError as error:  # a table that is missing, a page that cannot be read: another check names it
        why = " ".join(str(error).split())
        return Finding(_("没能检查“{about}”：{why}。").format(about=_(check.about), why=why), _("请先解决其他问题，再检查一次。"))
