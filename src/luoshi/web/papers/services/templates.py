"""An office's own Word templates: taken once they were tried, put aside when another comes or ours is wanted again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.common.store import Stored
from luoshi.web.papers.kinds import kinds
from luoshi.web.papers.models import PaperTemplate
from luoshi.web.papers.parties import drafts_papers


@transaction.atomic
def add_template(*, kind: str, name: str, stored: Stored, places: Sequence[str], actor: Actor, at: datetime) -> PaperTemplate:
    """Use a template that was tried (``rendering.tried``) for the papers of the actor's unit from now on; the one before is put aside."""
    _may(actor, kind)
    before = PaperTemplate.objects.select_for_update().filter(unit=actor.unit, kind=kind, dropped_at__isnull=True).first()
    if before is not None:
        before.dropped_at = at
        before.save(update_fields=["dropped_at"])
    row = PaperTemplate.objects.create(unit_id=actor.unit, kind=kind, name=name, sha256=stored.sha256, places=list(places), added_by_id=actor.person, added_at=at)
    after = {"kind": kind, "name": name, "sha256": stored.sha256}
    record(act="paper_template.add", subject=row, actor=actor, at=at, before={"sha256": before.sha256} if before else {}, after=after)
    return row


@transaction.atomic
def drop_template(*, kind: str, actor: Actor, at: datetime) -> PaperTemplate:
    """Put the own template aside: ours is used again. Papers that were issued with it stay as they are."""
    _may(actor, kind)
    row = PaperTemplate.objects.select_for_update().filter(unit=actor.unit, kind=kind, dropped_at__isnull=True).first()
    if row is None:
        raise RuleBroken(_("现在用的就是默认模板。"), hint=_("请刷新后再看。"))
    row.dropped_at = at
    row.save(update_fields=["dropped_at"])
    record(act="paper_template.drop", subject=row, actor=actor, at=at, before={"sha256": row.sha256}, after={"kind": kind})
    return row


def _may(actor: Actor, kind: str) -> None:
    if not drafts_papers(actor) or kind not in kinds():
        raise RuleBroken(_("公文模板由督查员管理。"), hint=_("请由本单位的督查员办理。"))
