"""Reading problems and inspections. Every read starts at ``visible_problems`` or ``visible_inspections``; what is outside them is not there.

A problem is seen by the unit that found it, the one that has it, those that help, and by those above in the chain of the matter that it was found in or that was
raised because of it. An inspection is seen by the unit that sends it and by those it visits; a visited unit sees its own visit, not those of others.
Administrators and people without a post see none.
"""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from luoshi.web.common.actor import Actor
from luoshi.web.orgs.selectors import units_granted_to
from luoshi.web.problems.models import Inspection, Link, Measure, PlannedVisit, Problem, Proof, Visit
from luoshi.web.problems.workflow import InspectionState


def visible_problems(actor: Actor) -> QuerySet[Problem]:
    """Problems that the actor's unit found, has or helps with, those of matters that it issued above, and those of units that granted it a look."""
    if actor.unit_id is None or not actor.roles:
        return Problem.objects.none()
    issued = Q(matter__issuer__in=actor.units) | Q(matter__ancestors__ancestor__issuer__in=actor.units)
    seen = _of_units(_looked_into(actor)) | Q(pk__in=Link.objects.filter(issued).values("problem"))
    return Problem.objects.filter(seen)


def visible_inspections(actor: Actor) -> QuerySet[Inspection]:
    """Inspections that the actor's unit sends, and those that visit it; those of units that granted it a look."""
    if actor.unit_id is None or not actor.roles:
        return Inspection.objects.none()
    units = _looked_into(actor)
    return Inspection.objects.filter(Q(unit__in=units) | Q(pk__in=Visit.objects.filter(unit__in=units).values("inspection")))


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Visits of inspections that the actor's unit sends, and visits to itself."""
    if actor.unit_id is None or not actor.roles:
        return Visit.objects.none()
    units = _looked_into(actor)
    return Visit.objects.filter(Q(inspection__unit__in=units) | Q(unit__in=units))


def visible_plan(actor: Actor) -> QuerySet[PlannedVisit]:
    """Lines of the yearly plan of the actor's unit."""
    if actor.unit_id is None or not actor.roles:
        return PlannedVisit.objects.none()
    return PlannedVisit.objects.filter(unit__in=actor.units)


def visible_measures(actor: Actor) -> QuerySet[Measure]:
    """Measures of problems that may be seen."""
    return Measure.objects.filter(problem__in=visible_problems(actor))


def visible_proofs(actor: Actor) -> QuerySet[Proof]:
    """Files of problems that may be seen."""
    return Proof.objects.filter(problem__in=visible_problems(actor))


def counted_visits(units: Collection[int]) -> QuerySet[Visit]:
    """Visits that are made or will be: those of inspections that were merged or cancelled are none."""
    gone = (InspectionState.MERGED, InspectionState.CANCELLED)
    return Visit.objects.filter(inspection__unit__in=units).exclude(inspection__state__in=gone)


def _looked_into(actor: Actor) -> list[int]:
    return [*actor.units, *units_granted_to(actor.units, on=timezone.localdate())]


def _of_units(units: Collection[int]) -> Q:
    helps = Problem.helpers.through.objects.filter(unit__in=units).values("problem")
    return Q(finder__in=units) | Q(owner__in=units) | Q(pk__in=helps)
