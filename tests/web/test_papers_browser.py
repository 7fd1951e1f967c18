"""A paper in the browser: from ticked rows of the ledger to the unit that acknowledges it; no faults, no noise, no wider than a phone."""

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from luoshi.web.ledger.workflow import State
from luoshi.web.papers import tasks
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.services import heading
from tests.web import kit
from tests.web.browser import PHONE, Browsing


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


def test_from_the_ledger_to_the_receipt(browsing: Browsing) -> None:
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
    page.get_by_role("link", name="发出", exact=True).click()
    page.get_by_role("button", name="发出").click()
    expect(page.get_by_text("文件正在生成……")).to_be_visible()
    tasks.make_files.func(paper.pk)
    expect(page.get_by_role("link", name="PDF")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="Word").click()
    assert got.value.suggested_filename == f"{OfficialPaper.objects.get(pk=paper.pk).number} 督查事项交办单.docx"
    for name in ("paper_templates", "letterhead"):
        page.goto(browsing.address + reverse(name))
        looked_at(browsing, page, name)
    page = browsing.as_("civil.liaison", reverse("must_do"))
    page.get_by_role("link", name=re.compile("^签收.*督查事项交办单")).click()
    page.get_by_role("link", name="签收", exact=True).click()
    page.get_by_role("button", name="签收").click()
    expect(page.get_by_text("已签收。")).to_be_visible()
    assert paper.addressees.get().received_by == "civilliaison"
    assert not browsing.noise
