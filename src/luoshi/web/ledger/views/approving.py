"""The batch before its approver (拟办单): approve, return or decline each, look at what will happen, then do it — one service call each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import REFUSALS
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.ledger import checks
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.selectors import desk
from luoshi.web.ledger.services import issuing
from luoshi.web.ledger.workflow import Act

CHOICES = (Act.APPROVE, Act.RETURN_DRAFT, Act.DECLINE)
PAGE = 100


@dataclass(slots=True)
class Proposal:
    """One row of the batch: the draft, what the checks say, what the approver chose, why, and what is wrong with that."""

    matter: Matter
    findings: list[checks.Finding]
    choice: str = ""
    reason: str = ""
    expected: str = ""
    wrong: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@once
def approvals(request: Asking) -> HttpResponse:
    """What waits for this person. POST with ``step=preview`` shows what will happen, with ``step=confirm`` does it."""
    proposals = _proposals(request)
    if request.method != "POST":
        return _show(request, proposals)
    chosen = _chosen(request, proposals)
    if not chosen:
        messages.warning(request, _("还没有对任何一件表态。"))
        return _show(request, proposals, status=422)
    if any(one.wrong for one in chosen):
        return _show(request, proposals, status=422)
    if request.POST.get("step") != "confirm":
        told = {"chosen": chosen, "counts": _counts(chosen), "left": len(proposals) - len(chosen)}
        return render(request, "ledger/approvals_preview.html", told)
    _take(request, chosen)
    return redirect("approvals")


def _proposals(request: Asking) -> list[Proposal]:
    rows = desk.proposals_for(request.actor)
    matters = desk.with_facts(rows[:PAGE])
    checked = desk.checked(matters, timezone.localdate(), checks.Others())
    return [Proposal(matter, found, expected=str(matter.changes)) for matter, found in checked]


def _chosen(request: Asking, proposals: Sequence[Proposal]) -> list[Proposal]:
    """What was chosen, put into the rows; a row without a choice stays for later."""
    everything = request.POST.get("all") == str(Act.APPROVE)
    for one in proposals:
        pk = one.matter.pk
        one.choice = str(Act.APPROVE) if everything else request.POST.get(f"choice-{pk}", "")
        one.reason = request.POST.get(f"reason-{pk}", "").strip()[:2000]
        one.expected = request.POST.get(f"expected-{pk}", one.expected)
        if one.choice not in CHOICES:
            one.choice = ""
        if one.choice in (Act.RETURN_DRAFT, Act.DECLINE) and not one.reason:
            one.wrong = _("请写明理由，拟办人要看。")
    return [one for one in proposals if one.choice]


def _counts(chosen: Sequence[Proposal]) -> dict[str, int]:
    return {str(act): sum(one.choice == act for one in chosen) for act in CHOICES}


def _take(request: Asking, chosen: Sequence[Proposal]) -> None:
    at, done = timezone.now(), dict.fromkeys(CHOICES, 0)
    for one in chosen:
        act = Act(one.choice)
        given: dict[str, Any] = {"matter_id": one.matter.pk, "actor": request.actor, "at": at, "expected": int(one.expected) if one.expected.isdigit() else None}
        try:
            if act == Act.APPROVE:
                issuing.approve_matter(**given)
            elif act == Act.RETURN_DRAFT:
                issuing.return_draft(**given, reason=one.reason)
            else:
                issuing.decline_matter(**given, reason=one.reason)
            done[act] += 1
        except REFUSALS as error:
            messages.warning(request, one.matter.number + _("：") + error.message)
    told = ((_("同意并交办 {n} 件"), Act.APPROVE), (_("退回 {n} 件"), Act.RETURN_DRAFT), (_("不予立项 {n} 件"), Act.DECLINE))
    words = [words.format(n=done[act]) for words, act in told if done[act]]
    if words:
        messages.success(request, _("；").join(words) + _("。"))


def _show(request: Asking, proposals: Sequence[Proposal], *, status: int = 200) -> HttpResponse:
    total = desk.proposals_for(request.actor).count()
    return render(request, "ledger/approvals.html", {"proposals": proposals, "total": total}, status=status)
