"""A time limit is proposed where the source names no day, with its reason; one click takes it."""

from datetime import date

import pytest
from django.urls import reverse

from luoshi.calendar import WorkingCalendar
from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.checks import Draft, Others, check
from luoshi.web.ledger.limits import EDITABLE, Proposed, limit_for, limit_of, proposed
from luoshi.web.ledger.models import Matter, OwnLimits, Source
from luoshi.web.ledger.services.limiting import set_limits
from tests.web import kit
from tests.web.test_orgs_pages import post, signed_in

ON = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("kinds", "titles", "urgency", "due", "why"),
    [
        pytest.param({"item"}, ["关于养老服务的意见"], "normal", "2026-12-02", "公文 30 日", id="a document"),
        pytest.param({"item"}, ["第20次常务会议纪要"], "normal", "2026-11-22", "会议纪要 20 日", id="minutes"),
        pytest.param({"instruction", "item"}, [], "normal", "2026-11-17", "领导批示（非急件） 15 日", id="an instruction"),
        pytest.param({"instruction"}, [], "urgent", "2026-11-07", "领导批示（急件） 5 日", id="an urgent one"),
        pytest.param({"decision"}, [], "normal", "2026-12-14", "常务会议议定事项 30 个工作日", id="a decision"),
        pytest.param({"typed"}, [], "normal", "2026-11-09", "其他事项 7 日", id="anything else"),
    ],
)
def test_the_limit_of_a_source(kinds: set[str], titles: list[str], urgency: str, due: str, why: str) -> None:
    assert proposed(limit_for(kinds, titles, urgency), ON, WorkingCalendar()) == Proposed(date.fromisoformat(due), why)


def test_a_day_counted_into_a_year_not_announced_says_so() -> None:
    assert proposed(limit_for({"decision"}, [], ""), date(2026, 12, 20), WorkingCalendar()).why.endswith("，按周末推算")


@pytest.mark.parametrize("stated", [{"due_phrase": "尽快"}, {"cadence": "monthly"}, {"due_on": ON}])
def test_nothing_is_proposed_where_something_is_stated(stated: dict[str, object]) -> None:
    draft = Draft(id=1, title="", limit=Proposed(ON, "公文 30 日"), **stated)  # type: ignore[arg-type]
    assert not [one for one in check(draft, ON, Others()) if one.code == "date.missing" and one.fix]


TYPED = {f"{code}-{part}": value for code in EDITABLE for part, value in (("n", str(limit_of(code, {}).most)), ("by", limit_of(code, {}).unit))}


def test_the_head_sets_the_limits_of_the_office(world: kit.World) -> None:
    matter, other = kit.matter(world), kit.matter(world, issuer="city")
    Matter.objects.update(due_on=None)
    for row in (matter, other):
        Source.objects.create(matter=row, kind=Source.ITEM, quote="依据")
    set_before = kit.matter(world)
    head, clerk = signed_in(world, "province.head"), signed_in(world, "province.supervisor")
    assert reverse("limits_edit") in head.get(reverse("limits")).content.decode() and reverse("limits_edit") not in clerk.get(reverse("limits")).content.decode()
    assert clerk.get(reverse("limits_edit")).status_code == 422 and signed_in(world, "province.liaison").get(reverse("limits")).status_code == 404
    typed = TYPED | {"document-n": "20", "document-by": "working_day"}
    post(head, reverse("limits_edit"), **typed, expected="0")
    record = Record.objects.get()
    assert (record.act, record.context, record.after) == ("limits.set", f"ownlimits:{world.units['province'].pk}", '{"days":{"document":[20,"working_day"]}}')
    page = head.get(reverse("limits")).content.decode()
    assert ">20 个工作日 <" in page and "改了办理时限：公文 20 个工作日" in page and page.count('class="chip"') == 1
    assert "公文 20 个工作日" in clerk.get(reverse("propose_many"), {"ids": matter.pk}).content.decode()
    assert "公文 30 日" in signed_in(world, "city.supervisor").get(reverse("propose_many"), {"ids": other.pk}).content.decode()
    assert Matter.objects.get(pk=set_before.pk).due_on == set_before.due_on
    assert head.post(reverse("limits_edit"), typed | {"once": "y" * 24, "expected": "0"}).status_code == 409
    post(head, reverse("limits_edit"), **TYPED, expected="1")
    assert "全部按参考时限" in head.get(reverse("limits")).content.decode() and OwnLimits.objects.get().days == {}


@pytest.mark.parametrize("told", [{"document": (0, "day")}, {"minutes": (20, "year")}, {"default": (1000, "day")}])
def test_a_figure_that_cannot_be_is_refused(world: kit.World, told: dict[str, tuple[int, str]]) -> None:
    days = {code: (limit_of(code, {}).most, limit_of(code, {}).unit) for code in EDITABLE} | told
    with pytest.raises(RuleBroken, match="整数"):
        set_limits(days=days, actor=world.actor("province.head"), at=kit.NOW)
    with pytest.raises(RuleBroken, match="负责人"):
        set_limits(days=days, actor=world.actor("province.supervisor"), at=kit.NOW)
    assert not Record.objects.exists()


def test_one_click_takes_it(world: kit.World) -> None:
    matter = kit.matter(world)
    Matter.objects.filter(pk=matter.pk).update(due_on=None)
    Source.objects.create(matter=matter, kind=Source.ITEM, quote="依据")
    client = signed_in(world, "province.supervisor")
    assert "公文 30 日" in client.get(reverse("propose_many"), {"ids": matter.pk}).content.decode()
    post(client, reverse("draft_fix", args=[matter.pk]), code="date.missing", ids=str(matter.pk))
    matter.refresh_from_db()
    assert matter.due_on is not None
    assert Record.objects.get().act == "matter.edit"
