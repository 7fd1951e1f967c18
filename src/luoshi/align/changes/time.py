"""Time: days, lengths and frequencies that moved, became words or are gone."""

import re
from calendar import monthrange
from collections.abc import Iterator

from luoshi.align import quantities
from luoshi.align import slots as found
from luoshi.align.changes.context import GONE_FROM, Around, Told, at, span_of
from luoshi.align.model import Change, Relation
from luoshi.align.often import vague_often
from luoshi.align.slots import Slots
from luoshi.align.wording import says_the_same
from luoshi.decompose.model import Deadline, Item, Target
from luoshi.text import Span

_COMPLETES = re.compile("完成|建成|投入使用|投用|出台|印发|竣工|入库|上线|开通")
_FROM_WHEN = re.compile("(?P<year>20[0-9]{2})年(?:(?P<month>1?[0-9])月)?(?:[0-9]{1,2}日)?起")
_IN_YEAR = re.compile(r"(?:^|(?<=[,;:、力争保前]))(?P<year>20[0-9]{2})年(?![0-9起度以—~至-])")
"""2025年 without 到 or 底: the reader takes it for no time limit, and yet it is one where the upper has one."""
_ALL_YEAR = re.compile("(?:今年|本年|年度?内|全年|20[0-9]{2}年)度?内?")
_THIS_YEAR = re.compile("今年|本年|年度|全年|年内")
"""年内完成 is 全年完成, and goes without saying where the whole paper is of that year."""
_KEPT = re.compile("提前(?=[0-9])|预留|提前量|储备|开放|培训|学习|服务|值守|供应|保存|保留|留存|公示|活动|锻炼|课时")
"""Of these the longer is the stricter: 预留120分钟, 公示7天; elsewhere the shorter is."""
_COUNTED_FROM = re.compile("[于自从在][^,;:。、]{1,12}[后起]$")
_AT_ONCE = re.compile("当[日天](?![^,;。]{0,4}(?:值|轮))|当场|即时|即刻|随到随办|即来即办|立等可取")
"""当日办结 is within a day, 当场办结 at once."""
_MANY = 12
_PUT_OFF = re.compile("尽快|尽早|早日|适时|择机|限期|近期|抓紧")
_NEXT_YEAR = ("次年", "翌年")
_YEAR = re.compile("20[0-9]{2}年|今年|明年|本年")
_DAY = re.compile("(?:今年|本年|当年)?(?P<month>1?[0-9])月(?:(?P<day>[1-3]?[0-9])日|(?P<part>上旬|中旬|下旬|底|末|份))?(?:之?前|以前)?")
_ENDS = {"上旬": 10, "中旬": 20}
_YEARLY = re.compile(r"^(?:year-month-end|year-day|month-day|week-day|quarter-month-day):(?P<point>[\d-]+)$")


def lengths(upper: Slots, lower: Slots, around: Around) -> Iterator[Told]:
    """10个工作日内 against 5个工作日内: a length of time, whatever it is counted from."""
    a, b = upper.length, lower.length
    at_once = found.soon(upper.words) if "即" in upper.words else None
    if at_once and not found.soon(lower.words) and (put_off := _PUT_OFF.search(lower.words)) and says_the_same(upper.words, lower.words):
        yield _moved(False, at(upper, at_once), at(lower, put_off))
        return
    if a is None:
        if b is None and upper.often is None and not any(map(quantities.is_length, upper.goals)):
            yield from _bare_lengths(upper, lower)
        return
    if b is not None:
        if abs(a.days - b.days) > 0.0001:
            yield _moved(b.days < a.days, at(upper, a.match), at(lower, b.match))
    elif (soon := _AT_ONCE.search(lower.words)) and not _AT_ONCE.search(upper.words):
        if a.days > 1 and not _KEPT.search(upper.words):
            yield _moved(True, at(upper, a.match), at(lower, soon))
    elif around.likely >= GONE_FROM and not lower.deadlines and not found.soon(lower.words) and says_the_same(_without_length(upper, a), lower.words):
        vague = found.vague_date(lower.words)
        yield Change("deadline", "to_words" if vague else "dropped", at(upper, a.match), at(lower, vague) if vague else None), "weakened"


