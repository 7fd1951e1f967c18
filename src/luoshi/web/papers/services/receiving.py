"""Receipt: the unit acknowledges a paper and answers it; for a unit without accounts the issuer writes down what it said (代录)."""

from datetime import datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.papers.models import Addressee
from luoshi.web.papers.parties import may_receive, may_record
from luoshi.web.papers.services.common import its_matter
from luoshi.web.papers.workflow import State

LONGEST = 4000


@transaction.atomic
def acknowledge_paper(*, addressee_id: int, actor: Actor, at: datetime, by: str = "") -> Addressee:
    """签收. ``by``: who took it, where it is recorded for a unit without accounts. Raises RuleBroken where it was received already."""
    row = _locked(addressee_id)
    recorded = _may(row, actor)
    if row.received_at is not None:
        raise RuleBroken(_("{unit}已经签收过了。").format(unit=row.unit_name), hint=_("请刷新后再看。"))
    if recorded and not by.strip():
        raise RuleBroken(_("请写明由谁签收。"))
    row.received_at, row.received_by, row.recorded = at, by.strip() if recorded else actor.name, recorded
    row.save(update_fields=["received_at", "received_by", "recorded"])
    after = {"number": row.paper.number, "unit": row.unit_name, "by": row.received_by, "recorded": recorded}
    record(act="paper.receive", subject=row.paper, actor=actor, at=at, after=after, context=its_matter(row.paper))
    return row


@transaction.atomic
def answer_paper(*, addressee_id: int, text: str, actor: Actor, at: datetime, by: str = "") -> Addressee:
    """Answer a paper (书面回复); answering acknowledges it too. Raises RuleBroken where it was answered already."""
    row = _locked(addressee_id)
    recorded = _may(row, actor)
    if row.answered_at is not None:
        raise RuleBroken(_("{unit}已经回复过了。").format(unit=row.unit_name), hint=_("请刷新后再看。"))
    if not text.strip() or len(text) > LONGEST:
        raise RuleBroken(_("请填写回复内容，不超过 {n} 字。").format(n=LONGEST))
    if recorded and not by.strip():
        raise RuleBroken(_("请写明由谁回复。"))
    who = by.strip() if recorded else actor.name
    row.answer, row.answered_at, row.answered_by, row.recorded = text.strip(), at, who, recorded or row.recorded
    if row.received_at is None:
        row.received_at, row.received_by = at, who
    row.save(update_fields=["answer", "answered_at", "answered_by", "recorded", "received_at", "received_by"])
    after = {"number": row.paper.number, "unit": row.unit_name, "answer": row.answer, "by": who, "recorded": recorded}
    record(act="paper.answer", subject=row.paper, actor=actor, at=at, after=after, context=its_matter(row.paper))
    return row


def _locked(addressee_id: int) -> Addressee:
    row = Addressee.objects.select_for_update(of=("self",)).select_related("paper", "unit").get(pk=addressee_id)
    if row.paper.state != State.ISSUED:
        raise RuleBroken(_("这件公文没有发出，或者已作废。"), hint=_("请刷新后再看。"))
    return row


def _may(row: Addressee, actor: Actor) -> bool:
    """True where it is recorded for the unit. Raises RuleBroken for everybody else than the unit and, for one without accounts, the issuer."""
    if may_receive(actor, row):
        return False
    if may_record(actor, row):
        return True
    raise RuleBroken(_("您的角色不能办这一步。"), hint=_("由收文单位的联络员或负责人办理；不开账号的单位由发文单位代录。"))
