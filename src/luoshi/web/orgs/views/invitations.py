"""Invitations: whom to invite, the links that still open, and the links just made, which are shown once and kept nowhere."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.text import REFUSALS, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once, shown_once
from luoshi.web.orgs.models import User
from luoshi.web.orgs.roles import SECURITY, SYSTEM
from luoshi.web.orgs.selectors import open_invitations, to_invite, visible_people
from luoshi.web.orgs.services.invitations import LASTS, issue_invitation, revoke_invitation
from luoshi.web.orgs.views.administering import only_for

MOST = 200


@require_http_methods(["GET", "POST"])
@once
def invitations(request: Asking) -> HttpResponse:
    """Choose whom to invite; the answer shows each link this once."""
    only_for(request.actor, SYSTEM, SECURITY)
    wrong = ""
    if request.method == "POST":
        chosen = _chosen(request)
        try:
            if not chosen:
                raise RuleBroken(_("请至少选一个人。"))
            links = [(user, _link(request, user)) for user in chosen]
        except REFUSALS as error:
            wrong = str(error)
        else:
            told = {"links": links, "hours": LASTS.total_seconds() // 3600}
            return shown_once(render(request, "orgs/links.html", told), repeat=reverse("invitations"))
    now = timezone.now()
    told = {"waiting": list(to_invite(request.actor, now)[:MOST]), "open": list(open_invitations(request.actor, now)[:MOST]), "wrong": wrong}
    return render(request, "orgs/invitations.html", told, status=422 if wrong else 200)


def _chosen(request: Asking) -> list[User]:
    numbers = [int(one) for one in request.POST.getlist("user") if one.isdecimal()][:MOST]
    found = list(visible_people(request.actor).filter(pk__in=numbers).order_by("name", "pk"))
    if len(found) != len(set(numbers)):
        raise Http404
    return found


def _link(request: Asking, user: User) -> str:
    _made, token = issue_invitation(user_id=user.pk, actor=request.actor, at=timezone.now())
    return request.build_absolute_uri(reverse("invitation_redeem", args=[token]))


def _open(actor: Actor, pk: int | None) -> Any:
    only_for(actor, SYSTEM, SECURITY)
    return get_object_or_404(open_invitations(actor, timezone.now()), pk=pk)


revoke = act_view(
    ActPage(
        find=_open,
        back=lambda row: reverse("invitations"),
        about=lambda row: row.user.name,
        call=lambda row, told, actor, at: revoke_invitation(invitation_id=row.pk, actor=actor, at=at),
        words=lambda row: Words(_("收回邀请链接"), _("收回"), _("链接已收回。"), _("已发出的链接不再能用；需要时可以另发。")),
    )
)
