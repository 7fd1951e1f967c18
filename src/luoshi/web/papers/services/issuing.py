"""A draft goes before its approver and is issued: it gets its number, its facts are frozen, its files are queued. An issued paper can only be void."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.selectors import approvers
from luoshi.web.orgs.models import User
from luoshi.web.papers.facts import fresh_facts, internal_titles
from luoshi.web.papers.kinds import kinds, number_of
from luoshi.web.papers.models import OfficialPaper, PaperNumber
from luoshi.web.papers.selectors import letterhead_of, template_in_use
from luoshi.web.papers.services.common import its_matter, locked, move, not_past
from luoshi.web.papers.wording import TO_WRITE


@transaction.atomic
def submit_paper(*, paper_id: int, approver: User, actor: Actor, at: datetime, expected: int | None = None) -> OfficialPaper:
    """Put a draft before a named leader or head of the office (送审)."""
    paper = locked(paper_id, expected=expected)
    not_past(paper.answer_by, timezone.localtime(at).date())
    check_ready(paper)
    if approver not in approvers(actor):
        raise RuleBroken(_("审签人要是本单位的另一位领导或负责人。"), hint=_("请另选一位。"))
    changed = {"submitted_by_id": actor.user_id, "approver_id": approver.pk, "returned": ""}
    return move(paper, "submit", actor=actor, at=at, changed=changed, told={"approver": approver.pk})


@transaction.atomic
def recall_paper(*, paper_id: int, actor: Actor, at: datetime, expected: int | None = None) -> OfficialPaper:
    """Take a draft back from its approver."""
    return move(locked(paper_id, expected=expected), "recall", actor=actor, at=at, changed={"approver_id": None})


@transaction.atomic
def send_back_paper(*, paper_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> OfficialPaper:
    """The approver wants it changed."""
    return move(locked(paper_id, expected=expected), "send_back", actor=actor, at=at, reason=reason, changed={"returned": reason})


@transaction.atomic
def issue_paper(*, paper_id: int, actor: Actor, at: datetime, expected: int | None = None) -> OfficialPaper:
    """Issue a paper whose kind needs no approval."""
    return _issue(locked(paper_id, expected=expected), "issue", actor=actor, at=at)


@transaction.atomic
def approve_paper(*, paper_id: int, actor: Actor, at: datetime, expected: int | None = None) -> OfficialPaper:
    """The approver signs it off: it is issued."""
    return _issue(locked(paper_id, expected=expected), "approve", actor=actor, at=at)


@transaction.atomic
def void_paper(*, paper_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> OfficialPaper:
    """作废: the number stays taken, the paper and its files stay to be seen."""
    paper = locked(paper_id, expected=expected)
    return move(paper, "void", actor=actor, at=at, reason=reason, changed={"void_reason": reason, "voided_at": at}, told={"number": paper.number}, context=its_matter(paper))


def check_ready(paper: OfficialPaper) -> None:
    """Raise RuleBroken where the paper cannot leave the office as it is."""
    kind = kinds()[paper.kind]
    not_internal(paper)
    if not kind.by_issue and letterhead_of(paper.unit_id) is None:
        raise RuleBroken(_("本单位还没有设定发文代字。"), hint=_("请先在“公文 › 发文设定”里填写，再发文。"))
    if kind.addressed and not paper.addressees.exists():
        raise RuleBroken(_("还没有主送单位。"), hint=_("请在“修改”里填写主送单位。"))
    own = template_in_use(paper.unit_id, paper.kind) if kind.problems and paper.problems.exists() else None
    if own is not None and "问题" not in own.places:
        message = _("本单位的{kind}模板没有“问题”这个占位符，发现的问题写不进去。").format(kind=kind.name)
        raise RuleBroken(message, hint=_("请在模板里加上问题的循环再上传，或者改用默认模板。"))
    if TO_WRITE in paper.opening + paper.requirements:
        raise RuleBroken(_("正文里还有“{text}……”没有写。").format(text=TO_WRITE), hint=_("请在“修改”里写明，再发文。"))


def not_internal(paper: OfficialPaper) -> None:
    """Raise RuleBroken where a matter of the paper quotes an internal document: that does not leave the system."""
    if internal := internal_titles(paper.matters.all()):
        message = _("事项引自内部文件{names}，内部文件不得导出，不能出公文。").format(names=_("、").join(f"《{title}》" for title in internal[:3]))
        raise RuleBroken(message, hint=_("确非内部文件的，先在文件信息里改正；确需印发的，按内部文件的办法另行办理。"))


def _issue(paper: OfficialPaper, act: str, *, actor: Actor, at: datetime) -> OfficialPaper:
    on = timezone.localtime(at).date()
    not_past(paper.answer_by, on)
    check_ready(paper)
    for row in paper.addressees.select_related("unit"):
        row.unit_name = row.unit.name
        row.save(update_fields=["unit_name"])
    kind, count, own = kinds()[paper.kind], _next(paper, on.year), template_in_use(paper.unit_id, paper.kind)
    head = letterhead_of(paper.unit_id)
    paper.number, paper.dated_on = number_of(kind, head.word if head else "", on.year, count), on
    facts = fresh_facts(paper, on)
    changed = {"year": on.year, "count": count, "number": paper.number, "dated_on": on, "issued_at": at, "issued_by_id": actor.user_id}
    told = {"number": paper.number, "kind": paper.kind, "title": paper.title, "to": facts["to"]}
    moved = move(paper, act, actor=actor, at=at, changed=changed | {"facts": facts, "template_sha256": own.sha256 if own else ""}, told=told, context=its_matter(paper))
    _enqueue(moved)
    return moved


def _next(paper: OfficialPaper, year: int) -> int:
    """The next number of its kind; the row stays locked until the transaction ends: either number and paper are there, or neither."""
    row, _made = PaperNumber.objects.select_for_update().get_or_create(unit_id=paper.unit_id, kind=paper.kind, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _enqueue(paper: OfficialPaper) -> None:
    """The making of the files is queued in the same transaction: no number without its files, no files without their number."""
    from luoshi.web.papers.tasks import make_files

    make_files.enqueue(paper.pk)
