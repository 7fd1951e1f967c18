"""Meetings: the list, the page of one with its decisions, plan, edit, hold, drop; a decision of its own."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from luoshi.text import REFUSALS
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import PageForm
from luoshi.web.common.once import once
from luoshi.web.orgs.choosing import unit_names
from luoshi.web.orgs.roles import SUPERVISOR
from luoshi.web.programmes import forms, selectors
from luoshi.web.programmes.models import Decision, Meeting
from luoshi.web.programmes.services import decisions
from luoshi.web.programmes.services import meetings as services
from luoshi.web.programmes.views.acting import Page, act, check_keeps, initial_of

PAGE = 50


def meetings(request: Asking) -> HttpResponse:
    """Meetings that the unit called, and those of programmes that it sees."""
    page = Paginator(selectors.meetings_listed(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/meetings.html", {"page": page, "may_plan": request.actor.has(SUPERVISOR)})


def visible(request: Asking, pk: int) -> Meeting:
    """The meeting, or 404."""
    return get_object_or_404(selectors.visible_meetings(request.actor).select_related("unit", "programme", "minutes"), pk=pk)


def _kept(request: Asking, pk: int) -> Meeting:
    row = visible(request, pk)
    check_keeps(request, row.unit_id)
    return row


@once
def meeting(request: Asking, pk: int) -> HttpResponse:
    """Agenda, decisions; a supervisor types the next decision and sends it with Enter."""
    row = visible(request, pk)
    is_open = row.programme is None or row.programme.closed_at is None
    keeps = selectors.may_keep(request.actor, row.unit_id) and is_open
    form = forms.DecisionForm(request.POST or None, since=row.held_on, rows=0, auto_id="decision_%s")
    if request.method == "POST":
        check_keeps(request, row.unit_id)
        if form.is_valid():
            try:
                decisions.add_decision(meeting_id=row.pk, **form.cleaned_data, actor=request.actor, at=timezone.now())
                return HttpResponseRedirect(f"{reverse('meeting', args=[row.pk])}?next=1#decisions")
            except REFUSALS as fault:
                form.add_error(None, str(fault))
    typing = keeps and row.held_at is not None
    told = {
        "meeting": row, "keeps": keeps, "typing": typing, "issues": request.actor.has(SUPERVISOR), "form": form,
        "decisions": selectors.decisions_of(request.actor, row), "own": row.unit_id in request.actor.units,
        "papers": selectors.papers_for(request.actor, row), "unit_names": unit_names() if typing else [],
        "next": not request.htmx and (request.method == "POST" or bool(request.GET.get("next"))),
        "before": selectors.meeting_before(request.actor, row), "day_is_here": row.held_on <= timezone.localdate(),
    }  # fmt: skip
    return render(request, "programmes/meeting.html", told, status=422 if request.method == "POST" and not request.htmx else 200)


def _plan(said: dict[str, Any]) -> services.Plan:
    return services.Plan(**{name: said[name] for name in ("title", "held_on", "begins_at", "place", "chair", "attending", "agenda")})


@once
def meeting_new(request: Asking) -> HttpResponse:
    """Plan one, of a programme or of the office alone."""
    actor = request.actor
    if not actor.has(SUPERVISOR):
        raise Http404
    programmes = selectors.visible_programmes(actor).filter(closed_at__isnull=True)
    asked = request.GET.get("programme", "")
    chosen = get_object_or_404(programmes, pk=asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else None
    form = forms.MeetingForm(request.POST or None, actor=actor, programmes=programmes, initial={"programme": chosen})
    about, back = (chosen.name, reverse("programme", args=[chosen.pk])) if chosen else (_("会议", "columns"), reverse("meetings"))
    page = Page(_("安排会议"), about, back, _("安排会议"), _("会议已安排。"))

    def do(said: dict[str, Any]) -> str:
        of = said["programme"]
        made = services.plan_meeting(plan=_plan(said), programme_id=of.pk if of else None, actor=actor, at=timezone.now())
        return reverse("meeting", args=[made.pk])

    return act(request, page, form, do)


def _page(row: Meeting, title: str, verb: str, done: str, **more: Any) -> Page:
    return Page(title, row.title, reverse("meeting", args=[row.pk]), verb, done, **more)


@once
def meeting_edit(request: Asking, pk: int) -> HttpResponse:
    """Change what is said of it; the minutes."""
    row = _kept(request, pk)
    form = forms.MeetingForm(request.POST or None, actor=request.actor, held=row.held_at is not None, expected=row.changes)
    form.initial = initial_of(row, list(form.fields)) | {"expected": row.changes}

    def do(said: dict[str, Any]) -> None:
        minutes = said.get("minutes")
        services.edit_meeting(
            meeting_id=row.pk, plan=_plan(said), minutes_id=minutes.pk if minutes else None,
            actor=request.actor, at=timezone.now(), expected=form.expected,
        )  # fmt: skip

    return act(request, _page(row, _("修改会议"), _("保存"), _("已保存。")), form, do, row=row)


@once
def meeting_hold(request: Asking, pk: int) -> HttpResponse:
    """Put down that it was held."""
    row = _kept(request, pk)
    page = _page(row, _("记为已开"), _("记为已开"), _("已记为开过，可以记议定事项了。"), consequence=_("记下以后会议不能取消，可以开始记议定事项。"))

    def do(said: dict[str, Any]) -> str:
        services.hold_meeting(meeting_id=row.pk, **said, actor=request.actor, at=timezone.now())
        return f"{reverse('meeting', args=[row.pk])}?next=1#decisions"

    return act(request, page, PageForm(request.POST or None, expected=row.changes), do, row=row)


@once
def meeting_drop(request: Asking, pk: int) -> HttpResponse:
    """Take a planned one out."""
    row = _kept(request, pk)
    page = _page(row, _("取消会议"), _("取消会议"), _("会议已取消。"), danger=True, consequence=_("会议和它的议程将删除，操作记录保留。"))
    after = reverse("programme", args=[row.programme_id]) if row.programme_id else reverse("meetings")

    def do(said: dict[str, Any]) -> str:
        services.drop_meeting(meeting_id=row.pk, actor=request.actor, at=timezone.now())
        return after

    return act(request, page, PageForm(request.POST or None), do)


def _decision(request: Asking, pk: int) -> Decision:
    row = get_object_or_404(selectors.visible_decisions(request.actor).select_related("meeting", "lead"), pk=pk)
    check_keeps(request, row.meeting.unit_id)
    return row


@once
def decision_edit(request: Asking, pk: int) -> HttpResponse:
    """Change a decision."""
    row = _decision(request, pk)
    form = forms.DecisionForm(request.POST or None, since=row.meeting.held_on, expected=row.changes)
    form.initial = initial_of(row, list(form.fields)) | {"expected": row.changes}

    def do(said: dict[str, Any]) -> None:
        decisions.edit_decision(decision_id=row.pk, **said, actor=request.actor, at=timezone.now())

    return act(request, _page(row.meeting, _("修改议定事项"), _("保存"), _("已保存。")), form, do, row=row)


@once
def decision_remove(request: Asking, pk: int) -> HttpResponse:
    """Take a decision out."""
    row = _decision(request, pk)
    page = _page(row.meeting, _("删除议定事项"), _("删除"), _("已删除。"), danger=True, consequence=_("将删除：{text}").format(text=row.text))

    def do(said: dict[str, Any]) -> None:
        decisions.remove_decision(decision_id=row.pk, actor=request.actor, at=timezone.now())

    return act(request, page, PageForm(request.POST or None), do)
