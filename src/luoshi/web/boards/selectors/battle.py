"""The battle map of a theme or a programme: goal, matters, what they were divided into, each with its line of the year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.boards.figures import Counts, Tally, counted
from luoshi.web.boards.timeline import Mark, Year, line, months, shows
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.lights import Point
from luoshi.web.ledger.models import Ancestor, Matter, Milestone, Target
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.table import found_matters, lights
from luoshi.web.ledger.selectors.working import last_values
from luoshi.web.ledger.workflow import DONE, OPEN
from luoshi.web.programmes.models import Programme
from luoshi.web.programmes.selectors import visible_programmes

MOST = 150
"""Matters on one map: more cannot be read."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached, and the last accepted value."""

    target: Target
    value: Point | None


@dataclass(frozen=True, slots=True)
class Line:
    """One matter at its place in the tree."""

    matter: Any
    depth: int
    aims: list[Aim]
    picture: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal and the lines under it."""

    title: str
    aim: str
    counts: Counts
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Battle:
    """The map. ``cut`` where there are more matters than can be read; not ``drawn`` where none of them falls into the year."""

    goals: list[Goal]
    head: str
    year: int
    cut: bool
    drawn: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    lights: Mapping[int, Any]
    aims: Mapping[int, list[Aim]]
    marks: Mapping[int, list[Mark]]
    year: Year
    on: date


def themes_of(actor: Actor) -> list[str]:
    """Themes of visible matters that are in hand or accepted."""
    found = visible_matters(actor).filter(state__in=OPEN | DONE).exclude(theme="").order_by("theme")
    return list(found.values_list("theme", flat=True).distinct())


def programmes_of(actor: Actor) -> list[Programme]:
    """Programmes that have a map."""
    with_matters = visible_matters(actor).filter(state__in=OPEN | DONE, programme__isnull=False).values("programme")
    return list(visible_programmes(actor).filter(pk__in=with_matters).order_by("name", "pk"))


def battle_of(actor: Actor, wanted: Mapping[str, Any], year: Year, on: date) -> Battle:
    """The map of what meets the filters of ``wanted``, and of what descends from it."""
    base = found_matters(actor, {**wanted, "state": "live"}, on).order_by()
    rows = visible_matters(actor).filter(_with_descendants(base), state__in=OPEN | DONE)
    found = list(rows.select_related("lead", "programme").order_by(F("due_on").asc(nulls_last=True), "number")[: MOST + 1])
    told, cut = found[:MOST], len(found) > MOST
    facts = _facts(told, year, on)
    drawn = any(shows(year, _begins(row), row.due_on, facts.marks.get(row.pk, ())) for row in told)
    return Battle(_goals(told, wanted, facts), months(year, on), year.year, cut, drawn)


def _with_descendants(base: QuerySet[Matter]) -> Q:
    return Q(pk__in=base.values("pk")) | Q(pk__in=Ancestor.objects.filter(ancestor__in=base.values("pk")).values("matter"))


def _facts(rows: list[Matter], year: Year, on: date) -> _Facts:
    keys = [row.pk for row in rows]
    marks: dict[int, list[Mark]] = defaultdict(list)
    for one in Milestone.objects.filter(matter__in=keys, matter__plan_agreed_at__isnull=False).order_by("due_on", "pk"):
        marks[one.matter_id].append(Mark(one.title, one.due_on, one.done_on is not None))
    targets = list(Target.objects.filter(matter__in=keys).order_by("order", "pk"))
    values = last_values([target.pk for target in targets])
    aims: dict[int, list[Aim]] = defaultdict(list)
    for target in targets:
        aims[target.matter_id].append(Aim(target, values[target.pk][-1] if target.pk in values else None))
    return _Facts(lights(rows, on), aims, marks, year, on)


def _goals(rows: list[Matter], wanted: Mapping[str, Any], facts: _Facts) -> list[Goal]:
    """Of a programme by theme, of a theme by programme; by name, what has none last."""
    here = {row.pk for row in rows}
    below: dict[int | None, list[Matter]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in here else None].append(row)
    of: dict[tuple[bool, str], list[Matter]] = defaultdict(list)
    aims: dict[tuple[bool, str], str] = {}
    for row in below[None]:
        title, aim = (row.theme, "") if wanted.get("programme") else (row.programme.name, row.programme.aim) if row.programme else ("", "")
        of[not title, title or _("其他事项")].append(row)
        aims[not title, title or _("其他事项")] = aim
    return [_goal(key[1], aims[key], list(_tree(of[key], below, facts, 0)), facts) for key in sorted(of)]


def _goal(title: str, aim: str, lines: list[Line], facts: _Facts) -> Goal:
    return Goal(title, aim, counted(Tally((), one.matter.state, facts.lights[one.matter.pk].colour, 1) for one in lines), lines)


def _tree(rows: Iterable[Matter], below: Mapping[int | None, list[Matter]], facts: _Facts, depth: int) -> Iterable[Line]:
    for row in rows:
        yield _line(row, depth, facts)
        yield from _tree(below.get(row.pk, ()), below, facts, depth + 1)


def _line(row: Any, depth: int, facts: _Facts) -> Line:
    row.light = facts.lights[row.pk]
    picture = line(facts.year, facts.on, row.light, _begins(row), row.due_on, facts.marks.get(row.pk, ()))
    return Line(row, min(depth, 3), facts.aims.get(row.pk, []), picture)


def _begins(row: Any) -> date | None:
    """The day on which a matter was issued."""
    return timezone.localtime(row.issued_at).date() if row.issued_at else None
