"""What the system administrator does with channels. Neither a secret nor the address of a robot is ever in a record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from luoshi.text import Conflict, DamagedFile, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.notices.models import FAILED, GIVEN_UP, SMTP, WAITING, Channel, Outgoing
from luoshi.web.notices.pacing import LIMITS, number_of
from luoshi.web.orgs.roles import SYSTEM

FIELDS = ("name", "address", "security", "login", "sender", "receivers", "per_minute", "per_day", "quiet_from", "quiet_until")


@transaction.atomic
def add_channel(*, kind: str, unit_id: int | None, told: Mapping[str, Any], actor: Actor, at: datetime) -> Channel:
    """A channel, switched off. ``told``: the fields of ``FIELDS`` and ``secret``. Raises RuleBroken for what it cannot work with."""
    _must_administer(actor)
    channel = Channel(kind=kind, unit_id=unit_id, created_at=at)
    _fill(channel, told)
    channel.save()
    record(act="channel.add", subject=channel, actor=actor, at=at, after=told_of(channel))
    return channel


@transaction.atomic
def edit_channel(*, channel_id: int, told: Mapping[str, Any], expected: int | None, actor: Actor, at: datetime) -> Channel:
    """Change it. An empty ``secret``, and the empty address of a robot, leave the one that is kept."""
    channel = _locked(channel_id, actor)
    if expected is not None and expected != channel.changes:
        raise Conflict(_("这个通道刚刚被别人改过，您这次没有保存。"), hint=_("请看看现在的内容，再决定怎么改。"))
    before, secrets = told_of(channel), (channel.sealed_secret, channel.sealed_address)
    _fill(channel, told)
    channel.changes += 1
    channel.rests_until = None
    channel.save()
    after = told_of(channel) | ({"secret": "changed"} if secrets != (channel.sealed_secret, channel.sealed_address) else {})
    record(act="channel.edit", subject=channel, actor=actor, at=at, before=before, after=after)
    return channel


@transaction.atomic
def switch_channel(*, channel_id: int, on: bool, actor: Actor, at: datetime) -> Channel:
    """On: digests from now on leave by it. Off: what waits is given up, so that nothing old leaves when it is on again."""
    channel = _locked(channel_id, actor)
    if channel.on == on:
        raise RuleBroken(_("通道已经是这个状态。"), hint=_("请刷新后再看。"))
    channel.on = on
    channel.changes += 1
    channel.save(update_fields=["on", "changes"])
    dropped = 0
    if not on:
        waiting = Outgoing.objects.filter(channel=channel, state__in=(WAITING, FAILED))
        dropped = waiting.update(state=GIVEN_UP, said=_("通道停用，没有再发。"))
    record(act="channel.switch", subject=channel, actor=actor, at=at, before={"on": not on}, after={"on": on, "dropped": dropped})
    return channel


@transaction.atomic
def try_channel(*, channel_id: int, actor: Actor, at: datetime) -> Outgoing:
    """A trial, sent by the clock within seconds; a channel may be tried while it is off."""
    channel = _locked(channel_id, actor)
    if Outgoing.objects.filter(channel=channel, digest=None, state=WAITING).exists():
        raise RuleBroken(_("上一次试发还没有结果。"), hint=_("请等几秒，刷新后再看。"))
    if channel.kind == SMTP and not channel.receivers:
        raise RuleBroken(_("这个通道没有写收件地址，试发不知道发给谁。"), hint=_("请先填一个收件地址，试好后再清空。"))
    trials = Outgoing.objects.filter(channel=channel, digest=None).count()
    made = Outgoing.objects.create(number=number_of(f"trial:{trials + 1}", channel.pk), channel=channel, made_at=at, next_try_at=at)
    record(act="channel.try", subject=channel, actor=actor, at=at, after={"number": made.number})
    return made


@transaction.atomic
def send_again(*, outgoing_id: int, actor: Actor, at: datetime) -> Outgoing:
    """One that was given up, on its way again with the same number."""
    outgoing = Outgoing.objects.select_for_update(of=("self",)).select_related("channel").get(pk=outgoing_id)
    channel = _locked(outgoing.channel_id, actor)
    if outgoing.state != GIVEN_UP or outgoing.digest_id is None:
        raise RuleBroken(_("只有没发出去的摘要才能重发。"), hint=_("请刷新后再看。"))
    if not channel.on:
        raise RuleBroken(_("通道停用着，不能重发。"), hint=_("请先启用通道。"))
    outgoing.state, outgoing.attempts, outgoing.made_at, outgoing.next_try_at = WAITING, 0, at, at
    outgoing.save(update_fields=["state", "attempts", "made_at", "next_try_at"])
    record(act="channel.again", subject=channel, actor=actor, at=at, after={"number": outgoing.number})
    return outgoing


def told_of(channel: Channel) -> dict[str, Any]:
    """A channel as a record tells it: whether there is a secret, never which."""
    told = {field: getattr(channel, field) for field in FIELDS if field != "address"}
    told = {field: value.isoformat("minutes") if hasattr(value, "isoformat") else value for field, value in told.items()}
    return told | {"kind": channel.kind, "unit": channel.unit_id, "address": shown_address(channel), "secret": bool(channel.sealed_secret)}


def shown_address(channel: Channel) -> str:
    """The server of mail; of a robot only its host, as the rest is a secret; what is wrong where it does not open."""
    try:
        return _plain(channel)
    except DamagedFile as error:
        return str(error)


def _plain(channel: Channel) -> str:
    return channel.address if channel.kind == SMTP else f"{urlsplit(channel.address).scheme}://{urlsplit(channel.address).netloc}/…"


def _fill(channel: Channel, told: Mapping[str, Any]) -> None:
    for field in FIELDS:
        if field != "address" or told["address"]:
            setattr(channel, field, told[field])
    if told["secret"]:
        channel.secret = told["secret"]
    _must_work(channel)


def _must_work(channel: Channel) -> None:
    if channel.kind == SMTP:
        host, _colon, port = channel.address.rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise RuleBroken(_("邮件服务器要写成“主机:端口”，如 mail.example.gov.cn:465。"))
        if "@" not in channel.sender:
            raise RuleBroken(_("请填写发件地址。"))
        if wrong := [one for one in channel.receivers.split() if "@" not in one]:
            raise RuleBroken(_("收件地址不对：{text}。").format(text=wrong[0]), hint=_("多个地址用空格或换行分开。"))
        if channel.security not in ("tls", "starttls", "plain"):
            raise RuleBroken(_("请选择加密方式。"))
        if channel.security == "plain" and (channel.login or channel.sealed_secret):
            raise RuleBroken(_("不加密的连接不能带用户名和口令。"), hint=_("请选 TLS 或 STARTTLS，或者清空用户名后重新添加。"))
    elif urlsplit(channel.address).scheme not in ("http", "https") or not urlsplit(channel.address).hostname or "@" in urlsplit(channel.address).netloc:
        raise RuleBroken(_("机器人地址要以 https:// 开头，请从群设置里整段复制。"))
    if channel.per_minute > LIMITS[channel.kind].per_minute:
        raise RuleBroken(_("对方每分钟最多收 {n} 条。").format(n=LIMITS[channel.kind].per_minute))
    if (channel.quiet_from is None) != (channel.quiet_until is None):
        raise RuleBroken(_("免打扰时段的开始和结束要么都填，要么都不填。"))


def _locked(channel_id: int, actor: Actor) -> Channel:
    _must_administer(actor)
    return Channel.objects.select_for_update().get(pk=channel_id)


def _must_administer(actor: Actor) -> None:
    if actor.administers != SYSTEM:
        raise RuleBroken(_("通知通道由系统管理员维护。"))
