"""Files of a paper: as kept where it was issued, made on the spot for a draft."""

import re
from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.text import Conflict
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.downloads import as_download
from luoshi.web.common.store import open_stored
from luoshi.web.papers.facts import facts_of
from luoshi.web.papers.models import OfficialPaper
from luoshi.web.papers.rendering import PDF, WORD, pdf_file, word_file
from luoshi.web.papers.selectors import SENT, template_in_use, whole_paper
from luoshi.web.papers.services.issuing import not_internal

_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u2028\u2029\u202a-\u202e\ufffd]')


@require_safe
def word(request: Asking, pk: int) -> FileResponse:
    """The Word file."""
    paper = _found(request, pk)
    if paper.state in SENT:
        return _kept(paper, paper.docx_sha256, "docx", WORD)
    own = template_in_use(paper.unit_id, paper.kind)
    return _sent(paper, word_file(facts_of(paper, timezone.localdate()), template_sha256=own.sha256 if own else ""), "docx", WORD)


@require_safe
def pdf(request: Asking, pk: int) -> FileResponse:
    """The PDF."""
    paper = _found(request, pk)
    if paper.state in SENT:
        return _kept(paper, paper.pdf_sha256, "pdf", PDF)
    return _sent(paper, pdf_file(facts_of(paper, timezone.localdate()), mark=_("草稿")), "pdf", PDF)


@require_safe
def progress(request: Asking, pk: int) -> HttpResponse:
    """Whether the files of an issued paper are there: a piece of its page that asks again until they are."""
    return render(request, "papers/parts/files.html", {"paper": _found(request, pk, made=False)})


def _found(request: Asking, pk: int, *, made: bool = True) -> OfficialPaper:
    try:
        paper = whole_paper(request.actor, pk)
    except OfficialPaper.DoesNotExist as error:
        raise Http404 from error
    if made and paper.state not in SENT:
        not_internal(paper)
    return paper


def _kept(paper: OfficialPaper, sha256: str, ending: str, media_type: str) -> FileResponse:
    if not sha256:
        raise Conflict(paper.fault or _("文件还在生成。"), hint=_("请稍等几秒，刷新后再下载。") if not paper.fault else "")
    return as_download(open_stored(sha256), _name(paper, ending), media_type)


def _sent(paper: OfficialPaper, content: bytes, ending: str, media_type: str) -> FileResponse:
    return as_download(BytesIO(content), _name(paper, ending), media_type)


def _name(paper: OfficialPaper, ending: str) -> str:
    stem = _NOT_IN_A_NAME.sub("", f"{paper.number} {paper.title}".strip())[:80]
    return f"{stem}{'' if paper.number else _('（草稿）')}.{ending}"
