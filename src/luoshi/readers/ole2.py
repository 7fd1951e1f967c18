"""OLE2 compound files (.doc .wps .xls): which streams stand in the root, and whether a password locks them. No more.

Their content is LibreOffice's business (``office.py``). Source: [MS-CFB] 2.2, 2.6; [MS-DOC] 2.5.1; [MS-XLS] 2.4.117.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.text import DamagedFile
from luoshi.text.language import _

_FREE = 0xFFFFFFFA
_MINI_STREAM_BELOW = 4096
_FILE_PASS = 0x002F


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int
    first: int
    size: int


class Ole2:
    """The streams and storages of the root; those of embedded objects are not looked at."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sector_size = 1 << struct.unpack_from("<H", data, 30)[0]
        if self._sector_size not in (512, 4096):
            raise ValueError("sector size")
        self._table = self._allocation()
        directory = b"".join(self._sector(i) for i in self._chain(struct.unpack_from("<I", data, 48)[0]))
        entries = [_entry(directory[at : at + 128]) for at in range(0, len(directory) - 127, 128)]
        self._members = {entry.name: entry for entry in _siblings(entries, entries[0].child)}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what stands in the root."""
        return tuple(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def is_locked(self) -> bool:
        """True where Word or Excel asks for a password to open the file."""
        word, book = self._head("WordDocument"), self._head("Workbook") or self._head("Book")
        if len(word) >= 12 and struct.unpack_from("<H", word, 10)[0] & 0x0100:
            return True
        # The record that names the cipher follows the opening record of the workbook.
        after = 4 + struct.unpack_from("<H", book, 2)[0] if len(book) >= 4 else 0
        return bool(after) and book[after : after + 2] == struct.pack("<H", _FILE_PASS)

    def _head(self, name: str) -> bytes:
        """The first sector of a stream; nothing for a small one, which lies elsewhere."""
        entry = self._members.get(name)
        return self._sector(entry.first) if entry is not None and entry.size >= _MINI_STREAM_BELOW else b""

    def _sector(self, i: int) -> bytes:
        at = (i + 1) * self._sector_size
        return self._data[at : at + self._sector_size]

    def _allocation(self) -> list[int]:
        """The table that chains sectors, gathered from the header and the sectors that continue it."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        more = struct.unpack_from("<I", self._data, 68)[0]
        for _hop in range(len(self._data) // self._sector_size):
            if more >= _FREE:
                break
            numbers = _numbers(self._sector(more))
            sectors += numbers[:-1]
            more = numbers[-1] if numbers else _FREE
        return [following for i in sectors if i < _FREE for following in _numbers(self._sector(i))]

    def _chain(self, i: int) -> Iterator[int]:
        seen: set[int] = set()
        while i < len(self._table) and i not in seen:
            seen.add(i)
            yield i
            i = self._table[i]


def open_ole2(data: bytes) -> Ole2:
    """The compound file in ``data``; DamagedFile where its skeleton does not hold."""
    try:
        return Ole2(data)
    except (struct.error, ValueError, IndexError) as error:
        raise DamagedFile(_("文件不完整或已损坏（OLE2 结构）。"), hint=_("请用原软件打开并另存一份后再试。")) from error


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])


def _entry(raw: bytes) -> _Entry:
    length = min(struct.unpack_from("<H", raw, 64)[0], 64)
    left, right, child = struct.unpack_from("<3I", raw, 68)
    first, size = struct.unpack_from("<II", raw, 116)
    return _Entry(raw[: max(length - 2, 0)].decode("utf-16-le", "replace"), left, right, child, first, size)


def _siblings(entries: list[_Entry], top: int) -> Iterator[_Entry]:
    """All entries of one storage: a binary tree, walked without trust in its shape."""
    waiting, seen = [top], {0}
    while waiting:
        i = waiting.pop()
        if i >= len(entries) or i in seen:
            continue
        seen.add(i)
        yield entries[i]
        waiting += [entries[i].left, entries[i].right]
