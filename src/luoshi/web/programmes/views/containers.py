"""Programmes: the list, the page of one, start, edit, close, reopen, its parts."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.audit.acts import act_names
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import PageForm
from luoshi.web.common.once import once
from luoshi.web.orgs.roles import SUPERVISOR
from luoshi.web.programmes import forms, selectors
from luoshi.web.programmes.models import Part, Programme
from luoshi.web.programmes.scheme import next_stages, stage_names
from luoshi.web.programmes.services import containers
from luoshi.web.programmes.views.acting import Page, act, check_keeps, initial_of

PAGE = 50


def programmes(request: Asking) -> HttpResponse:
    """Programmes that the reader's unit keeps or leads a part of."""
    page = Paginator(selectors.programmes_listed(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/programmes.html", {"page": page, "may_start": request.actor.has(SUPERVISOR)})


def visible(request: Asking, pk: int) -> Programme:
    """The programme, or 404."""
    return get_object_or_404(selectors.visible_programmes(request.actor).select_related("unit"), pk=pk)


def kept(request: Asking, pk: int) -> Programme:
    """The programme of the reader's own unit, to write; else 404."""
    programme = visible(request, pk)
    check_keeps(request, programme.unit_id)
    return programme


def programme(request: Asking, pk: int) -> HttpResponse:
    """Who leads, parts, papers by stage, meetings, studies, topics, what became matters."""
    found = visible(request, pk)
    told = selectors.programme_page(request.actor, found)
    stage = told["schemes"][-1].stage if told["schemes"] else ""
    keeps = selectors.may_keep(request.actor, found.unit_id)
    told |= {
        "programme": found,
        "own": found.unit_id in request.actor.units,
        "keeps": keeps and found.closed_at is None,
        "reopens": keeps and found.closed_at is not None,
        "issues": request.actor.has(SUPERVISOR),
        "stage": stage,
        "stages": stage_names(),
        "acts": act_names(),
        "scheme_goes_on": bool(next_stages(stage)),
    }
    return render(request, "programmes/programme.html", told)


def page_of(programme: Programme) -> tuple[str, str]:
    """What the way back is called, and its address."""
    return programme.name, reverse("programme", args=[programme.pk])


@once
def programme_new(request: Asking) -> HttpResponse:
    """Start one."""
    actor, at = request.actor, timezone.now()
    if not actor.has(SUPERVISOR):
        raise Http404
    page = Page(_("新建专项"), _("专项", "columns"), reverse("programmes"), _("新建", "button"), _("专项已建立。"))
    return act(
        request, page, forms.ProgrammeForm(request.POST or None),
        lambda said: reverse("programme", args=[containers.start_programme(**said, actor=actor, at=at).pk]),
    )  # fmt: skip


@once
def programme_edit(request: Asking, pk: int) -> HttpResponse:
    """Change what it says of itself."""
    row = kept(request, pk)
    form = forms.ProgrammeForm(request.POST or None, expected=row.changes)
    form.initial = initial_of(row, list(form.fields)) | {"expected": row.changes}
    page = Page(_("修改专项"), *page_of(row), _("保存"), _("已保存。"))

    def do(said: dict[str, object]) -> None:
        containers.edit_programme(programme_id=row.pk, **said, actor=request.actor, at=timezone.now())  # type: ignore[arg-type]

    return act(request, page, form, do, row=row)


@once
def programme_close(request: Asking, pk: int) -> HttpResponse:
    """It is over."""
    row = kept(request, pk)
    page = Page(
        _("结束专项"), *page_of(row), _("结束专项"), _("专项已结束。"),
        consequence=_("结束后不能再加文件、会议、学习和课题，也不能改；已经立项的事项照常办理。可以重新打开。"),
    )  # fmt: skip

    def do(said: dict[str, object]) -> None:
        containers.close_programme(programme_id=row.pk, **said, actor=request.actor, at=timezone.now())  # type: ignore[arg-type]

    return act(request, page, forms.CloseForm(request.POST or None, expected=row.changes), do, row=row)


@once
def programme_reopen(request: Asking, pk: int) -> HttpResponse:
    """Undo the closing."""
    row = kept(request, pk)
    page = Page(_("重新打开专项"), *page_of(row), _("重新打开"), _("专项已重新打开。"), consequence=_("打开后可以继续加文件、会议、学习和课题。"))

    def do(said: dict[str, object]) -> None:
        containers.reopen_programme(programme_id=row.pk, **said, actor=request.actor, at=timezone.now())  # type: ignore[arg-type]

    return act(request, page, PageForm(request.POST or None, expected=row.changes), do, row=row)


@once
def part_new(request: Asking, pk: int) -> HttpResponse:
    """Add a part."""
    row = kept(request, pk)
    page = Page(_("加工作板块"), *page_of(row), _("加上"), _("已加上。"))

    def do(said: dict[str, object]) -> None:
        containers.add_part(programme_id=row.pk, **said, actor=request.actor, at=timezone.now())  # type: ignore[arg-type]

    return act(request, page, forms.PartForm(request.POST or None), do)


def _part(request: Asking, pk: int) -> Part:
    found = get_object_or_404(Part.objects.select_related("programme", "lead"), pk=pk, programme__in=selectors.visible_programmes(request.actor))
    check_keeps(request, found.programme.unit_id)
    return found


@once
def part_edit(request: Asking, pk: int) -> HttpResponse:
    """Change a part."""
    row = _part(request, pk)
    form = forms.PartForm(request.POST or None, expected=row.changes)
    form.initial = initial_of(row, list(form.fields)) | {"expected": row.changes}
    page = Page(_("修改工作板块"), *page_of(row.programme), _("保存"), _("已保存。"))

    def do(said: dict[str, object]) -> None:
        containers.edit_part(part_id=row.pk, **said, actor=request.actor, at=timezone.now())  # type: ignore[arg-type]

    return act(request, page, form, do, row=row)


@once
def part_remove(request: Asking, pk: int) -> HttpResponse:
    """Take a part out."""
    row = _part(request, pk)
    page = Page(
        _("移出工作板块"), *page_of(row.programme), _("移出"), _("已移出。"), danger=True,
        consequence=_("“{title}”将移出专项；{unit}如果没有牵头别的板块，就看不到这个专项了。").format(title=row.title, unit=row.lead.name),
    )  # fmt: skip

    def do(said: dict[str, object]) -> None:
        containers.remove_part(part_id=row.pk, actor=request.actor, at=timezone.now())

    return act(request, page, PageForm(request.POST or None), do)
