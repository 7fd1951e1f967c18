"""Parts → tables: the rows of every file in the order of the files, whatever part they are in.

The tables depend on nothing but the files and the engine, to the byte: row groups have fixed sizes, columns are written in one piece.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.corpus.columns import TABLES
from luoshi.corpus.dataset import half_of, part_path, settle, writes
from luoshi.corpus.reading import FileRecord

_GROUP = 1 << 16
_GROUP_OF_DOCUMENTS = 1 << 9  # their rows hold whole texts


class Run(NamedTuple):
    """Files that follow each other in the order of the dataset and in a part: files ``first`` up to ``last`` of that part."""

    part: str
    first: int
    last: int


def runs(order: Sequence[str], where: dict[str, tuple[str, int]]) -> list[Run]:
    """The files of ``order`` as runs; ``where`` tells the part of each and its place in it."""
    found: list[Run] = []
    for path in order:
        part, place = where[path]
        if found and found[-1].part == part and found[-1].last == place:
            found[-1] = found[-1]._replace(last=place + 1)
        else:
            found.append(Run(part, place, place + 1))
    return found


def merge(folder: Path, order: list[Run], parts: dict[str, list[FileRecord]], *, threads: int) -> dict[str, dict[str, Any]]:
    """Write every table. Returns for each its rows and the digest of its file."""
    with ThreadPoolExecutor(threads) as pool:
        made = {name: pool.submit(_merge_table, folder, name, order, parts) for name in sorted(TABLES, key=lambda name: name not in ("sentences", "items"))}
        return {name: made[name].result() for name in TABLES}


def _merge_table(folder: Path, name: str, order: list[Run], parts: dict[str, list[FileRecord]]) -> dict[str, Any]:
    path = folder / f"{name}.parquet"
    size = _GROUP_OF_DOCUMENTS if name == "documents" else _GROUP
    rows = 0
    with writes(path):
        with pq.ParquetWriter(half_of(path), TABLES[name], compression="zstd", compression_level=1, use_dictionary=_repeated(name)) as writer:
            for group in _groups(_slices(folder, name, order, parts), size):
                writer.write_table(group.combine_chunks(), row_group_size=size)
                rows += group.num_rows
        with half_of(path).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        settle(half_of(path), path)
    return {"rows": rows, "sha256": digest}


def _repeated(name: str) -> list[str]:
    """The columns whose values come again and again; a dictionary of quotes would only cost time."""
    texts = [field.name for field in TABLES[name] if pa.types.is_string(field.type)]
    return [field for field in texts if field not in ("quote", "text", "title", "file_sha256", "text_sha256", "letters_sha256")]


def _slices(folder: Path, name: str, order: list[Run], parts: dict[str, list[FileRecord]]) -> Iterator[pa.Table]:
    """The rows of one table, run by run."""
    opened = ""
    table: pa.Table = None
    starts: list[int] = []
    for run in order:
        if run.part != opened:
            opened = run.part
            with zipfile.ZipFile(part_path(folder, run.part)) as archive:
                table = pa.ipc.open_stream(archive.read(f"{name}.arrow")).read_all()
            starts = list(accumulate((one.rows.get(name, 0) for one in parts[run.part]), initial=0))
        yield table.slice(starts[run.first], starts[run.last] - starts[run.first])


def _groups(slices: Iterator[pa.Table], size: int) -> Iterator[pa.Table]:
    """The same rows in tables of exactly ``size`` rows, the last one shorter."""
    held: list[pa.Table] = []
    count = 0
    for piece in slices:
        held.append(piece)
        count += piece.num_rows
        while count >= size:
            table = pa.concat_tables(held)
            yield table.slice(0, size)
            held, count = [table.slice(size)], count - size
    if count:
        yield pa.concat_tables(held)
