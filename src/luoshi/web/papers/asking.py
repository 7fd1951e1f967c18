"""What papers ask of a person, in the must-do list: to sign one off, to mend one that came back, to acknowledge and to answer one that came."""

from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import Asker
from luoshi.web.ledger.must_do import DECIDE, DO, DRAFTS, Asked, sentences, who_says
from luoshi.web.orgs.roles import HEAD, LIAISON
from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.models import Addressee, OfficialPaper
from luoshi.web.papers.parties import drafts_papers
from luoshi.web.papers.workflow import State

SIGN, RETURNED, RECEIVE, ANSWER, RECORD = "paper_to_sign", "paper_returned", "paper_to_receive", "paper_to_answer", "paper_to_record"
GROUP = {SIGN: DECIDE, RETURNED: DRAFTS, RECEIVE: DO, ANSWER: DO, RECORD: DO}
FAR = 10
Tables = list[tuple[str, QuerySet[Any]]]


def _tables(actor: Actor) -> Tables:
    """What is asked → the rows that ask it."""
    papers, sent = OfficialPaper.objects.filter(unit__in=actor.units), Addressee.objects.filter(paper__state=State.ISSUED)
    found: Tables = [(SIGN, papers.filter(state=State.WITH_APPROVER, approver=actor.user_id))]
    if drafts_papers(actor):
        found.append((RETURNED, papers.filter(state=State.DRAFT, drafted_by=actor.user_id).exclude(returned="")))
        found.append((RECORD, sent.filter(paper__unit__in=actor.units, unit__accounts=False).filter(_open())))
    if actor.has(LIAISON, HEAD):
        mine = sent.filter(unit__in=actor.units)
        found.append((RECEIVE, mine.filter(received_at__isnull=True)))
        found.append((ANSWER, mine.filter(received_at__isnull=False, paper__answer_by__isnull=False, answered_at__isnull=True)))
    return found


def _open() -> Q:
    return Q(received_at__isnull=True) | Q(paper__answer_by__isnull=False, answered_at__isnull=True)


def keys(actor: Actor, on: date) -> list[QuerySet[Any]]:
    """All that is asked of a person, a query a table."""
    return [rows.order_by().values_list("pk") for _kind, rows in _tables(actor)]


def rows(actor: Actor, on: date, group: str, most: int) -> tuple[list[Asked], dict[str, int]]:
    """At most so many rows of each kind, and how many there are: one query, however many kinds of asking."""
    wanted = [(kind, asking) for kind, asking in _tables(actor) if group in ("", GROUP[kind])]
    found: list[Asked] = []
    totals: dict[str, int] = {}
    seen = set()
    for row in _of_kinds(wanted, most):
        key = (row.asked, row.pk if row.asked in (SIGN, RETURNED) else row.sent)
        if key in seen:  # a paper before its approver, once for each unit that it will go to
            continue
        seen.add(key)
        totals[row.asked] = totals.get(row.asked, 0) + 1
        if totals[row.asked] <= most:
            found.append(_asked(row))
    return found, totals


def _of_kinds(tables: Tables, most: int) -> QuerySet[Any]:
    """Papers with the kind that asks (``asked``), and with the addressee (``sent``, ``sent_to``, ``taken_at``) where it is one that asks.

    Far more than are shown: a person with more than that has enough to do.
    """
    asks = [When(**{"pk__in" if asking.model is OfficialPaper else "addressees__in": asking.order_by().values("pk")}, then=Value(kind)) for kind, asking in tables]
    named = OfficialPaper.objects.annotate(sent=F("addressees"), sent_to=F("addressees__unit_name"), taken_at=F("addressees__received_at"), asked=Case(*asks, default=Value("")))
    return named.exclude(asked="").select_related("unit", "drafted_by").order_by(F("answer_by").asc(nulls_last=True), "pk", "sent")[: most * FAR]


def _asked(paper: Any) -> Asked:
    words = {SIGN: (_("公文"), _("签发")), RETURNED: (_("公文"), _("修改")), RECEIVE: (_("公文"), _("签收")), ANSWER: (_("公文"), _("回复")), RECORD: (_("代录"), _("代录"))}
    word, verb = words[paper.asked]
    name = kinds()[paper.kind].name
    whys = {
        SIGN: lambda: sentences([who_says(paper.drafted_by.name, _("送来{kind}").format(kind=name)), paper.opening]),
        RETURNED: lambda: _("退回意见：{text}").format(text=paper.returned),
        RECEIVE: lambda: sentences([paper.unit.name, name, paper.number]),
        ANSWER: lambda: sentences([paper.unit.name, paper.number, _("请按期书面回复")]),
        RECORD: lambda: sentences([paper.sent_to, paper.number, _("不开账号，请按回执代录")]),
    }
    return Asked(kind=paper.asked, group=GROUP[paper.asked], word=word, verb=verb, matter=None, title=paper.title, why=whys[paper.asked](), on=paper.answer_by, address=_address(paper))


def _address(paper: Any) -> str:
    name = "paper_receive" if paper.taken_at is None else "paper_answer"
    return reverse(name, args=[paper.sent]) if paper.asked == RECORD else reverse("official_paper", args=[paper.pk])


ASKER = Asker(keys, rows)
