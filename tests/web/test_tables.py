"""Tables brought in: exactly what was changed comes back; somebody else's table becomes drafts; nothing is done by halves."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.common.once import fresh_key
from luoshi.web.exchange import bringing
from luoshi.web.exchange.importing.apply import apply
from luoshi.web.exchange.importing.plan import Plan
from luoshi.web.exchange.importing.values import Values, Wrong, names_in, plain_day
from luoshi.web.exchange.models import Headings, IncomingTable
from luoshi.web.exchange.services import keeping
from luoshi.web.exchange.tasks import apply_table
from luoshi.web.intake.services import read_days
from luoshi.web.ledger.models import Matter, Source
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.services import drafting
from luoshi.web.ledger.workflow import State
from luoshi.web.orgs.models import Alias, Unit
from tests.web import kit
from tests.web.spreadsheets import changed, column, messy, set_cell
from tests.web.test_exports import signed_in, taken

COLUMNS = ("number", "title", "lead", "supports", "due", "criterion", "theme", "state", "light")


def draft(world: kit.World, title: str = "建成养老服务中心") -> Matter:
    words: drafting.Wording = {"title": title, "lead": world.units["civil"], "due_on": date(2026, 12, 31), "criterion": "系统覆盖率不低于85%"}
    return drafting.draft_matter(words=words, origin=Origin(), actor=world.actor("province.supervisor"), at=kit.NOW)


def brought(world: kit.World, book: bytes, name: str = "台账.xlsx", person: str = "province.supervisor") -> IncomingTable:
    """A table as the upload keeps it."""
    actor, sheets = world.actor(person), bringing.sheets_of(book, name)
    kind, chosen = bringing.first_choice(sheets, actor, timezone.localdate())
    if kind == IncomingTable.FOREIGN:
        chosen = bringing.with_days(sheets, chosen, kit.TODAY)
    return keeping.bring_table(kind=kind, name=name, sha256="0" * 64, sheets=sheets, chosen=chosen, actor=actor, at=kit.NOW)


def planned(world: kit.World, change: Callable[[Worksheet], None], person: str = "province.supervisor") -> Plan:
    """The plan of the exported ledger after a change."""
    table = brought(world, changed(taken(signed_in(world), "xlsx", columns=COLUMNS), change), person=person)
    assert table.kind == IncomingTable.ROUND
    return bringing.plan_of(table, world.actor(person), kit.TODAY)


def done(world: kit.World, plan: Plan) -> int:
    return apply(plan, name="台账.xlsx", actor=world.actor("province.supervisor"), at=kit.NOW, on=kit.TODAY)


def test_an_untouched_workbook_changes_nothing(world: kit.World) -> None:
    draft(world)
    kit.matter(world, state=State.ACTIVE)
    plan = planned(world, lambda sheet: None)
    assert (plan.steps, plan.same) == ([], 2)


def test_exactly_the_changes_come_back(world: kit.World) -> None:
    first, second = draft(world), draft(world, "另一件")

    def change(sheet: Worksheet) -> None:
        set_cell(sheet, first.number, "时限", "2027年3月底前")
        set_cell(sheet, first.number, "牵头单位", "临江省财政厅")
        set_cell(sheet, first.number, "配合单位", "临江省民政厅、云岭市民政局")

    plan = planned(world, change)
    assert [(one.heading, one.old, one.new) for one in plan.steps[0].differences] == [
        ("牵头单位", "临江省民政厅", "临江省财政厅"),
        ("配合单位", "", "临江省民政厅、云岭市民政局"),
        ("时限", "2026-12-31", "2027-03-31"),
    ]
    before = Record.objects.count()
    assert done(world, plan) == 1
    first.refresh_from_db()
    assert (first.lead, first.due_on, first.changes) == (world.units["finance"], date(2027, 3, 31), 2)
    assert [one.unit for one in first.supports.order_by("pk")] == [world.units["civil"], world.units["city_civil"]]
    second.refresh_from_db()
    assert second.changes == 1
    assert [one.act for one in Record.objects.order_by("seq")[before:]] == ["matter.edit"]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("heading", "value", "why"),
    [
        ("状态", "已销号", "由系统算出或另有办法改"),
        ("编号", "LJ-0", "与本行编号对不上"),
        ("牵头单位", "省不存在厅", "没有叫“省不存在厅”的单位"),
        ("时限", "尽快", "读不出是哪一天"),
        ("督查事项", "", "不能空着"),
        ("专题", "长" * 61, "超过 60 字"),
        ("核对码（勿改）", "LS1|1|1|x||abc", "没有核对码或者核对码不完整"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(world: kit.World, heading: str, value: str, why: str) -> None:
    row = draft(world)
    draft(world, "另一件")
    plan = planned(world, lambda sheet: set_cell(sheet, row.number, heading, value))
    assert why in "".join(plan.wrong[0].wrong)
    assert not plan.doing


def test_what_is_issued_is_not_changed_in_a_table(world: kit.World) -> None:
    row = kit.matter(world, state=State.ACTIVE)
    plan = planned(world, lambda sheet: set_cell(sheet, row.number, "时限", "2028-01-01"))
    assert "请办延期" in plan.wrong[0].wrong[0]
    assert not plan.doing


def test_what_changed_since_is_a_conflict_and_only_in_that_field(world: kit.World) -> None:
    row = draft(world)
    book = taken(signed_in(world), "xlsx", columns=COLUMNS)
    drafting.edit_draft(matter_id=row.pk, words={"theme": "养老"}, actor=world.actor("province.supervisor"), at=kit.NOW)
    for heading, value, wrong in (("时限", "2027-01-01", 0), ("专题", "民政", 1)):
        table = brought(world, changed(book, lambda sheet, heading=heading, value=value: set_cell(sheet, row.number, heading, value)))  # type: ignore[misc]
        plan = bringing.plan_of(table, world.actor("province.supervisor"), kit.TODAY)
        assert len(plan.wrong) == wrong
    assert "台账里的“专题”已改成“养老”" in plan.wrong[0].wrong[0]


@pytest.mark.one_database
def test_copied_rows_and_pasted_keys_are_found(world: kit.World) -> None:
    first, second = draft(world), draft(world, "另一件")

    def copy(sheet: Worksheet) -> None:
        sheet.append([cell.value for cell in sheet[4]])

    def paste(sheet: Worksheet) -> None:
        key = column(sheet, "核对码（勿改）")
        sheet.cell(5, key, sheet.cell(4, key).value)

    def add(sheet: Worksheet) -> None:
        sheet.append(["", "新加的一行"])

    assert "是同一件" in planned(world, copy).wrong[0].wrong[0]
    assert planned(world, paste).wrong
    assert "没有核对码" in planned(world, add).wrong[0].wrong[0]
    assert first.pk != second.pk


def test_others_matters_are_not_there(world: kit.World) -> None:
    row = draft(world)
    plan = planned(world, lambda sheet: set_cell(sheet, row.number, "专题", "养老"), person="finance.supervisor")
    assert "不在您的查看范围内" in plan.wrong[0].wrong[0]


def test_one_refused_row_undoes_all(world: kit.World) -> None:
    first, second = draft(world), draft(world, "另一件")

    def change(sheet: Worksheet) -> None:
        for one in (first, second):
            set_cell(sheet, one.number, "专题", "养老")

    plan = planned(world, change)
    drafting.edit_draft(matter_id=second.pk, words={"theme": "民政"}, actor=world.actor("province.supervisor"), at=kit.NOW)
    with pytest.raises(RuleBroken, match="没有导入任何内容"):
        done(world, plan)
    first.refresh_from_db()
    assert (first.theme, first.changes) == ("", 1)


def foreign(world: kit.World) -> IncomingTable:
    Alias.objects.create(unit=world.units["civil"], name="省民政")
    return brought(world, messy(), "分解表.xlsx")


def test_a_table_that_is_too_long_says_so_before_the_button(world: kit.World, monkeypatch: pytest.MonkeyPatch) -> None:
    table, client = foreign(world), signed_in(world)
    rows = len(bringing.plan_of(table, world.actor("province.supervisor"), kit.TODAY).doing)
    for most, told in ((rows, False), (rows - 1, True)):
        monkeypatch.setattr("luoshi.web.exchange.views.bringing.MOST", most)
        page = client.get(reverse("table_preview", args=[table.pk])).content.decode()
        assert (f"要导入 {rows} 行，一次最多 {most} 行" in page and "分成 2 个文件" in page) is told and (f"导入 {rows} 行" in page.replace(f"要导入 {rows} 行", "")) is not told


def test_a_messy_table_becomes_drafts(world: kit.World) -> None:
    table = foreign(world)
    actor = world.actor("province.supervisor")
    assert (table.kind, table.chosen["head"]) == (IncomingTable.FOREIGN, 4)
    assert set(table.chosen["columns"].values()) == {"title", "measures", "units", "supports", "due_on"}
    plan = bringing.plan_of(table, actor, kit.TODAY)
    assert plan.unknown == ["省老龄办"]
    assert {why for _row, why in plan.skipped} == {"分节标题", "合计行"}
    assert [(step.row, step.wrong) for step in plan.wrong] == [
        (12, ["没有叫“省老龄办”的单位。"]), (13, ["没有事项名称。"]),
    ]  # fmt: skip
    keeping.map_table(table_id=table.pk, chosen={**table.chosen, "names": {"省老龄办": "临江省民政厅（LJ-MZ）"}}, actor=actor, at=kit.NOW)
    table.refresh_from_db()
    plan = bringing.plan_of(table, actor, kit.TODAY)
    assert len(plan.doing) == 4
    assert done(world, plan) == 4
    first, second, third, fourth = Matter.objects.order_by("pk")
    assert (first.title, first.theme, first.lead, first.due_on) == ("建成乡镇区域养老服务中心124个", "养老服务", world.units["civil"], date(2026, 12, 31))
    assert first.measures == ["印发建设清单", "按月通报进度"]
    assert [one.unit for one in first.supports.all()] == [world.units["finance"]]
    assert (second.due_on, [one.unit for one in second.supports.order_by("pk")]) == (date(2027, 6, 30), [world.units["finance"], world.units["city"]])
    assert (third.cadence, third.category, third.due_on) == ("quarterly", "standing", None)
    assert (fourth.category, fourth.theme) == ("standing", "资金监管")
    assert {one.state for one in Matter.objects.all()} == {State.DRAFT}
    assert Source.objects.get(matter=first).cited_as.endswith("第 6 行")


@pytest.mark.one_database
def test_headings_are_remembered(world: kit.World) -> None:
    table = foreign(world)
    actor, client = world.actor("province.supervisor"), signed_in(world)
    told = {f"column-{column}": field for column, field in table.chosen["columns"].items() if field != "measures"}
    answer = client.post(reverse("table", args=[table.pk]), {"once": fresh_key(), "sheet": "0", "head": "4", **told})
    assert answer.url == reverse("table_preview", args=[table.pk])
    assert Headings.objects.count() == 1
    again = brought(world, messy(), "又一张.xlsx")
    assert again.chosen["remembered"]
    assert "measures" not in again.chosen["columns"].values()
    assert not bringing.first_choice(again.sheets, world.actor("finance.supervisor"), kit.TODAY)[1]["remembered"]
    keeping.remember_headings(digest="0" * 64, columns={"事项": "title"}, names={}, actor=actor, at=kit.NOW)


def test_pages_from_the_file_to_the_drafts(world: kit.World) -> None:
    foreign(world)
    client = signed_in(world)
    file = SimpleUploadedFile("分解表.xlsx", messy())
    table_page = client.post("/tables/", {"once": fresh_key(), "file": file}, follow=True)
    table = IncomingTable.objects.latest("pk")
    assert "已按上次" not in table_page.content.decode()
    mapped = {f"column-{column}": field for column, field in table.chosen["columns"].items()}
    page = client.post(f"/tables/{table.pk}/", {"once": fresh_key(), "sheet": "0", "head": "4", **mapped}, follow=True)
    assert page.context["plan"].unknown == ["省老龄办"]
    page = client.post(f"/tables/{table.pk}/preview/", {"once": fresh_key(), "names": "1", "name-0": "不知道"}, follow=True)
    assert page.context["plan"].unknown == ["省老龄办"]
    assert 'value="不知道"' in page.content.decode()
    problems = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"/tables/{table.pk}/problems/"))))
    assert "没有叫“不知道”的单位" in str(list(problems.worksheets[0].iter_rows(values_only=True)))
    stale = client.post(f"/tables/{table.pk}/preview/", {"once": fresh_key(), "plan": "0" * 32})
    assert stale.status_code == 409
    assert not Matter.objects.exists()
    client.post(f"/tables/{table.pk}/preview/", {"once": fresh_key(), "plan": page.context["plan"].digest})
    assert Matter.objects.count() == 3
    table.refresh_from_db()
    assert (table.state, table.result, table.sheets) == (IncomingTable.DONE, {"done": 3, "skipped": 2}, [])
    assert "3 行生效" in client.get(f"/tables/{table.pk}/preview/").content.decode()
    assert signed_in(world, "province.leader").get("/tables/").status_code == 422
    assert signed_in(world, "finance.supervisor").get(f"/tables/{table.pk}/preview/").status_code == 404


def test_a_large_table_goes_on_in_the_background(world: kit.World) -> None:
    table = foreign(world)
    actor = world.actor("province.supervisor")
    plan = bringing.plan_of(table, actor, timezone.localdate())
    keeping.queue_table(table_id=table.pk, digest="another", actor=actor, at=kit.NOW)
    apply_table.func(table.pk)
    table.refresh_from_db()
    assert (table.state, Matter.objects.count()) == (IncomingTable.FAILED, 0)
    assert "预览之后数据有了变化" in table.fault
    keeping.queue_table(table_id=table.pk, digest=plan.digest, actor=actor, at=kit.NOW)
    apply_table.func(table.pk)
    apply_table.func(table.pk)
    table.refresh_from_db()
    assert (table.state, Matter.objects.count()) == (IncomingTable.DONE, len(plan.doing))
    with pytest.raises(Conflict):
        keeping.drop_table(table_id=table.pk, actor=actor, at=kit.NOW)


def test_a_table_is_dropped(world: kit.World) -> None:
    table = foreign(world)
    signed_in(world).post(f"/tables/{table.pk}/drop/", {"once": fresh_key()})
    table.refresh_from_db()
    assert (table.state, table.sheets) == (IncomingTable.DROPPED, [])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("省民政厅、省财政厅等", ["省民政厅", "省财政厅"]),
        ("责任单位：省民政厅，配合单位：省财政厅", ["省民政厅", "省财政厅"]),
        ("省民政厅\n省财政厅；省民政厅", ["省民政厅", "省财政厅"]),
        ("省民政厅牵头", ["省民政厅"]),
        ("", []),
    ],
)
def test_units_in_a_cell_are_parted(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)), ("2026/1/5", date(2026, 1, 5)), ("2026.12.31", date(2026, 12, 31)), ("2026年12月31日前", date(2026, 12, 31)),
        ("2026-12-31 00:00:00", date(2026, 12, 31)), ("2026-02-30", None), ("12月底", None),
    ],
)  # fmt: skip
def test_written_days(text: str, day: date | None) -> None:
    assert plain_day(text) == day


def test_units_are_found_by_the_end_of_their_name_below_ones_own(world: kit.World) -> None:
    values = Values(kit.TODAY, world.units["province"].path)
    assert (values.unit("省财政厅"), values.unit("云岭市"), values.unit("财政厅")) == (world.units["finance"], world.units["city"], world.units["finance"])
    Unit.objects.filter(code="LJ-CZ").update(ended_on=date(2026, 6, 30))
    with pytest.raises(Wrong, match="没有叫“省财政厅”的单位"):
        Values(kit.TODAY, world.units["province"].path).unit("省财政厅")
    with pytest.raises(Wrong):
        Values(kit.TODAY, world.units["county"].path).unit("民政局")


def test_phrases_are_read_by_the_child() -> None:
    told: dict[str, Any] = read_days(["2027年6月底前", "12月底", "每季度末", "长期坚持"], kit.TODAY)
    assert told["2027年6月底前"]["due"] == "2027-06-30"
    assert told["12月底"]["due"] == "2026-12-31"
    assert told["每季度末"] == {"due": "", "period": told["每季度末"]["period"]} and told["每季度末"]["period"]
    assert told["长期坚持"]["due"] == ""


def test_signing_in_is_needed(db: None) -> None:
    assert Client().get("/tables/").status_code == 302
