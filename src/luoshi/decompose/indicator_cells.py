"""Indicator tables: the number stands in one cell, what it measures and its unit in others.

``find_targets`` reads quantities in running text; a bare 85 or ≥90 under 2027年目标 is one only by the column it stands in.
"""

import re

from luoshi.decompose.rules.indicators import LONGEST, plain_phrase
from luoshi.decompose.rules.numerals import parse_number
from luoshi.decompose.rules.targets import FoundTarget
from luoshi.decompose.tables import Grid, Row

_NUMBER = re.compile(
    r"(?P<before>[≥≤><=≧≦]|不低于|不少于|不小于|不高于|不超过|不大于|大于|小于|约)? ?[〔\[(]?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[〕\])]? ?(?P<unit>%|(?!以|左)[\u4e00-\u9fff]{1,4}?)?(?P<after>以上|以下|以内|左右)?"
)
_BEFORE = {"≧": "≥", "≦": "≤", "不低于": "≥", "不少于": "≥", "不小于": "≥", "不高于": "≤", "不超过": "≤", "不大于": "≤", "大于": ">", "小于": "<", "约": "≈"}
_AFTER = {"以上": "≥", "以下": "≤", "以内": "≤", "左右": "≈"}
_LARGE = re.compile("[百千万亿]{1,2}(?=.)")
_UNIT_IN_NAME = re.compile(r"\((?P<unit>%|‰|[^()\d]{1,8})\)$")


def cell_targets(text: str, grids: list[Grid], found: list[FoundTarget]) -> list[FoundTarget]:
    """The quantities of the target cells in which ``found`` has none; what was found there without a name (增长6%, 12家以上) has that of its row."""
    read = {target.start: target for target in found}
    made: list[FoundTarget] = []
    for row in (row for grid in grids for row in grid.rows if not row.header):
        name = row.content
        for start, end in row.spans("target"):
            if name is None or start == name[0]:
                continue
            inside = [one for at, one in read.items() if start <= at < end]
            for one in inside:
                one.named = one.indicator or _of_the_row(text, *name)
            target = None if inside else _target(text, row, name, start, end)
            if target:
                made.append(target)
    return made


def _of_the_row(text: str, start: int, end: int) -> str:
    """What a row is about, as the name of what is counted in it; empty where that is a sentence."""
    return plain_phrase(text[start:end]) if end - start <= LONGEST and not any(mark in text[start:end] for mark in ",;:。\n") else ""


def _target(text: str, row: Row, name: tuple[int, int], start: int, end: int) -> FoundTarget | None:
    number = _NUMBER.fullmatch(text, start, end)
    if number is None:
        return None
    indicator = text[name[0] : name[1]]
    in_name = _UNIT_IN_NAME.search(indicator)
    measured = row.spans("measure")
    unit = number["unit"] or (text[slice(*measured[0])] if measured else in_name["unit"] if in_name else "")
    before, after = number["before"] or "", number["after"] or ""
    sign = _BEFORE.get(before, before) or _AFTER.get(after, "=")
    large = _LARGE.match(unit)
    value = parse_number(number["number"] + (large[0] if large else ""))
    if value is None:
        return None
    plain = unit[large.end() :] if large else unit
    return FoundTarget(start, end, text[start:end], sign, float(value), plain, text, _UNIT_IN_NAME.sub("", indicator))
