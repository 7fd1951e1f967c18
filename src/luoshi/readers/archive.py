"""Zip containers (docx, xlsx, ofd) opened with suspicion: everything is checked before the first byte is unpacked.

Nothing is ever written to disk and an archive inside an archive is never opened. This says nothing about what the
members mean; that is the business of each reader.
"""

import stat
import struct
import zipfile
import zlib
from io import BytesIO

from luoshi.text import DamagedFile, EncryptedFile, LimitExceeded
from luoshi.text.language import _

MAX_ENTRIES = 10_000
MAX_TOTAL = 256 * 1024 * 1024
MAX_ENTRY = 128 * 1024 * 1024
MAX_RATIO = 200
RATIO_APPLIES_ABOVE = 1024 * 1024

_CENTRAL_HEADER = b"PK\x01\x02"
_LOCAL_HEADER = b"PK\x03\x04"
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000


class Archive:
    """A checked zip: ``names`` in their order, ``name in archive``, ``archive.read(name)``."""

    def __init__(self, container: zipfile.ZipFile) -> None:
        self._zip = container
        self._members = {info.filename: info for info in container.infolist() if not info.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, folders left out."""
        return tuple(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of one member; DamagedFile where it is absent, cut short or fails its checksum."""
        info = self._members.get(name)
        if info is None:
            raise _damaged(_("压缩包内缺少 {name}。").format(name=name))
        try:
            with self._zip.open(info) as stream:
                # A bounded read: read() without a size unpacks everything that the compressed bytes hold, whatever they claim.
                content = stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise _damaged(_("压缩包内的 {name} 已损坏。").format(name=name)) from error
        if len(content) != info.file_size:
            raise _damaged(_("压缩包内的 {name} 不完整。").format(name=name))
        return content


def open_zip(data: bytes) -> Archive:
    """The archive in ``data`` after all checks.

    Raises DamagedFile (truncated, hostile structure), EncryptedFile, or LimitExceeded (too much to unpack).
    """
    if data.count(_CENTRAL_HEADER) > MAX_ENTRIES:
        raise _excessive(_("压缩包内的文件超过 {n} 个。").format(n=MAX_ENTRIES))
    try:
        container = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, struct.error) as error:
        raise _damaged(_("压缩包不完整或已损坏。")) from error
    infos = container.infolist()
    _check_names(infos)
    _check_sizes(infos)
    _check_layout(data, infos, container.start_dir)
    return Archive(container)


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    """No name twice, none that leads out of the archive, no symbolic link, nothing locked."""
    seen: set[str] = set()
    for info in infos:
        if info.flag_bits & _ENCRYPTED_FLAGS:
            raise EncryptedFile(_("文件已加密，无法读取。"), hint=_("请用原软件取消密码保护，另存后再试。"))
        # zipfile cuts a name at NUL; the name as it is written is the one to judge.
        name = info.orig_filename
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or "\0" in name or name[1:2] == ":":
            raise _damaged(_("压缩包内有越界的文件名：{name}。").format(name=name[:80].replace("\0", "�")))
        if stat.S_ISLNK(info.external_attr >> 16):
            raise _damaged(_("压缩包内有符号链接：{name}。").format(name=name[:80]))
        if info.filename in seen:
            raise _damaged(_("压缩包内有重名文件：{name}。").format(name=name[:80]))
        seen.add(info.filename)


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    """Count, size of one, size of all, and how far one swells."""
    if len(infos) > MAX_ENTRIES:
        raise _excessive(_("压缩包内的文件超过 {n} 个。").format(n=MAX_ENTRIES))
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise _excessive(_("压缩包解开后超过 {n} MiB。").format(n=MAX_TOTAL >> 20))
    for info in infos:
        if info.file_size > MAX_ENTRY:
            raise _excessive(_("压缩包内的 {name} 解开后超过 {n} MiB。").format(name=info.filename[:80], n=MAX_ENTRY >> 20))
        if info.file_size > RATIO_APPLIES_ABOVE and info.file_size > MAX_RATIO * info.compress_size:
            raise _excessive(_("压缩包内的 {name} 压缩比异常，疑似压缩炸弹。").format(name=info.filename[:80]))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged(_("压缩包内的 {name} 使用了办公文档不用的压缩方式。").format(name=info.filename[:80]))


def _check_layout(data: bytes, infos: list[zipfile.ZipInfo], directory: int) -> None:
    """Every member stands where the directory says, and no two share bytes."""
    free_from = 0
    for info in sorted(infos, key=lambda member: member.header_offset):
        at = info.header_offset
        header = data[at : at + 30]
        if len(header) < 30 or not header.startswith(_LOCAL_HEADER):
            raise _damaged(_("压缩包内的 {name} 位置不对。").format(name=info.filename[:80]))
        if at < free_from:
            raise _damaged(_("压缩包内的文件互相重叠：{name}。").format(name=info.filename[:80]))
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        free_from = at + 30 + name_length + extra_length + info.compress_size
    if free_from > directory:
        raise _damaged(_("压缩包的目录与内容互相重叠。"))


def _damaged(message: str) -> DamagedFile:
    return DamagedFile(message, hint=_("请用原软件打开并另存一份后再试；仍不行，请向来文单位重新索取。"))


def _excessive(message: str) -> LimitExceeded:
    return LimitExceeded(message, hint=_("请确认文件来源，去掉图片等附件后另存再试。"))
