"""Papers in the browser: drafts from ticked rows of the ledger; no faults, no noise, no wider than a phone. Files and receipts: ``test_ladder_browser``."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from luoshi.web.ledger.workflow import State
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.services import heading
from tests.web import kit
from tests.web.browser import PHONE, Browsing

pytestmark = pytest.mark.one_database


def looked_at(browsing: Browsing, page: Page, name: str) -> None:
    """No faults; as wide as a phone at most."""
    assert not browsing.faults(page), name
    browsing.picture(page, name)
    size = page.viewport_size
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], f"{name} is wider than a phone"
    browsing.picture(page, f"{name}-phone")
    assert size is not None
    page.set_viewport_size(size)


def test_from_ticked_rows_to_drafts(browsing: Browsing) -> None:
    world = browsing.world
    kit.matter(world, state=State.ACTIVE)
    kit.matter(world, state=State.ACTIVE, lead="finance")
    heading.set_letterhead(word="临督", red_head="临江省人民政府督查室文件", signature="", contact="", actor=world.actor("province.supervisor"), at=kit.NOW)
    page = browsing.as_("province.supervisor", reverse("matters"))
    for box in page.locator("tbody [name=ids]").all():
        box.check()
    page.get_by_role("button", name="出公文…").click()
    looked_at(browsing, page, "paper-kinds")
    page.get_by_role("link", name=re.compile("^交办单")).click()
    expect(page.get_by_role("button", name="生成 2 件草稿")).to_be_visible()
    looked_at(browsing, page, "paper-new")
    page.get_by_role("button", name="生成 2 件草稿").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    looked_at(browsing, page, "papers")
    paper = OfficialPaper.objects.get(addressees__unit=world.units["civil"])
    page.goto(browsing.address + reverse("official_paper", args=[paper.pk]))
    looked_at(browsing, page, "paper")
    for name in ("paper_templates", "letterhead"):
        page.goto(browsing.address + reverse(name))
        looked_at(browsing, page, name)
    assert not browsing.noise
