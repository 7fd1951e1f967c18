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
from luoshi.align.vectors import BITS, Held, characters_and_pairs

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
_OFTEN = 8
"""Columns that more lower rows than this use on average are multiplied as dense rows."""
_AT_ONCE = 4096
"""So many pairs of rows are multiplied at once: what is worked with stays in the cache, and its memory is not given back and asked for again."""
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


THRESHOLDS = Thresholds(found=0.5, to_check=0.2, act=0.43, inside=0.43, related=0.2, same_subject=0.03)


class Bag(NamedTuple):
    """Rows of columns with what each tells: row ``i`` is ``columns[starts[i]:starts[i + 1]]``."""

    columns: NDArray[np.int32]
    starts: NDArray[np.int32]
    weights: Floats

    def merged(self, firsts: Numbers) -> "Bag":
        """Rows put together: a new row begins at each of the old rows ``firsts``, which is in order and begins with 0."""
        return Bag(self.columns, self.starts[np.append(firsts, len(self.starts) - 1)], self.weights)

    def first(self, rows: int) -> "Bag":
        """The first rows."""
        end = self.starts[rows]
        return Bag(self.columns[:end], self.starts[: rows + 1], self.weights[:end])

    def sums(self) -> Floats:
        """What all of each row tells together."""
        if (self.starts[:-1] < self.starts[1:]).all():
            whole: Floats = np.add.reduceat(self.weights, self.starts[:-1]) if len(self.starts) > 1 else np.zeros(0, np.float32)
            return whole
        sums = np.zeros(len(self.starts) - 1, np.float32)
        there = np.flatnonzero(np.diff(self.starts))
        if there.size:
            sums[there] = np.add.reduceat(self.weights, self.starts[:-1][there])
        return sums

    def kept(self, which: NDArray[np.bool_]) -> "Bag":
        """The rows with some of their entries."""
        at = np.flatnonzero(which)
        return Bag(self.columns.take(at), np.searchsorted(at, self.starts).astype(np.int32), self.weights.take(at))

    def matrix(self, data: NDArray[Any], width: int) -> csr_matrix:
        """The rows as a matrix with ``data``."""
        return csr_matrix((data, self.columns, self.starts), shape=(len(self.starts) - 1, width), copy=False)

    def counts(self, width: int, kind: type[np.generic]) -> csr_matrix:
        """How often each row has each column."""
        return self.matrix(np.ones(len(self.columns), kind), width)


@dataclass(frozen=True)
class Wording:
    """The characters and the pairs of many texts, a row a text, and the subjects that they point to."""

    characters: Bag
    pairs: Bag
    subjects: Floats

    def first(self, rows: int) -> "Wording":
        """The wording of the first texts."""
        return Wording(self.characters.first(rows), self.pairs.first(rows), self.subjects[:rows])

    @cached_property
    def directions(self) -> Floats:
        """What each text is about: the roots of ``subjects``, rows of length 1 or 0."""
        roots = np.sqrt(self.subjects)
        norms = np.linalg.norm(roots, axis=1, keepdims=True)
        directions: Floats = np.divide(roots, norms, out=roots, where=norms > 0)
        return directions

    @cached_property
    def aims(self) -> Bag:
        """The same as rows of columns."""
        rows, width = self.directions.shape
        found = np.flatnonzero(self.directions)
        return Bag(found % width, np.searchsorted(found, np.arange(rows + 1) * width), self.directions.ravel().take(found))

    @cached_property
    def told(self) -> Floats:
        """What all pairs of each text tell together."""
        return self.pairs.sums()


def wording(texts: Sequence[str]) -> Wording:
    """The wording of ``texts``; line breaks of a page do not part a pair."""
    characters, pairs = characters_and_pairs([text.replace("\n", "") for text in texts])
    rare = _bag(characters, standard.character_weights(), _LEAST_CHARACTER)
    return Wording(rare._replace(weights=rare.weights * np.sqrt(rare.weights)), _bag(pairs, standard.pair_weights(), _LEAST_PAIR), _subjects(pairs))


def _bag(held: Held, weights: Floats, least: float) -> Bag:
    """The columns that tell ``least`` or more."""
    told = weights.take(held.columns)
    return Bag(held.columns >> _SHIFT, held.starts, told).kept(told >= least)


def _subjects(pairs: Held) -> Floats:
    """How many pairs of each text point to each subject: one column per subject, the first is none and stays empty."""
    numbers = standard.subject().take(pairs.columns)
    width, height = len(standard.subjects()), len(pairs.starts) - 1
    found = np.flatnonzero(numbers)
    rows = np.searchsorted(pairs.starts, found, "right") - 1
    return np.bincount(rows * width + numbers[found], minlength=height * width).reshape(-1, width).astype(np.float32)


