"""Leaves to see: what the unit gave and what it holds."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.acting import ActPage, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.orgs.forms.units import GrantForm
from luoshi.web.orgs.models import Grant
from luoshi.web.orgs.roles import HEAD, LEADER
from luoshi.web.orgs.selectors import visible_grants
from luoshi.web.orgs.services.grants import end_grant, give_grant


def grants(request: Asking) -> HttpResponse:
    """Both lists, with those that have run out."""
    if not request.actor.roles:
        raise Http404
    found = list(visible_grants(request.actor))
    told = {
        "given": [one for one in found if one.unit_id in request.actor.units],
        "held": [one for one in found if one.to_unit_id in request.actor.units],
        "today": timezone.localdate(),
        "gives": request.actor.has(HEAD, LEADER),
    }
    return render(request, "orgs/grants.html", told)


def _giving(actor: Actor, pk: int | None) -> Any:
    if not actor.has(HEAD, LEADER):
        raise Http404


def _given(actor: Actor, pk: int | None) -> Any:
    _giving(actor, pk)
    return get_object_or_404(visible_grants(actor).filter(unit__in=actor.units, ended_on__isnull=True), pk=pk)


def _give(row: Any, told: dict[str, Any], actor: Actor, at: datetime) -> Grant:
    to_unit = told.pop("to_unit")
    return give_grant(to_unit=to_unit.pk, **told, actor=actor, at=at)


create = act_view(
    ActPage(
        find=_giving,
        form=GrantForm,
        back=lambda row: reverse("grants"),
        call=_give,
        words=lambda row: Words(_("授权查看"), _("授权"), _("已授权。"), _("对方可以看到本单位自己的事项，不能办理；每一次授权都有记录，可以随时终止。")),
    )
)
end = act_view(
    ActPage(
        find=_given,
        back=lambda row: reverse("grants"),
        about=lambda row: row.to_unit.name,
        danger=True,
        call=lambda row, told, actor, at: end_grant(grant_id=row.pk, actor=actor, at=at),
        words=lambda row: Words(_("终止授权"), _("终止", "grant"), _("授权已终止。"), _("“{name}”从现在起看不到本单位的事项。").format(name=row.to_unit.name)),
    )
)
