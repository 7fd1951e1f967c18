"""The work in a real browser: a report survives a session that ends and a colleague who was faster; every page of an act is sound on a screen and on a phone."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from luoshi.web.ledger.models import Matter, Report
from luoshi.web.ledger.services import reporting
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.browser import Browsing
from tests.web.stage import Stage
from tests.web.test_working_pages import PAGES, day


def staged(browsing: Browsing) -> Stage:
    """A matter that is worked on, due in five weeks, with a number to reach and a supporter that nobody asked yet."""
    made = Stage(browsing.world, kit.matter(browsing.world, state=State.ACTIVE))
    Matter.objects.filter(pk=made.matter.pk).update(due_on=day(35), lead_name="临江省民政厅", issuer_name="临江省人民政府", first_due_on=day(35))
    made.matter.refresh_from_db()
    made.matter.targets.create(indicator="覆盖率", value=85, unit="%", baseline=60)
    return made


def saved(tab: Tab) -> None:
    """Wait until what was typed is kept."""
    expect(tab.locator("[data-saved]")).to_contain_text(re.compile("^已保存"))


def test_what_was_typed_outlives_the_session(browsing: Browsing) -> None:
    stage = staged(browsing)
    address = reverse("matter_report", args=[stage.matter.pk])
    tab = browsing.as_("civil.liaison", address)
    tab.fill("#id_text", "新增41个中心")
    saved(tab)
    assert Report.objects.get().typed["text"] == "新增41个中心"
    other = tab.context.new_page()
    other.goto(browsing.address + "/account/logout/")
    other.click("main button")
    expect(other).to_have_url(re.compile("/account/login/"))
    tab.fill("#id_text", "新增41个中心，两个县资金未到位")
    expect(tab.locator("[data-saved]")).to_contain_text("没有存上")
    tab.click("text=送负责人审签")
    expect(tab.locator("#id_text")).to_have_value("新增41个中心，两个县资金未到位")
    tab.goto(browsing.address + address)
    tab.fill("[name=login]", "civil.liaison")
    tab.fill("[name=password]", "Linjiang-2026")
    tab.click("main button[type=submit], main form button >> nth=0")
    expect(tab.locator("#id_text")).to_have_value("新增41个中心，两个县资金未到位")
    saved(tab)
    tab.click("text=送负责人审签")
    expect(tab.locator("main")).to_contain_text("已送本单位负责人审签")
    assert Report.objects.get().text == "新增41个中心，两个县资金未到位"


def test_a_colleague_who_was_faster_takes_no_text_away(browsing: Browsing) -> None:
    stage = staged(browsing)
    tab = browsing.as_("civil.liaison", reverse("matter_report", args=[stage.matter.pk]))
    tab.fill("#id_text", "开头")
    saved(tab)
    report = Report.objects.get()
    reporting.save_draft(report_id=report.pk, typed={"text": "同事写的"}, actor=stage.world.actor("civil.head"), at=timezone.now())
    tab.fill("#id_text", "我写的")
    expect(tab.locator("[data-saved]")).to_contain_text("同事改过")
    tab.click("text=送负责人审签")
    expect(tab.locator("main")).to_contain_text("同事写的")
    expect(tab.locator("#id_text")).to_have_value("我写的")
    assert browsing.faults(tab) == []
    browsing.picture(tab, "report-conflict")
    tab.fill("#id_text", "合在一起")
    saved(tab)
    tab.click("text=送负责人审签")
    expect(tab.locator("main")).to_contain_text("已送本单位负责人审签")
    assert Report.objects.get().text == "合在一起"
    assert all("409" in one for one in browsing.noise), browsing.noise


@pytest.mark.one_database
def test_every_page_of_the_work_is_sound(browsing: Browsing) -> None:
    shown = [(page.who, page.act, page.address(staged(browsing))) for page in PAGES]
    writing = staged(browsing)
    writing.with_evidence(writing.report())
    town = staged(browsing)
    Matter.objects.filter(pk=town.matter.pk).update(lead=browsing.world.units["town"], lead_name="柳溪镇人民政府")
    judged = staged(browsing)
    planned = staged(browsing)
    planned.planned()
    shown += [
        ("civil.liaison", "report-write", reverse("matter_report", args=[writing.matter.pk])),
        ("province.supervisor", "report-record", reverse("matter_report", args=[town.matter.pk])),
        ("province.supervisor", "report-review", reverse("report", args=[judged.filed().pk])),
        ("province.supervisor", "plan-judge", reverse("matter_plan", args=[planned.matter.pk])),
        ("province.liaison", "plan-read", reverse("matter_plan", args=[planned.matter.pk])),
        ("civil.liaison", "plan-change", reverse("matter_plan", args=[planned.matter.pk])),
    ]
    for who, name, address in shown:
        tab = browsing.turn_to(who, address)
        assert tab.locator("main h1").count() == 1, name
        assert browsing.unsound(tab, name) == []
    assert browsing.noise == []
