"""Look-back in a real browser: a sample is drawn, two people find a relapse, the matter is reopened; every page is sound."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import State
from luoshi.web.lookback.models import LookbackCheck, LookbackPlan
from luoshi.web.lookback.services import checking
from tests.web import kit
from tests.web.browser import Browsing
from tests.web.lookback_stage import GONE, Looking, looking
from tests.web.test_working_pages import day

pytestmark = pytest.mark.one_database


def test_a_sample_finds_a_relapse_that_is_reopened(browsing: Browsing) -> None:
    looking(browsing.world)
    page = browsing.as_("province.supervisor", reverse("lookbacks"))
    page.click("text=抽取样本 >> nth=0")
    page.fill("#id_title", "三季度回头看")
    page.fill("#id_since", "2026-09-01")
    page.fill("#id_until", "2026-11-26")
    page.select_option("#id_confidence", "80")
    page.select_option("#id_margin", "20")
    page.fill("#id_seed", "linjiang")
    page.click("text=看抽多少")
    expect(page.locator("main")).to_contain_text("总体 30 件，抽取 8 件")
    assert browsing.unsound(page, "lookback-preview") == []
    page.click("[name=draw]")
    expect(page.locator("main")).to_contain_text("LJ-2026-0022")
    assert browsing.unsound(page, "lookback-drawn") == []
    page.click("main table a >> nth=0")
    page.click("text=填写检查")
    page.fill("#id_findings", "抽查3处，两处已停业")
    page.check("input[value=relapsed]")
    assert browsing.unsound(page, "lookback-write") == []
    page.click("text=保存，送复核")
    expect(page.locator("main")).to_contain_text("待复核")
    other = browsing.as_("province.colleague")
    other.click(".todo >> text=复核 >> nth=-1")
    other.click("text=复核属实")
    expect(other.locator("main")).to_contain_text("等交办单位的督查员重新办理")
    page.goto(browsing.address + "/")
    assert browsing.unsound(page, "lookback-must-do") == []
    page.click("text=重新办理")
    expect(page.locator("#id_reason")).to_have_value("回头看“三季度回头看”：抽查3处，两处已停业")
    page.fill("#id_due_on", day(40).isoformat())
    page.click("main button >> text=重新办理")
    expect(page.locator("main")).to_contain_text("反弹")
    matter = Matter.objects.get(number="LJ-2026-0022")
    assert (matter.state, matter.relapses) == (State.ACTIVE, 1)
    page.goto(browsing.address + reverse("lookback", args=[LookbackPlan.objects.get().pk]))
    expect(page.locator("main")).to_contain_text("1 件已重新办理")
    assert browsing.noise == []


def test_pages_are_sound(browsing: Browsing) -> None:
    stage: Looking = looking(browsing.world)
    plan = stage.drawn()
    stage.confirmed(1, GONE)
    for order in range(2, 7):
        stage.confirmed(order)
    stage.checked(7)
    stage.do(checking.offer_help, "province.supervisor", check_id=stage.check(1).pk, text="协调奖补资金", by="省财政厅社保处", until=kit.TODAY)
    stage.do(checking.differ_check, "province.colleague", check_id=stage.check(7).pk, reason="两处已停业")
    one, differing = (LookbackCheck.objects.get(plan=plan, order=order) for order in (1, 7))
    shown = [reverse("lookbacks"), reverse("lookback", args=[plan.pk]), reverse("lookback_population", args=[plan.pk]), reverse("lookback_new")]
    shown += [reverse(name, args=[one.pk]) for name in ("lookback_check", "lookback_help", "lookback_help_done", "lookback_reopen")]
    shown += [reverse("lookback_write", args=[differing.pk]), reverse("matter", args=[one.matter_id]), reverse("matter_panels", args=[one.matter_id])]
    for who, address in [*(("province.supervisor", address) for address in shown), ("province.leader", reverse("lookback_settle", args=[differing.pk]))]:
        assert browsing.unsound(browsing.turn_to(who, address), address.strip("/").replace("/", "-")) == []
    assert browsing.noise == []
