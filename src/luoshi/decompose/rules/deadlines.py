"""Time limits in a text: where they stand, what they say, and the last day if it can be known.

``find_deadlines`` looks at the reading view, of a document or of one sentence. It walks from one place where a time limit can
begin to the next (``ANCHOR``), asks the rules in their order, and takes the first that answers. It does not judge whether
the sentence demands anything: that is ``disposition``.

``period`` is None or how often: ``daily``, ``every-10-days`` (or hours, workdays, weeks, months), ``weekly``, ``week-day:5`` (Friday), ``ten-days``, ``monthly``, ``month-day:5``, ``month-end``, ``quarterly``,
``quarter-end``, ``quarter-month-day:1-10`` (10th of the first month), ``half-year``, ``half-month``, ``yearly``, ``year-end``, ``year-month-end:5``,
``year-day:01-31``, ``two-yearly``, ``three-yearly``; ``standing`` for 长期坚持, ``immediate`` for 立即.
"""

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from luoshi.decompose.rules.cues import Cues, cue, pairs
from luoshi.decompose.rules.deadline_rules import BEFORE, DEADLINE_RULES, GOALS, LENGTHS, MORE_DAYS, POINTS, RANGES, RECURRING, WORDS
from luoshi.decompose.rules.due import DoubtText, Due, Known, Parts, meaning
from luoshi.decompose.rules.rule import Rule
from luoshi.text.language import _

__all__ = ["ANCHOR", "DEADLINE_RULES", "FoundDeadline", "find_deadlines"]

_COUNTED = "(?:个?工作日|个?自然日|日历天|[日天周年]|个?星期|个月|个?小时)"
# Where a time limit can begin: the first character, what the second can be, and what must follow.
_STARTS: tuple[tuple[str, str, str], ...] = (
    ("一二两三四五六七八九十百半", "一二两三四五六七八九十百个工自日天周年星小月季〇○零”规计期底末时",
     rf"[一二两三四五六七八九十百]{{0,3}}{_COUNTED}(?:[之以]?内|(?:左右)?的?时间)|[一二]?月[份底末上中下一二三四五六七八九十前]|季度|[〇○零一二三四五六七八九]{{3}}年|[一二三四五]?五?”?(?:规划|计划)?(?:期|[末底]|时期)"),
    ("0-9", "0-9年月个工自日天周星小分—–~至到\\-", rf"[0-9]{{0,3}}(?:[年月]|日(?:[0-9(上下中之以]|前)|分钟[之以]?内|{_COUNTED}|(?:[—–~-]{{1,2}}|[至到])[0-9]{{1,4}}[年月])"),
    ("到至", "0-9今明本后年一二三四六七八九十“规上下",
     "[0-9]{4}年|[0-9]{1,2}月|[今明本后]年|年[底末]|[一二][〇○零九]|“?[一二三四六七八九十][一二三四五]|规划期|[一二三四]季|[上下]半年"),
    ("今明后本当次翌同", "年月", "年|月[底末内之以]|月的?[0-9一二三十]"),
    ("今明", "天日晚", "[天日晚][上下中晚0-9前之以]"),
    ("本这下", "周个月", "个?周[一二三四五六日天内末之以]|个?月[底末内之以0-9一二三十的]"),
    ("开中高供采封端主雨", "学考暖冻秋午汛季", "学|考|暖|冻|秋|午|汛|季"),
    ("年", "底末内", "[底末内]"),
    ("月", "底末", "[底末][之以]?前"),
    ("上下", "半", "半年"),
    ("“", "一二三四六七八九十", "[一二三四六七八九十][一二三四五]{1,2}”"),
    ("每按逐", "个季月年周半旬两三日天工隔0-9二四五六十单双", "个?[季月年周半旬两三日天工隔0-9二四五六十单双]"),
    ("逢", "单双", "[单双][月周]"),
    ("持长常", "续期态年", "(?:续|期|态化?|年)(?:推进|坚持|实施|开展|抓好|推动|落实|有效)?(?: ?[)\\]\\t\\n|]|[。;,、]|$)"),
    ("全", "年", "年"),
    ("自", "", "[^,。;:\\n()]{1,24}起"),
    ("汛入春秋国元五“上清植迎", "期汛节季庆旦冬一五十冻明宵树峰", "期[来到之以]?|汛|节|季(?:学期|开学)|庆|旦|冬|冻|一”?[之前节国]|五一|十一|明节?前|宵|树|峰"),
    ("第", "一二三四1-4", "[一二三四1-4]季度"),
    ("立", "即行查整", "即|[行查整]立"),
    ("即", "日知", "日起|知即改"),
    ("不最", "迟晚", "[迟晚]"),
    ("规", "划", "划期末"),
)


