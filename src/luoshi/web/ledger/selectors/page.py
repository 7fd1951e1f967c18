"""Everything that the page of one matter shows, in a number of questions that does not grow with what there is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Greatest, Substr
from django.urls import reverse

from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import history
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import buttons
from luoshi.web.ledger.lights import Course, Light, Standing
from luoshi.web.ledger.models import Matter, Question, Report, Support
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.open_acts import Rows, open_acts
from luoshi.web.ledger.selectors.plans import PlanView, plan_of
from luoshi.web.ledger.selectors.working import (
    SHOWN,
    ExtensionRow,
    Known,
    MessageRow,
    ReportRow,
    SupportRow,
    extensions_of,
    full_reports,
    left_its_unit,
    messages_of,
    own_report,
    questions_of,
    report_rows,
    supports_of,
    waiting_of,
)
from luoshi.web.ledger.standing import shown, standing_of
from luoshi.web.ledger.workflow import ReportState

AROUND = 90
"""Characters of the source shown before and after a quote."""
LOG = 8
"""Acts in the short history."""


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
    plan: PlanView
    reports: list[ReportRow]
    more_reports: int
    supports: list[SupportRow]
    said: list[MessageRow]
    questions: list[Question]
    extensions: list[ExtensionRow]
    relatives: Relatives
    parent: Matter | None
    log: list[Record]
    buttons: buttons.Buttons
    suspect: bool


def matter_page(actor: Actor, pk: int, on: date) -> MatterPage:
    """The page of a matter. Raises Matter.DoesNotExist where the reader may not see it."""
    visible = visible_matters(actor, few=True)
    matter = _whole().get(pk__in=visible.filter(pk=pk).values("pk"))
    reports = list(full_reports(matter.reports.all()).order_by("-created_at", "-pk"))
    plan = plan_of(matter, on, reports=reports)
    supports, extensions, said = supports_of(matter), extensions_of(matter, actor), messages_of(matter, actor)
    light, marks = shown(_standing(matter, plan, reports, on), on)
    sources = list(_sources(matter, actor))
    seen = [one for one in reports if left_its_unit(one) or own_report(one, matter, actor)]
    unanswered = bool(waiting_of(matter, [row.message for row in said if row.answer is None], actor))
    rows = Rows(reports, [row.support for row in supports], [row.extension for row in extensions], plan.waiting, unanswered)
    return MatterPage(
        matter=matter,
        light=light,
        marks=marks,
        sources=sources,
        plan=plan,
        reports=report_rows(seen[:SHOWN], actor, _known(plan, reports)),
        more_reports=max(0, len(seen) - SHOWN),
        supports=supports,
        said=said,
        questions=questions_of(matter),
        extensions=extensions,
        **_relatives(visible, matter),
        log=list(history(f"matter:{pk}").order_by("-seq")[:LOG]),
        buttons=buttons.arranged(open_acts(matter, actor, rows), late=light.colour in ("red", "yellow")),
        suspect=any(source.suspect for source in sources),
    )


def _known(plan: PlanView, reports: list[Report]) -> Known:
    accepted = sorted((one for one in reports if one.state == ReportState.ACCEPTED and one.filed_at), key=lambda one: (one.filed_at, one.pk))
    return Known(
        {one.target.pk: list(one.values) for one in plan.indicators},
        {one.target.pk: tuple(one.curve) for one in plan.indicators},
        [(one.pk, one.matter_id, one.unit_id, one.text) for one in accepted],
    )


def _relatives(visible: QuerySet[Matter], matter: Matter) -> dict[str, Any]:
    pk, above = matter.pk, matter.parent_id or 0
    rows = list(visible.filter(Q(parent=pk) | Q(merged_into=pk) | Q(follows=pk) | Q(pk=above)).select_related("lead").order_by("due_on", "pk"))
    relatives = Relatives(
        children=[one for one in rows if one.parent_id == pk],
        merged=[one for one in rows if one.merged_into_id == pk],
        followed_by=[one for one in rows if one.follows_id == pk],
    )
    return {"relatives": relatives, "parent": next((one for one in rows if one.pk == above), None)}


def _standing(matter: Matter, plan: PlanView, reports: list[Report], on: date) -> Standing:
    """As everybody sees it: from all reports, whoever reads."""
    courses = []
    for one in plan.indicators:
        if one.curve:
            last = one.values[-1] if one.values else None
            courses.append(Course(tuple(one.curve), last.value if last else None, last.on if last else None, one.falling, one.target.unit))
    milestones = [step.milestone for step in plan.steps]
    return standing_of(matter, reports=reports, milestones=milestones, courses=courses, on=on)


def children_of(actor: Actor, pk: int) -> tuple[Matter, list[Matter]]:
    """A matter and those made of it for units below, as far as the reader may see them. Raises Matter.DoesNotExist where it may not be seen."""
    visible = visible_matters(actor, few=True)
    matter = visible.get(pk=pk)
    return matter, list(visible.filter(parent=pk).select_related("lead").order_by("due_on", "pk"))


def _whole() -> QuerySet[Matter]:
    supports = Prefetch("supports", Support.objects.select_related("unit").order_by("unit__path"))
    return Matter.objects.select_related("issuer", "lead", "programme").prefetch_related(supports, "merged_into", "follows")  # few have the last two


def _sources(matter: Matter, actor: Actor) -> Iterator[Any]:
    """Each source with the words around its quote, and its document's address where the reader's unit has the document."""
    around = {
        "before": Substr("version__text", Greatest(F("start") + 1 - AROUND, Value(1)), F("start") - Greatest(F("start") - AROUND, Value(0))),
        "after": Substr("version__text", F("end") + 1, AROUND),
    }
    told = ("kind", "quote", "cited_as", "due_on", "suspect", "version__number", "version__document__title", "version__document__unit", "merged_from__number")
    found: QuerySet[Any] = matter.sources.select_related("version__document", "merged_from").only("matter", *told).annotate(**around).order_by("pk")
    for source in found:
        source.before = (source.before or "").rsplit("\n", 1)[-1].lstrip()
        source.after = (source.after or "").split("\n", 1)[0]
        mine = source.version is not None and source.version.document.unit_id in actor.units
        source.address = reverse("review", args=[source.version.document_id, source.version.number]) if mine and source.version else ""
        yield source
