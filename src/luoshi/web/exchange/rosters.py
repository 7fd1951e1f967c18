"""Rosters as text: one line for one of those that a target counts, as it is typed, pasted from a spreadsheet, or read from a file; and the sentence that sums one up."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.exchange.importing.plan import lines_of
from luoshi.web.exchange.importing.values import plain_day
from luoshi.web.exchange.listings.matters import figure
from luoshi.web.exchange.selectors import Tally
from luoshi.web.exchange.services.rosters import RosterLine

HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("名称", "项目名称", "项目", "任务", "点位", "点位名称", "机构名称", "name"),
    "unit": ("单位", "责任单位", "建设单位", "所在地", "县区", "属地", "unit"),
    "due_on": ("时限", "完成时限", "计划完成时间", "计划完成", "due"),
    "done_on": ("完成日期", "完成时间", "实际完成", "实际完成时间", "办结日期", "done"),
    "note": ("备注", "说明", "note"),
}
ORDER = tuple(HEADS)
_CUT = re.compile(r"\t|\s*[|｜]\s*")


def read_lines(text: str) -> list[RosterLine]:
    """The lines of a text: name, unit, due, done, note, parted by tabs or bars. Raises RuleBroken with the first line that cannot be read."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in _CUT.split(line)] + [""] * len(ORDER)
        if not any(cells):
            continue
        if not cells[0] or len(cells[0]) > 200 or len(cells[1]) > 120 or len(cells[4]) > 300:
            raise RuleBroken(_("第 {n} 行没有名称，或者有一格太长。").format(n=number), hint=_("一行一项，依次是名称、单位、时限、完成日期、备注，用 | 或制表符隔开。"))
        found.append(RosterLine(cells[0], cells[1], _day(cells[2], number), _day(cells[3], number), cells[4]))
    return found


def _day(text: str, number: int) -> date | None:
    day = plain_day(text) if text else None
    if text and day is None:
        raise RuleBroken(_("第 {n} 行的“{text}”不是日期。").format(n=number, text=text[:30]), hint=_("日期写成 2026-12-31 或 2026年12月31日。"))
    return day


def text_of(sheets: Sequence[Mapping[str, Sequence[Sequence[object]]]]) -> str:
    """The first sheet of a file as such a text: by its headings, else the first columns in their order."""
    lines = lines_of(sheets[0]) if sheets else []
    best: tuple[int, dict[int, str]] = (0, {})
    for line in lines[:10]:
        known = {column: name for column, text in line.cells.items() if (name := next((name for name, words in HEADS.items() if text.strip() in words), ""))}
        if "name" in known.values() and len(known) > len(best[1]):
            best = (line.number, known)
    head, columns = best
    if not columns:
        places = sorted({column for line in lines for column in line.cells})[: len(ORDER)]
        columns = dict(zip(places, ORDER, strict=False))
    by_name = {name: column for column, name in reversed(columns.items())}
    rows = [[line.cells.get(by_name.get(name, 0), "").replace("\n", " ").replace("|", "／") for name in ORDER] for line in lines if line.number > head]
    return "\n".join(" | ".join(row).rstrip(" |") for row in rows if row[0])


def sentence(tally: Tally) -> str:
    """124 个中已完成 37 项，名单 120 项，少 4 项."""
    unit = tally.target.unit or _("项")
    said = [_("目标 {value}{unit}").format(value=figure(tally.wanted) or "—", unit=unit), _("名单 {n} 项").format(n=tally.named), _("已完成 {n} 项").format(n=tally.done)]
    if tally.named and tally.missing > 0:
        said.append(_("少 {n} 项").format(n=tally.missing))
    if tally.named and tally.missing < 0:
        said.append(_("多 {n} 项").format(n=-tally.missing))
    return "，".join(said)
