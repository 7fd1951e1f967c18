"""Everything that the page of one matter shows, in a number of questions that does not grow with what there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Greatest, Substr

from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import history
from luoshi.web.common.actor import Actor
from luoshi.web.common.addresses import address_of
from luoshi.web.ledger import buttons, drawing, workflow
from luoshi.web.ledger.lights import Course, Light, Point, planned_value
from luoshi.web.ledger.models import (
    CurvePoint,
    Extension,
    Matter,
    Message,
    Milestone,
    Plan,
    Question,
    Reading,
    Report,
    Source,
    Support,
    Target,
)
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.standing import is_falling, shown, standing_of
from luoshi.web.ledger.workflow import ExtensionState, PlanState, ReportState, State

AROUND = 90
"""Characters of the source shown before and after a quote."""
LOG = 8
"""Acts in the short history."""


@dataclass(frozen=True)
class Indicator:
    """A target with its chart and the last accepted value."""

    target: Target
    chart: drawing.Chart | None
    values: list[Reading]
    last: Reading | None
    wanted: float | None  # what the curve asks for on the day of the last value
    course: Course | None


@dataclass(frozen=True)
class Relatives:
    """Matters tied to this one that the reader may see."""

    children: list[Matter] = field(default_factory=list)
    merged: list[Matter] = field(default_factory=list)
    followed_by: list[Matter] = field(default_factory=list)


@dataclass(frozen=True)
class MatterPage:
    """The page."""

    matter: Matter
    light: Light
    marks: tuple[Light, Light, Light]
    sources: list[Any]
    indicators: list[Indicator]
    reports: list[Report]
    open_plan: Plan | None
    relatives: Relatives
    parent: Matter | None
    log: list[Record]
    buttons: buttons.Buttons
    suspect: bool


def matter_page(actor: Actor, pk: int, on: date) -> MatterPage:
    """The page of a matter. Raises Matter.DoesNotExist where the reader may not see it."""
    visible = visible_matters(actor)
    matter = _whole().get(pk__in=visible.filter(pk=pk).values("pk"))
    relatives = list(visible.filter(Q(parent=pk) | Q(merged_into=pk) | Q(follows=pk) | Q(pk=matter.parent_id or 0)).select_related("lead").order_by("due_on", "pk"))
    reports = _reports(matter, actor)
    indicators = list(_indicators(matter, reports))
    plan = matter.plans.filter(state=PlanState.PROPOSED).select_related("author").first()
    courses = [one.course for one in indicators if one.course]
    light, marks = shown(standing_of(matter, reports=reports, milestones=matter.milestones.all(), courses=courses, on=on), on)
    sources = list(_sources(matter, actor))
    return MatterPage(
        matter=matter,
        light=light,
        marks=marks,
        sources=sources,
        indicators=indicators,
        reports=reports[::-1],
        open_plan=plan,
        relatives=Relatives(
            children=[one for one in relatives if one.parent_id == pk],
            merged=[one for one in relatives if one.merged_into_id == pk],
            followed_by=[one for one in relatives if one.follows_id == pk],
        ),
        parent=next((one for one in relatives if one.pk == matter.parent_id), None),
        log=list(history(f"matter:{pk}").order_by("-seq")[:LOG]),
        buttons=buttons.arranged(_buttons(matter, actor, reports, plan)),
        suspect=any(source.suspect for source in sources),
    )


def children_of(actor: Actor, pk: int) -> tuple[Matter, list[Matter]]:
    """A matter and those made of it for units below, as far as the reader may see them. Raises Matter.DoesNotExist where it may not be seen."""
    visible = visible_matters(actor)
    matter = visible.get(pk=pk)
    return matter, list(visible.filter(parent=pk).select_related("lead").order_by("due_on", "pk"))


def _whole() -> QuerySet[Matter]:
    rows = Matter.objects.select_related("issuer", "lead", "programme", "merged_into", "follows", "approver", "drafted_by")
    return rows.prefetch_related(
        Prefetch("supports", Support.objects.select_related("unit").order_by("pk")),
        Prefetch("milestones", Milestone.objects.order_by("due_on", "pk")),
        Prefetch("questions", Question.objects.select_related("unit", "asked_by", "answered_by")),
        Prefetch("extensions", Extension.objects.select_related("author", "decided_by")),
        Prefetch("messages", Message.objects.select_related("by", "by_unit", "to_unit")),
    )


def _sources(matter: Matter, actor: Actor) -> Iterator[Any]:
    """Each source with the words around its quote, and its document's address where the reader's unit has the document."""
    around = {
        "before": Substr("version__text", Greatest(F("start") + 1 - AROUND, Value(1)), F("start") - Greatest(F("start") - AROUND, Value(0))),
        "after": Substr("version__text", F("end") + 1, AROUND),
    }
    rows = Source.objects.filter(matter=matter).select_related("version__document", "decision__meeting", "instruction", "study", "topic", "merged_from")
    found: QuerySet[Any] = rows.defer("version__text", "version__decomposition").annotate(**around).order_by("pk")
    for source in found:
        source.before = (source.before or "").rsplit("\n", 1)[-1]
        source.after = (source.after or "").split("\n", 1)[0]
        mine = source.version is not None and source.version.document.unit_id in actor.units
        source.address = address_of("review", source.version.document_id, source.version.number) if mine and source.version else ""
        yield source


def _reports(matter: Matter, actor: Actor) -> list[Report]:
    """Reports that have left their unit, and the reader's own; oldest first."""
    seen = Q(filed_at__isnull=False) | Q(unit__in=actor.units)
    rows = Report.objects.filter(seen, matter=matter).select_related("author", "released_by", "reviewed_by")
    found = rows.prefetch_related("evidence", "milestones", Prefetch("readings", Reading.objects.select_related("target").order_by("target__order", "pk")))
    return list(found.order_by("created_at", "pk"))


