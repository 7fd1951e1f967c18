"""Templates of papers: ours to download, an office's own to upload, the places that they may have."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.text import LuoshiError
from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.common.acting import ActPage, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.downloads import as_download
from luoshi.web.common.forms import PageForm
from luoshi.web.common.once import once
from luoshi.web.ledger.evidence import clean_name
from luoshi.web.papers.kinds import Kind, kinds
from luoshi.web.papers.parties import drafts_papers
from luoshi.web.papers.placeholders import PLACES
from luoshi.web.papers.rendering import WORD, default_template, tried, word_file
from luoshi.web.papers.samples import sample_facts
from luoshi.web.papers.selectors import template_in_use, templates_in_use
from luoshi.web.papers.services.templates import add_template, drop_template

MOST = 4 << 20
"""Bytes of a template."""


class TemplateForm(PageForm):
    """A file."""

    def made(self) -> dict[str, forms.Field]:
        """The file."""
        widget = forms.ClearableFileInput(attrs={"accept": ".docx"})
        return {"file": forms.FileField(label=_("Word 模板（.docx）"), widget=widget, help_text=_("不超过 {n} MiB").format(n=MOST >> 20))}


@require_safe
def templates(request: Asking) -> HttpResponse:
    """Every kind with the template in use, and the table of places."""
    if not drafts_papers(request.actor):
        raise Http404
    own = templates_in_use(request.actor)
    return render(request, "papers/templates.html", {"rows": [(kind, own.get(kind.code)) for kind in kinds().values()], "places": PLACES})


@require_safe
def download(request: Asking, kind: str) -> FileResponse:
    """The template in use; ``?default=1`` ours."""
    found = _kind(request, kind)
    own = template_in_use(request.actor.unit, kind) if not request.GET.get("default") else None
    content = store.read_stored(own.sha256) if own else default_template(found.shape.value)
    return as_download(BytesIO(content), own.name if own else _("{kind}模板.docx").format(kind=found.name), WORD)


@require_safe
def sample(request: Asking, kind: str) -> FileResponse:
    """The template in use, filled with invented facts."""
    found = _kind(request, kind)
    own = template_in_use(request.actor.unit, kind)
    content = word_file(sample_facts(found), template_sha256=own.sha256 if own else "")
    return as_download(BytesIO(content), _("{kind}样例.docx").format(kind=found.name), WORD)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Asking, kind: str) -> HttpResponse:
    """An own template; it is tried in the child before anything is written, so that no transaction waits for it."""
    found = _kind(request, kind)
    form = TemplateForm(request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None)
    places: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            places = tried(_content(form), clean_name(form.cleaned_data["file"].name), sample_facts(found))
        except LuoshiError as error:
            form.add_error("file", str(error))
    answer: HttpResponse = _taken(request, found, form, places)
    return answer


@once
def _taken(request: Asking, kind: Kind, form: TemplateForm, places: list[str]) -> HttpResponse:
    if form.is_bound and form.is_valid():
        name, stored = clean_name(form.cleaned_data["file"].name), store.save(_content(form), most=MOST)
        add_template(kind=kind.code, name=name, stored=stored, places=places, actor=request.actor, at=timezone.now())
        messages.success(request, _("模板已试填成功，以后的{kind}用它生成。").format(kind=kind.name))
        return redirect("paper_templates")
    return render(request, "papers/template_upload.html", {"form": form, "kind": kind, "places": PLACES}, status=422 if form.is_bound else 200)


def _content(form: TemplateForm) -> bytes:
    file = form.cleaned_data["file"]
    file.seek(0)
    content: bytes = file.read(MOST + 1)
    return content


def _kind(request: Asking, code: str) -> Kind:
    found = kinds().get(code)
    if found is None or not drafts_papers(request.actor):
        raise Http404
    return found


def drop(request: Asking, kind: str) -> HttpResponse:
    """Put the own template aside."""
    found = _kind(request, kind)

    def call(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Any:
        return drop_template(kind=found.code, actor=actor, at=at)

    page = ActPage(
        find=lambda actor, pk: found,
        about=lambda row: _("公文模板"),
        back=lambda row: reverse("paper_templates"),
        words=lambda row: Words(_("改用默认模板"), _("改用默认模板"), _("已改用默认模板。"), _("本单位的{kind}模板不再使用；已发出的不变。").format(kind=found.name)),
        call=call,
    )
    return act_view(page)(request)
