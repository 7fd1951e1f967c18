"""From an accepted item of a document to a draft matter: one call, one matter, one record for each item."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import DraftItem
from luoshi.web.ledger.models import Matter, Source
from luoshi.web.ledger.selectors.desk import knowledge_of
from luoshi.web.ledger.services.drafting import TargetLine, Wording, make_draft, must_supervise, suggestions, told_of
from luoshi.web.ledger.services.finding import index_matter
from luoshi.web.ledger.suggesting import Knowledge
from luoshi.web.ledger.wording import aims_of, cited_as, limit_of, named_in, title_of
from luoshi.web.ledger.workflow import State

GIVEN_UP = (State.DISCARDED, State.DECLINED)


@transaction.atomic
def adopt_item(*, draft_id: int, actor: Actor, at: datetime, knowledge: Knowledge | None = None) -> Matter:
    """One draft matter from one accepted item; the item stays as it is. ``knowledge`` is passed in where many are adopted at once.

    Raises RuleBroken where the item is not of the actor's office, not accepted, or adopted before.
    """
    must_supervise(actor)
    draft = _adoptable(draft_id, actor)
    words, limit = _words_of(draft)
    on = timezone.localtime(at).date()
    details = draft.details
    suggested = suggestions(draft.quote, named_in(details.get("units", [])), knowledge or knowledge_of(actor, on))
    matter = make_draft(words, actor=actor, at=at, suggested=suggested)
    source = Source(
        matter=matter,
        kind=Source.ITEM,
        quote=draft.quote,
        cited_as=cited_as(draft.version.document.number, draft.version.document.title, draft.path),
        due_on=limit,
        version=draft.version,
        draft=draft,
        start=draft.start,
        end=draft.end,
    )
    must_stand(source)
    source.save()
    record(act="matter.adopt", subject=matter, actor=actor, at=at, after=told_of(matter) | {"draft": draft.pk, "cited_as": source.cited_as})
    index_matter(matter)
    return matter


def _adoptable(draft_id: int, actor: Actor) -> DraftItem:
    """The item under its lock: of two who adopt it at once, the second is refused."""
    draft = DraftItem.objects.select_for_update(of=("self",)).select_related("version__document").filter(pk=draft_id).first()
    if draft is None or draft.version.document.unit_id not in actor.units:
        raise RuleBroken(_("没有找到这一条。"), hint=_("请回到文件的审阅页重新选择。"))
    if draft.state != DraftItem.ACCEPTED:
        raise RuleBroken(_("这一条还没有采纳，不能立项。"), hint=_("请先在审阅页采纳。"))
    earlier = Source.objects.filter(draft=draft).exclude(matter__state__in=GIVEN_UP).select_related("matter").first()
    if earlier is not None:
        raise RuleBroken(_("这一条已经生成过 {number}。").format(number=earlier.matter.number), hint=_("不重复立项，请在台账里查看。"))
    return draft


def _words_of(draft: DraftItem) -> tuple[Wording, date | None]:
    details = draft.details
    limit = limit_of(details.get("deadlines", []))
    words: Wording = {
        "title": draft.title or title_of(draft.quote),
        "measures": [str(one["text"]) for one in details.get("measures", []) if one.get("text")],
        "targets": [TargetLine(aim.indicator, aim.comparator, aim.value, aim.unit, aim.text) for aim in aims_of(details.get("targets", []))],
        "due_on": limit.due_on,
        "due_phrase": limit.phrase,
        "cadence": limit.cadence,
        "category": draft.grade,
    }
    return words, limit.due_on


def must_stand(source: Source) -> None:
    """The contract: the quote is the text between its two places. Raises RuleBroken where it is not."""
    if source.version is None or source.start is None or source.end is None:
        raise RuleBroken(_("依据没有写明出自哪里。"))
    if source.version.text[source.start : source.end] != source.quote:
        raise RuleBroken(_("引文与文件原文对不上，没有立项。"), hint=_("请在审阅页核对这一条的起止位置。"))
