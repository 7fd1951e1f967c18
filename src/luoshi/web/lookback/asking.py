"""What look-back asks of people: rows of the must-do list, one question to the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import Asker
from luoshi.web.ledger.must_do import DECIDE, DO, Asked
from luoshi.web.ledger.selectors.kinds import Kinds, Picks, Table, picked_rows, within
from luoshi.web.ledger.workflow import DONE
from luoshi.web.lookback.models import LookbackCheck
from luoshi.web.lookback.workflow import RELAPSED, State
from luoshi.web.orgs.roles import HEAD, LEADER, SUPERVISOR

TO_CHECK = "lookback_to_check"
KINDS: Mapping[str, tuple[str, str]] = {
    "lookback_to_reopen": (DECIDE, "lookback_reopen"),
    "lookback_to_confirm": (DECIDE, "lookback_confirm"),
    "lookback_differs": (DECIDE, "lookback_check"),
    TO_CHECK: (DO, "lookback"),
    "lookback_help": (DO, "lookback_help_done"),
}
"""Kind → its group, and the name of the address that its button opens. What is to be checked is one row a plan: its first matter stands for all."""


def _unchecked(actor: Actor) -> QuerySet[LookbackCheck]:
    """Checks of a plan in hand that nobody did and this person may do: a question inside another."""
    return LookbackCheck.objects.filter(state=State.WAITING).exclude(accepted_by=within(actor.user_id), accepted_by__isnull=False).order_by()


def _kinds(actor: Actor, on: date) -> Kinds:
    own = Q(plan__unit__in=actor.units, plan__dropped_at=None)
    confirmed = own & Q(state=State.CONFIRMED)
    made: Kinds = []
    if actor.has(SUPERVISOR):
        waits = Q(outcome=RELAPSED, matter__relapses=F("relapses"), matter__state__in=DONE, matter__issuer__in=actor.units)
        made.append(("lookback_to_reopen", confirmed & waits))
    if actor.has(SUPERVISOR, HEAD):
        earlier = _unchecked(actor).filter(plan=OuterRef("plan"), pk__lt=OuterRef("pk"))
        first = own & Q(state=State.WAITING) & ~(Q(accepted_by=actor.user_id) & Q(accepted_by__isnull=False)) & ~Q(Exists(earlier))
        made.append(("lookback_to_confirm", own & Q(state=State.CHECKED) & ~Q(first=actor.user_id)))
        made.append((TO_CHECK, first))
        made.append(("lookback_help", confirmed & Q(help_until__lte=on, help_done_at=None)))
    if actor.has(SUPERVISOR, HEAD, LEADER):
        looked = Q(first=actor.user_id)
        mine = looked | (~looked & ~Q(second=actor.user_id)) if actor.has(HEAD, LEADER) else looked
        made.append(("lookback_differs", own & Q(state=State.DIFFERS) & mine))
    return made


def tables(actor: Actor, on: date) -> list[Table]:
    """By which kinds checks ask."""
    return [Table(LookbackCheck, _kinds(actor, on), "plan__due_on")]


def rows(actor: Actor, on: date, picks: Sequence[Picks]) -> list[Asked]:
    """The checks that were picked, each with how many of its plan nobody did."""
    left = Subquery(_unchecked(actor).filter(plan=OuterRef("plan")).values("plan").annotate(n=Count("pk")).values("n"))
    found = LookbackCheck.objects.select_related("matter", "plan").defer("plan__strata").annotate(left=left)
    return [_asked(one, on) for one in picked_rows(found, picks[0])]


ASKER = Asker(tables, {kind: group for kind, (group, _address) in KINDS.items()}, rows)


def _asked(check: Any, on: date) -> Asked:
    group, address = KINDS[check.asked]
    if check.asked == TO_CHECK:
        late = _("，已过查完日期") if check.plan.due_on < on else ""
        why = _("抽查 {size} 件，还有 {n} 件没查").format(size=check.plan.size, n=check.left) + late
        return Asked(TO_CHECK, group, _("回头看"), _("检查"), None, check.plan.title, why, check.plan.due_on, reverse(address, args=[check.plan_id]))
    word, verb, why, day = {
        "lookback_to_confirm": (_("复核"), _("复核"), check.findings, check.plan.due_on),
        "lookback_differs": (_("分歧"), _("查看"), check.second_words, check.plan.due_on),
        "lookback_to_reopen": (_("反弹"), _("重新办理"), check.findings, None),
        "lookback_help": (_("回头帮"), _("记结果"), check.help, check.help_until),
    }[check.asked]
    said = check.unit_name + _("：") + " ".join(why.split())[:80]
    return Asked(check.asked, group, word, verb, check.matter_id, check.matter.title, said, day, reverse(address, args=[check.pk]))
