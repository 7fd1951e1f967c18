"""From items and other sources to draft matters: each service, its one record, and what it refuses."""

from datetime import date
from typing import Any

import pytest

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.documents.models import DraftItem
from luoshi.web.ledger.models import Ancestor, Matter, Source
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.services import adopting, dividing, drafting, instructing, issuing, merging, suspecting
from luoshi.web.ledger.services.drafting import SupportLine, TargetLine
from luoshi.web.ledger.workflow import State
from luoshi.web.programmes.models import Decision, Meeting, Programme, ResearchTopic, Study
from tests.web import kit, paper


def last() -> Record:
    """The newest record."""
    found = Record.objects.order_by("-seq").first()
    assert found
    return found


def test_an_item_becomes_a_draft_that_quotes_its_source(world: kit.World) -> None:
    item, other = paper.drafts(paper.version(world))
    actor = world.actor("province.supervisor")
    matter = adopting.adopt_item(draft_id=item.pk, actor=actor, at=kit.NOW)
    source = matter.sources.get()
    assert source.version and source.version.text[source.start : source.end] == source.quote == paper.QUOTES[0]
    assert source.cited_as == "临政发〔2026〕18号 （一）健全服务网络"
    assert (matter.number, matter.state, matter.due_on, matter.due_phrase) == ("LJ-2026-0001", State.DRAFT, date(2026, 12, 31), "2026年底前")
    assert matter.title == "到2026年底前，乡镇区域养老服务中心覆盖率达到85%以上"
    assert matter.targets.get().value == 85.0
    assert [(one["unit"], one["role"], one["reason"]) for one in matter.suggested] == [
        (world.units["civil"].pk, "lead", "原文写明“省民政厅”牵头"),
        (world.units["finance"].pk, "support", "原文写明“省财政厅”配合"),
    ]
    item.refresh_from_db()
    assert item.state == DraftItem.ACCEPTED
    assert Record.objects.count() == 1 and last().act == "matter.adopt"
    second = adopting.adopt_item(draft_id=other.pk, actor=actor, at=kit.NOW)
    assert (second.number, second.due_on, second.cadence) == ("LJ-2026-0002", None, "quarterly")


def test_an_item_is_adopted_once_unless_the_draft_was_given_up(world: kit.World) -> None:
    [item, _other] = paper.drafts(paper.version(world))
    actor = world.actor("province.supervisor")
    matter = adopting.adopt_item(draft_id=item.pk, actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken, match=matter.number):
        adopting.adopt_item(draft_id=item.pk, actor=actor, at=kit.NOW)
    drafting.discard_matter(matter_id=matter.pk, actor=actor, at=kit.NOW)
    assert adopting.adopt_item(draft_id=item.pk, actor=actor, at=kit.NOW).number == "LJ-2026-0002"
    assert list(Record.objects.values_list("act", flat=True)) == ["matter.adopt", "matter.discard", "matter.adopt"]


@pytest.mark.parametrize(
    ("who", "state", "quote"),
    [
        pytest.param("city.supervisor", DraftItem.ACCEPTED, paper.QUOTES[0], id="another office"),
        pytest.param("province.leader", DraftItem.ACCEPTED, paper.QUOTES[0], id="not a supervisor"),
        pytest.param("province.supervisor", DraftItem.PENDING, paper.QUOTES[0], id="not reviewed"),
        pytest.param("province.supervisor", DraftItem.REJECTED, paper.QUOTES[0], id="rejected"),
        pytest.param("province.supervisor", DraftItem.ACCEPTED, "没有这句话", id="the quote is not the text"),
    ],
)
def test_what_is_not_adopted(world: kit.World, who: str, state: str, quote: str) -> None:
    item = paper.drafts(paper.version(world), state=state)[0]
    item.quote = quote
    item.save()
    with pytest.raises(RuleBroken):
        adopting.adopt_item(draft_id=item.pk, actor=world.actor(who), at=kit.NOW)
    assert not Matter.objects.exists() and not Record.objects.exists()


