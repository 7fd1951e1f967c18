"""What the actor may make a matter from: programmes, decisions, studies, topics, instructions."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Instruction, Matter, Source
from luoshi.web.ledger.origin import Origin
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.workflow import MERGEABLE
from luoshi.web.programmes.selectors import visible_decisions, visible_studies, visible_topics

T = TypeVar("T", bound=Model)


def visible_instructions(actor: Actor) -> QuerySet[Instruction]:
    """Instructions that the actor's unit registered, and those that came from this person."""
    if actor.unit_id is None or not actor.roles:
        return Instruction.objects.none()
    return Instruction.objects.filter(Q(unit__in=actor.units) | Q(leader_user=actor.person))


def origin_asked(asked: Mapping[str, str], actor: Actor) -> Origin:
    """The row that ``?decision=7`` (``instruction``, ``study``, ``topic``) names; an empty origin without one. Raises Http404 outside what is visible."""
    if number := _number(asked, "decision"):
        return Origin(decision=_one(visible_decisions(actor).select_related("meeting__programme", "lead"), number))
    if number := _number(asked, "instruction"):
        return Origin(instruction=_one(visible_instructions(actor).filter(unit__in=actor.units), number))
    if number := _number(asked, "study"):
        return Origin(study=_one(visible_studies(actor).select_related("programme"), number))
    if number := _number(asked, "topic"):
        return Origin(topic=_one(visible_topics(actor).select_related("programme"), number))
    return Origin(finding="finding" in asked)


def _number(asked: Mapping[str, str], name: str) -> int:
    value = asked.get(name, "")
    if value and not value.isdigit():
        raise Http404
    return int(value or 0)


def _one(rows: "QuerySet[T]", number: int) -> T:
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def matters_from(instruction: Instruction, actor: Actor) -> QuerySet[Matter]:
    """Matters that were made from an instruction and that the actor may see."""
    made = Source.objects.filter(instruction=instruction).values("matter")
    return visible_matters(actor, few=True).filter(pk__in=made).select_related("lead").order_by("pk")


def mergeable_with(matter: Matter, actor: Actor) -> QuerySet[Matter]:
    """Matters of the same office that this one could be merged into."""
    rows = visible_matters(actor, few=True).filter(issuer=matter.issuer_id, state__in=MERGEABLE).exclude(pk=matter.pk)
    return rows.select_related("lead").order_by("-pk")
