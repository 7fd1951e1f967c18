"""Changing what stands beside a quote, and cutting an item into several."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from luoshi.text import Conflict, LuoshiError
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.documents.cutting import cuts_of, spans_from
from luoshi.web.documents.forms import DraftForm
from luoshi.web.documents.models import DraftItem
from luoshi.web.documents.review import frameworks_in
from luoshi.web.documents.rights import must_edit
from luoshi.web.documents.selectors import visible_drafts
from luoshi.web.documents.services import reviewing, shaping
from luoshi.web.documents.source_page import unbroken


@once
def edit(request: Asking, pk: int) -> HttpResponse:
    """Title, class, units, date, measures of an item."""
    draft = _draft(request, pk)
    data = request.POST.copy() if request.method == "POST" else None
    form = DraftForm(data, draft=draft)
    theirs = None
    if data is not None and form.is_valid():
        told = form.cleaned_data
        try:
            reviewing.edit_draft(
                draft_id=pk,
                title=told["title"],
                grade=told["grade"],
                kind=told["kind"],
                details=form.details(draft),
                actor=request.actor,
                at=timezone.now(),
                expected=form.expected,
            )
            return redirect("draft", pk=pk)
        except Conflict as error:
            form.add_error(None, f"{error.message}{error.hint}")
            theirs = DraftForm(draft=draft)
            data["expected"] = str(draft.changes)
        except LuoshiError as error:
            form.add_error(None, f"{error.message}{error.hint}")
    return _answer(request, draft, "edit", {"form": form, "theirs": theirs})


@once
def split(request: Asking, pk: int) -> HttpResponse:
    """Cut an item where the reader chose, or by the members of a framework."""
    draft = _draft(request, pk)
    text = draft.version.text
    cuts = cuts_of(text, draft.start, draft.end, draft.details.get("measures", []))
    frameworks = [one for one in frameworks_in(draft.version.decomposition, draft.start, draft.end) if len(_members(one, draft)) > 1]
    wrong = ""
    if request.method == "POST":
        chosen = request.POST.get("framework", "")
        if chosen.isdigit() and int(chosen) < len(frameworks):
            starts = _members(frameworks[int(chosen)], draft)
        else:
            known = {cut.start for cut in cuts}
            starts = sorted({draft.start, *(int(one) for one in request.POST.getlist("starts") if one.isdigit() and int(one) in known)})
        expected = request.POST.get("expected", "")
        try:
            parts = shaping.split_draft(
                draft_id=pk,
                spans=spans_from(text, draft.end, starts),
                actor=request.actor,
                at=timezone.now(),
                expected=int(expected) if expected.isdigit() else None,
            )
            version = draft.version
            return redirect(f"{reverse('review', args=[version.document_id, version.number])}?at={parts[0].pk}#d{parts[0].pk}")
        except LuoshiError as error:
            wrong = f"{error.message}{error.hint}"
    named = [(n, one["name"], len(_members(one, draft))) for n, one in enumerate(frameworks)]
    return _answer(request, draft, "split", {"cuts": cuts, "frameworks": named, "wrong": wrong})


def _members(framework: dict[str, list[dict[str, int]]], draft: DraftItem) -> list[int]:
    return sorted({one["start"] for one in framework["members"] if draft.start <= one["start"] < draft.end})


def _draft(request: Asking, pk: int) -> DraftItem:
    draft = get_object_or_404(visible_drafts(request.actor), pk=pk, state__in=DraftItem.SHOWN)
    must_edit(request.actor, draft.version.document)
    return draft


def _answer(request: Asking, draft: DraftItem, what: str, told: dict[str, object]) -> HttpResponse:
    page = f"documents/{what}_card.html" if request.htmx else f"documents/{what}.html"
    version = draft.version
    back = f"{reverse('review', args=[version.document_id, version.number])}?at={draft.pk}#d{draft.pk}"
    title = {"edit": _("修改条目"), "split": _("拆分条目")}[what]
    return render(request, page, told | {"draft": draft, "quote": unbroken(draft.quote), "document": version.document, "back": back, "title": title})
