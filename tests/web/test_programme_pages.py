"""Pages of programmes: what they show to whom, one effect a form, both texts on a conflict, Word documents, hostile names."""

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.web.common.once import fresh_key
from luoshi.web.programmes.models import Decision, Programme
from luoshi.web.programmes.services import containers, decisions, learning, meetings, papers
from tests.web import kit
from tests.web.test_programmes import document, meeting, programme, source

HOSTILE = "<script>alert(1)</script>&amp;“专项”\x07\x1b[31m\u202e" + "长" * 120


def client(world: kit.World, name: str) -> Client:
    made = Client()
    made.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def send(browser: Client, address: str, **fields: Any) -> Any:
    return browser.post(address, {"once": fresh_key(), **fields})


class Filled:
    """A programme with everything in it."""

    def __init__(self, world: kit.World) -> None:
        me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
        self.programme = programme(world)
        self.part = containers.add_part(programme_id=self.programme.pk, title="校车", lead=world.units["civil"], **me)
        self.old, self.new = document(world, "方案一稿", "总则\n检查40所学校。\n完毕"), document(world, "方案二稿", "总则\n检查46所学校。\n完毕")
        papers.advance_scheme(programme_id=self.programme.pk, version_id=self.old.pk, stage="consulted", **me)
        self.scheme = papers.advance_scheme(programme_id=self.programme.pk, version_id=self.new.pk, stage="revised", note="采纳2条", **me)
        secret = document(world, "内部请示", "内部请示的正文", internal=True)
        self.internal = papers.link_paper(programme_id=self.programme.pk, document_id=secret.document_id, kind="other", **me)
        self.meeting = meeting(world, self.programme)
        self.decision = decisions.add_decision(meeting_id=self.meeting.pk, text="摸清校车底数", lead=world.units["civil"], due_on=kit.TODAY, **me)
        self.study = learning.add_study(programme_id=self.programme.pk, session=learning.Session("第一议题", kit.TODAY), **me)
        self.topic = learning.add_topic(programme_id=self.programme.pk, topic=learning.Topic("山区校车", lead=world.units["civil"]), **me)

    def addresses(self) -> dict[str, str]:
        """Every page about these rows; those that only the keeping unit's supervisor has begin with ``!``."""
        of = {
            "programme": self.programme, "meeting": self.meeting, "meeting_pack": self.meeting, "decision_list": self.meeting,
            "!programme_edit": self.programme, "!programme_close": self.programme, "!programme_reopen": self.programme,
            "!part_new": self.programme, "!part_edit": self.part, "!part_remove": self.part, "!paper_new": self.programme, "!paper_remove": self.internal,
            "!scheme_new": self.programme, "!study_new": self.programme, "!study_edit": self.study, "!study_remove": self.study,
            "!topic_new": self.programme, "!topic_edit": self.topic, "!topic_remove": self.topic, "!meeting_edit": self.meeting,
            "!meeting_hold": self.meeting, "!meeting_drop": self.meeting, "!decision_edit": self.decision, "!decision_remove": self.decision,
        }  # fmt: skip
        return {name: reverse(name.removeprefix("!"), args=[row.pk]) for name, row in of.items()}


@pytest.fixture
def filled(world: kit.World) -> Filled:
    return Filled(world)


def test_pages_are_there_for_whom_they_are_for(world: kit.World, filled: Filled) -> None:
    compare = reverse("scheme_compare", args=[filled.programme.pk])
    for name, reads, keeps, own in (
        ("province.supervisor", True, True, True), ("province.leader", True, False, True), ("civil.supervisor", True, False, False),
        ("civil.liaison", True, False, False), ("finance.supervisor", False, False, False), ("county.head", False, False, False),
    ):  # fmt: skip
        browser = client(world, name)
        for page, address in filled.addresses().items():
            wanted = 200 if (keeps if page.startswith("!") else reads) else 404
            assert browser.get(address).status_code == wanted, (name, page)
            if page.startswith("!") and not keeps:
                assert send(browser, address).status_code == 404, (name, page)
        assert browser.get(compare).status_code == (200 if own else 404), name
        shown = browser.get(reverse("programmes")).content.decode()
        assert (filled.programme.name in shown) == reads
        assert (filled.meeting.title in browser.get(reverse("meetings")).content.decode()) == reads


def test_a_unit_that_leads_a_part_sees_titles_of_documents_and_no_way_to_them(world: kit.World, filled: Filled) -> None:
    page = client(world, "civil.head").get(reverse("programme", args=[filled.programme.pk])).content.decode()
    assert "方案二稿" in page and f"/documents/{filled.new.document_id}/" not in page and "46所" not in page


