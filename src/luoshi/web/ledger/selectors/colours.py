"""Matters of a colour, as a question to the database: what ``lights.light_of`` says of one standing, said of all rows at once.

No light is stored. It follows from columns of the row and the day alone: what reports, steps and curves add to it stands in facts of the row that
``services.reckoning`` keeps. ``tests/web/test_colours.py`` holds the two against each other, row by row and day by day.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, CharField, Q, QuerySet, Value, When

from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.ledger.lights import Colour, blue_before
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.periods import CADENCES, last_asked
from luoshi.web.ledger.selectors.asking import SINCE, first_moment_after, unreported
from luoshi.web.ledger.workflow import OPEN, State

_PLANNED = Q(plan_agreed_at__isnull=False)
_SUSPENDED = Q(state=State.SUSPENDED)


class _Parts(NamedTuple):
    """What colours are made of, for one day: the due date is near, something is wrong whatever the dates, a report is missing, waits."""

    near: Q
    wrong: Q
    unreported: Q
    waiting: Q


def of_colour(rows: QuerySet[Matter], colour: Colour, on: date) -> QuerySet[Matter]:
    """Those of ``rows`` whose light has this colour on a day."""
    late = overdue(on)
    running = rows.filter(state__in=OPEN)
    if colour == "red":
        return running.filter(late)
    return running.exclude(late).filter(_COLOURS[colour](_Parts(_near(on), gone_wrong(on), unreported(on), _waiting(on))))


def with_colour(rows: QuerySet[Matter], on: date) -> QuerySet[Any]:
    """Each of ``rows`` with the ``colour`` of its light on a day, empty where it shows none: for counting."""
    said = (
        (~Q(state__in=OPEN), ""),
        (overdue(on), "red"),
        (_SUSPENDED, "grey"),
        (gone_wrong(on), "yellow"),
        (_near(on), "blue"),
        (unreported(on), "yellow"),
        (~_PLANNED | _waiting(on), "grey"),
    )
    return rows.annotate(colour=Case(*(When(wanted, then=Value(colour)) for wanted, colour in said), default=Value("green"), output_field=CharField()))


def overdue(on: date) -> Q:
    """Among open matters: the due day has passed, and nobody waits for something else."""
    return Q(due_on__lt=on) & ~Q(state__in=(State.SUBMITTED, State.SUSPENDED))


def _near(on: date) -> Q:
    """The due day is so near that the light is blue, where nothing is wrong."""
    return Q(due_on__gte=on, due_on__lt=blue_before(on, working_calendar(), settings.OPTIONS["blue_days"])) & ~Q(state__in=(State.SUBMITTED, State.SUSPENDED))


def gone_wrong(on: date) -> Q:
    """Among open matters: a report that came back, a step missed, a value under the curve."""
    return Q(came_back=True) | (_PLANNED & (Q(step_due_on__lt=on) | Q(under_curve=True)))


_COLOURS: dict[str, Callable[[_Parts], Q]] = {
    "yellow": lambda parts: ~_SUSPENDED & (parts.wrong | (~parts.near & parts.unreported)),
    "green": lambda parts: ~_SUSPENDED & ~parts.near & ~parts.wrong & _PLANNED & ~parts.unreported & ~parts.waiting,
    "blue": lambda parts: ~_SUSPENDED & parts.near & ~parts.wrong,
    "grey": lambda parts: _SUSPENDED | (~parts.near & ~parts.wrong & (~_PLANNED | parts.waiting)),
}


def _waiting(on: date) -> Q:
    """The report of the last period whose day has passed was filed and none is accepted yet."""
    made = Q(pk__in=())
    for cadence in CADENCES:
        period = last_asked(cadence, SINCE, on, working_calendar())
        if period is not None:
            asked = Q(cadence=cadence, plan_agreed_at__lt=first_moment_after(period.end), reported_until__gte=period.end)
            made |= asked & (Q(accepted_until=None) | Q(accepted_until__lt=period.end))
    return made
