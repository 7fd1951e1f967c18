"""What lights are made of, gathered for many matters at once in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery, Value
from django.utils import timezone

from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.ledger.lights import Course, Light, Point, Standing, is_behind, light_of, marks
from luoshi.web.ledger.models import CurvePoint, Matter, Milestone, Reading, Report, Target
from luoshi.web.ledger.periods import last_asked
from luoshi.web.ledger.workflow import OPEN, ReportState, State

BATCH = 5000
"""Matters per round of queries: a database takes so many numbers in one question, and not many more."""

Marks = tuple[Light, Light, Light]
Matters = list[int] | QuerySet[Any, Any]
"""Matters: their numbers, or the question that finds them."""
_AWAY = frozenset({ReportState.FILED, ReportState.ACCEPTED})


def standings(matters: Iterable[Matter], on: date) -> dict[int, Standing]:
    """The standing of each matter on a day; its curves as its own fact tells. Matters that are not open are asked nothing of; two queries for the others."""
    rows = list(matters)
    found: dict[int, Standing] = {}
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        gathered = _gather([row for row in batch if row.state in OPEN], on)
        found.update((row.pk, _standing(row, gathered.get(row.pk, _Gathered()), on)) for row in batch)
    return found


def lights_of(matters: Iterable[Matter], on: date) -> dict[int, tuple[Light, Marks]]:
    """The light of each matter on a day, and its three marks: reported? on plan? verified?"""
    return {pk: shown(one, on) for pk, one in standings(matters, on).items()}


def behind_curve(matters: QuerySet[Matter]) -> list[int]:
    """Those of ``matters`` whose last accepted value is worse than the agreed curve. Two queries, whatever their number."""
    courses = _courses(matters.order_by().values("pk"))
    return [pk for pk, of_targets in courses.items() if any(is_behind(course) for course in of_targets)]


def shown(standing: Standing, on: date) -> tuple[Light, Marks]:
    """The light and the three marks of a standing."""
    return light_of(standing, on, working_calendar(), blue_days=settings.OPTIONS["blue_days"]), marks(standing)


def standing_of(matter: Matter, *, reports: Iterable[Report], milestones: Iterable[Milestone], courses: Iterable[Course], on: date) -> Standing:
    """The standing of one matter whose rows are in memory already: all its reports with their milestones, its milestones, its courses."""
    filed = sorted((one for one in reports if one.filed_at and one.unit_id == matter.lead_id), key=lambda one: (one.filed_at, one.pk))
    gathered = _Gathered([_Told(one.state, one.period_end, one.filed_at, one.reviewed_at) for one in filed])
    if matter.plan_agreed_at is not None and matter.state in OPEN:
        claimed: dict[int, date] = {}
        for one in filed:
            if one.state == ReportState.FILED and one.filed_at:
                claimed |= {step.pk: timezone.localtime(one.filed_at).date() for step in one.milestones.all()}
        late = (step for step in milestones if step.due_on < on and step.done_on is None)
        gathered.missed = sum(step.pk not in claimed or claimed[step.pk] > step.due_on for step in late)
        gathered.under_curve = any(is_behind(course) for course in courses)
    return _standing(matter, gathered if matter.state in OPEN else _Gathered(), on)


@dataclass(slots=True)
class _Told:
    """One report that has left its unit, or came back to it."""

    state: str
    period_end: date | None
    filed_at: datetime | None
    reviewed_at: datetime | None


@dataclass(slots=True)
class _Gathered:
    """What the tables say about one matter."""

    reports: list[_Told] = field(default_factory=list)
    missed: int = 0
    under_curve: bool = False


def _gather(matters: Sequence[Matter], on: date) -> dict[int, _Gathered]:
    found: dict[int, _Gathered] = {matter.pk: _Gathered() for matter in matters}
    if not found:
        return found
    leads = {matter.pk: matter.lead_id for matter in matters}
    columns = ("matter_id", "unit_id", "state", "period_end", "filed_at", "reviewed_at")
    for pk, unit, state, *told in Report.objects.filter(matter__in=leads, filed_at__isnull=False).order_by("filed_at", "pk").values_list(*columns):
        if unit == leads[pk]:
            found[pk].reports.append(_Told(state, *told))
    planned = [matter for matter in matters if matter.plan_agreed_at is not None]
    for pk in _missed([matter.pk for matter in planned], on):
        found[pk].missed += 1
    for matter in planned:
        found[matter.pk].under_curve = matter.under_curve
    return found


def _missed(planned: list[int], on: date) -> QuerySet[Any, int]:
    """The matter of each step that is past and open."""
    late: QuerySet[Any, int] = open_steps().filter(matter__in=planned, due_on__lt=on).values_list("matter_id", flat=True)
    return late


def open_steps() -> QuerySet[Milestone]:
    """Steps that are not done; one that a report claimed in time waits for its review and is not open."""
    claims = Report.milestones.through.objects.filter(milestone=OuterRef("pk"), report__state=ReportState.FILED, report__filed_at__date__lte=OuterRef("due_on"))
    return Milestone.objects.filter(~Exists(claims), done_on=None)


def _courses(matters: Matters) -> dict[int, list[Course]]:
    """The agreed curves with the last accepted value of each. One query; the day that a report was filed is looked up row by row: joined, SQLite tries every report with every target."""
    points = CurvePoint.objects.filter(target__matter__in=matters).order_by().annotate(told_at=Value(None, DateTimeField()))
    of_target = ("target_id", "target__matter_id", "target__comparator", "target__order", "target__unit")
    filed_at = Subquery(Report.objects.filter(pk=OuterRef("report"), state=ReportState.ACCEPTED).values("filed_at"))
    readings = Reading.objects.filter(target__in=Target.objects.filter(matter__in=matters).values("pk")).order_by()
    told = readings.annotate(matter=Value(0), falls=Value(""), place=Value(0), counts=Value(""), told_at=filed_at)
    rows = points.values_list(*of_target, "on", "value", "told_at", "pk").union(told.values_list("target_id", "matter", "falls", "place", "counts", "as_of", "value", "told_at", "pk"), all=True)
    curves: dict[tuple[int, int, int, str, str], list[Point]] = defaultdict(list)
    last: dict[int, tuple[date, datetime, int, float]] = {}
    for target, matter, comparator, place, unit, on, value, told_at, pk in rows:
        if matter:
            curves[place, target, matter, comparator, unit].append(Point(on, value))
        elif told_at is not None:
            one = (on, told_at, pk, value)
            last[target] = max(last.get(target, one), one)
    found: dict[int, list[Course]] = defaultdict(list)
    for (_place, target, matter, comparator, unit), curve in sorted(curves.items(), key=lambda one: one[0][:2]):
        on, value = (last[target][0], last[target][3]) if target in last else (None, None)
        found[matter].append(Course(tuple(sorted(curve)), value, on, falling=is_falling(comparator), unit=unit))
    return found


def is_falling(comparator: str) -> bool:
    """True where lower is better."""
    return comparator[:1] in ("≤", "<", "＜")


def _standing(matter: Matter, gathered: _Gathered, on: date) -> Standing:
    reports = gathered.reports
    period = None
    if matter.plan_agreed_at is not None and matter.state in OPEN:
        period = last_asked(matter.cadence, timezone.localtime(matter.plan_agreed_at).date(), on, working_calendar())
    answers = [told for told in reports if period and told.period_end and told.period_end >= period.end and told.state in _AWAY]
    last = reports[-1] if reports else None
    return Standing(
        state=matter.state,
        due_on=matter.due_on,
        signed=matter.signed_at is not None,
        planned=matter.plan_agreed_at is not None,
        missed_milestones=gathered.missed,
        under_curve=gathered.under_curve,
        # A returned report that its unit is writing anew still waits to follow.
        returned=last is not None and last.state not in _AWAY and last.reviewed_at is not None,
        report_due_on=period.due_on if period else None,
        reported=bool(answers),
        accepted=any(told.state == ReportState.ACCEPTED for told in answers),
        waiting=matter.state == State.SUBMITTED or any(told.state == ReportState.FILED for told in reports),
    )
