"""Files by their content: uploaded documents, evidence, tables that wait for a confirmation. Written whole or not at all.

A file lies at ``<files>/ab/cd/abcd…`` under its SHA-256; the same content is kept once. It is written beside its place, flushed to the
disk and then renamed, so that a cut of power leaves either nothing or the whole. Nothing here parses what it keeps.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings

from luoshi.text import DamagedFile, LimitExceeded
from luoshi.text.language import _

CHUNK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Stored(NamedTuple):
    """A file of the store: its SHA-256 as hexadecimal, and its size in bytes."""

    sha256: str
    size: int


def save(content: bytes | BinaryIO | Iterable[bytes], *, most: int | None = None) -> Stored:
    """Keep ``content`` (bytes, an open file, or pieces such as ``UploadedFile.chunks()``).

    Raises LimitExceeded above ``most`` bytes, else above what the installation allows (``upload_mib``); nothing is kept then.
    """
    most = most if most is not None else settings.OPTIONS["upload_mib"] << 20
    root = Path(settings.FILES)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, fresh = tempfile.mkstemp(prefix=".new-", dir=root)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            for piece in _pieces(content):
                size += len(piece)
                if size > most:
                    raise LimitExceeded(_("文件超过 {n} MiB。").format(n=most >> 20), hint=_("请缩小或拆分后再上传。"))
                digest.update(piece)
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        sha256 = digest.hexdigest()
        _settle(Path(fresh), _place(sha256))
    finally:
        Path(fresh).unlink(missing_ok=True)
    return Stored(sha256, size)


def open_stored(sha256: str) -> BinaryIO:
    """The file with this SHA-256, open for reading. Raises DamagedFile where it is not in the store."""
    try:
        return _place(sha256).open("rb")
    except OSError as error:
        message = _("文件 {sha256} 不在文件库里。").format(sha256=sha256[:12])
        raise DamagedFile(message, hint=_("请系统管理员检查数据文件夹或从备份恢复。")) from error


def read_stored(sha256: str) -> bytes:
    """All bytes of a file, checked against its name. Raises DamagedFile where it is gone or no longer what it was."""
    with open_stored(sha256) as stream:
        content = stream.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        message = _("文件 {sha256} 的内容已改变，与登记的校验值不符。").format(sha256=sha256[:12])
        raise DamagedFile(message, hint=_("请系统管理员从备份恢复。"))
    return content


def is_stored(sha256: str) -> bool:
    """True where the file is there."""
    return _place(sha256).is_file()


def _pieces(content: bytes | BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif hasattr(content, "read"):
        yield from iter(lambda: content.read(CHUNK), b"")
    else:
        yield from content


def _place(sha256: str) -> Path:
    """Where it lies; the name is checked, since it may come from an address."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return Path(settings.FILES) / sha256[:2] / sha256[2:4] / sha256


def _settle(fresh: Path, place: Path) -> None:
    """Move the written file to its place, and make the move itself last."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh.chmod(0o440)
    fresh.replace(place)
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove(sha256: str) -> None:
    """Take a file out of the store for good: it should never have come in (a secrecy mark)."""
    _place(sha256).unlink(missing_ok=True)
