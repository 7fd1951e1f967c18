"""The four systems of a document: 目标, 工作, 政策, 评价, section by section, out of its newest reading and the matters that came of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import Document, DraftItem, Version
from luoshi.web.documents.selectors import newest_read
from luoshi.web.documents.words import deadline, quantity
from luoshi.web.ledger.models import Matter, Source
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.table import lights
from luoshi.web.ledger.workflow import DONE


@dataclass(frozen=True, slots=True)
class Aim:
    """目标: what an item wants reached, how much, by when."""

    indicator: str
    quantity: str
    due_on: date | None
    by: str  # as the text says it, where that is no day


@dataclass(frozen=True, slots=True)
class Work:
    """工作: an item with its measures; the matter that came of it, where there is one."""

    title: str
    measures: list[str]
    matter: Any


@dataclass(frozen=True, slots=True)
class Check:
    """评价: by what a matter is accepted, and whether it was."""

    matter: Any
    criterion: str
    passed: bool


@dataclass(slots=True)
class Branch:
    """One section of the document in the four systems. ``policies`` are the mechanisms that it founds (政策)."""

    title: str
    aims: list[Aim] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Systems:
    """The tree, how many items it was made of, and how many of them became matters."""

    version: Version | None
    branches: list[Branch]
    items: int
    adopted: int

    @property
    def totals(self) -> dict[str, int]:
        """System → how many entries it has."""
        return {name: sum(len(getattr(branch, name)) for branch in self.branches) for name in ("aims", "works", "policies", "checks")}


def systems_of(document: Document, actor: Actor, on: date) -> Systems:
    """The four systems of a document that the actor's unit has; rejected items are no part of it, of what is kept as a basis its aims alone."""
    version = newest_read(document)
    items = list(DraftItem.objects.filter(version=version, state__in=(DraftItem.PENDING, DraftItem.ACCEPTED, DraftItem.BASIS)).order_by("start", "order")) if version else []
    matters = _matters(document, items, actor, on)
    branches: dict[str, Branch] = {}
    used: set[int] = set()
    for item in items:
        title = item.path[0] if item.path else ""
        _add(branches.setdefault(title, Branch(title)), item, matters.get(item.pk, ()))
        used.update(matter.pk for matter in matters.get(item.pk, ()))
    rest = Branch("")
    left = {matter.pk: matter for found in matters.values() for matter in found if matter.pk not in used}
    for matter in left.values():  # of an earlier version, or of a passage that is no item now
        _add_matter(rest, matter.title, [], matter)
    told = [branch for branch in branches.values() if branch.aims or branch.works or branch.policies or branch.checks]
    offered = [item for item in items if item.state != DraftItem.BASIS]
    return Systems(version, [*told, *([rest] if left else [])], len(offered), sum(item.pk in matters for item in offered))


def _add(branch: Branch, item: DraftItem, matters: Iterable[Any]) -> None:
    details = item.details
    limits = [one for one in details.get("deadlines", []) if deadline(one)]
    due_on = date.fromisoformat(limits[0]["due"]) if limits and limits[0].get("due") else None
    by = deadline(limits[0]) if limits and due_on is None else ""
    branch.aims += [Aim(str(one.get("indicator") or ""), quantity(one), due_on, by) for one in details.get("targets", [])]
    branch.policies += [policy for one in details.get("mechanisms", []) if (policy := str(one["text"]).removeprefix("的")) not in branch.policies]
    phrases = {one.get("text") for one in limits}
    measures = [str(one["text"]) for one in details.get("measures", []) if one.get("text") and one["text"] not in phrases]
    title = item.title or item.quote
    for matter in matters:
        _add_matter(branch, matter.title, measures, matter)
    if not matters and item.grade in ("deliverable", "standing") and item.state != DraftItem.BASIS:
        branch.works.append(Work(title, measures if len(measures) > 1 else [], None))


def _add_matter(branch: Branch, title: str, measures: list[str], matter: Any) -> None:
    branch.works.append(Work(title, measures if len(measures) > 1 else [], matter))
    branch.checks.append(Check(matter, matter.criterion, matter.state in DONE))


def _matters(document: Document, items: Iterable[DraftItem], actor: Actor, on: date) -> dict[int | None, list[Any]]:
    """Item → the visible matters that came of it or of the same words in an earlier version, each with its light."""
    here = {item.pk for item in items}
    worded = {item.quote: item.pk for item in items}
    seen = visible_matters(actor, few=True).filter(pk__in=Source.objects.filter(version__document=document).values("matter")).select_related("lead")
    rows: dict[int, Matter] = {row.pk: row for row in seen.exclude(state__in=("discarded", "declined", "merged", "terminated"))}
    for pk, light in lights(list(rows.values()), on).items():
        rows[pk].light = light  # type: ignore[attr-defined]
    found: dict[int | None, list[Any]] = defaultdict(list)
    sources = Source.objects.filter(version__document=document, matter__in=rows).order_by("pk").values_list("draft", "draft__quote", "quote", "matter")
    for draft, words, quote, matter in sources:
        item = draft if draft in here else worded.get(words) or worded.get(quote) or draft
        if rows[matter] not in found[item]:
            found[item].append(rows[matter])
    return dict(found)
