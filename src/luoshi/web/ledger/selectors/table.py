"""The ledger as a table: filters on visible matters, an order, and lights, which are computed.

A filter by light is narrowed in SQL as far as the light follows from state and dates; the rest is computed over what is left, at most
``LOOKED_THROUGH`` rows, in the same number of questions whatever their number.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.lights import Light
from luoshi.web.ledger.models import Matter, Source, Support
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.standing import BATCH, CALENDAR, lights_of
from luoshi.web.ledger.workflow import OPEN, State

LOOKED_THROUGH = BATCH
COLOURS = ("red", "yellow", "blue", "green", "grey")
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "-due": (F("due_on").desc(nulls_last=True), "-pk"),
    "number": ("number",),
    "-number": ("-number",),
    "lead": ("lead__path", "pk"),
    "new": ("-created_at", "-pk"),
}


class Found(NamedTuple):
    """The matters of a filter, and whether the light was looked for in a part of them only."""

    rows: QuerySet[Matter]
    cut: bool = False


def found_matters(actor: Actor, wanted: Mapping[str, Any], on: date, *, blue_days: int) -> Found:
    """Visible matters that meet every filter of ``wanted`` (cleaned values by name), in its order."""
    rows = visible_matters(actor)
    for name, narrow in _FILTERS.items():
        if wanted.get(name) not in (None, ""):
            rows = rows.filter(narrow(wanted[name]))
    cut = False
    if wanted.get("light"):
        rows, cut = _of_light(rows, wanted["light"], on, blue_days)
    return Found(rows.order_by(*ORDERS.get(wanted.get("sort") or "due", ORDERS["due"])), cut)


def lights(rows: list[Matter], on: date) -> dict[int, Light]:
    """The lights of the rows of one page."""
    return {pk: light for pk, (light, _marks) in lights_of(rows, on).items()}


def _of_light(rows: QuerySet[Matter], colour: str, on: date, blue_days: int) -> tuple[QuerySet[Matter], bool]:
    overdue = Q(due_on__lt=on) & ~Q(state__in=(State.SUBMITTED, State.SUSPENDED))
    running = rows.filter(state__in=OPEN)
    if colour == "red":
        return running.filter(overdue), False
    left = running.exclude(overdue)
    if colour == "blue":
        left = left.filter(due_on__gte=on, due_on__lte=CALENDAR.add_working_days(on, blue_days).date)
    fields = ("pk", "state", "lead", "due_on", "signed_at", "plan_agreed_at", "cadence")
    looked = list(left.order_by("pk").only(*fields)[: LOOKED_THROUGH + 1])
    keys = [pk for pk, light in lights(looked[:LOOKED_THROUGH], on).items() if light.colour == colour]
    return rows.filter(pk__in=keys), len(looked) > LOOKED_THROUGH


def _of_text(text: str) -> Q:
    return Q(title__icontains=text) | Q(number__icontains=text) | Q(task__icontains=text)


def _of_sources(**where: Any) -> Q:
    return Q(pk__in=Source.objects.filter(**where).values("matter"))


_FILTERS: dict[str, Callable[[Any], Q]] = {
    "q": _of_text,
    "state": lambda value: Q(state__in=OPEN) if value == "open" else Q(state=value),
    "lead": lambda value: Q(lead__name__icontains=value) | Q(lead_name__icontains=value),
    "support": lambda value: Q(pk__in=Support.objects.filter(unit__name__icontains=value).values("matter")),
    "unit": lambda value: Q(lead=value),
    "theme": lambda value: Q(theme=value),
    "category": lambda value: Q(category=value),
    "programme": lambda value: Q(programme=value),
    "document": lambda value: _of_sources(version__document=value),
    "source": lambda value: _of_sources(kind=value),
    "due_from": lambda value: Q(due_on__gte=value),
    "due_to": lambda value: Q(due_on__lte=value),
}
