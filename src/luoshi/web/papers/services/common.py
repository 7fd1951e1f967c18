"""What every service of papers does: the row under its lock, the table, the record."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.common.templatetags.pages import day
from luoshi.web.ledger import workflow as tables
from luoshi.web.ledger.models import Matter
from luoshi.web.papers.kinds import Scope, kinds
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.parties import parties_of
from luoshi.web.papers.workflow import PAPERS


def locked(paper_id: int, *, expected: int | None = None) -> OfficialPaper:
    """The paper under its lock. Raises Conflict where it was changed since the page with ``expected`` changes was made."""
    paper = OfficialPaper.objects.select_for_update(of=("self",)).select_related("unit").get(pk=paper_id)
    if expected is not None and paper.changes != expected:
        raise Conflict(_("这件公文刚刚被别人改过，您这次没有生效。"), hint=_("请刷新后看看现在的内容，再决定怎么办。"))
    return paper


def move(
    paper: OfficialPaper,
    act: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    changed: Mapping[str, Any] | None = None,
    told: Mapping[str, Any] | None = None,
    context: Matter | None = None,
) -> OfficialPaper:
    """Take ``act`` and record it. ``told`` stands in the record in place of ``changed``. Raises RuleBroken where the table forbids it."""
    before = paper.state
    keys = {"submitted": paper.submitted_by_id}
    paper.state = tables.decide(PAPERS, before, act, parties=parties_of(actor, paper), user_id=actor.user_id, keys=keys, reason=reason)
    for name, value in (changed or {}).items():
        setattr(paper, name, value)
    paper.changes += 1
    paper.save(update_fields=["state", "changes", *(changed or {})])
    record(act=f"paper.{act}", subject=paper, actor=actor, at=at, before={"state": before}, after={"state": paper.state} | dict(told or {}), reason=reason, context=context)
    return paper


def not_past(answer_by: date | None, on: date) -> None:
    """Raise RuleBroken where nobody could answer in time any more."""
    if answer_by is not None and answer_by < on:
        raise RuleBroken(_("回复期限{day}已经过了。").format(day=day(answer_by)), hint=_("请改为今天或者以后的日期。"))


def its_matter(paper: OfficialPaper) -> Matter | None:
    """The matter in whose history an issued paper stands: the only one of a paper to its own lead unit."""
    if kinds()[paper.kind].scope != Scope.UNIT:
        return None
    rows = list(paper.matters.all()[:2])
    return rows[0] if len(rows) == 1 else None
