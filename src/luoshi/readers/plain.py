"""Plain text and Markdown: bytes to characters, exactly or not at all.

The canonical text is the decoded text with the BOM gone and ``\\r\\n`` as ``\\n``; Markdown keeps its marks. Nothing is
guessed: an encoding that would only nearly fit is an error.
"""

import codecs
import hashlib
from pathlib import PurePath

from luoshi.readers.assembly import check_length, empty_document
from luoshi.text import DamagedFile, Origin, SourceText, UnknownEncoding, UnsupportedFormat, UsageError
from luoshi.text.language import _

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# The first level of GB 2312 holds the 3,755 characters that Chinese prose is made of.
_COMMON = frozenset(
    bytes((high, low)).decode("gb2312", "ignore") for high in (*range(0xA1, 0xAA), *range(0xB0, 0xD8)) for low in range(0xA1, 0xFF)
) | set("—…〇㎡㎞℃“”‘’·•▲★☆◆")
# Measured on 284 public documents: Chinese from 0.70, traditional characters from 0.60; Big5 read as GB18030 to 0.48, UTF-8 to 0.23.
_MIN_COMMON = 0.55
_SAMPLE = 100_000
_MAX_CONTROL = 0.1
_CONTROLS = "".join(character for character in map(chr, range(32)) if character not in "\t\n\r\f\v") + "\x7f"


def read_plain(data: bytes, *, name: str, encoding: str | None = None) -> SourceText:
    """The text of a .txt or .md file; ``encoding`` overrides the ladder BOM → UTF-8 → GB18030.

    Raises UnknownEncoding (naming the offset), EmptyDocument, DamagedFile (NULs), UnsupportedFormat (not text), UsageError.
    """
    text = decode(data, name=name, encoding=encoding).removeprefix("\ufeff").replace("\r\n", "\n")
    check_length(len(text))
    _check_characters(text, name)
    if not text.strip():
        raise empty_document(name)
    markdown = PurePath(name).suffix.lower() in (".md", ".markdown")
    return SourceText(
        text=text,
        name=name,
        media_type="text/markdown" if markdown else "text/plain",
        file_sha256=hashlib.sha256(data).hexdigest(),
        origins=tuple(_line_origins(text)),
    )


def decode(data: bytes, *, name: str, encoding: str | None = None) -> str:
    """``data`` as text by ``encoding``, or by the ladder BOM → strict UTF-8 → strict GB18030; never with replacements."""
    if encoding is not None:
        return _decode_as(data, encoding, name)
    for bom, marked in _BOMS:
        if data.startswith(bom):
            return _decode_as(data[len(bom) :], marked, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as not_utf8:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as not_gb:
            if b"\0" in data:
                raise _not_text(name) from not_gb
            message = _("{name} 的编码无法识别：按 UTF-8 在第 {a} 字节、按 GB18030 在第 {b} 字节处出错。")
            raise UnknownEncoding(message.format(name=name, a=not_utf8.start + 1, b=not_gb.start + 1), hint=_hint()) from not_gb
        if not _is_plausible(text):
            message = _("{name} 的编码无法识别：按 UTF-8 在第 {a} 字节处出错，按 GB18030 读出的多是生僻字。")
            raise UnknownEncoding(message.format(name=name, a=not_utf8.start + 1), hint=_hint()) from not_utf8
        return text


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise UsageError(_("不认识的编码名：{encoding}。").format(encoding=encoding), hint=_("例如 utf-8、gb18030、big5。")) from error
    except UnicodeError as error:
        at = error.start + 1 if isinstance(error, UnicodeDecodeError) else 1
        message = _("{name} 不是 {encoding} 编码：第 {a} 字节处出错。")
        raise UnknownEncoding(message.format(name=name, encoding=encoding, a=at), hint=_hint()) from error


def _is_plausible(text: str) -> bool:
    """True where the characters beyond ASCII are those that Chinese prose is made of; mojibake is rare characters."""
    beyond = [character for character in text[:_SAMPLE] if not character.isascii()]
    return sum(1 for character in beyond if character in _COMMON) >= _MIN_COMMON * len(beyond)


def _check_characters(text: str, name: str) -> None:
    """Refuse what decodes and yet is no text."""
    controls = sum(text.count(character) for character in _CONTROLS)
    if controls > _MAX_CONTROL * len(text):
        raise _not_text(name)
    if "\0" in text:
        message = _("{name} 第 {a} 个字符是空字符（NUL），文件可能已损坏，或是没有标记的 UTF-16 文本。")
        raise DamagedFile(message.format(name=name, a=text.index("\0") + 1), hint=_hint())


def _not_text(name: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        _("{name} 像是二进制文件，不是文本。").format(name=name), hint=_("请另存为 docx、pdf、ofd、xlsx、html 或 txt 后再试。")
    )


def _hint() -> str:
    return _("请用记事本另存为 UTF-8 编码，或指明编码（--encoding）。")


def _line_origins(text: str) -> list[Origin]:
    """``p:n`` for every line with something in it; n is the number of the line."""
    origins: list[Origin] = []
    at = 0
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            origins.append(Origin(at, at + len(line), None, f"p:{n}"))
        at += len(line) + 1
    return origins
