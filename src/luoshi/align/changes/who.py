"""Who answers for it: 由财政部门负责 that became 由民政部门负责. 省财政厅 and 市财政局 are one office at two levels.

A note and no verdict: who leads is for each level to say, and whoever compares the two should know.
"""

import re
from collections.abc import Iterator, Sequence
from operator import add

from luoshi.align.changes.context import Told
from luoshi.align.model import Change
from luoshi.decompose.model import Item, Unit
from luoshi.text import Span

_OFFICE = re.compile(r"(?P<duty>[\u4e00-\u9fff]{2,})(?:厅|局|委员会|委|部门|部|办公室|办)")
_OF_A_LEVEL = re.compile("^(?:国家|全国|中央|[\u4e00-\u9fff]{0,3}?(?:自治区|新区|[省市县区州旗镇乡]))")
_ANYWHERE = re.compile("^(?:有关|相关|主管|各|行业|职能|成员|牵头|责任|本|上级|内设|党|工作)|(?:人民政府|政府|党委|主管|行政|行政主管|管理|党组)$")
_ALIASES = (("经济和信息化", "工业和信息化"), ("经信", "工信"), ("环保", "生态环境"), ("环境保护", "生态环境"))


def responsible(upper: Item | None, lower: Item | None, above: Span, below: Span) -> Iterator[Told]:
    """Who leads in the two stretches, where both name offices and those have no duty in common."""
    if upper is None or lower is None or not upper.units or not lower.units:
        return
    first, second = _leading(upper.units, above), _leading(lower.units, below)
    if first and second and not any(_are_one(_duty(a), _duty(b)) for a in first for b in second):
        yield Change("unit", "replaced", Span(first[0].start, first[0].end), Span(second[0].start, second[0].end)), None


def _leading(units: Sequence[Unit], within: Span) -> list[Unit]:
    """The offices that lead, else those that answer for it; none where one of them is no office with a duty of its own."""
    own = [one for one in units if within.start <= one.start and one.end <= within.end]
    leads = [one for one in own if one.role == "lead"] or [one for one in own if one.role == "responsible"]
    return leads if all(map(_duty, leads)) else []


def _duty(unit: Unit) -> str:
    """What the office is for: 财政 of 省财政厅; empty where its name does not say."""
    named = _OFFICE.fullmatch(unit.name)
    if not named:
        return ""
    duty = _OF_A_LEVEL.sub("", named["duty"], count=1)
    duty = duty if len(duty) > 1 else named["duty"]
    return "" if _ANYWHERE.search(named["duty"]) or _ANYWHERE.search(duty) else duty


def _are_one(one: str, other: str) -> bool:
    """True where one duty is named in the other, or short for it: 发改, 发展改革."""
    for alias, name in _ALIASES:
        one, other = one.replace(alias, name), other.replace(alias, name)
    return any(pair in other for pair in map(add, one, one[1:])) or _is_short_for(one, other) or _is_short_for(other, one)


def _is_short_for(short: str, name: str) -> bool:
    left = iter(name)
    return all(character in left for character in short)
