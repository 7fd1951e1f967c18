"""Documents from the file to the adopted draft: each service, its record, its refusals; the page that reviews; what may be seen."""

import html
import os
import re
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django_tasks_db.models import DBTaskResult

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.common import store
from luoshi.web.documents import tasks
from luoshi.web.documents.models import Document, DraftItem, ReviewNote, Version
from luoshi.web.documents.review import Review
from luoshi.web.documents.selectors import listed_documents, visible_documents
from luoshi.web.documents.services import linking, noting, reviewing, shaping, uploading
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.services import adopting
from luoshi.web.ledger.services.suspecting import mark_suspects
from luoshi.web.ledger.tasks import check_sources
from luoshi.web.search.selectors import matching
from tests.web import kit

REAL = Path(os.environ.get("LUOSHI_CORPUS", Path(__file__).parents[3] / "shared" / "corpus")) / "source"
TEXT = """临江省人民政府关于推进县域养老服务体系建设的实施意见

临政发〔2026〕18号

一、重点任务

（一）健全三级服务网络

近年来，全省养老服务供给不断扩大，群众满意度稳步提升。到2027年，每个县至少建成1所失能照护机构，乡镇区域养老服务中心覆盖率达到85%以上。（省民政厅牵头，省财政厅、省卫生健康委配合）各县（市、区）要在2026年12月底前制定建设清单，明确项目、投资、责任单位。

（二）加强队伍建设

实施“养老护理员培育计划”，三年培训不少于3万人次；完善职业技能等级认定，建立入职补贴制度。必须坚持党的全面领导。省人力资源社会保障厅厅长表示，将把养老护理员纳入急需紧缺职业目录。

临江省人民政府
2026年9月28日
"""


def upload(world: kit.World, text: str = TEXT, *, name: str = "养老.txt", who: str = "province.supervisor") -> Document:
    document = uploading.add_document(file_name=name, stored=store.save(text.encode()), actor=world.actor(who), at=kit.NOW)
    tasks.read_version.func(document.versions.get().pk)
    document.refresh_from_db()
    return document


@pytest.fixture
def document(world: kit.World) -> Document:
    return upload(world)


@pytest.fixture
def version(document: Document) -> Version:
    return document.versions.get()


@pytest.fixture
def drafts(version: Version) -> list[DraftItem]:
    return list(version.drafts.all())


def acts() -> list[str]:
    return list(Record.objects.order_by("seq").values_list("act", flat=True))


def last(**fields: Any) -> None:
    """The newest record says this, and there is one more than before it."""
    record = Record.objects.order_by("-seq").first()
    assert record is not None and record.seq == Record.objects.count()
    for name, value in fields.items():
        assert getattr(record, name) == value


def all_spans_hold(version: Version) -> bool:
    return all(version.text[one.start : one.end] == one.quote for one in version.drafts.all())


# --- from the file to the rows


def test_a_file_becomes_text_facts_and_drafts(document: Document, version: Version, drafts: list[DraftItem]) -> None:
    assert version.state == Version.READ and version.text == TEXT
    assert document.title == "临江省人民政府关于推进县域养老服务体系建设的实施意见" and document.number == "临政发〔2026〕18号" and document.level == "province"
    assert len(drafts) >= 4 and all_spans_hold(version) and {one.state for one in drafts} == {"pending"}
    assert acts() == ["document.add", "version.read"]
    last(act="version.read", actor="系统", context=f"document:{document.pk}")
    assert document.pk in set(matching("document", "失能照护")) and "text" not in version.decomposition


def test_only_pledges_wait_for_their_unit(drafts: list[DraftItem]) -> None:
    assert [one.unconfirmed for one in drafts] == [one.kind == "pledge" for one in drafts]


