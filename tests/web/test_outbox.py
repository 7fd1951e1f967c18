"""The outbox: channels and their acts, what each other side is sent, limits and quiet hours."""

import email
import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.common.actor import SYSTEM
from luoshi.web.ledger.workflow import State
from luoshi.web.notices import adapters
from luoshi.web.notices.adapters import Letter, NotDelivered, Way
from luoshi.web.notices.models import Channel, Digest, Outgoing
from luoshi.web.notices.services import channels as services
from luoshi.web.notices.services.digesting import make_digest
from luoshi.web.notices.services.sending import fail_outgoing, link_of, send_waiting
from tests.web import kit
from tests.web.sinks import Mailbox, Robot
from tests.web.test_orgs_pages import post, signed_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 26, 9, 0, tzinfo=SHANGHAI)
MAIL = {"security": "plain", "sender": "luoshi@linjiang.example", "login": "", "receivers": "mz@linjiang.example", "secret": ""}
PACE = {"per_minute": 20, "per_day": 1000, "quiet_from": None, "quiet_until": None}
TOKEN = "robot-token-4711"
DINGTALK_SIGN, FEISHU_SIGN = "YHoQ4F58vRHDbEKRfyRCbJ4ucZZQvImfEXgqAr0yNoU%3D", "YCWaftfR8PAKozFbwCM2A3Ibk6onvbZxNVlZ7u2Px7w="
LETTER = Letter("ab" * 16, "落实·今日摘要 2026-11-26", "联络员：要你办的 3")


def add(world: kit.World, kind: str, address: str, *, unit: str = "civil", on: bool = True, **more: Any) -> Channel:
    words = MAIL if kind == "smtp" else dict.fromkeys(MAIL, "")
    told = {"name": f"群{kind}", "address": address} | words | PACE | more
    channel = services.add_channel(kind=kind, unit_id=world.units[unit].pk if unit else None, told=told, actor=world.actor("system"), at=kit.NOW)
    return services.switch_channel(channel_id=channel.pk, on=True, actor=world.actor("system"), at=kit.NOW) if on else channel


def digest(world: kit.World, unit: str = "civil", on: date = kit.TODAY) -> Digest:
    """A digest in which something is asked."""
    kit.matter(world, state=State.ISSUED, lead=unit)
    made = make_digest(unit_id=world.units[unit].pk, on=on, actor=SYSTEM, at=MORNING - timedelta(minutes=20))
    assert made is not None
    return made


def taken(way: Way, letter: Letter, at: datetime) -> str:
    return ""


# -- channels
def test_acts_on_channels_are_recorded_without_their_secrets(world: kit.World) -> None:
    address = f"https://oapi.example/robot/send?access_token={TOKEN}"
    channel = add(world, "dingtalk", address, secret="key-0815")
    told = {"name": "督办群", "address": ""} | dict.fromkeys(MAIL, "") | PACE
    changed = services.edit_channel(channel_id=channel.pk, told=told | {"secret": "key-0816"}, expected=1, actor=world.actor("system"), at=kit.NOW)
    assert (changed.address, changed.secret, changed.name) == (address, "key-0816", "督办群")
    with pytest.raises(Conflict, match="刚刚被别人改过"):
        services.edit_channel(channel_id=channel.pk, told=told, expected=1, actor=world.actor("system"), at=kit.NOW)
    services.try_channel(channel_id=channel.pk, actor=world.actor("system"), at=kit.NOW)
    with pytest.raises(RuleBroken, match="还没有结果"):
        services.try_channel(channel_id=channel.pk, actor=world.actor("system"), at=kit.NOW)
    services.switch_channel(channel_id=channel.pk, on=False, actor=world.actor("system"), at=kit.NOW)
    records = list(Record.objects.order_by("seq"))
    assert [one.act for one in records] == ["channel.add", "channel.switch", "channel.edit", "channel.try", "channel.switch"]
    assert not [one for one in records if any(word in one.before + one.after for word in (TOKEN, "key-08"))]
    assert Outgoing.objects.get().state == "given_up"
    for act in (services.try_channel, lambda **more: services.switch_channel(on=True, **more)):
        with pytest.raises(RuleBroken, match="系统管理员"):
            act(channel_id=channel.pk, actor=world.actor("province.supervisor"), at=kit.NOW)


def test_secrets_are_sealed_in_the_database(world: kit.World) -> None:
    address = f"https://oapi.example/robot/send?access_token={TOKEN}"
    channel = add(world, "dingtalk", address, secret="key-0815")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_channel")
        kept = str(cursor.fetchall())
    assert TOKEN not in kept and "key-0815" not in kept and "oapi.example" not in kept
    channel = Channel.objects.get()
    assert (channel.address, channel.secret) == (address, "key-0815")
    digest(world)
    with override_settings(SECRET_KEY="another"):
        assert "密封的内容打不开" in services.shown_address(channel)
        assert send_waiting(MORNING, taken) == 0
    assert "打不开" in Outgoing.objects.get().said and Outgoing.objects.get().state == "failed"


