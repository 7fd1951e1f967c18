"""Looking at the files: each that a row names is there and is what it was; none lies there that nothing names."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from luoshi.text import DamagedFile
from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.doctor.finding import Finding
from luoshi.web.keeping.parts import named_files

SHOWN = 3
GRACE = timedelta(days=1)
"""A file may be there for a moment before its row."""


def file_is_missing(_at: datetime) -> Finding | None:
    """A row names a file that is not there."""
    missing = sorted(one for one in named_files() if not store.is_stored(one))
    if not missing:
        return None
    return Finding(_("文件库里缺 {n} 个文件：{names}。").format(n=len(missing), names=_short(missing)), _("请从最近一份有它们的备份取回 files 文件夹里的同名文件。"))


def file_is_another(_at: datetime) -> Finding | None:
    """A file whose content is not that of its name."""
    changed = sorted(one for one in named_files() if store.is_stored(one) and _is_another(one))
    if not changed:
        return None
    said = _("文件库里有 {n} 个文件的内容变了：{names}。").format(n=len(changed), names=_short(changed))
    return Finding(said, _("请查明原因，从备份取回 files 文件夹里的同名文件。"))


def file_of_nobody(at: datetime) -> Finding | None:
    """Files that no row names."""
    named = named_files()
    found = sorted(one.name for one in _old(at) if not one.name.startswith(".") and one.name not in named)
    if not found:
        return None
    return Finding(_("文件库里有 {n} 个文件没有对应的记录：{names}。").format(n=len(found), names=_short(found)), _("多半是没办完的上传，不影响使用；核对后可以移走。"))


def file_unfinished(at: datetime) -> Finding | None:
    """Files that were not written to their end, since the machine stopped."""
    found = [one for one in _old(at) if one.name.startswith(".new-")]
    if not found:
        return None
    return Finding(_("文件库里有 {n} 个没写完的临时文件。").format(n=len(found)), _("可以删去 {folder} 里 .new- 开头的文件。").format(folder=settings.FILES))


def _old(at: datetime) -> Iterator[Path]:
    before = (at - GRACE).timestamp()
    yield from (one for one in Path(settings.FILES).rglob("*") if one.is_file() and one.stat().st_mtime < before)


def _is_another(sha256: str) -> bool:
    try:
        store.read_stored(sha256)
    except DamagedFile:
        return True
    return False


def _short(names: list[str]) -> str:
    return _("、").join(one[:12] for one in names[:SHOWN])