def _origins(world: kit.World) -> dict[str, Origin]:
    user, unit = world.people["province.supervisor"], world.units["province"]
    programme = Programme.objects.create(unit=unit, name="养老服务专项", created_by=user, created_at=kit.NOW)
    meeting = Meeting.objects.create(programme=programme, unit=unit, title="第3次调度会", held_on=date(2026, 11, 20), created_by=user, created_at=kit.NOW)
    return {
        "decision": Origin(
            decision=Decision.objects.create(meeting=meeting, order=2, text="省民政厅12月底前拿出名单。", lead=world.units["civil"], due_on=date(2026, 12, 30))
        ),
        "study": Origin(study=Study.objects.create(programme=programme, title="专题研讨", held_on=date(2026, 11, 1), findings="要建名录", created_at=kit.NOW)),
        "topic": Origin(topic=ResearchTopic.objects.create(programme=programme, title="护理员缺口", findings="缺口四成", created_at=kit.NOW)),
        "instruction": Origin(
            instruction=instructing.register_instruction(
                leader="王省长", on=date(2026, 11, 20), text="请抓紧办理", due_on=date(2026, 12, 5), urgent=True, actor=world.actor("province.supervisor"), at=kit.NOW
            )
        ),
        "finding": Origin(finding=True, quote="三处中心没有消防设施", cited_as="11月实地督查"),
        "typed": Origin(quote="电话交办"),
    }


@pytest.mark.parametrize("kind", ["decision", "study", "topic", "instruction", "finding", "typed"])
def test_a_matter_is_drafted_from_every_kind_of_source(world: kit.World, kind: str) -> None:
    origin = _origins(world)[kind]
    before = Record.objects.count()
    matter = drafting.draft_matter(words={"title": "拿出名单"}, origin=origin, actor=world.actor("province.supervisor"), at=kit.NOW)
    source = matter.sources.get()
    assert (source.kind, matter.title, matter.state) == (kind, "拿出名单", State.DRAFT)
    assert Record.objects.count() == before + 1 and last().act == "matter.draft"
    if kind == "decision":
        assert (matter.lead, matter.due_on, source.cited_as) == (world.units["civil"], date(2026, 12, 30), "第3次调度会（2026-11-20）议定事项2")
    if kind == "instruction":
        assert (matter.due_on, matter.urgency) == (date(2026, 12, 5), "urgent")
    with pytest.raises(RuleBroken):
        drafting.draft_matter(words={"title": "拿出名单"}, origin=origin, actor=world.actor("city.liaison"), at=kit.NOW)
    if kind in ("decision", "study", "topic", "instruction"):
        with pytest.raises(RuleBroken, match="不属于"):
            drafting.draft_matter(words={"title": "拿出名单"}, origin=origin, actor=world.actor("city.supervisor"), at=kit.NOW)


