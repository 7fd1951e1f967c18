"""What problems and visits ask of people: rows of the must-do list, one question to the database a table."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import Asker
from luoshi.web.ledger.lights import Light
from luoshi.web.ledger.must_do import CHASE, DECIDE, DO, NO_LIGHT, SIGN_WITHIN, SOON, SOON_DAYS, Asked, who_says
from luoshi.web.ledger.selectors.kinds import Kinds, Picks, Table, picked_rows
from luoshi.web.orgs.roles import HEAD, LEADER, LIAISON, SUPERVISOR
from luoshi.web.problems.models import Problem, Visit
from luoshi.web.problems.selectors.listing import light, with_counts
from luoshi.web.problems.workflow import FRESH, WORKING, InspectionState, State, VisitState

KINDS: Mapping[str, tuple[str, str]] = {
    "problem_objected": (DECIDE, "problem"),
    "problem_reported": (DECIDE, "problem_accept"),
    "problem_accepted": (DECIDE, "problem_close"),
    "problem_on_the_spot": (DO, "problem_mend"),
    "problem_to_claim": (DO, "problem_claim"),
    "problem_to_plan": (DO, "problem_plan"),
    "problem_returned": (DO, "problem_report"),
    "problem_overdue": (CHASE, "problem"),
    "problem_unclaimed": (CHASE, "problem"),
    "problem_over": (SOON, "problem"),
    "problem_soon": (SOON, "problem"),
    "visit_to_confirm": (DO, "visit_confirm"),
    "visit_replied": (DECIDE, "visit_settle"),
    "visit_unanswered": (DECIDE, "visit_settle"),
    "visit_to_tell": (DO, "visit_tell"),
}
"""Kind → its group, and the name of the address that its button opens."""


def problem_kinds(actor: Actor, on: date) -> Kinds:
    """Kind → which problems, the more pressing first: a problem stands in one only."""
    found, owned = Q(finder__in=actor.units), Q(owner__in=actor.units)
    made: Kinds = []
    if actor.has(SUPERVISOR, HEAD, LEADER):
        judged = found if actor.has(SUPERVISOR) else found & Q(finder=F("owner"))
        other = ~(Q(reported_by__isnull=False) & Q(reported_by=actor.user_id))
        made += [
            ("problem_objected", judged & Q(state=State.OBJECTED)),
            ("problem_reported", judged & Q(state=State.REPORTED) & other),
            ("problem_accepted", judged & Q(state=State.ACCEPTED) & other),
        ]
    if actor.has(LIAISON, HEAD):
        soon = working_calendar().add_working_days(on, SOON_DAYS).date
        made += [
            ("problem_on_the_spot", owned & Q(state=State.ON_THE_SPOT)),
            ("problem_to_claim", owned & Q(state=State.FOUND)),
            ("problem_to_plan", owned & Q(state=State.CLAIMED)),
            ("problem_returned", owned & Q(state=State.MENDING, returned=True)),
            ("problem_over", owned & Q(state=State.MENDING, due_on__lt=on)),
            ("problem_soon", owned & Q(state=State.MENDING, due_on__gte=on, due_on__lte=soon)),
        ]
    if actor.has(SUPERVISOR):
        late = timezone.make_aware(datetime.combine(working_calendar().add_working_days(on, -SIGN_WITHIN).date, time.min))
        made += [
            ("problem_overdue", found & Q(state__in=WORKING, due_on__lt=on)),
            ("problem_unclaimed", found & Q(state__in=FRESH, created_at__lt=late)),
        ]
    return made


def visit_kinds(actor: Actor, on: date) -> Kinds:
    """Kind → which visits."""
    running = Q(inspection__state=InspectionState.ARRANGED)
    made: Kinds = []
    if actor.has(LIAISON, HEAD):
        made.append(("visit_to_confirm", running & Q(unit__in=actor.units, state=VisitState.TOLD, answer_by__gte=on)))
    if actor.has(SUPERVISOR):
        sent = running & Q(inspection__unit__in=actor.units)
        made += [
            ("visit_replied", sent & Q(state=VisitState.REPLIED)),
            ("visit_unanswered", sent & Q(state=VisitState.TOLD, answer_by__lt=on)),
            ("visit_to_tell", sent & Q(state=VisitState.AHEAD, inspection__ends_on__lt=on)),
        ]
    return made


def tables(actor: Actor, on: date) -> list[Table]:
    """By which kinds problems and visits ask."""
    return [Table(Problem, problem_kinds(actor, on), "due_on"), Table(Visit, visit_kinds(actor, on), "answer_by")]


def rows(actor: Actor, on: date, picks: Sequence[Picks]) -> list[Asked]:
    """The problems and the visits that were picked."""
    problems, visits = picks
    found = picked_rows(with_counts(Problem.objects.all(), on), problems)
    return [*(_asked(one, on) for one in found), *map(_asked_visit, picked_rows(Visit.objects.select_related("inspection__unit"), visits))]


PROBLEMS = Asker(tables, {kind: group for kind, (group, _address) in KINDS.items()}, rows)


def _asked_visit(one: Any) -> Asked:
    group, address = KINDS[one.asked]
    word, verb = _words()[one.asked]
    inspection = one.inspection
    why = {
        "visit_to_confirm": who_says(inspection.unit.name, one.facts),
        "visit_replied": who_says(one.unit_name, one.answer),
        "visit_unanswered": who_says(one.unit_name, _("回复期限已过，没有回复")),
        "visit_to_tell": who_says(one.unit_name, _("督查已结束，还没有反馈查到的事实")),
    }[one.asked]
    return Asked(one.asked, group, word, verb, None, inspection.title, why, one.answer_by or inspection.ends_on, reverse(address, args=[one.pk]))


def _asked(one: Any, on: date) -> Asked:
    group, address = KINDS[one.asked]
    word, verb = _words()[one.asked]
    mark: Light = light(one, on) if group in (CHASE, SOON, DO) else NO_LIGHT
    return Asked(one.asked, group, word, verb, None, one.title, _why(one), one.due_on, reverse(address, args=[one.pk]), mark)


def _why(one: Any) -> str:
    if one.asked == "problem_objected":
        return who_says(one.owner_name, one.objection)
    if one.asked in ("problem_reported", "problem_accepted"):
        return who_says(one.owner_name, one.result if one.asked == "problem_reported" else _("已验收，答完举一反三就可以销号"))
    if one.asked == "problem_returned":
        return who_says(one.finder_name, one.review)
    if one.asked in ("problem_overdue", "problem_unclaimed"):
        return who_says(one.owner_name, _("还没有认领") if one.state in FRESH else _("还没有报整改情况"))
    if one.asked == "problem_to_plan":
        return _("已认领，还没有写原因和措施")
    return who_says(one.finder_name, one.signs)


def _words() -> dict[str, tuple[str, str]]:
    """Kind → what it is called, and what its button says."""
    return {
        "problem_objected": (_("异议"), _("裁定")),
        "problem_reported": (_("问题"), _("验收")),
        "problem_accepted": (_("问题"), _("销号")),
        "problem_on_the_spot": (_("即知即改"), _("报验")),
        "problem_to_claim": (_("问题"), _("认领")),
        "problem_to_plan": (_("问题"), _("定措施")),
        "problem_returned": (_("退回"), _("补改")),
        "problem_overdue": (_("逾期"), _("查看")),
        "problem_unclaimed": (_("未认领"), _("查看")),
        "problem_over": (_("逾期"), _("查看")),
        "problem_soon": (_("临近"), _("查看")),
        "visit_to_confirm": (_("督查"), _("确认")),
        "visit_replied": (_("督查"), _("认定")),
        "visit_unanswered": (_("督查"), _("认定")),
        "visit_to_tell": (_("督查"), _("反馈")),
    }
