"""Three levels: a unit sees its own matters, and those that it passed down rolled up by the level that works on them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q

from luoshi.text.language import _
from luoshi.web.boards.figures import Counts, Link, Tally, counted, rows_at
from luoshi.web.boards.selectors import tallies
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Ancestor, Matter
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.colours import with_colour
from luoshi.web.ledger.selectors.table import lights
from luoshi.web.ledger.workflow import BEFORE_ISSUE, DONE, OPEN
from luoshi.web.orgs.roles import LEVELS, level_names

PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line of figures: what it is about, its counts, the rows behind each."""

    title: str
    counts: Counts
    links: list[Link]
    address: str
    done_address: str
    share: int | None


@dataclass(frozen=True, slots=True)
class Levels:
    """The unit's own, the roll-up of what it passed down by level and altogether, and matter by matter."""

    own: list[Line]
    below: list[Line]
    page: Page[Any]


def levels_of(actor: Actor, on: date, number: str | None) -> Levels:
    """The view of a unit on a day. Lights are asked of the rows of one page only."""
    unit = actor.unit
    own = [_line(title, tallies(actor, {name: unit, "state": "live"}, on), {name: unit}) for name, title in (("issuer", _("本单位交办")), ("led", _("本单位牵头")))]
    found = tallies(actor, {"above": unit, "state": "live"}, on, "lead__level")
    names = level_names()
    levels = [level for level in LEVELS if any(one.of[0] == level for one in found)]
    below = [_line(names[level], [one for one in found if one.of[0] == level], {"above": unit, "level": level}) for level in levels]
    if below:
        below.append(_line(_("合计"), found, {"above": unit}))
    return Levels(own, below, _divided(actor, on, number))


def _line(title: str, found: list[Tally], wanted: dict[str, object]) -> Line:
    counts = counted(found)
    return Line(title, counts, counts.links(**wanted), rows_at(**wanted, state="open"), rows_at(**wanted, state="done"), counts.share("green"))


def _divided(actor: Actor, on: date, number: str | None) -> Page[Any]:
    """The unit's own matters that were passed down, each with the roll-up of what descends from it, by level."""
    parts = Ancestor.objects.filter(ancestor=OuterRef("pk")).exclude(matter__state__in=BEFORE_ISSUE)  # what descends from a unit's own is visible to it
    own = visible_matters(actor, few=True).filter(Q(issuer__in=actor.units) | Q(lead__in=actor.units), Exists(parts), state__in=OPEN | DONE)
    page = Paginator(own.select_related("lead").order_by(F("due_on").asc(nulls_last=True), "pk"), PAGE).get_page(number)
    rows: list[Any] = list(page.object_list)
    shown, rolled = lights(rows, on), _rolled(actor, rows, on)
    for row in rows:
        row.light, row.lines = shown[row.pk], rolled.get(row.pk, [])
    page.object_list = rows
    return page


def _rolled(actor: Actor, rows: list[Matter], on: date) -> dict[int, list[Line]]:
    below = visible_matters(actor, few=True).filter(pk__in=Ancestor.objects.filter(ancestor__in=[row.pk for row in rows]).values("matter"), state__in=OPEN | DONE)
    told = with_colour(below, on).filter(ancestors__ancestor__in=[row.pk for row in rows])
    by: dict[tuple[int, str], list[Tally]] = defaultdict(list)
    columns = ("ancestors__ancestor", "lead__level", "state", "colour")
    for above, level, state, colour, count in told.order_by().values_list(*columns).annotate(n=Count("pk")):
        by[above, level].append(Tally((), state, colour, count))
    names, found = level_names(), defaultdict(list)
    for above, level in sorted(by, key=lambda one: (one[0], LEVELS.index(one[1]) if one[1] in LEVELS else len(LEVELS))):
        found[above].append(_line(names.get(level, "—"), by[above, level], {"ancestor": above, "level": level}))
    return found
