"""Looking at the machine: Python, disk, fonts, programs, the calendar that came with it."""

import shutil
import sys
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from luoshi.text import ToolMissing
from luoshi.text.language import _
from luoshi.web.audit.tree import SM3, hasher
from luoshi.web.calendars.selectors import missing_year
from luoshi.web.doctor.finding import Finding
from luoshi.web.intake.typesetting import chosen

OLDEST = (3, 11)
ROOM = 1 << 30
MOUNTS = Path("/proc/self/mountinfo")
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "davfs", "fuse.davfs2")
OFFICE = ("soffice", "libreoffice")


def python_is_old(_at: datetime) -> Finding | None:
    """Python before the oldest that is supported."""
    if sys.version_info[:2] >= OLDEST:
        return None
    found, oldest = (".".join(map(str, one[:2])) for one in (sys.version_info, OLDEST))
    return Finding(_("Python {found} 太旧。").format(found=found), _("请安装 Python {oldest} 或更新的版本，再重装落实。").format(oldest=oldest))


def disk_is_full(_at: datetime) -> Finding | None:
    """Less room than a busy day may need."""
    free = shutil.disk_usage(settings.DATA).free
    if free >= ROOM:
        return None
    return Finding(_("数据文件夹所在的磁盘只剩 {n} MiB。").format(n=free >> 20), _("请腾出空间，或者换到大一些的磁盘；写满后只能看、不能办。"))


def folder_on_a_network(_at: datetime) -> Finding | None:
    """SQLite on a file system of a network: its locks cannot be relied on there."""
    kind = file_system(Path(settings.DATA).resolve())
    if connection.vendor != "sqlite" or kind not in NETWORK:
        return None
    return Finding(_("SQLite 数据库放在网络文件系统（{kind}）上，可能损坏。").format(kind=kind), _("请把数据文件夹移到本机磁盘，或者改用 PostgreSQL。"))


def file_system(place: Path) -> str:
    """The kind of file system that a place lies on; empty where the system does not tell."""
    if not MOUNTS.exists():
        return ""
    found = {}
    for line in MOUNTS.read_text("utf-8", "replace").splitlines():
        before, _dash, after = line.partition(" - ")
        found[Path(before.split()[4].replace("\\040", " "))] = after.split()[0]
    return found[max((one for one in found if place.is_relative_to(one)), key=lambda one: len(one.parts))]


def no_chinese_font(_at: datetime) -> Finding | None:
    """PDF cannot be made."""
    try:
        chosen(font_families())
    except ToolMissing as error:
        return Finding(error.message, error.hint)
    return None


def font_families() -> set[str]:
    """The fonts that the typesetter finds."""
    import typst

    return set(typst.Fonts().families())


def no_office(_at: datetime) -> Finding | None:
    """Old formats cannot be read."""
    if any(shutil.which(name) for name in OFFICE):
        return None
    return Finding(_("没有安装 LibreOffice，读不了 .doc、.wps、.xls 等旧格式。"), _("请安装 libreoffice-writer 和 libreoffice-calc；不收旧格式文件的，可用 --skip office.missing 略过。"))


def no_sm3(_at: datetime) -> Finding | None:
    """Checkpoints by SM3 cannot be made or verified."""
    try:
        hasher(SM3)
    except ToolMissing as error:
        return Finding(error.message, error.hint)
    return None


def calendar_ends(at: datetime) -> Finding | None:
    """The holidays of the year that comes are not known."""
    year = missing_year(timezone.localdate(at))
    if year is None:
        return None
    return Finding(_("{year} 年的节假日安排还没有，工作日算不准。").format(year=year), _("国务院办公厅的通知发布后，请系统管理员在“工作日历”里录入。"))
