"""Every act of the tables is told in a sentence of its own, and what real records say reads as one."""

import pytest

from luoshi.web.audit.models import Record
from luoshi.web.ledger import workflow
from luoshi.web.ledger.services import issuing, talking
from luoshi.web.ledger.telling import sentence
from luoshi.web.ledger.workflow import State
from tests.web import kit

TABLES = {"matter": workflow.MATTERS, "report": workflow.REPORTS, "extension": workflow.EXTENSIONS, "plan": workflow.PLANS}
ACTS = sorted({f"{kind}.{row.act}" for kind, table in TABLES.items() for row in table})


@pytest.mark.parametrize("act", [*ACTS, "matter.remind", "matter.comment", "matter.reply", "support.ask", "support.answer", "plan.propose", "extension.ask"])
def test_every_act_has_a_sentence(act: str) -> None:
    told = sentence(act, "{}", "{}", "情况属实。", name="")
    assert act not in told and told.endswith("情况属实。") and "。。" not in told


def test_records_of_services_read_as_sentences(world: kit.World) -> None:
    row = kit.matter(world, state=State.ISSUED)
    issuing.sign_matter(matter_id=row.pk, actor=world.actor("civil.liaison"), at=kit.NOW)
    talking.remind(matter_id=row.pk, to_unit_id=world.units["civil"].pk, text="请抓紧。", actor=world.actor("province.supervisor"), at=kit.NOW)
    talking.comment(matter_id=row.pk, text="请说明困难", actor=world.actor("province.leader"), at=kit.NOW)
    told = [sentence(one.act, one.before, one.after, one.reason) for one in Record.objects.order_by("seq")]
    assert told == ["签收。", "催办：请抓紧。", "领导意见：请说明困难。"]
