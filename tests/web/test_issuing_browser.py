"""The pages between issue and signature, and of instructions, in a real browser: no faults, no noise, no wider than a phone."""

from datetime import date

import pytest
from django.urls import reverse

from luoshi.web.ledger.models import Matter, Source
from luoshi.web.ledger.services import adopting, instructing, issuing
from luoshi.web.ledger.workflow import State
from tests.web import kit, paper
from tests.web.browser import Browsing


def _suspect(world: kit.World) -> Source:
    old = paper.version(world)
    matter = adopting.adopt_item(draft_id=paper.drafts(old)[0].pk, actor=world.actor("province.supervisor"), at=kit.NOW)
    new = paper.version(world, text=paper.TEXT.replace("85%", "90%"), of=old.document, number=2)
    start, end = new.text.index("到2026"), new.text.index("配合）。") + 4
    new.drafts.create(order=0, start=start, end=end, quote=new.text[start:end], kind="requirement", grade="deliverable")
    source = matter.sources.get()
    Source.objects.filter(pk=source.pk).update(suspect=True)
    return source


@pytest.mark.one_database
def test_the_pages_up_to_the_signature_have_no_faults(browsing: Browsing) -> None:
    world = browsing.world
    suspect = _suspect(world)
    issued, objected, proposed = kit.matter(world, state=State.ISSUED), kit.matter(world, state=State.ISSUED), kit.matter(world, state=State.PROPOSED)
    Matter.objects.filter(pk=proposed.pk).update(approver=world.people["province.leader"], proposed_by=world.people["province.supervisor"], proposed_at=kit.NOW)
    issuing.object_to_matter(matter_id=objected.pk, reason="覆盖率由市县住建部门统计，请改由住建部门牵头", actor=world.actor("civil.liaison"), at=kit.NOW)
    supervisor = world.actor("province.supervisor")
    leader = world.people["province.leader"]
    told = {"leader": "王省长", "leader_user": leader, "on": date(2026, 11, 20), "text": "请民政厅抓紧，年底前拿出清单", "actor": supervisor, "at": kit.NOW}
    instruction = instructing.register_instruction(**told)
    for who, name, args in (
        ("civil.liaison", "matter_sign", (issued.pk,)),
        ("civil.liaison", "matter_object", (issued.pk,)),
        ("province.supervisor", "matter_decide", (objected.pk,)),
        ("province.leader", "matter_approve", (proposed.pk,)),
        ("province.leader", "matter_decline", (proposed.pk,)),
        ("province.leader", "matter_return_draft", (proposed.pk,)),
        ("province.supervisor", "source_settle", (suspect.pk,)),
        ("province.supervisor", "instructions", ()),
        ("province.supervisor", "instruction", (instruction.pk,)),
        ("province.supervisor", "instruction_reply", (instruction.pk,)),
    ):
        assert browsing.unsound(browsing.turn_to(who, reverse(name, args=args)), name) == []
    assert not browsing.noise
