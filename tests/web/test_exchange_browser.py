"""The round trip through Excel and somebody else's table, in a real browser."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import expect

from luoshi.web.ledger.models import Matter, Target
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.services import drafting
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.browser import PHONE, Browsing
from tests.web.spreadsheets import changed, messy, set_cell

pytestmark = pytest.mark.one_database


def test_a_ledger_goes_out_is_changed_and_comes_back(browsing: Browsing, tmp_path: Path) -> None:
    world = browsing.world
    actor = world.actor("province.supervisor")
    words: drafting.Wording = {"title": "建成养老服务中心", "lead": world.units["civil"], "due_on": date(2026, 12, 31)}
    first, second = (drafting.draft_matter(words=words, origin=Origin(), actor=actor, at=kit.NOW) for _n in range(2))
    issued = kit.matter(world, state=State.ACTIVE)

    page = browsing.as_("province.supervisor", reverse("matters"))
    page.click("main .acts >> text=导出")
    expect(page.locator("h1")).to_contain_text("督查事项台账")
    assert not browsing.faults(page)
    browsing.picture(page, "export")
    with page.expect_download() as got:
        page.click("button:text-is('导出')")
    assert got.value.suggested_filename.startswith("督查事项台账_")
    book = Path(got.value.path()).read_bytes()

    def change(sheet: Worksheet) -> None:
        set_cell(sheet, first.number, "时限", "2027年6月底前")
        set_cell(sheet, first.number, "牵头单位", "省财政厅")
        set_cell(sheet, issued.number, "时限", "2028-01-01")

    (tmp_path / "改好.xlsx").write_bytes(changed(book, change))
    page.goto(browsing.address + reverse("tables"))
    assert not browsing.faults(page)
    page.set_input_files("[name=file]", tmp_path / "改好.xlsx")
    page.click("button:text-is('上传')")
    expect(page.locator("h1")).to_have_text("导入预览")
    assert not browsing.faults(page)
    expect(page.locator("main")).to_contain_text("请办延期")
    browsing.picture(page, "round-trip")
    page.click("text=导入 1 行，跳过有问题的 1 行")
    expect(page.locator("main")).to_contain_text("1 行生效")
    first.refresh_from_db()
    assert (first.due_on, first.lead) == (date(2027, 6, 30), world.units["finance"])
    assert [Matter.objects.get(pk=one.pk).changes for one in (second, issued)] == [1, 1]
    assert not browsing.noise


def test_a_messy_table_becomes_drafts(browsing: Browsing, tmp_path: Path) -> None:
    world = browsing.world
    (tmp_path / "分解表.xlsx").write_bytes(messy())
    page = browsing.as_("province.supervisor", reverse("tables"))
    page.set_input_files("[name=file]", tmp_path / "分解表.xlsx")
    page.click("button:text-is('上传')")
    expect(page.locator("h1")).to_have_text("对应列名")
    assert not browsing.faults(page)
    browsing.picture(page, "mapping")
    expect(page.locator("select[aria-label=工作任务]")).to_have_value("title")
    page.select_option("select[aria-label=备注]", label="依据")
    page.click("text=看预览")
    expect(page.locator("main")).to_contain_text("没有认出的单位")
    assert not browsing.faults(page)
    for label, unit in (("省民政", "临江省民政厅（LJ-MZ）"), ("省老龄办", "临江省民政厅（LJ-MZ）")):
        page.get_by_label(label, exact=True).fill(unit)
    page.click("text=记住并重看预览")
    browsing.picture(page, "foreign")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    browsing.picture(page, "foreign-phone")
    page.click("text=导入 4 行，跳过有问题的 1 行")
    expect(page.locator("main")).to_contain_text("4 行生效")
    page.click("text=去看草稿")
    expect(page.locator("main")).to_contain_text("分解表.xlsx 第 6 行")
    assert Matter.objects.filter(state=State.DRAFT).count() == 4

    target = Target.objects.create(matter=kit.matter(world, state=State.ACTIVE), indicator="养老服务中心", value=3, unit="个")
    page = browsing.as_("civil.liaison", reverse("matter", args=[target.matter_id]))
    page.click("a:text-is('养老服务中心')")
    page.fill("[name=lines]", "柳溪镇中心 | 东湖县 | 2026-12-31\n平湖镇中心 | 东湖县 | 2026-10-31")
    page.click("button:text-is('保存')")
    expect(page.locator("main")).to_contain_text("目标 3个，名单 2 项，已完成 0 项，少 1 项")
    assert not browsing.faults(page)
    browsing.picture(page, "roster")
    assert not browsing.noise