def test_a_draft_is_edited_in_every_field_with_one_record(world: kit.World) -> None:
    matter = kit.matter(world, lead=None)
    actor = world.actor("province.supervisor")
    words: drafting.Wording = {
        "title": "新名称",
        "task": "做什么",
        "measures": ["一", "二"],
        "criterion": "抽查合格",
        "lead": world.units["civil"],
        "supports": [SupportLine(world.units["finance"], "拨付资金", date(2026, 12, 1))],
        "targets": [TargetLine("覆盖率", "≥", 85.0, "%")],
        "due_on": date(2026, 12, 30),
        "cadence": "monthly",
        "category": "deliverable",
        "theme": "养老",
        "urgency": "urgent",
        "leader": "王副省长",
        "office": "养老处",
        "contact": "何川",
    }
    edited = drafting.edit_draft(matter_id=matter.pk, words=words, actor=actor, at=kit.NOW, expected=1)
    assert (edited.title, edited.lead, edited.changes) == ("新名称", world.units["civil"], 2)
    assert edited.supports.get().contribution == "拨付资金" and edited.targets.get().indicator == "覆盖率"
    assert Record.objects.count() == 1 and last().act == "matter.edit"
    again = drafting.edit_draft(matter_id=matter.pk, words=words, actor=actor, at=kit.NOW)
    assert again.changes == 2 and Record.objects.count() == 1, "what differs in nothing is not written"
    drafting.edit_draft(matter_id=matter.pk, words={"supports": [], "targets": []}, actor=actor, at=kit.NOW)
    assert not matter.supports.exists() and not matter.targets.exists()
    with pytest.raises(Conflict):
        drafting.edit_draft(matter_id=matter.pk, words={"title": "另一个"}, actor=actor, at=kit.NOW, expected=1)
    with pytest.raises(RuleBroken):
        drafting.edit_draft(matter_id=matter.pk, words={"title": " "}, actor=actor, at=kit.NOW)


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_only_a_draft_is_edited(world: kit.World, state: State) -> None:
    matter = kit.matter(world, state=state)
    with pytest.raises(RuleBroken):
        drafting.edit_draft(matter_id=matter.pk, words={"title": "新"}, actor=world.actor("province.supervisor"), at=kit.NOW)
    assert not Record.objects.exists()


@pytest.mark.parametrize("who", ["province.liaison", "province.head", "province.leader", "civil.supervisor"])
def test_only_the_supervisor_of_the_issuer_edits(world: kit.World, who: str) -> None:
    matter = kit.matter(world)
    with pytest.raises(RuleBroken):
        drafting.edit_draft(matter_id=matter.pk, words={"title": "新"}, actor=world.actor(who), at=kit.NOW)


@pytest.mark.parametrize(
    ("lead", "changes", "approver"),
    [
        pytest.param(None, {}, "province.leader", id="no owner"),
        pytest.param("civil", {"criterion": ""}, "province.leader", id="no criterion"),
        pytest.param("civil", {"due_on": None}, "province.leader", id="no date"),
        pytest.param("civil", {"due_on": date(2026, 1, 1)}, "province.leader", id="past"),
        pytest.param("civil", {}, "province.liaison", id="the approver is no leader"),
        pytest.param("civil", {}, "city.leader", id="the approver is of another office"),
    ],
)
def test_what_is_not_proposed(world: kit.World, lead: str | None, changes: dict[str, Any], approver: str) -> None:
    matter = kit.matter(world, lead=lead)
    Matter.objects.filter(pk=matter.pk).update(**changes)
    with pytest.raises(RuleBroken):
        issuing.propose_matter(matter_id=matter.pk, approver=world.people[approver], actor=world.actor("province.supervisor"), at=kit.NOW)
    assert not Record.objects.exists()


def _pair(world: kit.World) -> tuple[Matter, Matter]:
    one, two = kit.matter(world), kit.matter(world, lead="finance")
    Matter.objects.filter(pk=one.pk).update(due_on=date(2026, 12, 10))
    Source.objects.create(matter=one, kind=Source.TYPED, quote="甲", cited_as="甲文")
    Source.objects.create(matter=two, kind=Source.TYPED, quote="乙", cited_as="乙文")
    one.targets.create(indicator="覆盖率", comparator="≥", value=85, unit="%")
    one.supports.create(unit=world.units["city"], contribution="报数据")
    return one, two


