"""Documents of a programme: link, next version of the scheme, what changed between two versions, take out."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import PageForm
from luoshi.web.common.once import once
from luoshi.web.programmes import forms, selectors
from luoshi.web.programmes.differences import Comparison, Paragraph, compare
from luoshi.web.programmes.models import Paper
from luoshi.web.programmes.scheme import FINAL, next_stages, stage_names
from luoshi.web.programmes.services import papers
from luoshi.web.programmes.views.acting import Page, act, check_keeps
from luoshi.web.programmes.views.containers import kept, page_of, visible

_SHOWN = 2  # unchanged paragraphs in a row that are shown as they are; more are folded


@once
def paper_new(request: Asking, pk: int) -> HttpResponse:
    """Link a document."""
    row = kept(request, pk)
    page = Page(_("挂接文件"), *page_of(row), _("挂接"), _("文件已挂接。"))

    def do(said: dict[str, object]) -> None:
        document = said.pop("document")
        papers.link_paper(programme_id=row.pk, document_id=document.pk, **said, actor=request.actor, at=timezone.now())  # type: ignore[attr-defined, arg-type]

    return act(request, page, forms.PaperForm(request.POST or None, actor=request.actor), do)


@once
def scheme_new(request: Asking, pk: int) -> HttpResponse:
    """Put the next version of the scheme on the table."""
    row = kept(request, pk)
    last = papers.newest_scheme(row)
    stages = next_stages(last.stage) if last else next_stages("")
    if not stages:
        raise Http404
    form = forms.SchemeForm(request.POST or None, actor=request.actor, stages=stages, first=last is None)
    page = Page(
        _("方案加新稿"), *page_of(row), _("加上这一稿"), _("这一稿已加上。"),
        consequence=_("现在是{stage}。定稿以后不能再加新稿。").format(stage=stage_names()[last.stage]) if last else "",
    )  # fmt: skip

    def do(said: dict[str, object]) -> None:
        version = said.pop("version")
        papers.advance_scheme(programme_id=row.pk, version_id=version.pk, **said, actor=request.actor, at=timezone.now())  # type: ignore[attr-defined, arg-type]

    return act(request, page, form, do)


@once
def paper_remove(request: Asking, pk: int) -> HttpResponse:
    """Take a document out."""
    rows = Paper.objects.filter(programme__in=selectors.visible_programmes(request.actor)).select_related("programme", "document")
    row = get_object_or_404(rows, pk=pk)
    check_keeps(request, row.programme.unit_id)
    page = Page(
        _("移出文件"), *page_of(row.programme), _("移出"), _("文件已移出专项。"), danger=True,
        consequence=_("《{title}》将移出专项，文件本身还在“文件”里。").format(title=row.document.title),
    )  # fmt: skip

    def do(said: dict[str, object]) -> None:
        papers.remove_paper(paper_id=row.pk, actor=request.actor, at=timezone.now())

    return act(request, page, PageForm(request.POST or None), do)


def scheme_compare(request: Asking, pk: int) -> HttpResponse:
    """What changed from one version of the scheme to another; for the unit whose documents they are."""
    row = visible(request, pk)
    if row.unit_id not in request.actor.units:
        raise Http404
    versions = list(
        Paper.objects.filter(programme=row, kind=Paper.SCHEME, document__in=selectors.own_documents(request.actor))
        .select_related("document", "version")
        .defer("version__decomposition")
    )
    if len(versions) < 2:
        messages.info(request, _("方案还没有第二稿，没有可比的。"))
        return redirect("programme", row.pk)
    old = _chosen(versions, request.GET.get("old"), versions[-2])
    new = _chosen(versions, request.GET.get("new"), versions[-1])
    made = compare(old.version.text if old.version else "", new.version.text if new.version else "")
    told = {
        "programme": row, "versions": versions, "old": old, "new": new, "stages": stage_names(), "blocks": _folded(made),
        "changed": made.count("changed"), "added": made.count("added"), "gone": made.count("gone"), "same": made.count("same"),
        "final": FINAL,
    }  # fmt: skip
    return render(request, "programmes/compare.html", told)


def _chosen(versions: list[Paper], asked: str | None, otherwise: Paper) -> Paper:
    if not asked:
        return otherwise
    found = next((paper for paper in versions if str(paper.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _folded(made: Comparison) -> list[tuple[bool, list[Paragraph]]]:
    """Stretches of paragraphs; True where they stayed the same and are many enough to be folded away."""
    found = []
    for same, group in groupby(made.paragraphs, key=lambda one: one.kind == "same"):
        paragraphs = list(group)
        found.append((same and len(paragraphs) > _SHOWN, paragraphs))
    return found
