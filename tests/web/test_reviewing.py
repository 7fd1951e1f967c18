"""The review: each decision one record that can be taken back, and a residue that goes down to zero."""

import os
from pathlib import Path
from typing import Any

import pytest

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.documents.models import DraftItem, ReviewNote, Version
from luoshi.web.documents.review import Review
from luoshi.web.documents.services import noting, reviewing, shaping
from tests.web import kit
from tests.web.directive import all_spans_hold, last, upload

REAL = Path(os.environ.get("LUOSHI_CORPUS", Path(__file__).parents[3] / "shared" / "corpus")) / "source"



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


@pytest.mark.one_database
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


@pytest.mark.one_database
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
