"""Records of the audit in bulk, as ``audit.services.record`` writes them one by one: same hashes, same chains, the counter at the last.

``fill(1_000_000)`` adds as many to an installation that has its tables, whatever is there already, in some twenty seconds: rows go in directly (SQLite) or by
COPY (PostgreSQL). They tell of matters that were drafted, edited, proposed, approved, signed and reported on, by turns, so that the chains of many subjects run side by side.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

BATCH = 20_000
ACTS = ("matter.draft", "matter.edit", "matter.propose", "matter.approve", "matter.sign", "report.file")
AT_ONCE = 1_000
"""Matters that are worked on at the same time."""
BEGIN = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)


def fill(count: int, *, begin: datetime = BEGIN) -> int:
    """Add so many records; the number of the last."""
    from django.db import connection, transaction

    from luoshi.web.audit.encoding import FIELDS
    from luoshi.web.audit.models import Counter
    from luoshi.web.audit.stream import extent

    first = extent().last + 1
    columns = (*FIELDS, "hash")
    made = _rows(first, count, begin)
    with transaction.atomic():
        counter, _made = Counter.objects.select_for_update().get_or_create(pk=1)
        while batch := list(islice(made, BATCH)):
            _insert(connection, columns, batch)
        _count_to(counter.pk, first + count - 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_record")
    return first + count - 1


def _rows(first: int, count: int, begin: datetime) -> Iterator[tuple[Any, ...]]:
    from luoshi.web.audit.encoding import line

    before: dict[int, str] = {}
    for n in range(count):
        step, place = divmod(n, AT_ONCE)
        round_, turn = divmod(step, len(ACTS))
        matter = first + round_ * AT_ONCE + place
        at = begin + timedelta(seconds=30 * n)
        subject = f"matter:{matter}"
        told = f'{{"criterion":"民政信息系统覆盖率不低于85%，抽查30处在营","due_on":"2026-12-31","title":"第{matter}项：乡镇区域养老服务中心覆盖率达到85%以上"}}'
        previous = before.pop(matter, "") if turn else ""
        row = (first + n, at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), 7 + place % 90, f"人员{place % 90}", 3 + place % 40, f"临江省第{place % 40 + 1}厅", ACTS[turn], subject)
        row += (subject, "{}", told, "", previous)
        own = sha256(line(row)).hexdigest()
        if turn + 1 < len(ACTS):
            before[matter] = own
        yield (row[0], at, *row[2:], own)


def _insert(connection: Any, columns: Sequence[str], batch: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY audit_record ({', '.join(columns)}) FROM STDIN") as copy:
                for row in batch:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        rows = [(row[0], row[1].strftime("%Y-%m-%d %H:%M:%S"), *row[2:]) for row in batch]
        cursor.executemany(f"INSERT INTO audit_record ({', '.join(columns)}) VALUES ({marks})", rows)


def _count_to(pk: int, last: int) -> None:
    """The counter only counts up by one: its trigger is put aside for this, in the same transaction."""
    from django.db import connection

    from luoshi.web.audit.guards import statements

    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_counter_no_step_back" + (" ON audit_counter" if connection.vendor == "postgresql" else ""))
        cursor.execute("UPDATE audit_counter SET seq = %s WHERE id = %s", [last, pk])
        cursor.execute(next(one for one in statements(connection.vendor) if "audit_counter_no_step_back" in one))
