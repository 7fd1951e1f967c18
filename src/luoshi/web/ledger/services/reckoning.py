"""The facts of a matter that its light is made of, kept beside it so that the database can ask for lights of many rows at once.

They follow from reports, steps and curves, never from the day: whatever writes one of those calls ``reckon`` in its transaction. That the facts
are those that the rows tell is tested after services (``tests/web/counting.py``), and that lights follow from them for any day (``test_colours.py``).
"""

from functools import cache
from typing import Any, cast

from django.db import connection
from django.db.models import BooleanField, Case, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.sql import UpdateQuery

from luoshi.web.ledger.models import Matter, Report
from luoshi.web.ledger.plans import CURVE
from luoshi.web.ledger.standing import BATCH, behind_curve, open_steps
from luoshi.web.ledger.workflow import ReportState

AWAY = (ReportState.FILED, ReportState.ACCEPTED)
FACTS = ("reported_until", "accepted_until", "step_due_on", "under_curve", "came_back")


_ANY = -1
"""No matter has this number: it stands where the number will."""


def reckon(matter: Matter, *, curves: bool = False) -> None:
    """Write the facts of a matter, which is locked, as its rows tell them now. No record, see ``audit.exempt``.

    ``curves`` says that a value was accepted, or a plan agreed: nothing else moves a matter over or under its curve. Nearly every service ends so: putting the statement together would take longer than the database takes to do it, and it is the same each time.
    """
    under = matter.plan_kind == CURVE and bool(behind_curve(Matter.objects.filter(pk=matter.pk))) if curves else matter.under_curve
    statement, values = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, [under if value is True else matter.pk if value == _ANY else value for value in values])


@cache
def _statement(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The statement for one matter and its values; among them ``_ANY`` for the matter, and True for whether it is under its curve."""
    query = cast(UpdateQuery, Matter.objects.filter(pk=_ANY).query.chain(UpdateQuery))
    query.add_update_values(_facts(Value(True)))
    statement: tuple[str, tuple[Any, ...]] = query.get_compiler(connection=connection).as_sql()
    return statement


def reckon_all() -> None:
    """The same for every matter, some thousand at a time: for rows that were put there without services."""
    numbers = list(Matter.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), BATCH):
        rows = Matter.objects.filter(pk__gte=numbers[start], pk__lte=numbers[min(start + BATCH, len(numbers)) - 1])
        rows.update(**facts(rows))


def facts(rows: QuerySet[Matter]) -> dict[str, Any]:
    """Column → what it should hold in ``rows``. Two queries over their curves; the rest is left to the database."""
    under = behind_curve(rows)
    return _facts(Case(When(pk__in=under, then=Value(True)), default=Value(False), output_field=BooleanField()))


def _facts(under: Combinable) -> dict[str, Any]:
    return {
        "reported_until": _until(*AWAY),
        "accepted_until": _until(ReportState.ACCEPTED),
        "step_due_on": _step(),
        "under_curve": under,
        "came_back": _came_back(),
    }


def _of_lead() -> QuerySet[Report]:
    return Report.objects.filter(matter=OuterRef("pk"), unit=OuterRef("lead"), filed_at__isnull=False).order_by()


def _until(*states: str) -> Subquery:
    told = _of_lead().filter(state__in=states)
    return Subquery(told.values("matter").annotate(last=Max("period_end")).values("last"))


def _step() -> Subquery:
    steps = open_steps().filter(matter=OuterRef("pk")).order_by()
    return Subquery(steps.values("matter").annotate(first=Min("due_on")).values("first"))


def _came_back() -> Exists:
    of_lead = Report.objects.filter(matter=OuterRef("matter"), unit=OuterRef("unit"), filed_at__isnull=False)
    later = of_lead.filter(Q(filed_at__gt=OuterRef("filed_at")) | Q(filed_at=OuterRef("filed_at"), pk__gt=OuterRef("pk")))
    return Exists(_of_lead().filter(reviewed_at__isnull=False).exclude(state__in=AWAY).exclude(Exists(later)))
