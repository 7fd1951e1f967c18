"""Where a paper begins: the list that leads to it, the page with words to begin with, and what is refused there."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.ledger.models import Matter
from luoshi.web.papers.kinds import CODES, kinds
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.wording import paper_day, span
from tests.web import kit
from tests.web.paper_stage import BACKEND, CLERK, LEADER, LIAISON, matter


@pytest.mark.parametrize(("who", "drafts"), [(CLERK, True), (LIAISON, False), (LEADER, False)])
def test_an_empty_list_asks_nobody_for_what_he_cannot_do(world: kit.World, client: Client, who: str, drafts: bool) -> None:
    client.force_login(world.people[who], backend=BACKEND)
    page = client.get(reverse("papers")).content.decode()
    assert ("出公文" in page) == (reverse("paper_begin") in page) == drafts and ("待办里会提醒" in page) != drafts
    narrowed = client.get(reverse("papers"), {"kind": "notice"}).content.decode()
    assert "没有符合条件的公文。" in narrowed and "出公文" not in narrowed


def test_a_page_brings_words_along(world: kit.World, client: Client) -> None:
    client.force_login(world.people[CLERK], backend=BACKEND)
    row, ahead = str(matter(world).pk), (timezone.localdate() + timedelta(days=6)).isoformat()
    page = client.get(reverse("paper_begin"), {"kind": "notice", "matter": row, "opening": "已逾期<i>", "answer_by": ahead}).content.decode()
    assert "已逾期&lt;i&gt;</textarea>" in page and f'value="{ahead}"' in page and "限期拿出赶上进度" in page
    assert client.get(reverse("paper_begin"), {"kind": "notice", "matter": "9999"}).status_code == 422
    assert client.get(reverse("paper_begin"), {"matter": row}).status_code == 200


@pytest.mark.parametrize("kind", [kind for kind in CODES if kind != "weekly"])
def test_nothing_chosen_is_told_and_no_draft_is_made(world: kit.World, client: Client, kind: str) -> None:
    client.force_login(world.people[CLERK], backend=BACKEND)
    page = client.get(reverse("paper_begin"), {"kind": kind}).content.decode()
    assert "0件" not in page and 'role="alert"' in page and reverse("matters") in page.partition('role="alert"')[2]
    assert (reverse("problems") in page.partition('role="alert"')[2]) == kinds()[kind].problems
    sent = {"once": "x" * 24, "kind": kind, "title": "关于0件事项", "requirements": "抓紧"}
    assert client.post(reverse("paper_begin"), sent).status_code == 422 and not OfficialPaper.objects.exists()


def test_a_weekly_report_begins_with_what_happened_in_its_period(world: kit.World, client: Client) -> None:
    client.force_login(world.people[CLERK], backend=BACKEND)
    today = timezone.localdate()
    row, late = matter(world), matter(world)
    Matter.objects.filter(pk=row.pk).update(issued_at=timezone.now(), due_on=today + timedelta(days=90))
    Matter.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=3), issued_at=timezone.now() - timedelta(days=60))
    page = client.get(reverse("paper_begin"), {"kind": "weekly"}).content.decode()
    assert "0件" not in page and "新交办督查事项1件" in page and "在办督查事项2件，其中逾期1件。" in page
    opening = page.partition('name="opening"')[2].partition(">")[2].partition("</textarea>")[0]
    long_ago = {"since": "2020-01-06", "until": "2020-01-12"}
    title = f"督查事项办理情况（{span((today - timedelta(days=today.weekday()), today))}）"
    sent = {"once": "x" * 24, "kind": "weekly", "title": title, "opening": opening, "requirements": "抓紧"} | long_ago
    assert client.post(reverse("paper_begin"), sent).status_code == 302
    made = OfficialPaper.objects.get()
    assert made.title == "督查事项办理情况（2020年1月6日至1月12日）" and made.opening.startswith("2020年1月6日至1月12日，没有新交办和销号的督查事项。")
    client.post(reverse("paper_begin"), sent | {"once": "y" * 24, "opening": "本周无事。"})
    assert OfficialPaper.objects.get(opening="本周无事。")


def test_a_notice_begins_with_how_late_it_is_today_and_a_day_ahead(world: kit.World, client: Client) -> None:
    client.force_login(world.people[CLERK], backend=BACKEND)
    today = timezone.localdate()
    row = matter(world, due_on=today - timedelta(days=30))
    page = client.get(reverse("paper_begin"), {"kind": "notice", "matter": str(row.pk), "answer_by": "2020-06-24"}).content.decode()
    assert f"截至{paper_day(today)}已逾期30天" in page
    found = re.search(r'name="answer_by" value="([-0-9]+)"', page) or re.search(r'value="([-0-9]+)"[^>]*name="answer_by"', page)
    assert found and date.fromisoformat(found[1]) == working_calendar().add_working_days(today, 10).date
    sent = {"once": "x" * 24, "kind": "notice", "matter": row.pk, "title": "督办通知单", "requirements": "抓紧", "answer_by": "2020-06-24"}
    answer = client.post(reverse("paper_begin"), sent)
    assert answer.status_code == 422 and "2020年6月24日已经过了" in answer.content.decode() and not OfficialPaper.objects.exists()
