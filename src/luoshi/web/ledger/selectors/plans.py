"""The plan of a matter as pages show it: milestones with their lights, a chart per indicator, the proposal that waits, the next reporting day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.templatetags.pages import day
from luoshi.web.ledger.charts import Chart, chart
from luoshi.web.ledger.lights import Light, Point
from luoshi.web.ledger.models import Matter, Milestone, Plan, Report, Target
from luoshi.web.ledger.names import plan_light
from luoshi.web.ledger.periods import Period, cadence_names, period_of, period_to_answer
from luoshi.web.ledger.plans import PlanContent
from luoshi.web.ledger.selectors.working import accepted_values, curves_of, last_values
from luoshi.web.ledger.standing import is_falling
from luoshi.web.ledger.workflow import OPEN, PlanState, ReportState, State


class Indicator(NamedTuple):
    """A target with its curve, the values that count, and the picture of both."""

    target: Target
    curve: Sequence[Point]
    values: Sequence[Point]
    chart: Chart
    falling: bool


class Step(NamedTuple):
    """A milestone and where it stands."""

    milestone: Milestone
    light: Light


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan of a matter as it holds, and what waits to be agreed."""

    agreed: bool
    cadence: str
    next_report: Period | None
    steps: tuple[Step, ...]
    indicators: tuple[Indicator, ...]
    waiting: Plan | None
    running: bool  # the matter is worked on
    returned: Plan | None  # the last one, where it came back and nothing followed


def plan_of(matter: Matter, on: date, *, reports: Sequence[Report] | None = None) -> PlanView:
    """The plan of a matter on a day; ``reports`` are all of them with their readings, where the caller has read them."""
    last = matter.plans.select_related("author", "decided_by").order_by("-proposed_at", "-pk").first()
    return PlanView(
        agreed=matter.plan_agreed_at is not None,
        cadence=cadence_names().get(matter.cadence, ""),
        next_report=coming_report(matter, next_report(matter, on, reports)),
        steps=tuple(Step(one, step_light(one.due_on, one.done_on, on)) for one in matter.milestones.order_by("due_on", "pk")),
        indicators=indicators_of(matter, on, values=None if reports is None else accepted_values(reports)),
        waiting=last if last is not None and last.state == PlanState.PROPOSED else None,
        running=matter.state in OPEN,
        returned=last if last is not None and last.state == PlanState.RETURNED else None,
    )


def indicators_of(
    matter: Matter, on: date, curves: Mapping[int, tuple[Point, ...]] | None = None, values: Mapping[int, list[Point]] | None = None
) -> tuple[Indicator, ...]:
    """Every target with its chart; ``curves`` are those of a plan that is only thought of, ``values`` those that the caller has read."""
    targets = list(matter.targets.order_by("order", "pk"))
    keys = [target.pk for target in targets]
    drawn = curves if curves is not None else curves_of(keys)
    told = values if values is not None else last_values(keys)
    found = []
    for target in targets:
        curve, reached = drawn.get(target.pk, ()), told.get(target.pk, [])
        picture = chart(target.indicator, target.unit, curve, reached, on, target.value)
        found.append(Indicator(target, curve, reached, picture, is_falling(target.comparator)))
    return tuple(found)


def next_report(matter: Matter, on: date, reports: Sequence[Report] | None = None) -> Period | None:
    """The period that the next report of the lead answers, while reports are asked for."""
    if matter.plan_agreed_at is None or not matter.cadence or matter.state not in OPEN - {State.SUSPENDED}:
        return None
    end = period_to_answer(matter.cadence, timezone.localtime(matter.plan_agreed_at).date(), on, _answered(matter, reports))
    return period_of(end, working_calendar()) if end else None


def coming_report(matter: Matter, period: Period | None) -> Period | None:
    """The period whose report is still to come: nothing is reported once the work was submitted, or after it is due."""
    late = period is not None and matter.due_on is not None and period.due_on > matter.due_on
    return None if late or matter.state == State.SUBMITTED else period


def _answered(matter: Matter, reports: Sequence[Report] | None) -> date | None:
    """The last period that the lead has answered."""
    away = (ReportState.FILED, ReportState.ACCEPTED)
    if reports is not None:
        return max((one.period_end for one in reports if one.unit_id == matter.lead_id and one.state in away and one.period_end), default=None)
    told = matter.reports.filter(unit_id=matter.lead_id or 0, state__in=away, period_end__isnull=False)
    return told.order_by("-period_end").values_list("period_end", flat=True).first()


def step_light(due_on: date, done_on: date | None, on: date) -> Light:
    """Where a milestone stands on a day."""
    if done_on is not None:
        return Light("green", _("已完成"))
    if due_on < on:
        return Light("yellow", _("过期 {n} 天").format(n=(on - due_on).days))
    return Light("grey", _("未到节点"))


class Change(NamedTuple):
    """One line of what a proposed plan changes."""

    what: str
    before: str
    after: str


def changes_between(old: PlanContent, new: PlanContent, names: dict[int, str]) -> list[Change]:
    """What a proposal changes in the plan that holds."""
    found: list[Change] = []
    called = cadence_names()
    if old.cadence != new.cadence:
        found.append(Change(_("反馈频次"), called.get(old.cadence, ""), called.get(new.cadence, "")))
    before, after = {one.title: one.due_on for one in old.steps}, {one.title: one.due_on for one in new.steps}
    for title in dict.fromkeys([*before, *after]):
        if before.get(title) != after.get(title):
            found.append(Change(title, day(before.get(title)), day(after.get(title))))
    for target in dict.fromkeys([*old.curves, *new.curves]):
        if old.curves.get(target) != new.curves.get(target):
            found.append(Change(names.get(target, ""), _drawn(old.curves.get(target, ())), _drawn(new.curves.get(target, ()))))
    return found


def _drawn(curve: Sequence[Point]) -> str:
    return _("；").join(f"{day(point.on)} {point.value:g}" for point in curve) or "—"


def proposal_light(plan: Plan) -> Light:
    """Where a plan that was put forward stands."""
    return plan_light(plan.state)
