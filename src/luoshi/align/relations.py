"""Two passages that belong together: what became of the upper wording in the lower. Pure: slots in, relation out.

The relation is the strongest change there is, in the order of ``STRONGEST``; the others stand beside it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from luoshi.align import narrowing, quantities, standard
from luoshi.align import slots as found
from luoshi.align.model import Added, Change, Relation
from luoshi.align.slots import SOFT, STRONG, Slots
from luoshi.decompose.model import Deadline, Item, Target
from luoshi.text import Span

STRONGEST: tuple[Relation, ...] = ("weakened", "narrowed", "tightened", "concretised", "same_target", "carried", "copied")
_VERB = 2
_MARK = r"[\s,;:。?!、·“”‘’\"'()\[\]《》〔〕—…-]*"
_BOUNDS = frozenset(" \n,;:。?!、“”‘’\"'()[]《》〔〕—…-和及与并以")
_COPIED_AT = 0.9
_LEAST_COPIED = 4
_SAME_THING, _LIKELY_SAME = 0.65, 0.3
_NUMBERING = re.compile(r"^(?:[(（]?[一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十0-9]{1,3}[.、]|[①-⑳]|[一二三四五六七八九十]{1,2}[是要])+")
_ANSWER = re.compile(r"[(\[][^()\[\]]{0,160}(?:牵头|负责|责任单位|配合|分工|参加|落实)[^()\[\]]{0,160}[)\]]")
_MARKS = re.compile(r"[\s,;:。?!、·“”‘’\"'()\[\]《》〔〕—…-]+")
_EMPHASIS = re.compile(
    "^(?:要|应当|应|须|需|将|把|继续|进一步|更加|更好|加快|大力|积极|全面|深入|纵深|着力|扎实|持续|切实|不断|坚决|严格|认真|有序|统筹|充分|努力|全力|牢牢|始终|奋力|聚焦|聚力|着眼|精准发力|精准)+"
)
_DIGIT = re.compile("[0-9]")
_FIGURE = re.compile(r"(?<![〔“第年0-9])(?:[A-Z][A-Z0-9/ ]{0,6})?[0-9]{1,6}(?:\.[0-9]+)?[余多万亿]{0,2}(?![0-9年月日〕%]|级|类)")
_ORDERS = re.compile("[要应须需将](?=达到|实现|完成|做到|建成|保持|提高|开展|在|对|按)")
_COMPLETES = re.compile("完成|建成|投入使用|投用|出台|印发|竣工|入库|上线|开通")
_NOT_WORDS = re.compile(r"[0-9.]+[%‰十百千万亿]*|以上|以下|左右|不少于|不低于|不超过|达到|提高到|控制在|今年|我们|拟|年底前|月底前")
_LENGTH = re.compile(r"(?P<n>[0-9.]+|[一二两三四五六七八九十]+)个?(?P<unit>工作日|自然日|日历天|小时|分钟|个月|月|天|日|周|年)(?:之内|以内|内)|(?:不超过|压缩[至到为]|缩短[至到为]|控制在)(?P<m>[0-9.]+|[一二两三四五六七八九十]+)个?(?P<unit2>工作日|自然日|小时|分钟|个月|天|日)")
_DAYS = {"工作日": 1.4, "自然日": 1.0, "日历天": 1.0, "小时": 1 / 24, "分钟": 1 / 1440, "个月": 30.0, "月": 30.0, "天": 1.0, "日": 1.0, "周": 7.0, "年": 365.0}
_YEARLY = re.compile(r"^(?:year-month-end|year-day|month-day|week-day|quarter-month-day):(?P<point>[\d-]+)$")


class Verdict(NamedTuple):
    """The relation, the others that hold, and the evidence."""

    relation: Relation
    also: tuple[Relation, ...]
    added: tuple[Added, ...]
    changed: tuple[Change, ...]


Told = tuple[Change, Relation | None]
"""A change and the relation that it makes, None where it makes none."""


class Around(NamedTuple):
    """What stands around the two passages: where a number or a date may be that the clause itself lacks.

    ``lower_words`` is the text of the whole lower item with its neighbours; ``upper_deadlines`` and ``lower_deadlines`` are those that hold for
    every clause of their item; the others are all of the whole items.
    """

    upper_deadlines: tuple[Deadline, ...]
    lower_deadlines: tuple[Deadline, ...]
    all_lower_deadlines: tuple[Deadline, ...]
    upper_targets: tuple[Target, ...]
    lower_targets: tuple[Target, ...]
    upper_words: str
    lower_words: str
    shares: bool
    names_of_lower: frozenset[str]


@lru_cache(maxsize=8192)
def core(words: str) -> str:
    """The wording that counts: no numbering, no bracket of responsibility, no marks, no emphasis before it."""
    bare = _NUMBERING.sub("", _ANSWER.sub("", words).strip())
    bare = _ORDERS.sub("", _MARKS.sub("", bare))
    shorter = _EMPHASIS.sub("", bare)
    return shorter if len(shorter) >= _LEAST_COPIED else bare


def without_places(words: str) -> str:
    """``words`` with the words of level and place, 全省 and 全市, made one."""
    return standard.own_place_pattern().sub("◇", words)


def verdict(upper: Slots, lower: Slots, around: Around) -> Verdict:
    """What became of ``upper`` in ``lower``, which are known to belong together."""
    told: list[Told] = [
        *_numbers(upper, lower, around), *_lengths(upper, lower), *_dates(upper, lower, around), *_frequency(upper, lower), *_strength(upper, lower),
        *_scope(upper, lower), *_lists(upper, lower, around), *narrowing.narrower(upper.words, lower.words, upper.start, lower.start),
    ]  # fmt: skip
    changed = tuple(change for change, _relation in told)
    added = tuple(_added(upper, lower, around, changed))
    held: set[Relation] = {relation for _change, relation in told if relation}
    if any(change.slot == "scope" and change.how == "shortened" for change in changed):
        added = tuple(one for one in added if one.slot != "number" or not any(c.slot == "scope" and c.lower and c.lower.covers(one.lower) for c in changed))
    if added:
        held.add("concretised")
    copied = _is_copied(upper.words, lower.words)
    if copied and not changed:
        held.add("copied")
    elif keeps_targets(upper, lower, around):
        held.add("same_target")
    if not held or (not copied and not held & {"same_target"} and not changed and not added):
        held.add("carried")
    order = [relation for relation in STRONGEST if relation in held]
    return Verdict(order[0], tuple(order[1:]), added, changed)


# -- wording --------------------------------------------------------------------------------------------------------


def _is_copied(upper: str, lower: str) -> bool:
    """True where one holds the other or they hardly differ; not where both name who answers for it and name others."""
    if not _same(core(upper), core(lower), upper, lower):
        return False
    first, second = _ANSWER.search(upper), _ANSWER.search(lower)
    return not (first and second and _MARKS.sub("", first[0]) != _MARKS.sub("", second[0]))


def _same(a: str, b: str, upper: str, lower: str) -> bool:
    short, long, words = (a, b, lower) if len(a) <= len(b) else (b, a, upper)
    if len(short) < _LEAST_COPIED or a == b:
        return a == b
    if short in long:
        return _ends_a_clause(short, words)
    if len(short) >= _VERB + 6 and short[:_VERB] in long and short[_VERB:] in long.partition(short[:_VERB])[2]:
        return _ends_a_clause(short[_VERB:], words)  # 打造甲 in 打造乙、甲
    if _DIGIT.search(short):
        return False
    return len(short) >= 8 and Indel.normalized_similarity(a, b, score_cutoff=_COPIED_AT) > 0 and without_places(a) == a and without_places(b) == b


def _ends_a_clause(part: str, words: str) -> bool:
    """True where ``part`` is a statement of its own in ``words``: a mark, 和 or nothing follows. 贯彻精神 is not said by 巩固贯彻精神学习教育成果."""
    bare = _ORDERS.sub("", words)
    return any(match.end() >= len(bare) or bare[match.end()] in _BOUNDS for match in re.finditer(_MARK.join(map(re.escape, part)), bare))


def _says_the_same(upper: str, lower: str) -> bool:
    """True where most of what the upper says apart from its numbers is in the lower: only then does it mean something that a part is gone."""
    bare = _MARKS.sub("", _NOT_WORDS.sub("", upper))
    pairs = [bare[i : i + 2] for i in range(len(bare) - 1)]
    return sum(1 for pair in pairs if pair in lower) * 2 >= len(pairs)


# -- numbers --------------------------------------------------------------------------------------------------------


def _span(one: Target | Deadline) -> Span:
    return Span(one.start, one.end)


def _numbers(upper: Slots, lower: Slots, around: Around) -> Iterator[Told]:
    here = lower.main_goals
    for one, other in quantities.answer(upper.main_goals, here):
        if other is None:
            other = next((b for a, b in quantities.answer([one], [t for t in around.lower_targets if not _within(t, lower)]) if b and _about(a, b)), None)
        if other is None:
            gone = None if any(t.value == one.value for t in here) or _is_there(one, lower, around) else _without_number(one, upper, lower)
            if gone:
                yield gone, "weakened"
            continue
        words = around.lower_words if not _within(other, lower) else lower.words
        told = quantities.compare(one, other, _clause(upper, one), _clause(lower, other) if _within(other, lower) else words, shares=around.shares)
        if told.how:
            yield Change("number", told.how, _span(one), _span(other)), None if told.stricter is None else "tightened" if told.stricter else "weakened"


def _number(one: Target) -> str:
    """The figure and its unit as they are written, without the words around them."""
    found_here = re.search(r"[0-9.,]+[十百千万亿]*" + re.escape(one.unit), one.text)
    return found_here[0] if found_here else one.text


def _about(one: Target, other: Target) -> bool:
    return bool(one.indicator) and bool(other.indicator) and (one.indicator in other.indicator or other.indicator in one.indicator)


def _within(one: Target | Deadline, slots: Slots) -> bool:
    return slots.start <= one.start and one.end <= slots.end


def _clause(slots: Slots, target: Target) -> str:
    """The clause of ``slots`` that holds the quantity, without what follows it."""
    words, at = slots.words, target.start - slots.start
    begin = max(words.rfind(mark, 0, at) for mark in ",;:。") + 1
    return words[begin : target.end - slots.start]


def _without_number(one: Target, upper: Slots, lower: Slots) -> Change | None:
    vague = found.vague_number(lower.words)
    if vague:
        return Change("number", "to_words", _span(one), Span(lower.start + vague.start(), lower.start + vague.end()))
    if any(not quantities.same_kind(one, other) for other in lower.goals):
        return None  # the lower counts something else
    return Change("number", "dropped", _span(one), None) if _says_the_same(upper.words, lower.words) else None


def keeps_targets(upper: Slots, lower: Slots, around: Around | None = None) -> bool:
    """True where the upper sets quantities and every one of them is there below with the same value."""
    own = upper.main_goals
    pairs = quantities.answer(own, lower.main_goals)
    return bool(own) and all(quantities.value_of(a) == quantities.value_of(b) if b else _is_there(a, lower, around) for a, b in pairs)


def _is_there(one: Target, lower: Slots, around: Around | None) -> bool:
    """True where the quantity stands below in other words or in another clause of the item."""
    if one.value == 1 and "全覆盖" in lower.words:
        return True
    if _number(one) in lower.words or (one.unit == "%" and one.value == 100 and found.is_whole(lower.words)):
        return True
    return any(
        quantities.same_kind(one, other) and quantities.value_of(one) == quantities.value_of(other) and quantities.named_alike(one.indicator, other.indicator) > _LIKELY_SAME
        for other in (around.lower_targets if around else ())
    )


# -- time -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _length(words: str) -> tuple[float, re.Match[str]] | None:
    match = _LENGTH.search(words)
    if match is None:
        return None
    return found.count_of(match["n"] or match["m"]) * _DAYS[match["unit"] or match["unit2"]], match


def _lengths(upper: Slots, lower: Slots) -> Iterator[Told]:
    """10个工作日内 against 5个工作日内: a length of time, whatever it is counted from."""
    a, b = _length(upper.words), _length(lower.words)
    if a is None:
        return
    if b is not None:
        if abs(a[0] - b[0]) > 0.0001:
            yield _moved(b[0] < a[0], _at(upper, a[1]), _at(lower, b[1]))
    elif not lower.deadlines and not found.is_soon(lower.words) and _says_the_same(upper.words, lower.words):
        vague = found.vague_date(lower.words)
        yield Change("deadline", "to_words" if vague else "dropped", _at(upper, a[1]), _at(lower, vague) if vague else None), "weakened"


def _moved(earlier: bool, upper: Span, lower: Span) -> Told:
    return Change("deadline", "earlier" if earlier else "later", upper, lower), "tightened" if earlier else "weakened"


def _at(slots: Slots, match: re.Match[str]) -> Span:
    return Span(slots.start + match.start(), slots.start + match.end())


def _dates(upper: Slots, lower: Slots, around: Around) -> Iterator[Told]:
    own = [one for one in _dated(upper.deadlines) if one.start < upper.main_end]
    here = [one for one in _dated(lower.deadlines) if one.start < lower.main_end]
    if _length(upper.words) and _length(lower.words):
        return
    held = here or _dated(around.lower_deadlines) or (_dated(around.all_lower_deadlines) if own else [])
    implied = [] if own or not _is_due(upper) else _dated(around.upper_deadlines)[:1]
    for i, one in enumerate(own or implied):
        other = _counterpart(one, i, held)
        if other is None:
            if own and not held:
                yield from _without_date(one, i, lower)
        elif one.due and other.due and one.due != other.due:
            yield _moved(other.due < one.due, _span(one), _span(other))
        elif not one.due and not other.due and _point(one) != _point(other):
            yield _moved(_point(other) < _point(one), _span(one), _span(other))


def _is_due(upper: Slots) -> bool:
    """True for a clause that a time limit in the bracket behind it is about: one with a total to reach, or a thing to complete."""
    return _COMPLETES.search(upper.words) is not None or bool(upper.goals)


def _dated(deadlines: tuple[Deadline, ...]) -> list[Deadline]:
    """Those that name a day, of one year or of every year."""
    return [one for one in deadlines if one.due or _point(one)]


def moved_as_a_whole(upper: Item | None, lower: Item | None, *, copied: bool) -> Iterator[tuple[Change, Relation]]:
    """Where two items name one last day each, the change between the two.

    Where the wording is ``copied`` only a day in the upper item's own words counts: what stands behind it in a bracket or a column may be
    about more than this.
    """
    if upper is None or lower is None:
        return
    above, below = ({one.due: one for one in item.deadlines if one.due} for item in (upper, lower))
    if len(above) != 1 or len(below) != 1 or above.keys() == below.keys():
        return
    (due, one), (other_due, other) = *above.items(), *below.items()
    if copied and not (upper.measures and upper.measures[0].start <= one.start < upper.measures[-1].end):
        return
    change, relation = _moved(other_due < due, _span(one), _span(other))
    if relation:
        yield change, relation


def _without_date(one: Deadline, index: int, lower: Slots) -> Iterator[Told]:
    if found.is_soon(lower.words) or lower.often:
        return
    vague = found.vague_date(lower.words)
    if vague:
        yield Change("deadline", "to_words", _span(one), _at(lower, vague)), "weakened"
    elif index == 0:
        yield Change("deadline", "dropped", _span(one), None), "weakened"


def _point(deadline: Deadline) -> str:
    """The day in the year of a yearly time limit (每年6月底前), empty for none."""
    match = _YEARLY.match(deadline.period or "")
    return "-".join(part.zfill(2) for part in match["point"].split("-")) if match else ""


def _counterpart(one: Deadline, index: int, others: list[Deadline]) -> Deadline | None:
    """The time limit that answers: the same day, else the one in the same place of the order, else the last."""
    kind = [other for other in others if bool(other.due) == bool(one.due)]
    if not kind:
        return None
    same = next((other for other in kind if one.due and other.due == one.due), None)
    return same or kind[min(index, len(kind) - 1)]


def _frequency(upper: Slots, lower: Slots) -> Iterator[Told]:
    a, b = upper.often, lower.often
    if a is None:
        return
    if a.per_year is None:
        if b is not None and b.per_year is not None:
            yield Change("frequency", "to_number", Span(a.start, a.end), Span(b.start, b.end)), "concretised"
        return
    if b is None:
        vague = found.vague_often(lower.words)
        if vague:
            yield Change("frequency", "to_words", Span(a.start, a.end), _at(lower, vague)), "weakened"
        return
    if b.per_year is None:
        yield Change("frequency", "to_words", Span(a.start, a.end), Span(b.start, b.end)), "weakened"
    elif abs(a.per_year - b.per_year) > 0.01 * a.per_year:
        more = b.per_year > a.per_year
        yield Change("frequency", "raised" if more else "lowered", Span(a.start, a.end), Span(b.start, b.end)), "tightened" if more else "weakened"


# -- strength and scope ---------------------------------------------------------------------------------------------


def _strength(upper: Slots, lower: Slots) -> Iterator[Told]:
    a, b = upper.strength, lower.strength
    above, below = Span(a.start, a.end), Span(b.start, b.end)
    if upper.prohibits and not lower.prohibits:
        mitigated = found.mitigates(lower.words)
        if mitigated and mitigated[0] not in upper.words:
            yield Change("modality", "softened", above, _at(lower, mitigated)), "weakened"
            return
    if lower.prohibits and not upper.prohibits and (found.mitigates(upper.words) or a.level == SOFT):
        yield Change("modality", "hardened", above, below), "tightened"
        return
    if a.level == b.level:
        return
    if b.level == SOFT and b.weak and a.level != STRONG and not _says_the_same(upper.words, lower.words):
        return
    if b.level == SOFT and b.start > lower.start + len(lower.words) // 4 and upper.words.rstrip("。") in lower.words[: b.start - lower.start]:
        return  # what is softened was added
    same_word = b.end > b.start and lower.words[b.start - lower.start : b.end - lower.start] in upper.words
    if b.level == SOFT and not same_word:
        yield Change("modality", "softened", above, below), "weakened"
    elif a.level == SOFT and b.level == STRONG:
        yield Change("modality", "hardened", above, below), "tightened"


def _scope(upper: Slots, lower: Slots) -> Iterator[Told]:
    """Everyone above, some below."""
    whole, part = found.is_whole(upper.words), found.is_part(lower.words)
    if part and part[0] not in upper.words and not found.is_part(upper.words):
        most = part[0] in ("大部分", "多数", "大多数")
        if whole or (_says_the_same(upper.words, lower.words) and part[0] in ("部分", "试点", "有条件的", "具备条件的", "条件成熟的", "先行先试", "选择", "遴选", "大部分", "多数", "大多数", "个别")):
            above = _at(upper, whole) if whole else Span(upper.start, upper.end)
            yield Change("scope", "softened" if most else "shortened", above, _at(lower, part)), "weakened" if most else "narrowed"
            return
    if whole and not found.is_whole(lower.words):
        phased = found.phased(lower.words)
        if phased and phased[0] not in upper.words:
            yield Change("scope", "softened", _at(upper, whole), _at(lower, phased)), "weakened"


def _lists(upper: Slots, lower: Slots, around: Around) -> Iterator[Told]:
    """Members that the upper lists and the lower text has not."""
    for listed in upper.lists:
        if listed.start >= upper.main_end or any(target.unit == "%" and listed.start <= target.start < listed.end for target in upper.targets):
            continue  # a list of indicators, each of which is compared by its number
        members = [_telling(listed.members, i) for i in range(len(listed.members))]
        kept = [member for member in members if _has(lower.words, member)]
        missing = [member for member in members if member not in kept and not _has(around.lower_words, member)]
        if not kept or not missing:
            continue
        answering = max(lower.lists, key=lambda other: sum(1 for member in kept if any(_has(own, member) for own in other.members)), default=None)
        new = 0 if answering is None else sum(1 for i in range(len(answering.members)) if not _has(upper.words, _telling(answering.members, i)))
        if new < len(missing):
            yield Change("list", "shortened", Span(listed.start, listed.end), Span(answering.start, answering.end) if answering else None), "narrowed"


def _telling(members: tuple[str, ...], index: int) -> tuple[str, frozenset[str]]:
    """A member, and the pairs of characters that tell it from the others; of the first what stands last counts, of the last what stands first."""
    bare = _MARKS.sub("", members[index])
    if index and len(members[0]) <= 2 and all(len(member) == len(members[0]) for member in members[:-1]):
        bare = bare[: len(members[0])]  # 县、乡、村三级
    elif index == 0 and len(bare) > 5:
        bare = bare[-5:]
    elif index == len(members) - 1 and len(bare) > 5:
        bare = bare[:5]
    others = "|".join(member for i, member in enumerate(members) if i != index)
    return bare, frozenset(bare[i : i + 2] for i in range(len(bare) - 1) if bare[i : i + 2] not in others)


def _has(words: str, member: tuple[str, frozenset[str]]) -> bool:
    """True where the member stands in ``words``, whole or by a third of what tells it."""
    whole, pairs = member
    return whole in words or (len(pairs) > 1 and sum(1 for pair in pairs if pair in words) * 3 >= len(pairs))


# -- what was added -------------------------------------------------------------------------------------------------


def _added(upper: Slots, lower: Slots, around: Around, changed: tuple[Change, ...]) -> Iterator[Added]:
    answered = {(change.lower.start, change.lower.end) for change in changed if change.lower}
    own = upper.goals
    pairs = quantities.answer(own, lower.goals)
    used = {(b.start, b.end) for _a, b in pairs if b}
    for target in lower.goals:
        pace = ("同步" in target.text and "同步" in upper.words) or (target.text == "全覆盖" and found.is_whole(upper.words) is not None)
        beside = any(one.start <= target.start < one.end and any(one.start <= start < one.end for start, _end in used) for one in lower.lists)
        if (target.start, target.end) not in used | answered and not pace and not (beside and target.start < lower.main_end) and not _known(target, (*own, *around.upper_targets)):
            yield Added("number", _span(target))
    if not upper.deadlines and not around.upper_deadlines and not _length(upper.words):
        length = _length(lower.words)
        if length and not lower.deadlines:
            yield Added("deadline", _at(lower, length[1]))
        for deadline in lower.deadlines:
            if (deadline.due or deadline.rule in ("deadline.length", "deadline.from_event", "deadline.hours") or _point(deadline)) and not (lower.often and lower.often.start <= deadline.start < lower.often.end):
                yield Added("deadline", _span(deadline))
                break
    if not _DIGIT.search(upper.words) and not lower.often:
        for target in lower.targets:
            if quantities.is_frequency(target) or (quantities.is_length(target) and not _length(lower.words)):
                yield Added("number", _span(target))
        yield from _other_figures(lower)
    bracket = _ANSWER.search(lower.words)
    if bracket and not _ANSWER.search(upper.words) and not lower.units:
        yield Added("unit", _at(lower, bracket))
    if lower.often and lower.often.per_year is not None and upper.often is None and not any(c.slot == "frequency" for c in changed):
        yield Added("frequency", Span(lower.often.start, lower.often.end))
    yield from _added_names(upper, lower, around)


def _other_figures(lower: Slots) -> Iterator[Added]:
    """Figures that are no targets: 46册, DB52/T 1401, G518线."""
    taken: list[Target | Deadline] = [*lower.targets, *lower.deadlines]
    for match in _FIGURE.finditer(lower.words):
        span = _at(lower, match)
        if not any(one.start < span.end and span.start < one.end for one in taken):
            yield Added("number", span)
            return


def _known(target: Target, above: tuple[Target, ...]) -> bool:
    """True where the upper item has the same value or sets a number for the same thing."""
    return any(other.value == target.value or (quantities.same_kind(other, target) and quantities.named_alike(other.indicator, target.indicator) > _SAME_THING) for other in above)


def added_beside(upper: Slots, lower: Slots, names_of_lower: frozenset[str]) -> Iterator[Added]:
    """Numbers, time limits and places of a clause that answers nothing of ``upper``, the whole item above."""
    values = {target.value for target in upper.targets}
    yield from (Added("number", _span(target)) for target in lower.goals if target.value not in values and not _known(target, upper.targets))
    if not upper.deadlines:
        yield from (Added("deadline", _span(deadline)) for deadline in lower.deadlines[:1] if deadline.due)
    if not upper.often and lower.often and lower.often.per_year is not None:
        yield Added("frequency", Span(lower.often.start, lower.often.end))
    yield from (Added("place", Span(start, end)) for name, start, end in lower.places if name not in upper.words and name not in names_of_lower)


def _added_names(upper: Slots, lower: Slots, around: Around) -> Iterator[Added]:
    if lower.units and not upper.names_a_unit:
        for _name, start, end in lower.units[:1]:
            yield Added("unit", Span(start, end))
    places = [place for place in lower.places if place[0] not in upper.words and place[0] not in around.names_of_lower]
    if len(places) > 0 and not upper.places:
        for _name, start, end in places:
            yield Added("place", Span(start, end))
    for name, start, end in lower.names:
        bare = name.strip("“”《》")
        if bare not in around.upper_words and not any(pair in upper.words for pair in (bare,)) and _novel(bare, upper.words):
            yield Added("project", Span(start, end))


def _novel(name: str, words: str) -> bool:
    """True where most of the name is not in the upper wording."""
    pairs = [name[i : i + 2] for i in range(len(name) - 1)]
    return sum(1 for pair in pairs if pair in words) * 2 < len(pairs)
