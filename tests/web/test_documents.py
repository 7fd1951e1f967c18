"""Documents from the file to the rows: reading, faults, facts, whose they are."""


import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.common import store
from luoshi.web.documents import tasks
from luoshi.web.documents.models import Document, DraftItem, Version
from luoshi.web.documents.selectors import listed_documents, visible_documents
from luoshi.web.documents.services import noting, reviewing, uploading
from luoshi.web.search.selectors import matching
from tests.web import kit
from tests.web.directive import TEXT, acts, all_spans_hold, last, upload


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
    version = document.versions.get()
    with pytest.raises(RuleBroken):
        uploading.read_again(version_id=version.pk, actor=actor, at=kit.NOW)
    Version.objects.filter(pk=version.pk).update(state=Version.FAILED, fault="读取超时", fault_code="limit")
    again = uploading.read_again(version_id=version.pk, actor=actor, at=kit.NOW)
    last(act="version.read_again", subject=f"version:{version.pk}", context=f"document:{document.pk}")
    assert (again.state, again.fault) == (Version.QUEUED, "")
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
