"""Words tied to a matter: reminders of the issuer, replies of the units, comments of a leader, which are instructions that want a reply."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Instruction, Matter, Message
from luoshi.web.ledger.services.advancing import may_do
from luoshi.web.ledger.services.moving import locked, locked_with_matter, touch
from luoshi.web.ledger.workflow import SUPERVISOR
from luoshi.web.orgs.models import Unit

LONGEST = 2000


@transaction.atomic
def remind(*, matter_id: int, to_unit_id: int, text: str, actor: Actor, at: datetime, expected: int | None = None) -> Message:
    """催办: words of the issuer to the lead or a supporting unit, recorded as they were sent. Raises RuleBroken for any other unit."""
    matter = locked(matter_id, expected=expected)
    may_do(matter, "remind", actor=actor, reason=text)
    if to_unit_id not in working_units(matter):
        raise RuleBroken(_("只能催办牵头或配合单位。"), hint=_("请从列表里选。"))
    message = _say(matter, Message.REMINDER, text, actor=actor, at=at, to_unit_id=to_unit_id)
    record(act="matter.remind", subject=message, actor=actor, at=at, after={"to": to_unit_id, "text": message.text}, context=matter)
    return message


@transaction.atomic
def comment(*, matter_id: int, text: str, actor: Actor, at: datetime, expected: int | None = None) -> Message:
    """A leader's comment becomes an instruction tied to the matter: it stands in the lead's must-do list until the reply went back."""
    matter = locked(matter_id, expected=expected)
    may_do(matter, "comment", actor=actor, reason=text)
    instruction = Instruction.objects.create(
        unit_id=actor.unit,
        leader=actor.name,
        leader_user_id=actor.person,
        on=timezone.localtime(at).date(),
        text=text.strip(),
        created_by_id=actor.person,
        created_at=at,
    )
    message = _say(matter, Message.COMMENT, text, actor=actor, at=at, to_unit_id=matter.lead_id, instruction=instruction)
    after = {"text": message.text, "instruction": instruction.pk}
    record(act="matter.comment", subject=message, actor=actor, at=at, after=after, context=matter)
    return message


@transaction.atomic
def reply(*, message_id: int, text: str, actor: Actor, at: datetime, expected: int | None = None) -> Message:
    """The unit answers a reminder or a comment; the answer to a comment is the reply to its instruction. Raises RuleBroken for another unit's."""
    asked = locked_with_matter(Message, message_id, expected=expected)
    matter = asked.matter
    parties = may_do(matter, "reply", actor=actor, reason=text)
    addressed = asked.to_unit_id if asked.kind == Message.REMINDER else matter.lead_id
    if asked.kind == Message.REPLY or (addressed not in actor.units and not (SUPERVISOR in parties and _has_no_accounts(matter, addressed))):
        raise RuleBroken(_("这不是给您单位的。"), hint=_("请由收到的单位回复。"))
    if asked.answered_by.exists():
        raise RuleBroken(_("已经回复过了。"), hint=_("请刷新后再看。"))
    message = _say(matter, Message.REPLY, text, actor=actor, at=at, to_unit_id=asked.by_unit_id, answers=asked)
    if asked.instruction is not None:
        asked.instruction.replied_at, asked.instruction.reply = at, message.text
        asked.instruction.changes += 1
        asked.instruction.save(update_fields=["replied_at", "reply", "changes"])
    after = {"text": message.text, "answers": asked.pk, "instruction": asked.instruction_id}
    record(act="matter.reply", subject=message, actor=actor, at=at, after=after, context=matter)
    return message


def working_units(matter: Matter) -> set[int]:
    """The lead and its supporters."""
    units = set(matter.supports.values_list("unit_id", flat=True))
    return units | ({matter.lead_id} if matter.lead_id is not None else set())


def _has_no_accounts(matter: Matter, unit_id: int | None) -> bool:
    """True for a unit at work that cannot answer for itself: the issuer's supervisor does."""
    return unit_id in working_units(matter) and Unit.objects.filter(pk=unit_id, accounts=False).exists()


def _say(
    matter: Matter,
    kind: str,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    to_unit_id: int | None,
    answers: Message | None = None,
    instruction: Instruction | None = None,
) -> Message:
    if len(text) > LONGEST:
        raise RuleBroken(_("内容太长，已超过 {n} 字。").format(n=LONGEST), hint=_("请精简后再发。"))
    touch(matter)
    return Message.objects.create(
        matter=matter,
        kind=kind,
        to_unit_id=to_unit_id,
        text=text.strip(),
        by_id=actor.person,
        by_unit_id=actor.unit,
        at=at,
        answers=answers,
        instruction=instruction,
    )
