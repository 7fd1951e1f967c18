"""Acts on several chosen rows of the table: first a page that lists them and what will happen, then one service call for each."""

from collections.abc import Collection, Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.text import LuoshiError
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.desk import drafts_of
from luoshi.web.ledger.selectors.reminding import Reminding, remindings
from luoshi.web.ledger.services import talking
from luoshi.web.ledger.workflow import BEFORE_ISSUE

MOST = 100
"""Rows of one bulk act."""


@require_safe
def chosen(request: Asking) -> HttpResponse:
    """From the table to the page of the act that was chosen, with the rows that it can be done to."""
    keys = _keys(request.GET.getlist("ids"))
    if request.GET.get("do") == "propose":
        drafts = list(drafts_of(request.actor).filter(pk__in=keys).values_list("pk", flat=True))
        left = visible_matters(request.actor, few=True).filter(pk__in=keys).count() - len(drafts)
        if not drafts:
            messages.error(request, _("选中的都不是草稿，没有可报审定的。"))
            return redirect("matters")
        if left:
            messages.info(request, _("选中的有 {n} 件不是草稿，不在其中。").format(n=left))
        return redirect(f"{reverse('propose_many')}?{urlencode({'ids': drafts}, doseq=True)}")
    if request.GET.get("do") == "paper":
        return _to_papers(request, keys)
    return redirect(f"{reverse('matters_remind')}?{urlencode({'ids': sorted(keys)}, doseq=True)}")


def _to_papers(request: Asking, keys: Collection[int]) -> HttpResponse:
    """To the page that makes official papers, with those of the chosen matters that were issued by the own unit."""
    rows = visible_matters(request.actor, few=True).filter(pk__in=keys)
    issued = list(rows.filter(issuer__in=request.actor.units).exclude(state__in=BEFORE_ISSUE).order_by(F("due_on").asc(nulls_last=True), "pk").values_list("pk", flat=True))
    if not issued:
        messages.error(request, _("选中的都不是本单位已交办的事项，不能出公文。"))
        return redirect("matters")
    if left := rows.count() - len(issued):
        messages.info(request, _("选中的有 {n} 件不是本单位已交办的，不在其中。").format(n=left))
    return redirect(f"{reverse('paper_begin')}?{urlencode({'matter': issued}, doseq=True)}")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def remind_many(request: Asking) -> HttpResponse:
    """The chosen matters with the words that each lead will be told, to be edited; then one reminder each."""
    asked = request.POST if request.method == "POST" else request.GET
    rows = remindings(request.actor, _keys(asked.getlist("ids")), timezone.localdate())
    if not rows:
        raise Http404
    if request.method != "POST":
        return _show(request, rows)
    wanted, refused, done = _keys(request.POST.getlist("send")), [], 0
    for row in rows:
        if row.matter.pk in wanted and not row.why_not:
            try:
                _send(request, row)
                done += 1
            except LuoshiError as error:
                refused.append(f"{row.matter.number}：{error.message}{error.hint}")
    for one in refused:
        messages.error(request, one)
    if not done:
        if not refused:
            messages.error(request, _("没有选中要催办的事项。"))
        return _show(request, rows, status=422)
    messages.success(request, _("已催办 {n} 件，并记入各件的经过。").format(n=done))
    return redirect("matters")


def _send(request: Asking, row: Reminding) -> None:
    matter, expected = row.matter, request.POST.get(f"expected-{row.matter.pk}", "")
    talking.remind(
        matter_id=matter.pk,
        to_unit_id=matter.lead_id or 0,
        text=request.POST.get(f"text-{matter.pk}", ""),
        actor=request.actor,
        at=timezone.now(),
        expected=int(expected) if expected.isdigit() else None,
    )


def _show(request: Asking, rows: Sequence[Reminding], *, status: int = 200) -> HttpResponse:
    typed = {row.matter.pk: request.POST.get(f"text-{row.matter.pk}", row.text) for row in rows}
    ready = [row for row in rows if not row.why_not]
    told = {"rows": ready, "left": [row for row in rows if row.why_not], "typed": typed}
    return render(request, "ledger/remind_many.html", told, status=status)


def _keys(typed: Collection[str]) -> set[int]:
    keys = {int(one) for one in typed if one.isdigit() and len(one) < 12}
    return set(sorted(keys)[:MOST])
