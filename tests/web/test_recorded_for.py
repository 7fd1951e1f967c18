"""代录: units without accounts."""


import pytest
from django.urls import reverse

from luoshi.text import RuleBroken
from luoshi.web.common.once import FIELD, fresh_key
from luoshi.web.ledger.models import Matter, Support
from luoshi.web.ledger.services import talking
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.stage import Stage
from tests.web.test_issuing_pages import client
from tests.web.writing import PNG, Desk, day, expected_in


@pytest.fixture
def stage(world: kit.World) -> Stage:
    made = Stage(world, kit.matter(world, state=State.ACTIVE))
    Matter.objects.filter(pk=made.matter.pk).update(due_on=day(35))
    made.matter.refresh_from_db()
    return made




def test_paper_replies_of_a_supporting_unit_without_accounts_are_recorded(stage: Stage) -> None:
    town = stage.world.units["town"]
    Support.objects.create(matter=stage.matter, unit=town, unit_name="柳溪镇人民政府", contribution="腾出用房")
    second = kit.person("province.second", "另一督查员", stage.world.units["province"], "supervisor")
    stage.world.people["province.second"] = second
    desk = Desk(stage, "province.supervisor", f"?unit={town.pk}")
    assert "代柳溪镇人民政府录反馈" in desk.open() and f"report/save/?unit={town.pk}" in desk.open()
    assert desk.save(text="镇里电话报来").status_code == 200
    desk.open()
    without = desk.send("file", text="用房已腾出", final="on", recorded_note="")
    assert without.status_code == 422 and "用房已腾出" in without.content.decode()
    assert desk.attach(("电话记录.png", PNG), text="用房已腾出", final="on")["Location"] == desk.address
    desk.open()
    assert desk.send("file", text="用房已腾出", final="on", recorded_note="11月20日电话，党政办王某").status_code == 302
    report = desk.report()
    assert (report.unit, report.recorded_for, report.state) == (town, True, "filed")
    address = reverse("report_accept", args=[report.pk])
    assert client(stage.world, "province.supervisor").get(address).status_code == 422, "who recorded it does not accept it"
    browser = client(stage.world, "province.second")
    sent = {FIELD: fresh_key(), "expected": expected_in(browser.get(address).content.decode()), "words": "已核"}
    assert browser.post(address, sent).status_code == 302
    assert stage.matter.supports.get().state == Support.DONE


def test_who_may_not_record_or_answer_for_a_unit_without_accounts(stage: Stage) -> None:
    town, finance = stage.world.units["town"], stage.supporter().unit
    Support.objects.create(matter=stage.matter, unit=town, unit_name="柳溪镇人民政府")
    for who, unit in (("civil.liaison", town), ("finance.head", town), ("province.supervisor", finance), ("province.liaison", town)):
        address = reverse("matter_report", args=[stage.matter.pk]) + f"?unit={unit.pk}"
        assert client(stage.world, who).get(address).status_code == 422, who
    message = stage.do(talking.remind, "province.supervisor", matter_id=stage.matter.pk, to_unit_id=town.pk, text="请报")
    with pytest.raises(RuleBroken):
        stage.do(talking.reply, "finance.head", message_id=message.pk, text="替镇里答")
    assert client(stage.world, "province.supervisor").get(reverse("matter_reply", args=[stage.matter.pk])).status_code == 200
    stage.do(talking.reply, "province.supervisor", message_id=message.pk, text="镇里电话答复：明天报")
