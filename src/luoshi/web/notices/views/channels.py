"""The system administrator's pages of channels: what there is, what became of each message, and the acts on them."""

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
from luoshi.web.common.acting import ActPage, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.notices.forms import ChannelForm, told_by
from luoshi.web.notices.models import SMTP, Channel
from luoshi.web.notices.names import kind_names, state_names
from luoshi.web.notices.selectors import visible_channels, visible_outgoing
from luoshi.web.notices.services import channels as services
from luoshi.web.orgs.choosing import unit_names
from luoshi.web.orgs.roles import SYSTEM

SHOWN = 100


def _only_for_system(actor: Actor) -> None:
    if actor.administers != SYSTEM:
        raise Http404


@require_safe
def channels(request: Asking) -> HttpResponse:
    """All channels, with how their messages stand."""
    _only_for_system(request.actor)
    kinds = kind_names()
    rows = [(one, kinds[one.kind], services.shown_address(one)) for one in visible_channels(request.actor)]
    return render(request, "notices/channels.html", {"rows": rows, "kinds": kinds})


@require_safe
def channel(request: Asking, pk: int) -> HttpResponse:
    """One channel and its outbox, the latest first."""
    found = _channel(request.actor, pk)
    states = state_names()
    outbox = [(one, *states[one.state]) for one in visible_outgoing(request.actor).filter(channel=found)[:SHOWN]]
    told = {"channel": found, "kind": kind_names()[found.kind], "address": services.shown_address(found), "is_mail": found.kind == SMTP, "outbox": outbox, "shown": SHOWN}
    return render(request, "notices/channel.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def channel_new(request: Asking) -> HttpResponse:
    """A new channel of the kind that the address names."""
    _only_for_system(request.actor)
    kind = request.GET.get("kind", SMTP)
    if kind not in kind_names():
        raise Http404
    form, status = ChannelForm(request.POST if request.method == "POST" else None, kind=kind), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            unit = form.cleaned_data["unit"]
            try:
                made = services.add_channel(kind=kind, unit_id=unit.pk if unit else None, told=told_by(form.cleaned_data), actor=request.actor, at=timezone.now())
            except REFUSALS as error:
                form.add_error(None, str(error))
                status = error.http_status
            else:
                messages.success(request, _("已添加，还没有启用。请先试发，收到了再启用。"))
                return redirect("channel", made.pk)
    return render(request, "notices/channel_new.html", {"form": form, "kind": kind, "kinds": kind_names(), "unit_names": unit_names()}, status=status)


def _channel(actor: Actor, pk: int | None) -> Channel:
    return get_object_or_404(visible_channels(actor), pk=pk)


def _address(row: Any) -> str:
    return reverse("channel", args=[row.pk])


def _edited(row: Channel, told: dict[str, Any], actor: Actor, at: datetime) -> Any:
    return services.edit_channel(channel_id=row.pk, told=told_by(told), expected=told.get("expected"), actor=actor, at=at)


channel_edit = act_view(
    ActPage(
        find=_channel,
        form=ChannelForm,
        back=_address,
        about=lambda row: str(row.name),
        call=_edited,
        lock="changes",
        words=lambda row: Words(_("修改通道"), _("保存"), _("已保存。改了地址或口令的，请再试发一次。")),
    )
)


def _switch_words(row: Channel) -> Words:
    if row.on:
        return Words(_("停用通道"), _("停用"), _("已停用。"), _("还没发出的不再发；页面里的摘要照常生成。"))
    follows = _("从下一份摘要起，件数和链接会经它发到系统以外；不含事项名称、人员和内容。")
    return Words(_("启用通道"), _("启用"), _("已启用。"), follows)


channel_switch = act_view(
    ActPage(
        find=_channel,
        back=_address,
        about=lambda row: str(row.name),
        words=_switch_words,
        call=lambda row, told, actor, at: services.switch_channel(channel_id=row.pk, on=not row.on, actor=actor, at=at),
    )
)
channel_try = act_view(
    ActPage(
        find=_channel,
        back=_address,
        about=lambda row: str(row.name),
        words=lambda row: Words(_("试发"), _("试发"), _("已交后台试发，几秒后刷新本页看结果。"), _("发一条不含任何业务内容的消息，停用着也能试。")),
        call=lambda row, told, actor, at: services.try_channel(channel_id=row.pk, actor=actor, at=at),
    )
)
channel_again = act_view(
    ActPage(
        find=lambda actor, pk: get_object_or_404(visible_outgoing(actor), pk=pk),
        back=lambda row: _address(row.channel),
        about=lambda row: str(row.channel.name),
        words=lambda row: Words(_("重发"), _("重发"), _("已重新排队。"), _("编号不变，收到过的人能认出是同一条。")),
        call=lambda row, told, actor, at: services.send_again(outgoing_id=row.pk, actor=actor, at=at),
    )
)
