"""The bytes over which a record is hashed: canonical encoding v1. No Django; an outside verifier does the same in ten lines.

JSON with sorted keys, no blanks, no escapes but those that JSON demands, UTF-8; times in UTC with microseconds and ``Z``.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

VERSION = 1
FIELDS = ("seq", "at", "actor_id", "actor", "unit_id", "unit", "act", "subject", "context", "before", "after", "reason", "previous")


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


def line(row: Sequence[Any]) -> bytes:
    """Canonical encoding v1 of a record as it lies in the database: values in the order of ``FIELDS``, ``at`` as text, as ``plain`` gives it.

    The same bytes as ``digest`` hashes, in a fifth of the time. Raises TypeError or ValueError where a value is not of its kind: whoever wrote it
    was not ``services.record``.
    """
    seq, at, actor_id, actor, unit_id, unit, act, subject, context, before, after, reason, previous = row
    text = encode_basestring
    return (
        f'{{"act":{text(act)},"actor":{text(actor)},"actor_id":{_number(actor_id)},"after":{text(after)},"at":{text(at)},"before":{text(before)}'
        f',"context":{text(context)},"previous":{text(previous)},"reason":{text(reason)},"seq":{_number(seq)},"subject":{text(subject)}'
        f',"unit":{text(unit)},"unit_id":{_number(unit_id)},"v":{VERSION}}}'
    ).encode()


def _number(value: Any) -> str:
    if value is None:
        return "null"
    if type(value) is not int:
        raise TypeError(f"no number: {value!r}")
    return str(value)
