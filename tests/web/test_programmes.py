"""Programmes: every service and its one record, what may not be done, and who sees what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.acts import act_name
from luoshi.web.audit.models import Record
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import Document, Version
from luoshi.web.ledger.models import Source
from luoshi.web.programmes import selectors
from luoshi.web.programmes.models import Meeting, Programme
from luoshi.web.programmes.services import containers, decisions, learning, meetings, papers
from tests.web import kit


def document(world: kit.World, title: str, text: str = "", *, unit: str = "province", internal: bool = False) -> Version:
    """A document of a unit with one version that was read."""
    author = world.people[f"{unit}.supervisor"]
    made = Document.objects.create(unit=world.units[unit], title=title, internal=internal, created_by=author, created_at=kit.NOW)
    return Version.objects.create(
        document=made, number=1, file_name="a.docx", file_sha256="0" * 64, file_size=1, state=Version.READ, text=text, uploaded_by=author, uploaded_at=kit.NOW
    )  # fmt: skip


def programme(world: kit.World, name: str = "校园安全专项行动") -> Programme:
    return containers.start_programme(name=name, actor=world.actor("province.supervisor"), at=kit.NOW)


def meeting(world: kit.World, of: Programme | None = None, *, held: bool = True, title: str = "第一次会议") -> Meeting:
    actor = world.actor("province.supervisor")
    made = meetings.plan_meeting(plan=meetings.Plan(title, kit.TODAY), programme_id=of.pk if of else None, actor=actor, at=kit.NOW)
    return meetings.hold_meeting(meeting_id=made.pk, actor=actor, at=kit.NOW) if held else made


def source(world: kit.World, *, issuer: str = "province", **of: Any) -> Source:
    """A matter that came of a decision, a study or a topic."""
    return Source.objects.create(matter=kit.matter(world, issuer=issuer), kind=next(iter(of)), **of)


def acts_on(context: str) -> list[str]:
    return list(Record.objects.filter(context=context).values_list("act", flat=True))


def test_the_life_of_a_programme_is_one_record_an_act(world: kit.World) -> None:
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    made = programme(world)
    containers.edit_programme(programme_id=made.pk, name="校园安全专项整治", aim="消除隐患", **me, expected=1)
    part = containers.add_part(programme_id=made.pk, title="校车", lead=world.units["civil"], **me)
    containers.edit_part(part_id=part.pk, title="校车安全", lead=world.units["finance"], **me, expected=1)
    containers.remove_part(part_id=part.pk, **me)
    containers.close_programme(programme_id=made.pk, note="任务完成", **me)
    containers.reopen_programme(programme_id=made.pk, **me)
    assert acts_on(f"programme:{made.pk}") == [
        "programme.start", "programme.edit", "part.add", "part.edit", "part.remove", "programme.close", "programme.reopen",
    ]  # fmt: skip
    changed = Record.objects.get(act="programme.edit")
    assert changed.before == '{"aim":"","name":"校园安全专项行动"}' and changed.after == '{"aim":"消除隐患","name":"校园安全专项整治"}'
    assert Record.objects.get(act="programme.close").reason == "任务完成"


def test_papers_meetings_and_learning_are_one_record_an_act(world: kit.World) -> None:
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    made = programme(world)
    basis, draft = document(world, "上级意见"), document(world, "实施方案")
    paper = papers.link_paper(programme_id=made.pk, document_id=basis.document_id, kind="basis", **me)
    papers.advance_scheme(programme_id=made.pk, version_id=draft.pk, stage="consulted", **me)
    papers.remove_paper(paper_id=paper.pk, **me)
    planned = meetings.plan_meeting(plan=meetings.Plan("例会", kit.TODAY), programme_id=made.pk, **me)
    meetings.edit_meeting(meeting_id=planned.pk, plan=meetings.Plan("第一次例会", kit.TODAY), **me, expected=1)
    meetings.hold_meeting(meeting_id=planned.pk, **me, expected=2)
    dropped = meetings.plan_meeting(plan=meetings.Plan("不开了", kit.TODAY + timedelta(9)), programme_id=made.pk, **me)
    meetings.drop_meeting(meeting_id=dropped.pk, **me)
    decision = decisions.add_decision(meeting_id=planned.pk, text="摸清底数", lead=world.units["civil"], due_on=date(2026, 12, 31), **me)
    decisions.edit_decision(decision_id=decision.pk, text="摸清校车底数", **me, expected=1)
    decisions.remove_decision(decision_id=decision.pk, **me)
    study = learning.add_study(programme_id=made.pk, session=learning.Session("第一议题", kit.TODAY), **me)
    learning.edit_study(study_id=study.pk, session=learning.Session("第一议题", kit.TODAY, basis.document_id, "补短板"), **me, expected=1)
    learning.remove_study(study_id=study.pk, **me)
    topic = learning.add_topic(programme_id=made.pk, topic=learning.Topic("山区校车", lead=world.units["civil"]), **me)
    learning.edit_topic(topic_id=topic.pk, topic=learning.Topic("山区校车", findings="缺32台"), **me, expected=1)
    learning.remove_topic(topic_id=topic.pk, **me)
    assert acts_on(f"programme:{made.pk}") == [
        "programme.start", "paper.link", "scheme.advance", "paper.remove", "meeting.plan", "meeting.edit", "meeting.hold", "meeting.plan",
        "meeting.drop", "decision.add", "decision.edit", "decision.remove", "study.add", "study.edit", "study.remove", "topic.add", "topic.edit",
        "topic.remove",
    ]  # fmt: skip
    assert [one.seq for one in Record.objects.order_by("seq")] == list(range(1, Record.objects.count() + 1))


def test_a_meeting_of_the_office_alone_is_its_own_context(world: kit.World) -> None:
    made = meeting(world)
    decisions.add_decision(meeting_id=made.pk, text="按月调度", actor=world.actor("province.supervisor"), at=kit.NOW)
    assert acts_on(f"meeting:{made.pk}") == ["meeting.plan", "meeting.hold", "decision.add"]


def test_a_scheme_goes_from_consulted_to_final_and_says_whose_comments_were_taken(world: kit.World) -> None:
    actor, made = world.actor("province.supervisor"), programme(world)
    versions = [document(world, f"方案{n}") for n in range(5)]

    def advance(n: int, stage: str, note: str = "采纳财政厅意见3条") -> None:
        papers.advance_scheme(programme_id=made.pk, version_id=versions[n].pk, stage=stage, note=note, actor=actor, at=kit.NOW)

    advance(0, "consulted", note="")
    with pytest.raises(RuleBroken, match="采纳了谁的意见"):
        advance(1, "revised", note="  ")
    advance(1, "revised")
    with pytest.raises(RuleBroken, match="已经在专项里"):
        advance(1, "revised")
    with pytest.raises(RuleBroken, match="之后不能再是"):
        advance(2, "consulted")
    advance(2, "revised")
    advance(3, "final")
    with pytest.raises(RuleBroken, match="已经定稿"):
        advance(4, "final")
    rows = list(made.papers.order_by("pk"))
    assert [row.stage for row in rows] == ["consulted", "revised", "revised", "final"]
    with pytest.raises(RuleBroken, match="后面还有新的一稿"):
        papers.remove_paper(paper_id=rows[0].pk, actor=actor, at=kit.NOW)
    papers.remove_paper(paper_id=rows[3].pk, actor=actor, at=kit.NOW)
    advance(4, "final")


def test_only_documents_of_the_unit_are_linked_and_only_once(world: kit.World) -> None:
    actor, made = world.actor("province.supervisor"), programme(world)
    theirs, ours = document(world, "民政厅内部材料", unit="civil"), document(world, "意见")
    with pytest.raises(RuleBroken, match="本单位"):
        papers.link_paper(programme_id=made.pk, document_id=theirs.document_id, kind="basis", actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken, match="本单位"):
        papers.advance_scheme(programme_id=made.pk, version_id=theirs.pk, stage="consulted", actor=actor, at=kit.NOW)
    papers.link_paper(programme_id=made.pk, document_id=ours.document_id, kind="basis", actor=actor, at=kit.NOW)
    with pytest.raises(RuleBroken, match="已经挂在"):
        papers.link_paper(programme_id=made.pk, document_id=ours.document_id, kind="other", actor=actor, at=kit.NOW)


@pytest.mark.parametrize("name", ["province.leader", "province.liaison", "civil.supervisor", "city.supervisor", "system"])
def test_only_supervisors_of_the_unit_write(world: kit.World, name: str) -> None:
    made, held = programme(world), meeting(world)
    containers.add_part(programme_id=made.pk, title="校车", lead=world.units["civil"], actor=world.actor("province.supervisor"), at=kit.NOW)
    count = Record.objects.count()
    me: dict[str, Any] = {"actor": world.actor(name), "at": kit.NOW}
    tries: list[Callable[[], object]] = [
        lambda: containers.edit_programme(programme_id=made.pk, name="改名", **me),
        lambda: containers.close_programme(programme_id=made.pk, **me),
        lambda: containers.add_part(programme_id=made.pk, title="板块", lead=world.units["civil"], **me),
        lambda: meetings.edit_meeting(meeting_id=held.pk, plan=meetings.Plan("改名", kit.TODAY), **me),
        lambda: decisions.add_decision(meeting_id=held.pk, text="事项", **me),
        lambda: learning.add_study(programme_id=made.pk, session=learning.Session("学习", kit.TODAY), **me),
        lambda: learning.add_topic(programme_id=made.pk, topic=learning.Topic("课题"), **me),
    ]
    for attempt in tries:
        with pytest.raises(RuleBroken):
            attempt()
    assert Record.objects.count() == count


def test_the_second_of_two_loses(world: kit.World) -> None:
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    made = programme(world)
    containers.edit_programme(programme_id=made.pk, name="甲改的", **me, expected=1)
    with pytest.raises(Conflict):
        containers.edit_programme(programme_id=made.pk, name="乙改的", **me, expected=1)
    assert Programme.objects.get(pk=made.pk).name == "甲改的"


def test_a_closed_programme_stays_as_it_is(world: kit.World) -> None:
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    made = programme(world)
    held = meeting(world, made)
    containers.close_programme(programme_id=made.pk, **me)
    for attempt in (
        lambda: containers.add_part(programme_id=made.pk, title="板块", lead=world.units["civil"], **me),
        lambda: meetings.plan_meeting(plan=meetings.Plan("会", kit.TODAY), programme_id=made.pk, **me),
        lambda: decisions.add_decision(meeting_id=held.pk, text="事项", **me),
    ):
        with pytest.raises(RuleBroken, match="已经结束"):
            attempt()


def test_a_meeting_is_not_held_before_its_day_and_has_no_decisions_before_it_is_held(world: kit.World) -> None:
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    planned = meetings.plan_meeting(plan=meetings.Plan("例会", kit.TODAY + timedelta(1)), **me)
    with pytest.raises(RuleBroken, match="还没到"):
        meetings.hold_meeting(meeting_id=planned.pk, **me)
    with pytest.raises(RuleBroken, match="还没有开"):
        decisions.add_decision(meeting_id=planned.pk, text="事项", **me)
    held = meeting(world)
    with pytest.raises(RuleBroken, match="不能取消"):
        meetings.drop_meeting(meeting_id=held.pk, **me)
    with pytest.raises(RuleBroken, match="已经记为"):
        meetings.hold_meeting(meeting_id=held.pk, **me)


def test_what_became_a_matter_no_longer_changes(world: kit.World) -> None:
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    made = programme(world)
    decision = decisions.add_decision(meeting_id=meeting(world, made).pk, text="摸底", **me)
    study = learning.add_study(programme_id=made.pk, session=learning.Session("学习", kit.TODAY), **me)
    topic = learning.add_topic(programme_id=made.pk, topic=learning.Topic("课题"), **me)
    source(world, decision=decision)
    source(world, study=study)
    source(world, topic=topic)
    for attempt in (
        lambda: decisions.edit_decision(decision_id=decision.pk, text="改", **me),
        lambda: decisions.remove_decision(decision_id=decision.pk, **me),
        lambda: learning.edit_study(study_id=study.pk, session=learning.Session("改", kit.TODAY), **me),
        lambda: learning.remove_study(study_id=study.pk, **me),
        lambda: learning.edit_topic(topic_id=topic.pk, topic=learning.Topic("改"), **me),
        lambda: learning.remove_topic(topic_id=topic.pk, **me),
    ):
        with pytest.raises(RuleBroken, match="已有事项"):
            attempt()


def test_conversion_counts_sources_that_the_unit_made_matters_of(world: kit.World) -> None:
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    made = programme(world)
    held = meeting(world, made)
    first, second = (decisions.add_decision(meeting_id=held.pk, text=text, **me) for text in ("一", "二"))
    learning.add_study(programme_id=made.pk, session=learning.Session("学习", kit.TODAY), **me)
    containers.add_part(programme_id=made.pk, title="板块", lead=world.units["civil"], **me)
    source(world, decision=first)
    source(world, decision=first)  # twice: still one source
    source(world, decision=second, issuer="civil")  # another unit's own affair: not counted, not shown

    def figure(name: str) -> tuple[int, int]:
        return tuple(selectors.programme_page(world.actor(name), made)["conversion"])  # type: ignore[return-value]

    assert figure("province.supervisor") == (1, 3) and figure("civil.supervisor") == (1, 3) and figure("civil.leader") == (1, 3)
    shown = selectors.decisions_of(world.actor("province.supervisor"), held)
    assert [one.became for one in shown] == [True, False]
    assert list(selectors.states_of(world.actor("civil.head"), held)) == [second.pk]


ONLOOKERS = ("finance.supervisor", "city_civil.leader", "county.head", "system", "security", "audit")


def test_a_programme_is_seen_by_its_unit_and_by_those_who_lead_a_part(world: kit.World) -> None:
    actor = world.actor("province.supervisor")
    made, alone = programme(world), meeting(world, title="办公会")
    held = meeting(world, made)
    part = containers.add_part(programme_id=made.pk, title="板块", lead=world.units["civil"], actor=actor, at=kit.NOW)

    def sees(who: Actor) -> tuple[bool, bool, bool]:
        found = set(selectors.visible_meetings(who).values_list("pk", flat=True))
        return selectors.visible_programmes(who).filter(pk=made.pk).exists(), held.pk in found, alone.pk in found

    for role in ("liaison", "head", "supervisor", "leader"):
        assert sees(world.actor(f"province.{role}")) == (True, True, True)
        assert sees(world.actor(f"civil.{role}")) == (True, True, False)
    for name in ONLOOKERS:
        assert sees(world.actor(name)) == (False, False, False)
    assert sees(Actor(user_id=1, name="无职")) == (False, False, False)
    containers.edit_part(part_id=part.pk, title="板块", lead=world.units["finance"], actor=actor, at=kit.NOW)
    assert sees(world.actor("civil.head")) == (False, False, False) and sees(world.actor("finance.head")) == (True, True, False)


def test_a_unit_that_leads_a_part_may_call_a_meeting_of_it(world: kit.World) -> None:
    made, me = programme(world), {"actor": world.actor("civil.supervisor"), "at": kit.NOW}
    plan = meetings.Plan("板块推进会", kit.TODAY)
    with pytest.raises(RuleBroken, match="不在您的查看范围"):
        meetings.plan_meeting(plan=plan, programme_id=made.pk, **me)
    containers.add_part(programme_id=made.pk, title="板块", lead=world.units["civil"], actor=world.actor("province.supervisor"), at=kit.NOW)
    called = meetings.plan_meeting(plan=plan, programme_id=made.pk, **me)
    assert called.unit == world.units["civil"] and selectors.visible_meetings(world.actor("province.head")).filter(pk=called.pk).exists()
    with pytest.raises(RuleBroken):
        meetings.hold_meeting(meeting_id=called.pk, actor=world.actor("province.supervisor"), at=kit.NOW)


def test_the_successor_keeps_what_was_the_merged_units(world: kit.World) -> None:
    made, version = programme(world), document(world, "方案")
    row = meeting(world)
    decision = decisions.add_decision(meeting_id=row.pk, text="摸清底数", actor=world.actor("province.supervisor"), at=kit.NOW)
    source(world, decision=decision)
    before = world.actor("finance.supervisor")
    assert not selectors.visible_programmes(before).exists() and not selectors.may_keep(before, made.unit_id)
    heir = replace(before, merged=frozenset({world.units["province"].pk}))
    assert selectors.visible_programmes(heir).get() == made and selectors.visible_meetings(heir).get() == row
    assert selectors.readable_versions(heir).get() == version
    assert selectors.states_of(heir, row) and selectors.decisions_of(heir, row)[0].became
    containers.edit_programme(programme_id=made.pk, name="校园安全", aim="", actor=heir, at=kit.NOW)
    meetings.edit_meeting(meeting_id=row.pk, plan=meetings.Plan("会议", kit.TODAY), actor=heir, at=kit.NOW)
    papers.advance_scheme(programme_id=made.pk, version_id=version.pk, stage="consulted", actor=heir, at=kit.NOW)
    own = meetings.plan_meeting(plan=meetings.Plan("续会", kit.TODAY), actor=heir, at=kit.NOW)
    assert own.unit_id == world.units["finance"].pk
    assert selectors.meeting_before(heir, own) == row


def test_a_part_led_by_a_merged_unit_is_seen_by_its_successor(world: kit.World) -> None:
    made = programme(world)
    containers.add_part(programme_id=made.pk, title="校车", lead=world.units["civil"], actor=world.actor("province.supervisor"), at=kit.NOW)
    before = world.actor("finance.supervisor")
    assert not selectors.visible_programmes(before).exists()
    heir = replace(before, merged=frozenset({world.units["civil"].pk}))
    assert selectors.visible_programmes(heir).get() == made and not selectors.may_keep(heir, made.unit_id)


def test_the_history_names_what_was_changed_but_no_paper(world: kit.World) -> None:
    me: dict[str, Any] = {"actor": world.actor("province.supervisor"), "at": kit.NOW}
    made = programme(world)
    papers.link_paper(programme_id=made.pk, document_id=document(world, "内部请示", internal=True).document_id, kind="other", **me)
    part = containers.add_part(programme_id=made.pk, title="校车", lead=world.units["civil"], **me)
    containers.remove_part(part_id=part.pk, **me)
    told = [(one.record.act, one.thing) for one in selectors.changes_of(made)]
    assert told == [("part.remove", "校车"), ("part.add", "校车"), ("paper.link", ""), ("programme.start", "校园安全专项行动")]
    assert all(act_name(act) != act for act, _thing in told)
