"""What becomes of each matter: who issued it, who leads it, when what happened. Pure: numbers and days, no rows."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from bench.city import Size
from bench.city.places import Place, Places

YOUNG = ("draft", *("issued",) * 8, "proposed", "coordinating", *("active",) * 5)
USUAL = ("draft", "issued", "issued", *("active",) * 9, "submitted", "coordinating", "suspended", "accepted", *("closed",) * 4)
OLD = (*("closed",) * 43, "standing", "standing", "terminated", "active", "active", "accepted", "escalated")
"""States by age: in the first fortnight, in the first ten months, later."""
ENDED = frozenset({"accepted", "standing", "closed", "terminated"})
CADENCES = (*("monthly",) * 6, "quarterly", "quarterly", "weekly", "half-yearly")


class Life(NamedTuple):
    """One matter. Days are ordinals; ``ended`` is 0 while it runs, ``planned`` 0 where there is no plan. ``above`` are the matters it descends from."""

    pk: int
    state: str
    issuer: Place
    lead: Place
    begun: int
    due: int
    planned: int
    cadence: str
    ended: int
    above: tuple[int, ...]

    @property
    def issued(self) -> int:
        """The day it was issued."""
        return self.begun + 1

    @property
    def is_issued(self) -> bool:
        """True from its issue on."""
        return self.state not in ("draft", "proposed")


def lives(size: Size, places: Places, today: int) -> Iterator[Life]:
    """Every matter in the order in which they were begun."""
    random = Random(size.seed)
    parents: dict[int, list[tuple[int, ...]]] = {}  # unit → matters that it leads and may divide, each with what stands above it
    for n in range(size.matters):
        pk, age = n + 1, 3 + (size.matters - n) * (size.days - 3) // size.matters
        issuer, lead, above = _whose(random, n, places, parents)
        state = _state(random, age)
        begun = today - age
        planned = begun + 4 if state not in ("draft", "proposed", "issued", "coordinating") and random.random() < 0.8 else 0
        ended = min(today - 1, begun + 60 + random.randrange(200)) if state in ENDED else 0
        due = ended + random.randrange(-5, 40) if ended else today + random.randrange(-30, 300)
        if state not in ("draft", "proposed") and len(above) < 2:
            kept = parents.setdefault(lead.pk, [])
            kept.append((pk, *above))
            del kept[:-20]
        yield Life(pk, state, issuer, lead, begun, due, planned, random.choice(CADENCES) if planned else "", ended, above)


def _state(random: Random, age: int) -> str:
    return random.choice(YOUNG if age < 15 else USUAL if age <= 300 else OLD)


def _whose(random: Random, n: int, places: Places, parents: dict[int, list[tuple[int, ...]]]) -> tuple[Place, Place, tuple[int, ...]]:
    """Issuer, lead, and what stands above: of twenty matters one is the city's own, six its departments', nine the counties', four theirs."""
    if not places.counties:
        return places.top, places.departments[n % len(places.departments)], ()
    turn = n % 20
    county, offices, towns = places.counties[random.randrange(len(places.counties))]
    if turn == 0:
        return places.top, random.choice((county, random.choice(places.departments))), ()
    if turn < 7:
        k = random.randrange(len(places.departments))
        return places.departments[k], offices[k % len(offices)], ()
    issuer = county if turn < 16 else random.choice(offices)
    lead = random.choice(offices if issuer is county and turn < 11 else towns)
    known = parents.get(issuer.pk, ())
    return issuer, lead, random.choice(known) if known and random.random() < 0.5 else ()
