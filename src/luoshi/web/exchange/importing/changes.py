"""The round trip: what a person changed in an exported workbook, held against what the ledger says now.

Only cells that differ from what was exported count as changed; a cell that was left alone says nothing, even where the ledger moved on since.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.exchange.importing.heads import keyed_columns
from luoshi.web.exchange.importing.plan import Difference, Line, Plan, Step
from luoshi.web.exchange.importing.values import Values, Wrong, bounded, shown_units, word
from luoshi.web.exchange.keys import Key, digest, plain, read_key
from luoshi.web.exchange.listings.matters import FIELDS, Words, headings
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.names import state_names
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.services.drafting import SupportLine, Wording
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.roles import SUPERVISOR

CLIPPED = 32_000
"""A cell that was cut at the limit of a cell is this long: it cannot come back."""


def plan_changes(lines: Sequence[Line], actor: Actor, on: date, days: Mapping[str, Any] | None = None) -> Plan:
    """The steps of a workbook that was exported here. Raises Wrong where it is none."""
    found = keyed_columns(lines)
    if found is None:
        raise Wrong(_("这不是从台账导出的表。"))
    head, columns, key_column = found
    rows = [line for line in lines if line.number > head]
    keys = {line.number: read_key(line.cells.get(key_column, "")) for line in rows}
    there = visible_matters(actor).filter(pk__in={key.matter for key in keys.values() if key})
    matters = {row.pk: row for row in there.select_related("lead", "issuer").prefetch_related("supports__unit", "targets", "sources")}
    reader = _Reader(columns, matters, actor, Values(on, actor.unit_path, days=days))
    plan, seen = Plan([]), dict[int, int]()
    for line in rows:
        key = keys[line.number]
        step = _step(line, key, columns, seen)
        if key and not step.wrong:
            reader.read(step, key, line)
        if step.differences or step.wrong:
            plan.steps.append(step)
        else:
            plan.same += 1
    return plan


def _step(line: Line, key: Key | None, columns: Mapping[int, str], seen: dict[int, int]) -> Step:
    """The row with what is wrong of its key."""
    told = {name: line.cells.get(column, "") for column, name in columns.items()}
    step = Step(line.number, told.get("title") or told.get("number") or _("第 {n} 行").format(n=line.number))
    if key is None:
        step.wrong.append(_("这一行没有核对码或者核对码不完整。新加的事项请另存成一张表，按外来表格导入。"))
    elif key.matter in seen:
        step.wrong.append(_("与第 {n} 行是同一件，可能是复制了整行。").format(n=seen[key.matter]))
    elif "number" in told and told["number"].replace("|", " ").strip() != key.number.strip():
        step.wrong.append(_("核对码是 {number} 的，与本行编号对不上，可能复制粘贴时错了行。").format(number=key.number))
    if key is not None:
        seen.setdefault(key.matter, line.number)
    return step


class _Reader:
    """Holds rows against the matters that they are about."""

    def __init__(self, columns: Mapping[int, str], matters: Mapping[int, Matter], actor: Actor, values: Values) -> None:
        self._columns, self._matters, self._actor, self._values = columns, matters, actor, values
        self._words, self._headings, self._states = Words(), headings(), state_names()

    def read(self, step: Step, key: Key, line: Line) -> None:
        """Put into ``step`` what differs, or why it cannot be."""
        matter = self._matters.get(key.matter)
        if matter is None:
            step.wrong.append(_("台账里没有这一件，或者不在您的查看范围内。"))
            return
        step.matter, step.expected = matter.pk, matter.changes
        for column, name in self._columns.items():
            cell = plain(line.cells.get(column, ""))
            said = key.said.get(name)
            if said == digest(cell) or (said is None and cell in ("", self._words.withheld)):
                continue
            self._take(step, matter, name, cell, said)
        if step.wrong:
            step.words = Wording()

    def _take(self, step: Step, matter: Matter, name: str, cell: str, said: str | None) -> None:
        heading = self._headings[name]
        if name not in FIELDS:
            step.wrong.append(_("“{heading}”由系统算出或另有办法改，不能在表里改。").format(heading=heading))
            return
        if said is None:
            step.wrong.append(_("“{heading}”出自内部文件，没有导出，也不能在表里改。").format(heading=heading))
            return
        now = plain(self._words.cell(matter, name, {}))
        if now == cell:
            return
        step.differences.append(Difference(heading, now, cell))
        if digest(now) != said:
            step.wrong.append(_("导出以后，台账里的“{heading}”已改成“{now}”，与您填的不同；请看过后重新导出再改。").format(heading=heading, now=now[:60] or _("空白")))
        elif len(now) > CLIPPED:
            step.wrong.append(_("“{heading}”太长，单元格里不是全文，不能在表里改。").format(heading=heading))
        elif matter.state != State.DRAFT:
            step.wrong.append(_not_a_draft(heading, name, self._states[matter.state]))
        elif matter.issuer_id not in self._actor.units or not self._actor.has(SUPERVISOR):
            step.wrong.append(_("这份草稿要由拟稿单位的督查员改。"))
        else:
            self._word(step, matter, FIELDS[name], cell, heading)
            if FIELDS[name] in step.words:  # as it was understood, not as it was written
                step.differences[-1] = Difference(heading, now, _understood(step.words[FIELDS[name]], cell))  # type: ignore[literal-required]

    def _word(self, step: Step, matter: Matter, field: str, cell: str, heading: str) -> None:
        try:
            step.words[field] = self._value(matter, field, cell, heading)  # type: ignore[literal-required]
        except Wrong as error:
            step.wrong.append(str(error))

    def _value(self, matter: Matter, field: str, cell: str, heading: str) -> Any:
        if field == "lead":
            return self._values.unit(cell) if cell else None
        if field == "due_on":
            return self._values.day(cell)
        if field == "measures":
            return [line for line in cell.split("\n") if line]
        if field in ("category", "cadence", "urgency"):
            return word(cell, field)
        if field == "supports":
            had = {one.unit_id: SupportLine(one.unit, one.contribution, one.due_on) for one in matter.supports.all()}
            return [had.get(unit.pk, SupportLine(unit)) for unit in self._values.units(cell)]
        if field == "title" and not cell:
            raise Wrong(_("事项名称不能空着。"))
        return bounded(cell, field, heading)


def _understood(value: Any, cell: str) -> str:
    if isinstance(value, date | Unit):
        return value.name if isinstance(value, Unit) else value.isoformat()
    return shown_units(one.unit for one in value) if isinstance(value, list) and value and isinstance(value[0], SupportLine) else cell


def _not_a_draft(heading: str, name: str, state: str) -> str:
    """Why, and what is done instead."""
    if name == "due":
        return _("{state}的事项不能在表里改时限；请办延期，或者在协调时调整。").format(state=state)
    if name in ("lead", "supports"):
        return _("{state}的事项不能在表里换单位；请由责任单位提出异议后改派。").format(state=state)
    return _("{state}的事项，“{heading}”已经定下，不能在表里改。").format(state=state, heading=heading)
