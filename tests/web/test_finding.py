"""The page of search: what it finds, marks and counts, for whom, and in how many questions. The index follows every service that writes words."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from luoshi.web.audit.models import Record
from luoshi.web.documents.models import Document
from luoshi.web.documents.services.uploading import correct_facts, index_document
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.selectors.finding import found_matters
from luoshi.web.ledger.services import adopting, dividing, drafting, merging
from luoshi.web.ledger.services.finding import index_matter
from luoshi.web.ledger.workflow import State
from luoshi.web.search.marking import marked, passages
from tests.web import kit, paper

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def ask(client: Client, world: kit.World, who: str, query: str, kind: str = "") -> str:
    client.force_login(world.people[who], backend=BACKEND)
    answer = client.get("/search/", {"q": query, "kind": kind})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def adopted(world: kit.World) -> list[Matter]:
    version = paper.version(world)
    index_document(version.document)
    actor = world.actor("province.supervisor")
    return [adopting.adopt_item(draft_id=one.pk, actor=actor, at=kit.NOW) for one in paper.drafts(version)]


@pytest.mark.parametrize(
    ("query", "matters", "documents", "shown"),
    [
        pytest.param("覆", 1, 1, "<mark>覆</mark>盖率", id="one character"),
        pytest.param("养老服务", 2, 1, "<mark>养老服务</mark>", id="a word"),
        pytest.param("财政厅 通报", 1, 1, "<mark>通报</mark>", id="two words, both"),
        pytest.param("８５％", 1, 1, "<mark>85%</mark>", id="wide forms"),
        pytest.param("摆在更加突出", 0, 1, "<mark>摆在更加突出</mark>", id="only in a document"),
        pytest.param("没有这回事", 0, 0, "没有找到", id="nothing"),
        pytest.param("<b>", 0, 0, "&lt;b&gt;", id="markup"),
        pytest.param("  ", None, None, "输入一个字或几个字都能查", id="nothing asked"),
    ],
)
def test_the_page_finds_marks_and_counts(adopted: list[Matter], world: kit.World, client: Client, query: str, matters: int | None, documents: int, shown: str) -> None:
    page = ask(client, world, "province.supervisor", query)
    assert shown in page and "style=" not in page and "<b>：" not in page
    if matters is not None:
        assert f"事项 {matters} 件，文件 {documents} 份" in page


def test_only_what_may_be_seen_is_found_and_counted(adopted: list[Matter], world: kit.World, client: Client) -> None:
    for who, matters, documents in (("civil.supervisor", 0, 0), ("city.leader", 0, 0), ("province.liaison", 2, 1)):
        page = ask(client, world, who, "养老服务")
        assert f"事项 {matters} 件，文件 {documents} 份" in page and ("没有找到" in page) is (matters == 0)
    Matter.objects.filter(pk=adopted[0].pk).update(state=State.ISSUED, lead=world.units["civil"])
    page = ask(client, world, "civil.liaison", "覆盖率")
    assert "事项 1 件，文件 0 份" in page and f"/matters/{adopted[0].pk}/" in page and "/documents/" not in page.partition("<main")[2]
    client.force_login(world.people["audit"], backend=BACKEND)
    assert client.get("/search/", {"q": "养老"}).status_code != 200


def test_a_passage_leads_to_its_sentence(adopted: list[Matter], world: kit.World, client: Client) -> None:
    version = adopted[0].sources.get().version
    assert version is not None
    version.decomposition = {"sentences": [{"start": 0, "end": 5}, {"start": 20, "end": 30}], "sections": [], "items": [], "doubts": []}
    version.save()
    client.force_login(world.people["province.supervisor"], backend=BACKEND)
    answer = client.get(f"/documents/{version.document_id}/review/1/", {"spot": 25})
    assert answer["Location"].endswith("?part=0#s20")


def test_every_service_that_writes_words_makes_them_findable(world: kit.World) -> None:
    actor = world.actor("province.supervisor")

    def found(words: str) -> set[int]:
        return set(found_matters(actor, words).values_list("pk", flat=True))

    first = drafting.draft_matter(words={"title": "建机构", "task": "建在乡镇"}, origin=Origin(quote="意见第三条"), actor=actor, at=kit.NOW)
    assert found("建在乡镇") == found("意见第三条") == found("建机构") == found(first.number) == {first.pk} and not found("镇意")
    before = Record.objects.count()
    drafting.edit_draft(matter_id=first.pk, words={"title": "改善机构", "criterion": "抽查三十处", "measures": ["逐一挂牌"]}, actor=actor, at=kit.NOW)
    assert found("抽查三十处") == found("挂牌") == {first.pk} and not found("建机构") and Record.objects.count() == before + 1
    second = drafting.draft_matter(words={"title": "并入的", "due_on": date(2026, 12, 1)}, origin=Origin(quote="另一条原文"), actor=actor, at=kit.NOW)
    merging.merge_matter(matter_id=second.pk, into_id=first.pk, reason="同一件", actor=actor, at=kit.NOW)
    assert found("另一条原文") == {first.pk, second.pk}
    parent = kit.matter(world, state=State.ACTIVE)
    child = dividing.child_matter(parent_id=parent.pk, words={"title": "分到东湖县"}, actor=world.actor("civil.supervisor"), at=kit.NOW)
    assert set(found_matters(world.actor("civil.supervisor"), "东湖县").values_list("pk", flat=True)) == {child.pk}


@pytest.mark.parametrize("rows", [10, 60])
def test_the_same_number_of_questions(world: kit.World, client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
    for n in range(rows):
        index_matter(kit.matter(world, number=f"LJ-{n}"))
        document = Document.objects.create(unit=world.units["province"], title=f"覆盖率文件{n}", created_by=world.people["province.supervisor"], created_at=kit.NOW)
        correct_facts(document_id=document.pk, facts={"number": f"{n}号"}, expected=None, actor=world.actor("province.supervisor"), at=kit.NOW)
    ask(client, world, "province.supervisor", "覆盖率")
    for kind in ("", "matter", "document"):
        with django_assert_max_num_queries(25):
            page = client.get("/search/", {"q": "覆盖率", "kind": kind}).content.decode()
        assert f"事项 {rows} 件，文件 {rows} 份" in page


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("甲乙丙丁", ["乙丙", "丙丁"], "甲<mark>乙丙丁</mark>"),
        ("a<b>甲", ["<b>"], "a<mark>&lt;b&gt;</mark>甲"),
        ("Ａpp", ["APP"], "<mark>Ａpp</mark>"),
        ("甲\n乙", ["甲乙"], "<mark>甲\n乙</mark>"),
        ("甲", ["丙"], "甲"),
    ],
)
def test_marks(text: str, words: list[str], expected: str) -> None:
    assert marked(text, words) == expected


def test_passages_do_not_overlap() -> None:
    text = "甲" + "一" * 20 + "甲" + "二" * 200 + "甲"
    found = passages(text, ["甲"], 3)
    assert [start for start, _piece in found] == [0, 222] and found[0][1].count("<mark>") == 2 and found[0][1].endswith("…")
