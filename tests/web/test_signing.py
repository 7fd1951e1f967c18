"""From the draft to the signature: each service moves the matter, writes one record, and refuses who may not."""

import pytest

from luoshi.text import Conflict, RuleBroken
from luoshi.web.audit.models import Record
from luoshi.web.ledger.models import Support
from luoshi.web.ledger.services import issuing
from luoshi.web.ledger.workflow import Act, State
from tests.web import kit


def test_a_matter_is_proposed_approved_and_signed(world: kit.World) -> None:
    matter = kit.matter(world)
    leader = world.people["province.leader"]
    issuing.propose_matter(matter_id=matter.pk, approver=leader, actor=world.actor("province.supervisor"), at=kit.NOW)
    issuing.approve_matter(matter_id=matter.pk, actor=world.actor("province.leader"), at=kit.NOW)
    signed = issuing.sign_matter(matter_id=matter.pk, actor=world.actor("civil.liaison"), at=kit.NOW)
    assert signed.state == State.ACTIVE and signed.lead_name == "临江省民政厅"
    assert list(Record.objects.values_list("act", flat=True)) == ["matter.propose", "matter.approve", "matter.sign"]
    assert [one.seq for one in Record.objects.all()] == [1, 2, 3]


def test_who_proposes_does_not_approve(world: kit.World) -> None:
    matter = kit.matter(world)
    with pytest.raises(RuleBroken):
        issuing.propose_matter(matter_id=matter.pk, approver=world.people["province.supervisor"], actor=world.actor("province.supervisor"), at=kit.NOW)
    assert not Record.objects.exists()


def test_the_second_of_two_loses_and_is_told(world: kit.World) -> None:
    matter = kit.matter(world, state=State.ISSUED)
    issuing.sign_matter(matter_id=matter.pk, actor=world.actor("civil.liaison"), at=kit.NOW, expected=1)
    with pytest.raises(Conflict):
        issuing.sign_matter(matter_id=matter.pk, actor=world.actor("civil.head"), at=kit.NOW, expected=1)


def test_who_is_given_the_lead_supports_no_more(world: kit.World) -> None:
    matter = kit.matter(world, state=State.COORDINATING)
    for name in ("finance", "city"):
        Support.objects.create(matter=matter, unit=world.units[name])
    issuing.decide_objection(matter_id=matter.pk, outcome=Act.REASSIGN, reason="改派", lead=world.units["finance"], actor=world.actor("province.supervisor"), at=kit.NOW)
    assert [one.unit for one in matter.supports.all()] == [world.units["city"]]


def test_an_objection_is_decided(world: kit.World) -> None:
    matter = kit.matter(world, state=State.ISSUED)
    issuing.object_to_matter(matter_id=matter.pk, reason="不属于我厅职责", actor=world.actor("civil.liaison"), at=kit.NOW)
    decided = issuing.decide_objection(
        matter_id=matter.pk, outcome=Act.REASSIGN, reason="改由财政厅牵头", lead=world.units["finance"], actor=world.actor("province.supervisor"), at=kit.NOW
    )
    assert decided.state == State.ISSUED and decided.lead_name == "临江省财政厅"
    assert matter.questions.get().outcome == Act.REASSIGN


def test_what_is_declined_ends_there_with_the_reason(world: kit.World) -> None:
    matter = kit.matter(world, state=State.PROPOSED)
    matter.approver = world.people["province.leader"]
    matter.save()
    approver = world.actor("province.leader")
    with pytest.raises(RuleBroken):
        issuing.decline_matter(matter_id=matter.pk, reason=" ", actor=approver, at=kit.NOW)
    declined = issuing.decline_matter(matter_id=matter.pk, reason="与已有事项重复", actor=approver, at=kit.NOW)
    record = Record.objects.get()
    assert declined.state == State.DECLINED and (record.act, record.reason) == ("matter.decline", "与已有事项重复")