@pytest.mark.parametrize(
    ("data", "code", "kept"),
    [
        pytest.param("\n秘密★1年\n\n关于某事\n\n请各单位抓紧办理。\n".encode(), "forbidden.classified", False, id="secrecy mark"),
        pytest.param(b"%PDF-1.4 broken", "input.damaged", True, id="damaged"),
        pytest.param(b"\x89PNG\r\n\x1a\n0000", "input.format", True, id="picture"),
        pytest.param(b"   ", "input.empty", True, id="empty"),
    ],
)
def test_a_fault_is_a_sentence_and_the_row_stays(world: kit.World, data: bytes, code: str, kept: bool) -> None:
    stored = store.save(data)
    document = uploading.add_document(file_name="来文.pdf", stored=stored, actor=world.actor("province.supervisor"), at=kit.NOW)
    version = document.versions.get()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda act: act())
        tasks.read_version.func(version.pk)
    version.refresh_from_db()
    assert (version.state, version.fault_code) == (Version.FAILED, code) and version.fault and version.hint
    assert store.is_stored(stored.sha256) is kept and bool(version.file_sha256) is kept
    last(act="version.fail" if kept else "version.refuse", context=f"document:{document.pk}")


def test_an_internal_mark_is_kept(world: kit.World, client: Client) -> None:
    document = upload(world, "内部资料 注意保存\n\n" + TEXT)
    assert document.internal
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(f"/documents/versions/{document.versions.get().pk}/file/").status_code == 422


def test_reading_again_and_correcting(world: kit.World, document: Document) -> None:
    actor = world.actor("province.supervisor")
    with pytest.raises(RuleBroken):
        uploading.read_again(version_id=document.versions.get().pk, actor=actor, at=kit.NOW)
    changed = uploading.correct_facts(document_id=document.pk, facts={"title": "改名"}, expected=document.changes, actor=actor, at=kit.NOW)
    last(act="document.correct", before='{"title":"临江省人民政府关于推进县域养老服务体系建设的实施意见"}', after='{"title":"改名"}')
    assert changed.title == "改名" and document.pk in set(matching("document", "改名"))
    with pytest.raises(Conflict):
        uploading.correct_facts(document_id=document.pk, facts={"title": "又改"}, expected=document.changes, actor=actor, at=kit.NOW)


@pytest.mark.parametrize("who", ["province.head", "province.leader", "civil.supervisor", "system"])
def test_who_may_not(world: kit.World, document: Document, drafts: list[DraftItem], who: str) -> None:
    actor, before = world.actor(who), Record.objects.count()
    for attempt in (
        lambda: uploading.correct_facts(document_id=document.pk, facts={}, expected=None, actor=actor, at=kit.NOW),
        lambda: reviewing.accept_draft(draft_id=drafts[0].pk, actor=actor, at=kit.NOW),
        lambda: noting.place_sentence(version_id=drafts[0].version_id, start=0, end=1, place="context", actor=actor, at=kit.NOW),
        lambda: uploading.add_version(document_id=document.pk, file_name="x", stored=store.save(b"x"), actor=actor, at=kit.NOW),
    ):
        with pytest.raises(RuleBroken):
            attempt()
    assert Record.objects.count() == before


# --- decisions


DECISIONS = [
    pytest.param("accept_draft", {}, "draft.accept", "accepted", id="accept"),
    pytest.param("reject_draft", {}, "draft.reject", "rejected", id="reject"),
    pytest.param("keep_as_basis", {}, "draft.basis", "basis", id="basis"),
    pytest.param("reclass_draft", {"grade": "study"}, "draft.reclass", "pending", id="reclass"),
    pytest.param("edit_draft", {"title": "建清单", "grade": "deliverable", "kind": "requirement", "details": {"deadlines": []}}, "draft.edit", "pending", id="edit"),
]


