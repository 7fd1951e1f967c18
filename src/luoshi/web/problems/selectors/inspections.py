"""Inspections: the list, the yearly plan as a table of units and months, one inspection with its visits and clashes."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.audit.models import Record
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.buttons import Button
from luoshi.web.ledger.lights import Light
from luoshi.web.ledger.selectors.history import Line
from luoshi.web.ledger.workflow import available
from luoshi.web.orgs.models import Unit
from luoshi.web.problems import workflow
from luoshi.web.problems.clashes import Span, clash
from luoshi.web.problems.models import Inspection, Visit
from luoshi.web.problems.names import visit_state_names
from luoshi.web.problems.parties import parties_in, parties_to
from luoshi.web.problems.selectors import counted_visits, visible_inspections, visible_plan, visible_problems, visible_visits
from luoshi.web.problems.selectors.listing import light, with_counts
from luoshi.web.problems.selectors.page import lines_of
from luoshi.web.problems.workflow import InspectionState, VisitState

LOG = 40
MONTHS = range(1, 13)
ORDER = ("confirm", "reply", "settle", "tell")


class Cell(NamedTuple):
    """Visits to one unit in one month: how many the plan has, how many there are."""

    planned: int
    made: int


class PlanRow(NamedTuple):
    """One unit: its months, the year, how many visits are over the plan."""

    unit: Unit
    cells: list[Cell]
    planned: int
    made: int
    over: int


class Clash(NamedTuple):
    """Another visit to a unit that is visited here, near in time; ``merge`` is where the two are made one, for who may."""

    visit: Visit
    merge: str


@dataclass(frozen=True)
class VisitRow:
    """A visit with its light and buttons."""

    visit: Visit
    state: str
    light: Light
    buttons: list[Button]
    clashes: list[Clash]


@dataclass(frozen=True)
class InspectionPage:
    """The page."""

    inspection: Inspection
    visits: list[VisitRow]
    merged: list[Inspection]
    problems: list[Any]
    acts: set[str]
    ready: bool
    log: list[Line]


def inspections_listed(actor: Actor, year: int) -> QuerySet[Any]:
    """Those of a year, the latest first, with the visits that the reader may see."""
    shown = Prefetch("visits", queryset=visible_visits(actor).select_related("unit").order_by("unit__path"), to_attr="shown")
    found = visible_inspections(actor).filter(starts_on__year=year).select_related("unit", "merged_into").prefetch_related(shown)
    seen = Count("problems", filter=Q(problems__in=visible_problems(actor)), distinct=True)
    return found.annotate(problem_count=seen).order_by("-starts_on", "-pk")


def year_table(actor: Actor, year: int) -> list[PlanRow]:
    """The plan of the actor's unit and the visits of its inspections, in the fixed order of units."""
    planned: dict[int, Counter[int]] = defaultdict(Counter)
    for pk, month, visits in visible_plan(actor).filter(year=year).values_list("visited", "month").annotate(n=Sum("visits")).order_by():
        planned[pk][month] += visits
    made: dict[int, Counter[int]] = defaultdict(Counter)
    over: Counter[int] = Counter()
    visits_made = counted_visits(actor.units).filter(inspection__starts_on__year=year) if actor.roles else Visit.objects.none()
    for pk, starts_on, beyond in visits_made.values_list("unit", "inspection__starts_on", "over_plan"):
        made[pk][starts_on.month] += 1
        over[pk] += beyond
    units = Unit.objects.filter(pk__in=planned.keys() | made.keys()).order_by("path")
    return [
        PlanRow(unit, [Cell(planned[unit.pk][n], made[unit.pk][n]) for n in MONTHS], planned[unit.pk].total(), made[unit.pk].total(), over[unit.pk])
        for unit in units
    ]


