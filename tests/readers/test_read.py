"""The type is told by content; what has no reader is refused by name."""

import struct
from pathlib import Path

import openpyxl
import pytest

from luoshi import readers
from luoshi.readers import READERS, read, read_bytes
from luoshi.readers.sniff import sniff
from luoshi.text import DamagedFile, EncryptedFile, LimitExceeded, LuoshiError, UnsupportedFormat, UsageError

from .build_docx import docx, p, pack

TYPES = {"[Content_Types].xml": b"<Types/>"}


def ole2(*streams: str, head: bytes = b"") -> bytes:
    """A compound file with these streams in its root; ``head`` is how the first one begins."""
    none = 0xFFFFFFFF
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, none - 1, 0, none - 1, 0) + struct.pack("<109I", 0, *[none] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, none - 1, none - 1, *[none] * 125)
    entries = [_entry("Root Entry", 5, child=1 if streams else none)]
    entries += [_entry(name, 2, right=i + 2 if i + 1 < len(streams) else none) for i, name in enumerate(streams)]
    return header + table + b"".join(entries).ljust(512, b"\0") + head.ljust(512, b"\0")


def _entry(name: str, kind: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", len(name) * 2 + 2, kind, 1)
    return raw + struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + struct.pack("<IQ", 2, 4096)


def test_the_builder_of_compound_files_counts_right() -> None:
    assert len(ole2("WordDocument")) == 4 * 512


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        pytest.param(docx(p("甲")), "a.txt", "docx", id="docx by content"),
        pytest.param(pack(TYPES | {"word/document2.xml": b"<a/>"}), "a", "docx", id="docx with another name of its main part"),
        pytest.param(pack(TYPES | {"xl/workbook.xml": b"<a/>"}), "a.docx", "xlsx", id="xlsx"),
        pytest.param(pack({"OFD.xml": b"<a/>"}), "a.pdf", "ofd", id="ofd"),
        pytest.param(b"%PDF-1.7\n", "a", "pdf", id="pdf"),
        pytest.param(b"\r\n\r\nnoise" + b" " * 900 + b"%PDF-1.4", "a", "pdf", id="pdf behind noise"),
        pytest.param(ole2("WordDocument", "1Table"), "a.wps", "doc", id="doc"),
        pytest.param(ole2("Workbook"), "a.et", "xls", id="xls"),
        pytest.param(b"{\\rtf1 a}", "a.doc", "rtf", id="rtf"),
        pytest.param(b"<!DOCTYPE html><p>", "a.doc", "html", id="html"),
        pytest.param(b'<?xml version="1.0"?>\n<!-- <svg> -->\n<html xmlns="x"><svg/></html>', "a", "html", id="xhtml"),
        pytest.param("<html>".encode("utf-16"), "a", "html", id="html in utf-16"),
        pytest.param("<div><p>甲</p></div>".encode(), "a.txt", "html", id="piece of html"),
        pytest.param("<div>\n# 甲\n</div><br><br>".encode(), "a.md", "md", id="markdown with tags"),
        pytest.param("正文，见<p>标签<b>说明</b></p>".encode(), "a.txt", "txt", id="text that speaks of tags"),
        pytest.param("正文".encode("gb18030"), "a.docx", "txt", id="text"),
        pytest.param(b"MZ is not always a program", "a", "txt", id="text that begins like a program"),
    ],
)
def test_kinds(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind
    assert kind in (*READERS, "txt", "md")


@pytest.mark.parametrize(
    ("data", "name", "error", "words"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n", "a.docx", UnsupportedFormat, "图片", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "a.jpg", UnsupportedFormat, "图片", id="jpeg"),
        pytest.param(b"BM" + bytes(12), "a.bmp", UnsupportedFormat, "图片", id="bmp"),
        pytest.param(b"MZ\x90\0", "a.exe", UnsupportedFormat, "Windows 程序", id="exe"),
        pytest.param(b"Rar!\x1a\x07", "a.rar", UnsupportedFormat, "RAR", id="rar"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", "a.7z", UnsupportedFormat, "7z", id="7z"),
        pytest.param(pack({"ppt/presentation.xml": b""} | TYPES), "a", UnsupportedFormat, "PowerPoint", id="pptx"),
        pytest.param(pack({"xl/workbook.bin": b""} | TYPES), "a", UnsupportedFormat, "xlsb", id="xlsb"),
        pytest.param(pack({"a.docx": docx(p("甲"))}), "a.zip", UnsupportedFormat, "ZIP", id="zip with a document in it"),
        pytest.param(pack({"word/document.xml": b""}), "a.zip", UnsupportedFormat, "ZIP", id="zip that only looks like a document"),
        pytest.param(b"<?xml version='1.0'?><w:wordDocument>", "a.doc", UnsupportedFormat, "Word 2003", id="word xml"),
        pytest.param(b"\x01\x02ceb", "a.ceb", UnsupportedFormat, "CEB", id="ceb"),
        pytest.param(ole2("PowerPoint Document"), "a.dps", UnsupportedFormat, "PowerPoint", id="ppt"),
        pytest.param(ole2("x"), "a", UnsupportedFormat, "OLE2", id="unknown compound file"),
        pytest.param(ole2("EncryptionInfo", "EncryptedPackage"), "a.docx", EncryptedFile, "密码", id="encrypted docx"),
        pytest.param(ole2("WordDocument", head=b"\xec\xa5\xc1\0" + bytes(6) + b"\0\x01"), "a", EncryptedFile, "密码", id="encrypted doc"),
        pytest.param(
            ole2("Workbook", head=struct.pack("<HH", 0x809, 16) + bytes(16) + struct.pack("<HH", 0x2F, 54)),
            "a",
            EncryptedFile,
            "密码",
            id="encrypted xls",
        ),
        pytest.param(ole2("WordDocument")[:600], "a.doc", DamagedFile, "OLE2", id="cut compound file"),
        pytest.param(bytes.fromhex("d0cf11e0a1b11ae1"), "a.doc", DamagedFile, "OLE2", id="only a signature"),
        pytest.param(docx(p("甲"))[:500], "a.docx", DamagedFile, "压缩包", id="cut docx"),
    ],
)
def test_refusals(data: bytes, name: str, error: type[LuoshiError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        read_bytes(data, name=name)
    assert caught.value.hint


def test_every_reader_takes_data_and_a_name() -> None:
    for kind in ("docx", "xlsx", "doc", "rtf", "xls"):
        assert callable(readers._reader(kind))


def test_read_takes_a_path(tmp_path: Path) -> None:
    path = tmp_path / "意见.txt"
    path.write_bytes("正文".encode())
    assert (read(path).name, read(str(path)).text) == ("意见.txt", "正文")
    with pytest.raises(UsageError, match="文件夹"):
        read(tmp_path)
    with pytest.raises(UsageError, match="打不开"):
        read(tmp_path / "没有.txt")


def test_files_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 3)
    path = tmp_path / "a.txt"
    path.write_bytes(b"1234")
    with pytest.raises(LimitExceeded):
        read(path)
    with pytest.raises(LimitExceeded):
        read_bytes(b"1234", name="a.txt")


def test_an_empty_workbook_is_no_error_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(LuoshiError, match="没有文字"):
        read(path)
