"""Items made out of others: two merged into one, one split into several, a sentence made an item. Always spans of the text, never new words.

The rows that others stand for stay, with their state: ``merged`` under the row that took them in, ``split`` above their parts. A row
that was made and taken back is ``withdrawn``.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import DraftItem, Version
from luoshi.web.documents.rights import must_edit
from luoshi.web.documents.services.reviewing import GRADES, locked, must_be_free, must_be_shown

LISTS = ("units", "deadlines", "targets", "measures", "mechanisms", "doubts")


@transaction.atomic
def merge_drafts(*, draft_id: int, actor: Actor, at: datetime, expected: int | None = None) -> DraftItem:
    """并: an item and the one after it become one row whose quote reaches from the start of the first to the end of the second."""
    first = locked(draft_id, actor=actor, expected=expected)
    after = DraftItem.objects.select_for_update().filter(version=first.version_id, state__in=DraftItem.SHOWN, start__gte=first.end)
    second = after.order_by("start", "order").first()
    if second is None:
        raise RuleBroken(_("后面没有可以合并的条目。"))
    for one in (first, second):
        must_be_shown(one)
        must_be_free(one)
    text = first.version.text
    details: dict[str, Any] = {**first.details, **{name: [*first.details.get(name, []), *second.details.get(name, [])] for name in LISTS}}
    merged = DraftItem.objects.create(
        version=first.version,
        order=first.order,
        start=first.start,
        end=second.end,
        quote=text[first.start : second.end],
        path=first.path,
        kind=first.kind,
        grade=min(first.grade, second.grade, key=GRADES.index),
        title=first.title,
        details=details,
        unconfirmed=first.unconfirmed or second.unconfirmed,
    )
    before = {"drafts": [first.pk, second.pk], "states": [first.state, second.state]}
    for one in (first, second):
        _stand_back(one, DraftItem.MERGED, merged)
    told = {"start": merged.start, "end": merged.end, "quote": merged.quote}
    record(act="draft.merge", subject=merged, actor=actor, at=at, before=before, after=told, context=first.version.document)
    return merged


@transaction.atomic
def split_draft(
    *, draft_id: int, spans: Sequence[tuple[int, int]], actor: Actor, at: datetime, expected: int | None = None
) -> list[DraftItem]:
    """拆: parts of an item, each a span within it, one after the other. Raises RuleBroken for fewer than two or spans that do not fit."""
    draft = locked(draft_id, actor=actor, expected=expected)
    must_be_shown(draft)
    must_be_free(draft)
    text = draft.version.text
    if len(spans) < 2:
        raise RuleBroken(_("请至少选一处从哪里另起一条。"))
    edges = [edge for span in spans for edge in span]
    if edges != sorted(edges) or edges[0] < draft.start or edges[-1] > draft.end or any(not text[a:b].strip() for a, b in spans):
        raise RuleBroken(_("拆分的位置不在这一条之内。"), hint=_("请刷新后重新选择。"))
    parts = [
        DraftItem.objects.create(
            version=draft.version,
            order=draft.order,
            start=start,
            end=end,
            quote=text[start:end],
            path=draft.path,
            kind=draft.kind,
            grade=draft.grade,
            details=_within(draft.details, start, end),
            unconfirmed=draft.unconfirmed,
            parent=draft,
        )
        for start, end in spans
    ]
    before = {"state": draft.state}
    _stand_back(draft, DraftItem.SPLIT, None)
    told = {"state": draft.state, "parts": [[one.pk, one.start, one.end] for one in parts]}
    record(act="draft.split", subject=draft, actor=actor, at=at, before=before, after=told, context=draft.version.document)
    return parts


@transaction.atomic
def make_draft(
    *, version_id: int, start: int, end: int, actor: Actor, at: datetime, kind: str = "requirement", grade: str = "deliverable"
) -> DraftItem:
    """A passage that the rules made no item of becomes one. Raises RuleBroken where another item covers some of it."""
    version = Version.objects.select_for_update().select_related("document").get(pk=version_id)
    must_edit(actor, version.document)
    quote = version.text[start:end]
    if not 0 <= start < end <= len(version.text) or not quote.strip():
        raise RuleBroken(_("所选的文字不在这份文件里。"), hint=_("请刷新后重新选择。"))
    if version.drafts.filter(state__in=DraftItem.SHOWN, start__lt=end, end__gt=start).exists():
        raise RuleBroken(_("这句话已经在一个条目里。"), hint=_("请在右侧处理那个条目。"))
    sections = {one["id"]: one for one in version.decomposition["sections"]}
    sentence = next((one for one in version.decomposition["sentences"] if one["start"] <= start < one["end"]), None)
    draft = DraftItem.objects.create(
        version=version,
        order=0,
        start=start,
        end=end,
        quote=quote,
        path=_path(sections, sentence["section"] if sentence else None),
        kind=kind,
        grade=grade,
        details={name: [] for name in LISTS},
        unconfirmed=kind == "pledge",
    )
    told = {"start": start, "end": end, "quote": quote}
    record(act="draft.make", subject=draft, actor=actor, at=at, after=told, context=version.document)
    return draft


def take_apart(draft: DraftItem, *, actor: Actor, at: datetime) -> DraftItem:
    """Undo of a merge, a split or a self-made item: the rows that others stood for come back. Raises RuleBroken where parts were decided."""
    above = draft.parent
    if above is not None and (draft.state == DraftItem.MERGED or above.state == DraftItem.SPLIT):
        draft = DraftItem.objects.select_for_update().select_related("version__document").get(pk=above.pk)
    merged = draft.state != DraftItem.SPLIT
    rows = list(draft.parts.select_for_update().exclude(state=DraftItem.WITHDRAWN))
    made = [draft] if merged else rows
    for one in made:
        must_be_free(one)
    if any(one.state != DraftItem.PENDING for one in made):
        raise RuleBroken(_("合并或拆分出来的条目已经处理过。"), hint=_("请先逐条撤销它们的处理，再撤销合并或拆分。"))
    before = {"state": draft.state, "rows": [one.pk for one in rows]}
    for one in made:
        one.state = DraftItem.WITHDRAWN
        one.changes += 1
        one.save(update_fields=["state", "changes"])
    for one in rows if merged else [draft]:
        one.state = (one.before or {}).get("state", DraftItem.PENDING)
        one.before = None
        one.parent = None if merged else one.parent
        one.changes += 1
        one.save(update_fields=["state", "before", "parent", "changes"])
    record(act="draft.undo", subject=draft, actor=actor, at=at, before=before, after={"state": draft.state}, context=draft.version.document)
    return rows[0] if merged and rows else draft


def _stand_back(draft: DraftItem, state: str, parent: DraftItem | None) -> None:
    """``draft`` is no longer shown; its state before is kept for taking apart."""
    draft.before = {"state": draft.state}
    draft.state = state
    if parent is not None:
        draft.parent = parent
    draft.changes += 1
    draft.save(update_fields=["before", "state", "parent", "changes"])


def _within(details: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    """Of the details those whose span lies in the part; what was entered by a person and units named after all parts hold for every part."""
    kept = dict(details)
    for name in LISTS:
        kept[name] = [one for one in details.get(name, []) if "start" not in one or (start <= one["start"] < end) or name == "units"]
    return kept


def _path(sections: dict[str, Any], at: str | None) -> list[str]:
    """The headings above a sentence, from the top down."""
    found: list[str] = []
    while at is not None and at in sections:
        found.append(f"{sections[at]['number'] or ''}{sections[at]['title']}")
        at = sections[at]["parent"]
    return found[::-1]
