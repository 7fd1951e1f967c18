"""What a sample is drawn from: the matters that a unit issued and accepted in a period, unit by unit in their fixed order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Matter, Report
from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.ledger.workflow import DONE, ReportState
from luoshi.web.lookback.sampling import allocate, draw, list_hash, sample_size
from luoshi.web.orgs.models import Unit


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which matters, and how sure: accepted from ``since`` to ``until``, of these lead units (empty: all), of a theme (empty: any)."""

    since: date
    until: date
    leads: tuple[int, ...]
    theme: str
    confidence: int
    margin: int


class Stratum(NamedTuple):
    """One lead unit: the numbers of its matters, and how many of them are drawn."""

    unit: int
    name: str
    numbers: tuple[str, ...]
    drawn: int


@dataclass(frozen=True, slots=True)
class Population:
    """What is drawn from."""

    strata: tuple[Stratum, ...]

    @property
    def count(self) -> int:
        """How many matters there are."""
        return sum(len(one.numbers) for one in self.strata)

    @property
    def size(self) -> int:
        """How many are drawn."""
        return sum(one.drawn for one in self.strata)

    @property
    def list_hash(self) -> str:
        """By which the list is known again."""
        return list_hash(number for one in self.strata for number in one.numbers)

    def sample(self, seed: str) -> list[str]:
        """The numbers that a seed draws, unit by unit."""
        return [number for one in self.strata for number in draw(one.numbers, one.drawn, seed)]


def population(wanted: Wanted, actor: Actor) -> Population:
    """The matters wanted, with how many of each unit are drawn."""
    found = done_matters(actor).filter(accepted_at__gte=_start(wanted.since), accepted_at__lt=_start(wanted.until + timedelta(days=1)))
    if wanted.leads:
        found = found.filter(lead__in=wanted.leads)
    if wanted.theme:
        found = found.filter(theme=wanted.theme)
    rows = sorted(found.values_list("lead__path", "lead", "lead__name", "number"))
    groups = [(unit, name, tuple(row[3] for row in group)) for (_path, unit, name), group in groupby(rows, key=lambda row: row[:3])]
    counts = [len(numbers) for _unit, _name, numbers in groups]
    size = sample_size(sum(counts), confidence=wanted.confidence, margin=wanted.margin)
    return Population(tuple(Stratum(unit, name, numbers, given) for (unit, name, numbers), given in zip(groups, allocate(counts, size), strict=True)))


def done_matters(actor: Actor) -> QuerySet[Matter]:
    """Matters that the actor's unit issued and accepted, still done today."""
    return visible_matters(actor, few=True).filter(issuer__in=actor.units, state__in=DONE, accepted_at__isnull=False, lead__isnull=False)


def leads_of(actor: Actor) -> list[Unit]:
    """The units that led what was accepted, in their fixed order."""
    return list(Unit.objects.filter(pk__in=done_matters(actor).values("lead")).order_by("path"))


def themes_of(actor: Actor) -> list[str]:
    """The themes of what was accepted."""
    return sorted(done_matters(actor).exclude(theme="").order_by().values_list("theme", flat=True).distinct())


def accepted_by(matters: Sequence[Matter]) -> dict[int, int]:
    """Matter → who accepted its final report, the latest where there were several."""
    final = Report.objects.filter(matter__in=[one.pk for one in matters], final=True, state=ReportState.ACCEPTED, reviewed_by__isnull=False)
    return dict(final.order_by("reviewed_at", "pk").values_list("matter_id", "reviewed_by_id"))


def by_number(numbers: Collection[str], actor: Actor) -> list[Matter]:
    """The matters with these numbers, in their order."""
    found = {one.number: one for one in done_matters(actor).filter(number__in=numbers).select_related("lead")}
    return [found[number] for number in numbers]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