@pytest.mark.parametrize(("name", "told", "act", "state"), DECISIONS)
def test_each_decision_is_one_record_and_can_be_taken_back_once(world: kit.World, drafts: list[DraftItem], name: str, told: dict[str, Any], act: str, state: str) -> None:
    actor, draft = world.actor("province.supervisor"), drafts[0]
    before, was = Record.objects.count(), (draft.state, draft.grade, draft.title, draft.details)
    done = getattr(reviewing, name)(draft_id=draft.pk, actor=actor, at=kit.NOW, expected=1, **told)
    assert done.state == state and done.decided_by_id == actor.user_id and done.quote == draft.quote
    last(act=act, subject=f"draftitem:{draft.pk}", context=f"document:{draft.version.document_id}", seq=before + 1)
    with pytest.raises(Conflict):
        reviewing.reject_draft(draft_id=draft.pk, actor=actor, at=kit.NOW, expected=1)
    undone = reviewing.undo_draft(draft_id=draft.pk, actor=actor, at=kit.NOW, expected=2)
    assert (undone.state, undone.grade, undone.title, undone.details) == was and undone.decided_by_id is None
    last(act="draft.undo", seq=before + 2)
    with pytest.raises(RuleBroken):
        reviewing.undo_draft(draft_id=draft.pk, actor=actor, at=kit.NOW)


def test_a_principle_is_a_basis_and_no_matter(world: kit.World, drafts: list[DraftItem]) -> None:
    actor = world.actor("province.supervisor")
    reviewing.accept_draft(draft_id=drafts[0].pk, actor=actor, at=kit.NOW)
    assert reviewing.reclass_draft(draft_id=drafts[0].pk, grade="principle", actor=actor, at=kit.NOW).state == "pending"
    with pytest.raises(RuleBroken):
        reviewing.accept_draft(draft_id=drafts[0].pk, actor=actor, at=kit.NOW)
    assert reviewing.keep_as_basis(draft_id=drafts[0].pk, actor=actor, at=kit.NOW).state == "basis"


NEWS = """临江养老服务观摩会侧记

2026-07-16 07:42  来源：临江日报
本报记者 白小江

“养老护理员最缺。”省人力资源社会保障厅厅长白某表示，将把养老护理员纳入急需紧缺职业目录，12月底前完成首批培训。
"""


def test_a_pledge_is_claimed_with_a_word(world: kit.World) -> None:
    actor = world.actor("province.supervisor")
    [pledge] = upload(world, NEWS, name="侧记.txt").versions.get().drafts.all()
    assert pledge.kind == "pledge" and pledge.unconfirmed
    reviewing.accept_draft(draft_id=pledge.pk, actor=actor, at=kit.NOW)
    assert Review(pledge.version).unclaimed == 1 and pledge not in Review(pledge.version).to_adopt
    with pytest.raises(RuleBroken):
        reviewing.confirm_pledge(draft_id=pledge.pk, word=" ", actor=actor, at=kit.NOW)
    done = reviewing.confirm_pledge(draft_id=pledge.pk, word="省人社厅办公室来电", actor=actor, at=kit.NOW)
    last(act="draft.confirm")
    assert not done.unconfirmed and done.confirmed_word == "省人社厅办公室来电" and [one.pk for one in Review(pledge.version).to_adopt] == [pledge.pk]


def test_merging_and_taking_apart(world: kit.World, version: Version, drafts: list[DraftItem]) -> None:
    actor, before = world.actor("province.supervisor"), Record.objects.count()
    merged = shaping.merge_drafts(draft_id=drafts[0].pk, actor=actor, at=kit.NOW)
    last(act="draft.merge", seq=before + 1, context=f"document:{version.document_id}")
    assert (merged.start, merged.end) == (drafts[0].start, drafts[1].end) and all_spans_hold(version)
    assert next(one.pk for one in Review(version).drafts) == merged.pk and len(Review(version).drafts) == len(drafts) - 1
    reviewing.accept_draft(draft_id=merged.pk, actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken):
        reviewing.accept_draft(draft_id=drafts[0].pk, actor=actor, at=kit.NOW)
    reviewing.undo_draft(draft_id=merged.pk, actor=actor, at=kit.NOW)
    back = reviewing.undo_draft(draft_id=merged.pk, actor=actor, at=kit.NOW)
    last(act="draft.undo")
    assert back.pk == drafts[0].pk and [one.pk for one in Review(version).drafts] == [one.pk for one in drafts]


