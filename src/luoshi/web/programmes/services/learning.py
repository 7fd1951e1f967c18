"""Learning that becomes matters: study sessions (第一议题, 读书班) and topics of research."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from luoshi.text.language import _
from luoshi.web.audit.services import record
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Unit
from luoshi.web.programmes.models import ResearchTopic, Study
from luoshi.web.programmes.services.keeping import (
    check_no_matter,
    check_unchanged,
    filled,
    own_document,
    own_programme,
    remove,
    rewrite,
    told,
)

_STUDY_FIELDS = ("title", "held_on", "document_id", "findings")
_TOPIC_FIELDS = ("title", "question", "lead_id", "due_on", "findings", "report_id")


@dataclass(frozen=True, slots=True)
class Session:
    """What is said of a study session; ``document_id`` is what was studied."""

    title: str
    held_on: date
    document_id: int | None = None
    findings: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What is said of a topic; ``report_id`` is the document of its report."""

    title: str
    question: str = ""
    lead: Unit | None = None
    due_on: date | None = None
    findings: str = ""
    report_id: int | None = None


@transaction.atomic
def add_study(*, programme_id: int, session: Session, actor: Actor, at: datetime) -> Study:
    """Put down a study session and what should come of it."""
    programme = own_programme(programme_id, actor)
    study = Study.objects.create(programme=programme, created_at=at, **_study(session, actor))
    record(act="study.add", subject=study, actor=actor, at=at, context=programme, after=told(study, _STUDY_FIELDS))
    return study


@transaction.atomic
def edit_study(*, study_id: int, session: Session, actor: Actor, at: datetime, expected: int | None = None) -> Study:
    """Change a study of which no matter came yet."""
    study = Study.objects.select_for_update().get(pk=study_id)
    programme = own_programme(study.programme_id, actor)
    check_unchanged(study, expected)
    check_no_matter(study)
    rewrite(study, _study(session, actor), act="study.edit", actor=actor, at=at, context=programme)
    return study


@transaction.atomic
def remove_study(*, study_id: int, actor: Actor, at: datetime) -> None:
    """Take out a study of which no matter came."""
    study = Study.objects.select_for_update().get(pk=study_id)
    programme = own_programme(study.programme_id, actor)
    check_no_matter(study)
    remove(study, _STUDY_FIELDS, act="study.remove", actor=actor, at=at, context=programme)


def _study(session: Session, actor: Actor) -> dict[str, Any]:
    return {
        "title": filled(session.title, _("学习主题")),
        "held_on": session.held_on,
        "document": own_document(session.document_id, actor),
        "findings": session.findings.strip(),
    }


@transaction.atomic
def add_topic(*, programme_id: int, topic: Topic, actor: Actor, at: datetime) -> ResearchTopic:
    """Put down a topic of research: question, who, until when."""
    programme = own_programme(programme_id, actor)
    row = ResearchTopic.objects.create(programme=programme, created_at=at, **_topic(topic, actor))
    record(act="topic.add", subject=row, actor=actor, at=at, context=programme, after=told(row, _TOPIC_FIELDS))
    return row


@transaction.atomic
def edit_topic(*, topic_id: int, topic: Topic, actor: Actor, at: datetime, expected: int | None = None) -> ResearchTopic:
    """Change a topic of which no matter came yet: what was found, the report."""
    row = ResearchTopic.objects.select_for_update().get(pk=topic_id)
    programme = own_programme(row.programme_id, actor)
    check_unchanged(row, expected)
    check_no_matter(row)
    rewrite(row, _topic(topic, actor), act="topic.edit", actor=actor, at=at, context=programme)
    return row


@transaction.atomic
def remove_topic(*, topic_id: int, actor: Actor, at: datetime) -> None:
    """Take out a topic of which no matter came."""
    row = ResearchTopic.objects.select_for_update().get(pk=topic_id)
    programme = own_programme(row.programme_id, actor)
    check_no_matter(row)
    remove(row, _TOPIC_FIELDS, act="topic.remove", actor=actor, at=at, context=programme)


def _topic(topic: Topic, actor: Actor) -> dict[str, Any]:
    return {
        "title": filled(topic.title, _("调研课题")),
        "question": topic.question.strip(),
        "lead": topic.lead,
        "due_on": topic.due_on,
        "findings": topic.findings.strip(),
        "report": own_document(topic.report_id, actor),
    }
