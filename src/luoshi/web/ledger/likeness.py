"""How alike two Chinese sentences are, counted in pairs of characters: simple enough to be explained on a page. No Django."""

import re
from collections.abc import Hashable, Iterable
from heapq import nsmallest
from math import ceil
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)

_SILENT = re.compile(r"[\W_]+")
NEAR_SAME = 0.8
_ROUNDING = 1e-9


def pairs(text: str) -> frozenset[str]:
    """Every two characters that stand side by side, punctuation and spaces apart."""
    plain = _SILENT.sub("", text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared pairs among all pairs of both, 0 to 1 (Dice)."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


class Near(NamedTuple, Generic[K]):
    """An entry of an index that is like what was asked, and how much."""

    key: K
    score: float


class Index(Generic[K]):
    """Texts by their pairs, so that one is compared only with those that may be like it. A text that stands many times is compared once."""

    def __init__(self, entries: Iterable[tuple[K, str]]) -> None:
        self._keys: dict[frozenset[str], list[tuple[int, K]]] = {}
        for place, (key, text) in enumerate(entries):
            self._keys.setdefault(pairs(text), []).append((place, key))
        self._having: dict[str, list[frozenset[str]]] = {}
        for found in self._keys:
            for pair in found:
                self._having.setdefault(pair, []).append(found)

    def near(self, text: str, least: float, most: int | None = None) -> list[Near[K]]:
        """At most ``most`` (where it is said) entries whose likeness is at least ``least`` and that share a pair at all: the most alike first, then as they were given."""
        wanted = pairs(text)
        scored = [(likeness(wanted, found), found) for found in self._may_be(wanted, least)]
        kept = ((-score, place, key) for score, found in scored if score >= least for place, key in self._keys[found])
        best = sorted(kept) if most is None else nsmallest(most, kept)
        return [Near(key, -score) for score, _place, key in best]

    def _may_be(self, wanted: frozenset[str], least: float) -> set[frozenset[str]]:
        """Those that have one of the rarest pairs: without all of these, less than ``least`` is left to be shared, however short the other is."""
        shared = max(1, ceil(least * len(wanted) / (2 - least) - _ROUNDING))
        rarest = sorted((self._having.get(pair, []) for pair in wanted), key=len)[: len(wanted) - shared + 1]
        return set().union(*rarest)
