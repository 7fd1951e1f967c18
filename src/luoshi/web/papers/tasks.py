"""Background work: the files of an issued paper. It can be run twice without harm."""

import logging

from django.utils import timezone
from django_tasks import task

from luoshi.text import LuoshiError
from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.rendering import pdf_file, word_file
from luoshi.web.papers.services.keeping import keep_files

log = logging.getLogger("luoshi.web")


@task
def make_files(paper_id: int) -> None:
    """Make what is missing and keep it; why one cannot be made is kept as a sentence."""
    paper = OfficialPaper.objects.get(pk=paper_id)
    made, faults = {"docx": paper.docx_sha256, "pdf": paper.pdf_sha256}, []
    for form in ("docx", "pdf"):
        if made[form]:
            continue
        try:
            content = word_file(paper.facts, template_sha256=paper.template_sha256) if form == "docx" else pdf_file(paper.facts)
            made[form] = store.save(content).sha256
        except LuoshiError as error:
            faults.append(str(error))
        except Exception:  # the boundary of the task: the page never waits for ever
            log.exception("paper %s cannot be made", paper_id)
            faults.append(_("生成{form}时系统出错，请告诉管理员。").format(form=form))
    keep_files(paper_id=paper_id, docx_sha256=made["docx"], pdf_sha256=made["pdf"], fault="\n".join(faults), at=timezone.now())
