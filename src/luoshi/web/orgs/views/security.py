"""The security administrator's pages: who signed in or tried to, and who is locked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from luoshi.text.language import _
from luoshi.web.audit.acts import act_names
from luoshi.web.audit.selectors import sign_in_records
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.orgs.roles import SECURITY
from luoshi.web.orgs.selectors import locks as locked
from luoshi.web.orgs.services.sign_in import unlock as unlock_name

PAGE = 100


def sign_ins(request: Asking) -> HttpResponse:
    """Sign-in records, latest first; further back by number, without counting them."""
    if request.actor.administers != SECURITY:
        raise Http404
    found = sign_in_records(request.actor)
    act, who, before = request.GET.get("act", ""), request.GET.get("who", "").strip(), request.GET.get("before", "")
    if act:
        found = found.filter(act=act)
    if who:
        found = found.filter(actor__icontains=who)
    if before.isdecimal():
        found = found.filter(seq__lt=int(before))
    rows = list(found[: PAGE + 1])
    names = {code: name for code, name in act_names().items() if code.startswith("login.")}
    query = request.GET.copy()
    query.pop("before", None)
    told = {"rows": rows[:PAGE], "more": rows[PAGE - 1].seq if len(rows) > PAGE else None, "acts": names, "act": act, "who": who, "query": query.urlencode()}
    return render(request, "orgs/sign_ins.html", told)


def locks(request: Asking) -> HttpResponse:
    """User names that are locked now."""
    if request.actor.administers != SECURITY:
        raise Http404
    return render(request, "orgs/locks.html", {"locks": locked(request.actor)})


@require_POST
@once
def unlock(request: Asking) -> HttpResponse:
    """Unlock a user name."""
    if request.actor.administers != SECURITY:
        raise Http404
    unlock_name(username=request.POST.get("username", ""), actor=request.actor, at=timezone.now())
    messages.success(request, _("已解锁。"))
    return redirect("locks")
