"""What the pages of plans and checks show: progress, what the sample says of all, and how it is drawn again by hand."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from luoshi.web.audit.models import Record
from luoshi.web.audit.services import name_of
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow as ledger
from luoshi.web.ledger.models import Report
from luoshi.web.ledger.parties import parties_of as parties_of_matter
from luoshi.web.ledger.workflow import DONE, ReportState
from luoshi.web.lookback import rates
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.lookback.sampling import list_hash, lots
from luoshi.web.lookback.selectors import visible_checks, visible_plans
from luoshi.web.lookback.workflow import RELAPSED, State

TOLD = 50


class Line(NamedTuple):
    """A plan in the list: how many are confirmed, and what that says."""

    plan: LookbackPlan
    confirmed: int
    said: str


class UnitPart(NamedTuple):
    """The sample of one unit: how many matters it had, its checks, and what they say."""

    name: str
    population: int
    checks: list[LookbackCheck]
    said: str


class Progress(NamedTuple):
    """How far the checks of a plan are, and what they say of all; ``rest`` are not confirmed yet."""

    confirmed: int
    rest: int
    relapsed: int
    reopened: int
    said: str
    parts: list[UnitPart]


class Ticket(NamedTuple):
    """A matter of the list with its lot."""

    unit: str
    place: int
    number: str
    lot: str
    drawn: bool


def plan_lines(actor: Actor) -> QuerySet[LookbackPlan]:
    """The plans of the list with the numbers that a line is made of."""
    confirmed = Q(checks__state=State.CONFIRMED)
    counts = {"confirmed": Count("checks", filter=confirmed), "relapsed": Count("checks", filter=confirmed & Q(checks__outcome=RELAPSED))}
    return visible_plans(actor).select_related("unit", "created_by").defer("strata").annotate(**counts).order_by("-created_at", "-pk")


def line_of(plan: LookbackPlan) -> Line:
    """One row of the list."""
    confirmed, relapsed = getattr(plan, "confirmed", 0), getattr(plan, "relapsed", 0)
    return Line(plan, confirmed, _said(plan, confirmed, relapsed) if confirmed else "")


def of_own_matters(actor: Actor) -> QuerySet[LookbackCheck]:
    """Confirmed checks by other units of matters that the actor's unit led."""
    found = visible_checks(actor).filter(unit__in=actor.units, state=State.CONFIRMED).exclude(plan__unit__in=actor.units)
    return found.select_related("matter", "plan__unit").defer("plan__strata").order_by("-confirmed_at", "-pk")


def checks_of(plan: LookbackPlan) -> list[LookbackCheck]:
    """The sample in its order."""
    return list(plan.checks.select_related("matter", "first", "second").order_by("order"))


def progress_of(plan: LookbackPlan, checks: Sequence[LookbackCheck]) -> Progress:
    """What there is so far."""
    done = [one for one in checks if one.state == State.CONFIRMED]
    relapsed = [one for one in done if one.outcome == RELAPSED]
    parts = []
    for stratum in plan.strata:
        own = [one for one in checks if one.unit_id == stratum["unit"]]
        parts.append(UnitPart(stratum["name"], len(stratum["numbers"]), own, _said_of(plan, own, len(stratum["numbers"]))))
    said = _said(plan, len(done), len(relapsed)) if done else ""
    return Progress(len(done), len(checks) - len(done), len(relapsed), sum(is_reopened(one) for one in relapsed), said, parts)


def is_reopened(check: LookbackCheck) -> bool:
    """True where the matter was reopened since it was drawn."""
    return check.matter.relapses > check.relapses


def may_reopen(check: LookbackCheck, actor: Actor) -> bool:
    """True where the relapse is confirmed and this person may reopen the matter now."""
    waits = check.state == State.CONFIRMED and check.outcome == RELAPSED and not is_reopened(check) and check.matter.state in DONE
    return waits and ledger.SUPERVISOR in parties_of_matter(actor, check.matter, {ledger.SUPERVISOR})


def tickets(plan: LookbackPlan) -> list[Ticket]:
    """Everything that was drawn from, each unit with its lots, the smallest first: drawn anew from the list that was kept."""
    return [
        Ticket(stratum["name"], place, one.number, one.lot, place <= stratum["drawn"])
        for stratum in plan.strata
        for place, one in enumerate(lots(stratum["numbers"], plan.seed), start=1)
    ]


def is_the_sample(plan: LookbackPlan, drawn: Iterable[Ticket], numbers: Iterable[str]) -> bool:
    """True where drawing anew gives the numbers of the checks, and the list is the one that was drawn from."""
    kept = [number for stratum in plan.strata for number in stratum["numbers"]]
    return [one.number for one in drawn if one.drawn] == list(numbers) and list_hash(kept) == plan.list_hash


def final_report(check: LookbackCheck) -> Report | None:
    """With what the matter was accepted."""
    return check.matter.reports.filter(final=True, state=ReportState.ACCEPTED).select_related("author").order_by("-reviewed_at").first()


def records_of(check: LookbackCheck) -> QuerySet[Record]:
    """What was done to a check, newest first."""
    return Record.objects.filter(subject=name_of(check)).order_by("-seq")


def _said(plan: LookbackPlan, checked: int, relapsed: int) -> str:
    return rates.told(checked, relapsed, confidence=plan.confidence, every=checked == plan.population)


def _said_of(plan: LookbackPlan, checks: list[LookbackCheck], population: int) -> str:
    done = [one for one in checks if one.state == State.CONFIRMED]
    relapsed = sum(one.outcome == RELAPSED for one in done)
    return rates.told(len(done), relapsed, confidence=plan.confidence, every=len(done) == population) if done else ""