def inspection_page(actor: Actor, pk: int, on: date) -> InspectionPage:
    """The page. Raises Inspection.DoesNotExist where the reader may not see it; visits to others are not there for a visited unit."""
    inspection = visible_inspections(actor).select_related("unit", "merged_into").get(pk=pk)
    visits = list(visible_visits(actor).filter(inspection=pk).select_related("unit").order_by("unit__path"))
    for visit in visits:
        visit.inspection = inspection
    parties = parties_in(actor, inspection)
    acts = {row.act for row in available(workflow.INSPECTIONS, inspection.state, parties=parties, user_id=actor.user_id)}
    near = _near(actor, inspection, [visit.unit_id for visit in visits]) if inspection.state == InspectionState.ARRANGED else {}
    settled = all(visit.state in (VisitState.CONFIRMED, VisitState.SETTLED) for visit in visits)
    problems = with_counts(visible_problems(actor).filter(inspection=pk), on).order_by("pk")
    return InspectionPage(
        inspection=inspection,
        visits=[_visit_row(visit, actor, on, near.get(visit.unit_id, []), "merge" in acts) for visit in visits],
        merged=list(visible_inspections(actor).filter(merged_into=pk).order_by("pk")),
        problems=[(one, light(one, on)) for one in problems],
        acts=acts,
        ready="conclude" in acts and settled,
        log=lines_of(_log(inspection, visits)),
    )


def clashing(actor: Actor, inspection: Inspection) -> list[Inspection]:
    """Other arranged inspections of the same unit that visit a unit of this one near in time: with which it can be merged."""
    units = list(inspection.visits.values_list("unit_id", flat=True))
    near = _near(actor, inspection, units)
    found = {visit.inspection_id: visit.inspection for visits in near.values() for visit in visits if visit.inspection.unit_id == inspection.unit_id}
    return list(found.values())


def _near(actor: Actor, inspection: Inspection, units: Collection[int]) -> dict[int, list[Visit]]:
    """Unit → visits of other arranged inspections that clash with this one, as far as the reader may see them."""
    others = visible_visits(actor).filter(unit__in=units, inspection__state=InspectionState.ARRANGED).exclude(inspection=inspection.pk)
    span = Span(inspection.starts_on, inspection.ends_on)
    found: dict[int, list[Visit]] = defaultdict(list)
    for visit in others.select_related("inspection__unit").order_by("inspection__starts_on", "pk"):
        if clash(span, Span(visit.inspection.starts_on, visit.inspection.ends_on), working_calendar()):
            found[visit.unit_id].append(visit)
    return found


def _visit_row(visit: Visit, actor: Actor, on: date, near: list[Visit], merges: bool) -> VisitRow:
    buttons = []
    if visit.inspection.state == InspectionState.ARRANGED:
        offered = {row.act for row in available(workflow.VISITS, visit.state, parties=parties_to(actor, visit), user_id=actor.user_id, keys={"told": visit.told_by_id})}
        if visit.state == VisitState.TOLD and visit.answer_by is not None and on <= visit.answer_by:
            offered.discard("settle")
        verbs = _verbs()
        buttons = [Button(act, verbs[act], reverse(f"visit_{act}", args=[visit.pk])) for act in ORDER if act in offered]
    own = visit.inspection.unit_id
    clashes = [Clash(one, reverse("inspection_merge", args=[visit.inspection_id]) if merges and one.inspection.unit_id == own else "") for one in near]
    return VisitRow(visit, visit_state_names()[visit.state], _light(visit, on), buttons, clashes)


def _light(visit: Visit, on: date) -> Light:
    if visit.state == VisitState.TOLD and visit.answer_by is not None:
        late = on > visit.answer_by
        return Light("yellow", _("逾期未回复")) if late else Light("blue", _("待确认"))
    if visit.state == VisitState.REPLIED:
        return Light("yellow", _("有不同意见"))
    return Light("green", visit_state_names()[visit.state]) if visit.state != VisitState.AHEAD else Light("grey", _("未反馈事实"))


def _log(inspection: Inspection, visits: list[Visit]) -> QuerySet[Record]:
    """What was done to the inspection and to the visits that the reader may see."""
    subjects = [f"inspection:{inspection.pk}", *(f"visit:{visit.pk}" for visit in visits)]
    return Record.objects.filter(subject__in=subjects).order_by("-seq")[:LOG]


def _verbs() -> dict[str, str]:
    return {"tell": _("反馈事实"), "confirm": _("确认"), "reply": _("提出不同意见"), "settle": _("认定事实")}