def _without_length(slots: Slots, length: found.Length) -> str:
    """The words without the length of time and what it is counted from: 结果于评价后30日内公布, 结果公布."""
    begin, end = length.match.span()
    return _COUNTED_FROM.sub("", slots.words[:begin]) + slots.words[end:]


def _bare_lengths(upper: Slots, lower: Slots) -> Iterator[Told]:
    """审批时间为15个工作日 against 10个工作日, 预留120分钟 against 60分钟: said the same, but for the length."""
    a, b = found.bare_length(upper.words), found.bare_length(lower.words)
    if a and b and abs(a.days - b.days) > 0.0001 and says_the_same(upper.words, lower.words):
        shorter = b.days < a.days
        stricter = shorter != (_KEPT.search(upper.words) is not None)
        yield Change("number", "lowered" if shorter else "raised", at(upper, a.match), at(lower, b.match)), "tightened" if stricter else "weakened"


def starts(upper: Slots, lower: Slots) -> Iterator[Told]:
    """2020年起 that became 2021年起: the day from which it holds."""
    a = _FROM_WHEN.search(upper.words)
    b = _FROM_WHEN.search(lower.words) if a else None
    if a and b and _month(a) != _month(b):
        yield _moved(_month(b) < _month(a), at(upper, a), at(lower, b))


def _month(match: re.Match[str]) -> tuple[int, int]:
    return int(match["year"]), int(match["month"] or 1)


def _moved(earlier: bool, upper: Span, lower: Span) -> Told:
    return Change("deadline", "earlier" if earlier else "later", upper, lower), "tightened" if earlier else "weakened"


def dates(upper: Slots, lower: Slots, around: Around) -> Iterator[Told]:
    """Days that moved, became words or are gone."""
    own = [one for one in dated(upper.deadlines) if one.start < upper.main_end]
    here = [one for one in dated(lower.deadlines) if one.start < lower.main_end]
    if upper.length and lower.length:
        return
    if not own and not here:
        yield from _days_of_no_year(upper, lower)
    held = here or dated(lower.governing) or (dated(around.all_lower_deadlines) if own else [])
    implied = [] if own or not _is_due(upper) else dated(upper.governing)[:1]
    put_off = _PUT_OFF.search(lower.words) if own and not here else None
    if put_off:
        held = []
    for i, one in enumerate(own or implied):
        other = _counterpart(one, i, held)
        if other is None:
            if own and not held and around.likely >= GONE_FROM:
                yield from _without_date(one, i, lower)
        elif _of_next_year(one) != _of_next_year(other) and not (_YEAR.search(one.text) or _YEAR.search(other.text)):
            yield _moved(_of_next_year(one), span_of(one), span_of(other))
        elif one.due and other.due and one.due != other.due:
            yield _moved(other.due < one.due, span_of(one), span_of(other))
        elif not one.due and not other.due and point_of(one) != point_of(other):
            yield _moved(point_of(other) < point_of(one), span_of(one), span_of(other))


def _days_of_no_year(upper: Slots, lower: Slots) -> Iterator[Told]:
    """9月底前 that became 6月15日前 in two papers without a date: of one year, as far as anybody can see."""
    above, below = ([(day, one) for one in side.deadlines if one.start < side.main_end and (day := _day_of_no_year(one))] for side in (upper, lower))
    if not {day for day, _one in above} & {day for day, _one in below}:
        for (day, one), (other_day, other) in zip(above, below, strict=False):
            yield _moved(other_day < day, span_of(one), span_of(other))


def _day_of_no_year(one: Deadline) -> tuple[int, int] | None:
    """Month and day of a last day without a year (8月底前), None for others: in a paper of October nobody can say which August."""
    day = _DAY.fullmatch(one.text)
    if day is None:
        return None
    month = int(day["month"]) - (one.rule == "deadline.before_month")  # 9月前: all of August, and no more
    return month, int(day["day"] or _ENDS.get(day["part"], 0)) or (monthrange(2027, month)[1] if 0 < month < 13 else 31)


