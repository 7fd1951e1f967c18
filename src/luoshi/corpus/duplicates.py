"""Documents that are one text: identical, or near enough that a viewer's toolbar, a byline or a misprint makes the difference.

Candidates are found by the smallest hashes of their character runs, then compared in full: similarity is the share of runs that both
have; ``held`` is the share of the shorter one's runs that the longer one has, too, which a long tail of links does not lower.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from luoshi.corpus.opening import Dataset
from luoshi.corpus.sketch import SKETCH, letters, runs

SIMILAR = 0.8
HELD = 0.9
_NOT_MUCH_LONGER = 2.0
_LEAST_SHARED = SKETCH // 5
_LEAST_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that are one text, in the order of their paths; ``similarity`` of each to the first one, ``identical`` where every letter is."""

    documents: tuple[str, ...]
    similarity: tuple[float, ...]
    held: tuple[float, ...]
    identical: tuple[bool, ...]


def duplicates(held: Dataset) -> list[Group]:
    """Every group of two documents or more, in the order of their first paths."""
    table = held.table("documents", ["document", "letters", "letters_sha256", "sketch", "text"])
    table = table.filter([letters >= _LEAST_LETTERS for letters in table["letters"].to_pylist()])
    names: list[str] = table["document"].to_pylist()
    digests: list[str] = table["letters_sha256"].to_pylist()
    same: dict[str, list[int]] = defaultdict(list)
    for i, digest in enumerate(digests):
        same[digest].append(i)
    texts = _Texts(table["text"], [rows[0] for rows in same.values()])
    sketches = [table["sketch"][i].values.to_numpy() for i in texts.rows]
    links = [(a, b) for a, b in _candidates(sketches, [table["letters"][i].as_py() for i in texts.rows]) if texts.alike(a, b)]
    place = {digest: k for k, digest in enumerate(same)}
    members = list(same.values())
    groups = [sorted(i for k in group for i in members[k]) for group in _joined(len(members), links)]
    return sorted((_group([(names[i], place[digests[i]]) for i in rows], texts) for rows in groups if len(rows) > 1), key=lambda group: group.documents)


def _candidates(sketches: Sequence[NDArray[np.uint64]], lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of documents of like length whose sketches share enough."""
    if not sketches:
        return
    values, columns = np.unique(np.concatenate(sketches), return_inverse=True)
    pointers = np.concatenate(([0], np.cumsum([one.size for one in sketches])))
    matrix = csr_matrix((np.ones(columns.size, dtype=np.int32), columns.astype(np.int32), pointers), shape=(len(sketches), values.size))
    shared = (matrix @ matrix.T).tocoo()
    for a, b, count in zip(shared.row.tolist(), shared.col.tolist(), shared.data.tolist(), strict=True):
        short, long = sorted((lengths[a], lengths[b]))
        if a < b and long <= short * _NOT_MUCH_LONGER and count >= min(_LEAST_SHARED, sketches[a].size // 3, sketches[b].size // 3):
            yield a, b


class _Texts:
    """The different texts, as sets of runs that are made when they are asked for; ``rows`` are those of the table."""

    def __init__(self, column: pa.ChunkedArray, rows: list[int]) -> None:
        self._column, self.rows = column, rows
        self._made: dict[int, NDArray[np.uint64]] = {}

    def of(self, k: int) -> NDArray[np.uint64]:
        """The hashes of text ``k``, sorted, each once."""
        if k not in self._made:
            self._made[k] = np.unique(runs(letters(self._column[self.rows[k]].as_py())))
        return self._made[k]

    def measures(self, a: int, b: int) -> tuple[float, float]:
        """How similar two texts are, and how much of the shorter one the other holds."""
        if a == b:
            return 1.0, 1.0
        one, other = self.of(a), self.of(b)
        both = np.intersect1d(one, other, assume_unique=True).size
        return both / (one.size + other.size - both), both / min(one.size, other.size)

    def alike(self, a: int, b: int) -> bool:
        """True where the two are one text."""
        similarity, held = self.measures(a, b)
        return similarity >= SIMILAR or held >= HELD


def _joined(count: int, links: list[tuple[int, int]]) -> list[list[int]]:
    """What hangs together."""
    root = list(range(count))

    def top(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for a, b in links:
        root[max(top(a), top(b))] = min(top(a), top(b))
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(count):
        groups[top(i)].append(i)
    return list(groups.values())


def _group(rows: list[tuple[str, int]], texts: _Texts) -> Group:
    first = rows[0][1]
    measured = [texts.measures(first, k) for _name, k in rows]
    return Group(tuple(name for name, _k in rows), tuple(round(s, 4) for s, _h in measured), tuple(round(h, 4) for _s, h in measured), tuple(k == first for _name, k in rows))
