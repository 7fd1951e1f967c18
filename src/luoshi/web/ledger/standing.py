"""What lights are made of, gathered for many matters at once in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from luoshi.calendar import WorkingCalendar
from luoshi.web.ledger.lights import Course, Light, Point, Standing, light_of, marks
from luoshi.web.ledger.models import CurvePoint, Matter, Milestone, Reading, Report, Target
from luoshi.web.ledger.periods import last_asked
from luoshi.web.ledger.workflow import OPEN, ReportState, State

CALENDAR = WorkingCalendar()
BATCH = 5000
"""Matters per round of queries: a database takes so many numbers in one question, and not many more."""

Marks = tuple[Light, Light, Light]
_AWAY = frozenset({ReportState.FILED, ReportState.ACCEPTED})


def standings(matters: Iterable[Matter], on: date) -> dict[int, Standing]:
    """The standing of each matter on a day. Matters that are not open are asked nothing of; six queries for the others."""
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


def shown(standing: Standing, on: date) -> tuple[Light, Marks]:
    """The light and the three marks of a standing."""
    return light_of(standing, on, CALENDAR, blue_days=settings.OPTIONS["blue_days"]), marks(standing)


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
        gathered.courses = tuple(courses)
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
    courses: tuple[Course, ...] = ()


def _gather(matters: Sequence[Matter], on: date) -> dict[int, _Gathered]:
    found: dict[int, _Gathered] = {matter.pk: _Gathered() for matter in matters}
    if not found:
        return found
    leads = {matter.pk: matter.lead_id for matter in matters}
    columns = ("pk", "matter_id", "unit_id", "state", "period_end", "filed_at", "reviewed_at")
    accepted: dict[int, datetime] = {}
    for report, pk, unit, state, *told in Report.objects.filter(matter__in=leads, filed_at__isnull=False).order_by("filed_at", "pk").values_list(*columns):
        if state == ReportState.ACCEPTED:
            accepted[report] = told[1]
        if unit == leads[pk]:
            found[pk].reports.append(_Told(state, *told))
    planned = [matter.pk for matter in matters if matter.plan_agreed_at is not None]
    for pk in _missed(planned, on):
        found[pk].missed += 1
    for pk, courses in _courses(planned, accepted).items():
        found[pk].courses = tuple(course for _target, course in courses)
    return found


def _missed(planned: list[int], on: date) -> Iterator[int]:
    """The matter of each milestone that is past and not done; one that a report claimed in time waits for its review and is not missed."""
    late = Milestone.objects.filter(matter__in=planned, due_on__lt=on, done_on__isnull=True).values_list("pk", "matter_id", "due_on")
    milestones = {pk: (matter, due_on) for pk, matter, due_on in late}
    claims = Report.milestones.through.objects.filter(milestone__in=milestones, report__state=ReportState.FILED)
    claimed = {
        pk for pk, at in claims.values_list("milestone_id", "report__filed_at") if at and timezone.localtime(at).date() <= milestones[pk][1]
    }
    return (matter for pk, (matter, _due) in milestones.items() if pk not in claimed)


def _courses(planned: list[int], accepted: Mapping[int, datetime]) -> dict[int, list[tuple[int, Course]]]:
    """``accepted``: report → when it was filed. Readings are asked for by target alone: joined to their reports, SQLite tries every report with every target."""
    curves: dict[int, list[Point]] = defaultdict(list)
    for target, on, value in CurvePoint.objects.filter(target__matter__in=planned).order_by("on").values_list("target_id", "on", "value"):
        curves[target].append(Point(on, value))
    values: dict[int, tuple[date, float]] = {}
    told = Reading.objects.filter(target__in=list(curves)).values_list("as_of", "report_id", "pk", "target_id", "value")
    counting = sorted((as_of, accepted[report], pk, target, value) for as_of, report, pk, target, value in told if report in accepted)
    for as_of, _filed, _pk, target, value in counting:
        values[target] = (as_of, value)
    found: dict[int, list[tuple[int, Course]]] = defaultdict(list)
    for pk, matter, comparator in Target.objects.filter(pk__in=list(curves)).order_by("order", "pk").values_list("pk", "matter_id", "comparator"):
        last = values.get(pk)
        found[matter].append((pk, Course(tuple(curves[pk]), last[1] if last else None, last[0] if last else None, falling=is_falling(comparator))))
    return found


def is_falling(comparator: str) -> bool:
    """True where lower is better."""
    return comparator[:1] in ("≤", "<", "＜")


def _standing(matter: Matter, gathered: _Gathered, on: date) -> Standing:
    reports = gathered.reports
    period = None
    if matter.plan_agreed_at is not None and matter.state in OPEN:
        period = last_asked(matter.cadence, timezone.localtime(matter.plan_agreed_at).date(), on, CALENDAR)
    answers = [told for told in reports if period and told.period_end and told.period_end >= period.end and told.state in _AWAY]
    last = reports[-1] if reports else None
    return Standing(
        state=matter.state,
        due_on=matter.due_on,
        signed=matter.signed_at is not None,
        planned=matter.plan_agreed_at is not None,
        missed_milestones=gathered.missed,
        courses=gathered.courses,
        # A returned report that its unit is writing anew still waits to follow.
        returned=last is not None and last.state not in _AWAY and last.reviewed_at is not None,
        report_due_on=period.due_on if period else None,
        reported=bool(answers),
        accepted=any(told.state == ReportState.ACCEPTED for told in answers),
        waiting=matter.state == State.SUBMITTED or any(told.state == ReportState.FILED for told in reports),
    )
