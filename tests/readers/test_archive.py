"""Zip archives and XML from strangers: every trick ends in a typed error, before anything is unpacked."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from luoshi.readers import archive as module
from luoshi.readers.archive import open_zip
from luoshi.readers.xml import parse_xml
from luoshi.text import DamagedFile, EncryptedFile, LimitExceeded, LuoshiError

from .build_docx import pack

PLAIN = {"a.xml": b"<a/>", "b/c.xml": "正文".encode() * 50}


def test_an_honest_archive() -> None:
    archive = open_zip(pack(PLAIN | {"空/": b""}))
    assert archive.names == ("a.xml", "b/c.xml")
    assert "a.xml" in archive
    assert "空/" not in archive
    assert archive.read("b/c.xml") == PLAIN["b/c.xml"]
    with pytest.raises(DamagedFile, match=r"none\.xml"):
        archive.read("none.xml")


def patched(old: bytes, new: bytes, data: bytes | None = None, count: int = -1) -> bytes:
    data = pack(PLAIN) if data is None else data
    assert old in data
    return data.replace(old, new, count)


def with_flag(bit: int) -> bytes:
    """The flag of the first member set in the central directory."""
    data = bytearray(pack(PLAIN))
    data[data.index(b"PK\x01\x02") + 8] |= bit
    return bytes(data)


def with_central(offset: int, value: int) -> bytes:
    """A 4-byte field of the first entry of the central directory replaced."""
    data = bytearray(pack(PLAIN))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + offset, value)
    return bytes(data)


def duplicated() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.xml", b"1")
        archive.writestr("a.xml", b"2")
    return buffer.getvalue()


def overlapping() -> bytes:
    """Two names for one stretch of bytes: the second entry of the directory points at the first member."""
    data = bytearray(pack({"a.xml": b"1" * 50, "b.xml": b"1" * 50}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)
    return bytes(data)


def linked() -> bytes:
    info = zipfile.ZipInfo("a.xml")
    info.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, b"/etc/passwd")
    return buffer.getvalue()


def compressed(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("a.xml", b"1" * 1000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        pytest.param(lambda: pack(PLAIN)[:-30], DamagedFile, id="cut at the end"),
        pytest.param(lambda: pack(PLAIN)[:40], DamagedFile, id="cut early"),
        pytest.param(lambda: b"PK\x03\x04", DamagedFile, id="only a signature"),
        pytest.param(lambda: with_flag(0x1), EncryptedFile, id="encrypted"),
        pytest.param(lambda: patched(b"b/c.xml", b"../.xml"), DamagedFile, id="leads out"),
        pytest.param(lambda: patched(b"b/c.xml", b"/bc.xml"), DamagedFile, id="absolute"),
        pytest.param(lambda: patched(b"b/c.xml", b"..\\.xml"), DamagedFile, id="leads out the Windows way"),
        pytest.param(lambda: patched(b"b/c.xml", b"c:c.xml"), DamagedFile, id="drive"),
        pytest.param(lambda: patched(b"b/c.xml", b"b\x00c.xml"), DamagedFile, id="NUL in a name"),
        pytest.param(linked, DamagedFile, id="symbolic link"),
        pytest.param(duplicated, DamagedFile, id="name twice"),
        pytest.param(overlapping, DamagedFile, id="overlapping members"),
        pytest.param(lambda: compressed(zipfile.ZIP_BZIP2), DamagedFile, id="bzip2"),
        pytest.param(lambda: compressed(zipfile.ZIP_LZMA), DamagedFile, id="lzma"),
        pytest.param(lambda: with_central(24, 200 << 20), LimitExceeded, id="one member too large"),
        pytest.param(lambda: with_central(20, 1 << 20), DamagedFile, id="more compressed bytes than there are"),
        pytest.param(lambda: pack({"a.xml": b"0" * (2 << 20)}), LimitExceeded, id="bomb"),
        pytest.param(lambda: pack(dict.fromkeys(map(str, range(10_001)), b"")), LimitExceeded, id="too many members"),
    ],
)
def test_hostile_archives_are_refused(make: Callable[[], bytes], error: type[LuoshiError]) -> None:
    with pytest.raises(error) as caught:
        open_zip(make())
    assert caught.value.hint


def test_the_sum_of_all_sizes_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_TOTAL", 300)
    with pytest.raises(LimitExceeded):
        open_zip(pack(PLAIN))


@pytest.mark.parametrize("claimed", [10, 299, 301])
def test_a_member_that_lies_about_its_size(claimed: int) -> None:
    data = bytearray(pack({"a.xml": bytes(range(100)) * 3}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, claimed)
    with pytest.raises(DamagedFile):
        open_zip(bytes(data)).read("a.xml")


def test_a_member_with_a_broken_checksum() -> None:
    data = bytearray(pack(PLAIN))
    data[data.index(b"PK\x03\x04", 4) + 45] ^= 0xFF
    with pytest.raises(DamagedFile):
        open_zip(bytes(data)).read("b/c.xml")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", DamagedFile, id="nothing"),
        pytest.param(b"<a>", DamagedFile, id="open tag"),
        pytest.param(b"\xff\xfe\x00", DamagedFile, id="noise"),
        pytest.param(b"<!DOCTYPE a><a/>", DamagedFile, id="doctype"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', DamagedFile, id="external entity"),
        pytest.param('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"), DamagedFile, id="doctype in utf-16"),
        pytest.param(b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>', DamagedFile, id="doctype in utf-7"),
        pytest.param(b"<a>" * 257 + b"</a>" * 257, LimitExceeded, id="nested too deeply"),
        pytest.param(b"<a>" * 9999, LimitExceeded, id="nested without an end"),
        pytest.param(b"<a>" + b"x" * 11_000_000 + b"</a>", LimitExceeded, id="giant text"),
        pytest.param(b'<a b="' + b"x" * 11_000_000 + b'"/>', LimitExceeded, id="giant attribute"),
    ],
)
def test_hostile_xml_is_refused(data: bytes, error: type[LuoshiError]) -> None:
    with pytest.raises(error, match=r"part\.xml"):
        parse_xml(data, "part.xml")


def test_honest_xml() -> None:
    root = parse_xml('<?xml version="1.0"?><!-- 注 --><a>一<?pi?>二<b>三</b></a>'.encode(), "part.xml")
    assert "".join(root.itertext()) == "一二三"
    assert parse_xml(b"<a>" * 256 + b"</a>" * 256, "part.xml").tag == "a"