def test_merging_keeps_all_sources_dates_supports_and_targets(world: kit.World) -> None:
    one, two = _pair(world)
    into = merging.merge_matter(matter_id=one.pk, into_id=two.pk, reason="同一件事", actor=world.actor("province.supervisor"), at=kit.NOW)
    one.refresh_from_db()
    assert (one.state, one.merged_into) == (State.MERGED, into)
    assert {(source.quote, source.due_on) for source in into.sources.all()} == {("乙", None), ("甲", date(2026, 12, 10))}
    assert {support.unit for support in into.supports.all()} == {world.units["city"], world.units["civil"]}
    assert into.targets.get().indicator == "覆盖率" and into.due_on == date(2026, 12, 10)
    assert Record.objects.count() == 1 and last().act == "matter.merge" and last().subject == f"matter:{one.pk}"
    assert one.sources.count() == 1, "its own stay"


def test_what_is_not_merged(world: kit.World) -> None:
    one, two = _pair(world)
    actor = world.actor("province.supervisor")
    foreign = kit.matter(world, issuer="city", lead="city_civil", number="YL-2026-0001")
    issued = kit.matter(world, state=State.ACTIVE)
    done = kit.matter(world, state=State.CLOSED)
    for source, target in ((one, one), (one, foreign), (one, done), (issued, one)):
        with pytest.raises(RuleBroken):
            merging.merge_matter(matter_id=source.pk, into_id=target.pk, reason="同一件事", actor=actor, at=kit.NOW)
    kit.matter(world, number="X-1")
    Matter.objects.filter(number="X-1").update(parent=issued)
    with pytest.raises(RuleBroken, match="分解"):
        merging.merge_matter(matter_id=issued.pk, into_id=kit.matter(world, state=State.ACTIVE).pk, reason="同一件事", actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken):
        merging.merge_matter(matter_id=one.pk, into_id=two.pk, reason="", actor=actor, at=kit.NOW)
    assert not Record.objects.exists()


def test_a_leading_unit_breaks_its_matter_down(world: kit.World) -> None:
    parent = kit.matter(world, state=State.ACTIVE)
    Source.objects.create(matter=parent, kind=Source.TYPED, quote="覆盖率达到85%以上", cited_as="临政发〔2026〕18号")
    actor = world.actor("civil.supervisor")
    words: drafting.Wording = {"title": "云岭市覆盖率达到85%", "lead": world.units["city_civil"], "due_on": date(2026, 12, 30)}
    child = dividing.child_matter(parent_id=parent.pk, words=words, actor=actor, at=kit.NOW)
    assert (child.issuer, child.parent, child.number, child.state) == (world.units["civil"], parent, "LJ-MZ-2026-0001", State.DRAFT)
    assert child.sources.get().cited_as == f"临政发〔2026〕18号 · {parent.number}"
    assert list(Ancestor.objects.values_list("matter", "ancestor")) == [(child.pk, parent.pk)]
    assert Record.objects.count() == 1 and last().act == "matter.child"
    assert child not in visible_matters(world.actor("province.supervisor")), "before issue it is its issuer's alone"
    Matter.objects.filter(pk=child.pk).update(state=State.ACTIVE)
    grandchild = dividing.child_matter(
        parent_id=child.pk, words={"title": "东湖县", "lead": world.units["county"], "due_on": date(2026, 12, 29)}, actor=world.actor("city_civil.supervisor"), at=kit.NOW
    )
    assert set(grandchild.ancestors.values_list("ancestor", flat=True)) == {child.pk, parent.pk}
    Matter.objects.filter(pk=grandchild.pk).update(state=State.ISSUED)
    assert grandchild in visible_matters(world.actor("province.supervisor"))


def test_a_stricter_date_or_target_needs_its_reason(world: kit.World) -> None:
    parent = kit.matter(world, state=State.ACTIVE)
    parent.targets.create(indicator="覆盖率", comparator="≥", value=50, unit="%")
    Matter.objects.filter(pk=parent.pk).update(issued_at=kit.NOW)
    actor = world.actor("civil.supervisor")
    words: drafting.Wording = {"title": "分解", "due_on": date(2026, 12, 1)}
    with pytest.raises(RuleBroken, match="提前"):
        dividing.child_matter(parent_id=parent.pk, words=words, actor=actor, at=kit.NOW)
    words = {"title": "分解", "due_on": date(2026, 12, 30), "targets": [TargetLine("覆盖率", "≥", 70.0, "%")]}
    with pytest.raises(RuleBroken, match="加码"):
        dividing.child_matter(parent_id=parent.pk, words=words, actor=actor, at=kit.NOW)
    child = dividing.child_matter(parent_id=parent.pk, words={**words, "stricter_reason": "本市底子好"}, actor=actor, at=kit.NOW)
    assert child.stricter_reason == "本市底子好"


