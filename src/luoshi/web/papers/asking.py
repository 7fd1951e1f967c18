"""What papers ask of a person, in the must-do list: to sign one off, to mend one that came back, to acknowledge and to answer one that came."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import Asker
from luoshi.web.ledger.must_do import DECIDE, DO, DRAFTS, Asked, sentences, who_says
from luoshi.web.ledger.selectors.kinds import Kinds, Table, of_kinds
from luoshi.web.orgs.roles import HEAD, LIAISON
from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.models import Addressee, OfficialPaper
from luoshi.web.papers.parties import drafts_papers
from luoshi.web.papers.workflow import State

SIGN, RETURNED, RECEIVE, ANSWER, RECORD = "paper_to_sign", "paper_returned", "paper_to_receive", "paper_to_answer", "paper_to_record"
GROUP = {SIGN: DECIDE, RETURNED: DRAFTS, RECEIVE: DO, ANSWER: DO, RECORD: DO}


def tables(actor: Actor, on: date) -> list[Table]:
    """By which kinds papers ask, and what was sent."""
    own = Q(unit__in=actor.units)
    papers: Kinds = [(SIGN, own & Q(state=State.WITH_APPROVER, approver=actor.user_id))]
    sent, received = Q(paper__state=State.ISSUED), Q(received_at__isnull=False)
    came: Kinds = []
    if drafts_papers(actor):
        papers.append((RETURNED, own & Q(state=State.DRAFT, drafted_by=actor.user_id) & ~Q(returned="")))
        came.append((RECORD, sent & Q(paper__unit__in=actor.units, unit__accounts=False) & _open()))
    if actor.has(LIAISON, HEAD):
        came.append((RECEIVE, sent & own & ~received))
        came.append((ANSWER, sent & own & received & Q(paper__answer_by__isnull=False, answered_at__isnull=True)))
    return [Table(OfficialPaper, papers), Table(Addressee, came)]


def _open() -> Q:
    return Q(received_at__isnull=True) | Q(paper__answer_by__isnull=False, answered_at__isnull=True)


def rows(actor: Actor, on: date, group: str, most: int) -> tuple[list[Asked], dict[str, int]]:
    """At most so many rows of each kind, and how many there are: a query for papers and one for what was sent, however many kinds of asking."""
    wanted = {kind for kind, of_group in GROUP.items() if group in ("", of_group)}
    found: list[Any] = []
    for table in tables(actor, on):
        by = F("answer_by" if table.model is OfficialPaper else "paper__answer_by").asc(nulls_last=True)
        found += of_kinds(_with(table.model._default_manager.all()), table.kinds, wanted, most, by, "pk")
    return [_asked(row.asked, row) for row in found], {row.asked: row.asked_total for row in found}


def _with(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("paper__unit", "unit") if rows.model is Addressee else rows.select_related("unit", "drafted_by")


def _asked(kind: str, row: Any) -> Asked:
    paper: OfficialPaper = row.paper if isinstance(row, Addressee) else row
    words = {SIGN: (_("公文"), _("签发")), RETURNED: (_("公文"), _("修改")), RECEIVE: (_("公文"), _("签收")), ANSWER: (_("公文"), _("回复")), RECORD: (_("代录"), _("代录"))}
    word, verb = words[kind]
    name = kinds()[paper.kind].name
    whys = {
        SIGN: lambda: sentences([who_says(paper.drafted_by.name, _("送来{kind}").format(kind=name)), paper.opening]),
        RETURNED: lambda: _("退回意见：{text}").format(text=paper.returned),
        RECEIVE: lambda: sentences([paper.unit.name, name, paper.number]),
        ANSWER: lambda: sentences([paper.unit.name, paper.number, _("请按期书面回复")]),
        RECORD: lambda: sentences([row.unit_name, paper.number, _("不开账号，请按回执代录")]),
    }
    return Asked(kind=kind, group=GROUP[kind], word=word, verb=verb, matter=None, title=paper.title, why=whys[kind](), on=paper.answer_by, address=_address(kind, row, paper))


def _address(kind: str, row: Any, paper: OfficialPaper) -> str:
    if kind in (SIGN, RETURNED):
        return reverse("official_paper", args=[paper.pk])
    name = "paper_receive" if row.received_at is None else "paper_answer"
    return reverse(name, args=[row.pk]) if kind == RECORD else reverse("official_paper", args=[paper.pk])


ASKER = Asker(tables, GROUP, rows)
