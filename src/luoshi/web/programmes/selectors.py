"""Reading programmes. Every read starts at ``visible_programmes`` or ``visible_meetings``; what is outside them is not there.

A programme is its unit's and, to read, that of the units that lead a part. Documents stay with the unit that uploaded them: others see
their titles. What was a merged unit's is its successor's. How many sources became matters is told of the matters that the reader's own unit issued, which it may see by that.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from luoshi.text.language import _
from luoshi.web.audit.models import Record
from luoshi.web.audit.selectors import history
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import Document, Version
from luoshi.web.orgs.roles import SUPERVISOR
from luoshi.web.programmes.models import Decision, Meeting, Paper, Part, Programme, ResearchTopic, Study

HISTORY = 50
"""Acts that the page of a programme tells of."""


def visible_programmes(actor: Actor) -> QuerySet[Programme]:
    """The unit's own and those in which it leads a part. Administrators and people without a post see none."""
    if actor.unit_id is None or not actor.roles:
        return Programme.objects.none()
    leads = Part.objects.filter(lead__in=actor.units).values("programme")
    return Programme.objects.filter(Q(unit__in=actor.units) | Q(pk__in=leads))


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Meetings that the unit called, and those of programmes that it sees."""
    if actor.unit_id is None or not actor.roles:
        return Meeting.objects.none()
    return Meeting.objects.filter(Q(unit__in=actor.units) | Q(programme__in=visible_programmes(actor)))


def visible_decisions(actor: Actor) -> QuerySet[Decision]:
    """Decisions of meetings that may be seen."""
    return Decision.objects.filter(meeting__in=visible_meetings(actor))


def visible_studies(actor: Actor) -> QuerySet[Study]:
    """Studies of programmes that may be seen."""
    return Study.objects.filter(programme__in=visible_programmes(actor))


def visible_topics(actor: Actor) -> QuerySet[ResearchTopic]:
    """Topics of programmes that may be seen."""
    return ResearchTopic.objects.filter(programme__in=visible_programmes(actor))


def own_documents(actor: Actor) -> QuerySet[Document]:
    """Documents that may be linked: the unit's own, newest first."""
    if actor.unit_id is None or not actor.roles:
        return Document.objects.none()
    return Document.objects.filter(unit__in=actor.units).order_by("-created_at", "-pk")


def readable_versions(actor: Actor) -> QuerySet[Version]:
    """Versions of the unit's own documents that have been read, newest first."""
    return Version.objects.filter(document__in=own_documents(actor), state=Version.READ).select_related("document").order_by("-uploaded_at", "-pk")


def may_keep(actor: Actor, unit_id: int) -> bool:
    """True where the actor keeps the programmes and meetings of a unit: its supervisors do."""
    return unit_id in actor.units and actor.has(SUPERVISOR)


def became_matters(actor: Actor, name: str) -> Exists:
    """Whether a matter that the actor's own unit issued came of a row; ``name`` is what the sources of matters call it."""
    model: Any = Decision._meta.get_field("sources").related_model
    return Exists(model.objects.filter(**{name: OuterRef("pk")}, matter__issuer__in=actor.units))


class Conversion(NamedTuple):
    """How many sources of matters there are, and of how many the unit made one."""

    matters: int
    sources: int


def conversion_of(rows: Iterable[Any]) -> Conversion:
    """Counted over rows that carry ``became``."""
    told = [bool(row.became) for row in rows]
    return Conversion(sum(told), len(told))


def programmes_listed(actor: Actor) -> QuerySet[Programme]:
    """For the list: the open ones first, with the number of their parts."""
    return visible_programmes(actor).select_related("unit").annotate(part_count=Count("parts")).order_by("closed_at", "-created_at", "-pk")


