"""New versions of a document, and two documents side by side."""


import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from luoshi.text import RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.common import store
from luoshi.web.documents import tasks
from luoshi.web.documents.models import Document, DraftItem, Version
from luoshi.web.documents.review import Review
from luoshi.web.documents.services import linking, reviewing, shaping, uploading
from luoshi.web.ledger.services import adopting
from luoshi.web.ledger.services.suspecting import mark_suspects
from luoshi.web.ledger.tasks import check_sources
from tests.web import kit
from tests.web.directive import LOWER, TEXT, all_spans_hold, last, upload


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
    assert "已见对应" in page and "<ins>90" in page and "≥90%" in page and "style=" not in page
    assert "数字提高：达到85%以上 → 达到90%以上" in page


def test_two_documents_belong_together_no_longer(world: kit.World, document: Document, client: Client) -> None:
    actor = world.actor("province.supervisor")
    lower = upload(world, LOWER, name="云岭.txt")
    link = linking.link_upper(document_id=lower.pk, upper_id=document.pk, actor=actor, at=kit.NOW)
    client.force_login(world.people["province.supervisor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(f"/documents/uppers/{link.pk}/remove/", {"once": "k" * 24}).headers["Location"] == f"/documents/{lower.pk}/"
    last(act="document.unlink_upper", context=f"document:{lower.pk}")
    assert not lower.uppers.exists() and client.get(f"/documents/{lower.pk}/compare/{document.pk}/").status_code == 404
    other = linking.link_upper(document_id=lower.pk, upper_id=document.pk, actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken):
        linking.unlink_upper(link_id=other.pk, actor=world.actor("city.supervisor"), at=kit.NOW)
