"""A matter runs late and climbs to 红 in a real browser: the rung that is due, the words, the unit's reply, the verdict, the late catch-up."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from luoshi.web.ledger.models import Matter, Report
from luoshi.web.ledger.workflow import ReportState, State
from luoshi.web.oversight.models import Rung
from luoshi.web.oversight.services import serve_rung
from tests.web import kit
from tests.web.browser import Browsing


def test_a_matter_runs_late_and_climbs_to_red(browsing: Browsing) -> None:
    world, now = browsing.world, timezone.now()
    matter = kit.matter(world, state=State.ACTIVE)
    Matter.objects.filter(pk=matter.pk).update(due_on=timezone.localdate() - timedelta(days=30), signed_at=now - timedelta(days=60))
    for rung, days in (("remind", 20), ("blue", 15), ("yellow", 10)):
        at = now - timedelta(days=days)
        told = {"text": f"请抓紧办理（{rung}）", "answer_by": timezone.localtime(at).date() + timedelta(days=3)}
        serve_rung(matter_id=matter.pk, rung=rung, actor=world.actor("province.supervisor"), at=at, **told)
    tab = browsing.as_("province.supervisor")
    expect(tab.locator(".todo")).to_contain_text("黄单到期未答复，该上一级：红单")
    tab.click(".todo a.button:has-text('发红单')")
    assert not browsing.faults(tab)
    browsing.picture(tab, "ladder")
    tab.click("main a.button:has-text('发红单')")
    assert "已逾期30天" in tab.locator("#id_text").input_value()
    tab.click("main button.primary")
    expect(tab.locator("main")).to_contain_text("红单已发出")
    unit = browsing.as_("civil.head")
    unit.click(".todo a.button:has-text('答复')")
    unit.fill("#id_text", "汛期停工，12月20日前完成")
    unit.click("main button.primary")
    expect(unit.locator("main")).to_contain_text("已答复，等督查员认定")
    browsing.picture(unit, "ladder-unit")
    tab.reload()
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
    tab.goto(browsing.address + "/oversight/")
    expect(tab.locator("main")).to_contain_text(matter.title)
    assert not browsing.faults(tab)
    assert not browsing.noise

