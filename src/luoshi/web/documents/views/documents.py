"""The list of documents, one document with its facts and versions, and its file."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.downloads import as_download
from luoshi.web.common.once import once
from luoshi.web.common.store import open_stored
from luoshi.web.documents import words
from luoshi.web.documents.forms import FactsForm
from luoshi.web.documents.models import Version
from luoshi.web.documents.rights import may_edit
from luoshi.web.documents.selectors import (
    links_of,
    listed_documents,
    narrowed_documents,
    possible_uppers,
    versions_of,
    visible_documents,
    visible_versions,
)
from luoshi.web.documents.services.uploading import correct_facts

PAGE = 25


@require_safe
def listing(request: Asking) -> HttpResponse:
    """Documents of the unit, with filters by words, level and state."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "level", "state")}
    found = narrowed_documents(request.actor, asked | ({} if asked["level"] in words.levels() else {"level": ""}))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "asked": asked,
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "levels": words.levels(),
        "states": {name: word for name, (_colour, word) in words.reading_states().items()},
        "reading": words.reading_states(),
        "may_edit": may_edit(request.actor),
        "busy": [one.pk for one in page if one.last_state in ("queued", "reading")],
    }
    return render(request, "documents/list.html", told)


@require_safe
def progress(request: Asking) -> HttpResponse:
    """The rows of documents that are still being read, for the list to renew itself."""
    asked = [int(one) for one in request.GET.getlist("pk") if one.isdigit()][:PAGE]
    rows: list[Any] = list(listed_documents(request.actor).filter(pk__in=asked))
    told = {"rows": rows, "reading": words.reading_states(), "levels": words.levels(), "may_edit": may_edit(request.actor)}
    told["busy"] = [one.pk for one in rows if one.last_state in ("queued", "reading")]
    return render(request, "documents/progress.html", told)


@require_safe
def document(request: Asking, pk: int) -> HttpResponse:
    """Facts, versions, upper and lower documents, and the matters that came from it."""
    found: Any = get_object_or_404(listed_documents(request.actor), pk=pk)
    above, below = links_of(found)
    versions = list(versions_of(found))
    told = {
        "document": found,
        "versions": versions,
        "newest_read": next((one for one in versions if one.state == Version.READ), None),
        "busy": any(one.state in (Version.QUEUED, Version.READING) for one in versions),
        "above": above,
        "below": below,
        "uppers": list(possible_uppers(request.actor, found)[:200]),
        "reading": words.reading_states(),
        "level": words.levels().get(found.level, ""),
        "may_edit": may_edit(request.actor),
        "matters_address": reverse("matters_of_document", args=[found.pk]),
    }
    return render(request, "documents/document.html", told)


@once
def facts(request: Asking, pk: int) -> HttpResponse:
    """Correct what was read of title, number, authority, level and date."""
    found = get_object_or_404(visible_documents(request.actor), pk=pk)
    form = FactsForm(request.POST or None, document=found, expected=found.changes)
    if request.method == "POST" and form.is_valid():
        try:
            correct_facts(document_id=pk, facts=form.cleaned_data, expected=form.expected, actor=request.actor, at=timezone.now())
            return redirect("document", pk=pk)
        except Conflict as error:
            now = get_object_or_404(visible_documents(request.actor), pk=pk)
            form.add_error(None, f"{error.message}{error.hint}")
            form.add_error(None, _("现在的内容：{title}，{number}，{authority}。").format(title=now.title, number=now.number, authority=now.authority))
    told = {"title": _("改正文件信息"), "about": found.title, "back": found_address(pk), "form": form, "verb": _("保存")}
    return render(request, "common/act.html", told)


def found_address(pk: int) -> str:
    """The page of a document."""
    return reverse("document", args=[pk])


@require_safe
def file(request: Asking, pk: int) -> FileResponse:
    """The file as it came, for the unit that has it."""
    version = get_object_or_404(visible_versions(request.actor).defer("text", "decomposition"), pk=pk)
    if not version.file_sha256:
        raise Http404
    if version.document.internal:
        raise RuleBroken(_("内部文件不得导出。"), hint=_("请到原件保管处查阅；确非内部文件的，先在文件信息里改正。"))
    return as_download(open_stored(version.file_sha256), version.file_name)
