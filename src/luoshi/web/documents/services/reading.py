"""What the child process found becomes rows: the text, the drafts to review, the facts of the document; or why there is nothing.

A new version takes over what was decided about passages that stand in it word for word (``carrying``).
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from luoshi.text import ClassifiedDocument, LuoshiError
from luoshi.web.audit.services import record
from luoshi.web.common import store
from luoshi.web.common.actor import SYSTEM
from luoshi.web.documents.models import Document, DraftItem, Version
from luoshi.web.documents.services.carrying import carry_over
from luoshi.web.documents.services.uploading import index_document, title_of

KEPT = ("units", "deadlines", "targets", "measures", "mechanisms", "doubts", "modality", "speaker")
DATE_ORDER = ("issued", "meeting", "posted")


@transaction.atomic
def begin_reading(*, version_id: int, at: datetime) -> Version | None:
    """Mark a queued version as being read; None where that is not needed (any more). Progress of a task: no record in the audit."""
    version = Version.objects.select_for_update().filter(pk=version_id).exclude(state=Version.READ).exclude(file_sha256="").first()
    if version is not None:
        version.state, version.started_at = Version.READING, at
        version.save(update_fields=["state", "started_at"])
    return version


@transaction.atomic
def keep_reading(*, version_id: int, read: dict[str, Any], at: datetime) -> Version:
    """The text and its decomposition, a draft for every item, the facts where nobody entered any; decisions of the version before."""
    version = Version.objects.select_for_update().select_related("document").get(pk=version_id)
    told = dict(read)
    version.text, version.text_sha256 = told.pop("text"), told["source"]["text_sha256"]
    version.decomposition, version.state, version.read_at = told, Version.READ, at
    version.fault = version.fault_code = version.hint = ""
    version.save()
    drafts = DraftItem.objects.bulk_create(_drafts(version))
    version.carried = carry_over(version, drafts)
    version.save(update_fields=["carried"])
    _take_facts(version.document, version)
    index_document(version.document)
    after = {"state": version.state, "items": len(drafts), "carried": version.carried, "text_sha256": version.text_sha256}
    record(act="version.read", subject=version, actor=SYSTEM, at=at, after=after, context=version.document)
    return version


@transaction.atomic
def keep_fault(*, version_id: int, error: LuoshiError, at: datetime) -> Version:
    """Why there is nothing to review, in a sentence with the next step. A file with a secrecy mark leaves the store at once."""
    version = Version.objects.select_for_update().select_related("document").get(pk=version_id)
    version.state, version.fault_code, version.fault, version.hint = Version.FAILED, error.code, error.message, error.hint
    after = {"state": version.state, "fault": error.code, "sha256": version.file_sha256}
    if isinstance(error, ClassifiedDocument):
        gone = version.file_sha256
        Version.objects.filter(~Q(pk=version.pk), file_sha256=gone).exclude(state=Version.READ).update(file_sha256="")
        version.file_sha256 = ""
        transaction.on_commit(lambda: store.remove(gone))
    version.save(update_fields=["state", "fault_code", "fault", "hint", "file_sha256"])
    act = "version.refuse" if isinstance(error, ClassifiedDocument) else "version.fail"
    record(act=act, subject=version, actor=SYSTEM, at=at, after=after, context=version.document)
    return version


def _drafts(version: Version) -> list[DraftItem]:
    made = []
    for order, item in enumerate(version.decomposition["items"]):
        start, end = item["start"], item["end"]
        pledge = item["kind"] == "pledge"
        made.append(
            DraftItem(
                version=version,
                order=order,
                item_id=item["id"],
                start=start,
                end=end,
                quote=version.text[start:end],
                path=item["path"],
                kind=item["kind"],
                grade=item["grade"],
                details={name: item[name] for name in KEPT},
                unconfirmed=pledge,
            )
        )
    return made


def _take_facts(document: Document, version: Version) -> None:
    """Facts of the text, where the document has none yet."""
    source = version.decomposition["source"]
    if source["title"] and document.title in {title_of(one.file_name) for one in document.versions.all()}:
        document.title = source["title"][:300]
    for name, most in (("number", 80), ("authority", 200), ("level", 10)):
        if not getattr(document, name):
            setattr(document, name, (source[name] or "")[:most])
    document.dated_on = document.dated_on or _day_of(source["dates"])
    document.internal = document.internal or any(doubt["code"] == "document.internal" for doubt in version.decomposition["doubts"])
    document.changes += 1
    document.save()


def _day_of(dates: list[dict[str, Any]]) -> date | None:
    exact = [one for one in dates if one["precision"] == "day" and one["kind"] in DATE_ORDER]
    best = min(exact, key=lambda one: DATE_ORDER.index(one["kind"]), default=None)
    return date.fromisoformat(best["date"]) if best else None