@pytest.mark.parametrize("who", ["province.supervisor", "civil.liaison", "finance.supervisor"])
def test_only_the_lead_units_supervisor_breaks_down(world: kit.World, who: str) -> None:
    parent = kit.matter(world, state=State.ACTIVE)
    with pytest.raises(RuleBroken):
        dividing.child_matter(parent_id=parent.pk, words={"title": "分解"}, actor=world.actor(who), at=kit.NOW)


def test_a_reply_goes_back_and_brings_a_new_instruction(world: kit.World) -> None:
    actor = world.actor("province.supervisor")
    first = instructing.register_instruction(leader="王省长", on=date(2026, 11, 20), text="请抓紧办理", actor=actor, at=kit.NOW)
    matter = drafting.draft_matter(words={"title": "抓紧"}, origin=Origin(instruction=first), actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken, match="还没有回复"):
        instructing.register_instruction(leader="王省长", on=date(2026, 11, 25), follows_id=first.pk, actor=actor, at=kit.NOW)
    replied = instructing.reply_to_instruction(instruction_id=first.pk, reply="已办成", actor=actor, at=kit.NOW, expected=1)
    assert replied.replied_at == kit.NOW and last().act == "instruction.reply"
    with pytest.raises(RuleBroken):
        instructing.reply_to_instruction(instruction_id=first.pk, reply="再来", actor=actor, at=kit.NOW)
    second = instructing.register_instruction(leader="王省长", on=date(2026, 11, 25), text="再扩大范围", follows_id=first.pk, actor=actor, at=kit.NOW)
    follower = drafting.draft_matter(words={"title": "扩大"}, origin=Origin(instruction=second), actor=actor, at=kit.NOW)
    assert follower.follows == matter
    acts = ["instruction.register", "matter.draft", "instruction.reply", "instruction.register", "matter.draft"]
    assert list(Record.objects.values_list("act", flat=True)) == acts


def test_a_new_version_makes_quotes_suspect_and_a_person_settles(world: kit.World) -> None:
    old = paper.version(world)
    actor = world.actor("province.supervisor")
    first, second = (adopting.adopt_item(draft_id=item.pk, actor=actor, at=kit.NOW) for item in paper.drafts(old))
    assert suspecting.mark_suspects(at=kit.NOW) == 0
    new = paper.version(world, text=paper.TEXT.replace("85%", "90%"), of=old.document, number=2)
    before = Record.objects.count()
    assert suspecting.mark_suspects(at=kit.NOW) == 1 and suspecting.mark_suspects(at=kit.NOW) == 0
    assert Record.objects.count() == before + 1 and last().act == "source.suspect" and last().context == f"matter:{first.pk}"
    source = first.sources.get()
    assert source.suspect and not second.sources.get().suspect
    start = new.text.index("到2026年底前")
    end = new.text.index("配合）。") + 4
    settled = suspecting.settle_suspect(source_id=source.pk, start=start, end=end, reason="按新版", actor=actor, at=kit.NOW)
    assert not settled.suspect and settled.version == new and "90%" in settled.quote and last().act == "source.settle"
    with pytest.raises(RuleBroken):
        suspecting.settle_suspect(source_id=source.pk, reason="再来", actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken):
        suspecting.settle_suspect(source_id=source.pk, reason="再来", actor=world.actor("city.supervisor"), at=kit.NOW)
