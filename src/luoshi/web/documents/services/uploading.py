"""Files come in: a new document, a new version of one, and the facts that a person corrects."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction

from luoshi.text import Conflict, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.common.store import Stored
from luoshi.web.documents.models import Document, Version
from luoshi.web.documents.rights import must_edit
from luoshi.web.search.folding import joined
from luoshi.web.search.services import index

FACTS = ("title", "number", "authority", "level", "dated_on", "internal")


@transaction.atomic
def add_document(*, file_name: str, stored: Stored, actor: Actor, at: datetime) -> Document:
    """A file that the unit has not got yet becomes a document; it is called by its file name until it is read."""
    must_edit(actor)
    document = Document.objects.create(unit_id=actor.unit, title=title_of(file_name), created_by_id=actor.person, created_at=at)
    version = _version(document, 1, file_name, stored, actor, at)
    told = {"title": document.title, "file": file_name, "sha256": stored.sha256, "size": stored.size}
    record(act="document.add", subject=document, actor=actor, at=at, after=told)
    index_document(document)
    _enqueue(version)
    return document


@transaction.atomic
def add_version(*, document_id: int, file_name: str, stored: Stored, actor: Actor, at: datetime) -> Version:
    """Another file of the same document. Raises RuleBroken where that very file is its newest version and was read."""
    document = Document.objects.select_for_update().get(pk=document_id)
    must_edit(actor, document)
    last = document.versions.order_by("-number").first()
    if last is not None and last.file_sha256 == stored.sha256 and last.state == Version.READ:
        raise RuleBroken(_("这个文件与第 {n} 版完全相同。").format(n=last.number), hint=_("请换成修改后的文件；只想再看一遍的，直接打开第 {n} 版。").format(n=last.number))
    version = _version(document, last.number + 1 if last else 1, file_name, stored, actor, at)
    told = {"number": version.number, "file": file_name, "sha256": stored.sha256, "size": stored.size}
    record(act="version.add", subject=version, actor=actor, at=at, after=told, context=document)
    _enqueue(version)
    return version


@transaction.atomic
def read_again(*, version_id: int, actor: Actor, at: datetime) -> Version:
    """Put a version that could not be read (or whose reading never ended) into the queue once more."""
    version = Version.objects.select_for_update().select_related("document").get(pk=version_id)
    must_edit(actor, version.document)
    if version.state == Version.READ:
        raise RuleBroken(_("这一版已经读完。"), hint=_("请直接打开审阅。"))
    if not version.file_sha256:
        raise RuleBroken(_("这个文件已从系统中移除。"), hint=_("请重新上传。"))
    before = {"state": version.state, "fault": version.fault_code}
    version.state, version.fault, version.fault_code, version.hint = Version.QUEUED, "", "", ""
    version.save(update_fields=["state", "fault", "fault_code", "hint"])
    record(act="version.read_again", subject=version, actor=actor, at=at, before=before, after={"state": version.state}, context=version.document)
    _enqueue(version)
    return version


@transaction.atomic
def correct_facts(*, document_id: int, facts: Mapping[str, Any], expected: int | None, actor: Actor, at: datetime) -> Document:
    """Title, number, authority, level, date and the internal mark, as a person knows them. Raises Conflict where somebody was faster."""
    document = Document.objects.select_for_update().get(pk=document_id)
    must_edit(actor, document)
    if expected is not None and document.changes != expected:
        raise Conflict(_("这份文件的信息刚刚被别人改过，您这次没有保存。"), hint=_("请对照现在的内容，改好后再保存。"))
    changed = {name: facts[name] for name in FACTS if name in facts and facts[name] != getattr(document, name)}
    before = {name: getattr(document, name) for name in changed}
    for name, value in changed.items():
        setattr(document, name, value)
    document.changes += 1
    document.save(update_fields=[*changed, "changes"])
    record(act="document.correct", subject=document, actor=actor, at=at, before=before, after=changed)
    index_document(document)
    return document


def index_document(document: Document) -> None:
    """Make the facts and the newest text findable."""
    newest = document.versions.filter(state=Version.READ).order_by("-number").first()
    index("document", document.pk, joined(document.title, document.number, document.authority, newest.text if newest else ""))


def title_of(file_name: str) -> str:
    """What a document is called before it is read: its file name without the ending."""
    return (PurePath(file_name).stem or file_name)[:300]


def _version(document: Document, number: int, file_name: str, stored: Stored, actor: Actor, at: datetime) -> Version:
    return Version.objects.create(
        document=document,
        number=number,
        file_name=file_name[-255:],
        file_sha256=stored.sha256,
        file_size=stored.size,
        uploaded_by_id=actor.person,
        uploaded_at=at,
    )


def _enqueue(version: Version) -> None:
    """Reading is queued in the same transaction (the queue is a table): there is no file without its reading, and no reading without its file."""
    from luoshi.web.documents.tasks import read_version

    read_version.enqueue(version.pk)
