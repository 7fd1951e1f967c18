"""The problem list as a table: filters on visible problems, lights, and the columns of the inspection's form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.common.templatetags.pages import day
from luoshi.web.ledger.lights import Light
from luoshi.web.problems.lights import light_of_problem
from luoshi.web.problems.models import Measure, Problem, Relapse
from luoshi.web.problems.names import discovery_names, severity_names, source_names, state_names
from luoshi.web.problems.selectors import visible_problems
from luoshi.web.problems.workflow import OPEN, WORKING, State

OPEN_FIRST = Case(When(state__in=OPEN, then=Value(0)), default=Value(1))


def found_problems(actor: Actor, wanted: Mapping[str, Any], on: date) -> QuerySet[Any]:
    """Visible problems that meet every filter of ``wanted`` (cleaned values by name), open ones first, by their time limit."""
    rows = with_counts(visible_problems(actor), on)
    for name, narrow in _FILTERS.items():
        if wanted.get(name) not in (None, "", False):
            rows = rows.filter(narrow(wanted[name], on))
    return rows.order_by(OPEN_FIRST, F("due_on").asc(nulls_last=True), "pk")


def with_counts(rows: QuerySet[Problem], on: date) -> QuerySet[Any]:
    """Each with ``back``, how often it came back, and ``missed``, its measures that are late."""
    back = Relapse.objects.filter(problem=OuterRef("pk")).order_by().values("problem").annotate(n=Count("pk")).values("n")
    late = Measure.objects.filter(problem=OuterRef("pk"), done_on=None, due_on__lt=on).order_by().values("problem").annotate(n=Count("pk")).values("n")
    return rows.annotate(back=Coalesce(Subquery(back), 0), missed=Coalesce(Subquery(late), 0))


def light(problem: Any, on: date) -> Light:
    """The light of a row of ``with_counts``."""
    return light_of_problem(problem.state, due_on=problem.due_on, missed=problem.missed, returned=problem.returned, on=on, calendar=working_calendar(), blue_days=settings.OPTIONS["blue_days"])


def overdue(on: date) -> Q:
    """Problems whose time limit has passed and that are not reported mended."""
    return Q(state__in=WORKING | {State.OBJECTED}, due_on__lt=on)


def headings() -> tuple[str, ...]:
    """The columns of a problem list as inspections ask for it."""
    return (
        _("序号"), _("编号"), _("来源"), _("问题"), _("表现"), _("发现方式"), _("等级"), _("原因"), _("措施"), _("责任领导"), _("牵头单位"), _("责任单位"), _("时限"),
        _("进展"), _("举一反三"), _("长效机制"), _("验收"), _("销号"), _("反弹"),
    )  # fmt: skip


def problem_rows(actor: Actor, wanted: Mapping[str, Any], on: date) -> list[tuple[Any, ...]]:
    """The rows under ``headings`` of the problems of a filter, as plain values: text, dates, numbers, None. For exports."""
    measures = Prefetch("measures", queryset=Measure.objects.order_by("round", "order", "pk"))
    found = found_problems(actor, wanted, on).prefetch_related(measures, "helpers")
    return [(n, *_cells(one)) for n, one in enumerate(found, start=1)]


def _cells(one: Any) -> Sequence[Any]:
    current = [measure for measure in one.measures.all() if measure.round == one.back]
    helpers = _("、").join(unit.name for unit in one.helpers.all())
    source = _("；").join(filter(None, (source_names().get(one.source, one.source), one.cited_as)))
    return (
        one.number, source, one.title, one.signs, discovery_names().get(one.discovery, one.discovery), severity_names().get(one.severity, one.severity),
        one.cause, _measures(current), one.leader, one.owner_name, helpers, one.due_on, _progress(one), _elsewhere(one), one.mechanism,
        _judged(one), one.closed_at, one.back,
    )  # fmt: skip


def _measures(rows: Iterable[Measure]) -> str:
    return "\n".join(
        _("{n}. {text}（{office}，{day}）").format(n=n, text=one.text, office=one.office or "—", day=day(one.due_on)) for n, one in enumerate(rows, start=1)
    )


def _progress(one: Any) -> str:
    return _("：").join(filter(None, (state_names()[one.state], one.result)))


def _elsewhere(one: Any) -> str:
    if one.elsewhere is None:
        return ""
    return _("：").join(filter(None, (_("别处也有") if one.elsewhere else _("别处没有"), one.elsewhere_done)))


def _judged(one: Any) -> str:
    return _("{day} 验收：{words}").format(day=day(one.accepted_at), words=one.review) if one.accepted_at else ""


def _units_called(text: str) -> Q:
    return Q(owner__name__icontains=text) | Q(owner__short_name__icontains=text) | Q(owner_name__icontains=text)


_FILTERS: dict[str, Callable[[Any, date], Q]] = {
    "q": lambda value, on: Q(title__icontains=value) | Q(number__icontains=value) | Q(signs__icontains=value),
    "state": lambda value, on: Q(state__in=OPEN) if value == "open" else Q(state=value),
    "source": lambda value, on: Q(source=value),
    "severity": lambda value, on: Q(severity=value),
    "owner": lambda value, on: _units_called(value),
    "overdue": lambda value, on: overdue(on),
    "back": lambda value, on: Q(back__gt=0),
    "unit": lambda value, on: Q(owner=value),
    "inspection": lambda value, on: Q(inspection=value),
}
