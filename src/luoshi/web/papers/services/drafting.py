"""A paper is begun from rows, its words are typed, it is thrown away before it was ever sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter
from luoshi.web.orgs.models import Unit
from luoshi.web.papers.facts import about, found, inspected, reckoned
from luoshi.web.papers.kinds import Kind, Scope, has_subject, kinds
from luoshi.web.papers.models import Addressee, OfficialPaper, PaperMatter, PaperProblem
from luoshi.web.papers.parties import drafts_papers
from luoshi.web.papers.selectors import paper_inspection, paper_matters, paper_problems
from luoshi.web.papers.services.common import locked, move, not_past
from luoshi.web.papers.wording import Text, begun
from luoshi.web.papers.workflow import State
from luoshi.web.problems.models import Problem

TYPED = ("title", "opening", "requirements", "closing", "answer_by", "since", "until", "copies")
LONGEST = 8000


@transaction.atomic
def begin_paper(
    *,
    kind: str,
    matters: Sequence[int] = (),
    problems: Sequence[int] = (),
    inspection: int | None = None,
    actor: Actor,
    at: datetime,
    text: Text | None = None,
    to: Sequence[int] | None = None,
    answer_by: date | None = None,
    since: date | None = None,
    until: date | None = None,
    copies: str = "",
) -> OfficialPaper:
    """A draft of a kind about matters or problems (keys, in the order of the paper), or an inspection; what is not given begins as ``wording`` has it.

    ``to``: the units that it goes to; leads of its matters and owners of its problems where left out. Raises RuleBroken where the kind is not made from these.
    """
    if not drafts_papers(actor):
        raise RuleBroken(_("公文由督查员起草。"), hint=_("请由本单位的督查员办理。"))
    made, rows, wrong = kinds()[kind], paper_matters(actor, list(dict.fromkeys(matters))), paper_problems(actor, list(dict.fromkeys(problems)))
    of = paper_inspection(actor, inspection) if inspection is not None else None
    units = _units(rows, wrong)
    _fits(made, rows, bool(wrong or of), units, to)
    if not has_subject(made, matters=bool(rows), problems=bool(wrong), inspection=of is not None):
        raise nothing_chosen(made)
    on = timezone.localtime(at).date()
    period = reckoned(actor, since, until, on) if made.bare and not rows and since and until and text is None else None
    words = text or begun(made, about(rows, on), problems=found(wrong), inspection=inspected(of) if of else None, period=(since, until), reckoned=period)
    typed: dict[str, Any] = {"title": words.title, "opening": words.opening, "requirements": words.requirements, "closing": words.closing}
    typed |= {"answer_by": answer_by, "since": since, "until": until, "copies": copies}
    _short_enough(typed)
    not_past(answer_by, on)
    paper = OfficialPaper.objects.create(kind=kind, state=State.DRAFT, unit_id=actor.unit, inspection=of, drafted_by_id=actor.person, created_at=at, **typed)
    PaperMatter.objects.bulk_create(PaperMatter(paper=paper, matter=row, order=n) for n, row in enumerate(rows))
    PaperProblem.objects.bulk_create(PaperProblem(paper=paper, problem=row, order=n) for n, row in enumerate(wrong))
    sent = _addressed(paper, _to_units(to) if to is not None else units if made.addressed else [])
    after: dict[str, Any] = {"kind": kind, "title": paper.title, "matters": [row.pk for row in rows], "to": sent}
    after |= ({"problems": [row.pk for row in wrong]} if wrong else {}) | ({"inspection": of.pk} if of else {})
    record(act="paper.begin", subject=paper, actor=actor, at=at, after=after)
    return paper


@transaction.atomic
def edit_paper(*, paper_id: int, changed: Mapping[str, Any], actor: Actor, at: datetime, to: Sequence[int] | None = None, expected: int | None = None) -> OfficialPaper:
    """Change the words of a draft (``TYPED``), and the units that it goes to. Raises Conflict where somebody was faster."""
    paper = locked(paper_id, expected=expected)
    if unknown := set(changed) - set(TYPED):
        raise TypeError(f"not typed: {sorted(unknown)}")
    _short_enough(changed)
    not_past(changed.get("answer_by"), timezone.localtime(at).date())
    new = {name: value for name, value in changed.items() if getattr(paper, name) != value}
    before = {name: getattr(paper, name) for name in new} | {"to": [row.unit_id for row in paper.addressees.all()]}
    units = before["to"]
    if to is not None and list(to) != units:
        paper.addressees.all().delete()
        units = _addressed(paper, _to_units(to))
    return move(paper, "edit", actor=actor, at=at, changed=new, told={"from": before, "typed": new, "to": units})


@transaction.atomic
def discard_paper(*, paper_id: int, actor: Actor, at: datetime, expected: int | None = None) -> OfficialPaper:
    """Throw a draft away; it never had a number."""
    return move(locked(paper_id, expected=expected), "discard", actor=actor, at=at)


def nothing_chosen(kind: Kind) -> RuleBroken:
    """What to say where there is nothing to write about."""
    if kind.problems:
        hint = _("请先在台账里选事项，或者从一个问题、一次督查的页面起草。") if kind.by_issue else _("请先从要整改的问题、发现问题的督查的页面起草，或者在台账里选事项。")
        return RuleBroken(_("{kind}要从事项或问题生成，现在什么也没有选。").format(kind=kind.name), hint=hint)
    return RuleBroken(_("{kind}要从事项生成，现在一件也没有选。").format(kind=kind.name), hint=_("请先在台账里选事项，再点“出公文”。"))


def _fits(kind: Kind, rows: Sequence[Matter], about_problems: bool, units: Sequence[Unit], to: Sequence[int] | None) -> None:
    if about_problems and not kind.problems:
        raise RuleBroken(_("{kind}不从问题生成。").format(kind=kind.name), hint=_("问题用整改通知或督查专报。"))
    if kind.scope == Scope.UNIT and len(units) > 1:
        raise RuleBroken(_("{kind}一件只发给一个牵头单位。").format(kind=kind.name), hint=_("请按单位分开起草。"))
    if to is not None and not kind.addressed and to:
        raise RuleBroken(_("{kind}没有主送单位。").format(kind=kind.name), hint=_("请写在分送里。"))


def _units(rows: Sequence[Matter], problems: Sequence[Problem]) -> list[Unit]:
    """Leads of the matters, then owners of the problems, each once."""
    return list({unit.pk: unit for unit in [*(row.lead for row in rows if row.lead is not None), *(row.owner for row in problems)]}.values())


def _to_units(keys: Sequence[int]) -> list[Unit]:
    rows = {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys)}
    return [rows[key] for key in dict.fromkeys(keys) if key in rows]


def _addressed(paper: OfficialPaper, units: Sequence[Unit]) -> list[int]:
    Addressee.objects.bulk_create(Addressee(paper=paper, unit=unit, unit_name=unit.name, order=n) for n, unit in enumerate(units))
    return [unit.pk for unit in units]


def _short_enough(typed: Mapping[str, Any]) -> None:
    if not str(typed.get("title", "—")).strip():
        raise RuleBroken(_("请填写标题。"))
    for name in ("opening", "requirements"):
        if len(typed.get(name) or "") > LONGEST:
            raise RuleBroken(_("正文太长，已超过 {n} 字。").format(n=LONGEST), hint=_("请精简，或者把详细内容放进附件。"))
