"""What papers ask of a person, in the must-do list: to sign one off, to mend one that came back, to acknowledge and to answer one that came."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import Asker
from luoshi.web.ledger.must_do import DECIDE, DO, DRAFTS, Asked, sentences, who_says
from luoshi.web.ledger.selectors.kinds import Kinds, Picks, Table, picked_rows
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
    return [Table(OfficialPaper, papers, "answer_by"), Table(Addressee, came, "paper__answer_by")]


def _open() -> Q:
    return Q(received_at__isnull=True) | Q(paper__answer_by__isnull=False, answered_at__isnull=True)


def rows(actor: Actor, on: date, picks: Sequence[Picks]) -> list[Asked]:
    """The papers, and what was sent, that were picked."""
    papers, came = picks
    found = [
        *picked_rows(OfficialPaper.objects.select_related("unit", "drafted_by"), papers),
        *picked_rows(Addressee.objects.select_related("paper__unit", "unit"), came),
    ]
    return [_asked(row.asked, row) for row in found]


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
