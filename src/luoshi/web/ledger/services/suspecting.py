"""A newer version of a document words it differently: the sources are marked, and a person settles each."""

from datetime import datetime

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import SYSTEM, Actor
from luoshi.web.documents.models import Version
from luoshi.web.ledger.models import Source
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.selectors.suspects import newest_read, unchecked_sources
from luoshi.web.ledger.services.adopting import must_stand
from luoshi.web.ledger.services.finding import index_matter
from luoshi.web.ledger.workflow import SUPERVISOR


def mark_suspects(*, at: datetime, actor: Actor = SYSTEM, document_id: int | None = None) -> int:
    """Hold every source (of one document, or of all) against the newest version of its document; one call, one record for each it no longer holds."""
    marked = 0
    for source, newest, survives in list(unchecked_sources(document_id)):
        if survives:
            note_survival(source_id=source.pk, newest=newest)
        else:
            mark_suspect(source_id=source.pk, newest=newest, actor=actor, at=at)
            marked += 1
    return marked


def note_survival(*, source_id: int, newest: Version) -> None:
    """Remember that the quote still stands, so that it is not looked for again. No record, see ``audit.exempt``."""
    Source.objects.filter(pk=source_id).update(checked_against=newest)


@transaction.atomic
def mark_suspect(*, source_id: int, newest: Version, actor: Actor, at: datetime) -> Source:
    """The quote of a source is no longer in the newest version."""
    source = Source.objects.select_for_update().get(pk=source_id)
    source.suspect, source.checked_against = True, newest
    source.save(update_fields=["suspect", "checked_against"])
    record(
        act="source.suspect", subject=source, actor=actor, at=at, before={"suspect": False}, after={"suspect": True, "version": newest.pk}, context=source.matter
    )
    return source


@transaction.atomic
def settle_suspect(*, source_id: int, reason: str, actor: Actor, at: datetime, start: int | None = None, end: int | None = None) -> Source:
    """Keep the old quote, or quote ``[start, end)`` of the newest version instead. Both wordings stand in the record.

    Raises RuleBroken where the source is not suspect, the actor does not supervise the matter, or no reason is given.
    """
    source = Source.objects.select_for_update(of=("self",)).select_related("matter", "version").get(pk=source_id)
    if SUPERVISOR not in parties_of(actor, source.matter, {SUPERVISOR}):
        raise RuleBroken(_("只有立项单位的督查员可以核对依据。"))
    newest = newest_read(source.version.document_id) if source.version else None
    if not source.suspect or newest is None:
        raise RuleBroken(_("这条依据没有待核对的变化。"), hint=_("别人可能刚刚核对过，请刷新后再看。"))
    if not reason.strip():
        raise RuleBroken(_("请写明理由。"))
    before = {"suspect": True, "version": source.version_id, "quote": source.quote}
    if start is not None and end is not None:
        source.version, source.start, source.end = newest, start, end
        source.quote = newest.text[start:end]
        if not source.quote.strip():
            raise RuleBroken(_("新版里选中的位置没有文字。"))
        must_stand(source)
    source.suspect, source.checked_against = False, newest
    source.save()
    after = {"suspect": False, "version": source.version_id, "quote": source.quote}
    record(act="source.settle", subject=source, actor=actor, at=at, before=before, after=after, reason=reason, context=source.matter)
    index_matter(source.matter)
    return source
