"""The work itself: a chunk of files in, a part of the dataset out. A pure function of bytes, the same in any process on any machine.

What fails is recorded with the file and stops no other. A part is one zip of stored Arrow streams, one for each table, with the records of its files.
"""

import io
import json
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from luoshi import __version__
from luoshi.corpus.columns import SCHEMA, Batch
from luoshi.corpus.names import claims
from luoshi.corpus.standing import standing
from luoshi.decompose import decompose
from luoshi.decompose.assemble import rules_sha256
from luoshi.readers import read_bytes
from luoshi.readers.isolated import read_isolated
from luoshi.text import LuoshiError, SourceText
from luoshi.text.language import _

RECORDS = "files.json"
_STORED = (1980, 1, 1, 0, 0, 0)


class Identity(NamedTuple):
    """Which engine wrote a dataset; two with the same identity make the same rows of the same bytes."""

    schema: str
    version: str
    rules_sha256: str


class Given(NamedTuple):
    """One file as it is sent to whoever reads it: its path under the folder, its bytes and their digest."""

    path: str
    sha256: str
    data: bytes


class Chunk(NamedTuple):
    """What one call reads."""

    files: tuple[Given, ...]
    as_of: date | None
    isolated: bool


class FileRecord(NamedTuple):
    """What became of a file: ``status`` is ``ok`` or ``error``; ``rows`` counts those it has in each table."""

    path: str
    sha256: str
    bytes: int
    status: str
    code: str
    message: str
    hint: str
    rows: dict[str, int]
    seconds: float


class Part(NamedTuple):
    """A chunk that was read: the records of its files, and the whole of it as it is stored."""

    files: tuple[FileRecord, ...]
    data: bytes


def identity() -> Identity:
    """The engine that runs here."""
    return Identity(SCHEMA, __version__, rules_sha256())


def read_chunk(chunk: Chunk) -> Part:
    """Read every file of the chunk into columns."""
    batch = Batch()
    reader: Callable[..., SourceText] = read_isolated if chunk.isolated else read_bytes
    return pack([_read(given, batch, reader, chunk.as_of) for given in chunk.files], batch)


def failed(path: str, sha256: str, size: int, error: LuoshiError, seconds: float = 0.0) -> FileRecord:
    """The record of a file that could not be read."""
    return FileRecord(path, sha256, size, "error", error.code, error.message, error.hint, {}, seconds)


def pack(files: Sequence[FileRecord], batch: Batch) -> Part:
    """A part with these records and the rows of the batch."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, table in batch.tables().items():
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
                writer.write_table(table)
            archive.writestr(zipfile.ZipInfo(f"{name}.arrow", _STORED), sink.getvalue().to_pybytes())
        archive.writestr(zipfile.ZipInfo(RECORDS, _STORED), json.dumps([one._asdict() for one in files], ensure_ascii=False))
    return Part(tuple(files), held.getvalue())


def _read(given: Given, batch: Batch, reader: Callable[..., SourceText], as_of: date | None) -> FileRecord:
    begun = time.perf_counter()
    try:
        claimed = claims(given.path)
        source = reader(given.data, name=given.path.rpartition("/")[2])
        source.text.encode()  # a lone surrogate, which no reader makes, would spoil the columns of the whole chunk
        made = decompose(source, as_of=as_of)
        rows = batch.add(given.path, made, standing(made, claimed), claimed)
    except LuoshiError as error:
        return failed(given.path, given.sha256, len(given.data), error, time.perf_counter() - begun)
    except Exception as fault:
        # A fault of the program in one file of thousands: it is recorded beside the file, never passed over in silence.
        wrong = LuoshiError(_("程序出错：{fault}。").format(fault=f"{type(fault).__name__}: {fault}"), hint=_("请把这个文件和这条信息交给管理员。"))
        return failed(given.path, given.sha256, len(given.data), wrong, time.perf_counter() - begun)
    return FileRecord(given.path, given.sha256, len(given.data), "ok", "", "", "", rows, time.perf_counter() - begun)
