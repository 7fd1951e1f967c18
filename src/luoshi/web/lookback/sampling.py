"""A random sample that anybody can draw again by hand: how many, how many of each unit, and which. No Django, no clock, no random numbers.

The size is that for a share, with the finite population correction: ``n0 = z² · p(1 − p) / e²`` with ``p = ½``, the worst case, then
``n = n0 / (1 + (n0 − 1) / N)``, rounded up (W. G. Cochran, *Sampling Techniques*, 3rd ed., Wiley 1977, §4.4).

Each matter has a lot: the SHA-256 of ``seed:number`` in UTF-8, written in hexadecimal. Of each unit those with the smallest lots are drawn.
The sample depends on the seed and the numbers alone, on no order of a database and on no generator of random numbers:

    printf '%s' '5f3a…:LJ-2026-0007' | sha256sum
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCES = (80, 90, 95, 99)
MARGINS = (5, 10, 15, 20)
"""Percent, and percentage points."""


class Lot(NamedTuple):
    """What a matter drew: its place in the draw is that of ``lot`` among those of its unit."""

    lot: str
    number: str


def z_of(confidence: int) -> float:
    """Two-sided quantile of the normal distribution: 95 → 1.96."""
    return NormalDist().inv_cdf(0.5 + confidence / 200)


def sample_size(population: int, *, confidence: int, margin: int) -> int:
    """How many of ``population`` to look at, so that a share is known to ``margin`` percentage points with ``confidence`` percent."""
    if population <= 0:
        return 0
    endless = z_of(confidence) ** 2 / 4 / (margin / 100) ** 2
    return min(population, ceil(round(endless / (1 + (endless - 1) / population), 9)))


def allocate(counts: Sequence[int], size: int) -> list[int]:
    """How many of each unit: in proportion to its matters, at least one where it has any, largest remainders first, ties to the unit that stands first.

    The sum is ``size``, raised to the number of units that have any, at most all.
    """
    size = min(sum(counts), max(size, sum(count > 0 for count in counts)))
    given = [0] * len(counts)
    rest = [place for place, count in enumerate(counts) if count > 0]
    while rest:
        left, total = size - sum(given), sum(counts[place] for place in rest)
        quotas = {place: Fraction(counts[place] * left, total) for place in rest}
        small = [place for place in rest if quotas[place] < 1]
        if not small:
            _largest_remainders(given, quotas, left)
            return given
        for place in small:
            given[place] = 1
        rest = [place for place in rest if place not in small]
    return given


def _largest_remainders(given: list[int], quotas: Mapping[int, Fraction], size: int) -> None:
    for place, quota in quotas.items():
        given[place] = floor(quota)
    short = size - sum(given[place] for place in quotas)
    for place in sorted(quotas, key=lambda place: (-(quotas[place] % 1), place))[:short]:
        given[place] += 1


def lots(numbers: Iterable[str], seed: str) -> list[Lot]:
    """The lots of matters, the smallest first."""
    return sorted(Lot(hashlib.sha256(f"{seed}:{number}".encode()).hexdigest(), number) for number in numbers)


def draw(numbers: Iterable[str], count: int, seed: str) -> list[str]:
    """The ``count`` numbers with the smallest lots, in the order of their lots."""
    return [one.number for one in lots(numbers, seed)[:count]]


def list_hash(numbers: Iterable[str]) -> str:
    """The SHA-256 of all numbers, sorted, one a line: two lists with the same hash are the same list."""
    return hashlib.sha256("\n".join(sorted(numbers)).encode()).hexdigest()
