"""Services of units and people, and the import: what each does, its one record, and who may not."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.models import Alias, Duty, Post, Unit, User
from luoshi.web.orgs.reorganising import merge_with_all
from luoshi.web.orgs.services import administrators, merging, naming, people, posts, units
from tests.readers.hostile import hostile_cases
from tests.web import kit
from tests.web.test_orgs_pages import post, signed_in

ON = date(2026, 11, 20)
Call = Callable[[kit.World, str], object]


def acts() -> list[str]:
    return list(Record.objects.values_list("act", flat=True))


def _call(service, **told):  # type: ignore[no-untyped-def]
    return lambda world, who: service(**{name: value(world) if callable(value) else value for name, value in told.items()}, actor=world.actor(who), at=kit.NOW)


def civil(world: kit.World) -> int:
    return world.units["civil"].pk


def head(world: kit.World) -> int:
    return world.people["civil.head"].pk


CALLS = [
    ("unit.create", _call(units.create_unit, name="临江省数据局", code="LJ-SJ", level="province", under=lambda w: w.units["province"].pk)),
    ("unit.edit", _call(units.edit_unit, unit_id=civil, changed={"short_name": "省民政厅"})),
    ("unit.rename", _call(units.rename_unit, unit_id=civil, name="临江省民政和老龄厅", on=ON)),
    ("unit.move", _call(units.move_unit, unit_id=lambda w: w.units["city_civil"].pk, under=lambda w: w.units["county"].pk)),
    ("unit.end", _call(units.end_unit, unit_id=lambda w: w.units["town"].pk, on=ON, reason="撤乡并镇")),
    ("unit.merge", _call(merging.merge_unit, unit_id=lambda w: w.units["town"].pk, into=civil, on=ON, reason="机构改革")),
    ("alias.add", _call(naming.add_alias, unit_id=civil, name="省民政")),
    ("duty.add", _call(naming.add_duty, unit_id=civil, text="养老服务")),
    ("user.create", _call(people.create_person, username="zhou.ming", name="周明")),
    ("user.edit", _call(people.edit_person, user_id=head, changed={"phone": "1"})),
    ("user.disable", _call(people.disable_account, user_id=head, reason="调离")),
    ("post.give", _call(posts.give_post, user_id=head, unit_id=lambda w: w.units["finance"].pk, role="head", since=ON)),
    ("post.end", _call(posts.end_post, post_id=lambda w: Post.objects.get(user=w.people["civil.head"]).pk, until=ON)),
    ("post.move", _call(posts.move_post, post_id=lambda w: Post.objects.get(user=w.people["civil.head"]).pk, to_unit=lambda w: w.units["finance"].pk, on=ON)),
    ("user.propose_administrator", _call(administrators.propose_administrator, username="sun", name="孙审", duty="audit")),
]


@pytest.mark.parametrize(("act", "call"), [pytest.param(act, call, id=act) for act, call in CALLS])
def test_each_service_writes_one_record_and_only_for_the_system_administrator(world: kit.World, act: str, call: Call) -> None:
    for who in ("audit", "civil.head", "province.supervisor", *(() if act == "user.disable" else ("security",))):
        with pytest.raises(RuleBroken):
            call(world, who)
    assert acts() == []
    call(world, "system")
    assert acts() == [act]


def test_the_second_edit_of_two_loses(world: kit.World) -> None:
    system = world.actor("system")
    units.edit_unit(unit_id=civil(world), changed={"short_name": "甲"}, actor=system, at=kit.NOW, expected=1)
    with pytest.raises(Conflict):
        units.edit_unit(unit_id=civil(world), changed={"short_name": "乙"}, actor=system, at=kit.NOW, expected=1)


def test_a_merged_units_matters_are_its_successors(world: kit.World) -> None:
    row = kit.matter(world, state=State.ACTIVE, lead="civil")
    finance = world.actor("finance.liaison")
    assert not visible_matters(finance).filter(pk=row.pk).exists()
    merge_with_all(unit_id=civil(world), into=world.units["finance"].pk, on=ON, reason="机构改革", actor=world.actor("system"), at=kit.NOW)
    assert acts() == ["post.move"] * 4 + ["unit.merge"]
    assert visible_matters(world.actor("finance.liaison")).filter(pk=row.pk).exists()
    row.refresh_from_db()
    assert row.lead_id == civil(world)


def test_a_unit_cannot_stand_below_itself_nor_end_with_people_in_it(world: kit.World) -> None:
    system, city = world.actor("system"), world.units["city"].pk
    with pytest.raises(RuleBroken):
        units.move_unit(unit_id=city, under=world.units["county"].pk, actor=system, at=kit.NOW)
    with pytest.raises(RuleBroken):
        units.end_unit(unit_id=city, on=ON, reason="撤销", actor=system, at=kit.NOW)
    with pytest.raises(RuleBroken):
        posts.give_post(user_id=world.people["audit"].pk, unit_id=city, role="head", since=ON, actor=system, at=kit.NOW)


def book(*sheets: list[list[str]]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        for rows in sheets:
            sheet = made.add_worksheet()
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
    return stream.getvalue()


UNITS = [
    ["单位名称", "上级单位", "层级", "类型", "代码", "别名", "权责"],
    ["临江省数据局综合处", "临江省数据局", "", "", "SJ-1", "", ""],
    ["临江省数据局", "临江省人民政府", "省级", "部门", "LJ-SJ", "省数据局、数据局", "数据要素；公共数据"],
    ["临江省无主局", "不存在的单位", "省级", "部门", "", "", ""],
]
PEOPLE = [["姓名", "用户名", "单位", "角色"], ["周明", "zhou.ming", "省数据局", "联络员"], ["周明", "zhou.ming", "省数据局", "负责人"], ["错了", "cuo", "省数据局", "皇帝"]]


def upload(world: kit.World, data: bytes):  # type: ignore[no-untyped-def]
    client = signed_in(world, "system")
    return client, client.post("/import/", {"file": SimpleUploadedFile("单位.xlsx", data)})


def test_a_table_is_previewed_and_imported_whole(world: kit.World) -> None:
    client, sent = upload(world, book(UNITS, PEOPLE))
    assert sent.status_code == 302
    page = client.get(sent["Location"])
    plan = page.context["plan"]
    assert [plan.count(one) for one in ("create", "change", "wrong")] == [3, 1, 2] and acts() == []
    assert "没有找到" in page.content.decode() and "皇帝" in page.content.decode()
    client.cookies["luoshi_language"] = "en"
    assert client.get(sent["Location"]).context["plan"].count("wrong") == 2, "words of the table count in either language"
    del client.cookies["luoshi_language"]
    assert post(client, sent["Location"], plan="stale").status_code == 409 and acts() == []
    assert post(client, sent["Location"], plan=plan.digest).status_code == 302
    made = Unit.objects.get(code="SJ-1")
    assert Unit.objects.get_parent(made).code == "LJ-SJ" and made.level == "province"
    assert Alias.objects.filter(name="数据局").exists() and Duty.objects.count() == 2
    user = User.objects.get(username="zhou.ming")
    assert user.posts.count() == 2 and not user.has_usable_password()
    assert sorted(acts()) == sorted(["unit.create"] * 2 + ["alias.add"] * 2 + ["duty.add"] * 2 + ["user.create"] + ["post.give"] * 2)
    assert [client.get(sent["Location"]).context["plan"].count(one) for one in ("create", "change", "same")] == [0, 0, 4]
    assert signed_in(world, "security").get(sent["Location"]).status_code == 404
    assert client.get("/import/forged/").status_code == 404


@pytest.mark.one_database
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in hostile_cases() if case.name.startswith("xlsx-")])
def test_hostile_tables_leave_it_serving(world: kit.World, case) -> None:  # type: ignore[no-untyped-def]
    client, sent = upload(world, case.build())
    assert sent.status_code in (302, 422)
    if sent.status_code == 302:
        assert client.get(sent["Location"]).status_code == 200
    assert client.get("/units/").status_code == 200 and acts() == []


def test_another_name_and_a_duty_can_be_taken_away_again_but_not_a_former_name(world: kit.World) -> None:
    actor, unit = world.actor("system"), world.units["civil"]
    alias = naming.add_alias(unit_id=unit.pk, name="民政部门", actor=actor, at=kit.NOW)
    duty = naming.add_duty(unit_id=unit.pk, text="养老服务", actor=actor, at=kit.NOW)
    former = naming.add_alias(unit_id=unit.pk, name="临江省民政局", actor=actor, at=kit.NOW, former_until=kit.TODAY)
    naming.remove_alias(alias_id=alias.pk, actor=actor, at=kit.NOW)
    naming.remove_duty(duty_id=duty.pk, actor=actor, at=kit.NOW)
    assert list(Record.objects.order_by("-seq").values_list("act", "context")[:2]) == [("duty.remove", f"unit:{unit.pk}"), ("alias.remove", f"unit:{unit.pk}")]
    with pytest.raises(RuleBroken):
        naming.remove_alias(alias_id=former.pk, actor=actor, at=kit.NOW)
    assert [one.name for one in unit.aliases.all()] == ["临江省民政局"] and not unit.duties.exists()


def test_an_administrator_that_is_declined_stays_switched_off(world: kit.World) -> None:
    waiting = administrators.propose_administrator(username="sun", name="孙审", duty="audit", actor=world.actor("system"), at=kit.NOW)
    with pytest.raises(RuleBroken):
        administrators.decline_administrator(user_id=waiting.pk, reason="", actor=world.actor("security"), at=kit.NOW)
    declined = administrators.decline_administrator(user_id=waiting.pk, reason="已有审计管理员", actor=world.actor("security"), at=kit.NOW)
    assert not declined.is_active and not declined.pending
    assert Record.objects.order_by("-seq").values_list("act", flat=True)[0] == "user.decline_administrator"
    with pytest.raises(RuleBroken):
        administrators.confirm_administrator(user_id=waiting.pk, actor=world.actor("security"), at=kit.NOW)


def test_a_unit_that_ended_by_mistake_is_open_again(world: kit.World) -> None:
    actor, unit = world.actor("system"), world.units["town"]
    units.end_unit(unit_id=unit.pk, on=kit.TODAY, reason="误操作", actor=actor, at=kit.NOW)
    again = units.reopen_unit(unit_id=unit.pk, reason="撤销有误", actor=actor, at=kit.NOW)
    assert again.ended_on is None
    assert list(Record.objects.order_by("-seq").values_list("act", flat=True)[:2]) == ["unit.reopen", "unit.end"]
    with pytest.raises(RuleBroken):
        units.reopen_unit(unit_id=unit.pk, reason="再来一次", actor=actor, at=kit.NOW)
