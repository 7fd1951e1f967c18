"""Indicators of a unit's matters: the agreed curve, the accepted values, and the targets of later stages where sources name them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import DraftItem
from luoshi.web.documents.selectors import visible_documents
from luoshi.web.ledger.charts import chart
from luoshi.web.ledger.models import CurvePoint, Reading, Source, Target
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.plans import Indicator
from luoshi.web.ledger.selectors.working import curves_of, last_values
from luoshi.web.ledger.standing import is_falling
from luoshi.web.ledger.workflow import DONE, OPEN, ReportState

PAGE = 10


@dataclass(frozen=True, slots=True)
class Stage:
    """What is to be reached by the end of a year, as a source says it."""

    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator with its picture and its stages, year by year."""

    indicator: Indicator
    stages: tuple[Stage, ...]


def followed(actor: Actor, theme: str, on: date, number: str | None) -> Page[Any]:
    """Indicators of matters that the unit issued or leads and that have a curve or an accepted value: by theme, those due first before the others."""
    targets = _targets(actor)
    if theme:
        targets = targets.filter(matter__theme=theme)
    order = ("matter__theme", F("matter__due_on").asc(nulls_last=True), "matter", "order", "pk")
    page: Page[Any] = Paginator(targets.select_related("matter__lead").order_by(*order), PAGE).get_page(number)
    shown: list[Any] = list(page.object_list)
    keys = [target.pk for target in shown]
    curves, values, stages = curves_of(keys), last_values(keys), _stages(actor, shown)
    page.object_list = [_followed(one, curves.get(one.pk, ()), values.get(one.pk, []), stages.get(one.pk, ()), on) for one in shown]
    return page


def themes_followed(actor: Actor) -> list[str]:
    """Themes that have such indicators."""
    found = _targets(actor).exclude(matter__theme="").order_by("matter__theme")
    return list(found.values_list("matter__theme", flat=True).distinct())


def _targets(actor: Actor) -> QuerySet[Target]:
    own = visible_matters(actor, few=True).filter(Q(issuer__in=actor.units) | Q(lead__in=actor.units), state__in=OPEN | DONE)
    curve = Exists(CurvePoint.objects.filter(target=OuterRef("pk")))
    told = Exists(Reading.objects.filter(target=OuterRef("pk"), report__state=ReportState.ACCEPTED))
    return Target.objects.filter(curve | told, matter__in=own)


def _followed(target: Target, curve: Sequence[Any], values: Sequence[Any], stages: Iterable[Stage], on: date) -> Followed:
    told = tuple(stages)
    picture = chart(target.indicator, target.unit, curve, values, on, target.value, stages=[(one.year, one.value) for one in told])
    return Followed(Indicator(target, curve, values, picture, is_falling(target.comparator)), told)


def _stages(actor: Actor, targets: Sequence[Target]) -> dict[int, tuple[Stage, ...]]:
    """Target → stages: of visible matters with the same indicator, and of what was accepted or kept as a basis in the documents that its matter quotes. Three queries."""
    names = {(one.indicator, one.unit) for one in targets}
    by: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    same = Target.objects.filter(indicator__in={name for name, _unit in names}, value__isnull=False, matter__due_on__isnull=False)
    of_same_issuer = same.filter(matter__in=visible_matters(actor, few=True).filter(issuer__in=actor.units, state__in=OPEN | DONE))
    for name, unit, value, due in of_same_issuer.values_list("indicator", "unit", "value", "matter__due_on"):
        if due is not None and value is not None:
            by[name, unit][due.year] = value
    sources = Source.objects.filter(matter__in={one.matter_id for one in targets}, version__document__in=visible_documents(actor))
    items = DraftItem.objects.filter(version__in=sources.values("version"), state__in=(DraftItem.ACCEPTED, DraftItem.BASIS))
    for details in items.values_list("details", flat=True):
        for name, unit, year, value in staged(details):
            by[name, unit].setdefault(year, value)
    return {one.pk: tuple(Stage(year, value) for year, value in sorted(by[one.indicator, one.unit].items())) for one in targets}


def staged(details: Mapping[str, Any]) -> list[tuple[str, str, int, float]]:
    """Indicator, unit, year and value of every target of an item that stands behind a deadline: 到2027年达到70%，到2035年达到95%."""
    limits = sorted((int(one["start"]), str(one["due"])) for one in details.get("deadlines", []) if one.get("due") and "start" in one)
    found = []
    for one in details.get("targets", []):
        before = [due for start, due in limits if start <= one.get("start", -1)]
        if before and one.get("value") is not None and one.get("indicator"):
            found.append((str(one["indicator"]), str(one.get("unit") or ""), int(before[-1][:4]), float(one["value"])))
    return found
