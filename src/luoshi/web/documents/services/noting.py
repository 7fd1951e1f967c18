"""What a person settles about a version besides its items: a sentence put in its place, a doubt answered."""

from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import ReviewNote, Version
from luoshi.web.documents.rights import must_edit

PLACES = ("context", "record")


@transaction.atomic
def place_sentence(*, version_id: int, start: int, end: int, place: str, actor: Actor, at: datetime) -> ReviewNote:
    """A sentence is background (``context``) or who-met-when (``record``) and no work. A note on it before gives way."""
    version = _editable(version_id, actor)
    if place not in PLACES or not any(one["start"] == start and one["end"] == end for one in version.decomposition["sentences"]):
        raise RuleBroken(_("所选的文字不在这份文件里。"), hint=_("请刷新后重新选择。"))
    return _write(version, ReviewNote.SENTENCE, start, end, place, "", actor, at)


@transaction.atomic
def settle_doubt(*, version_id: int, start: int, end: int, code: str, text: str, actor: Actor, at: datetime) -> ReviewNote:
    """A doubt is answered with a word."""
    version = _editable(version_id, actor)
    if not text.strip():
        raise RuleBroken(_("请写一句处理意见。"), hint=_("例如：已核对原件，无误。"))
    return _write(version, ReviewNote.DOUBT, start, end, code, text.strip()[:300], actor, at)


@transaction.atomic
def lift_note(*, note_id: int, actor: Actor, at: datetime) -> Version:
    """Take a note back: the sentence or the doubt is open again."""
    note = ReviewNote.objects.select_for_update().select_related("version__document").get(pk=note_id)
    must_edit(actor, note.version.document)
    before = {"kind": note.kind, "start": note.start, "end": note.end, "code": note.code, "text": note.text}
    record(act="note.lift", subject=note, actor=actor, at=at, before=before, context=note.version.document)
    note.delete()
    return note.version


def _editable(version_id: int, actor: Actor) -> Version:
    version = Version.objects.select_for_update().select_related("document").get(pk=version_id)
    must_edit(actor, version.document)
    if version.state != Version.READ:
        raise RuleBroken(_("这一版还没有读完。"), hint=_("请等读完后再审阅。"))
    return version


def _write(version: Version, kind: str, start: int, end: int, code: str, text: str, actor: Actor, at: datetime) -> ReviewNote:
    same: dict[str, Any] = {"version": version, "kind": kind, "start": start, "end": end} | ({"code": code} if kind == ReviewNote.DOUBT else {})
    old = ReviewNote.objects.filter(**same).first()
    before = {"code": old.code, "text": old.text} if old else {}
    note, _made = ReviewNote.objects.update_or_create(**same, defaults={"code": code, "text": text, "by_id": actor.person, "at": at})
    told = {"start": start, "end": end, "code": code, "text": text}
    record(act=f"note.{kind}", subject=note, actor=actor, at=at, before=before, after=told, context=version.document)
    return note
