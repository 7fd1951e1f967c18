"""Documents of a programme: link one as basis or besides, put the next version of the scheme on the table, take one out."""

from datetime import datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.programmes.models import Paper, Programme
from luoshi.web.programmes.scheme import check_step
from luoshi.web.programmes.selectors import readable_versions
from luoshi.web.programmes.services.keeping import own_document, own_programme, remove, told

_FIELDS = ("document_id", "version_id", "kind", "stage", "note")


@transaction.atomic
def link_paper(*, programme_id: int, document_id: int, kind: str, note: str = "", actor: Actor, at: datetime) -> Paper:
    """Link a document of the unit as ``basis`` or ``other``."""
    programme = own_programme(programme_id, actor)
    document = own_document(document_id, actor)
    assert document is not None
    if kind not in (Paper.BASIS, Paper.OTHER):
        raise RuleBroken(_("请选定是依据文件还是其他文件。"))
    if programme.papers.filter(document=document, version__isnull=True).exists():
        raise RuleBroken(_("这份文件已经挂在专项里。"))
    paper = Paper.objects.create(programme=programme, document=document, kind=kind, note=note.strip(), added_at=at)
    record(act="paper.link", subject=paper, actor=actor, at=at, context=programme, after=told(paper, _FIELDS))
    return paper


def newest_scheme(programme: Programme) -> Paper | None:
    """The version of the scheme that was put on the table last."""
    return programme.papers.filter(kind=Paper.SCHEME).order_by("-pk").first()


@transaction.atomic
def advance_scheme(*, programme_id: int, version_id: int, stage: str, note: str = "", actor: Actor, at: datetime) -> Paper:
    """The next version of the scheme, at its stage, with a note on whose comments were taken."""
    programme = own_programme(programme_id, actor)
    version = readable_versions(actor).filter(pk=version_id).first()
    if version is None:
        raise RuleBroken(_("只能用本单位上传并已读出正文的文件。"), hint=_("请先在“文件”里上传这一稿，读完再来。"))
    last = newest_scheme(programme)
    check_step(last.stage if last else "", stage, note)
    if programme.papers.filter(version=version).exists():
        raise RuleBroken(_("这一稿已经在专项里。"), hint=_("新的一稿请先上传为新文件，或者原文件的新版本。"))
    paper = Paper.objects.create(
        programme=programme, document=version.document, version=version, kind=Paper.SCHEME, stage=stage, note=note.strip(), added_at=at
    )
    before = {"stage": last.stage, "version_id": last.version_id} if last else {}
    record(act="scheme.advance", subject=paper, actor=actor, at=at, context=programme, before=before, after=told(paper, _FIELDS))
    return paper


@transaction.atomic
def remove_paper(*, paper_id: int, actor: Actor, at: datetime) -> None:
    """Take a document out of the programme; the document itself stays. Of the scheme only the newest version can be taken out."""
    paper = Paper.objects.select_for_update().get(pk=paper_id)
    programme = own_programme(paper.programme_id, actor)
    if paper.kind == Paper.SCHEME and newest_scheme(programme) != paper:
        raise RuleBroken(_("后面还有新的一稿，不能移出中间的稿子。"), hint=_("请从最新一稿移起。"))
    remove(paper, _FIELDS, act="paper.remove", actor=actor, at=at, context=programme)
