"""Hostile HTML, plain text and old office files, files of other kinds, and empty ones."""

import gzip
from collections.abc import Iterator

from .hostile_case import LIMIT, REFUSED, TEXT, Case

_LINE = "<p>请于6月底前完成。</p>"


def page(body: str) -> bytes:
    """An HTML page in UTF-8."""
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def pages() -> Iterator[Case]:
    """HTML that harms its reader."""
    yield Case("html-deep.html", lambda: page("<div>" * 100_000 + "完成"), REFUSED)
    yield Case("html-nested.html", lambda: page("<div>" * 1500 + "请于6月底前完成。" + "</div>" * 1500), TEXT)
    yield Case("html-nested-links.html", lambda: page("<div><a>完成</a>" * 1500 + _LINE), TEXT)
    remote = (
        '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/"><base href="http://127.0.0.1:9/"><img src="http://127.0.0.1:9/a.png">'
        '<link rel=stylesheet href="//127.0.0.1:9/a.css"><script src="http://127.0.0.1:9/a.js"></script><iframe src="file:///etc/passwd"></iframe>'
    )
    yield Case("html-remote.html", lambda: page(remote + _LINE), TEXT)
    yield Case(
        "html-dtd.html",
        lambda: b'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/a.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + page(_LINE + "&a;"),
        TEXT,
    )
    wide = '<tr><td colspan="1000" rowspan="65534">甲</td><td colspan="99999999">乙</td></tr>'
    yield Case("html-spans.html", lambda: page(f"<table>{wide * 2000}</table>"), None)
    yield Case("html-huge-table.html", lambda: page(f"<table>{('<tr>' + '<td>甲</td>' * 50 + '</tr>') * 200}</table>"), TEXT)
    yield Case("html-nested-tables.html", lambda: page("<table><tr><td>" * 600 + "请于6月底前完成。"), None)
    yield Case("html-unclosed.html", lambda: page("<b><font><p>完成" * 20_000), None)
    yield Case("html-unclosed-tag.html", lambda: page("<p>完成</p><div " + "a" * 5_000_000), None)
    yield Case("html-attributes.html", lambda: page("<p " + " ".join(f"a{i}=1" for i in range(20_000)) + ">完成</p>"), None)
    yield Case("html-huge-attribute.html", lambda: page(f'<p title="{"a" * 5_000_000}">请于6月底前完成。</p>'), None)
    yield Case("html-references.html", lambda: page("<p>完成&#0;&#xD800;&#x110000;&#xFFFE;&nosuch;" + "&#" * 100_000 + "</p>"), TEXT)
    yield Case("html-comment.html", lambda: page(_LINE + "<!--" + "-" * 1_000_000), TEXT)
    yield Case("html-brackets.html", lambda: b"<html>" + b"<" * 3_000_000, None)
    yield Case("html-classes.html", lambda: page("".join(f'<div class="content c{i}">完成</div>' for i in range(8_000))), TEXT)
    yield Case("html-style.html", lambda: page('<p style="' + "display:" * 200_000 + '">完成</p>'), TEXT)
    yield Case("html-wrong-charset.html", lambda: page(_LINE).replace(b"utf-8", b"utf-7"), None)
    yield Case("html-no-charset.html", lambda: page(_LINE).replace(b"utf-8", b"nosuch"), TEXT)
    yield Case("html-nulls.html", lambda: page("<p>完\0成\x01</p>"), TEXT)


def plain() -> Iterator[Case]:
    """Text that harms its reader."""
    yield Case("txt-nulls.txt", lambda: b"\0" * 1_000_000, REFUSED)
    yield Case("txt-one-null.txt", "完成\0".encode, REFUSED)
    yield Case("txt-invalid.txt", lambda: b"\x80\x81\xff\xfe" * 1000, REFUSED)
    yield Case("txt-cut-character.txt", lambda: "完成".encode()[:-1], REFUSED)
    yield Case("txt-surrogates.txt", lambda: b"\xed\xa0\x80\xed\xb0\x80" * 100, REFUSED)
    yield Case("txt-utf16-surrogate.txt", lambda: b"\xff\xfe\x00\xd8a\x00", REFUSED)
    yield Case("txt-one-line.txt", lambda: "落实".encode() * (50 * 1024 * 1024 // 6), None)
    yield Case("txt-one-line-ascii.txt", lambda: b"a" * (50 * 1024 * 1024), LIMIT)
    yield Case("txt-too-big.txt", lambda: b"a" * (129 * 1024 * 1024), LIMIT)
    yield Case("txt-newlines.txt", lambda: b"a" + b"\n" * 1_000_000, TEXT)
    yield Case("txt-short-lines.txt", lambda: "一\n".encode() * 30_000, None)
    yield Case("txt-bom.txt", lambda: b"\xef\xbb\xbf", REFUSED)
    yield Case("txt-bidi.txt", "\u202e完成\u2066\u0301\u0301".encode, TEXT)
    yield Case("txt-marks.txt", ("完" + "\u0301" * 100_000).encode, TEXT)
    yield Case("txt-controls.txt", lambda: bytes(range(1, 32)) * 100, REFUSED)
    yield Case("md-brackets.md", lambda: b"[" * 1_000_000 + b"](" * 1_000_000, TEXT)
    for suffix in ("txt", "md", "html", "docx", "xlsx", "pdf", "ofd", "doc", "rtf", "wps"):
        yield Case(f"empty.{suffix}", lambda: b"", REFUSED)


def others() -> Iterator[Case]:
    """What is none of the formats, whatever it is called."""
    heads = {
        "png.docx": b"\x89PNG\r\n\x1a\n",
        "jpg.pdf": b"\xff\xd8\xff\xe0",
        "exe.txt": b"MZ\x90\0",
        "elf.html": b"\x7fELF",
        "7z.docx": b"7z\xbc\xaf\x27\x1c",
        "rar.docx": b"Rar!\x1a\x07",
        "class.txt": b"\xca\xfe\xba\xbe",
        "wasm.txt": b"\0asm\1\0\0\0",
        "ole2.doc": bytes.fromhex("d0cf11e0a1b11ae1"),
    }
    for name, head in heads.items():
        yield Case(name, lambda head=head: head + bytes(range(256)) * 20, REFUSED)
    yield Case("gzip.txt", lambda: gzip.compress(b" " * 50_000_000), REFUSED)
    chain = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + b"\x3e\0\3\0\xfe\xff\x09\0\6\0" + b"\0" * 500
    yield Case("ole2-loop.doc", lambda: chain + b"\0" * 512 * 200, REFUSED)
    yield Case("ole2-wild.doc", lambda: chain[:44] + b"\xff" * 2000, REFUSED)
    yield Case("rtf-depth.rtf", lambda: b"{\\rtf1 " + b"{" * 200_000, None)
    yield Case("rtf-binary.rtf", lambda: b"{\\rtf1 \\bin2147483647 a}", None)