def _spelt(characters: str) -> str:
    """The characters of a class, its ranges of digits spelt out."""
    spelt = re.sub(r"([0-9])-([0-9])", lambda found: "".join(map(str, range(int(found[1]), int(found[2]) + 1))), characters)
    return spelt.replace("\\", "")


_FIRST = "".join(first for first, _second, _follow in _STARTS)
_SECOND = "".join(second for _first, second, _follow in _STARTS)
ANCHOR = re.compile(
    f"[{_FIRST}](?:(?=[{_SECOND}])|(?<=自))(?<![0-9][0-9])"
    f"(?:{'|'.join(f'(?<=[{first}])(?={follow})' for first, _second, follow in _STARTS)})"
)
_ANCHOR_CUE = cue(ANCHOR, " ".join(pairs(_spelt(first), _spelt(second)) if second else first for first, second, _follow in _STARTS if first != "0-9"))
# Of a number the cue is its last digit with what follows; the number begins up to three digits before.
_NUMBER_CUE = cue(ANCHOR, pairs("0123456789", "年月个工自日天周星小分—–~至到-"))
# Which rules are asked: those in words are told by their first character.
_DATED = (*RANGES, *GOALS, *BEFORE, *LENGTHS, *POINTS)
_NEED_INSIDE = frozenset(rule.id for rule in LENGTHS) | {"deadline.within_year", "deadline.from_year"}
_NEED_BEFORE = frozenset(rule.id for rule in BEFORE) - {"deadline.school_opens"}
_DATED_HERE = {
    (before, inside): tuple(rule for rule in _DATED if (before or rule.id not in _NEED_BEFORE) and (inside or rule.id not in _NEED_INSIDE))
    for before in (True, False)
    for inside in (True, False)
}
"""The same, where 前 and 内 stand close by and where they do not."""
_CLOSE_BY = 80
_ASKED = dict.fromkeys("持长常全立", WORDS) | dict.fromkeys("每按逐逢", RECURRING) | {"即": (*RANGES, *WORDS)}
_CLAUSE_END = re.compile(r"[。?!\n;]")
_SENTENCE_END = re.compile(r"[。?!\n]")
_MODAL = re.compile(r"(?:力争|确保|争取|计划|预计|将|拟|要|须|应|于|在)$")
_NEEDS_TO_LIE_AHEAD = frozenset(
    f"deadline.{name}" for name in ("point_done", "point_ahead", "point_report", "year_done", "year_opens", "stretch", "stretch_sought", "whole_year")
)
# Forms that speak of goals and of the past alike: what lies before the day of issue is no time limit.
_OPEN_TO_THE_PAST = _NEEDS_TO_LIE_AHEAD | frozenset(
    f"deadline.{name}" for name in ("range", "stage", "stage_days", "stage_point", "days_open", "days_in", "goal", "plan_end", "plan_period", "before_year", "within_year")
)
_WHICH = re.compile(
    r"(?<=前)(?:已经?)?(?:建成|建造|修建|投产|投用|竣工|完工|注册|登记|出生|入学|毕业|取得|获得|批准|审批|立项|签订|签约|入职|入伍|参保|退休|备案|出让|购买|购置|发生|报废|生产|出厂|成立|设立|认定|印发|发布|颁布)"
    r"(?:投用|使用|投产|营运|运营|入住|在册|登记|注册|备案|并|、)*的(?!基础|同时|前提)"
)
"""2000年底前建成的 老旧小区: which ones, not until when."""
_LEFT_UNDONE = re.compile(r"(?:仍|还|尚)?(?:未|无法|没有|不能|不具备)[^,。;、]{1,16}的")
"""年底前无法完成的: which ones, not until when."""
_NEEDS_CONTEXT = frozenset({"deadline.length", "deadline.hours"})
_CONTEXT = 32


@dataclass(slots=True)
class FoundDeadline:
    """A time limit at ``[start, end)`` of the view; ``doubt`` is (code, message, hint), said of the phrase."""

    start: int
    end: int
    text: str
    due: date | None
    period: str | None
    basis: str | None
    rule: str
    doubt: DoubtText | None


