"""Reading papers. Every read starts at ``visible_papers``; what is outside it is not there."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Prefetch, Q, QuerySet

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.workflow import BEFORE_ISSUE
from luoshi.web.papers.kinds import CODES, kinds
from luoshi.web.papers.models import Addressee, Letterhead, OfficialPaper, PaperProblem, PaperTemplate
from luoshi.web.papers.parties import drafts_papers
from luoshi.web.papers.workflow import State
from luoshi.web.problems.models import Inspection, Problem
from luoshi.web.problems.selectors import visible_inspections, visible_problems

SENT = (State.ISSUED, State.VOID)
MOST = 200
"""Matters of one paper."""


def visible_papers(actor: Actor) -> QuerySet[OfficialPaper]:
    """Papers that the actor's unit drafted or issued, and those sent to it; a draft is its own unit's alone."""
    if actor.unit_id is None or not actor.roles:
        return OfficialPaper.objects.none()
    sent = OfficialPaper.objects.filter(state__in=SENT, addressees__unit__in=actor.units).values("pk")
    return OfficialPaper.objects.filter(Q(unit__in=actor.units) | Q(pk__in=sent))


class Wanted(NamedTuple):
    """What a list is narrowed by; empty where it is not."""

    kind: str = ""
    state: str = ""  # a state, or ``waiting`` (issued, not received by all) and ``unanswered``
    unit: int | None = None  # addressed to, or issued by
    text: str = ""
    problem: int | None = None
    inspection: int | None = None


def papers_found(actor: Actor, wanted: Wanted, on: date) -> QuerySet[OfficialPaper]:
    """The list, newest first, with how many units each went to and how many received and answered it."""
    rows = visible_papers(actor).exclude(state=State.DISCARDED)
    if wanted.kind in CODES:
        rows = rows.filter(kind=wanted.kind)
    if wanted.unit:
        rows = rows.filter(Q(unit=wanted.unit) | Q(pk__in=Addressee.objects.filter(unit=wanted.unit).values("paper")))
    if wanted.problem:
        rows = rows.filter(pk__in=PaperProblem.objects.filter(problem=wanted.problem).values("paper"))
    if wanted.inspection:
        rows = rows.filter(inspection=wanted.inspection)
    if wanted.text:
        rows = rows.filter(Q(title__icontains=wanted.text) | Q(number__icontains=wanted.text))
    if wanted.state == "waiting":
        rows = rows.filter(state=State.ISSUED, pk__in=Addressee.objects.filter(received_at__isnull=True).values("paper"))
    elif wanted.state == "unanswered":
        late = Addressee.objects.filter(answered_at__isnull=True).values("paper")
        rows = rows.filter(state=State.ISSUED, answer_by__isnull=False, pk__in=late)
    elif wanted.state in set(State):
        rows = rows.filter(state=wanted.state)
    return counted(rows)


def counted(rows: QuerySet[OfficialPaper]) -> QuerySet[OfficialPaper]:
    """With ``sent``, ``received`` and ``answered``: numbers of units."""
    return rows.order_by("-created_at", "-pk").select_related("unit").prefetch_related("addressees").annotate(
        sent=Count("addressees", distinct=True),
        received=Count("addressees", filter=Q(addressees__received_at__isnull=False), distinct=True),
        answered=Count("addressees", filter=Q(addressees__answered_at__isnull=False), distinct=True),
    )


def whole_paper(actor: Actor, pk: int) -> OfficialPaper:
    """A paper with all that its page shows. Raises OfficialPaper.DoesNotExist where it may not be seen."""
    addressees = Prefetch("addressees", Addressee.objects.select_related("unit"))
    rows = visible_papers(actor).select_related("unit", "drafted_by", "approver", "issued_by").prefetch_related(addressees)
    return rows.get(pk=pk)


def seen_matters(actor: Actor, paper: OfficialPaper) -> list[Matter]:
    """The matters of a paper that the reader may see."""
    return list(visible_matters(actor, few=True).filter(paper_entries__paper=paper).order_by("paper_entries__order").select_related("lead"))


def paper_matters(actor: Actor, keys: Collection[int]) -> list[Matter]:
    """Matters that the actor's unit issued, in the order of ``keys``. Raises RuleBroken for others, for too many, and for drafts."""
    if len(keys) > MOST:
        raise RuleBroken(_("一件公文最多写 {n} 件事项。").format(n=MOST), hint=_("请分成几件公文。"))
    rows = {row.pk: row for row in visible_matters(actor, few=True).filter(pk__in=keys, issuer__in=actor.units).select_related("lead", "issuer")}
    if missing := [key for key in keys if key not in rows]:
        raise RuleBroken(_("有 {n} 件事项不是本单位交办的，不能由本单位出公文。").format(n=len(missing)), hint=_("请只选本单位交办的事项。"))
    if early := [row.number for row in rows.values() if row.state in BEFORE_ISSUE]:
        raise RuleBroken(_("{names} 还没有审定交办。").format(names=_("、").join(early[:6])), hint=_("请先审定交办，再出公文。"))
    return [rows[key] for key in keys]


def paper_problems(actor: Actor, keys: Collection[int]) -> list[Problem]:
    """Problems that the actor's unit found, in the order of ``keys``. Raises RuleBroken for others and for too many."""
    if len(keys) > MOST:
        raise RuleBroken(_("一件公文最多写 {n} 个问题。").format(n=MOST), hint=_("请分成几件公文。"))
    if not keys:
        return []
    rows = {row.pk: row for row in visible_problems(actor).filter(pk__in=keys, finder__in=actor.units).select_related("owner")}
    if missing := [key for key in keys if key not in rows]:
        raise RuleBroken(_("有 {n} 个问题不是本单位发现的，不能由本单位出公文。").format(n=len(missing)), hint=_("请只选本单位发现的问题。"))
    return [rows[key] for key in keys]


def paper_inspection(actor: Actor, key: int) -> Inspection:
    """An inspection that the actor's unit sends. Raises RuleBroken for another."""
    found = visible_inspections(actor).filter(pk=key, unit__in=actor.units).first()
    if found is None:
        raise RuleBroken(_("这次督查不是本单位派出的，不能由本单位出公文。"))
    return found


def seen_problems(actor: Actor, paper: OfficialPaper) -> list[Problem]:
    """The problems of a paper that the reader may see."""
    if not kinds()[paper.kind].problems:
        return []
    return list(visible_problems(actor).filter(paper_entries__paper=paper).order_by("paper_entries__order"))


def papers_of(matter: Matter, actor: Actor) -> list[OfficialPaper]:
    """The papers about a matter that the reader may see, newest first."""
    return list(counted(visible_papers(actor).filter(entries__matter=matter).exclude(state=State.DISCARDED)))


def letterhead_of(unit_id: int) -> Letterhead | None:
    """What the unit's papers carry, where it was set."""
    return Letterhead.objects.filter(unit=unit_id).first()


def template_in_use(unit_id: int, kind: str) -> PaperTemplate | None:
    """The unit's own template for a kind."""
    return PaperTemplate.objects.filter(unit=unit_id, kind=kind, dropped_at__isnull=True).first()


def templates_in_use(actor: Actor) -> dict[str, Any]:
    """Kind → the own template of the actor's unit."""
    return {row.kind: row for row in PaperTemplate.objects.filter(unit=actor.unit_id, dropped_at__isnull=True).select_related("added_by")} if drafts_papers(actor) else {}
