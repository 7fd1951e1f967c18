"""The files of an issued paper, kept under their SHA-256: what was sent can be seen again, byte for byte."""

from datetime import datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import SYSTEM, Actor
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.parties import drafts_papers
from luoshi.web.papers.services.common import its_matter, locked


@transaction.atomic
def keep_files(*, paper_id: int, docx_sha256: str, pdf_sha256: str, fault: str, at: datetime, actor: Actor = SYSTEM) -> OfficialPaper:
    """Write down which files were made, and why one is missing. A file that is kept is never replaced."""
    paper = locked(paper_id)
    new = {"docx_sha256": paper.docx_sha256 or docx_sha256, "pdf_sha256": paper.pdf_sha256 or pdf_sha256, "fault": fault}
    before = {name: getattr(paper, name) for name in new}
    if new == before:
        return paper
    for name, value in new.items():
        setattr(paper, name, value)
    paper.save(update_fields=list(new))
    record(act="paper.keep", subject=paper, actor=actor, at=at, before=before, after=new, context=its_matter(paper))
    return paper


@transaction.atomic
def make_again(*, paper_id: int, actor: Actor, at: datetime) -> OfficialPaper:
    """Ask once more for files that could not be made. Raises RuleBroken where both are there."""
    paper = locked(paper_id)
    if not drafts_papers(actor) or paper.unit_id not in actor.units:
        raise RuleBroken(_("您的角色不能办这一步。"), hint=_("请由督查员办理。"))
    if not paper.number or (paper.docx_sha256 and paper.pdf_sha256):
        raise RuleBroken(_("文件都已生成。"), hint=_("请刷新后下载。"))
    before, paper.fault = paper.fault, ""
    paper.save(update_fields=["fault"])
    record(act="paper.make_again", subject=paper, actor=actor, at=at, before={"fault": before}, after={"fault": ""})
    from luoshi.web.papers.tasks import make_files

    make_files.enqueue(paper.pk)
    return paper
