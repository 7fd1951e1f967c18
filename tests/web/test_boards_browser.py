"""Boards and notices in a real browser: from a number of the leader's page to its rows, to one of them and back; pages at every size without a fault."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import State
from luoshi.web.notices.models import GIVEN_UP, SENT, WECOM, Channel, Digest, Outgoing
from tests.web import kit
from tests.web.browser import Browsing

pytestmark = pytest.mark.one_database


def test_from_the_leaders_page_to_the_rows_and_back(browsing: Browsing) -> None:
    late = [kit.matter(browsing.world, state=State.ACTIVE).pk for _ in range(3)]
    Matter.objects.filter(pk__in=late).update(due_on=timezone.localdate() - timedelta(days=9), signed_at=timezone.now(), theme="养老")
    kit.matter(browsing.world, state=State.CLOSED)
    page = browsing.as_("province.leader", reverse("board"))
    assert browsing.unsound(page, "board") == []
    number = page.locator("main a[href*='light=red']").first
    expect(number).to_contain_text("3")
    number.click()
    rows = page.locator("table tbody tr")
    expect(rows).to_have_count(3)
    rows.first.locator("a[href*='/matters/']").first.click()
    expect(page.locator("h1")).to_contain_text(Matter.objects.get(pk=late[0]).title)
    page.go_back()
    expect(rows).to_have_count(3)
    page.go_back()
    expect(page.locator("h1")).to_contain_text("看板")
    assert browsing.noise == []


def test_pages_of_notices_are_sound(browsing: Browsing) -> None:
    unit, today, now = browsing.world.units["province"], timezone.localdate(), timezone.now()
    told = {"supervisor": {"decide": 2, "chase": 5}, "leader": {"decide": 1}}
    days = [Digest.objects.create(unit=unit, on=today - timedelta(days=n), content=told, made_at=now) for n in range(3)]
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=4f3c"
    channel = Channel.objects.create(kind=WECOM, name="督办群", address=address, on=True, created_at=now)
    for day, state, said in zip(days, (SENT, GIVEN_UP), ("", "连不上机器人的服务器（拒绝连接）。"), strict=False):
        told_at = {"made_at": now, "next_try_at": now, "tried_at": now, "sent_at": now if state == SENT else None}
        Outgoing.objects.create(number=f"LS{day.pk:030}", channel=channel, digest=day, state=state, attempts=1, said=said, **told_at)
    totp.TOTP.activate(browsing.world.people["system"], totp.generate_totp_secret())
    shown = {
        "province.supervisor": {"今日摘要": reverse("digests")},
        "system": {"通知通道": reverse("channels"), "督办群": reverse("channel", args=[channel.pk]), "加邮件": f"{reverse('channel_new')}?kind=smtp"},
    }
    faults = []
    for person, addresses in shown.items():
        page = browsing.as_(person, confirmed=True)
        for title, address in addresses.items():
            page.goto(browsing.address + address)
            expect(page.locator("h1")).to_contain_text(title)
            faults += browsing.unsound(page, f"notices-{title}")
    assert faults == [] and browsing.noise == []
