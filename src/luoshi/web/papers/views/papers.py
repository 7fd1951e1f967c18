"""The list of papers, and the page of one with a preview that looks like it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.ledger.workflow import available
from luoshi.web.orgs.models import Unit
from luoshi.web.papers.dressing import dress
from luoshi.web.papers.facts import facts_of
from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.naming import state_names
from luoshi.web.papers.parties import drafts_papers, may_receive, may_record, parties_of
from luoshi.web.papers.selectors import Wanted, letterhead_of, papers_found, seen_matters, seen_problems, whole_paper
from luoshi.web.papers.services.issuing import check_ready
from luoshi.web.papers.workflow import PAPERS, State

PAGE = 50


@require_safe
def papers(request: Asking) -> HttpResponse:
    """All papers that the reader may see, narrowed by the query of the address."""
    rows = {name: int(key) if key.isdigit() and len(key) < 12 else None for name in ("unit", "problem", "inspection") for key in [request.GET.get(name, "")]}
    wanted = Wanted(request.GET.get("kind", ""), request.GET.get("state", ""), text=request.GET.get("q", "").strip()[:80], **rows)
    page = Paginator(papers_found(request.actor, wanted, timezone.localdate()), PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    for row in page.object_list:
        dress(row, timezone.localdate())
    query = request.GET.copy()
    query.pop("page", None)
    states = {State.DRAFT: _("草稿"), State.WITH_APPROVER: _("待审签"), State.ISSUED: _("已发出"), "waiting": _("未签收"), "unanswered": _("未回复"), State.VOID: _("已作废")}
    told: dict[str, Any] = {"page": page, "wanted": wanted, "kinds": kinds(), "states": states, "query": query.urlencode(), "drafts": drafts_papers(request.actor)}
    told["unit"] = Unit.objects.filter(pk=wanted.unit).first() if wanted.unit else None
    told["narrowed"] = any(wanted)
    told["unset"] = told["drafts"] and letterhead_of(request.actor.unit) is None
    return render(request, "papers/papers.html", told)


@require_safe
def paper(request: Asking, pk: int) -> HttpResponse:
    """One paper."""
    try:
        row = whole_paper(request.actor, pk)
    except OfficialPaper.DoesNotExist as error:
        raise Http404 from error
    own = row.unit_id in request.actor.units
    matters = seen_matters(request.actor, row)
    told = {"paper": row, "facts": facts_of(row, timezone.localdate()), "kind": kinds()[row.kind], "own": own, "matters": matters, "problems": seen_problems(request.actor, row), "acts": _acts(request, row)}
    told["missing"] = _missing(row) if own and row.state in (State.DRAFT, State.WITH_APPROVER) else None
    told["receipts"] = [(one, may_receive(request.actor, one) or may_record(request.actor, one)) for one in row.addressees.all() if own or one.unit_id in request.actor.units]
    told["state_word"] = state_names()[row.state]
    return render(request, "papers/paper.html", told)


def _acts(request: Asking, row: OfficialPaper) -> dict[str, str]:
    """What this person can do with the paper now: act → address."""
    parties = parties_of(request.actor, row)
    rows = available(PAPERS, row.state, parties=parties, user_id=request.actor.user_id, keys={"submitted": row.submitted_by_id})
    return {one.act: reverse(f"paper_{one.act}", args=[row.pk]) for one in rows}


def _missing(row: OfficialPaper) -> RuleBroken | None:
    try:
        check_ready(row)
    except RuleBroken as error:
        return error
    return None
