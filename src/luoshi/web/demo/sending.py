"""Official papers of the invented offices: a few of each kind over the last months, received and answered, some still waiting for somebody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from luoshi.web.demo.history import History, day_of
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import State as MatterState
from luoshi.web.orgs.roles import HEAD, LIAISON, SUPERVISOR
from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.services import drafting, heading, issuing, receiving
from luoshi.web.problems.models import Inspection, Problem
from luoshi.web.problems.workflow import State as ProblemState

ANSWER_DAYS = 10
_HEADS = {"LJ": ("临督", "临江省人民政府督查室文件", "临江省人民政府督查室"), "YL": ("云督", "", "云岭市人民政府督查室"), "DH": ("东督", "", "")}


def send(history: History) -> None:
    """Plan the papers."""
    history.plan(history.days_ago(200), _heads, history)
    for ago, code, kind in ((150, "LJ", "assignment"), (120, "LJ", "task_book"), (90, "YL", "assignment"), (60, "LJ", "reminder"), (40, "LJ", "bulletin"), (20, "LJ", "report"), (12, "YL", "reminder"), (9, "LJ", "notice")):
        history.plan(history.days_ago(ago), _sent, history, code, kind)
    history.plan(history.days_ago(79), _of_an_inspection, history)
    history.plan(history.days_ago(4), _to_be_mended, history)
    history.plan(history.days_ago(6), _to_a_town, history)
    history.plan(history.days_ago(3), _sent_lately, history)
    history.plan(history.days_ago(1), _waiting, history)


def _heads(history: History, at: datetime) -> None:
    for code, (word, red_head, signature) in _HEADS.items():
        heading.set_letterhead(word=word, red_head=red_head, signature=signature, contact="", actor=history.cast.of(code, SUPERVISOR), at=at)


def _sent(history: History, code: str, kind: str, at: datetime) -> None:
    """Issued; received and, where an answer was asked for, answered some days later."""
    paper = _issued(history, code, kind, _chosen(code, kind, at), at)
    if paper is not None and kinds()[kind].addressed:
        history.plan(history.after(at, 1), _received, history, paper)


def _sent_lately(history: History, at: datetime) -> None:
    """Not received yet."""
    _issued(history, "LJ", "reminder", _chosen("LJ", "reminder", at, skip=1), at)


def _to_a_town(history: History, at: datetime) -> None:
    """To a unit without accounts: the issuer writes down what it said."""
    rows = list(Matter.objects.filter(issuer=history.cast.units["DH"], lead__accounts=False, state=MatterState.ACTIVE).order_by("due_on", "pk")[:1])
    _issued(history, "DH", "reminder", rows, at)


def _of_an_inspection(history: History, at: datetime) -> None:
    """The first inspection, reported with its problems."""
    inspection = Inspection.objects.order_by("pk")[0]
    _leave(history, "LJ", _begun(history, "LJ", "report", (), at, problems=list(inspection.problems.values_list("pk", flat=True)), inspection=inspection.pk), at)


def _to_be_mended(history: History, at: datetime) -> None:
    """A problem that nobody has claimed yet, told to its unit by a notice."""
    problems = list(Problem.objects.filter(state=ProblemState.FOUND, finder=history.cast.units["LJ"]).order_by("pk")[:1])
    _leave(history, "LJ", _begun(history, "LJ", "rectification", (), at, problems=[one.pk for one in problems]), at)


def _waiting(history: History, at: datetime) -> None:
    """Before its approver."""
    paper = _begun(history, "LJ", "notice", _chosen("LJ", "notice", at, skip=1), at)
    if paper is not None:
        issuing.submit_paper(paper_id=paper.pk, approver=history.cast.leader("LJ"), actor=history.cast.of("LJ", SUPERVISOR), at=at)


def _chosen(code: str, kind: str, at: datetime, *, skip: int = 0) -> Sequence[Matter]:
    """Open matters of the office, those due first: of one unit for the kinds that go to one."""
    rows = list(Matter.objects.filter(issuer__code=code, state=MatterState.ACTIVE, lead__accounts=True).select_related("lead").order_by("due_on", "pk")[skip : skip + 40])
    if kind in ("bulletin", "report") or not rows:
        return rows[:6]
    return [row for row in rows if row.lead_id == rows[0].lead_id][: 4 if kind == "task_book" else 1]


def _begun(history: History, code: str, kind: str, rows: Sequence[Matter], at: datetime, **of: Any) -> OfficialPaper | None:
    if not rows and not of:
        return None
    answer_by = day_of(at) + timedelta(days=ANSWER_DAYS) if kinds()[kind].answer else None
    return drafting.begin_paper(kind=kind, matters=[row.pk for row in rows], answer_by=answer_by, actor=history.cast.of(code, SUPERVISOR), at=at, **of)


def _issued(history: History, code: str, kind: str, rows: Sequence[Matter], at: datetime) -> OfficialPaper | None:
    return _leave(history, code, _begun(history, code, kind, rows, at), at)


def _leave(history: History, code: str, paper: OfficialPaper | None, at: datetime) -> OfficialPaper | None:
    """Issue it, by whoever issues its kind."""
    if paper is None:
        return None
    actor = history.cast.of(code, SUPERVISOR)
    if kinds()[paper.kind].direct:
        return issuing.issue_paper(paper_id=paper.pk, actor=actor, at=at)
    issuing.submit_paper(paper_id=paper.pk, approver=history.cast.leader(code), actor=actor, at=at)
    return issuing.approve_paper(paper_id=paper.pk, actor=history.cast.of(code, "leader"), at=at)


def _received(history: History, paper: OfficialPaper, at: datetime) -> None:
    for row in paper.addressees.select_related("unit"):
        receiving.acknowledge_paper(addressee_id=row.pk, actor=history.cast.of(row.unit.code, LIAISON), at=at)
    if paper.answer_by is not None:
        history.plan(history.after(at, 4), _answered, history, paper)


def _answered(history: History, paper: OfficialPaper, at: datetime) -> None:
    for row in paper.addressees.select_related("unit"):
        text = "收到后已召集有关科室研究，查明滞后原因，倒排了工期；12月中旬前可赶上计划进度。"
        receiving.answer_paper(addressee_id=row.pk, text=text, actor=history.cast.of(row.unit.code, HEAD), at=at)