def programme_page(actor: Actor, programme: Programme) -> dict[str, Any]:
    """Everything on the page of a programme, in a fixed number of queries."""
    papers = list(programme.papers.select_related("document", "version"))
    schemes = [paper for paper in papers if paper.kind == Paper.SCHEME]
    decisions = list(_decisions(actor).filter(meeting__programme=programme))
    studies = list(programme.studies.select_related("document").annotate(became=became_matters(actor, "study")))
    topics = list(programme.topics.select_related("lead", "report").annotate(became=became_matters(actor, "topic")))
    return {
        "parts": list(programme.parts.select_related("lead")),
        "schemes": schemes,
        "papers": [paper for paper in papers if paper.kind != Paper.SCHEME],
        "meetings": list(programme.meetings.select_related("unit").annotate(decision_count=Count("decisions")).order_by("-held_on", "-pk")),
        "studies": studies,
        "topics": topics,
        "history": changes_of(programme),
        "conversion": conversion_of([*decisions, *studies, *topics]),
    }


class Change(NamedTuple):
    """One act on a programme or on what belongs to it, and what it was done to: a title as it was then, where the act put one down."""

    record: Record
    thing: str


def changes_of(programme: Programme) -> list[Change]:
    """The newest acts on a programme that the reader may see. Papers are not named: a document of another unit may be internal."""
    return [Change(one, _thing(one)) for one in history(f"programme:{programme.pk}").order_by("-seq")[:HISTORY]]


def _thing(record: Record) -> str:
    told = json.loads(record.before or "{}") | json.loads(record.after or "{}")
    return next((str(told[name]) for name in ("name", "title", "text") if told.get(name)), "")


def _decisions(actor: Actor) -> QuerySet[Any]:
    return Decision.objects.select_related("lead").annotate(became=became_matters(actor, "decision"))


def decisions_of(actor: Actor, meeting: Meeting) -> list[Any]:
    """The decisions of a meeting in their order, each with ``became``."""
    return list(_decisions(actor).filter(meeting=meeting))


def meetings_listed(actor: Actor) -> QuerySet[Meeting]:
    """For the list, newest first."""
    return visible_meetings(actor).select_related("unit", "programme").annotate(decision_count=Count("decisions")).order_by("-held_on", "-pk")


def meeting_before(actor: Actor, meeting: Meeting) -> Meeting | None:
    """The meeting before this one: of the same programme, else of the same unit without one; only one that was held."""
    found = visible_meetings(actor).filter(programme=meeting.programme_id, held_at__isnull=False).exclude(pk=meeting.pk)
    if meeting.programme_id is None:
        same = actor.units if meeting.unit_id in actor.units else {meeting.unit_id}
        found = found.filter(programme__isnull=True, unit__in=same)
    return found.filter(held_on__lte=meeting.held_on).order_by("-held_on", "-pk").first()


def papers_for(actor: Actor, meeting: Meeting) -> list[Paper]:
    """Papers that go into the pack of a meeting, the scheme first; ``version`` of the others is their newest that was read."""
    if meeting.programme_id is None:
        return []
    newest = Prefetch("document__versions", Version.objects.filter(state=Version.READ).order_by("-number").defer("decomposition"), to_attr="read_versions")
    papers = Paper.objects.filter(programme=meeting.programme_id).select_related("document", "version").defer("version__decomposition")
    order = {Paper.SCHEME: 0, Paper.BASIS: 1, Paper.OTHER: 2}
    return sorted(papers.prefetch_related(newest), key=lambda paper: (order[paper.kind], paper.pk))


def states_of(actor: Actor, meeting: Meeting) -> dict[int, str]:
    """Decision → the number of the matter that the actor's own unit made of it, with a mark where it is closed."""
    model: Any = Decision._meta.get_field("sources").related_model
    found = model.objects.filter(decision__meeting=meeting, matter__issuer__in=actor.units).order_by("pk")
    rows = found.values_list("decision", "matter__number", "matter__closed_at")
    return {decision: (_("已销号 {number}") if closed else _("已立项 {number}")).format(number=number) for decision, number, closed in rows}
