"""A table that was brought in, from the file to its plan: the child reads it and its days, the rest is plain data."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from luoshi.web.calendars.selectors import entered_days
from luoshi.web.common.actor import Actor
from luoshi.web.exchange.importing.changes import plan_changes
from luoshi.web.exchange.importing.foreign import plan_drafts
from luoshi.web.exchange.importing.heads import guessed, heading_row, keyed_columns, set_of
from luoshi.web.exchange.importing.plan import Line, Plan, lines_of
from luoshi.web.exchange.importing.values import Values, plain_day
from luoshi.web.exchange.models import IncomingTable
from luoshi.web.exchange.selectors import remembered
from luoshi.web.intake.services import read_days
from luoshi.web.intake.tables import read_tables

PHRASES = 2000


def sheets_of(data: bytes, name: str) -> list[dict[str, Any]]:
    """The sheets of a file as they are kept. Raises what reading raises."""
    return [{"name": sheet.name, "rows": [[row.number, row.cells] for row in sheet.rows]} for sheet in read_tables(data, name=name, unmerged=True)]


def first_choice(sheets: list[dict[str, Any]], actor: Actor, on: date) -> tuple[str, dict[str, Any]]:
    """The kind of a table and what is chosen of it at first: the sheet with keys, else the one with the most known headings, mapped as last time."""
    read = [lines_of(sheet) for sheet in sheets]
    for at, lines in enumerate(read):
        if found := keyed_columns(lines):
            return IncomingTable.ROUND, {"sheet": at, "days": _days(lines, [column for column, name in found[1].items() if name == "due"], on)}
    at = max(range(len(read)), key=lambda one: len(guessed(heads_of(read[one], heading_row(read[one])))))
    return IncomingTable.FOREIGN, mapped(sheets, at, heading_row(read[at]), actor)


def mapped(sheets: list[dict[str, Any]], sheet: int, head: int, actor: Actor) -> dict[str, Any]:
    """What the columns of a sheet mean below a row of headings: as remembered of this set, else guessed."""
    heads = heads_of(lines_of(sheets[sheet]), head)
    known = remembered(actor.unit, set_of(heads))
    columns = {column: known.columns.get(text, "") for column, text in heads.items()} if known else guessed(heads)
    told = {str(column): field for column, field in columns.items() if field}
    return {"sheet": sheet, "head": head, "columns": told, "names": dict(known.names) if known else {}, "days": {}, "remembered": known is not None}


def heads_of(lines: list[Line], head: int) -> dict[int, str]:
    """Column → heading; columns without one by their number."""
    row = next((line for line in lines if line.number == head), Line(head, {}))
    return {column: row.cells[column].strip() for column in sorted(row.cells)}


def with_days(sheets: list[dict[str, Any]], chosen: Mapping[str, Any], on: date) -> dict[str, Any]:
    """``chosen`` with what the child reads of the phrases in the column of time limits."""
    columns = [int(column) for column, field in chosen["columns"].items() if field == "due_on"]
    return {**chosen, "days": _days(lines_of(sheets[chosen["sheet"]]), columns, on)}


def plan_of(table: IncomingTable, actor: Actor, on: date) -> Plan:
    """What the table would do now."""
    chosen = table.chosen
    lines = lines_of(table.sheets[chosen["sheet"]])
    if table.kind == IncomingTable.ROUND:
        return plan_changes(lines, actor, on, chosen.get("days"))
    columns = {int(column): field for column, field in chosen["columns"].items() if field}
    return plan_drafts(lines, chosen["head"], columns, Values(on, actor.unit_path, chosen.get("names"), chosen.get("days")))


def _days(lines: list[Line], columns: list[int], on: date) -> dict[str, Any]:
    """Phrases that are no written day, each asked of the child once."""
    texts = {line.cells.get(column, "").strip() for line in lines for column in columns}
    asked = sorted(text for text in texts if text and len(text) <= 200 and plain_day(text) is None)[:PHRASES]
    return read_days(asked, on, days=entered_days(), without_namespace=bool(settings.OPTIONS["read_without_namespace"])) if asked else {}
