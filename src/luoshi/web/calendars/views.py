"""The system administrator's pages of the calendar."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.text import REFUSALS
from luoshi.text.language import _
from luoshi.web.calendars import services
from luoshi.web.calendars.forms import AnnouncementForm, WithdrawForm
from luoshi.web.calendars.selectors import announcements_of, missing_year, working_calendar, years_of
from luoshi.web.common.acting import ActPage, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once


@require_safe
def calendar(request: Asking) -> HttpResponse:
    """The years: announced or provisional, with their days and where these come from."""
    _only_for_system(request.actor)
    today = timezone.localdate()
    told = {"years": years_of(request.actor, today), "missing": missing_year(today), "withdrawn": announcements_of(request.actor).filter(withdrawn_at__isnull=False)}
    return render(request, "calendars/calendar.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def calendar_new(request: Asking) -> HttpResponse:
    """Paste a notice, see what was understood, store it: the last is one call."""
    _only_for_system(request.actor)
    today = timezone.localdate()
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdigit() and 2000 <= int(wanted) <= 2100 else missing_year(today) or today.year + 1
    form = AnnouncementForm(request.POST if request.method == "POST" else None, year=year)
    if not form.is_bound or not form.is_valid():
        return render(request, "calendars/enter.html", {"form": form}, status=422 if form.is_bound else 200)
    if "store" not in request.POST:
        return render(request, "calendars/enter.html", {"form": form, "understood": form.pasted.days, "idle": _idle(form)})
    try:
        services.enter_announcement(title=form.cleaned_data["title"], year=form.cleaned_data["year"], days=form.pasted.days, actor=request.actor, at=timezone.now())
    except REFUSALS as error:
        form.add_error(None, str(error))
        return render(request, "calendars/enter.html", {"form": form}, status=error.http_status)
    messages.success(request, _("{year} 年的日历已更新，各页从现在起按它计算。").format(year=form.cleaned_data["year"]))
    return redirect("calendar")


def _idle(form: AnnouncementForm) -> list[Any]:
    """Working days that are worked anyway: a slip of the pen, or needless."""
    now = working_calendar()
    return [day for day in form.works if day.weekday() < 5 and now.is_working_day(day)]


def _announcement(actor: Actor, pk: int | None) -> Any:
    return get_object_or_404(announcements_of(actor), pk=pk)


def _withdrawn(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Any:
    return services.withdraw_announcement(announcement_id=row.pk, reason=told["reason"], actor=actor, at=at)


calendar_withdraw = act_view(
    ActPage(
        find=_announcement,
        form=WithdrawForm,
        back=lambda row: reverse("calendar"),
        about=lambda row: str(row.title),
        call=_withdrawn,
        danger=True,
        words=lambda row: Words(
            _("撤下通知"), _("撤下"), _("已撤下。"), _("它的日子不再算数，{year} 年没有别的通知的，回到按周末推算；已经定下的时限不变。").format(year=row.year)
        ),
    )
)


def _only_for_system(actor: Actor) -> None:
    if actor.administers != "system":
        raise Http404
