"""What a file is, from its bytes. Its name decides only between plain text and Markdown, which look alike.

Nothing is parsed further than needed to tell; files without a reader are refused with the name of what they seem to be.
"""

import re
from pathlib import PurePath

from luoshi.readers.archive import Archive, open_zip
from luoshi.readers.ole2 import open_ole2
from luoshi.text import EncryptedFile, UnsupportedFormat
from luoshi.text.language import _

_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML_START = re.compile(rb"(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_HTML_TAG = re.compile(rb"</?(?:html|head|body|meta|title|div|span|p|br|table|tr|td|h[1-6]|a|ul|li|style|script)\b[^<>]*>", re.IGNORECASE)
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_BITMAP = re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL)
_PDF = re.compile(rb"%PDF-\d")

_ZIP_KINDS = (("word/document", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd"))
_MARKDOWN = (".md", ".markdown")


def sniff(data: bytes, name: str) -> str:
    """The kind of ``data``: docx xlsx ofd pdf doc xls rtf html md txt.

    Raises UnsupportedFormat naming what the file seems to be, EncryptedFile, or what opening a damaged archive raises.
    """
    if data.startswith(_ZIP):
        return _sniff_zip(open_zip(data), name)
    if data.startswith(_OLE2):
        return _sniff_ole2(data, name)
    if data.startswith(_IMAGES) or _BITMAP.match(data):
        raise UnsupportedFormat(_("{name} 是图片。").format(name=name), hint=_("请先做文字识别（OCR），再读识别后的文件。"))
    for magic, seems in _refused_magic():
        if data.startswith(magic):
            raise _refusal(name, seems)
    if _PDF.search(data[:1024]):
        return "pdf"
    return _sniff_text(data, name)


def _sniff_zip(archive: Archive, name: str) -> str:
    if "[Content_Types].xml" in archive or "OFD.xml" in archive:
        for start, found in _ZIP_KINDS:
            if any(member.startswith(start) and member.endswith(".xml") for member in archive.names):
                return found
    for start, seems in _refused_zips():
        if any(member.startswith(start) for member in archive.names):
            raise _refusal(name, seems)
    raise _refusal(name, _("ZIP 压缩包"))


def _sniff_ole2(data: bytes, name: str) -> str:
    container = open_ole2(data)
    if "EncryptedPackage" in container or container.is_locked():
        raise EncryptedFile(_("{name} 设有打开密码。").format(name=name), hint=_("请用原软件取消密码保护，另存后再试。"))
    if "WordDocument" in container:
        return "doc"
    if "Workbook" in container or "Book" in container:
        return "xls"
    if "PowerPoint Document" in container:
        raise _refusal(name, _("PowerPoint 演示文稿"))
    if any(stream.startswith("__substg1.0") for stream in container.names):
        raise _refusal(name, _("Outlook 邮件"))
    raise _refusal(name, _("OLE2 复合文档"))


def _sniff_text(data: bytes, name: str) -> str:
    head = data[:65536].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"").lstrip()
    suffix = PurePath(name).suffix.lower()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if _HTML_START.match(head):
        return "html"
    for mark, seems in _refused_markup():
        if head.startswith(b"<") and mark in head[:4096]:
            raise _refusal(name, seems)
    if suffix not in _MARKDOWN and head.startswith(b"<") and len(_HTML_TAG.findall(head)) >= 3:
        return "html"
    if suffix in (layouts := _refused_suffixes()):
        raise _refusal(name, layouts[suffix])
    return "md" if suffix in _MARKDOWN else "txt"


def _refused_magic() -> tuple[tuple[bytes, str], ...]:
    """Kinds without a reader, by their first bytes."""
    return (
        (b"RIFF", _("图片或音视频")),
        (b"MZ\x90\0", _("Windows 程序")),
        (b"\x7fELF", _("Linux 程序")),
        (b"Rar!", _("RAR 压缩包")),
        (b"7z\xbc\xaf\x27\x1c", _("7z 压缩包")),
        (b"\x1f\x8b", _("gzip 压缩包")),
        (b"%!PS", _("PostScript 文件")),
        (b"SQLite format 3\0", _("数据库文件")),
        (b"MIME-Version:", _("网页归档（mht）")),
    )


def _refused_zips() -> tuple[tuple[str, str], ...]:
    """Archives without a reader, by a member."""
    return (
        ("ppt/", _("PowerPoint 演示文稿")),
        ("xl/workbook.bin", _("Excel 二进制工作簿（xlsb）")),
        ("META-INF/manifest.xml", _("OpenDocument 文档")),
        ("META-INF/container.xml", _("电子书")),
        ("META-INF/MANIFEST.MF", _("Java 程序包")),
        ("AndroidManifest.xml", _("安卓安装包")),
    )


def _refused_markup() -> tuple[tuple[bytes, str], ...]:
    """XML without a reader, by a tag near its beginning."""
    return (
        (b"<w:wordDocument", _("Word 2003 XML 文档")),
        (b"<pkg:package", _("Word XML 文档")),
        (b"<svg", _("SVG 图片")),
    )


def _refused_suffixes() -> dict[str, str]:
    """Layouts that only their suffix gives away; it serves the message and never chooses a reader."""
    return {
        ".ceb": _("方正 CEB 版式文件"),
        ".cebx": _("方正 CEBX 版式文件"),
        ".gd": _("书生 GD 版式文件"),
        ".sep": _("书生 SEP 版式文件"),
        ".caj": _("知网 CAJ 文件"),
    }


def _refusal(name: str, seems: str) -> UnsupportedFormat:
    message = _("{name} 像是{seems}，不能读取。").format(name=name, seems=seems)
    return UnsupportedFormat(message, hint=_("请另存为 docx、pdf、ofd、xlsx、html 或 txt 后再试。"))
