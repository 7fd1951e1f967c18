"""代录: units without accounts."""


import pytest
from django.urls import reverse

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.common.once import FIELD, fresh_key
from luoshi.web.ledger.models import Support
from luoshi.web.ledger.must_do import DO
from luoshi.web.ledger.selectors.must_do import must_do_list
from luoshi.web.ledger.services import planning, talking
from luoshi.web.orgs.models import Unit
from tests.web import kit
from tests.web.stage import Stage
from tests.web.test_issuing_pages import client
from tests.web.writing import PNG, Desk, day, expected_in, stage_of_today


@pytest.fixture
def stage(world: kit.World) -> Stage:
    return stage_of_today(world)




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


def test_what_a_supporting_unit_without_accounts_answers_is_recorded(stage: Stage) -> None:
    town, city = stage.world.units["town"], stage.world.units["city"]
    asked = [
        Support.objects.create(matter=stage.matter, unit=unit, unit_name=unit.name, contribution="腾出用房") for unit in (town, city, stage.world.units["finance"])
    ]
    Unit.objects.filter(pk=city.pk).update(accounts=False)
    kinds = {group.name: [row.why for row in group.rows if row.kind == "contribution"] for group in must_do_list(stage.world.actor("province.supervisor"), day(0)).groups}
    assert len(kinds[DO]) == 2 and "柳溪镇人民政府没有账号" in "".join(kinds[DO])
    browser = client(stage.world, "province.supervisor")
    assert reverse("matter_support", args=[stage.matter.pk]) in browser.get(reverse("matter", args=[stage.matter.pk])).content.decode()
    address = reverse("matter_support", args=[stage.matter.pk])
    page = browser.get(address).content.decode()
    assert f'<option value="{asked[0].pk}">' in page and f'value="{asked[2].pk}"' not in page
    told = {"expected": expected_in(page), "support": asked[0].pk, "agreed": "no", "words": "镇里没有空房"}
    without = browser.post(address, told | {FIELD: fresh_key()})
    assert without.status_code == 422 and "镇里没有空房" in without.content.decode()
    stranger = browser.post(address, told | {FIELD: fresh_key(), "support": asked[2].pk, "recorded_note": "电话"})
    assert stranger.status_code == 422 and "镇里没有空房" in stranger.content.decode()
    assert browser.post(address, told | {FIELD: fresh_key(), "recorded_note": "11月20日电话，党政办王某"}).status_code == 302
    asked[0].refresh_from_db()
    assert (asked[0].state, asked[0].recorded_for, asked[0].recorded_note) == (Support.DECLINED, True, "11月20日电话，党政办王某")
    record = Record.objects.get(act="support.answer")
    assert record.subject == f"support:{asked[0].pk}" and "11月20日电话，党政办王某" in record.after
    assert "代录" in browser.get(reverse("matter", args=[stage.matter.pk])).content.decode()
    assert "（代录：11月20日电话，党政办王某）" in browser.get(reverse("matter_history", args=[stage.matter.pk])).content.decode()
    second = browser.get(address).content.decode()  # one is left: it is not asked which
    again = told | {FIELD: fresh_key(), "expected": expected_in(second), "recorded_note": "电话"}
    assert "<option" not in second and "现在没有等您答复的配合事项" in browser.post(address, again).content.decode()


def test_who_may_not_record_or_answer_for_a_unit_without_accounts(stage: Stage) -> None:
    town, finance = stage.world.units["town"], stage.supporter().unit
    Support.objects.create(matter=stage.matter, unit=town, unit_name="柳溪镇人民政府")
    asked = Support.objects.get(unit=town)
    Support.objects.update(contribution="腾出用房")
    for who, support in (("civil.liaison", asked), ("finance.liaison", asked), ("province.liaison", asked), ("province.supervisor", stage.supporter())):
        with pytest.raises(RuleBroken):
            stage.do(planning.answer_support, who, support_id=support.pk, agreed=True, words="", recorded_note="电话")
    for who, unit in (("civil.liaison", town), ("finance.head", town), ("province.supervisor", finance), ("province.liaison", town)):
        address = reverse("matter_report", args=[stage.matter.pk]) + f"?unit={unit.pk}"
        assert client(stage.world, who).get(address).status_code == 422, who
    message = stage.do(talking.remind, "province.supervisor", matter_id=stage.matter.pk, to_unit_id=town.pk, text="请报")
    with pytest.raises(RuleBroken):
        stage.do(talking.reply, "finance.head", message_id=message.pk, text="替镇里答")
    assert client(stage.world, "province.supervisor").get(reverse("matter_reply", args=[stage.matter.pk])).status_code == 200
    stage.do(talking.reply, "province.supervisor", message_id=message.pk, text="镇里电话答复：明天报")
