"""The leader's page: what stands where, what is late, what is to be decided today."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Value, When

from luoshi.text.language import _
from luoshi.web.boards.figures import Counts, Link, Tally, counted, rows_at
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.lights import Standing, light_of
from luoshi.web.ledger.must_do import DECIDE, Group
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.colours import of_colour, with_colour
from luoshi.web.ledger.selectors.must_do import must_do_list
from luoshi.web.ledger.selectors.table import ORDERS, of_issuer, of_lead
from luoshi.web.ledger.workflow import DONE, OPEN

SIDES = {"issuer": of_issuer, "led": of_lead}
"""Filter of the ledger → the question that it asks."""
LATE = 5
DECIDED = 4
"""Rows of a list on the one screen; the rest is a click away."""


@dataclass(frozen=True, slots=True)
class Side:
    """The matters of one side of the unit, those that it issued or those that it leads: ``name`` is the filter of the ledger."""

    name: str
    title: str
    unit: int
    counts: Counts
    links: list[Link]

    @property
    def late_address(self) -> str:
        """Those that are overdue, those that were due first before the others."""
        return rows_at(**{self.name: self.unit}, light="red", sort="due")

    @property
    def address(self) -> str:
        """Those in hand."""
        return rows_at(**{self.name: self.unit}, state="open")

    @property
    def done_address(self) -> str:
        """Those that were accepted."""
        return rows_at(**{self.name: self.unit}, state="done")

    @property
    def all_address(self) -> str:
        """Both."""
        return rows_at(**{self.name: self.unit}, state="live")


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of what the unit issued; its cells stand in the order of the figures."""

    name: str
    counts: Counts
    links: list[Link]
    address: str
    done_address: str


@dataclass(frozen=True, slots=True)
class LeaderPage:
    """All on one screen. ``decisions`` is none where nothing waits; ``main`` is the side that themes and what is late are told of."""

    sides: list[Side]
    main: Side
    themes: list[Theme]
    late: list[Any]
    decisions: Group | None


def leader_page(actor: Actor, on: date) -> LeaderPage:
    """The page of a unit on a day, in a number of questions that does not grow with its matters."""
    found = _tallies(actor, on)
    sides = [_side(name, actor, told) for name, told in found.items()]
    main = next((side for side in sides if side.counts.all), sides[0])
    return LeaderPage([side for side in sides if side.counts.all], main, _themes(main, found[main.name]), _late(actor, main, on), _decisions(actor, on))


def _tallies(actor: Actor, on: date) -> dict[str, list[Tally]]:
    """Both sides in one count: by theme, as the ledger shows them under the filter of the side."""
    wanted = {name: of(actor.units) for name, of in SIDES.items()}
    rows = visible_matters(actor, few=True).filter(wanted["issuer"] | wanted["led"], state__in=OPEN | DONE)
    told = with_colour(rows, on).annotate(**{f"is_{name}": Case(When(where, then=Value(1)), default=Value(0)) for name, where in wanted.items()})
    found: dict[str, list[Tally]] = {name: [] for name in SIDES}
    columns = (*(f"is_{name}" for name in SIDES), "theme", "state", "colour")
    for *held, theme, state, colour, count in told.order_by().values_list(*columns).annotate(n=Count("pk")):
        for name, holds in zip(SIDES, held, strict=True):
            if holds:
                found[name].append(Tally((theme,), state, colour, count))
    return found


def _side(name: str, actor: Actor, found: list[Tally]) -> Side:
    counts = counted(found)
    titles = {"issuer": _("本单位交办"), "led": _("本单位牵头")}
    return Side(name, titles[name], actor.unit, counts, counts.links(**{name: actor.unit}))


def _themes(side: Side, found: list[Tally]) -> list[Theme]:
    """By name: a fixed order, whatever their lights. Those without a theme stand last."""
    of: dict[str, list[Tally]] = defaultdict(list)
    for one in found:
        of[str(one.of[0])].append(one)
    made = []
    for name in sorted(of, key=lambda name: (not name, name)):
        counts = counted(of[name])
        wanted: dict[str, object] = {side.name: side.unit} | ({"theme": name} if name else {"unthemed": 1})
        made.append(Theme(name, counts, counts.links(**wanted), rows_at(**wanted, state="open"), rows_at(**wanted, state="done")))
    return made


def _late(actor: Actor, side: Side, on: date) -> list[Any]:
    """Matters of a side that are overdue, those that were due first before the others."""
    late = of_colour(visible_matters(actor, few=True).filter(SIDES[side.name](actor.units)), "red", on)
    rows = list(late.select_related("lead").order_by(*ORDERS["due"])[:LATE])
    for row in rows:  # of what is overdue nothing but the day matters
        row.light = light_of(Standing(row.state, row.due_on, signed=True, planned=True), on, working_calendar())  # type: ignore[attr-defined]
    return rows


def _decisions(actor: Actor, on: date) -> Group | None:
    return next((group for group in must_do_list(actor, on, group=DECIDE).groups if group.name == DECIDE), None)
