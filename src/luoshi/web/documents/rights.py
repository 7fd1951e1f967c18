"""Who may do what with documents. A document is its unit's alone; supervisors and liaisons of that unit work on it, everybody else there reads."""

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import Document
from luoshi.web.orgs.roles import LIAISON, SUPERVISOR

EDITORS = (SUPERVISOR, LIAISON)


def may_edit(actor: Actor) -> bool:
    """True for those who upload and review for their unit."""
    return actor.unit_id is not None and actor.has(*EDITORS)


def must_edit(actor: Actor, document: Document | None = None) -> None:
    """Raises RuleBroken for anyone else, and for a document of another unit."""
    if not may_edit(actor) or (document is not None and document.unit_id != actor.unit_id):
        raise RuleBroken(_("上传和审阅文件由本单位的督查员、联络员办理。"), hint=_("请交给他们办理，或请系统管理员调整您的任职。"))
