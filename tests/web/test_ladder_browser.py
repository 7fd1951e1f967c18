"""A matter runs late and climbs to 红 in a real browser, with its paper at each rung: served, put on paper, downloaded, received; the unit's reply, the verdict, the late catch-up."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from luoshi.web.ledger.models import Matter, Report
from luoshi.web.ledger.workflow import ReportState, State
from luoshi.web.oversight.models import Rung
from luoshi.web.papers import tasks
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.services import heading, issuing
from tests.web import kit
from tests.web.browser import Browsing

CLIMB = (("remind", "提醒", "提醒函", "临督提"), ("blue", "蓝单", "督办通知单", "临督办"), ("yellow", "黄单", "督办通知单", "临督办"), ("red", "红单", "督办通知单", "临督办"))
"""Rung, what it is called, the paper that its page offers, how the number of that begins."""


def on_paper(browsing: Browsing, tab: Page, kind: str, number: str) -> OfficialPaper:
    """The paper of the rung that was served last, from its page to the two files; whoever must approve it does."""
    tab.click("main a:has-text('出公文')")
    expect(tab.locator("h1")).to_have_text(f"起草{kind}")
    tab.click("button:has-text('生成草稿')")
    tab.click("a.button.primary")
    tab.click("main button.primary")
    paper = OfficialPaper.objects.latest("pk")
    if paper.approver_id:
        issuing.approve_paper(paper_id=paper.pk, actor=browsing.world.actor("province.head"), at=timezone.now())
    tasks.make_files.func(paper.pk)
    tab.reload()
    for name, begins in (("PDF", b"%PDF-"), ("Word", b"PK")):
        with tab.expect_download() as got:
            tab.get_by_role("link", name=name).click()
        assert got.value.suggested_filename.startswith(f"{number}〔") and Path(got.value.path()).read_bytes().startswith(begins)
    return OfficialPaper.objects.get(pk=paper.pk)


def received(browsing: Browsing, unit: Page, paper: OfficialPaper, tab: Page) -> None:
    """The unit acknowledges the paper; the issuer sees it."""
    unit.goto(browsing.address + reverse("official_paper", args=[paper.pk]))
    unit.get_by_role("link", name="签收", exact=True).click()
    unit.click("main button.primary")
    tab.reload()
    expect(tab.locator("main")).to_contain_text("civilhead签收")


@pytest.mark.one_database
def test_a_matter_runs_late_and_climbs_to_red_with_a_paper_at_each_rung(browsing: Browsing) -> None:
    world, now = browsing.world, timezone.now()
    matter = kit.matter(world, state=State.ACTIVE)
    Matter.objects.filter(pk=matter.pk).update(due_on=timezone.localdate() - timedelta(days=30), signed_at=now - timedelta(days=60))
    heading.set_letterhead(word="临督", red_head="", signature="", contact="", actor=world.actor("province.supervisor"), at=now)
    ladder = browsing.address + reverse("matter_ladder", args=[matter.pk])
    tab, unit = browsing.as_("province.supervisor"), browsing.as_("civil.head")
    for n, (rung, name, kind, number) in enumerate(CLIMB):
        tab.goto(browsing.address)
        expect(tab.locator(".todo")).to_contain_text(f"到期未答复，该上一级：{name}" if n else "逾期 30 天")
        tab.click(f".todo a.button:has-text('{name}')")
        if rung == "red":
            assert not browsing.faults(tab)
            browsing.picture(tab, "ladder")
        tab.click(f"main a.button:has-text('发{name}')")
        assert "已逾期30天" in tab.locator("#id_text").input_value()
        tab.click("main button.primary")
        expect(tab.locator("main")).to_contain_text(f"{name}已发出")
        paper = on_paper(browsing, tab, kind, number)
        assert "已逾期30天" in str(paper.facts["opening"]) and paper.answer_by == Rung.objects.get(rung=rung).answer_by
        received(browsing, unit, paper, tab)
        if rung != "red":  # days go by
            at = now - timedelta(days=20 - 5 * n)
            Rung.objects.filter(rung=rung).update(served_at=at, answer_by=at.date() + timedelta(days=3))
    assert OfficialPaper.objects.values_list("number", flat=True).distinct().count() == len(CLIMB)
    unit.goto(browsing.address)
    unit.click(".todo a.button[href*='oversight']:has-text('答复')")
    unit.fill("#id_text", "汛期停工，12月20日前完成")
    unit.click("main button.primary")
    expect(unit.locator("main")).to_contain_text("已答复，等督查员认定")
    browsing.picture(unit, "ladder-unit")
    tab.goto(ladder)
    tab.click("main a.button:has-text('不认可')")
    tab.fill("#id_reason", "没有分周计划")
    tab.click("main button.primary")
    expect(tab.locator("main")).to_contain_text("该上一级：通报建议")
    author = world.people["civil.liaison"]
    made = {"matter": matter, "unit": matter.lead, "unit_name": "民政厅", "author": author, "final": True, "created_at": now, "saved_at": now, "filed_at": now}
    Report.objects.create(state=ReportState.ACCEPTED, reviewed_at=timezone.now(), **made)
    tab.reload()
    expect(tab.locator("main")).to_contain_text("红单，已补齐")
    browsing.picture(tab, "ladder-caught-up")
    assert list(Rung.objects.values_list("rung", "state")) == [("remind", "served"), ("blue", "served"), ("yellow", "served"), ("red", "refused")]
    tab.goto(browsing.address + f"/matters/{matter.pk}/")
    expect(tab.locator("#ladder")).to_contain_text("督办全过程")
    expect(tab.locator("#papers .lines > li")).to_have_count(len(CLIMB))
    tab.goto(browsing.address + "/oversight/")
    expect(tab.locator("main")).to_contain_text(matter.title)
    assert not browsing.faults(tab)
    assert not browsing.noise
