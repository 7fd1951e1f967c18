"""Upper documents of a document, and the alignment of the two, made in the background."""

from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.text import LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import Comparison, Document, UpperLink, Version
from luoshi.web.documents.rights import must_edit


@transaction.atomic
def link_upper(*, document_id: int, upper_id: int, actor: Actor, at: datetime) -> UpperLink:
    """``document`` carries out ``upper``: both of the actor's unit. Their comparison is queued at once where both are read."""
    document = Document.objects.select_for_update().get(pk=document_id)
    upper = Document.objects.get(pk=upper_id)
    must_edit(actor, document)
    must_edit(actor, upper)
    if upper.pk == document.pk or document.pk in _above(upper.pk):
        raise RuleBroken(_("上位文件不能是这份文件自己或它的下位文件。"), hint=_("请另选一份。"))
    if UpperLink.objects.filter(document=document, upper=upper).exists():
        raise RuleBroken(_("这份上位文件已经关联。"))
    link = UpperLink.objects.create(document=document, upper=upper)
    record(act="document.link_upper", subject=link, actor=actor, at=at, after={"upper": upper.pk, "title": upper.title}, context=document)
    _queue(document, upper)
    return link


@transaction.atomic
def unlink_upper(*, link_id: int, actor: Actor, at: datetime) -> Document:
    """The two no longer belong together; what was made of the comparison stays."""
    link = UpperLink.objects.select_for_update().select_related("document", "upper").get(pk=link_id)
    must_edit(actor, link.document)
    before = {"upper": link.upper_id, "title": link.upper.title}
    record(act="document.unlink_upper", subject=link, actor=actor, at=at, before=before, context=link.document)
    link.delete()
    return link.document


@transaction.atomic
def ask_comparison(*, document_id: int, upper_id: int, actor: Actor, at: datetime) -> Comparison:
    """Compare the newest read versions of two linked documents (again, where that failed). Raises RuleBroken where one is not read."""
    link = UpperLink.objects.select_related("document", "upper").get(document=document_id, upper=upper_id)
    must_edit(actor, link.document)
    comparison = _queue(link.document, link.upper)
    if comparison is None:
        raise RuleBroken(_("两份文件都读完后才能对标。"), hint=_("请先看看哪一份还没有读完，或者读取失败。"))
    told = {"upper": comparison.upper_id, "lower": comparison.lower_id}
    record(act="document.compare", subject=comparison, actor=actor, at=at, after=told, context=link.document)
    return comparison


def newest(document: Document) -> Version | None:
    """The newest version that was read."""
    return document.versions.filter(state=Version.READ).order_by("-number").first()


@transaction.atomic
def begin_comparison(*, comparison_id: int, at: datetime) -> Comparison | None:
    """Mark a queued comparison as being made; None where it is made already. Progress of a task: no record in the audit."""
    found = Comparison.objects.select_for_update().filter(pk=comparison_id).exclude(state=Version.READ).first()
    if found is None:
        return None
    found.state, found.made_at = Version.READING, at
    found.save(update_fields=["state", "made_at"])
    return Comparison.objects.select_related("upper__document", "lower__document").get(pk=comparison_id)


@transaction.atomic
def keep_comparison(
    *, comparison_id: int, at: datetime, data: dict[str, Any] | None = None, error: LuoshiError | None = None
) -> Comparison:
    """The alignment, or why there is none. Derived from two texts at any time: no record in the audit."""
    found = Comparison.objects.select_for_update().get(pk=comparison_id)
    found.state = Version.READ if data is not None else Version.FAILED
    found.data, found.made_at = data, at
    found.fault, found.hint = (error.message, error.hint) if error else ("", "")
    found.save()
    return found


def read_data(version: Version) -> dict[str, Any]:
    """A version as ``intake.compare`` takes it, with the date that a person entered."""
    on = version.document.dated_on
    return {**version.decomposition, "text": version.text, "entered_date": on.isoformat() if on else None}


def _queue(document: Document, upper: Document) -> Comparison | None:
    from luoshi.web.documents.tasks import compare_versions

    above, below = newest(upper), newest(document)
    if above is None or below is None:
        return None
    comparison, made = Comparison.objects.get_or_create(upper=above, lower=below)
    if made or comparison.state == Version.FAILED:
        Comparison.objects.filter(pk=comparison.pk).update(state=Version.QUEUED, fault="", hint="")
        compare_versions.enqueue(comparison.pk)
    return comparison


def _above(document_id: int) -> set[int]:
    """Every document above one, itself included."""
    found, edge = {document_id}, {document_id}
    while edge:
        edge = set(UpperLink.objects.filter(document__in=edge).values_list("upper_id", flat=True)) - found
        found |= edge
    return found
