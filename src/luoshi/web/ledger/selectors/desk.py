"""What the drafting desk reads: what is known of units and past matters, the drafts with all that the checks look at."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from luoshi.web.calendars.selectors import working_calendar
from luoshi.web.common.actor import Actor
from luoshi.web.documents.models import Version
from luoshi.web.ledger import checks, limits
from luoshi.web.ledger.models import Matter, Source
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.selectors.uppers import parent_of, stricter_documents
from luoshi.web.ledger.suggesting import Knowledge, KnownUnit, PastMatter
from luoshi.web.ledger.workflow import BEFORE_ISSUE, OPEN, State
from luoshi.web.orgs.models import Alias, Duty, Unit
from luoshi.web.orgs.selectors import open_units

PAST_MOST = 2000  # matters, the newest first, that a like one is looked for among
_GOVERNMENT = "人民政府"


def knowledge_of(actor: Actor, on: date) -> Knowledge:
    """Units with all their names and duties, and what was led before: made once for many drafts. Four queries."""
    aliases, duties = defaultdict(list), defaultdict(list)
    for unit_id, name in Alias.objects.values_list("unit", "name"):
        aliases[unit_id].append(name)
    for unit_id, text in Duty.objects.values_list("unit", "text"):
        duties[unit_id].append(text)
    places: dict[str, str] = {}
    known = []
    for unit in open_units(on).order_by("path"):
        place = unit.place or _place_of(unit) or places.get(unit.path[: -Unit.steplen], "")
        places[unit.path] = place
        names = (unit.name, unit.short_name, *aliases[unit.pk])
        known.append(KnownUnit(unit.pk, unit.name, names, place, unit.path, tuple(duties[unit.pk])))
    return Knowledge(known, past_matters(actor), home=actor.unit_path)


def _place_of(unit: Unit) -> str:
    name: str = unit.name
    return name.removesuffix(_GOVERNMENT) if unit.kind == "government" and name.endswith(_GOVERNMENT) else ""


def past_matters(actor: Actor) -> list[PastMatter]:
    """Issued matters that the actor may see, with who led them."""
    rows = visible_matters(actor).filter(lead__isnull=False).exclude(state__in=(*BEFORE_ISSUE, State.MERGED)).order_by("-pk")
    return [PastMatter(lead, number, title) for lead, number, title in rows.values_list("lead", "number", "title")[:PAST_MOST] if lead]


def drafts_of(actor: Actor) -> QuerySet[Matter]:
    """Drafts of the actor's unit, in the order in which they stand in their documents."""
    return visible_matters(actor, few=True).filter(state=State.DRAFT, issuer__in=actor.units).order_by("pk")


def others_of(actor: Actor) -> checks.Others:
    """Open matters and drafts of the office by title and quotes, for finding doubles. Two queries."""
    open_ones = visible_matters(actor, few=True).filter(issuer__in=actor.units, state__in=(State.DRAFT, State.PROPOSED, *OPEN))
    found = {pk: checks.Other(pk, number, title) for pk, number, title in open_ones.values_list("pk", "number", "title")}
    texts = [(other, other.title) for other in found.values()]
    quoted = Source.objects.filter(matter__in=open_ones).exclude(quote="").values_list("matter", "quote")
    return checks.Others.of([*texts, *((found[pk], quote) for pk, quote in quoted if pk in found)])


def with_facts(matters: QuerySet[Matter]) -> list[Matter]:
    """Matters with all that the checks and the desk show of them: a fixed number of queries."""
    chosen = matters.select_related("issuer__own_limits", "lead", "parent", "parent__lead", "approver", "proposed_by", "programme")
    return list(chosen.prefetch_related(*_facts()))


def _facts() -> tuple[str | Prefetch[Any], ...]:
    """What the checks look at besides the row; of a document its title, not its text."""
    version = Prefetch("sources__version", Version.objects.select_related("document").defer("text", "decomposition"))
    return version, "supports__unit", "targets", "lead__duties", "supports__unit__duties", "parent__targets"


def checked(
    matters: Sequence[Matter], on: date, others: checks.Others, names: dict[int, str] | None = None
) -> list[tuple[Matter, list[checks.Finding]]]:
    """Each matter of ``with_facts`` with what the checks find in it; ``names`` of suggested units where they are known already."""
    names = names_of_suggested(matters) if names is None else names
    above = stricter_documents(matters)
    return [(matter, checks.check(draft_values(matter, names, above.get(matter.pk, ()), on), on, others)) for matter in matters]


def found_in(matter: Matter, on: date) -> list[checks.Finding]:
    """What the checks find in one matter by itself, as it was read, doubles apart."""
    prefetch_related_objects([matter], *_facts())
    return checks.check(draft_values(matter, names_of_suggested([matter]), stricter_documents([matter]).get(matter.pk, ()), on), on, checks.Others())


def names_of_suggested(matters: Iterable[Matter]) -> dict[int, str]:
    """Suggested units by number. One query."""
    wanted = {int(one["unit"]) for matter in matters for one in matter.suggested}
    return dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "name"))


def draft_values(matter: Matter, names: dict[int, str], above: Sequence[checks.Upper], on: date) -> checks.Draft:
    """A matter as the values that the checks take; ``above`` is what upper documents say, a time limit would run from ``on``."""
    sources = list(matter.sources.all())
    suggested = [one for one in matter.suggested if one.get("role") == "lead" and int(one["unit"]) in names]
    return checks.Draft(
        id=matter.pk,
        title=matter.title,
        quotes=tuple(one.quote for one in sources if one.quote),
        owner=_owner(matter.lead) if matter.lead else None,
        supports=tuple(_owner(support.unit) for support in matter.supports.all()),
        due_on=matter.due_on,
        due_phrase=matter.due_phrase,
        cadence=matter.cadence,
        criterion=matter.criterion,
        aims=_aims(matter),
        uppers=(*parent_of(matter, _aims(matter.parent) if matter.parent else ()), *above),
        stricter_reason=matter.stricter_reason,
        suspects=sum(one.suspect for one in sources),
        suggested=tuple(checks.Suggested(int(one["unit"]), names[int(one["unit"])], str(one["reason"])) for one in suggested),
        limit=_limit(matter, on) if matter.due_on is None else None,
    )


def _limit(matter: Matter, on: date) -> limits.Proposed:
    sources = list(matter.sources.all())
    titles = [one.version.document.title for one in sources if one.version is not None]
    own = getattr(matter.issuer, "own_limits", None)
    limit = limits.limit_for({one.kind for one in sources}, titles, matter.urgency, own.days if own is not None else None)
    return limits.proposed(limit, on, working_calendar())


def _owner(unit: Unit) -> checks.Owner:
    return checks.Owner(unit.pk, unit.name, unit.accounts, tuple(duty.text for duty in unit.duties.all()))


def _aims(matter: Matter) -> tuple[checks.Aim, ...]:
    return tuple(checks.Aim(one.indicator, one.comparator, one.value, one.unit, one.text) for one in matter.targets.all())


def proposals_for(actor: Actor) -> QuerySet[Matter]:
    """What waits for this person's approval, by who put it forward and when."""
    mine = Q(approver=actor.person, state=State.PROPOSED)
    return visible_matters(actor, few=True).filter(mine).order_by("proposed_at", "proposed_by", "pk")
