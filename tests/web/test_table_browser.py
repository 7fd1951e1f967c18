"""The ledger table in a real browser: columns are chosen, a view is kept, opened and forgotten, several are reminded of after a look."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from luoshi.web.ledger.models import Matter, Message, SavedView
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.browser import Browsing

pytestmark = pytest.mark.one_database


def test_columns_views_and_reminders(browsing: Browsing) -> None:
    world = browsing.world
    running = [kit.matter(world, state=State.ACTIVE) for _ in range(2)]
    done = kit.matter(world, state=State.CLOSED)
    page = browsing.as_("province.supervisor", reverse("matters"))
    heads, numbers = page.locator("table.ledger th"), page.locator("table.ledger tbody tr")
    expect(numbers).to_have_count(3)

    # Columns: the office is added, the light left out.
    page.click("summary:text-is('显示的列')")
    page.check("input[name=col][value=issuer]")
    page.uncheck("input[name=col][value=light]")
    page.click("button:text-is('应用')")
    expect(heads.filter(has_text="交办单位")).to_have_count(1)
    expect(heads.filter(has_text="亮灯")).to_have_count(0)

    # A view keeps filter and columns; one of the same name takes its place.
    page.select_option("select[name=state]", value="open")
    page.click("button:text-is('筛选')")
    expect(numbers).to_have_count(2)
    for _time in range(2):
        page.click("summary:text-is('存为视图')")
        page.fill("form[action$='/save/'] input[name=name]", "在办")
        page.click("button:text-is('保存现在的筛选和列')")
        expect(page.locator("main")).to_contain_text("已存为视图“在办”")
    page.goto(browsing.address + reverse("matters"))
    expect(numbers).to_have_count(3)
    page.click("nav[aria-label='我的视图'] >> text=在办")
    expect(numbers).to_have_count(2)
    expect(heads.filter(has_text="交办单位")).to_have_count(1)
    expect(page.locator("nav[aria-label='我的视图'] [aria-current]")).to_have_text("在办")
    assert not browsing.faults(page)
    browsing.picture(page, "table-view")

    # Reminding of several: words to look at and to change, one left out; what cannot be reminded of says why.
    page.goto(browsing.address + reverse("matters"))
    bar = page.locator("[data-chosen=ids]")
    expect(bar).to_be_hidden()
    page.check("[data-all=ids]")
    expect(bar.locator("[data-count]")).to_have_text("3")
    bar.locator("text=催办").click()
    expect(page.locator("h1")).to_have_text("催办 2 件")
    expect(page.locator("main")).to_contain_text(re.compile(f"不能催办的.*{done.number}", re.DOTALL))
    assert not browsing.faults(page)
    assert not Message.objects.exists(), "nothing is sent before it was looked at"
    page.fill(f"#text-{running[0].pk}", "请于本周五前报进展")
    page.uncheck(f"input[name=send][value='{running[1].pk}']")
    page.click("button:text-is('发出催办')")
    expect(page).to_have_url(re.compile(re.escape(reverse("matters"))))
    assert list(Message.objects.values_list("matter", "kind", "text")) == [(running[0].pk, Message.REMINDER, "请于本周五前报进展")]

    # Forgotten.
    page.goto(browsing.address + reverse("matters"))
    page.click("summary:text-is('存为视图')")
    page.click("button:text-is('删去“在办”')")
    expect(page.locator("main")).to_contain_text("视图“在办”已删去")
    assert not SavedView.objects.exists() and Matter.objects.count() == 3
    assert not browsing.noise