def test_splitting_and_taking_apart(world: kit.World, version: Version, drafts: list[DraftItem]) -> None:
    actor, before = world.actor("province.supervisor"), Record.objects.count()
    draft = next(one for one in drafts if "；" in one.quote)
    cut = draft.start + draft.quote.index("；") + 1
    parts = shaping.split_draft(draft_id=draft.pk, spans=[(draft.start, cut - 1), (cut, draft.end)], actor=actor, at=kit.NOW)
    last(act="draft.split", seq=before + 1)
    assert all_spans_hold(version) and [one.quote for one in parts] == draft.quote.split("；", 1)
    waits = Review(version).residue
    reviewing.accept_draft(draft_id=parts[0].pk, actor=actor, at=kit.NOW)
    assert Review(version).residue == waits
    reviewing.reject_draft(draft_id=parts[1].pk, actor=actor, at=kit.NOW)
    assert Review(version).residue == waits - 1
    reviewing.undo_draft(draft_id=parts[1].pk, actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken):
        reviewing.undo_draft(draft_id=parts[1].pk, actor=actor, at=kit.NOW)
    reviewing.undo_draft(draft_id=parts[0].pk, actor=actor, at=kit.NOW)
    reviewing.undo_draft(draft_id=parts[0].pk, actor=actor, at=kit.NOW)
    assert [one.pk for one in Review(version).drafts] == [one.pk for one in drafts]


@pytest.mark.parametrize("spans", [[(0, 5)], [(0, 5), (3, 9)], [(0, 5), (5, 10_000)], [(0, 5), (6, 6)], []])
def test_a_split_stays_within_the_item(world: kit.World, drafts: list[DraftItem], spans: list[tuple[int, int]]) -> None:
    draft, before = drafts[0], Record.objects.count()
    with pytest.raises(RuleBroken):
        shaping.split_draft(draft_id=draft.pk, spans=[(draft.start + a, draft.start + b) for a, b in spans], actor=world.actor("province.supervisor"), at=kit.NOW)
    assert Record.objects.count() == before


# --- completeness


def test_the_residue_goes_down_to_zero(world: kit.World, version: Version, drafts: list[DraftItem]) -> None:
    actor = world.actor("province.supervisor")
    left = [Review(version).residue]
    for draft in drafts:
        act = reviewing.keep_as_basis if draft.grade == "principle" else reviewing.accept_draft
        act(draft_id=draft.pk, actor=actor, at=kit.NOW)
        left.append(Review(version).residue)
    assert left[0] == Review(version).asked and left[-1] == 0 and left == sorted(left, reverse=True)


def test_any_sentence_can_be_put_in_its_place(world: kit.World, version: Version) -> None:
    actor = world.actor("province.supervisor")
    sentence = next(one for one in version.decomposition["sentences"] if one["disposition"] == "context")
    told = {"version_id": version.pk, "start": sentence["start"], "end": sentence["end"], "actor": actor, "at": kit.NOW}
    made = shaping.make_draft(**told)
    last(act="draft.make")
    assert made.quote == version.text[made.start : made.end] and made.path[-1].endswith("健全三级服务网络")
    with pytest.raises(RuleBroken):
        shaping.make_draft(**told)
    reviewing.undo_draft(draft_id=made.pk, actor=actor, at=kit.NOW)
    assert made.pk not in [one.pk for one in Review(version).drafts]
    note = noting.place_sentence(**told, place="record")
    last(act="note.sentence", subject=f"reviewnote:{note.pk}")
    noting.lift_note(note_id=note.pk, actor=actor, at=kit.NOW)
    last(act="note.lift")
    with pytest.raises(RuleBroken):
        noting.place_sentence(**(told | {"end": sentence["end"] - 1}), place="record")


