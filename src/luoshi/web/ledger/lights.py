"""Lights: computed from dates, plan and reports, never stored. No Django, no clock: the day is passed in.

red ■ overdue > yellow ▲ behind plan, a missed milestone, returned > blue ◆ at most three working days to due > green ● on plan > grey ○
not due yet, suspended, no plan. Accepted and closed matters show none. Three questions have three marks: reported? on plan? verified?
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from luoshi.calendar import WorkingCalendar
from luoshi.text.language import _
from luoshi.web.ledger.workflow import DONE, ENDED, OPEN, State

Colour = Literal["red", "yellow", "blue", "green", "grey"]
ORDER: tuple[Colour, ...] = ("red", "yellow", "blue", "green", "grey")


class Light(NamedTuple):
    """A colour and the word that stands beside it; an empty colour shows nothing."""

    colour: Colour | Literal[""]
    word: str


class Point(NamedTuple):
    """What an indicator should be on a day."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Course:
    """One indicator: the agreed curve and the last accepted value with its day; ``falling`` where lower is better, ``unit`` what is counted."""

    curve: tuple[Point, ...]
    value: float | None
    as_of: date | None
    falling: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a light is made of."""

    state: str
    due_on: date | None
    signed: bool
    planned: bool
    missed_milestones: int = 0
    under_curve: bool = False  # the last accepted value of an indicator lies there
    returned: bool = False  # the last report or submission came back and nothing has followed
    report_due_on: date | None = None  # the last reporting day that has passed
    reported: bool = False  # a report for it was filed
    accepted: bool = False  # … and accepted
    waiting: bool = False  # filed, not reviewed yet


_WHOLE = frozenset(["个", "家", "所", "处", "座", "项", "条", "件", "场", "场次", "次", "人次", "轮", "期", "名", "人", "位", "户", "户次", "批", "批次", "支", "套", "台", "辆", "张", "份", "篇", "部", "本", "村", "镇", "县", "个村", "宗", "起", "例", "间", "栋", "幢", "盏", "口", "种", "类", "门", "款"])
"""Units of things that there are no parts of."""


def planned_value(curve: Sequence[Point], on: date, unit: str = "") -> float | None:
    """序时进度: the agreed value on a day, straight between two points; None before the first, the last one after it. Of what is counted
    (``unit`` 所, 次) nobody owes a part: 0.62所 is none yet.
    """
    if not curve or on < curve[0].on:
        return None
    for left, right in pairwise(curve):
        if left.on <= on <= right.on:
            share = (on - left.on).days / max(1, (right.on - left.on).days)
            value = left.value + (right.value - left.value) * share
            return value if unit not in _WHOLE else float(math.floor(value + 1e-9) if right.value >= left.value else math.ceil(value - 1e-9))
    return curve[-1].value


def is_behind(course: Course) -> bool:
    """True where the last accepted value is worse than the curve was on its day."""
    if course.value is None or course.as_of is None:
        return False
    wanted = planned_value(course.curve, course.as_of, course.unit)
    if wanted is None:
        return False
    return course.value > wanted + 1e-9 if course.falling else course.value < wanted - 1e-9


def light_of(standing: Standing, on: date, calendar: WorkingCalendar, *, blue_days: int = 3) -> Light:
    """The light of a matter on a day."""
    if standing.state in DONE or standing.state in ENDED or standing.state not in OPEN:
        return Light("", "")
    if standing.state == State.SUSPENDED:
        return Light("grey", _("已挂起"))
    if standing.due_on is not None and on > standing.due_on and standing.state != State.SUBMITTED:
        return Light("red", _("逾期 {n} 天").format(n=(on - standing.due_on).days))
    if standing.returned:
        return Light("yellow", _("已退回"))
    if standing.missed_milestones:
        return Light("yellow", _("节点未完成"))
    if standing.under_curve:
        return Light("yellow", _("滞后"))
    if standing.due_on is not None and standing.state != State.SUBMITTED and standing.due_on < blue_before(on, calendar, blue_days):
        left = working_days_left(standing.due_on, on, calendar)
        if left == 0:
            return Light("blue", _("今天到期") if standing.due_on == on else _("下个工作日前到期"))
        return Light("blue", _("{n} 个工作日内到期").format(n=left))
    if not standing.planned:
        return Light("grey", _("未定计划") if standing.signed else _("未到节点"))
    if standing.report_due_on is None or standing.accepted:
        return Light("green", _("按序时"))
    return Light("grey", _("待审")) if standing.reported else Light("yellow", _("未报"))


@lru_cache(maxsize=64)
def blue_before(on: date, calendar: WorkingCalendar, blue_days: int) -> date:
    """The first day that is too far away for blue: of a due day before it, at most ``blue_days`` working days are left."""
    return calendar.add_working_days(on, blue_days + 1).date


def working_days_left(due_on: date, on: date, calendar: WorkingCalendar) -> int:
    """Working days after ``on`` up to the due day; 0 on the day itself."""
    left, day = 0, on
    while day < due_on:
        day = calendar.add_working_days(day, 1).date
        if day <= due_on:
            left += 1
    return left


def marks(standing: Standing) -> tuple[Light, Light, Light]:
    """The three marks: reported? on plan? verified? What is over is asked for nothing more, and says so."""
    if standing.state in DONE or standing.state in ENDED:
        verified = Light("green", _("已核实")) if standing.state in DONE else Light("grey", _("未核实"))
        return Light("grey", _("不再报送")), Light("grey", _over()[standing.state]), verified
    if standing.report_due_on is None:
        reported = Light("grey", _("未到报送期"))
    else:
        reported = Light("green", _("本期已报")) if standing.reported else Light("red", _("本期未报"))
    if not standing.planned:
        on_plan = Light("grey", _("未定计划"))
    elif standing.missed_milestones or standing.under_curve:
        on_plan = Light("yellow", _("滞后"))
    else:
        on_plan = Light("green", _("按序时"))
    if standing.returned:
        verified = Light("yellow", _("已退回"))
    elif standing.waiting:
        verified = Light("blue", _("待审"))
    else:
        verified = Light("green", _("已核实")) if standing.accepted else Light("grey", _("未核实"))
    return reported, on_plan, verified


def _over() -> dict[str, str]:
    """How a matter ended that nobody works on any more."""
    told: dict[str, str] = {State.ACCEPTED: _("已办结"), State.STANDING: _("长期坚持"), State.CLOSED: _("已销号"), State.TERMINATED: _("已终止"), State.MERGED: _("已并案")}
    return told | {State.DISCARDED: _("已放弃"), State.DECLINED: _("不予立项")}
