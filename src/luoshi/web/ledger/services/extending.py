"""A later date: asked for before the due date, released by the head, granted or refused by the issuer. All dates are kept."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.ledger import workflow
from luoshi.web.ledger.models import Extension, Matter
from luoshi.web.ledger.parties import parties_of
from luoshi.web.ledger.services.advancing import advance, may_do
from luoshi.web.ledger.services.moving import locked, locked_with_matter, touch
from luoshi.web.ledger.workflow import EXTENSIONS, ExtensionState

OPEN = (ExtensionState.WITH_HEAD, ExtensionState.ASKED)


@transaction.atomic
def ask_extension(*, matter_id: int, new_due_on: date, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Extension:
    """Ask for a later date; a head's own goes straight to the issuer. Raises RuleBroken after the due date, or for a date that is not later."""
    matter = locked(matter_id, expected=expected)
    parties = _parties(actor, matter)
    may_do(matter, "extension", actor=actor, reason=reason, parties=parties)
    today = timezone.localtime(at).date()
    if matter.due_on is None:
        raise RuleBroken(_("这件事没有时限，不用延期。"))
    if today > matter.due_on:
        message = _("时限 {day} 已过，不能再申请延期。").format(day=matter.due_on.isoformat())
        raise RuleBroken(message, hint=_("请在反馈里说明原因和完成日期，或者提级协调。"))
    _later(new_due_on, matter)
    if matter.extensions.filter(state__in=OPEN).exists():
        raise RuleBroken(_("已有一份延期申请在办。"), hint=_("请等批复，或者先撤回那一份。"))
    straight = workflow.HEAD in parties
    extension = Extension.objects.create(
        matter=matter,
        state=ExtensionState.ASKED if straight else ExtensionState.WITH_HEAD,
        reason=reason.strip(),
        due_on=matter.due_on,
        asked_on=new_due_on,
        author_id=actor.person,
        released_by_id=actor.person if straight else None,
        created_at=at,
    )
    touch(matter)
    after = {"state": extension.state, "due_on": extension.due_on, "asked_on": new_due_on}
    record(act="extension.ask", subject=extension, actor=actor, at=at, after=after, reason=reason, context=matter)
    return extension


@transaction.atomic
def release_extension(*, extension_id: int, actor: Actor, at: datetime, expected: int | None = None) -> Extension:
    """The head lets the request leave the unit."""
    extension, matter = _locked(extension_id, expected)
    changed = {"released_by_id": actor.person}
    told = {"due_on": extension.due_on, "asked_on": extension.asked_on, "asked_for": extension.reason}
    advance(extension, EXTENSIONS, "release", actor=actor, at=at, parties=_parties(actor, matter), keys={}, changed=changed, told=told)
    touch(matter)
    return extension


@transaction.atomic
def withdraw_extension(*, extension_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Extension:
    """The unit does not ask any more."""
    extension, matter = _locked(extension_id, expected)
    changed = {"decided_by_id": actor.person, "decided_at": at, "decision": reason.strip()}
    advance(extension, EXTENSIONS, "withdraw", actor=actor, at=at, parties=_parties(actor, matter), keys={}, reason=reason, changed=changed)
    touch(matter)
    return extension


@transaction.atomic
def grant_extension(
    *, extension_id: int, granted_on: date, reason: str, actor: Actor, at: datetime, expected: int | None = None
) -> Extension:
    """Grant, with the date that the issuer sets: not before the one that holds, which may be earlier than asked."""
    extension, matter = _locked(extension_id, expected)
    _later(granted_on, matter)
    if matter.state in workflow.ENDED | workflow.DONE:
        raise RuleBroken(_("这件事已经办结或了结，不用再延期。"))
    changed = {"decided_by_id": actor.person, "decided_at": at, "decision": reason.strip(), "granted_on": granted_on}
    before, told = {"matter_due_on": matter.due_on}, {"matter_due_on": granted_on}
    keys, parties = _keys(extension), _parties(actor, matter)
    advance(extension, EXTENSIONS, "grant", actor=actor, at=at, parties=parties, keys=keys, reason=reason, changed=changed, before=before, told=told)
    matter.due_on = granted_on
    matter.changes += 1
    matter.save(update_fields=["due_on", "changes"])
    return extension


@transaction.atomic
def refuse_extension(*, extension_id: int, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Extension:
    """Refuse; the date stays."""
    extension, matter = _locked(extension_id, expected)
    changed = {"decided_by_id": actor.person, "decided_at": at, "decision": reason.strip()}
    keys, parties = _keys(extension), _parties(actor, matter)
    advance(extension, EXTENSIONS, "refuse", actor=actor, at=at, parties=parties, keys=keys, reason=reason, changed=changed)
    touch(matter)
    return extension


def _later(day: date, matter: Matter) -> None:
    if matter.due_on is not None and day <= matter.due_on:
        raise RuleBroken(_("新的时限要晚于现在的 {day}。").format(day=matter.due_on.isoformat()), hint=_("请另选一天。"))


def _parties(actor: Actor, matter: Matter) -> frozenset[str]:
    return parties_of(actor, matter, {workflow.LIAISON, workflow.HEAD, workflow.SUPERVISOR})


def _keys(extension: Extension) -> dict[str, int | None]:
    return {"asked": extension.author_id, "released": extension.released_by_id}


def _locked(extension_id: int, expected: int | None) -> tuple[Extension, Matter]:
    extension = locked_with_matter(Extension, extension_id, expected=expected)
    return extension, extension.matter
