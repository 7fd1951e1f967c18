"""Instructions of leaders (批示): registered, answered; a reply may bring the next one."""

from datetime import date, datetime

from django.db import transaction

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Instruction
from luoshi.web.ledger.services.drafting import must_supervise
from luoshi.web.orgs.models import User


@transaction.atomic
def register_instruction(
    *,
    leader: str,
    on: date,
    actor: Actor,
    at: datetime,
    leader_user: User | None = None,
    text: str = "",
    on_paper: str = "",
    urgent: bool = False,
    due_on: date | None = None,
    follows_id: int | None = None,
) -> Instruction:
    """Enter an instruction. Its text is optional: some may not be copied. Raises RuleBroken where the leader's name is missing or a date is wrong."""
    must_supervise(actor)
    if not leader.strip():
        raise RuleBroken(_("请填写批示的领导。"))
    if due_on is not None and due_on < on:
        raise RuleBroken(_("办理时限早于批示日期。"), hint=_("请核对两个日期。"))
    follows = Instruction.objects.filter(pk=follows_id, unit__in=actor.units).first() if follows_id else None
    if follows_id and (follows is None or follows.replied_at is None):
        raise RuleBroken(_("上一件批示还没有回复，不能接着登记新的批示。"), hint=_("请先登记回复。"))
    made = Instruction.objects.create(
        unit_id=actor.unit,
        leader=leader.strip(),
        leader_user=leader_user,
        on=on,
        text=text,
        on_paper=on_paper,
        urgent=urgent,
        due_on=due_on,
        follows=follows,
        created_by_id=actor.person,
        created_at=at,
    )
    told = {"leader": made.leader, "on": on, "on_paper": on_paper, "urgent": urgent, "due_on": due_on, "follows": follows_id}
    record(act="instruction.register", subject=made, actor=actor, at=at, after=told)
    return made


@transaction.atomic
def reply_to_instruction(*, instruction_id: int, reply: str, actor: Actor, at: datetime, expected: int | None = None) -> Instruction:
    """The reply that went back to the leader. Raises RuleBroken where it was given before or says nothing."""
    must_supervise(actor)
    instruction = Instruction.objects.select_for_update().filter(pk=instruction_id, unit__in=actor.units).first()
    if instruction is None:
        raise RuleBroken(_("没有找到这件批示。"))
    if expected is not None and instruction.changes != expected:
        raise Conflict(_("这件批示刚刚被别人改过，您这次没有生效。"), hint=_("请刷新后看看现在的情况，再决定怎么办。"))
    if instruction.replied_at is not None:
        raise RuleBroken(_("这件批示已经回复过。"), hint=_("领导另有批示的，请登记新的批示。"))
    if not reply.strip():
        raise RuleBroken(_("请写明回复的内容。"))
    instruction.reply, instruction.replied_at = reply.strip(), at
    instruction.changes += 1
    instruction.save(update_fields=["reply", "replied_at", "changes"])
    record(act="instruction.reply", subject=instruction, actor=actor, at=at, before={"replied_at": None}, after={"replied_at": at, "reply": instruction.reply})
    return instruction
