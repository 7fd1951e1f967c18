"""How alike two Chinese sentences are, counted in pairs of characters: simple enough to be explained on a page. No Django."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)

_SILENT = re.compile(r"[\W_]+")
NEAR_SAME = 0.8


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
    """Texts by their pairs, so that one is compared only with those that share something."""

    def __init__(self, entries: Iterable[tuple[K, str]]) -> None:
        self._keys: list[K] = []
        self._sizes: list[int] = []
        self._places: dict[str, list[int]] = {}
        for key, text in entries:
            found = pairs(text)
            for pair in found:
                self._places.setdefault(pair, []).append(len(self._keys))
            self._keys.append(key)
            self._sizes.append(len(found))

    def near(self, text: str, least: float) -> list[Near[K]]:
        """Entries whose likeness is at least ``least``, the most alike first."""
        wanted = pairs(text)
        shared = Counter(place for pair in wanted for place in self._places.get(pair, ()))
        scored = ((place, 2 * count / (len(wanted) + self._sizes[place])) for place, count in shared.items())
        kept = sorted(((place, score) for place, score in scored if score >= least), key=lambda one: (-one[1], one[0]))
        return [Near(self._keys[place], score) for place, score in kept]
