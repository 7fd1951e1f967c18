"""A time limit is proposed where the source names no day, with its reason; one click takes it."""

from datetime import date

import pytest
from django.urls import reverse

from luoshi.calendar import WorkingCalendar
from luoshi.web.audit.models import Record
from luoshi.web.ledger.checks import Draft, Others, check
from luoshi.web.ledger.limits import Proposed, limit_for, proposed
from luoshi.web.ledger.models import Matter, Source
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
