"""The target table: every quantity of the upper document beside what the lower one says of the same indicator.

A target is looked for in the passages that answer its item first, then by the name of its indicator in the whole lower document.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple

from luoshi.align import quantities
from luoshi.align.indicators import canonical
from luoshi.align.model import LINKING, Comparison, Link, TargetRow
from luoshi.align.pairing import speaks_for_part
from luoshi.align.side import Side
from luoshi.align.slots import is_all, is_whole
from luoshi.decompose.model import Item, Target

_ALIKE, _SAID = 0.6, 0.4
_DIGIT = re.compile("[0-9]")
_HALVES, _TIMES = ("半", "分之"), ("日内", "天内", "时内", "钟内", "月内", "以内", "之内", "最长", "最多", "至多")
_DISPOSED = re.compile("预计|拟安排|拟发行|拟按|拟新增|合计新增|比上年")
_LATER = re.compile("十[四五六七]五|未来五年|今后五年|五年内|到20[3-9][0-9]年")
_CELL, _MEASURED = 30, 3


_MEASURE = re.compile("(?:(?:覆盖|普及|达标|完成|参保|合格|满意|利用|建成|签约|使用|知晓|就业|入学|入园|巩固|处理|处置|收集|回收|治理|修复|增长|下降)?率|比例|比重|占比|数量|总量|总额|总数|面积|产量|规模|浓度|水平|以上)$")


_OF_WHAT = frozenset({"产量", "总产量", "面积", "规模", "总量", "产值", "数量", "营业收入", "增加值"})


class _Place(NamedTuple):
    item: Item
    target: Target
    name: str
    year: int | None
    """By when it is to be reached, where the item says so."""
    planned: bool
    """True where it is for years to come: 十五五, five years."""


class _Sought(NamedTuple):
    """A target of the upper document: whose, and where its answer is looked for first."""

    item: Item
    target: Target
    name: str
    year: int | None
    planned: bool
    linked: Sequence[str]


Staged = frozenset[str]
"""Names of which one of the documents sets a number for several years: a number of another year is no answer to one of those."""


def target_rows(upper: Side, lower: Side, links: Sequence[Link]) -> list[TargetRow]:
    """A row for each target of the upper document's items, in the order of the text; statements of principle have none, nor have forecasts and
    what the upper level disposes of itself (预计, 拟安排), nor numbers of which nobody says what they count.
    The comparison is of the numbers alone, whichever document was first.
    """
    linked: dict[str, list[str]] = {}
    for link in links:
        if link.level == "bundle" and link.upper_item and link.lower_item:
            linked.setdefault(link.upper_item, []).append(link.lower_item)
    taken: set[tuple[int, int]] = set()
    said = [link for link in links if link.level == "act" and link.relation in LINKING and link.score >= _SAID]
    above = _all_targets(upper)
    sought = [
        _Sought(item, target, name, _year(item, target), _is_planned(item), linked.get(item.id, []))
        for item in upper.made.items
        if item.grade != "principle"
        for target in above[item.id]
        if not quantities.is_frequency(target) and not quantities.is_base(target, upper.text, target.start) and not quantities.picks_out(target, upper.text, target.end) and (name := _name(item, target)) and not _DISPOSED.search(_clause(upper, target))
    ]
    under = _all_targets(lower, times=any(quantities.is_length(one.target) for one in sought))
    below: dict[str, list[_Place]] = {}
    for item in lower.made.items:
        if item.grade != "principle" and (own := under[item.id]):
            planned = _is_planned(item)
            for target in own:
                below.setdefault(quantities.kind_of(target), []).append(_Place(item, target, _name(item, target), _year(item, target), planned))
    staged = _staged(sought) | _staged([place for places in below.values() for place in places])
    return [_row(upper, lower, one, below.get(quantities.kind_of(one.target), []), staged, taken, said) for one in sought]


def _all_targets(side: Side, *, times: bool = False) -> dict[str, Sequence[Target]]:
    """The targets of each item with what the reader takes for none: 一半, 减半 and, where ``times`` are asked for, 最长30分钟, 30分钟以内."""
    found: dict[str, Sequence[Target]] = {item.id: item.targets for item in side.made.items}
    items = side.made.items
    starts = [item.start for item in items]
    for i in sorted({bisect_right(starts, at) - 1 for word in (_HALVES + _TIMES if times else _HALVES) for at in _places(side.text, word)} - {-1}):
        item = items[i]
        words = side.text[item.start : item.end]
        more = [one for one in quantities.fractions(words, item.start) if len(one.indicator) > 1 and (one.comparator != "=" or one.text.startswith("达"))]  # 我国占世界人口的五分之一 is no target
        if times:
            more += quantities.times_within(words, item.start)
        found[item.id] = (*item.targets, *(one for one in more if not any(one.start < other.end and other.start < one.end for other in item.targets)))
    return found


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _staged(targets: Sequence[_Place | _Sought]) -> Staged:
    years: dict[str, set[int]] = {}
    for one in targets:
        if one.year:
            years.setdefault(one.name, set()).add(one.year)
    return frozenset(name for name, own in years.items() if len(own) > 1)


def _row(upper: Side, lower: Side, one: _Sought, below: list[_Place], staged: Staged, taken: set[tuple[int, int]], said: Sequence[Link]) -> TargetRow:
    item, target, name = one.item, one.target, one.name
    best = max((_fit(one, place, i, staged, taken) for i, place in enumerate(below)), default=(0.0, 0))
    over = [link for link in said if link.upper.start <= target.start < link.upper.end] if best[0] < _ALIKE else []
    place = below[-best[1]] if best[0] >= _ALIKE else _linked(target, below, over, taken)
    if place:
        taken.add((place.target.start, place.target.end))
        above, under = _clause(upper, target), _clause(lower, place.target)
        told = quantities.compare(target, place.target, above, under, shares=speaks_for_part(upper.made, lower.made, above, under))
        return TargetRow(name, target, place.target, None, _comparison(told), item.id, place.item.id)
    words = _in_words(target, name, lower, over)
    return TargetRow(name, target, None, words.lower if words else None, "in_words" if words else "not_seen", item.id, words.lower_item if words else None)


def _linked(target: Target, below: list[_Place], over: Sequence[Link], taken: set[tuple[int, int]]) -> _Place | None:
    """The lower target that a link of its clause compares it with, whatever the two are called."""
    for link in over:
        changed = next((change.lower for change in link.changed if change.slot == "number" and change.lower and change.upper.start == target.start), None)
        for place in below:
            here = changed.start == place.target.start if changed else _keeps(link, target, place.target)
            if here and (place.target.start, place.target.end) not in taken and quantities.may_answer(target, place.target):
                return place
    return None


def _keeps(link: Link, target: Target, other: Target) -> bool:
    return "same_target" in (link.relation, *link.also) and link.lower.start <= other.start < link.lower.end and quantities.value_of(target) == quantities.value_of(other)


def _name(item: Item, target: Target) -> str:
    """What the target is of; in a table that stands in a cell of its own, which is the item."""
    in_cell = not item.start <= target.start < item.end and len(item.quote) <= _CELL
    name = target.indicator or (item.quote if in_cell else "")
    if name in _OF_WHAT:
        before = next((other.indicator for other in reversed(item.targets) if other.end <= target.start and len(other.indicator) > len(name)), "")
        name = before[:2] + name  # 粮食播种面积3320万亩、产量1285万吨
    return canonical(name)


def _fit(one: _Sought, place: _Place, index: int, staged: Staged, taken: set[tuple[int, int]]) -> tuple[float, int]:
    """How well the lower target answers; 0 where its name is too unlike, where it counts something else, is of another year or answers another
    already. The number of the place breaks ties, the first wins; what is for years to come (十五五, five years) answers what is so, too."""
    same = one.name == place.name
    alike = 1.0 if same else _share(one.name, place.name)
    if place.item.id in one.linked:
        alike += 0.25
    if place.planned != one.planned:
        alike -= 0.2
    if alike < _ALIKE or (not same and (place.target.start, place.target.end) in taken) or not quantities.may_answer(one.target, place.target):
        return 0.0, 0
    if one.year and place.year and one.year != place.year and (one.name in staged or place.name in staged):
        return 0.0, 0
    if not same and one.target.value != place.target.value and _of_others(one.name, place.name):
        return 0.0, 0
    return alike, -index


def _year(item: Item, target: Target) -> int | None:
    """The year of the time limit that stands before the target in its item, else of the only one there."""
    dated = [deadline for deadline in item.deadlines if deadline.due]
    before = [deadline for deadline in dated if deadline.start <= target.start] or (dated if len(dated) == 1 else [])
    return before[-1].due.year if before and before[-1].due else None


def _is_planned(item: Item) -> bool:
    return _LATER.search(item.quote) is not None


def _of_others(a: str, b: str) -> bool:
    """True where the same is measured of two things: 小麦收获机械化率, 玉米收获机械化率."""
    tail = next((n for n in range(min(len(a), len(b))) if a[-1 - n] != b[-1 - n]), min(len(a), len(b)))
    first, second = a[: len(a) - tail], b[: len(b) - tail]
    return tail >= _MEASURED and len(first) > 1 and len(second) > 1 and not set(first) & set(second)


class _Stem(NamedTuple):
    """A name without the word that says how it is measured (森林覆盖率, 乡镇覆盖率 share nothing else), and the pairs of characters of both."""

    is_empty: bool
    pairs: frozenset[str]
    whole: frozenset[str]


@lru_cache(maxsize=4096)
def _stem(name: str) -> _Stem:
    bare = _MEASURE.sub("", name)
    return _Stem(not bare, _pairs(bare), _pairs(name))


def _pairs(words: str) -> frozenset[str]:
    return frozenset(map(add, words, words[1:]))


def _share(a: str, b: str) -> float:
    """Pairs of characters that two names share, over those of both; 0 where one has none. How both are measured counts only where a name says nothing else."""
    one, other = _stem(a), _stem(b)
    first, second = (one.whole, other.whole) if one.is_empty or other.is_empty else (one.pairs, other.pairs)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _clause(side: Side, target: Target) -> str:
    begin = 0
    for mark in ",;:。\n":  # each is looked for behind the one before it: a rare mark is far away
        begin = max(begin, side.text.rfind(mark, begin, target.start) + 1)
    return side.text[begin : target.end + side.text.startswith("的", target.end)]


def _comparison(told: quantities.Answered) -> Comparison:
    if told.how == "apportioned":
        return "apportioned"
    if told.stricter is None:
        return "equal"
    return "stricter" if told.stricter else "looser"


def _in_words(target: Target, name: str, lower: Side, over: Sequence[Link]) -> Link | None:
    """The link, of those of the clause that sets the target, to one that names its indicator without a number, or says the same in words."""
    stem = _MEASURE.sub("", name)[:4]
    silent = [link for link in over if _lost_its_number(link, target) or _says_in_words(link.lower.of(lower.text), target, stem)]
    return max(silent, key=lambda link: link.score, default=None)


def _says_in_words(words: str, target: Target, stem: str) -> bool:
    """True for words that name the indicator and no number, and for those by which all are meant where that is the target."""
    return (is_all(target) and is_whole(words) is not None) or (stem in words and not _DIGIT.search(words))


def _lost_its_number(link: Link, target: Target) -> bool:
    """True where the change of the link is that this number became words."""
    return any(change.how == "to_words" and change.slot == "number" and change.upper is not None and change.upper.start <= target.start < change.upper.end for change in link.changed)