def _indicators(matter: Matter, reports: Iterable[Report]) -> Iterator[Indicator]:
    targets = list(Target.objects.filter(matter=matter).order_by("order", "pk"))
    curves: dict[int, list[Point]] = defaultdict(list)
    for point in CurvePoint.objects.filter(target__matter=matter).order_by("on"):
        curves[point.target_id].append(Point(point.on, point.value))
    values: dict[int, list[Reading]] = defaultdict(list)
    accepted = [report for report in reports if report.state == ReportState.ACCEPTED]
    for reading in sorted((one for report in accepted for one in report.readings.all()), key=lambda one: (one.as_of, one.pk)):
        values[reading.target_id].append(reading)
    for target in targets:
        curve, told = curves[target.pk], values[target.pk]
        last = told[-1] if told else None
        yield Indicator(
            target=target,
            chart=drawing.draw(curve, [Point(one.as_of, one.value) for one in told], target.unit if len(target.unit) < 3 else ""),
            values=told,
            last=last,
            wanted=planned_value(curve, last.as_of) if last else None,
            course=Course(tuple(curve), last.value if last else None, last.as_of if last else None, is_falling(target.comparator)) if curve else None,
        )


def _buttons(matter: Matter, actor: Actor, reports: Iterable[Report], plan: Plan | None) -> Iterator[tuple[str, str]]:
    """Every act and deed open to the reader, with its address."""
    parties = parties_of(actor, matter)
    final = next((one for one in reversed(list(reports)) if one.final), None)
    keys = {"proposed": matter.proposed_by_id, "submitted": matter.submitted_by_id, "reported": final.author_id if final else None}
    for row in workflow.available(workflow.MATTERS, matter.state, parties=parties, user_id=actor.user_id, keys=keys):
        name = "decide" if row.act in (workflow.Act.REASSIGN, workflow.Act.KEEP, workflow.Act.ADJUST) else row.act
        yield row.act, address_of(f"matter_{name}", matter.pk)
    for row in workflow.available(workflow.DEEDS, matter.state, parties=parties, user_id=actor.user_id):
        yield row.act, address_of(f"matter_{row.act}", matter.pk)
    if workflow.SUPERVISOR in parties and matter.state == State.DRAFT:
        yield "edit", address_of("matter_edit", matter.pk)
    if matter.lead_id in actor.units and actor.has("supervisor") and matter.state == State.ACTIVE:
        yield "child", address_of("matter_child", matter.pk)
    yield from _reviews(matter, actor, reports, plan, parties)


def _reviews(matter: Matter, actor: Actor, reports: Iterable[Report], plan: Plan | None, parties: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What waits for the reader besides: reports, the plan, a request for a later date."""
    keys = workflow.available
    for report in reports:
        turned = {"reported": report.author_id, "released": report.released_by_id}
        acts = {row.act for row in keys(workflow.REPORTS, report.state, parties=parties, user_id=actor.user_id, keys=turned)}
        if "accept" in acts and not report.final:
            yield "review_report", address_of("report", report.pk)
        if "release" in acts and not report.final and report.unit_id in actor.units:
            yield "release_report", address_of("report", report.pk)
    if plan is not None and any(keys(workflow.PLANS, plan.state, parties=parties, user_id=actor.user_id, keys={"planned": plan.author_id})):
        yield "review_plan", address_of("matter_plan", matter.pk)
    for one in matter.extensions.all():
        turned = {"asked": one.author_id, "released": one.released_by_id}
        acts = {row.act for row in keys(workflow.EXTENSIONS, one.state, parties=parties, user_id=actor.user_id, keys=turned)}
        if one.state == ExtensionState.ASKED and "grant" in acts:
            yield "grant_extension", address_of("extension_grant", one.pk)
        if "release" in acts:
            yield "release_extension", address_of("extension_release", one.pk)
