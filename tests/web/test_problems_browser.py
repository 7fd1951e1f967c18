"""Issue 5, Shows 1: an inspection finds a problem, it is consulted on, mended, accepted, closed, and found again; in a real browser, each as themselves."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from luoshi.web.problems.models import Inspection, Problem
from luoshi.web.problems.workflow import State
from tests.web.browser import PHONE, ZOOMED, Browsing
from tests.web.problem_stage import ProblemStage

pytestmark = pytest.mark.one_database


def send(page: Page, verb: str, **typed: str) -> None:
    """Fill fields by name and send the form."""
    for name, text in typed.items():
        field = page.locator(f"[name={name}]")
        field.select_option(text) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(text)
    page.locator("main form").get_by_role("button", name=verb, exact=True).click()


def test_from_the_inspection_to_the_relapse(browsing: Browsing) -> None:
    supervisor, liaison = browsing.as_("province.supervisor", reverse("inspection_new")), browsing.as_("civil.liaison")
    errand = {"title": "养老服务督查", "content": "运营情况", "units": "临江省民政厅", "starts_on": "2026-01-05", "ends_on": "2026-01-06", "leader": "组长"}
    send(supervisor, "安排", **errand)
    expect(supervisor.get_by_text("计划外的要写明理由")).to_be_visible()
    send(supervisor, "安排", reason="一事一报")
    expect(supervisor.get_by_role("heading", name="养老服务督查")).to_be_visible()
    browsing.picture(supervisor, "inspection")
    supervisor.get_by_role("link", name="反馈事实").click()
    send(supervisor, "反馈给对方", facts="4处大门紧锁")

    liaison.goto(browsing.address)
    liaison.get_by_role("link", name="确认").click()
    send(liaison, "确认", words="属实")
    supervisor.reload()
    supervisor.get_by_role("link", name="登记问题").click()
    send(supervisor, "登记", title="4处养老服务中心未运营", found_on="2026-01-06")
    problem = Problem.objects.get()
    assert problem.inspection == Inspection.objects.get() and problem.owner == browsing.world.units["civil"]
    supervisor.get_by_role("link", name="记会商研判").click()
    send(supervisor, "记下来", held_on="2026-01-07", unit_0="临江省民政厅", opinion_0="缺经费", unit_1="临江省财政厅", opinion_1="可统筹", decision="本月下达")
    expect(supervisor.get_by_text("本月下达").first).to_be_visible()

    liaison.goto(browsing.address)
    liaison.get_by_role("link", name="认领").click()
    send(liaison, "认领", office="养老处")
    liaison.get_by_role("link", name="定措施").click()
    send(liaison, "定下来", cause="重建轻管", text_0="落实运营单位", due_0="2030-01-05", text_1="建立巡查制度")
    expect(liaison.get_by_text("请填完成日期。")).to_be_visible()
    send(liaison, "定下来", due_1="2030-01-06")
    liaison.get_by_role("link", name="记完成").first.click()
    send(liaison, "记下来", words="已签约")
    liaison.get_by_role("link", name="报整改情况").click()
    last = problem.measures.get(text="建立巡查制度")
    send(liaison, "报验收", result="4处全部开门", **{f"done_{last.pk}": "2026-01-20"})
    expect(liaison.get_by_text("已报，等发现单位验收。")).to_be_visible()

    supervisor.goto(browsing.address)
    supervisor.get_by_role("link", name="验收").click()
    send(supervisor, "验收通过", reason="实地看了4处")
    supervisor.get_by_role("link", name="销号", exact=True).click()
    send(supervisor, "销号", elsewhere="no", elsewhere_done="查了其余26处")
    supervisor.get_by_role("link", name="又出现了").click()
    send(supervisor, "重新整改", signs="又有1处关门", found_on="2026-02-01")
    expect(supervisor.get_by_text("第 1 次反弹").first).to_be_visible()
    browsing.picture(supervisor, "problem")
    problem.refresh_from_db()
    assert problem.state == State.CLAIMED and problem.relapses.count() == 1
    assert browsing.faults(supervisor) == [] and [said for said in browsing.noise if "422" not in said] == []


@pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "zoomed"])
def test_pages_are_sound(browsing: Browsing, size: tuple[int, int]) -> None:
    stage = ProblemStage(browsing.world)
    inspection = stage.told("civil", "finance").inspection
    problem = stage.mending(inspection=inspection)
    shown = [reverse("inspections"), reverse("inspection", args=[inspection.pk]), reverse("inspection_new"), reverse("problems"), reverse("problem_new")]
    shown += [reverse(name, args=[problem.pk]) for name in ("problem", "problem_consult")]
    page = browsing.as_("province.supervisor", size=size)
    for address in shown:
        page.goto(browsing.address + address)
        assert browsing.faults(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    page = browsing.as_("civil.liaison", reverse("problem_plan", args=[problem.pk]), size=size)
    assert browsing.faults(page) == [] and page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert browsing.noise == []