class Left(NamedTuple):
    """What is left of the weight of a column, ``by_use``, and how often each column is ``used``."""

    used: Numbers
    by_use: Floats

    def of(self, columns: NDArray[np.int32]) -> Floats:
        """What is left of the weight of each of ``columns``."""
        return self.by_use.take(self.used.take(columns))


class Damping(NamedTuple):
    """What is left of the weight of each character and each pair, by how many clauses of the two documents use it."""

    characters: Left
    pairs: Left


def damping(upper: Wording, lower: Wording) -> Damping:
    """What the two documents say all the time tells little between them; pairs are damped more than characters."""
    return Damping(_left(upper.characters, lower.characters, 0.5), _left(upper.pairs, lower.pairs, 1))


def _left(upper: Bag, lower: Bag, power: float) -> Left:
    clauses = max(_FEW, len(upper.starts) + len(lower.starts) - 2)
    used = np.bincount(np.concatenate((upper.columns, lower.columns)), minlength=COLUMNS)
    by_use = (1 - np.log1p(np.arange(-2, used.max(initial=0) - 1).clip(0)) / np.log(clauses)).clip(_LEAST_LEFT, 1)
    return Left(used, (by_use**power).astype(np.float32))


@dataclass(frozen=True)
class Shared:
    """What rows of two documents have in common. ``upper`` and ``lower`` are the weight of all that a row holds; ``above`` and ``below`` hold what
    occurs in both documents, its columns numbered anew below ``width``."""

    upper: Floats
    lower: Floats
    above: Bag
    below: Bag
    width: int

    def merged(self, upper_firsts: Numbers, lower_firsts: Numbers) -> "Shared":
        """The same of rows put together."""
        upper, lower = np.add.reduceat(self.upper, upper_firsts), np.add.reduceat(self.lower, lower_firsts)
        return Shared(upper, lower, self.above.merged(upper_firsts), self.below.merged(lower_firsts), self.width)

    def first(self, upper_rows: int, lower_rows: int) -> "Shared":
        """The same of the first rows."""
        return Shared(self.upper[:upper_rows], self.lower[:lower_rows], self.above.first(upper_rows), self.below.first(lower_rows), self.width)

    @cached_property
    def roots(self) -> tuple[Floats, Floats]:
        """What the weight of what two rows share is multiplied by to be their cosine."""
        return _root(self.upper), _root(self.lower)

    @cached_property
    def sparse(self) -> csr_matrix:
        """The weight of what the lower rows share with each upper row, where it is not zero."""
        return self.above.matrix(self.above.weights, self.width) @ self.below.counts(self.width, np.float32).T

    @cached_property
    def dense(self) -> Floats:
        """The same of all rows."""
        if len(self.below.columns) < _OFTEN * self.width:
            product: Floats = self.sparse.toarray()
        else:
            product = self.above.matrix(self.above.weights, self.width) @ self.below.counts(self.width, np.float32).T.toarray(order="C")
        return product

    def of(self, rows: Numbers, columns: Numbers) -> Floats:
        """The same of pairs of rows."""
        return self.dense.ravel().take(rows * len(self.lower) + columns)

    def cosine(self) -> Floats:
        """The geometric mean of the two shares, of all rows."""
        first, second = self.roots
        cosine = self.dense * first[:, None]
        cosine *= second
        return cosine

    def cosine_of(self, both: Floats, rows: Numbers, columns: Numbers) -> Floats:
        """The same, of pairs of rows that share ``both``."""
        first, second = self.roots
        return both * first.take(rows) * second.take(columns)

    def larger_of(self, both: Floats, rows: Numbers, columns: Numbers) -> Floats:
        """The share of what both have in the one that has less, of pairs of rows that share ``both``."""
        return both / np.maximum(np.minimum(self.upper.take(rows), self.lower.take(columns)), np.float32(1e-6))

    def best(self) -> Numbers:
        """For each upper row the lower one of the highest cosine, -1 where none shares anything."""
        both = self.sparse
        per_row = np.diff(both.indptr)
        found = np.full(len(per_row), -1, np.int64)
        there = np.flatnonzero(per_row)
        if not there.size:
            return found
        alike = both.data * self.roots[1][both.indices]  # the root of the upper is the same in all of a row
        best = np.repeat(np.maximum.reduceat(alike, both.indptr[:-1][there]), per_row[there])
        at = np.flatnonzero(alike == best)
        rows = np.searchsorted(both.indptr, at, "right") - 1
        found[there] = both.shape[1]
        np.minimum.at(found, rows, both.indices[at])
        return found