def test_doubts_are_a_list_that_empties(world: kit.World, version: Version) -> None:
    review, actor = Review(version), world.actor("province.supervisor")
    assert review.open_doubts == len(review.doubts) > 0
    for one in review.doubts:
        noting.settle_doubt(version_id=version.pk, start=one.start, end=one.end, code=one.code, text="已核对", actor=actor, at=kit.NOW)
    last(act="note.doubt")
    assert Review(version).open_doubts == 0 and ReviewNote.objects.filter(kind="doubt").count() == len(review.doubts)


@pytest.mark.skipif(not REAL.is_dir(), reason="the corpus of real documents is not beside the repository")
@pytest.mark.parametrize("name", ["chongqing-plenary-2024.txt", "chengdu-reading-class-2024.txt"])
def test_a_real_document_is_reviewed_to_the_end(world: kit.World, name: str) -> None:
    path = REAL / name
    document = upload(world, path.read_text("utf-8"), name=path.name)
    version, actor = document.versions.get(), world.actor("province.supervisor")
    read = Review(version)
    assert all_spans_hold(version) and read.residue == read.asked == sum(one["disposition"] in ("requirement", "pledge", "unread") for one in read.sentences)
    preselected = [card.draft for part in read.parts for card in read.cards(part) if card.preselected]
    assert {one.grade for one in preselected if one} == {"deliverable"}
    for n, draft in enumerate(read.drafts):
        reviewing.reject_draft(draft_id=draft.pk, actor=actor, at=kit.NOW)
        if n % 10 == 0:
            assert Review(version).residue == read.asked - n - 1
    assert Review(version).residue == 0


# --- versions and upper documents


def test_a_new_version_takes_decisions_over_where_the_words_are_the_same(world: kit.World, document: Document, version: Version, drafts: list[DraftItem]) -> None:
    actor = world.actor("province.supervisor")
    draft = next(one for one in drafts if "；" in one.quote)
    cut = draft.start + draft.quote.index("；") + 1
    parts = shaping.split_draft(draft_id=draft.pk, spans=[(draft.start, cut - 1), (cut, draft.end)], actor=actor, at=kit.NOW)
    reviewing.accept_draft(draft_id=parts[1].pk, actor=actor, at=kit.NOW)
    reviewing.edit_draft(draft_id=drafts[0].pk, title="建机构", grade="deliverable", kind="requirement", details={}, actor=actor, at=kit.NOW)
    reviewing.accept_draft(draft_id=drafts[0].pk, actor=actor, at=kit.NOW)
    reviewing.accept_draft(draft_id=drafts[1].pk, actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken):
        uploading.add_version(document_id=document.pk, file_name="养老.txt", stored=store.save(TEXT.encode()), actor=actor, at=kit.NOW)
    changed = TEXT.replace("2026年12月底前", "2026年10月底前").replace("一、重点任务", "一、主要任务\n\n本意见自印发之日起施行。\n")
    newer = uploading.add_version(document_id=document.pk, file_name="养老二.txt", stored=store.save(changed.encode()), actor=actor, at=kit.NOW)
    last(act="version.add", context=f"document:{document.pk}")
    tasks.read_version.func(newer.pk)
    newer.refresh_from_db()
    assert newer.number == 2 and newer.carried == 2 and all_spans_hold(newer)
    shown = {one.quote: one for one in Review(newer).drafts}
    assert shown[drafts[0].quote].title == "建机构" and shown[drafts[0].quote].state == "accepted" and shown[drafts[0].quote].start != drafts[0].start
    assert shown[parts[1].quote].state == "accepted" and shown[parts[0].quote].state == "pending" and draft.quote not in shown
    assert drafts[1].quote not in shown
    with pytest.raises(RuleBroken):
        reviewing.reject_draft(draft_id=drafts[2].pk, actor=actor, at=kit.NOW)