def test_channels_of_before_are_sealed_once() -> None:
    old = SimpleNamespace(address="mail.example:465", secret="old", saved=[])

    def save(*, update_fields: list[str]) -> None:
        old.saved += update_fields

    old.save = save
    rows = SimpleNamespace(objects=SimpleNamespace(all=lambda: [old]))
    import_module("luoshi.web.notices.migrations.0002_sealed").seal_all(SimpleNamespace(get_model=lambda *name: rows), None)
    assert old.saved == ["sealed_address", "sealed_secret"]
    now = Channel(sealed_address=old.sealed_address, sealed_secret=old.sealed_secret)
    assert (now.address, now.secret) == ("mail.example:465", "old")


@pytest.mark.parametrize(
    ("kind", "told", "why"),
    [
        pytest.param("smtp", {"address": "mail.example"}, "主机:端口", id="no port"),
        pytest.param("smtp", {"sender": "nobody"}, "发件地址", id="no sender"),
        pytest.param("smtp", {"receivers": "a@b.example c"}, "收件地址不对：c", id="a receiver"),
        pytest.param("smtp", {"secret": "x"}, "不加密", id="a password in the clear"),
        pytest.param("wecom", {"address": "file:///etc/passwd"}, "https://", id="no web address"),
        pytest.param("wecom", {"per_minute": 21}, "最多收 20 条", id="more than the other side takes"),
        pytest.param("feishu", {"quiet_from": MORNING.time()}, "要么都", id="half a quiet time"),
    ],
)
def test_channels_that_cannot_work(world: kit.World, kind: str, told: dict[str, Any], why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        add(world, kind, told.pop("address", "https://robot.example/x" if kind != "smtp" else "127.0.0.1:25"), **told)


# -- what the other side is sent
def test_mail(mailbox: Mailbox) -> None:
    way = Way("smtp", mailbox.address, "plain", sender="luoshi@linjiang.example")
    for _again in range(2):
        adapters.deliver(way, LETTER._replace(receivers=("mz@linjiang.example",)), MORNING)
    first, second = (email.message_from_bytes(one) for one in mailbox.taken)
    assert first["Message-ID"] == second["Message-ID"] == f"<{LETTER.number}@linjiang.example>"
    assert "要你办的 3" in first.get_payload(decode=True).decode()
    mailbox.refuses = 1
    with pytest.raises(NotDelivered, match="451"):
        adapters.deliver(way, LETTER._replace(receivers=("mz@linjiang.example",)), MORNING)
    with pytest.raises(NotDelivered, match="没有收件地址"):
        adapters.deliver(way, LETTER, MORNING)
    with pytest.raises(NotDelivered, match="连不上"):
        adapters.deliver(way._replace(address="127.0.0.1:1"), LETTER._replace(receivers=("x@y.example",)), MORNING)


def test_robots_are_sent_what_they_understand(robot: Robot) -> None:
    for kind, secret in (("dingtalk", ""), ("dingtalk", "k"), ("feishu", "k"), ("wecom", "")):
        adapters.deliver(Way(kind, f"{robot.address}/{kind}?key={TOKEN}", secret=secret), LETTER, MORNING)
    plain, signed, feishu, wecom = robot.taken
    assert {number for _path, number, _body in robot.taken} == {LETTER.number}
    assert plain[2] == wecom[2] == {"msgtype": "text", "text": {"content": LETTER.text}}
    # DingTalk: HMAC-SHA256 over "timestamp\nsecret" with the secret; Feishu: of nothing, with "timestamp\nsecret" as key.
    assert signed[0] == f"/dingtalk?key={TOKEN}&timestamp=1795654800000&sign=" + DINGTALK_SIGN
    assert feishu[2] == {"msg_type": "text", "content": {"text": LETTER.text}, "timestamp": "1795654800", "sign": FEISHU_SIGN}


@pytest.mark.parametrize(
    ("status", "answer", "why", "too_many"),
    [
        pytest.param(200, {"errcode": 310000}, "没有收下（310000）", False, id="refused"),
        pytest.param(200, {"errcode": 130101}, "太快", True, id="too many"),
        pytest.param(429, {}, "HTTP 429", True, id="too many, by HTTP"),
        pytest.param(500, {}, "HTTP 500", False, id="broken"),
        pytest.param(302, {}, "HTTP 302", False, id="led elsewhere: not followed"),
        pytest.param(200, ["?"], "没有收下（-1）", False, id="no code"),
        pytest.param(200, None, "看不懂", False, id="no JSON"),
    ],
)
def test_what_was_not_taken_is_told_without_the_address(robot: Robot, status: int, answer: Any, why: str, too_many: bool) -> None:
    robot.answers = [(status, json.dumps(answer).encode() if answer is not None else b"<html>")]
    with pytest.raises(NotDelivered, match=why) as told:
        adapters.deliver(Way("dingtalk", f"{robot.address}/?access_token={TOKEN}"), LETTER, MORNING)
    assert told.value.too_many == too_many
    assert TOKEN not in told.value.sentence


# -- pace
def test_limits_quiet_hours_and_days_of_rest(world: kit.World) -> None:
    quiet = {"quiet_from": time(20), "quiet_until": time(8)}
    channel = add(world, "wecom", "https://robot.example/x", unit="", per_minute=3, per_day=5, **quiet)
    for n in range(9):
        digest(world, on=kit.TODAY - timedelta(days=n))
    night, rest, morning = MORNING.replace(hour=21), MORNING + timedelta(days=2), MORNING
    assert [send_waiting(night, taken), send_waiting(rest, taken)] == [0, 0]
    sent = [send_waiting(morning + timedelta(seconds=step), taken) for step in (0, 10, 50, 61, 130)]
    assert sent == [3, 0, 0, 2, 0]  # three a minute, five a day
    assert send_waiting(morning + timedelta(days=1), taken) == 3
    assert set(channel.outgoing.filter(state="sent").values_list("attempts", flat=True)) == {1}


def test_a_channel_that_fails_rests_and_the_others_go_on(world: kit.World) -> None:
    add(world, "wecom", "https://one.example/x")
    add(world, "wecom", "https://two.example/x")
    for n in range(3):
        digest(world, on=kit.TODAY - timedelta(days=n))
    asked: list[str] = []

    def one_is_down(way: Way, letter: Letter, at: datetime) -> str:
        asked.append(way.address[8:11])
        if way.address.startswith("https://one"):
            raise NotDelivered("连不上")
        return ""

    assert send_waiting(MORNING, one_is_down) == 3
    assert send_waiting(MORNING + timedelta(seconds=10), one_is_down) == 0
    assert Counter(asked) == {"one": 1, "two": 3}
    assert send_waiting(MORNING + timedelta(minutes=2), taken) == 3
    assert Outgoing.objects.filter(state="sent").count() == 6


def test_given_up_after_days_and_sent_again_by_hand(world: kit.World) -> None:
    add(world, "wecom", "https://one.example/x")
    digest(world)
    [one] = Outgoing.objects.all()
    Outgoing.objects.update(attempts=12)
    fail_outgoing(outgoing_id=one.pk, why="连不上", too_many=False, actor=SYSTEM, at=MORNING + timedelta(days=4))
    assert Outgoing.objects.get().state == "failed"
    fail_outgoing(outgoing_id=one.pk, why="连不上", too_many=False, actor=SYSTEM, at=MORNING + timedelta(days=6))
    assert (Outgoing.objects.get().state, Outgoing.objects.get().said) == ("given_up", "连不上")
    services.send_again(outgoing_id=one.pk, actor=world.actor("system"), at=MORNING + timedelta(days=7))
    assert Record.objects.order_by("seq").last().act == "channel.again"  # type: ignore[union-attr]
    assert send_waiting(MORNING + timedelta(days=7), taken) == 1
    assert Outgoing.objects.get().number == one.number


def test_nothing_is_sent_where_nothing_is_asked_or_the_channel_is_off(world: kit.World) -> None:
    add(world, "wecom", "https://one.example/x", unit="finance")
    add(world, "wecom", "https://two.example/x", on=False)
    digest(world)
    make_digest(unit_id=world.units["finance"].pk, on=kit.TODAY, actor=SYSTEM, at=MORNING)
    assert not Outgoing.objects.exists()
    assert link_of("/digests/1/") == "http://127.0.0.1:8000/digests/1/"


# -- pages
def test_a_channel_from_adding_it_to_the_result_of_a_trial(world: kit.World, robot: Robot) -> None:
    system = signed_in(world, "system")
    new = reverse("channel_new") + "?kind=feishu"
    told = {"unit": "临江省民政厅", "name": "督办群", "address": f"{robot.address}/{TOKEN}", "per_minute": 50, "per_day": 100, "quiet_from": "20:00", "quiet_until": "08:00"}
    assert system.get(new).status_code == 200
    assert post(system, new, **told | {"address": "ftp://x"}).status_code == 422
    channel = Channel.objects.get(pk=post(system, new, **told).url.split("/")[-2])
    page = reverse("channel", args=[channel.pk])
    post(system, reverse("channel_try", args=[channel.pk]))
    assert "待发" in system.get(page).content.decode()
    assert send_waiting(timezone.now()) == 1
    shown = system.get(page).content.decode()
    assert "已发出" in shown
    assert TOKEN not in shown + system.get(reverse("channels")).content.decode() + system.get(reverse("channel_edit", args=[channel.pk])).content.decode()
    assert post(system, reverse("channel_edit", args=[channel.pk]), **told | {"name": "新名称", "address": "", "expected": "0"}).status_code == 302
    assert post(system, reverse("channel_switch", args=[channel.pk])).status_code == 302
    channel.refresh_from_db()
    assert (channel.on, channel.name, channel.unit, channel.address) == (True, "新名称", world.units["civil"], told["address"])
    assert signed_in(world, "province.supervisor").get(page).status_code == 404

