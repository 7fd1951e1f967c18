"""The ledger as a table: filters on visible matters, an order, and lights, which are computed (by ``colours``, where one is a filter)."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Replace
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.documents.selectors import visible_documents
from luoshi.web.ledger.lights import Light
from luoshi.web.ledger.models import Ancestor, Matter, Source, Support
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.colours import of_colour, with_colour
from luoshi.web.ledger.standing import lights_of
from luoshi.web.ledger.workflow import BEFORE_ISSUE, DONE, OPEN, State
from luoshi.web.orgs.actors import merged_into
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.selectors import visible_units
from luoshi.web.programmes.selectors import visible_programmes

COLOURS = ("red", "yellow", "blue", "green", "grey")
OPEN_FIRST = Case(When(state__in=OPEN, then=Value(0)), default=Value(1))
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "": (OPEN_FIRST, F("due_on").asc(nulls_last=True), "pk"),
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "-due": (F("due_on").desc(nulls_last=True), "-pk"),
    "number": ("number",),
    "-number": ("-number",),
    "lead": ("lead__path", "pk"),
    "new": ("-created_at", "-pk"),
}


def found_matters(actor: Actor, wanted: Mapping[str, Any], on: date) -> QuerySet[Matter]:
    """Visible matters that meet every filter of ``wanted`` (cleaned values by name), in its order."""
    rows = visible_matters(actor)
    for name, narrow in _FILTERS.items():
        if wanted.get(name) not in (None, ""):
            rows = rows.filter(narrow(wanted[name]))
    if wanted.get("light"):
        rows = of_colour(rows, wanted["light"], on)
    return rows.order_by(*ORDERS.get(wanted.get("sort", ""), ORDERS[""]))


class Heading(NamedTuple):
    """What the table is about where it is that of one unit, document, programme: its name and its page."""

    title: str
    back: str
    word: str


def heading_of(actor: Actor, wanted: Mapping[str, Any]) -> Heading | None:
    """The heading of a table that is narrowed to one thing which the reader may see."""
    if unit := wanted.get("unit") and visible_units(actor).filter(pk=wanted["unit"]).first():
        return Heading(_("{name}牵头的事项").format(name=unit.name), reverse("unit", args=[unit.pk]), unit.name)
    if issuer := wanted.get("issuer") and visible_units(actor).filter(pk=wanted["issuer"]).first():
        return Heading(_("{name}交办的事项").format(name=issuer.name), reverse("unit", args=[issuer.pk]), issuer.name)
    if above := wanted.get("above") and visible_units(actor).filter(pk=wanted["above"]).first():
        return Heading(_("{name}的事项分解到下级的").format(name=above.name), reverse("unit", args=[above.pk]), above.name)
    if document := wanted.get("document") and visible_documents(actor).filter(pk=wanted["document"]).first():
        return Heading(_("出自《{title}》的事项").format(title=document.title), reverse("document", args=[document.pk]), document.title)
    if programme := wanted.get("programme") and visible_programmes(actor).filter(pk=wanted["programme"]).first():
        return Heading(_("{name}的事项").format(name=programme.name), reverse("programme", args=[programme.pk]), programme.name)
    return None


class Figures(NamedTuple):
    """How many matters of a theme stand where; ``colours`` of those that are open."""

    all: int
    open: int
    closed: int
    decide: int
    colours: Mapping[Any, int]


def figures_of(rows: QuerySet[Matter], on: date) -> Figures:
    """Figures with their base."""
    states = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    colours = dict(with_colour(rows.filter(state__in=OPEN), on).order_by().values_list("colour").annotate(n=Count("pk")))
    decide = sum(states.get(state, 0) for state in (State.COORDINATING, State.ESCALATED, State.SUBMITTED))
    opened = sum(states.get(state, 0) for state in OPEN)
    return Figures(sum(states.values()), opened, states.get(State.CLOSED, 0), decide, colours)


def lights(rows: list[Matter], on: date) -> dict[int, Light]:
    """The lights of the rows of one page."""
    return {pk: light for pk, (light, _marks) in lights_of(rows, on).items()}


def _of_text(text: str) -> Q:
    return Q(title__icontains=text) | Q(number__icontains=text) | Q(task__icontains=text)


def _units_called(text: str) -> QuerySet[Unit]:
    """Units whose name has ``text``; 民政 is not found in the 人民政府 of every place."""
    apart = Replace("name", Value("人民政府"), Value("人民 政府"))
    called = Q(apart__icontains=text) | Q(short_name__icontains=text) | Q(aliases__name=text)
    if "人民政府" in text:
        called |= Q(name__icontains=text)
    found: QuerySet[Unit] = Unit.objects.alias(apart=apart).filter(called)
    return found


def of_issuer(units: Collection[int]) -> Q:
    """Matters that units issued."""
    return Q(issuer__in=units) & ~Q(state__in=BEFORE_ISSUE)


def of_lead(units: Collection[int]) -> Q:
    """Matters that units lead, from their issue on."""
    return Q(lead__in=units) & ~Q(state__in=BEFORE_ISSUE)


def passed_down(units: Collection[int]) -> Q:
    """Matters that descend from those which units issued or lead."""
    own = Matter.objects.filter(Q(issuer__in=units) | Q(lead__in=units)).exclude(state__in=BEFORE_ISSUE)
    return Q(pk__in=Ancestor.objects.filter(ancestor__in=own).values("matter")) & ~Q(state__in=BEFORE_ISSUE)


def _with_merged(unit: int) -> frozenset[int]:
    return merged_into(unit) | {unit}


STATES: Mapping[str, frozenset[State]] = {"open": OPEN, "done": DONE, "live": OPEN | DONE}
"""Words for several states at once."""


def _of_sources(**where: Any) -> Q:
    return Q(pk__in=Source.objects.filter(**where).values("matter"))


_FILTERS: dict[str, Callable[[Any], Q]] = {
    "q": _of_text,
    "state": lambda value: Q(state__in=STATES[value]) if value in STATES else Q(state=value),
    "lead": lambda value: Q(lead__in=_units_called(value).values("pk")),
    "support": lambda value: Q(pk__in=Support.objects.filter(unit__in=_units_called(value).values("pk")).values("matter")),
    "unit": lambda value: Q(lead=value),
    "led": lambda value: of_lead(_with_merged(value)),
    "issuer": lambda value: of_issuer(_with_merged(value)),
    "above": lambda value: passed_down(_with_merged(value)),
    "ancestor": lambda value: Q(pk__in=Ancestor.objects.filter(ancestor=value).values("matter")) & ~Q(state__in=BEFORE_ISSUE),
    "level": lambda value: Q(lead__level=value),
    "theme": lambda value: Q(theme=value),
    "unthemed": lambda value: Q(theme=""),
    "category": lambda value: Q(category=value),
    "programme": lambda value: Q(programme=value),
    "document": lambda value: _of_sources(version__document=value),
    "source": lambda value: _of_sources(kind=value),
    "decision": lambda value: _of_sources(decision=value),
    "study": lambda value: _of_sources(study=value),
    "topic": lambda value: _of_sources(topic=value),
    "instruction": lambda value: _of_sources(instruction=value),
    "due_from": lambda value: Q(due_on__gte=value),
    "due_to": lambda value: Q(due_on__lte=value),
}
