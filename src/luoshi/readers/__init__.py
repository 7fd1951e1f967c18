"""Files in, SourceText out: the type is told by content, every reader is ``read_X(data, *, name)``.

Reading a file from a stranger belongs in a child process (``isolated.py``); the functions here do the reading itself.
The layers of a reader: bytes → container (``archive``, ``ole2``) → parts (``xml``, ``ooxml``) → text (``assembly``).
"""

import dataclasses
import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from luoshi.readers.assembly import empty_document
from luoshi.readers.plain import decode, read_plain
from luoshi.readers.secrecy import refuse_classified
from luoshi.readers.sniff import sniff
from luoshi.text import LimitExceeded, SourceText, UsageError
from luoshi.text.language import _
from luoshi.text.system import reason

__all__ = ["MAX_BYTES", "READERS", "read", "read_bytes"]

MAX_BYTES = 128 * 1024 * 1024

# Kind as ``sniff`` names it → module and function; imported when first needed.
READERS: dict[str, tuple[str, str]] = {
    "docx": ("luoshi.readers.docx", "read_docx"),
    "xlsx": ("luoshi.readers.xlsx", "read_xlsx"),
    "pdf": ("luoshi.readers.pdf", "read_pdf"),
    "ofd": ("luoshi.readers.ofd", "read_ofd"),
    "html": ("luoshi.readers.html", "read_html"),
    "doc": ("luoshi.readers.office", "read_doc"),
    "rtf": ("luoshi.readers.office", "read_rtf"),
    "xls": ("luoshi.readers.office", "read_xls"),
}


def read(path: str | Path, *, encoding: str | None = None) -> SourceText:
    """The text of the file at ``path``; see ``read_bytes``. UsageError where there is no such file."""
    path = Path(path)
    if path.is_dir():
        raise UsageError(_("{path} 是文件夹，不是文件。").format(path=path), hint=_("请指明其中的一个文件。"))
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(path.name)
        data = path.read_bytes()
    except OSError as error:
        message = _("打不开 {path}：{reason}。").format(path=path, reason=reason(error))
        raise UsageError(message, hint=_("请检查路径和读取权限。")) from error
    return read_bytes(data, name=path.name, encoding=encoding)


def read_bytes(data: bytes, *, name: str, encoding: str | None = None) -> SourceText:
    """The text of a file given as bytes; ``name`` is for messages, ``encoding`` overrides the ladder for text and HTML.

    Raises an InputError, LimitExceeded, ToolMissing, or ClassifiedDocument where the head carries a secrecy mark.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if not data.strip():
        raise empty_document(name)
    kind = sniff(data, name)
    if kind in ("txt", "md"):
        return refuse_classified(read_plain(data, name=name, encoding=encoding))
    if kind == "html" and encoding is not None:
        # In HTML a BOM outranks every other word on the encoding.
        recoded = decode(data, name=name, encoding=encoding).encode("utf-8-sig")
        source = _reader(kind)(recoded, name=name)
        return refuse_classified(dataclasses.replace(source, file_sha256=hashlib.sha256(data).hexdigest()))
    return refuse_classified(_reader(kind)(data, name=name))


def _reader(kind: str) -> Callable[..., SourceText]:
    module, function = READERS[kind]
    return cast(Callable[..., SourceText], getattr(import_module(module), function))


def _too_large(name: str) -> LimitExceeded:
    message = _("{name} 超过 {n} MiB。").format(name=name, n=MAX_BYTES >> 20)
    return LimitExceeded(message, hint=_("请去掉图片等附件，只保留正文后再试。"))
