"""The working calendar: notices as they are pasted, one call and one record to store one, and what everything counts with afterwards."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.calendars.models import Announcement
from luoshi.web.calendars.pasting import days_of
from luoshi.web.calendars.selectors import forget_calendar, missing_year, working_calendar
from luoshi.web.calendars.services import enter_announcement, withdraw_announcement
from luoshi.web.ledger.standing import lights_of
from luoshi.web.ledger.workflow import State
from tests.web import kit
from tests.web.directive import TEXT, upload
from tests.web.test_orgs_pages import signed_in

LINES = "2027-01-01 休\n2027年1月2日 休\n1月3日 班\n2027/1/4 上班\n"
WORDS = """各省、自治区、直辖市人民政府：
经国务院批准，现将2027年元旦等节假日安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月4日（周一）、9日（周六）上班。
二、春节：2月5日（农历除夕、周五）至11日放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
节假日期间，各地区要妥善安排好值班和安全工作。"""


def _d(text: str) -> date:
    month, day = text.split("-")
    return date(2027, int(month), int(day))


@pytest.mark.parametrize(
    ("text", "rests", "works"),
    [
        pytest.param(LINES, "1-1 1-2", "1-3 1-4", id="line by line"),
        pytest.param(WORDS, "1-1 1-2 1-3 2-5 2-6 2-7 2-8 2-9 2-10 2-11", "1-4 1-9 1-31 2-14", id="the notice itself"),
        pytest.param("国庆节：9月30日至10月2日放假，共3天", "9-30 10-1 10-2", "", id="over the end of a month"),
        pytest.param("2027-05-01 至 2027-05-03 休", "5-1 5-2 5-3", "", id="a stretch of full days"),
        pytest.param("节假日期间，各地要值班。", "", "", id="no day"),
    ],
)
def test_a_notice_is_read_as_it_is_pasted(text: str, rests: str, works: str) -> None:
    found = days_of(text, 2027)
    assert not found.wrong
    assert sorted(day for day, work in found.days.items() if not work) == [_d(one) for one in rests.split()]
    assert sorted(day for day, work in found.days.items() if work) == [_d(one) for one in works.split()]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        pytest.param("2027-01-01 休\n2027-02-30 休", 2, "日期不对", id="no such day"),
        pytest.param("2027-01-01", 1, "没有写是", id="neither"),
        pytest.param("2027-01-01 休\n2027-01-01 班", 2, "前面写的是另一种", id="both"),
        pytest.param("2028-01-01 休", 1, "不是 2027 年", id="another year"),
        pytest.param("5月1日至3月1日放假", 1, "日期不对", id="backwards"),
        pytest.param("3日放假", 1, "日期不对", id="no month"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(text: str, line: int, why: str) -> None:
    [(number, said)] = days_of(text, 2027).wrong
    assert number == line
    assert why in said


def test_days_before_new_year_may_be_of_the_notice() -> None:
    assert days_of("2026年12月31日至2027年1月2日放假", 2027).days == dict.fromkeys([date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)], False)


def _enter(world: kit.World, text: str = WORDS, who: str = "system") -> Announcement:
    return enter_announcement(title="2027年放假安排", year=2027, days=days_of(text, 2027).days, actor=world.actor(who), at=kit.NOW)


def test_a_notice_is_stored_at_once_and_counts_at_once(world: kit.World) -> None:
    before = working_calendar()
    assert not before.is_announced(2027)
    assert missing_year(date(2026, 11, 26)) == 2027
    assert missing_year(date(2026, 9, 1)) is None
    _enter(world)
    now = working_calendar()
    assert (now.is_working_day(date(2027, 1, 1)), now.is_working_day(date(2027, 1, 9)), now.is_announced(2027)) == (False, True, True)
    assert missing_year(date(2026, 11, 26)) is None
    [record] = Record.objects.all()
    assert record.act == "calendar.enter"
    assert '"2027-01-09":true' in record.after


def test_lights_count_with_it(world: kit.World) -> None:
    matter = kit.matter(world, state=State.ACTIVE)
    matter.due_on = date(2027, 2, 12)
    on = date(2027, 2, 4)
    assert lights_of([matter], on)[matter.pk][0].colour == "grey"
    _enter(world)
    assert lights_of([matter], on)[matter.pk][0].word == "1 个工作日内到期"


def test_a_later_notice_stands_before_and_a_withdrawn_one_counts_no_more(world: kit.World) -> None:
    first = _enter(world)
    later = _enter(world, "2027-01-09 休")
    assert not working_calendar().is_working_day(date(2027, 1, 9))
    withdraw_announcement(announcement_id=later.pk, reason="录错", actor=world.actor("system"), at=kit.NOW)
    assert working_calendar().is_working_day(date(2027, 1, 9))
    withdraw_announcement(announcement_id=first.pk, reason="录错", actor=world.actor("system"), at=kit.NOW)
    assert not working_calendar().is_announced(2027)
    assert list(Record.objects.order_by("seq").values_list("act", flat=True)) == ["calendar.enter"] * 2 + ["calendar.withdraw"] * 2


def test_refusals(world: kit.World) -> None:
    with pytest.raises(RuleBroken, match="系统管理员"):
        _enter(world, who="province.supervisor")
    with pytest.raises(RuleBroken, match="没有认出"):
        _enter(world, "值班")
    with pytest.raises(RuleBroken, match="不是 2027 年"):
        enter_announcement(title="", year=2027, days={date(2028, 1, 1): False}, actor=world.actor("system"), at=kit.NOW)
    entered = _enter(world)
    told = {"announcement_id": entered.pk, "actor": world.actor("system"), "at": kit.NOW}
    with pytest.raises(RuleBroken, match="理由"):
        withdraw_announcement(reason=" ", **told)
    withdraw_announcement(reason="录错", **told)
    with pytest.raises(RuleBroken, match="已经撤下"):
        withdraw_announcement(reason="录错", **told)


def test_many_rows_ask_the_calendar_once(world: kit.World) -> None:
    forget_calendar()
    with CaptureQueriesContext(connection) as queries:
        assert len({id(working_calendar()) for _n in range(100)}) == 1
    assert len(queries) == 1


def test_paste_look_store(world: kit.World) -> None:
    client = signed_in(world, "system")
    assert client.get(reverse("calendar")).status_code == 200
    told = {"once": "k" * 20, "year": "2027", "title": "通知", "days": WORDS}
    looked = client.post(reverse("calendar_new"), told).content.decode()
    assert "休 10 天，班 4 天" in looked
    assert not Announcement.objects.exists()
    answer = client.post(reverse("calendar_new"), told | {"store": "1"}, follow=True).content.decode()
    assert "2027 年的日历已更新" in answer
    entered = Announcement.objects.get()
    wrong = client.post(reverse("calendar_new"), told | {"once": "m" * 20, "days": "2027-13-01 休"})
    assert wrong.status_code == 422
    assert "第 1 行" in wrong.content.decode()
    answer = client.post(reverse("calendar_withdraw", args=[entered.pk]), {"once": "n" * 20, "reason": "录错"}, follow=True).content.decode()
    assert "撤下的通知" in answer


SOON = TEXT.replace("各县（市、区）要在2026年12月底前制定建设清单", "各县（市、区）自本意见印发之日起5个工作日内制定建设清单").replace("2026年9月28日", "2027年1月4日")


def test_a_document_uploaded_after_a_notice_is_counted_by_it(world: kit.World) -> None:
    def read(name: str) -> tuple[str | None, bool]:
        [draft] = [one for one in upload(world, SOON, name=name).versions.get().drafts.all() if "5个工作日内" in one.quote]
        doubts = {doubt["code"] for doubt in draft.details["doubts"]}
        return next(limit["due"] for limit in draft.details["deadlines"] if "工作日" in limit["text"]), "deadline.provisional" in doubts

    assert read("之前.txt") == ("2027-01-11", True)
    enter_announcement(title="2027年通知", year=2027, days={date(2027, 1, 5): False, date(2027, 1, 9): True, date(2027, 1, 8): False}, actor=world.actor("system"), at=kit.NOW)
    assert read("之后.txt") == ("2027-01-12", False)