def test_a_new_version_makes_the_rows_suspect_whose_quote_changed(world: kit.World, document: Document, drafts: list[DraftItem]) -> None:
    actor = world.actor("province.supervisor")
    made = []
    for draft in drafts[:2]:
        reviewing.accept_draft(draft_id=draft.pk, actor=actor, at=kit.NOW)
        made.append(adopting.adopt_item(draft_id=draft.pk, actor=actor, at=kit.NOW))
    changed = TEXT.replace("2026年12月底前", "2026年10月底前")
    newer = uploading.add_version(document_id=document.pk, file_name="养老二.txt", stored=store.save(changed.encode()), actor=actor, at=kit.NOW)
    tasks.read_version.func(newer.pk)
    queued = DBTaskResult.objects.filter(task_path="luoshi.web.ledger.tasks.check_sources").latest("enqueued_at")
    assert queued.args_kwargs["args"] == [document.pk]
    before = Record.objects.count()
    check_sources.func(document.pk)
    assert [one.sources.get().suspect for one in made] == [False, True] and Record.objects.count() == before + 1
    last(act="source.suspect", actor="系统", context=f"matter:{made[1].pk}")
    check_sources.func(document.pk)
    mark_suspects(at=kit.NOW)
    assert Record.objects.count() == before + 1


LOWER = TEXT.replace("临江省人民政府关于", "云岭市人民政府关于").replace("临政发", "云政发").replace("2026年9月28日", "2026年10月20日").replace("85%", "90%")


def test_two_documents_are_laid_side_by_side(world: kit.World, document: Document, client: Client) -> None:
    actor = world.actor("province.supervisor")
    lower = upload(world, LOWER.replace("；完善职业技能等级认定，建立入职补贴制度", ""), name="云岭.txt")
    linking.link_upper(document_id=lower.pk, upper_id=document.pk, actor=actor, at=kit.NOW)
    last(act="document.link_upper", context=f"document:{lower.pk}")
    for bad in (lower.pk, document.pk):
        with pytest.raises(RuleBroken):
            linking.link_upper(document_id=document.pk if bad == lower.pk else lower.pk, upper_id=bad, actor=actor, at=kit.NOW)
    comparison = linking.ask_comparison(document_id=lower.pk, upper_id=document.pk, actor=actor, at=kit.NOW)
    last(act="document.compare")
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "正在对照" in client.get(f"/documents/{lower.pk}/compare/{document.pk}/").content.decode()
    tasks.compare_versions.func(comparison.pk)
    comparison.refresh_from_db()
    assert comparison.data is not None and comparison.data["direction"]["value"] == "derived"
    page = client.get(f"/documents/{lower.pk}/compare/{document.pk}/?band=found").content.decode()
    assert "已见对应" in page and "<ins>90" in page.replace("<ins>9", "<ins>9") and "≥90%" in page and "style=" not in page


# --- pages


