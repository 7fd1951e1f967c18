"""Somebody else's table becomes drafts: sections, totals and blanks are left aside, several units in one cell are parted, what cannot be read is said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.text.language import _
from luoshi.web.exchange.importing.heads import field_names
from luoshi.web.exchange.importing.plan import Difference, Line, Plan, Step
from luoshi.web.exchange.importing.values import Values, Wrong, bounded, shown_units
from luoshi.web.ledger.services.drafting import SupportLine
from luoshi.web.ledger.wording import title_of
from luoshi.web.orgs.models import Unit

TOTALS = frozenset({"合计", "总计", "小计", "共计", "total"})
SAME_AS_ABOVE = frozenset({"同上", "〃", "″", "\""})
STANDING = ("长期坚持", "持续推进", "长期", "常态化推进", "常态化")


@dataclass(slots=True)
class _Entry:
    """The rows of one matter: the first, and what stands under each field."""

    row: int
    told: dict[str, str]
    measures: list[str]


def plan_drafts(lines: Sequence[Line], head: int, columns: Mapping[int, str], values: Values) -> Plan:
    """The drafts that the rows below ``head`` become. ``columns``: column → field."""
    plan = Plan([])
    for entry in _entries(lines, head, columns, plan):
        plan.steps.append(_step(entry, values))
    plan.unknown = list(values.unknown)
    return plan


def _entries(lines: Sequence[Line], head: int, columns: Mapping[int, str], plan: Plan) -> Iterator[_Entry]:
    """Rows that say the same matter, unit and day one under the other are one: a merged cell with several measures beside it."""
    held: _Entry | None = None
    section, above = "", dict[str, str]()
    for line in lines:
        if line.number <= head:
            continue
        told = {field: line.cells.get(column, "").strip() for column, field in columns.items()}
        if why := _no_row(line, columns, told):
            plan.skipped.append((line.number, why))
            section = next(iter(line.cells.values())).strip() if why == _section() else section
            continue
        told = {field: above.get(field, "") if text in SAME_AS_ABOVE else text for field, text in told.items()}
        above = told
        if section and not told.get("theme"):
            told["theme"] = _section_name(section)
        if held and told.get("title") and all(held.told.get(name) == told.get(name) for name in ("title", "lead", "units", "due_on")):
            held.measures += [text for text in told.get("measures", "").split("\n") if text and text not in held.measures]
            continue
        if held:
            yield held
        held = _Entry(line.number, told, [text.strip() for text in told.get("measures", "").split("\n") if text.strip()])
    if held:
        yield held


def _no_row(line: Line, columns: Mapping[int, str], told: Mapping[str, str]) -> str:
    """Why a row is none: empty where it is one."""
    texts = [text.strip() for text in line.cells.values()]
    if not any(told.values()):
        return _("没有对应的内容")
    if any("".join(text.split()).rstrip("：:").lower() in TOTALS for text in texts[:3]):
        return _("合计行")
    if len(set(texts)) == 1 and (len(texts) > 1 or (len(columns) > 2 and len(texts) == 1 and not told.get("title"))):
        return _section()
    if len(columns) > 2 and len(texts) == 1 and texts[0][:1] in "一二三四五六七八九十（(第":
        return _section()
    return ""


def _section() -> str:
    return _("分节标题")


def _section_name(text: str) -> str:
    name = text.lstrip("一二三四五六七八九十（）()第章节部分、.． 　0123456789")
    return (name or text)[:60]


def _step(entry: _Entry, values: Values) -> Step:
    told, names = entry.told, field_names()
    title = told.get("title") or title_of(told.get("task", ""))
    step = Step(entry.row, title or _("第 {n} 行").format(n=entry.row), quote="　".join(told[name] for name in ("title", "task", "quote") if told.get(name)))
    if not title:
        step.wrong.append(_("没有事项名称。"))
    if len(title) > 200:
        step.words["task"], title = told.get("task") or title, title_of(title)
        step.notes.append(_("名称太长，取了前一句，全文放在“任务”里。"))
    step.words["title"] = " ".join(title.split())
    _units(step, told, values)
    _day(step, told.get("due_on", ""), values)
    for name in ("task", "criterion", "theme", "leader", "office", "contact"):
        if told.get(name):
            _take(step, name, told[name], names[name])
    if entry.measures:
        step.words["measures"] = entry.measures
    step.differences = [Difference(names.get(name, name), "", _shown(value)) for name, value in step.words.items() if name in names and value]
    return step


def _take(step: Step, name: str, text: str, heading: str) -> None:
    try:
        step.words[name] = bounded(text, name, heading)  # type: ignore[literal-required]
    except Wrong as error:
        step.wrong.append(str(error))


def _units(step: Step, told: Mapping[str, str], values: Values) -> None:
    """The first of 责任单位 leads where no 牵头单位 is told; of several that lead the first does, the others support."""
    found: list[Unit] = []
    for name in ("lead", "units", "supports"):
        try:
            found += values.units(told.get(name, ""))
        except Wrong as error:
            step.wrong.append(str(error))
    leads = bool(told.get("lead") or told.get("units"))
    ordered = list({unit.pk: unit for unit in found}.values())
    if leads and ordered:
        step.words["lead"] = ordered.pop(0)
    if ordered:
        step.words["supports"] = [SupportLine(unit) for unit in ordered]
    if not leads:
        step.notes.append(_("没有牵头单位，立项后补填。"))


def _day(step: Step, text: str, values: Values) -> None:
    if not text:
        return
    try:
        step.words["due_on"] = values.day(text)
    except Wrong as error:
        if cadence := values.cadence(text):
            step.words["cadence"] = cadence
        if cadence or text.strip() in STANDING:
            step.words["category"] = "standing"
            step.notes.append(_("时限“{text}”没有最后日期，按长期坚持处理。").format(text=text[:40]))
        else:
            step.notes.append(_("时限{why}已作为原话保留，日期待补。").format(why=str(error)))
    step.words["due_phrase"] = text[:200]


def _shown(value: Any) -> str:
    if isinstance(value, Unit):
        return value.name
    if isinstance(value, list):
        return shown_units(one.unit for one in value) if value and isinstance(value[0], SupportLine) else "\n".join(map(str, value))
    return str(value)
