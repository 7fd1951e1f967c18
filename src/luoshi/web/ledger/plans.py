"""What a plan says: milestones, curves, how often is reported; and whether it can hold. No Django, no clock: dates are passed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.ledger.lights import Point
from luoshi.web.ledger.periods import CADENCES, end_on_or_after

MOST_MILESTONES = 30
MOST_POINTS = 40


class Step(NamedTuple):
    """A milestone as it is planned."""

    title: str
    due_on: date

CURVE = "curve"


@dataclass(frozen=True, slots=True)
class Goal:
    """What is known of a target where a curve for it is planned."""

    indicator: str
    value: float | None
    falling: bool


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Milestones in the order of their days, a curve per target, and the cadence of reports (empty: by milestones alone)."""

    cadence: str = ""
    steps: tuple[Step, ...] = ()
    curves: Mapping[int, tuple[Point, ...]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """``CURVE`` where an indicator is followed, else ``milestones``."""
        return CURVE if self.curves else "milestones"

    def plain(self) -> dict[str, Any]:
        """As it is kept and as the audit tells it."""
        return {
            "cadence": self.cadence,
            "milestones": [{"title": step.title, "due_on": step.due_on.isoformat()} for step in self.steps],
            "curves": {str(target): [{"on": point.on.isoformat(), "value": point.value} for point in curve] for target, curve in self.curves.items()},
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "PlanContent":
        """What ``plain`` kept."""
        steps = tuple(Step(one["title"], date.fromisoformat(one["due_on"])) for one in plain.get("milestones", ()))
        curves = {
            int(target): tuple(Point(date.fromisoformat(one["on"]), float(one["value"])) for one in points)
            for target, points in plain.get("curves", {}).items()
        }
        return cls(plain.get("cadence", ""), steps, curves)


def settled(content: PlanContent) -> PlanContent:
    """The same plan with everything in the order of its days and without empty curves."""
    curves = {target: tuple(sorted(curve)) for target, curve in sorted(content.curves.items()) if curve}
    return PlanContent(content.cadence, tuple(sorted(content.steps, key=lambda step: (step.due_on, step.title))), curves)


def check(content: PlanContent, goals: Mapping[int, Goal], due_on: date | None) -> None:
    """Raises RuleBroken where the plan says nothing, goes past the deadline, or its curve does not reach the target."""
    if content.cadence and content.cadence not in CADENCES:
        raise RuleBroken(_("没有这种反馈频次。"), hint=_("请从列表里选。"))
    if not content.steps and not content.curves:
        raise RuleBroken(_("计划里还没有节点，也没有指标曲线。"), hint=_("请至少填一个节点，或者给一个指标排出进度。"))
    if len(content.steps) > MOST_MILESTONES:
        raise RuleBroken(_("节点最多 {n} 个。").format(n=MOST_MILESTONES), hint=_("请合并相近的节点。"))
    titles = [step.title for step in content.steps]
    if len(set(titles)) < len(titles):
        raise RuleBroken(_("有两个节点名称相同。"), hint=_("请改得能分清。"))
    for step in content.steps:
        if due_on is not None and step.due_on > due_on:
            raise RuleBroken(_("节点“{title}”晚于办理时限。").format(title=step.title), hint=_("请提前，或者先申请延期。"))
    for target, curve in content.curves.items():
        if target not in goals:
            raise RuleBroken(_("计划里有一个指标不属于这件事。"), hint=_("请刷新页面后重填。"))
        _check_curve(curve, goals[target], due_on)


def _check_curve(curve: Sequence[Point], goal: Goal, due_on: date | None) -> None:
    days = [point.on for point in curve]
    if len(curve) < 2:
        raise RuleBroken(_("“{name}”的曲线至少要两个点。").format(name=goal.indicator), hint=_("请填起点和终点。"))
    if len(curve) > MOST_POINTS:
        raise RuleBroken(_("“{name}”的曲线最多 {n} 个点。").format(name=goal.indicator, n=MOST_POINTS))
    if len(set(days)) < len(days):
        raise RuleBroken(_("“{name}”的曲线有一天填了两个值。").format(name=goal.indicator), hint=_("请删去一个。"))
    if due_on is not None and max(days) > due_on:
        raise RuleBroken(_("“{name}”的曲线晚于办理时限。").format(name=goal.indicator), hint=_("终点不能晚于时限。"))
    last = max(curve).value
    if goal.value is not None and (last > goal.value + 1e-9 if goal.falling else last < goal.value - 1e-9):
        raise RuleBroken(
            _("“{name}”的曲线终点是 {last:g}，没有达到目标 {value:g}。").format(name=goal.indicator, last=last, value=goal.value),
            hint=_("终点要达到目标值；目标做不到的，请申请延期或提级协调。"),
        )


def straight_line(start: Point, end: Point, cadence: str) -> tuple[Point, ...]:
    """From ``start`` to ``end`` with a point at the end of every period between (every quarter where no cadence is given)."""
    if end.on <= start.on:
        return (start,)
    days, day = [], end_on_or_after(cadence if cadence in CADENCES else "quarterly", start.on)
    while day < end.on:
        if day > start.on:
            days.append(day)
        day = end_on_or_after(cadence if cadence in CADENCES else "quarterly", date.fromordinal(day.toordinal() + 1))
    step = -(-len(days) // (MOST_POINTS - 2)) if days else 1
    span = (end.on - start.on).days
    between = (Point(on, round(start.value + (end.value - start.value) * (on - start.on).days / span, 2)) for on in days[::step])
    return (start, *between, end)