def test_a_document_is_its_units_alone(world: kit.World, document: Document, version: Version, drafts: list[DraftItem], client: Client) -> None:
    paths = [
        f"/documents/{document.pk}/",
        f"/documents/{document.pk}/review/1/",
        f"/documents/{document.pk}/facts/",
        f"/documents/versions/{version.pk}/file/",
        f"/documents/drafts/{drafts[0].pk}/",
        f"/documents/drafts/{drafts[0].pk}/edit/",
        f"/documents/{document.pk}/review/1/sentence/?start=0",
    ]
    for who in ("civil.supervisor", "city.supervisor", "county.liaison", "system", "audit"):
        client.force_login(world.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        if world.people[who].administers:
            Authenticator.objects.create(user=world.people[who], type=Authenticator.Type.TOTP, data={})
        assert [client.get(path).status_code for path in paths] == [404] * len(paths)
        assert not visible_documents(world.actor(who)).exists() and not listed_documents(world.actor(who)).exists()
    client.force_login(world.people["province.leader"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(paths[1]).status_code == 200 and 'name="act"' not in client.get(paths[1]).content.decode()
    answer = client.get(paths[3])
    assert b"".join(answer.streaming_content).decode() == TEXT and answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Disposition"].startswith("attachment")  # type: ignore[attr-defined]


def test_the_page_carries_every_character_of_the_source(document: Document, version: Version, world: kit.World, client: Client) -> None:
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/documents/{document.pk}/review/1/").content.decode()
    source = page.partition('id="source"')[2].partition(">")[2].partition("</section>")[0]
    assert re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]+>", "", source))) == re.sub(r"\s", "", TEXT)
    assert "style=" not in page and "onclick" not in page


def test_accepted_items_become_drafts_by_the_button_of_the_page(document: Document, version: Version, world: kit.World, client: Client) -> None:
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/documents/{document.pk}/review/1/"
    chosen = [one for one in version.drafts.all() if one.grade == "deliverable"]
    sent = fields_of(client.get(address).content.decode(), f'action="{address}bulk/"')
    answer = client.post(f"{address}bulk/", sent | {"act": "accept", "drafts": [f"{one.pk}:{one.changes}" for one in chosen]})
    assert answer.status_code == 302
    adopted = client.post("/matters/adopt/", fields_of(client.get(address).content.decode(), 'action="/matters/adopt/"'), follow=True)
    made = Matter.objects.order_by("pk")
    assert [one.sources.get().draft_id for one in made] == [one.pk for one in chosen] and all(one.state == "draft" for one in made)
    assert adopted.redirect_chain[0][0].startswith("/matters/drafts/") and made[0].number in adopted.content.decode()
    page = client.get(address).content.decode()
    assert page.count("已转为事项") == len(chosen) and 'action="/matters/adopt/"' not in page


def fields_of(page: str, form: str) -> dict[str, list[str]]:
    """The hidden fields of the form with this attribute, as a browser sends them."""
    found: dict[str, list[str]] = {}
    inside = page.partition(form)[2].partition("</form>")[0]
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside):
        found.setdefault(name, []).append(value)
    return found


def test_targets_are_edited_line_by_line(document: Document, version: Version, world: kit.World, client: Client) -> None:
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    draft = next(one for one in version.drafts.all() if len(one.details["targets"]) == 2)
    read, address = draft.details["targets"], f"/documents/drafts/{draft.pk}/edit/"

    def sent(**changed: str) -> dict[str, str]:
        page = client.get(address).content.decode()
        found = {name: value for name, [value] in fields_of(page, 'class="card form"').items()} | {"grade": draft.grade, "kind": draft.kind}
        for n, one in enumerate([*read, {"indicator": "", "comparator": "≥", "value": "", "unit": ""}]):
            found |= {f"targets-{n}-{name}": str(one[name]).removesuffix(".0") for name in ("indicator", "comparator", "value", "unit")}
        return found | changed

    assert client.post(address, sent()).status_code == 302
    draft.refresh_from_db()
    assert draft.details["targets"] == read
    wrong = client.post(address, sent(**{"targets-2-indicator": "床位"}))
    assert wrong.status_code == 200 and "指标和数值要一起填" in wrong.content.decode() and 'value="床位"' in wrong.content.decode()
    changed = {"targets-0-indicator": "", "targets-0-value": "", "targets-1-value": "90", "targets-2-indicator": "床位", "targets-2-value": "1.5", "targets-2-unit": "万张"}
    assert client.post(address, sent(**changed)).status_code == 302
    draft.refresh_from_db()
    last(act="draft.edit")
    first, second = draft.details["targets"]
    assert (first["value"], first["entered"], first["indicator"]) == (90.0, True, read[1]["indicator"]) and second["text"] == "床位≥1.5万张"
