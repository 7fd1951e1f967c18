"""Matters of a colour, as a question to the database: what ``lights.light_of`` says of one standing, said of all rows at once.

Nothing is stored. All follows from columns but one thing, whether a value lies under the agreed curve: that is computed, over the plans alone,
in two questions whatever their number. ``tests/web/test_colours.py`` holds the two against each other, row by row.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.ledger.lights import Colour, blue_before
from luoshi.web.ledger.models import Matter, Milestone, Report
from luoshi.web.ledger.periods import CADENCES, last_asked
from luoshi.web.ledger.selectors.asking import AWAY, SINCE, first_moment_after, unreported
from luoshi.web.ledger.standing import behind_curve
from luoshi.web.ledger.workflow import OPEN, ReportState, State

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
    in_time = running.exclude(late)
    near = _near(on)
    if colour == "blue":
        soon = in_time.filter(near)
        return soon.exclude(gone_wrong(soon, on))
    return in_time.filter(_COLOURS[colour](_Parts(near, gone_wrong(in_time, on), unreported(on), _waiting(on))))


def with_colour(rows: QuerySet[Matter], on: date) -> QuerySet[Any]:
    """Each of ``rows`` with the ``colour`` of its light on a day, empty where it shows none: for counting."""
    running = rows.filter(state__in=OPEN)
    said = (
        (~Q(state__in=OPEN), ""),
        (overdue(on), "red"),
        (_SUSPENDED, "grey"),
        (gone_wrong(running, on), "yellow"),
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


def gone_wrong(rows: QuerySet[Matter], on: date) -> Q:
    """Of open ``rows``: a report that came back, a milestone missed, a value under the curve. Computes the last over all ``rows``."""
    return Q(_came_back()) | (_PLANNED & Q(_missed(on))) | Q(pk__in=behind_curve(rows))


_COLOURS: dict[str, Callable[[_Parts], Q]] = {
    "yellow": lambda parts: ~_SUSPENDED & (parts.wrong | (~parts.near & parts.unreported)),
    "green": lambda parts: ~_SUSPENDED & ~parts.near & ~parts.wrong & _PLANNED & ~parts.unreported & ~parts.waiting,
    "grey": lambda parts: _SUSPENDED | (~parts.near & ~parts.wrong & (~_PLANNED | parts.waiting)),
}


def _came_back() -> Exists:
    """The last report of the lead that was filed was returned, and nothing has followed."""
    of_lead = Report.objects.filter(matter=OuterRef("matter"), unit=OuterRef("unit"), filed_at__isnull=False)
    later = of_lead.filter(Q(filed_at__gt=OuterRef("filed_at")) | Q(filed_at=OuterRef("filed_at"), pk__gt=OuterRef("pk")))
    back = Report.objects.filter(matter=OuterRef("pk"), unit=OuterRef("lead"), filed_at__isnull=False, reviewed_at__isnull=False)
    return Exists(back.exclude(state__in=AWAY).exclude(Exists(later)))


def _missed(on: date) -> Exists:
    """A milestone is past and not done, and no report that waits for its review claimed it in time."""
    claims = Report.milestones.through.objects.filter(milestone=OuterRef("pk"), report__state=ReportState.FILED, report__filed_at__date__lte=OuterRef("due_on"))
    return Exists(Milestone.objects.filter(matter=OuterRef("pk"), due_on__lt=on, done_on=None).exclude(Exists(claims)))


def _waiting(on: date) -> Q:
    """The report of the last period whose day has passed was filed and none is accepted yet."""
    made = Q(pk__in=())
    for cadence in CADENCES:
        period = last_asked(cadence, SINCE, on, working_calendar())
        if period is not None:
            told = Report.objects.filter(matter=OuterRef("pk"), unit=OuterRef("lead"), filed_at__isnull=False, period_end__gte=period.end)
            filed, accepted = (Exists(told.filter(state=state)) for state in (ReportState.FILED, ReportState.ACCEPTED))
            made |= Q(cadence=cadence, plan_agreed_at__lt=first_moment_after(period.end)) & Q(filed) & ~Q(accepted)
    return made