def shared(upper: Bag, lower: Bag, left: Left) -> Shared:
    """What rows of ``upper`` have in common with rows of ``lower``, of each column what is ``left`` of its weight."""
    above, below = (Bag(bag.columns, bag.starts, bag.weights * left.of(bag.columns)) for bag in (upper, lower))
    there = np.zeros(COLUMNS, bool)
    there[below.columns] = True
    kept = there.take(above.columns)
    common = np.zeros(COLUMNS, bool)
    common[above.columns[kept]] = True
    numbers = np.empty(COLUMNS, np.int32)  # asked for common columns only
    columns = np.flatnonzero(common)
    numbers[columns] = np.arange(columns.size)
    ours, theirs = above.kept(kept), below.kept(common.take(below.columns))
    return Shared(
        above.sums(), below.sums(), ours._replace(columns=numbers.take(ours.columns)), theirs._replace(columns=numbers.take(theirs.columns)), columns.size
    )  # fmt: skip


def _root(weights: Floats) -> Floats:
    roots: Floats = 1 / np.sqrt(np.maximum(weights, np.float32(1e-6)))
    return roots


def _products(bag: Bag, table: NDArray[Any], rows: Numbers, others: Numbers) -> Floats:
    """For pairs of a row of ``bag`` and a row of ``table``, which have the same columns: the sum of the products of the two."""
    matrix = bag.matrix(bag.weights, table.shape[1])
    parts = [_products_of(matrix[rows[n : n + _AT_ONCE]], table, others[n : n + _AT_ONCE]) for n in range(0, len(rows), _AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _products_of(picked: csr_matrix, table: NDArray[Any], others: Numbers) -> Floats:
    places = np.repeat(others * table.shape[1], np.diff(picked.indptr))
    places += picked.indices
    return Bag(picked.indices, picked.indptr, picked.data * table.ravel().take(places)).sums()


class Likeness:
    """The likeness of upper rows to lower rows."""

    def __init__(self, characters: Shared, pairs: Shared, directions: tuple[Bag, Floats]) -> None:
        self.characters, self.pairs, self._directions = characters, pairs, directions

    @classmethod
    def of(cls, upper: Wording, lower: Wording, damped: Damping) -> "Likeness":
        """That of all rows of two wordings."""
        characters, pairs = shared(upper.characters, lower.characters, damped.characters), shared(upper.pairs, lower.pairs, damped.pairs)
        return cls(characters, pairs, (upper.aims, lower.directions))

    def first(self, upper_rows: int, lower_rows: int) -> "Likeness":
        """That of the first rows."""
        above, below = self._directions
        return Likeness(self.characters.first(upper_rows, lower_rows), self.pairs.first(upper_rows, lower_rows), (above.first(upper_rows), below[:lower_rows]))

    def subjects_of(self, rows: Numbers, columns: Numbers) -> Floats:
        """How far the subjects of some pairs of rows are the same."""
        above, below = self._directions
        both = np.flatnonzero((np.diff(above.starts) > 0).take(rows) & below.any(axis=1).take(columns))
        same = np.zeros(len(rows), np.float32)
        same[both] = _products(above, below, rows.take(both), columns.take(both))
        return same

    def acts(self, rows: Numbers, columns: Numbers) -> Floats:
        """How sure it is that two clauses belong together, 0..1, of some pairs of rows."""
        a, b, c, d, e = map(np.float32, _ACTS)
        characters, pairs = self.characters, self.pairs
        both = _products(characters.above, characters.below.counts(characters.width, np.uint8).toarray(), rows, columns)
        told = a * characters.cosine_of(both, rows, columns) + b * characters.larger_of(both, rows, columns)
        told += c * pairs.cosine_of(pairs.of(rows, columns), rows, columns) + d * self.subjects_of(rows, columns) + e
        return _sigmoid(told)


def bundles(without_acts: Floats, best_acts: Floats) -> Floats:
    """How sure it is that two passages belong together, 0..1: what their wholes and headings say (``outline``), and their best clauses."""
    return _sigmoid(np.float32(_STEEP) * (without_acts + np.float32(_BUNDLES[0]) * best_acts - np.float32(_HALF)))


def outline(wholes: Floats, paths: Floats, crossed: Floats) -> Floats:
    """What wholes, the headings above both, and the headings above one against the other say of two passages."""
    _a, b, c, d = map(np.float32, _BUNDLES)
    told: Floats = b * wholes
    told += c * paths
    told += d * crossed
    return told


def _sigmoid(x: Floats) -> Floats:
    probability: Floats = 1 / (1 + np.exp(-x))
    return probability