def find_deadlines(text: str, cues: Cues | None = None, *, base: date | None, year: int | None, day: date | None = None) -> list[FoundDeadline]:
    """Every time limit of ``text``, by position, without overlaps.

    ``base`` is the day of issue (自印发之日起), ``year`` the document's own year (今年, 6月底前). A phrase without a year takes the
    year named last in its sentence before it takes the document's. ``day`` is the day of the meeting (月底前), where there is no day of issue.
    ``cues`` are those of ``text``, where somebody has looked already.
    """
    known = Known(base, base.year if year is None and base else year, day=day)
    found: list[FoundDeadline] = []
    for rule, match in _matches(text, cues or Cues.of(text)):
        if (known.said or known.yearly or known.last) and _SENTENCE_END.search(text, found[-1].end, match.start("value")):
            known = replace(known, said=None, yearly=False, last=None)
        deadline = _read(rule, match, text, known)
        if deadline is None:
            continue
        found.append(deadline)
        parts = match.groupdict()
        if rule.id == "deadline.every_month" and parts.get("d"):
            found += _more_days(rule, text, deadline.end, known)
        if parts.get("m") and deadline.due:
            known = replace(known, last=deadline.due)
        if rule.id != "deadline.range" and deadline.due and (parts.get("y") or parts.get("rel") or known.said):
            known = replace(known, said=deadline.due.year)
        elif deadline.period and deadline.period.startswith("year"):
            known = replace(known, yearly=True)
    return [one for n, one in enumerate(found) if not (one.rule == "deadline.year_opens" and n + 1 < len(found) and _told_closer(text, one, found[n + 1]))]


def _more_days(rule: Rule, text: str, at: int, known: Known) -> Iterator[FoundDeadline]:
    """The other days of every month: 每月15日、30日前."""
    while more := MORE_DAYS.match(text, at):
        at = more.end("value")
        due = meaning(rule.id, more.groupdict(), known)
        yield FoundDeadline(*more.span("value"), more["value"], due.due, due.period, due.basis, rule.id, due.doubt)


def _told_closer(text: str, year: FoundDeadline, following: FoundDeadline) -> bool:
    """True where 2026年 only opens what has a time limit of its own in that year: 2026年，各乡镇要于6月底前完成."""
    same = year.due is not None and following.due is not None and year.due.year == following.due.year
    return same and not _CLAUSE_END.search(text, year.end, following.start)


def _matches(text: str, cues: Cues) -> Iterator[tuple[Rule, re.Match[str]]]:
    """The rule that answers, and how, at each place where one does; a match never reaches into the one before."""
    at = 0
    numbers = [place - _digits_before(text, place) for place in cues.places(_NUMBER_CUE)]
    for place in heapq.merge(cues.places(_ANCHOR_CUE), numbers):
        if place < at or not ANCHOR.match(text, place):
            continue
        at = place + 1
        for rule in _ASKED.get(text[place]) or _DATED_HERE[text.find("前", place, place + _CLOSE_BY) >= 0, text.find("内", place, place + _CLOSE_BY) >= 0]:
            match = rule.pattern.match(text, place)
            if match:
                yield rule, match
                at = max(at, match.end("value"))
                break


def _digits_before(text: str, place: int) -> int:
    count = 0
    while count < 3 and place > count and text[place - count - 1] in "0123456789":
        count += 1
    return count


def _read(rule: Rule, match: re.Match[str], text: str, known: Known) -> FoundDeadline | None:
    """The time limit that ``match`` says, None where it speaks of the past."""
    start, end = match.span("value")
    if _LEFT_UNDONE.match(text, end) or _WHICH.match(text, end):
        return None
    parts: Parts = match.groupdict()
    if rule.id in _NEEDS_CONTEXT:
        parts = {**parts, "before": text[max(0, start - _CONTEXT) : start]}
    due = meaning(rule.id, parts, known)
    if due.due and _is_past(due.due, known):
        if rule.id in _OPEN_TO_THE_PAST:
            return None
        due = _with_doubt(due, known)
    if rule.id in _NEEDS_TO_LIE_AHEAD and not _lies_ahead(rule.id, due, parts, text[max(0, start - 4) : start], known):
        return None
    return FoundDeadline(start, end, text[start:end], due.due, due.period, due.basis, rule.id, due.doubt)


def _is_past(day: date, known: Known) -> bool:
    if known.base:
        return day < known.base
    return known.year is not None and day.year < known.year


def _lies_ahead(rule: str, due: Due, parts: Parts, before: str, known: Known) -> bool:
    """Where the document's date is not known, a bare 2026年上半年 counts only behind 力争, 将 or another time limit."""
    if due.due is None and due.doubt and due.doubt[0] == "deadline.which_year":
        return False
    if due.due and known.spoken_on and due.due < known.spoken_on:
        return False
    if rule == "deadline.point_ahead":
        later = known.year is not None and due.due is not None and due.due.year > known.year
        return known.base is not None or later or _MODAL.search(before) is not None
    told = known.last or known.base
    happened = parts.get("d") and not parts.get("y") and not (told and due.due and due.due > told)  # 12月26日开工 tells of the past as often as of a plan
    return (not happened and (known.year is not None or known.said is not None)) or _MODAL.search(before) is not None


def _with_doubt(due: Due, known: Known) -> Due:
    """The same time limit, marked as lying before the day of issue."""
    if due.doubt or due.due is None:
        return due
    message = _("时限{day}早于文件日期").format(day=due.due.isoformat())
    return replace(due, doubt=("deadline.before_issue", message, _("请核实是否为已完成事项，或年份有误")))
