"""How alike two passages are: the share of their wording that both have, weighed by how much it tells.

Single characters and pairs of characters both count: pairs tell more, characters survive when words change places or lose a part
(住房保障, 保障性住房). Each counts by how rare it is in directives, little where it is standard wording, and less where these two documents
use it all the time; what tells next to nothing is left out. What a passage is about (its subjects) bridges different words. Likeness
says whether two passages can belong together; what became of the one in the other is ``relations``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from luoshi.align import standard
from luoshi.align.vectors import BITS, grams

Floats = NDArray[np.floating[Any]]
Numbers = NDArray[np.int64]
COLUMNS = 1 << 16
"""Columns in which two documents are compared: few enough that an empty matrix costs nothing, enough that passages do not collide."""
_SHIFT = BITS - 16
_LEAST_CHARACTER, _LEAST_PAIR = 2.0, 1.0
"""Characters and pairs that tell less than this are left out."""
_RARE = 1.5
"""Characters count by this power of what they tell, since few of them are rare."""
_LEAST_LEFT = 0.05
_FEW = 200
"""Documents of fewer clauses than this are damped as if they had as many: in a short text nothing is said all the time."""

# Fitted by logistic regression to pairs of clauses judged by reading; see docs/explanation/alignment.md. In this order: likeness of
# characters, the larger share of characters, likeness of pairs, likeness of subjects, and the constant.
_ACTS = (4.1, 1.4, 3.4, 0.7, -5.0)
# Bundles: best clauses, wholes, headings, headings against wholes; then where the score is even and how steep it rises.
_BUNDLES = (0.19, 0.62, 0.2, 0.06)
_HALF, _STEEP = 0.31, 18.0


class Thresholds(NamedTuple):
    """Where the bands begin: bundles ``found`` and ``to_check``, clauses that belong together (``act``; ``inside`` bundles that do) or share
    their subject (``related``; ``same_subject`` where the lists of subjects say so, too)."""

    found: float
    to_check: float
    act: float
    inside: float
    related: float
    same_subject: float


THRESHOLDS = Thresholds(found=0.5, to_check=0.2, act=0.4, inside=0.34, related=0.2, same_subject=0.03)


class Bag(NamedTuple):
    """Rows of columns with what each tells: row ``i`` is ``columns[starts[i]:starts[i + 1]]``."""

    columns: NDArray[np.int32]
    starts: NDArray[np.int32]
    weights: Floats

    def merged(self, firsts: Numbers) -> "Bag":
        """Rows put together: a new row begins at each of the old rows ``firsts``, which is in order and begins with 0."""
        return Bag(self.columns, self.starts[np.append(firsts, len(self.starts) - 1)], self.weights)

    def sums(self, weights: Floats) -> Floats:
        """The sum of ``weights`` over each row."""
        sums = np.zeros(len(self.starts) - 1, np.float32)
        there = np.flatnonzero(np.diff(self.starts))
        if there.size:
            sums[there] = np.add.reduceat(weights, self.starts[:-1][there])
        return sums

    def matrix(self, data: Floats) -> csr_matrix:
        """The rows as a matrix with ``data``."""
        return csr_matrix((data, self.columns, self.starts), shape=(len(self.starts) - 1, COLUMNS), copy=False)


@dataclass(frozen=True)
class Wording:
    """The characters and the pairs of many texts, a row a text, and the subjects that they point to."""

    characters: Bag
    pairs: Bag
    subjects: Floats

    def merged(self, firsts: Numbers) -> "Wording":
        """The wording of texts put together."""
        return Wording(self.characters.merged(firsts), self.pairs.merged(firsts), np.add.reduceat(self.subjects, firsts, axis=0))

    @cached_property
    def told(self) -> Floats:
        """What all pairs of each text tell together."""
        return self.pairs.sums(self.pairs.weights)


def wording(texts: Sequence[str]) -> Wording:
    """The wording of ``texts``; line breaks of a page do not part a pair."""
    joined = [text.replace("\n", "") for text in texts]
    characters, pairs = grams(joined, sizes=(1,)), grams(joined, sizes=(2,))
    told = standard.character_weights()[characters.indices]
    return Wording(
        _bag(characters, np.where(told < _LEAST_CHARACTER, 0, told * np.sqrt(told))), _bag(pairs, standard.pair_weights()[pairs.indices], _LEAST_PAIR), _subjects(pairs)
    )  # fmt: skip


def _bag(counts: csr_matrix, weights: Floats, least: float = 1e-6) -> Bag:
    kept = weights >= least
    before = np.concatenate(([0], np.cumsum(kept, dtype=np.int32)))
    return Bag(counts.indices[kept] >> _SHIFT, before[counts.indptr], weights[kept].astype(np.float32, copy=False))


def _subjects(pairs: csr_matrix) -> Floats:
    """How many pairs of each text point to each subject: one column per subject, the first is none and stays empty."""
    numbers = standard.subject()[pairs.indices]
    width, height = len(standard.subjects()), pairs.shape[0]
    rows = np.repeat(np.arange(height), np.diff(pairs.indptr))
    found = np.bincount(rows * width + numbers, minlength=height * width).reshape(-1, width).astype(np.float32)
    found[:, 0] = 0
    return found


def _directions(counts: Floats) -> Floats:
    """The roots of the counts, rows of length 1 or 0."""
    roots = np.sqrt(counts)
    norms = np.linalg.norm(roots, axis=1, keepdims=True)
    directions: Floats = np.divide(roots, norms, out=roots, where=norms > 0)
    return directions


class Damping(NamedTuple):
    """What is left of the weight of each character and each pair, by how many clauses of the two documents use it."""

    characters: Floats
    pairs: Floats


def damping(upper: Wording, lower: Wording) -> Damping:
    """What the two documents say all the time tells little between them; pairs are damped more than characters."""
    return Damping(np.sqrt(_left(upper.characters, lower.characters)), _left(upper.pairs, lower.pairs))


def _left(upper: Bag, lower: Bag) -> Floats:
    clauses = max(_FEW, len(upper.starts) + len(lower.starts) - 2)
    used = np.bincount(upper.columns, minlength=COLUMNS) + np.bincount(lower.columns, minlength=COLUMNS)
    by_use = (1 - np.log1p(np.arange(-2, used.max(initial=0) - 1).clip(0)) / np.log(clauses)).clip(_LEAST_LEFT, 1).astype(np.float32)
    left: Floats = by_use[used]
    return left


class Shared:
    """For upper rows against lower rows the weight of what both hold, and the weight of each alone."""

    def __init__(self, upper: Bag, lower: Bag, left: Floats) -> None:
        self._above = upper.weights * left[upper.columns]
        self.upper = upper.sums(self._above)
        self.lower = lower.sums(lower.weights * left[lower.columns])
        self.both = upper.matrix(self._above) @ lower.matrix(np.ones(len(lower.columns), np.float32)).T

    @cached_property
    def _dense(self) -> Floats:
        dense: Floats = self.both.toarray()
        return dense

    def cosine(self) -> Floats:
        """The geometric mean of the two shares, of all rows."""
        return self._dense * _root(self.upper)[:, None] * _root(self.lower)[None, :]

    def cosine_of(self, rows: Numbers, columns: Numbers) -> Floats:
        """The same, of some pairs of rows."""
        return self._dense[rows, columns] * _root(self.upper)[rows] * _root(self.lower)[columns]

    def larger_of(self, rows: Numbers, columns: Numbers) -> Floats:
        """The share of what both have in the one that has less, of some pairs of rows."""
        return self._dense[rows, columns] / np.maximum(np.minimum(self.upper[rows], self.lower[columns]), np.float32(1e-6))

    def best(self) -> Numbers:
        """For each upper row the lower one of the highest cosine, -1 where none shares anything."""
        both = self.both
        per_row = np.diff(both.indptr)
        found = np.full(len(per_row), -1, np.int64)
        there = np.flatnonzero(per_row)
        if not there.size:
            return found
        alike = both.data * _root(self.lower)[both.indices]  # the root of the upper is the same in all of a row
        best = np.repeat(np.maximum.reduceat(alike, both.indptr[:-1][there]), per_row[there])
        at = np.flatnonzero(alike == best)
        rows = np.searchsorted(both.indptr, at, "right") - 1
        found[there] = both.shape[1]
        np.minimum.at(found, rows, both.indices[at])
        return found


def _root(weights: Floats) -> Floats:
    roots: Floats = 1 / np.sqrt(np.maximum(weights, np.float32(1e-6)))
    return roots


class Likeness:
    """The likeness of upper rows to lower rows."""

    def __init__(self, upper: Wording, lower: Wording, damped: Damping) -> None:
        self.characters = Shared(upper.characters, lower.characters, damped.characters)
        self.pairs = Shared(upper.pairs, lower.pairs, damped.pairs)
        self._above, self._below = _directions(upper.subjects), _directions(lower.subjects)

    def subjects_of(self, rows: Numbers, columns: Numbers) -> Floats:
        """How far the subjects of some pairs of rows are the same."""
        alike: Floats = np.einsum("ij,ij->i", self._above[rows], self._below[columns])
        return alike

    def acts(self, rows: Numbers, columns: Numbers) -> Floats:
        """How sure it is that two clauses belong together, 0..1, of some pairs of rows."""
        a, b, c, d, e = map(np.float32, _ACTS)
        characters, pairs = self.characters, self.pairs
        return _sigmoid(a * characters.cosine_of(rows, columns) + b * characters.larger_of(rows, columns) + c * pairs.cosine_of(rows, columns) + d * self.subjects_of(rows, columns) + e)

    def wholes(self) -> Floats:
        """The mean likeness of characters and pairs, of all rows."""
        return (self.characters.cosine() + self.pairs.cosine()) / np.float32(2)


def bundles(without_acts: Floats, best_acts: Floats) -> Floats:
    """How sure it is that two passages belong together, 0..1: what their wholes and headings say (``outline``), and their best clauses."""
    return _sigmoid(np.float32(_STEEP) * (without_acts + np.float32(_BUNDLES[0]) * best_acts - np.float32(_HALF)))


def outline(wholes: Floats, paths: Floats, crossed: Floats) -> Floats:
    """What wholes, the headings above both, and the headings above one against the other say of two passages."""
    _a, b, c, d = map(np.float32, _BUNDLES)
    told: Floats = b * wholes + c * paths + d * crossed
    return told


def _sigmoid(x: Floats) -> Floats:
    probability: Floats = 1 / (1 + np.exp(-x))
    return probability
