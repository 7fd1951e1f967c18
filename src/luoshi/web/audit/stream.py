"""All records in the order of ``seq``, as they lie in the database: plain rows in chunks, so that a million need seconds and little memory.

Nothing is believed of them. What cannot be a record that ``services.record`` wrote (a blob for a text, bytes that are no UTF-8, a time in another
form) comes as it is, and ``encoding.line`` refuses it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import DatabaseError, connection

from luoshi.text import DamagedFile
from luoshi.text.language import _
from luoshi.web.audit import encoding
from luoshi.web.audit.encoding import FIELDS, NUMBERS

CHUNK = 500
"""Few enough that all of them stay in the cache of the processor while they are looked at."""
BEFORE_ALL, AFTER_ALL = -(2**63), 2**63 - 1
TEXTS = frozenset(FIELDS) - NUMBERS - {"at"} | {"hash"}
Row = tuple[Any, ...]
"""Values in the order of ``FIELDS``, then the hash."""
Columns = list[tuple[Any, ...]]
"""A chunk of rows: the values of all of them for each of ``FIELDS``, then the hashes."""


class Extent(NamedTuple):
    """How far the records go at one moment: the counter, the highest number (both 0 where there is none), and how many rows there are."""

    counter: int
    last: int
    rows: int


def extent() -> Extent:
    """How far the records go now."""
    with connection.cursor() as cursor:
        last = f"SELECT max(seq) FROM audit_record WHERE seq <= {AFTER_ALL}"  # on SQLite a text is more than any number
        cursor.execute(f"SELECT (SELECT seq FROM audit_counter WHERE id = 1), ({last}), (SELECT count(*) FROM audit_record)")
        counter, last, there = cursor.fetchone()
    return Extent(counter or 0, last or 0, there)


def rows(*, after: int = BEFORE_ALL, until: int = AFTER_ALL) -> Iterator[Row]:
    """Records with a number above ``after`` up to and with ``until``. Raises DamagedFile where the database cannot read on."""
    for columns in chunks(after=after, until=until):
        yield from zip(*columns, strict=True)


def chunks(*, after: int = BEFORE_ALL, until: int = AFTER_ALL) -> Iterator[Columns]:
    """The same, as many at once as are read at once."""
    while True:
        try:
            chunk = _chunk(after, until, CHUNK)
        except DatabaseError as error:
            if connection.vendor != "sqlite":  # there a byte that is no UTF-8 spoils the chunk; here nothing reads on after an error
                raise _unread(after, error) from error
            chunk = _one_by_one(after, until)
        if chunk:
            after = chunk[-1][0]
            yield _turned(chunk)
        if len(chunk) < CHUNK:
            return


def lines(*, until: int = AFTER_ALL) -> Iterator[bytes]:
    """The canonical export: every record in canonical encoding v1, a line each, without its end. Raises DamagedFile at one that has no such form."""
    for columns in chunks(until=until):
        try:
            yield from encoding.lines(columns[:-1])
        except (TypeError, ValueError):
            yield from _lines_before_the_bad_one(columns)


def _lines_before_the_bad_one(columns: Columns) -> Iterator[bytes]:
    for row in zip(*columns, strict=True):
        try:
            yield encoding.line(row[:-1])
        except (TypeError, ValueError) as error:
            message = _("审计记录第 {n} 号的内容不成样子，不能导出。").format(n=row[0])
            raise DamagedFile(message, hint=_("请用 luoshi audit verify 核验。")) from error


def _chunk(after: int, until: int, most: int, *, as_bytes: bool = False) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns(as_bytes)} FROM audit_record WHERE seq > %s AND seq <= %s ORDER BY seq LIMIT %s", [after, until, most])
        found: list[Row] = cursor.fetchall()
    return found


def _turned(chunk: list[Row]) -> Columns:
    """A chunk as it was read, turned, with the times in canonical form."""
    seqs, times, *others = zip(*chunk, strict=True)
    return [seqs, times if connection.vendor == "postgresql" else tuple(map(_time, times)), *others]


def _columns(as_bytes: bool) -> str:
    """On PostgreSQL the time as text in canonical form; on SQLite as it lies there, and not as Django would read it."""
    at = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')" if connection.vendor == "postgresql" else "CASE typeof(at) WHEN 'text' THEN at || '' END"
    named = (at if name == "at" else f"CAST({name} AS BLOB)" if as_bytes and name in TEXTS else name for name in (*FIELDS, "hash"))
    return ", ".join(named)


def _one_by_one(after: int, until: int) -> list[Row]:
    """A chunk in which something cannot be read as text: such a row comes with what it has for texts as bytes."""
    found: list[Row] = []
    while len(found) < CHUNK:
        try:
            some = _chunk(after, until, 1)
        except DatabaseError:
            some = _as_bytes(after, until)
        if not some:
            break
        found += some
        after = some[-1][0]
    return found


def _as_bytes(after: int, until: int) -> list[Row]:
    try:
        return _chunk(after, until, 1, as_bytes=True)
    except DatabaseError as error:
        raise _unread(after, error) from error


def _unread(after: int, error: DatabaseError) -> DamagedFile:
    message = _("审计记录第 {n} 号之后数据库读不下去：{why}。").format(n=max(after, 0), why=str(error).strip())
    return DamagedFile(message, hint=_("数据库文件已损坏，请从备份恢复，再核验恢复出来的。"))


def _time(stored: Any) -> Any:
    """2026-11-26 01:30:00.000001 as canonical encoding v1 has it; anything else as it is not: ``line`` refuses None."""
    if not isinstance(stored, str) or stored[10:11] != " ":
        return None
    day, clock = stored[:10], stored[11:]
    if len(clock) == len("01:30:00"):
        return f"{day}T{clock}.000000Z"
    return f"{day}T{clock}Z" if len(clock) == len("01:30:00.000001") and clock[8] == "." and not clock.endswith(".000000") else None
