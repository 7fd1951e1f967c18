"""A target carries a roster: 124个项目 are 124 rows, counted against the value."""

import io
import json
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.common.once import fresh_key
from luoshi.web.exchange.panel import panel
from luoshi.web.exchange.rosters import read_lines, sentence
from luoshi.web.exchange.selectors import tallies
from luoshi.web.exchange.services.rosters import RosterLine, change_row, fill_roster, may_keep, remove_row
from luoshi.web.ledger.models import Matter, Target
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.test_exports import rows_of, signed_in, taken

LINES = [RosterLine(f"项目{n}", "东湖县", date(2026, 12, 31), date(2026, 11, 1) if n <= 37 else None) for n in range(1, 121)]


@pytest.fixture
def target(world: kit.World) -> Target:
    """124 projects of a matter that is worked on."""
    return Target.objects.create(matter=kit.matter(world, state=State.ACTIVE), indicator="乡镇区域养老服务中心", value=124, unit="个")


def fill(world: kit.World, target: Target, lines: list[RosterLine] | None = None, who: str = "province.supervisor") -> int:
    return fill_roster(target_id=target.pk, lines=lines or LINES, actor=world.actor(who), at=kit.NOW)


def test_a_roster_is_counted_against_its_target(world: kit.World, target: Target) -> None:
    assert fill(world, target) == 120
    tally = tallies(target.matter)[0]
    assert sentence(tally) == "目标 124个，名单 120 项，已完成 37 项，少 4 项"
    assert fill(world, target, [*LINES[:3], *(RosterLine(f"补{n}") for n in range(5))], "civil.liaison") == 5
    assert sentence(tallies(target.matter)[0]).endswith("多 1 项")
    one, two = Record.objects.filter(act="roster.fill").order_by("seq")
    assert (one.context, json.loads(one.after)["added"], json.loads(two.after)["added"]) == (f"matter:{target.matter_id}", 120, 5)


def test_a_row_is_changed_and_taken_out(world: kit.World, target: Target) -> None:
    fill(world, target, LINES[:2])
    first, second = target.roster.all()
    actor = world.actor("civil.liaison")
    change_row(row_id=second.pk, line=LINES[1]._replace(done_on=date(2026, 11, 20), note="已验收"), actor=actor, at=kit.NOW)
    assert json.loads(Record.objects.get(act="roster.edit").after) == {"name": "项目2", "done_on": "2026-11-20", "note": "已验收"}
    with pytest.raises(RuleBroken, match="已经有"):
        change_row(row_id=second.pk, line=LINES[0]._replace(note="x"), actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken, match="理由"):
        remove_row(row_id=first.pk, reason=" ", actor=actor, at=kit.NOW)
    remove_row(row_id=first.pk, reason="并入另一项目", actor=actor, at=kit.NOW)
    assert [row.name for row in target.roster.all()] == ["项目2"]
    assert Record.objects.get(act="roster.remove").reason == "并入另一项目"


@pytest.mark.parametrize(("who", "state", "may"), [
    ("province.supervisor", State.ACTIVE, True), ("civil.head", State.ACTIVE, True), ("civil.liaison", State.CLOSED, False), ("finance.liaison", State.ACTIVE, False),
    ("province.leader", State.ACTIVE, False),
])  # fmt: skip
def test_who_keeps_a_roster(world: kit.World, target: Target, who: str, state: State, may: bool) -> None:
    Matter.objects.update(state=state)
    target.matter.refresh_from_db()
    assert may_keep(target.matter, world.actor(who)) is may
    if not may:
        with pytest.raises(RuleBroken, match="名单由"):
            fill(world, target, LINES[:1], who)


def test_lines_are_read_as_they_are_pasted() -> None:
    found = read_lines("甲中心\t东湖县\t2026-12-31\n\n乙中心 | 云岭市 | 2026年6月1日 | 2026/5/30 | 已验收\n丙中心")
    assert found == [RosterLine("甲中心", "东湖县", date(2026, 12, 31)), RosterLine("乙中心", "云岭市", date(2026, 6, 1), date(2026, 5, 30), "已验收"), RosterLine("丙中心")]
    with pytest.raises(RuleBroken, match="第 2 行的“年底”不是日期"):
        read_lines("甲\n乙 | | 年底")


def test_pages_of_a_roster(world: kit.World, target: Target) -> None:
    client, lead = signed_in(world), signed_in(world, "civil.liaison")
    assert "点开逐项列出" in client.get(f"/matters/{target.matter_id}/panels/").content.decode()
    assert panel(target.matter, world.actor("province.leader"), kit.TODAY) is None
    book = openpyxl.Workbook()
    for row in (["序号", "项目名称", "县区", "完成时限", "备注"], [1, "甲中心", "东湖县", "2026-12-31", "|"], [2, "乙中心", "东湖县", None, None]):
        book.active.append(row)  # type: ignore[union-attr]
    written = io.BytesIO()
    book.save(written)
    address = f"/rosters/{target.pk}/fill/"
    page = client.post(address, {"once": fresh_key(), "lines": "丙中心", "file": SimpleUploadedFile("a.xlsx", written.getvalue())})
    lines = page.context["form"].initial["lines"]
    assert lines == "丙中心\n甲中心 | 东湖县 | 2026-12-31 |  | ／\n乙中心 | 东湖县"
    wrong = client.post(address, {"once": fresh_key(), "lines": "丁 | | 年底"})
    assert wrong.status_code == 422 and "丁 | | 年底" in wrong.content.decode()
    assert "已加入 3 项" in client.post(address, {"once": fresh_key(), "lines": lines}, follow=True).content.decode()
    row = target.roster.get(name="甲中心")
    lead.post(f"/rosters/rows/{row.pk}/", {"once": fresh_key(), "name": "甲中心", "unit": "东湖县", "done_on": "2026-11-01"})
    assert [one.name for one in client.get(f"/rosters/{target.pk}/?show=done").context["page"]] == ["甲中心"]
    lead.post(f"/rosters/rows/{row.pk}/remove/", {"once": fresh_key(), "reason": "重复"})
    assert [line[0] for line in rows_of(taken(client, "xlsx", f"/exports/roster/{target.pk}/", ("name", "unit")))] == ["丙中心", "乙中心"]
    assert signed_in(world, "finance.liaison").get(f"/rosters/{target.pk}/").status_code == 404
