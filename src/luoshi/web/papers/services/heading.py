"""What the papers of a unit carry: its characters in numbers, its red head, its signature."""

from datetime import datetime

from django.db import transaction

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.papers.models import Letterhead
from luoshi.web.papers.parties import drafts_papers


@transaction.atomic
def set_letterhead(*, word: str, red_head: str, signature: str, contact: str, actor: Actor, at: datetime, expected: int | None = None) -> Letterhead:
    """Set what the papers of the actor's unit carry from now on; those issued stay as they are."""
    if not drafts_papers(actor):
        raise RuleBroken(_("发文设定由督查员填写。"), hint=_("请由本单位的督查员办理。"))
    if not word.strip() or any(char in word for char in "〔〕[]【】 \n"):
        raise RuleBroken(_("发文代字只写代字本身，如“临督”。"), hint=_("年份、序号和文种字由系统加上。"))
    row, made = Letterhead.objects.select_for_update().get_or_create(unit_id=actor.unit, defaults={"word": word})
    if not made and expected is not None and row.changes != expected:
        raise Conflict(_("发文设定刚刚被别人改过，您这次没有保存。"), hint=_("请对照现在的内容，改好后再保存。"))
    new = {"word": word.strip(), "red_head": red_head.strip(), "signature": signature.strip(), "contact": contact.strip()}
    before = {} if made else {name: getattr(row, name) for name in new}
    for name, value in new.items():
        setattr(row, name, value)
    row.changes += 0 if made else 1
    row.save()
    record(act="letterhead.set", subject=row, actor=actor, at=at, before=before, after=new)
    return row
