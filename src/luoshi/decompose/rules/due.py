"""What a time limit means in days: the last day, or how often, or the reason why it cannot be said.

Nothing is guessed: where a year, a starting day or a month is not certain, the answer is a doubt without a date.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from luoshi.calendar import WorkingCalendar, add_months, current_calendar, find_plan, month_end
from luoshi.decompose.rules.numerals import parse_number
from luoshi.text.language import _

DoubtText = tuple[str, str, str]
Parts = Mapping[str, str | None]

# Cached, so that a text full of long working-day counts costs no more than one of each.
_add_working_days = lru_cache(maxsize=4096)(WorkingCalendar.add_working_days)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_MONTHS_OF_QUARTER = {"首月": 1, "第一个月": 1, "第1个月": 1, "次月": 2, "第二个月": 2, "第2个月": 2}
_DAY_BEFORE = {"国庆": (9, 30), "十一": (9, 30), "五一": (4, 30), "元旦": (12, 31)}
_LATER = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "后年": 2}
_OWN_EVENT = re.compile(
    "本?(?:会议纪要|通知|意见|方案|办法|规定|决定|计划|细则|公告|条例|纪要|通报|文件|文|行动方案|实施方案|实施意见)?(?:正式)?(?:印发|发布|下发|公布|公告|发文|出台)"
)
_EVENT_BEFORE = re.compile(r"(?:自|从|在)?([^,。;:、\n()“”《》自从在]{1,24}?)(?:之日起|之日|(?<![今以之])后|起),?的?在?$")
_CYCLES = {"年": "yearly", "年度": "yearly", "半年": "half-year", "季度": "quarterly", "季": "quarterly", "月": "monthly", "半月": "half-month", "半个月": "half-month", "旬": "ten-days"}
_CYCLES |= {"周": "weekly"}
_SPANS = {"时": "hours", "月": "months", "周": "weeks", "星期": "weeks", "工作日": "workdays", "日": "days", "天": "days"}
_TURNS = 8
"""A month that lies so many before the one named last is of the next year."""
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Known:
    """What a time limit is read against: the day of issue, the document's own year, the year named last in the sentence, whether a
    yearly time limit stands before it there, the day on which it is said: that of the meeting, where nobody knows that of issue; and the last
    day of the sentence that names a month.
    """

    base: date | None
    year: int | None
    said: int | None = None
    yearly: bool = False
    day: date | None = None
    last: date | None = None

    @property
    def spoken_on(self) -> date | None:
        """The day from which 本月, 下周 and 明天 are told: that of issue, else that of the meeting."""
        return self.base or self.day


@dataclass(frozen=True, slots=True)
class Due:
    """The answer: last day or recurrence, what it was counted from, and what is uncertain."""

    due: date | None = None
    period: str | None = None
    basis: str | None = None
    doubt: DoubtText | None = None


def no_year() -> Due:
    """No year is written, and none is known of the document."""
    return Due(doubt=("deadline.no_year", _("时限没有写年份，文件的年份也不清楚"), _("请补充文件印发日期或直接填写完成日期")))


def _no_start(event: str | None) -> Due:
    if event:
        message = _("时限从“{event}”起算，日期未知").format(event=event)
        return Due(doubt=("deadline.needs_event", message, _("请在该事由发生后填写起算日期")))
    return Due(doubt=("deadline.no_start", _("没有写明时限从何日起算"), _("请与交办单位核实起算日期")))


def _no_base() -> Due:
    return Due(doubt=("deadline.no_base", _("时限从印发之日起算，但印发日期不清楚"), _("请补充文件印发日期")))


def _which_year(day: date) -> Due:
    message = _("没有写年份，按文件年份应为{day}，早于印发日期").format(day=day.isoformat())
    return Due(doubt=("deadline.which_year", message, _("请核实是本年还是下一年")))


def impossible() -> Due:
    """The day does not exist: 2月30日, or past the calendar."""
    return Due(doubt=("deadline.impossible_date", _("日历上没有这个日期"), _("请核对原文并填写完成日期")))


def _year(parts: Parts, known: Known) -> tuple[int | None, str | None]:
    """The year of a point in time, and the basis if it is not written there."""
    written, relative = parts.get("y"), parts.get("rel")
    if written:
        year = parse_number(written)
        return (year, None) if isinstance(year, int) else (None, None)
    if relative in ("次年", "翌年"):
        named = known.said or known.year
        return (named + 1, str(named)) if named else (None, None)
    if relative == "同年" or (relative is None and known.said):
        return known.said, str(known.said) if known.said else None
    if known.year is None:
        return None, None
    spoken = known.base.year if known.base and relative in ("明年", "后年") else known.year  # a plan for 2027 that is issued in 2026 calls it 明年
    return spoken + _LATER.get(relative or "", 0), str(spoken)


def _number(words: str | None) -> int:
    """A month or a day, in digits or in characters; 0, which is no day, where there is none."""
    number = parse_number(words or "")
    return number if isinstance(number, int) else 0


def _last_day(year: int, parts: Parts) -> date:
    """The last day of a point in time as precise as its parts."""
    month, ten, quarter = parts.get("m"), parts.get("ten"), parts.get("q")
    if month and parts.get("d"):
        return date(year, _number(month), _number(parts["d"]))
    if month and ten in ("上", "中"):
        return date(year, _number(month), 10 if ten == "上" else 20)
    if month:
        return month_end(year, _number(month))
    if parts.get("half"):
        return month_end(year, 6 if parts["half"] == "上" else 12)
    if quarter:
        return month_end(year, 3 * (_QUARTERS.get(quarter) or int(quarter)))
    return date(year, 12, 31)


def _point(parts: Parts, known: Known) -> Due:
    year, basis = _year(parts, known)
    if known.yearly and parts.get("rel") in ("次年", "翌年"):
        return _every_year(parts, known)
    if year is None:
        return no_year()
    due = _last_day(year, parts)
    if known.last and parts.get("m") and not parts.get("y") and not parts.get("rel") and due < known.last and known.last.month - due.month >= _TURNS:
        due = _last_day(year + 1, parts)  # 12月25日前报送初稿，1月10日前报送总结
    unsaid = not parts.get("y") and not parts.get("rel") and not known.said
    if unsaid and known.base and due < known.base:
        return _which_year(due)
    return Due(due, basis=basis)


def _before_year(parts: Parts, known: Known) -> Due:
    year, basis = _year(parts, known)
    return Due(date(year - 1, 12, 31), basis=basis) if year and year > 1 else no_year()


def _before_month(parts: Parts, known: Known) -> Due:
    found = _point(parts, known)
    if found.due is None:
        return found
    first = found.due.replace(day=1)
    doubt = ("deadline.before_month", _("“几月前”可以指该月开始前，也可以指该月底前，现按该月开始前计"), _("请与交办单位核实"))
    return Due(first - timedelta(days=1), basis=found.basis, doubt=doubt)


def _by_stretch(parts: Parts, known: Known) -> Due:
    """三季度前, 上半年前: to the end of it, as offices mean it; with 末 or 底 there is no doubt."""
    found = _point(parts, known)
    if found.due is None or re.search("[底末]", parts.get("value") or ""):
        return found
    doubt = ("deadline.before_stretch", _("“季度前”“半年前”可以指开始前，也可以指结束前，现按结束前计"), _("请与交办单位核实"))
    return Due(found.due, basis=found.basis, doubt=doubt)


def _this_month(parts: Parts, known: Known) -> Due:
    day = _in_month(parts, known)
    return Due(month_end(day.year, day.month), basis=day.isoformat()) if day else _no_base()


def _in_month(parts: Parts, known: Known) -> date | None:
    """A day of the month that is meant: 本月, or 下月."""
    day = known.spoken_on
    return add_months(day.replace(day=1), 1) if day and parts.get("next") else day


def _day_of_month(parts: Parts, known: Known) -> Due:
    day = _in_month(parts, known)
    return Due(day.replace(day=_number(parts.get("d"))), basis=known.spoken_on.isoformat()) if day and known.spoken_on else _no_base()


def _day_alone(parts: Parts, known: Known) -> Due:
    """12日前: of the month that was named before, else of that of issue; what has passed there is of a month that nobody names."""
    near = known.last or known.spoken_on
    if near is None:
        return _no_base()
    due = near.replace(day=_number(parts.get("d")))
    return Due(due, basis=near.isoformat()) if due >= near else _no_start(None)


def _this_week(parts: Parts, known: Known) -> Due:
    """本周五前; 本周内 and 周末前 by its Sunday, 本月内 by the last of the month."""
    if parts.get("month"):
        return _this_month(parts, known)
    day = known.spoken_on
    if day is None:
        return _no_base()
    weekday = _WEEKDAYS.index((parts.get("day") or "日").replace("天", "日"))
    return Due(day + timedelta(days=weekday - day.weekday() + (7 if parts.get("next") else 0)), basis=day.isoformat())


def _this_day(parts: Parts, known: Known) -> Due:
    day = known.spoken_on
    return Due(day + timedelta(days=1 if parts.get("next") else 0), basis=day.isoformat()) if day else _no_base()


def _range(parts: Parts, known: Known) -> Due:
    first = parts.get("from")
    found = _point(parts, Known(known.base, known.year, int(first) if first else known.said))
    return Due(found.due, basis=f"{first}-01-01" if first else found.basis, doubt=found.doubt)


def _from_year(parts: Parts, known: Known) -> Due:
    year, _basis = _year(parts, known)
    count = parse_number(parts.get("n") or "")
    if year is None or not isinstance(count, int):
        return _no_start(None)
    return Due(date(year + count - 1, 12, 31), basis=f"{year}-01-01")


def _from_now(parts: Parts, known: Known) -> Due:
    basis = known.base.isoformat() if known.base else None
    if re.search("[到至]", parts.get("value") or ""):
        found = _point(parts, known)
        return Due(found.due, basis=basis or found.basis, doubt=found.doubt)
    return Due(period="immediate", basis=basis)


def _plan(parts: Parts, known: Known) -> Due:
    plan = find_plan(parts.get("plan") or "")
    return Due(plan.end, basis=plan.start.isoformat()) if plan else impossible()


def _horizon(parts: Parts, known: Known) -> Due:
    return Due(doubt=("deadline.plan_horizon", _("“规划期末”没有写明是哪一年"), _("请按规划的起止年份填写完成日期")))


def _counted(start: date, count: int | float, unit: str) -> Due:
    """``count`` units after ``start``, which is not counted."""
    basis = start.isoformat()
    if unit == "年" and count == 0.5:
        return Due(add_months(start, 6), basis=basis)
    if not isinstance(count, int):
        return _no_start(None)
    if "工作日" in unit:
        counted = _add_working_days(current_calendar(), start, count)
        doubt = ("deadline.provisional", _("该年节假日安排尚未公布，工作日只按周末推算"), _("放假通知公布后请复核"))
        return Due(counted.date, basis=basis, doubt=doubt if counted.provisional else None)
    if unit in ("年", "个月"):
        return Due(add_months(start, count * (12 if unit == "年" else 1)), basis=basis)
    return Due(start + timedelta(days=count * (7 if unit in ("周", "星期", "个星期") else 1)), basis=basis)


def _event(parts: Parts) -> str | None:
    """What the length runs from: within the phrase (自…起) or just before it (…后)."""
    before = _EVENT_BEFORE.search(parts.get("before") or "")
    return parts.get("event") or (before[1] if before else None)


def _hours(parts: Parts, known: Known) -> Due:
    return _no_start(_event(parts))


def _length(parts: Parts, known: Known) -> Due:
    event = _event(parts)
    if event and known.day and event.endswith(("会", "会议", "会议结束")) and not event.endswith(("委员会", "常委会", "理事会", "协会")):
        held = parse_number(parts.get("n") or "")
        return _counted(known.day, held, parts.get("unit") or "") if isinstance(held, int) else _no_start(event)
    if event is None or not _OWN_EVENT.fullmatch(event):
        return _no_start(event)
    count = parse_number(parts.get("n") or "")
    if count is None:
        return _no_start(event)
    return _counted(known.base, count, parts.get("unit") or "") if known.base else _no_base()


def _every_month(parts: Parts, known: Known) -> Due:
    return Due(period=f"month-day:{_number(parts['d'])}" if parts.get("d") else "month-end")


def _every_quarter(parts: Parts, known: Known) -> Due:
    nth = parts.get("nth")
    return Due(period=f"quarter-month-day:{_MONTHS_OF_QUARTER.get(nth, 3)}-{_number(parts.get('d'))}" if nth else "quarter-end")


def _every_year(parts: Parts, known: Known) -> Due:
    month, day, ten, quarter = parts.get("m"), parts.get("d"), parts.get("ten"), parts.get("q")
    if month and (day or ten in ("上", "中")):
        return Due(period=f"year-day:{_number(month):02d}-{_number(day) if day else 10 if ten == '上' else 20:02d}")
    if month:
        return Due(period=f"year-month-end:{_number(month)}")
    if parts.get("half"):
        return Due(period="year-month-end:6" if parts["half"] == "上" else "year-end")
    return Due(period=f"year-month-end:{3 * (_QUARTERS.get(quarter) or int(quarter))}" if quarter else "year-end")


def _every_week(parts: Parts, known: Known) -> Due:
    return Due(period=f"week-day:{_WEEKDAYS.index((parts.get('day') or '一').replace('天', '日')) + 1}")


def _every_day(parts: Parts, known: Known) -> Due:
    return Due(period="daily")


def _every_so_often(parts: Parts, known: Known) -> Due:
    """每10天, 逢双月: so many of a unit."""
    value, unit = parts.get("value") or "", parts.get("unit") or ""
    named = next((name for mark, name in _SPANS.items() if mark in (unit or value)), "months")
    return Due(period=f"every-{_number(parts.get('n')) or 2}-{named}")


def _every(parts: Parts, known: Known) -> Due:
    value = (parts.get("value") or "").lstrip("每按逐个")
    if parts.get("many"):
        return Due(period="two-yearly" if parts["many"] == "两" else "three-yearly")
    return Due(period=_CYCLES.get(value, "yearly"))


def _standing(parts: Parts, known: Known) -> Due:
    if not (parts.get("value") or "").startswith("全年"):
        return Due(period="standing")
    return Due(date(known.year, 12, 31), basis=str(known.year)) if known.year else no_year()


def _season(parts: Parts, known: Known) -> Due:
    """国庆节前 and 元旦前 have the same day every year; where no year is named, the next such day."""
    found = _DAY_BEFORE.get((parts.get("season") or "").strip("“”")[:2])
    year, basis = _year(parts, known)
    if not found or not year:
        return Due(doubt=("deadline.season", _("这个时节每年日期不同"), _("请按当年情况填写完成日期")))
    named = parts.get("y") or parts.get("rel")
    due = date(year - 1 if named and found == (12, 31) else year, *found)
    if not named and not known.said and known.base and due < known.base:
        due = due.replace(year=year + 1)
    return Due(due, basis=basis)


def _immediate(parts: Parts, known: Known) -> Due:
    return Due(period="immediate")


_MEANINGS: dict[str, Callable[[Parts, Known], Due]] = {
    "range": _range, "term": _range, "stage": _range, "days_open": _range, "days_in": _range, "from_year": _from_year, "from_now": _from_now, "by_half": _by_stretch, "by_quarter": _by_stretch,
    "before_month": _before_month, "before_year": _before_year, "before_season": _season, "school_opens": _season, "semester": _season, "by_this_month_end": _this_month, "by_day_of_month": _day_of_month, "by_day_alone": _day_alone, "by_weekday": _this_week, "within_week": _this_week, "by_this_day": _this_day, "plan_end": _plan, "plan_period": _plan,
    "plan_horizon": _horizon, "from_event": _length, "length": _length, "length_labelled": _length, "length_used": _length, "hours": _hours, "every_day": _every_day, "every_so_often": _every_so_often, "every_month": _every_month,
    "every_quarter": _every_quarter, "every_year": _every_year, "every_week": _every_week, "every": _every, "standing": _standing,
    "ongoing": _standing, "immediate": _immediate,
}  # fmt: skip


def meaning(rule: str, parts: Parts, known: Known) -> Due:
    """What the time limit found by ``rule`` means, by its named parts; never raises for a day that does not exist."""
    try:
        return _MEANINGS.get(rule.removeprefix("deadline."), _point)(parts, known)
    except (ValueError, OverflowError):
        return impossible()
