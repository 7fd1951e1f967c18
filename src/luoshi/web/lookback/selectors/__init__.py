"""Reading look-back plans and checks. Every read starts at ``visible_plans`` or ``visible_checks``; what is outside it is not there."""

from django.db.models import Q, QuerySet

from luoshi.web.common.actor import Actor
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.lookback.workflow import CHECKER, DECIDER, State
from luoshi.web.orgs.roles import HEAD, LEADER, SUPERVISOR


def visible_plans(actor: Actor) -> QuerySet[LookbackPlan]:
    """Plans of the actor's unit. Administrators and people without a post see none."""
    if actor.unit_id is None or not actor.roles:
        return LookbackPlan.objects.none()
    return LookbackPlan.objects.filter(unit__in=actor.units)


def visible_checks(actor: Actor) -> QuerySet[LookbackCheck]:
    """Checks of the unit's own plans, and those of matters that it led, once two people or a leader have confirmed what was found."""
    if actor.unit_id is None or not actor.roles:
        return LookbackCheck.objects.none()
    told = Q(unit__in=actor.units, state=State.CONFIRMED, plan__dropped_at=None)
    return LookbackCheck.objects.filter(Q(plan__unit__in=actor.units) | told)


def parties_of(actor: Actor, plan: LookbackPlan) -> frozenset[str]:
    """What a person is to a plan."""
    if plan.unit_id not in actor.units or plan.dropped_at is not None:
        return frozenset()
    checker = {CHECKER} if actor.has(SUPERVISOR, HEAD) else set()
    return frozenset(checker | ({DECIDER} if actor.has(HEAD, LEADER) else set()))


def keys_of(check: LookbackCheck) -> dict[str, int | None]:
    """Who turned which key of a check."""
    return {"accepted": check.accepted_by_id, "first": check.first_id, "second": check.second_id}


def may_draw(actor: Actor) -> bool:
    """True for those who draw a sample."""
    return actor.unit_id is not None and actor.has(SUPERVISOR, HEAD)
