"""Documents come in: read by the real reader in its child process, reviewed and accepted by the supervisor of the unit that got them."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from luoshi.web.common import store
from luoshi.web.demo.history import History
from luoshi.web.demo.papers import PAPERS, Paper, text_of
from luoshi.web.documents.models import Document, DraftItem, Version
from luoshi.web.documents.services import linking, reading, reviewing, uploading
from luoshi.web.intake.services import read_document
from luoshi.web.ledger.services.suspecting import mark_suspects
from luoshi.web.orgs.roles import SUPERVISOR

REVISED = ("修复生态岸线320公里以上", "修复生态岸线360公里以上")
AIMS = "一、总体要求"
REVISION, NEWEST = PAPERS[2], PAPERS[-1].file
Read = Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it comes in: its file name and its bytes."""

    name: str
    content: bytes


def written(paper: Paper, today: date, *, revised: bool = False) -> Written:
    """A paper as a file."""
    text = text_of(paper, today)
    text = text.replace(*REVISED) if revised else text
    return Written(f"{text.partition(chr(10))[0].strip()}.txt", text.encode())


def read_all(today: date, papers: Sequence[Paper]) -> Read:
    """The papers, and the revision of one where it is among them, as the reader takes them; by file. The texts are our own: a missing namespace does no harm."""
    wanted = [(paper.file, written(paper, today)) for paper in papers]
    if REVISION in papers:
        wanted.append(("revised", written(REVISION, today, revised=True)))
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda one: read_document(one[1].content, one[1].name, without_namespace=True), wanted))
    return {file: read for (file, _written), read in zip(wanted, made, strict=True)}


def bring_in(history: History, paper: Paper, read: Read, at: datetime, *, unit: str = "") -> list[DraftItem]:
    """Upload, read, review: what was accepted."""
    code = unit or paper.unit
    actor = history.cast.of(code, SUPERVISOR)
    file = written(paper, history.today)
    document = uploading.add_document(file_name=file.name, stored=store.save(file.content), actor=actor, at=at)
    version = Version.objects.get(document=document)
    reading.keep_reading(version_id=version.pk, read=read[paper.file], at=at + timedelta(minutes=1))
    accepted: list[DraftItem] = []
    drafts = list(version.drafts.all())
    at += timedelta(minutes=10)
    for number, draft in enumerate(drafts):
        if (paper.file == NEWEST and number >= 2) or unit:
            break  # the newest document is still under review, a copy for comparison is not reviewed at all
        if draft.path[:1] == [AIMS] and draft.grade == "deliverable":  # of later years: what matters are measured by, no matter itself
            reviewing.keep_as_basis(draft_id=draft.pk, actor=actor, at=at + timedelta(seconds=5))
            continue
        at += timedelta(seconds=history.rng.randint(8, 40))
        if draft.grade == "principle":
            reviewing.keep_as_basis(draft_id=draft.pk, actor=actor, at=at)
        elif draft.grade == "deliverable":
            reviewing.accept_draft(draft_id=draft.pk, actor=actor, at=at)
            accepted.append(draft)
        else:
            reviewing.reject_draft(draft_id=draft.pk, actor=actor, at=at)
    history.reach(at)
    return accepted


def bring_revision(history: History, read: Read, at: datetime) -> None:
    """A new version of a document: what was adopted from a sentence that changed is marked."""
    paper = REVISION
    actor = history.cast.of(paper.unit, SUPERVISOR)
    file = written(paper, history.today, revised=True)
    document = Document.objects.get(unit=history.cast.units[paper.unit], title__startswith="临江省幸福河湖")
    version = uploading.add_version(document_id=document.pk, file_name=file.name, stored=store.save(file.content), actor=actor, at=at)
    reading.keep_reading(version_id=version.pk, read=read["revised"], at=at + timedelta(minutes=1))
    mark_suspects(at=at + timedelta(minutes=2))
    history.reach(at + timedelta(minutes=2))


def compare_levels(history: History, read: Read, at: datetime) -> None:
    """The city keeps a copy of the upper document and has the two compared."""
    bring_in(history, PAPERS[0], read, at, unit="YL")
    at += timedelta(minutes=15)
    actor = history.cast.of("YL", SUPERVISOR)
    own = Document.objects.filter(unit=history.cast.units["YL"])
    upper, lower = own.get(title__startswith="临江省人民政府"), own.get(title__startswith="云岭市人民政府关于")
    linking.link_upper(document_id=lower.pk, upper_id=upper.pk, actor=actor, at=at)
    history.reach(at)