def test_addresses_of_nothing_are_404(world: kit.World) -> None:
    browser = client(world, "province.supervisor")
    assert browser.get(reverse("programme", args=[99999])).status_code == 404
    assert browser.get(reverse("meeting_new") + "?programme=99999").status_code == 404
    assert browser.get(reverse("meeting_new") + "?programme=%00x").status_code == 200


def test_a_programme_is_typed_in_and_one_form_has_one_effect(world: kit.World) -> None:
    browser = client(world, "province.supervisor")
    fields = {"once": fresh_key(), "name": "校园安全", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    answers = [browser.post(reverse("programme_new"), fields) for _n in range(3)]
    assert {answer.status_code for answer in answers} == {302} and Programme.objects.count() == 1
    wrong = send(browser, reverse("programme_new"), name="  ", aim="没有丢", ends_on="2026-12-31")
    assert wrong.status_code == 422 and "没有丢" in wrong.content.decode()
    early = send(browser, reverse("programme_new"), name="甲", starts_on="2026-12-31", ends_on="2026-01-01")
    assert early.status_code == 422 and "结束日期早于开始日期" in early.content.decode()


def test_a_conflict_shows_theirs_and_keeps_mine(world: kit.World, filled: Filled) -> None:
    browser, address = client(world, "province.supervisor"), reverse("programme_edit", args=[filled.programme.pk])
    containers.edit_programme(programme_id=filled.programme.pk, name="别人改的名", actor=world.actor("province.supervisor"), at=kit.NOW)
    answer = send(browser, address, name="我改的名", expected=1)
    page = answer.content.decode()
    assert answer.status_code == 409 and "别人改的名" in page and 'value="我改的名"' in page and 'name="expected" value="2"' in page
    assert send(browser, address, name="我改的名", expected=2).status_code == 302
    assert Programme.objects.get(pk=filled.programme.pk).name == "我改的名"


def test_decisions_are_typed_one_after_the_other(world: kit.World, filled: Filled) -> None:
    browser, address = client(world, "province.supervisor"), reverse("meeting", args=[filled.meeting.pk])
    answer = send(browser, address, text="停运不合格校车", lead="临江省财政厅", due_on="12月底前")
    assert answer.status_code == 302 and answer.url.endswith("?next=1#decisions")
    assert "autofocus" in browser.get(answer.url).content.decode()
    wrong = send(browser, address, text="写错单位", lead="没有这个厅")
    assert wrong.status_code == 422 and "写错单位" in wrong.content.decode() and "没有叫" in wrong.content.decode()
    assert list(Decision.objects.values_list("order", "text", "lead__name")) == [
        (1, "摸清校车底数", "临江省民政厅"), (2, "停运不合格校车", "临江省财政厅"),
    ]  # fmt: skip
    assert Decision.objects.get(order=2).due_on == date(2026, 12, 31)
    assert send(client(world, "civil.supervisor"), address, text="越权").status_code == 404


def test_what_changed_between_two_versions_is_marked(world: kit.World, filled: Filled) -> None:
    page = client(world, "province.head").get(reverse("scheme_compare", args=[filled.programme.pk])).content.decode()
    assert "检查<del>40</del><ins>46</ins>所学校。" in page and "改动 1 段" in page
    browser = client(world, "province.head")
    assert browser.get(reverse("scheme_compare", args=[filled.programme.pk]) + "?old=77777").status_code == 404


def words(answer: Any) -> tuple[list[str], list[list[list[str]]]]:
    """Paragraphs and the cells of the tables of a Word document."""
    made = docx.Document(BytesIO(b"".join(answer.streaming_content)))
    return [one.text for one in made.paragraphs], [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]


def test_the_pack_of_a_meeting(world: kit.World, filled: Filled) -> None:
    source(world, decision=filled.decision)
    plan = meetings.Plan("第二次会议", kit.TODAY, place="三会议室", chair="分管领导", attending="民政厅\n财政厅", agenda="1．听取汇报\n2．审议方案")
    actor = world.actor("province.supervisor")
    made = meetings.plan_meeting(plan=plan, programme_id=filled.programme.pk, actor=actor, at=kit.NOW)
    asked = f"?text={filled.scheme.pk}&text={filled.internal.pk}&text=999&text=x"
    answer = client(world, "province.supervisor").get(reverse("meeting_pack", args=[made.pk]) + asked)
    assert unquote(answer["Content-Disposition"]).endswith("第二次会议会议材料.docx") and answer["Content-Disposition"].startswith("attachment")
    paragraphs, (listed, last, sheet) = words(answer)
    text = "\n".join(paragraphs)
    for word in ("第二次会议", "三会议室", "分管领导", "民政厅\n财政厅", "1．听取汇报", "2．审议方案", "临江省人民政府", "第一次会议"):
        assert word in text
    assert listed[1:] == [["1", "方案一稿", "", "征求意见稿"], ["2", "方案二稿", "", "修改稿"], ["3", "内部请示", "", "其他文件"]]
    number = filled.decision.sources.get().matter.number
    assert last[1] == ["1", "摸清校车底数", "临江省民政厅", "2026年11月26日", f"已立项 {number}"]
    assert len(sheet) == 13 and sheet[12][0] == "12" and not "".join(sheet[1][1:]).strip()
    assert "检查46所学校。" in text and "检查40所学校。" not in text
    assert "内部请示的正文" not in text and "正文不随会议材料导出" in text


def test_the_pack_of_another_unit_has_no_texts(world: kit.World, filled: Filled) -> None:
    asked = f"?text={filled.scheme.pk}&text={filled.internal.pk}"
    paragraphs, tables = words(client(world, "civil.head").get(reverse("meeting_pack", args=[filled.meeting.pk]) + asked))
    assert "46所" not in "\n".join(paragraphs) and "方案二稿" in str(tables) and "附件" not in "\n".join(paragraphs)


def test_the_list_of_decisions(world: kit.World, filled: Filled) -> None:
    answer = client(world, "province.head").get(reverse("decision_list", args=[filled.meeting.pk]))
    paragraphs, (table,) = words(answer)
    assert paragraphs[:2] == ["第一次会议", "议定事项清单"]
    assert table == [["序号", "议定事项", "牵头单位", "时限"], ["1", "摸清校车底数", "临江省民政厅", "2026年11月26日"]]


def test_hostile_names_come_out_as_text(world: kit.World) -> None:
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    browser = client(world, "province.supervisor")
    made = programme(world, HOSTILE)
    held = meeting(world, made, title=HOSTILE + "\r\n/../../x")
    decisions.add_decision(meeting_id=held.pk, text=HOSTILE * 20, **me)
    papers.advance_scheme(programme_id=made.pk, version_id=document(world, HOSTILE, HOSTILE).pk, stage="final", **me)
    papers.link_paper(programme_id=made.pk, document_id=document(world, HOSTILE).document_id, kind="basis", **me)
    for address in (reverse("programmes"), reverse("programme", args=[made.pk]), reverse("meetings"), reverse("meeting", args=[held.pk])):
        page = browser.get(address).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;" in page
    for name in ("meeting_pack", "decision_list"):
        answer = browser.get(reverse(name, args=[held.pk]))
        told = unquote(answer["Content-Disposition"])
        assert answer.status_code == 200 and len(told) < 200 and not set(told.split("''")[-1]) & set("/\\\r\n\x07\u202e<>")
        paragraphs, tables = words(answer)
        assert "<script>alert(1)</script>&amp;“专项”\ufffd\ufffd[31m" in paragraphs[0] and "长" * 120 in str(tables)


def test_a_null_character_is_refused_with_words(world: kit.World) -> None:
    answer = send(client(world, "province.supervisor"), reverse("programme_new"), name="甲\x00乙")
    assert answer.status_code == 422 and not Programme.objects.exists()


@pytest.mark.one_database
@pytest.mark.parametrize("page", ["programmes", "programme", "meetings", "meeting"])
def test_queries_do_not_grow_with_rows(world: kit.World, filled: Filled, page: str) -> None:
    browser = client(world, "province.supervisor")
    args = {"programme": [filled.programme.pk], "meeting": [filled.meeting.pk]}.get(page, [])

    def count() -> int:
        browser.get(reverse(page, args=args))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse(page, args=args)).status_code == 200
        return len(asked)

    few = count()
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    for n in range(12):
        programme(world, f"专项{n}")
        meeting(world, filled.programme, title=f"会议{n}")
        decisions.add_decision(meeting_id=filled.meeting.pk, text=f"事项{n}", lead=world.units["finance"], **me)
        containers.add_part(programme_id=filled.programme.pk, title=f"板块{n}", lead=world.units["finance"], **me)
        papers.link_paper(programme_id=filled.programme.pk, document_id=document(world, f"文件{n}").document_id, kind="basis", **me)
        learning.add_study(programme_id=filled.programme.pk, session=learning.Session(f"学习{n}", kit.TODAY), **me)
        learning.add_topic(programme_id=filled.programme.pk, topic=learning.Topic(f"课题{n}", lead=world.units["finance"]), **me)
    assert count() == few <= 25
