"""Decisions on one item under review. Each act is one call and one record; the last one can be taken back.

Nothing here changes the quote: what a person words differently stands beside it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import DraftItem, Version
from luoshi.web.documents.rights import must_edit

GRADES = ("deliverable", "standing", "study", "principle")
KINDS = ("requirement", "pledge")
TAKEN_BACK = ("state", "title", "kind", "grade", "details", "unconfirmed", "confirmed_word")


def locked(draft_id: int, *, actor: Actor, expected: int | None = None) -> DraftItem:
    """The draft under its lock, ready for a decision. Raises Conflict where somebody was faster, RuleBroken where nothing is to be decided."""
    draft = DraftItem.objects.select_for_update().select_related("version__document").get(pk=draft_id)
    must_edit(actor, draft.version.document)
    if expected is not None and draft.changes != expected:
        raise Conflict(_("这一条刚刚被别人处理过，您这次没有生效。"), hint=_("请看看现在的情况，再决定怎么办。"))
    if Version.objects.filter(document=draft.version.document_id, number__gt=draft.version.number, state=Version.READ).exists():
        raise RuleBroken(_("这份文件已有新版，旧版不再审阅。"), hint=_("请在新版上审阅；没有改动的条款，原来的处理已经带过去。"))
    return draft


def change(draft: DraftItem, act: str, values: Mapping[str, Any], *, actor: Actor, at: datetime, reason: str = "") -> DraftItem:
    """Write ``values`` and one record; what they replace is kept for taking back. The caller holds the lock and the transaction."""
    before = {name: getattr(draft, name) for name in values}
    draft.before = {name: getattr(draft, name) for name in TAKEN_BACK} | {"decided_by": draft.decided_by_id, "act": act}
    for name, value in values.items():
        setattr(draft, name, value)
    draft.decided_by_id, draft.decided_at = actor.person, at
    draft.changes += 1
    draft.save()
    record(act=f"draft.{act}", subject=draft, actor=actor, at=at, before=before, after=dict(values), reason=reason, context=draft.version.document)
    return draft


def must_be_shown(draft: DraftItem) -> None:
    """Raises RuleBroken for a row that others stand for by now."""
    if draft.state not in DraftItem.SHOWN:
        raise RuleBroken(_("这一条已被合并或拆分。"), hint=_("请刷新后处理合并、拆分出来的那一条。"))


def must_be_free(draft: DraftItem) -> None:
    """Raises RuleBroken where the draft has become a matter: the ledger goes on from there."""
    if DraftItem.objects.filter(pk=draft.pk, sources__isnull=False).exists():
        raise RuleBroken(_("这一条已经转为事项。"), hint=_("要修改的，请到台账里修改那件事项。"))


def _decide(draft_id: int, act: str, state: str, actor: Actor, at: datetime, expected: int | None) -> DraftItem:
    draft = locked(draft_id, actor=actor, expected=expected)
    must_be_shown(draft)
    must_be_free(draft)
    return change(draft, act, {"state": state}, actor=actor, at=at)


@transaction.atomic
def accept_draft(*, draft_id: int, actor: Actor, at: datetime, expected: int | None = None) -> DraftItem:
    """采纳: it is to become a matter. Raises RuleBroken for a statement of principle, which is a basis and no matter."""
    draft = locked(draft_id, actor=actor, expected=expected)
    must_be_shown(draft)
    must_be_free(draft)
    if draft.grade == "principle":
        raise RuleBroken(_("原则要求不立项，只作依据。"), hint=_("请选“作依据”；确有具体任务的，先改为“可立项”。"))
    return change(draft, "accept", {"state": DraftItem.ACCEPTED}, actor=actor, at=at)


@transaction.atomic
def reject_draft(*, draft_id: int, actor: Actor, at: datetime, expected: int | None = None) -> DraftItem:
    """不采: it does not become a matter here."""
    return _decide(draft_id, "reject", DraftItem.REJECTED, actor, at, expected)


@transaction.atomic
def keep_as_basis(*, draft_id: int, actor: Actor, at: datetime, expected: int | None = None) -> DraftItem:
    """作依据: context for matters, with no light, no deadline."""
    return _decide(draft_id, "basis", DraftItem.BASIS, actor, at, expected)


@transaction.atomic
def reclass_draft(
    *, draft_id: int, actor: Actor, at: datetime, grade: str | None = None, kind: str | None = None, expected: int | None = None
) -> DraftItem:
    """Another grade or kind. An accepted item that becomes a principle goes back to be decided."""
    if grade not in (None, *GRADES) or kind not in (None, *KINDS):
        raise RuleBroken(_("没有这个类别。"))
    draft = locked(draft_id, actor=actor, expected=expected)
    must_be_shown(draft)
    must_be_free(draft)
    values: dict[str, Any] = {name: value for name, value in (("grade", grade), ("kind", kind)) if value}
    if kind:
        values["unconfirmed"] = kind == "pledge" and not draft.confirmed_word
    if grade == "principle" and draft.state == DraftItem.ACCEPTED:
        values["state"] = DraftItem.PENDING
    return change(draft, "reclass", values, actor=actor, at=at)


@transaction.atomic
def edit_draft(
    *,
    draft_id: int,
    title: str,
    grade: str,
    kind: str,
    details: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> DraftItem:
    """What a person knows better: a title, the class, units, date, targets, measures (``details`` holds those that changed)."""
    if grade not in GRADES or kind not in KINDS:
        raise RuleBroken(_("没有这个类别。"))
    draft = locked(draft_id, actor=actor, expected=expected)
    must_be_shown(draft)
    must_be_free(draft)
    values: dict[str, Any] = {"title": title, "grade": grade, "kind": kind, "details": {**draft.details, **details}}
    values["unconfirmed"] = kind == "pledge" and not draft.confirmed_word
    if grade == "principle" and draft.state == DraftItem.ACCEPTED:
        values["state"] = DraftItem.PENDING
    return change(draft, "edit", values, actor=actor, at=at)


@transaction.atomic
def confirm_pledge(*, draft_id: int, word: str, actor: Actor, at: datetime, expected: int | None = None) -> DraftItem:
    """认领: the unit stands by its pledge; ``word`` says who confirmed it and how (省民政厅办公室电话，11月20日)."""
    draft = locked(draft_id, actor=actor, expected=expected)
    must_be_shown(draft)
    if draft.kind != "pledge" or not draft.unconfirmed:
        raise RuleBroken(_("这一条不是待认领的承诺。"))
    if not word.strip():
        raise RuleBroken(_("请写明是谁确认的。"), hint=_("例如：省民政厅办公室来电确认。"))
    return change(draft, "confirm", {"unconfirmed": False, "confirmed_word": word.strip()}, actor=actor, at=at)


@transaction.atomic
def undo_draft(*, draft_id: int, actor: Actor, at: datetime, expected: int | None = None) -> DraftItem:
    """Take the last decision on a draft back, once; a merge or split is taken apart again where nothing was decided on it since."""
    from luoshi.web.documents.services.shaping import take_apart

    draft = locked(draft_id, actor=actor, expected=expected)
    must_be_free(draft)
    if draft.before is None or draft.state not in DraftItem.SHOWN:
        if draft.state == DraftItem.WITHDRAWN:
            raise RuleBroken(_("这一条已经撤销。"))
        if draft.parts.exists() or draft.parent_id or not draft.item_id:
            return take_apart(draft, actor=actor, at=at)
        raise RuleBroken(_("这一条没有可以撤销的处理。"))
    kept = dict(draft.before)
    undone = kept.pop("act")
    decided_by = kept.pop("decided_by")
    before = {name: getattr(draft, name) for name in kept if getattr(draft, name) != kept[name]}
    for name, value in kept.items():
        setattr(draft, name, value)
    draft.decided_by_id, draft.before = decided_by, None
    if decided_by is None:
        draft.decided_at = None
    draft.changes += 1
    draft.save()
    after = {name: kept[name] for name in before} | {"undone": undone}
    record(act="draft.undo", subject=draft, actor=actor, at=at, before=before, after=after, context=draft.version.document)
    return draft
