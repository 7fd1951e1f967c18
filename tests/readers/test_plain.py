"""Text files: the ladder of encodings, and what is no text."""

import hashlib

import pytest

from luoshi.readers import read_bytes
from luoshi.readers.plain import read_plain
from luoshi.text import DamagedFile, EmptyDocument, LuoshiError, UnknownEncoding, UnsupportedFormat, UsageError

TEXT = "临江省人民政府关于加快青湾县产业发展的意见\n一、到2027年，规模以上工业增加值增长6%左右。\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="utf-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="utf-8 with BOM"),
        pytest.param(TEXT.encode("utf-16"), id="utf-16 little-endian"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="utf-16 big-endian"),
        pytest.param(TEXT.encode("gb18030"), id="gb18030"),
        pytest.param(TEXT.encode("gb2312"), id="gb2312"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="windows line ends"),
    ],
)
def test_every_rung_of_the_ladder(data: bytes) -> None:
    source = read_plain(data, name="a.txt")
    assert source.text == TEXT
    assert source.media_type == "text/plain"
    assert source.file_sha256 == hashlib.sha256(data).hexdigest()
    assert [(o.block, source.text[o.start : o.end]) for o in source.origins] == [
        (f"p:{n}", line) for n, line in enumerate(TEXT.splitlines(), 1)
    ]


def test_nothing_else_changes() -> None:
    text = "\u3000\u3000一、目标 \t\n\n\n二、任务\r末\x0b\ufeff。 \n"
    assert read_plain(text.encode(), name="a.txt").text == text


def test_markdown_keeps_its_marks() -> None:
    source = read_bytes("# 标题\n\n- **要**点\n<br>\n".encode(), name="a.md")
    assert (source.text, source.media_type) == ("# 标题\n\n- **要**点\n<br>\n", "text/markdown")


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        pytest.param(b"", EmptyDocument, "没有文字", id="no bytes"),
        pytest.param(" \r\n\u3000\n".encode(), EmptyDocument, "没有文字", id="white space"),
        pytest.param(b"\xef\xbb\xbf", EmptyDocument, "没有文字", id="only a BOM"),
        pytest.param("要求".encode() + b"\xff\xff\xff", UnknownEncoding, "UTF-8 在第 7 字节", id="neither of both"),
        pytest.param("中".encode() + TEXT.encode()[1:], UnknownEncoding, "第 4 字节", id="one broken byte in utf-8"),
        pytest.param("臺灣地區的繁體中文檔案內容應當如何辨識".encode("big5"), UnknownEncoding, "UTF-8 在第", id="big5"),
        pytest.param("Größe änderung über große Straßen çà été déjà".encode("latin-1"), UnknownEncoding, "UTF-8 在第", id="latin-1"),
        pytest.param("これは日本語の文書です。漢字も含まれています。".encode("shift-jis"), UnknownEncoding, "UTF-8 在第", id="shift-jis"),
        pytest.param("正文\0正文正文正文正文正文".encode(), DamagedFile, "第 3 个字符", id="a NUL"),
        pytest.param(bytes(range(1, 32)) * 20, UnsupportedFormat, "二进制", id="control characters"),
        pytest.param(b"\0\1\2\3\xff\xfe\x80" * 50, UnsupportedFormat, "二进制", id="binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, error: type[LuoshiError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        read_bytes(data, name="a.txt")
    assert caught.value.hint


def test_an_encoding_can_be_given() -> None:
    assert read_bytes("臺灣".encode("big5"), name="a.txt", encoding="big5").text == "臺灣"
    with pytest.raises(UnknownEncoding, match="第 3 字节"):
        read_bytes("要求".encode("gb18030"), name="a.txt", encoding="utf-8")
    with pytest.raises(UsageError, match="klingon"):
        read_bytes(b"a", name="a.txt", encoding="klingon")
    with pytest.raises(UsageError):
        read_bytes(b"a", name="a.txt", encoding="hex")
