"""A table that was brought in: kept as it was read, mapped, finished or dropped. What it does to matters is recorded by their own services."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.text import Conflict
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.exchange.models import Headings, IncomingTable


@transaction.atomic
def bring_table(*, kind: str, name: str, sha256: str, sheets: list[dict[str, Any]], chosen: dict[str, Any], actor: Actor, at: datetime) -> IncomingTable:
    """Keep what the child read."""
    told = {"kind": kind, "name": name[:255], "sha256": sha256, "sheets": sheets, "chosen": chosen}
    return IncomingTable.objects.create(user_id=actor.person, unit_id=actor.unit, at=at, **told)


@transaction.atomic
def map_table(*, table_id: int, chosen: dict[str, Any], actor: Actor, at: datetime) -> IncomingTable:
    """What the columns mean and what was typed of names."""
    table = _open(table_id)
    table.chosen = chosen
    table.save(update_fields=["chosen"])
    return table


@transaction.atomic
def remember_headings(*, digest: str, columns: Mapping[str, str], names: Mapping[str, str], actor: Actor, at: datetime) -> None:
    """The next table with this set of headings is mapped alike for this unit."""
    told = {"columns": dict(columns), "names": dict(names), "at": at}
    Headings.objects.update_or_create(unit_id=actor.unit, digest=digest, defaults=told)


@transaction.atomic
def queue_table(*, table_id: int, digest: str, actor: Actor, at: datetime) -> IncomingTable:
    """The import goes on in the background, as it was previewed."""
    table = _open(table_id)
    table.state, table.fault = IncomingTable.QUEUED, ""
    table.chosen = {**table.chosen, "digest": digest}
    table.save(update_fields=["state", "fault", "chosen"])
    return table


@transaction.atomic
def finish_table(*, table_id: int, done: int, skipped: int, actor: Actor, at: datetime) -> IncomingTable:
    """It took effect. The rows of the file are not kept longer than they are needed."""
    table = IncomingTable.objects.select_for_update().get(pk=table_id)
    if table.state == IncomingTable.DONE:
        raise Conflict(_("这张表刚才已经导入，没有重复办理。"))
    table.state, table.result, table.finished_at, table.sheets = IncomingTable.DONE, {"done": done, "skipped": skipped}, at, []
    table.save(update_fields=["state", "result", "finished_at", "sheets"])
    return table


@transaction.atomic
def fail_table(*, table_id: int, fault: str, actor: Actor, at: datetime) -> IncomingTable:
    """Nothing was done; the table is there as before, with the reason."""
    table = IncomingTable.objects.select_for_update().get(pk=table_id)
    table.state, table.fault = IncomingTable.FAILED, fault
    table.save(update_fields=["state", "fault"])
    return table


@transaction.atomic
def drop_table(*, table_id: int, actor: Actor, at: datetime) -> IncomingTable:
    """It is not needed any more."""
    table = _open(table_id)
    table.state, table.sheets, table.finished_at = IncomingTable.DROPPED, [], at
    table.save(update_fields=["state", "sheets", "finished_at"])
    return table


def _open(table_id: int) -> IncomingTable:
    table = IncomingTable.objects.select_for_update().get(pk=table_id)
    if table.state not in (IncomingTable.OPEN, IncomingTable.FAILED):
        raise Conflict(_("这张表已经导入或者正在导入。"), hint=_("请返回“导入表格”查看结果。"))
    return table
