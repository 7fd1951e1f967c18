"""Numbers: which became larger or smaller, which became words, which are gone."""

import re
from collections.abc import Iterator

from luoshi.align import quantities
from luoshi.align import slots as found
from luoshi.align.changes.context import GONE_FROM, Around, Told, span_of
from luoshi.align.indicators import are_two
from luoshi.align.model import Change
from luoshi.align.slots import Slots
from luoshi.align.wording import says_the_same
from luoshi.decompose.model import Deadline, Target
from luoshi.text import Span

_LIKELY_SAME, _BARE = 0.3, 5
_EVERY_ONE = re.compile("全部|所有|百分之百|全面(?:覆盖|完成|建成|实现|达标|消除)")
"""消除比例达到95% that became 全部消除."""


def numbers(upper: Slots, lower: Slots, around: Around) -> Iterator[Told]:
    """What became of each quantity of the upper."""
    yield from _bases(upper, lower)
    own, here = upper.main_goals, lower.main_goals
    if often := lower.often:
        own = tuple(one for one in own if not quantities.is_frequency(one) or any(quantities.is_frequency(other) and other.start >= often.end for other in here))
    pairs = quantities.answer(own, here)
    # a row of a table has the values of several years
    of_a_row = any(other for _one, other in pairs) and any(not _within(one, upper) for one, _other in pairs)
    for one, other in pairs:
        if other is None:
            other = next((b for a, b in quantities.answer([one], [t for t in around.lower_targets if not _within(t, lower)]) if b and _about(a, b)), None)
        if other is None and (yardstick := _yardstick(one, here)):
            yield Change("number", "to_words", span_of(one), span_of(yardstick)), "weakened"
            continue
        if other is None:
            gone = None if of_a_row or any(t.value == one.value for t in here) or _is_there(one, lower, around) else _without_number(one, upper, lower, around)
            if gone:
                yield gone, "tightened" if gone.how == "raised" else "weakened"
            continue
        words = around.lower_words if not _within(other, lower) else lower.words
        if quantities.is_length(one) and _is_how_often(one, upper) and _is_how_often(other, lower):
            continue
        told = quantities.compare(one, other, _clause(upper, one), _clause(lower, other) if _within(other, lower) else words, shares=around.shares)
        if told.how and not (upper.counts_a_list(one) and lower.counts_a_list(other)):
            yield Change("number", told.how, span_of(one), span_of(other)), None if told.stricter is None else "tightened" if told.stricter else "weakened"


def _yardstick(one: Target, here: tuple[Target, ...]) -> Target | None:
    """What others reach, where it stands in the place of a number: 增长6%, 增速高于全省平均水平."""
    if one.unit not in ("%", "百分点") or quantities.is_yardstick(one):
        return None
    return next((other for other in here if quantities.is_yardstick(other) and _about(one, other)), None)


def _is_how_often(target: Target, slots: Slots) -> bool:
    """True for the 5天 of 每周开放5天, which is compared as a frequency."""
    return slots.often is not None and slots.often.per_year is not None and slots.often.start <= target.start < slots.often.end


def _bases(upper: Slots, lower: Slots) -> Iterator[Told]:
    """每3万人设置1个 against 每2万人: the fewer the one is for, the more is asked."""
    for one, other in zip(upper.bases, lower.bases, strict=False):
        a, b = quantities.value_of(one), quantities.value_of(other)
        if quantities.same_kind(one, other) and a != b:
            yield Change("number", "raised" if b > a else "lowered", span_of(one), span_of(other)), "weakened" if b > a else "tightened"


def _number(one: Target) -> str:
    """The figure and its unit as they are written, without the words around them."""
    found_here = re.search(r"[0-9.,]+[十百千万亿]*" + re.escape(one.unit), one.text)
    return found_here[0] if found_here else one.text


