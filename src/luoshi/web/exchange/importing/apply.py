"""Do what a plan says: one call of the ledger's service a matter, all in one transaction: everything or nothing."""

from datetime import date, datetime

from django.db import transaction

from luoshi.text import REFUSALS, RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.exchange.importing.plan import Plan, Step
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.selectors.desk import knowledge_of
from luoshi.web.ledger.services.drafting import draft_matter, edit_draft


@transaction.atomic
def apply(plan: Plan, *, name: str, actor: Actor, at: datetime, on: date) -> int:
    """Every row that is not wrong; how many. Raises RuleBroken with the row, and then nothing was done."""
    known = knowledge_of(actor, on) if any(step.matter is None for step in plan.doing) else None
    for step in plan.doing:
        try:
            if step.matter:
                edit_draft(matter_id=step.matter, words=step.words, actor=actor, at=at, expected=step.expected)
            else:
                cited = _("{name} 第 {n} 行").format(name=name, n=step.row)
                draft_matter(words=step.words, origin=Origin(quote=step.quote, cited_as=cited), actor=actor, at=at, knowledge=known)
        except REFUSALS as error:
            raise RuleBroken(_row(step) + error.message, hint=_("没有导入任何内容；请看过新的预览再确认。")) from error
    return len(plan.doing)


def _row(step: Step) -> str:
    return _("第 {n} 行（{about}）：").format(n=step.row, about=step.about[:40])
