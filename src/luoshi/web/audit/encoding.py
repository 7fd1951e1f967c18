"""The bytes over which a record is hashed: canonical encoding v1. No Django; an outside verifier does the same in ten lines.

JSON with sorted keys, no blanks, no escapes but those that JSON demands, UTF-8; times in UTC with microseconds and ``Z``.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

VERSION = 1
FIELDS = ("seq", "at", "actor_id", "actor", "unit_id", "unit", "act", "subject", "context", "before", "after", "reason", "previous")
NUMBERS = frozenset(("seq", "actor_id", "unit_id"))


def plain(value: Any) -> Any:
    """``value`` as JSON can hold it: dates and times as text, sets sorted, decimals as text. Raises TypeError for anything else."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(one) for one in value)
    raise TypeError(f"cannot be put into the audit: {type(value).__name__}")


def text_of(value: Any) -> str:
    """The canonical JSON of a plain value."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(record: dict[str, Any]) -> str:
    """SHA-256 of a record in canonical encoding v1, as hexadecimal; ``record`` has every one of ``FIELDS``."""
    return hashlib.sha256(text_of({"v": VERSION, **{name: record[name] for name in FIELDS}}).encode("utf-8")).hexdigest()


def lines(columns: Sequence[Sequence[Any]]) -> list[bytes]:
    """Canonical encoding v1 of records as they lie in the database: the values of each of ``FIELDS``, ``at`` as text, as ``plain`` gives it.

    The same bytes as ``digest`` hashes, in a fifth of the time. Raises TypeError or ValueError where a value is not of its kind: whoever wrote it
    was not ``services.record``.
    """
    encoded = (_numbers(column) if name in NUMBERS else _texts(column) for name, column in zip(FIELDS, columns, strict=True))
    return [
        (
            f'{{"act":"{act}","actor":"{actor}","actor_id":{actor_id},"after":"{after}","at":"{at}","before":"{before}","context":"{context}"'
            f',"previous":"{previous}","reason":"{reason}","seq":{seq},"subject":"{subject}","unit":"{unit}","unit_id":{unit_id},"v":{VERSION}}}'
        ).encode()
        for seq, at, actor_id, actor, unit_id, unit, act, subject, context, before, after, reason, previous in zip(*encoded, strict=True)
    ]


def line(row: Sequence[Any]) -> bytes:
    """The same of one record: values in the order of ``FIELDS``."""
    return lines([[value] for value in row])[0]


def _numbers(column: Sequence[Any]) -> Sequence[Any]:
    kinds = set(map(type, column))
    if not kinds <= {int, NoneType}:
        raise TypeError(f"no numbers: {kinds}")
    return column if kinds == {int} else ["null" if value is None else value for value in column]


def _texts(column: Sequence[Any]) -> Sequence[str]:
    """Each as JSON has it between its quotes. In most columns nothing is to be escaped, which one look at all of them tells."""
    together = "".join(column)
    if len(encode_basestring(together)) == len(together) + len('""'):
        return column
    return [encode_basestring(value)[1:-1] for value in column]
