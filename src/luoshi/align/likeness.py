"""How alike two passages are: the share of their wording that both have, weighed by how much it tells.

Single characters and pairs of characters both count: pairs tell more, characters survive when words change places or lose a part
(住房保障, 保障性住房). Each counts by how rare it is in directives, little where it is standard wording, and a pair less where these two
documents use it all the time. What a passage is about (``subjects``) bridges different words. Likeness says whether two passages can
belong together; what became of the one in the other is ``relations``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from luoshi.align import standard
from luoshi.align.vectors import BITS, grams

Matrix = NDArray[np.float32]
COLUMNS = 1 << 17
"""Columns in which two documents are compared: few enough that an empty matrix costs nothing, enough that passages do not collide."""
_SHIFT = BITS - 17
_LEAST_LEFT = 0.05
_FEW = 200
"""Documents of fewer clauses than this are damped as if they had as many: in a short text nothing is said all the time."""
_RARE = 1.5
"""Characters count by this power of what they tell, since few of them are rare."""

# Fitted by logistic regression to 383 pairs of clauses of real documents, judged by reading, and 130 invented ones; see
# docs/explanation/alignment.md. In this order: likeness of characters, the larger share of characters, likeness of pairs, likeness of subjects.
_ACTS = (3.65, 2.51, 2.6, 0.7, -5.49)


class Thresholds(NamedTuple):
    """Where the bands begin: bundles ``found`` and ``to_check``, clauses that belong together (``act``; ``inside`` bundles that do) or share their subject
    (``related``; ``same_subject`` where the lists of subjects say so, too)."""

    found: float
    to_check: float
    act: float
    inside: float
    related: float
    same_subject: float


THRESHOLDS = Thresholds(found=0.5, to_check=0.2, act=0.4, inside=0.34, related=0.2, same_subject=0.03)


# Bundles: best clauses, wholes, headings, headings against wholes; then where the score is even and how steep it rises.
_BUNDLES = (0.19, 0.62, 0.13, 0.06)
_HALF, _STEEP = 0.26, 18.0


@dataclass(frozen=True)
class Wording:
    """The characters and the pairs of many texts: ones, a row a text; and what each entry tells."""

    characters: csr_matrix
    pairs: csr_matrix
    character_weights: NDArray[np.float32]
    pair_weights: NDArray[np.float32]

    @cached_property
    def told(self) -> NDArray[np.float32]:
        """What all pairs of each text tell together."""
        return _row_sums(self.pairs, self.pair_weights)

    @cached_property
    def subjects(self) -> Matrix:
        """What each text is about: one column per subject, rows of length 1 or 0."""
        numbers = standard.subject()[self.pairs.indices]
        width, height = len(standard.subjects()), self.pairs.shape[0]
        rows = np.repeat(np.arange(height), np.diff(self.pairs.indptr))
        found = np.bincount(rows * width + numbers, minlength=height * width).reshape(-1, width).astype(np.float32)
        found[:, 0] = 0
        np.sqrt(found, out=found)
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        return np.divide(found, norms, out=found, where=norms > 0)


def wording(texts: Sequence[str]) -> Wording:
    """The wording of ``texts``; line breaks of a page do not part a pair."""
    joined = [text.replace("\n", "") for text in texts]
    characters, pairs = grams(joined, sizes=(1,)), grams(joined, sizes=(2,))
    return Wording(characters, pairs, standard.character_weights()[characters.indices] ** np.float32(_RARE), standard.pair_weights()[pairs.indices])


@dataclass(frozen=True)
class Shared:
    """For every upper row and lower row the weight of what both hold, and the weight of each alone."""

    both: Matrix
    upper: NDArray[np.float32]
    lower: NDArray[np.float32]

    @cached_property
    def of_upper(self) -> Matrix:
        """The share of the upper wording that the lower has, too."""
        return np.divide(self.both, np.maximum(self.upper, 1e-6)[:, None], dtype=np.float32)

    @cached_property
    def larger(self) -> Matrix:
        """The share of what both have in the one that has less."""
        return np.divide(self.both, np.maximum(np.minimum(self.upper[:, None], self.lower[None, :]), 1e-6), dtype=np.float32)

    @cached_property
    def cosine(self) -> Matrix:
        """The geometric mean of the two shares."""
        return np.divide(self.both, np.sqrt(np.maximum(self.upper, 1e-6)[:, None] * np.maximum(self.lower, 1e-6)[None, :]), dtype=np.float32)


class Damping(NamedTuple):
    """What is left of the weight of each character and each pair, by how many clauses of the two documents use it."""

    characters: NDArray[np.float32]
    pairs: NDArray[np.float32]


def damping(upper: Wording, lower: Wording) -> Damping:
    """What the two documents say all the time tells little between them; pairs are damped more than characters."""
    characters = np.sqrt(_left(upper.characters, lower.characters))
    return Damping(characters, _left(upper.pairs, lower.pairs))


def _left(upper: csr_matrix, lower: csr_matrix) -> NDArray[np.float32]:
    clauses = max(_FEW, upper.shape[0] + lower.shape[0])
    used = np.bincount(upper.indices >> _SHIFT, minlength=COLUMNS) + np.bincount(lower.indices >> _SHIFT, minlength=COLUMNS)
    left: NDArray[np.float32] = (1 - np.log1p(np.maximum(0, used - 2)) / np.log(clauses)).clip(_LEAST_LEFT, 1).astype(np.float32)
    return left


class Likeness:
    """The likeness of all upper rows to all lower rows."""

    def __init__(self, upper: Wording, lower: Wording, damped: Damping) -> None:
        self.characters = _shared(upper.characters, lower.characters, upper.character_weights, lower.character_weights, damped.characters)
        self.pairs = _shared(upper.pairs, lower.pairs, upper.pair_weights, lower.pair_weights, damped.pairs)
        self.subjects: Matrix = upper.subjects @ lower.subjects.T

    @cached_property
    def mean(self) -> Matrix:
        """The mean likeness of characters and pairs."""
        return np.divide(self.characters.cosine + self.pairs.cosine, 2, dtype=np.float32)

    def acts(self) -> Matrix:
        """How sure it is that two clauses belong together, 0..1."""
        a, b, c, d, e = _ACTS
        return _sigmoid(a * self.characters.cosine + b * self.characters.larger + c * self.pairs.cosine + d * self.subjects + e)


def bundles(whole: Matrix, best_acts: Matrix, paths: Matrix, crossed: Matrix) -> Matrix:
    """How sure it is that two passages belong together, 0..1: as wholes, by their best clauses, by the headings above both, and by the
    headings above one against the other."""
    a, b, c, d = _BUNDLES
    return _sigmoid(_STEEP * (a * best_acts + b * whole + c * paths + d * crossed - _HALF))


def _shared(upper: csr_matrix, lower: csr_matrix, upper_weights: NDArray[np.float32], lower_weights: NDArray[np.float32], left_of: NDArray[np.float32]) -> Shared:
    upper_weights, lower_weights = upper_weights * left_of[upper.indices >> _SHIFT], lower_weights * left_of[lower.indices >> _SHIFT]
    left = csr_matrix((upper_weights, upper.indices >> _SHIFT, upper.indptr), shape=(upper.shape[0], COLUMNS), copy=False)
    right = csr_matrix((np.ones(lower.nnz, np.float32), lower.indices >> _SHIFT, lower.indptr), shape=(lower.shape[0], COLUMNS), copy=False)
    return Shared((left @ right.T).toarray(), _row_sums(upper, upper_weights), _row_sums(lower, lower_weights))


def _row_sums(counts: csr_matrix, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    sums = np.zeros(counts.shape[0], np.float32)
    there = np.flatnonzero(np.diff(counts.indptr))
    if there.size:
        sums[there] = np.add.reduceat(weights, counts.indptr[there])
    return sums


def _sigmoid(x: Matrix) -> Matrix:
    result: Matrix = 1 / (1 + np.exp(-x))
    return result
