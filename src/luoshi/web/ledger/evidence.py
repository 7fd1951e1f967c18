"""What may be attached as evidence: kinds that are told by their content and say the same by their name. Nothing is unpacked or parsed. No Django."""

import re
import unicodedata
from typing import NamedTuple

from luoshi.text import UnsupportedFormat
from luoshi.text.language import _

LONGEST_NAME = 120
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|script|svg|\?xml|body|iframe)", re.IGNORECASE)


class Kind(NamedTuple):
    """A kind of file: the endings that it may have, and how it is served."""

    endings: tuple[str, ...]
    media_type: str


KINDS: dict[str, Kind] = {
    "pdf": Kind(("pdf",), "application/pdf"),
    "ofd": Kind(("ofd",), "application/ofd"),
    "docx": Kind(("docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": Kind(("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "txt": Kind(("txt",), "text/plain; charset=utf-8"),
    "jpg": Kind(("jpg", "jpeg"), "image/jpeg"),
    "png": Kind(("png",), "image/png"),
}
ENDINGS = tuple(ending for kind in KINDS.values() for ending in kind.endings)


def clean_name(name: str) -> str:
    """A name that is safe to show and to send back: no folders, no control or turning characters, not too long, never empty."""
    last = _CONTROL.sub("", unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])).strip(" .")
    stem, dot, ending = last.rpartition(".")
    if not dot:
        return last[:LONGEST_NAME] or "file"
    return f"{(stem or 'file')[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def media_type(name: str) -> str:
    """How a file of this name is served; as bytes where the kind is not known."""
    ending = name.rpartition(".")[2].lower()
    return next((kind.media_type for kind in KINDS.values() if ending in kind.endings), "application/octet-stream")


def sniff(content: bytes) -> str | None:
    """The kind that the content shows; None where it is none of ``KINDS``."""
    if content.startswith(_PDF):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(_ZIP):
        return _sniff_zip(content)
    return "txt" if _is_text(content) else None


def check(name: str, content: bytes) -> str:
    """The kind of a file. Raises UnsupportedFormat where it is not allowed, or its name says something else than its content."""
    allowed = _("、").join(KINDS)
    if not content:
        raise UnsupportedFormat(_("“{name}”是空文件。").format(name=name), hint=_("请检查后重新上传。"))
    kind = sniff(content)
    if kind is None:
        raise UnsupportedFormat(_("“{name}”不是允许的文件类型。").format(name=name), hint=_("佐证可以是：{kinds}。").format(kinds=allowed))
    if "." not in name or name.rpartition(".")[2].lower() not in KINDS[kind].endings:
        message = _("“{name}”的扩展名与内容不符，内容是 {kind}。").format(name=name, kind=kind)
        raise UnsupportedFormat(message, hint=_("请改成正确的扩展名再上传。"))
    return kind


def _sniff_zip(content: bytes) -> str | None:
    """By the names in the container, which stand there uncompressed; one with macros is none of ours."""
    if b"vbaProject.bin" in content:
        return None
    if b"word/document.xml" in content:
        return "docx"
    if b"xl/workbook.xml" in content:
        return "xlsx"
    return "ofd" if b"OFD.xml" in content else None


def _is_text(content: bytes) -> bool:
    if b"\x00" in content or _MARKUP.search(content[:4096]):
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