def _about(one: Target, other: Target) -> bool:
    return bool(one.indicator) and bool(other.indicator) and (one.indicator in other.indicator or other.indicator in one.indicator)


def _within(one: Target | Deadline, slots: Slots) -> bool:
    return slots.start <= one.start and one.end <= slots.end


def _clause(slots: Slots, target: Target) -> str:
    """The clause of ``slots`` that holds the quantity, without what follows it but 的."""
    words, at, end = slots.words, target.start - slots.start, target.end - slots.start
    begin = max(words.rfind(mark, 0, at) for mark in ",;:。") + 1
    return words[begin : end + words.startswith("的", end)]


def _without_number(one: Target, upper: Slots, lower: Slots, around: Around) -> Change | None:
    every = _EVERY_ONE.search(lower.words) if one.unit == "%" and one.comparator in "=≥>" and one.value < 100 and not upper.whole else None
    if every and not quantities.less_is_more(one, _clause(upper, one)) and says_the_same(upper.words, lower.words):
        return Change("number", "raised", span_of(one), Span(lower.start + every.start(), lower.start + every.end()))
    vague = found.vague_number(lower.words)
    if vague and not any(quantities.same_kind(one, other) for other in lower.goals):
        return Change("number", "to_words", span_of(one), Span(lower.start + vague.start(), lower.start + vague.end()))
    if _is_said_bare(one, upper, lower):
        return Change("number", "dropped", span_of(one), None)
    if lower.goals or any(quantities.is_length(one) and quantities.same_kind(one, other) for other in around.lower_targets):
        return None  # the lower counts something else, or the same by another name
    gone = around.likely >= GONE_FROM and says_the_same(upper.words, lower.words)
    return Change("number", "dropped", span_of(one), None) if gone else None


def _is_said_bare(one: Target, upper: Slots, lower: Slots) -> bool:
    """培养高素质农民3万人，建设学校200所 that became 培养高素质农民，建设学校200所: the lower says the same without the number."""
    at, end = one.start - upper.start, one.end - upper.start
    stop = min((there for mark in ",;:。" if (there := upper.words.find(mark, end)) >= 0), default=len(upper.words))
    begin = max(upper.words.rfind(mark, 0, at) for mark in ",;:。") + 1
    bare = upper.words[begin:at] + upper.words[end:stop]
    there = lower.start + lower.words.find(bare)
    return at >= 0 and len(bare) >= _BARE and there >= lower.start and not any(there <= other.start <= there + len(bare) + 2 for other in lower.targets)


def keeps_targets(upper: Slots, lower: Slots, around: Around | None = None) -> bool:
    """True where the upper sets quantities and every one of them is there below with the same value."""
    own = upper.main_goals
    if not own:
        return False
    pairs = quantities.answer(own, lower.main_goals)
    return all(quantities.value_of(a) == quantities.value_of(b) and quantities.as_exact(a, b) and not are_two(a.indicator, b.indicator) if b else _is_there(a, lower, around) for a, b in pairs)


def _is_written(figure: str, words: str) -> bool:
    """True where the figure stands in the words as a whole: 5% is no part of 5.5%."""
    at = words.find(figure)
    while at > 0 and words[at - 1] in "0123456789.":
        at = words.find(figure, at + 1)
    return at >= 0


def _is_there(one: Target, lower: Slots, around: Around | None) -> bool:
    """True where the quantity stands below in other words or in another clause of the item."""
    if (one.value == 1 and "全覆盖" in lower.words) or ("同步" in one.text and "同步" in lower.words):
        return True
    if _is_written(_number(one), lower.words) or (one.unit == "%" and one.value == 100 and (lower.whole or (around and found.is_whole(around.lower_words)))):
        return True
    return any(
        quantities.same_kind(one, other) and quantities.value_of(one) == quantities.value_of(other) and quantities.named_alike(one.indicator, other.indicator) > _LIKELY_SAME
        for other in (around.lower_targets if around else ())
    )
