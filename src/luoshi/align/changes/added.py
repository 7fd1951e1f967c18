"""What the lower has and the upper lacks: numbers, time limits, frequencies, units, places, projects."""

import re
from collections.abc import Iterator

from luoshi.align import quantities
from luoshi.align.changes.context import Around, at, span_of
from luoshi.align.changes.time import point_of
from luoshi.align.model import Added, Change
from luoshi.align.named import NAMED
from luoshi.align.slots import Slots
from luoshi.align.wording import ANSWER, BRACKETS, has_half
from luoshi.decompose.model import Deadline, Target
from luoshi.text import Span

_SAME_THING = 0.65
_OF_WHICH = re.compile("(?:建成|建设|完工|竣工|投用|投产|登记|出生|入学|取得|成立|注册|入库)的")
"""2000年底前建成的小区: which are meant, and not by when."""
_FIGURE = re.compile(r"(?<![〔“+第年(0-9.])(?:[A-Z][A-Z0-9/ ]{0,6})?[0-9]{1,6}(?:\.[0-9]+)?[余多万亿]{0,2}(?![0-9年月日〕%号+).]|级|类|期间)")


def added(upper: Slots, lower: Slots, around: Around, changed: tuple[Change, ...]) -> Iterator[Added]:
    """What ``lower`` has and ``upper`` lacks; what answers a change is none of it."""
    if lower.goals:
        yield from _numbers(upper, lower, around, changed)
    if (lower.deadlines or lower.length) and not upper.deadlines and not upper.governing and not upper.length and not _one_day_each(upper, lower):
        yield from _deadlines(lower)
    if not upper.has_digits and not lower.often:
        for target in lower.targets:
            if quantities.is_frequency(target) or (quantities.is_length(target) and not lower.length and not any(quantities.same_kind(one, target) for one in upper.targets)):
                yield Added("number", span_of(target))
        if lower.has_digits:
            yield from _other_figures(lower)
    bracket = ANSWER.search(lower.words) if lower.cues & BRACKETS else None
    if bracket and not ANSWER.search(upper.words) and not lower.units:
        yield Added("unit", at(lower, bracket))
    if lower.often and lower.often.per_year is not None and upper.often is None and not any(c.slot == "frequency" for c in changed):
        yield Added("frequency", Span(lower.often.start, lower.often.end))
    if lower.cues & NAMED:
        yield from _added_names(upper, lower, around)


def _numbers(upper: Slots, lower: Slots, around: Around, changed: tuple[Change, ...]) -> Iterator[Added]:
    answered = {(change.lower.start, change.lower.end) for change in changed if change.lower}
    own = upper.goals
    used = {(b.start, b.end) for _a, b in quantities.answer(own, lower.goals) if b}
    for target in lower.goals:
        pace = ("同步" in target.text and "同步" in upper.words) or (target.unit == "%" and target.value == 100 and upper.whole is not None)
        beside = any(one.start <= target.start < one.end and any(one.start <= start < one.end for start, _end in used) for one in lower.lists)
        if (target.start, target.end) not in used | answered and not pace and not (beside and target.start < lower.main_end) and not _known(target, (*own, *around.upper_targets)):
            yield Added("number", span_of(target))


def _one_day_each(upper: Slots, lower: Slots) -> bool:
    """True where both items name one last day: what became of the one is the other, wherever in the item it stands."""
    return upper.item is not None and lower.item is not None and all(len({one.due for one in item.deadlines if one.due}) == 1 for item in (upper.item, lower.item))


def _deadlines(lower: Slots) -> Iterator[Added]:
    if lower.length and not lower.deadlines:
        yield Added("deadline", at(lower, lower.length.match))
    for deadline in lower.deadlines:
        if _OF_WHICH.match(lower.words, deadline.end - lower.start):
            continue
        if (deadline.due or deadline.rule in ("deadline.length", "deadline.from_event", "deadline.hours") or point_of(deadline)) and not (lower.often and lower.often.start <= deadline.start < lower.often.end):
            yield Added("deadline", span_of(deadline))
            return


def _other_figures(lower: Slots) -> Iterator[Added]:
    """Figures that are no targets: 46册, DB52/T 1401, G518线."""
    taken: list[Target | Deadline] = [*lower.targets, *lower.deadlines]
    for match in _FIGURE.finditer(lower.words):
        span = at(lower, match)
        if not any(one.start < span.end and span.start < one.end for one in taken):
            yield Added("number", span)
            return


def _known(target: Target, above: tuple[Target, ...]) -> bool:
    """True where the upper item has the same value or sets a number for the same thing."""
    return any(other.value == target.value or (quantities.same_kind(other, target) and quantities.named_alike(other.indicator, target.indicator) > _SAME_THING) for other in above)


def added_beside(upper: Slots, lower: Slots, names_of_lower: frozenset[str]) -> Iterator[Added]:
    """Numbers, time limits and places of a clause that answers nothing of ``upper``, the whole item above."""
    values = {target.value for target in upper.targets}
    yield from (Added("number", span_of(target)) for target in lower.goals if target.value not in values and not _known(target, upper.targets))
    if not upper.deadlines:
        yield from (Added("deadline", span_of(deadline)) for deadline in lower.deadlines[:1] if deadline.due)
    if not upper.often and lower.often and lower.often.per_year is not None:
        yield Added("frequency", Span(lower.often.start, lower.often.end))
    yield from (Added("place", Span(start, end)) for name, start, end in lower.places if name not in upper.words and name not in names_of_lower)


def _added_names(upper: Slots, lower: Slots, around: Around) -> Iterator[Added]:
    units = lower.units
    if units and not upper.names_a_unit:
        _name, start, end = units[0]
        yield Added("unit", Span(start, end))
    places = [place for place in lower.places if place[0] not in upper.words and place[0] not in around.names_of_lower]
    if places and not upper.places:
        for _name, start, end in places:
            yield Added("place", Span(start, end))
    for name, start, end in lower.names:
        bare = name.strip("“”《》")
        if bare not in around.upper_words and not any(pair in upper.words for pair in (bare,)) and _novel(bare, upper.words):
            yield Added("project", Span(start, end))


def _novel(name: str, words: str) -> bool:
    """True where most of the name is not in the upper wording."""
    return not has_half(words, name)
