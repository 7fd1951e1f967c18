"""Upper documents, and the comparison of a document with one of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.documents.comparing import BANDS, Table
from luoshi.web.documents.models import DraftItem, UpperLink, Version
from luoshi.web.documents.rights import may_edit
from luoshi.web.documents.selectors import comparison_of, visible_documents
from luoshi.web.documents.services import linking, reviewing

PAGE = 20


@require_POST
@once
def uppers(request: Asking, pk: int) -> HttpResponse:
    """Link an upper document."""
    document = get_object_or_404(visible_documents(request.actor), pk=pk)
    chosen = request.POST.get("upper", "")
    upper = get_object_or_404(visible_documents(request.actor), pk=int(chosen) if chosen.isdigit() else 0)
    linking.link_upper(document_id=document.pk, upper_id=upper.pk, actor=request.actor, at=timezone.now())
    messages.success(request, _("已关联上位文件，正在对标。"))
    return redirect("comparison", pk=pk, upper=upper.pk)


@require_POST
@once
def remove_upper(request: Asking, pk: int) -> HttpResponse:
    """The two no longer belong together."""
    link = get_object_or_404(UpperLink.objects.filter(document__in=visible_documents(request.actor)), pk=pk)
    document = linking.unlink_upper(link_id=link.pk, actor=request.actor, at=timezone.now())
    return redirect("document", pk=document.pk)


def _link(request: Asking, pk: int, upper: int) -> UpperLink:
    mine = visible_documents(request.actor)
    return get_object_or_404(UpperLink.objects.filter(document__in=mine, upper__in=mine).select_related("document", "upper"), document=pk, upper=upper)


@once
def comparison(request: Asking, pk: int, upper: int) -> HttpResponse:
    """Side by side, by band; a POST asks for the comparison (again)."""
    link = _link(request, pk, upper)
    if request.method == "POST":
        linking.ask_comparison(document_id=pk, upper_id=upper, actor=request.actor, at=timezone.now())
        return redirect("comparison", pk=pk, upper=upper)
    made = comparison_of(link.document, link.upper)
    told: dict[str, Any] = {"document": link.document, "upper": link.upper, "comparison": made, "may_edit": may_edit(request.actor)}
    if made is None or made.state != Version.READ or made.data is None:
        return render(request, "documents/comparison_waiting.html", told)
    band = request.GET.get("band", BANDS[0])
    band = band if band in BANDS else BANDS[0]
    table = Table(made.data, made.upper.text, made.lower.text, made.upper.decomposition["items"])
    page = Paginator(table.rows(band), PAGE).get_page(request.GET.get("page"))
    drafts = {one.item_id: one for one in made.upper.drafts.filter(item_id__in=[row.item_id for row in page])}
    told |= {
        "table": table,
        "band": band,
        "page": page,
        "query": f"band={band}",
        "rows": [(row, drafts.get(row.item_id)) for row in page],
        "targets": table.targets(),
        "direction": made.data["direction"],
        "measures": made.data["measures"],
    }
    return render(request, "documents/comparison.html", told)


@require_POST
@once
def accept(request: Asking, pk: int, upper: int) -> HttpResponse:
    """Accept the chosen upper items that have no matching wording below; they then wait in the review of the upper document to be adopted."""
    link = _link(request, pk, upper)
    made = comparison_of(link.document, link.upper)
    chosen = {int(one) for one in request.POST.getlist("drafts") if one.isdigit()}
    drafts = made.upper.drafts.filter(pk__in=chosen, state=DraftItem.PENDING).exclude(grade="principle") if made else DraftItem.objects.none()
    done = 0
    for draft in list(drafts):
        reviewing.accept_draft(draft_id=draft.pk, actor=request.actor, at=timezone.now())
        done += 1
    if made is None or not done:
        messages.info(request, _("没有选中待处理的条目。"))
        return redirect("comparison", pk=pk, upper=upper)
    messages.success(request, _("已采纳上位文件的 {n} 条，可在这里转为事项草稿。").format(n=done))
    return redirect(reverse("review", args=[link.upper_id, made.upper.number]))