def _of_next_year(one: Deadline) -> bool:
    """True for 次年1月10日前, which is later than 12月20日前 in whatever year the paper is issued."""
    return one.text.startswith(_NEXT_YEAR)


def _is_due(upper: Slots) -> bool:
    """True for a clause that a time limit in the bracket behind it is about: one with a total to reach, or a thing to complete."""
    return _COMPLETES.search(upper.words) is not None or any(not quantities.is_length(goal) for goal in upper.goals)


def dated(deadlines: tuple[Deadline, ...]) -> list[Deadline]:
    """Those that name a day, of one year or of every year."""
    return [one for one in deadlines if one.due or point_of(one)]


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
    change, relation = _moved(other_due < due, span_of(one), span_of(other))
    if relation:
        yield change, relation


def _without_date(one: Deadline, index: int, lower: Slots) -> Iterator[Told]:
    if found.soon(lower.words) or (lower.often and lower.often.per_year is not None) or lower.length:
        return
    if one.due and (bare := _IN_YEAR.search(lower.words)):
        year = int(bare["year"])
        if year != one.due.year:
            yield _moved(year < one.due.year, span_of(one), at(lower, bare))
        return
    if one.due and _ALL_YEAR.fullmatch(one.text) and (_THIS_YEAR.search(lower.words) or lower.year == one.due.year):
        return
    day = _day_of_no_year(one)
    other = next(filter(_day_of_no_year, lower.deadlines), None)
    other_day = _day_of_no_year(other) if other else None
    if day and other and other_day:
        if other_day != day:
            yield _moved(other_day < day, span_of(one), span_of(other))
        return
    vague = found.vague_date(lower.words)
    if vague:
        yield Change("deadline", "to_words", span_of(one), at(lower, vague)), "weakened"
    elif index == 0 and not lower.deadlines:
        yield Change("deadline", "dropped", span_of(one), None), "weakened"


def point_of(deadline: Deadline) -> str:
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


def _events(slots: Slots) -> Target | None:
    """The events of a year: 每年举办招聘活动60场."""
    often = slots.often
    return next((one for one in slots.targets if one.unit in quantities.EVENTS and often and one.value == often.per_year), None)


def frequency(upper: Slots, lower: Slots, around: Around) -> Iterator[Told]:
    """How often: more, less, or in words only; of what may be done no more than so often the less is the stricter. Many events a year are a
    total, of which a part has its share."""
    a, b = upper.often, lower.often
    if a is None:
        return
    if around.shares and b and a.per_year and b.per_year and b.per_year < a.per_year:
        own, other = _events(upper), _events(lower)
        if own and other and own.value >= _MANY:
            yield Change("number", "apportioned", span_of(own), span_of(other)), None
            return
    if a.per_year is None:
        if b is not None and b.per_year is not None:
            yield Change("frequency", "to_number", Span(a.start, a.end), Span(b.start, b.end)), "concretised"
        return
    if b is None:
        vague = vague_often(lower.words)
        if vague:
            yield Change("frequency", "to_words", Span(a.start, a.end), at(lower, vague)), "weakened"
        return
    if b.per_year is None:
        yield Change("frequency", "to_words", Span(a.start, a.end), Span(b.start, b.end)), "weakened"
    elif {a.bound, b.bound} == {"≤", "≥"}:
        yield Change("frequency", "softened", Span(a.start, a.end), Span(b.start, b.end)), "weakened"
    elif abs(a.per_year - b.per_year) > 0.01 * a.per_year:
        more = b.per_year > a.per_year
        stricter = more != (a.bound == "≤")
        yield Change("frequency", "raised" if more else "lowered", Span(a.start, a.end), Span(b.start, b.end)), "tightened" if stricter else "weakened"
