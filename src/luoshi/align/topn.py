"""The n most similar rows of one matrix for every row of another, in whole, in tiles, and without all the work.

Scores are cosines where rows are of length 1 (``vectors.weighted``). They are taken in float64 over weights on a grid, so they are
exact: the order of sums, the tiles, the threads and the library that multiplies make no difference, and equal scores stand in the
order of their columns. ``kept`` below 1 looks for candidates by the heaviest part of every upper row and then scores the candidates
in full: what it returns is exact, what it misses is measured in ``bench/align_scale.py``. docs/decisions/0013-vectors.md has the reasons.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from luoshi.align.vectors import Places, document_frequency

try:
    from sparse_dot_topn import sp_matmul_topn
except ImportError:  # no wheel for this machine
    sp_matmul_topn = None

TILE_ROWS = 1 << 16
TILE_COLUMNS = 1 << 18
KEPT = 0.95
"""The ``kept`` that pays from a few hundred thousand rows on."""
CANDIDATES = 2
"""How many times ``n`` candidates are scored in full where ``kept`` is below 1; at least ``LEAST_CANDIDATES``."""
LEAST_CANDIDATES = 10

_PRODUCTS = 1 << 22  # what one step of the scipy way may hold
_PAIRS = 1 << 15  # how many candidates are scored at once


class Top(NamedTuple):
    """Pairs of an upper row and a lower row (``column``), sorted by row, then score from the highest, then column."""

    row: NDArray[np.int32]
    column: NDArray[np.int32]
    score: NDArray[np.float64]


class _Best(NamedTuple):
    """The same with one line for every upper row; unused places have score 0 and stand at the end of the line."""

    columns: NDArray[np.int32]
    scores: NDArray[np.float64]


def top(upper: csr_matrix, lower: csr_matrix, *, n: int, floor: float = 0.0, threads: int = 2, kept: float = 1.0) -> Top:
    """For every row of ``upper`` the ``n`` rows of ``lower`` with the highest product above ``floor``.

    ``kept`` is the share of every upper row's squared length by which candidates are sought, heaviest entries first; 1 is exact.
    """
    return Lower(lower).top(upper, n=n, floor=floor, threads=threads, kept=kept)


def top_tiled(
    upper: csr_matrix,
    lower: csr_matrix,
    *,
    n: int,
    floor: float = 0.0,
    threads: int = 2,
    kept: float = 1.0,
    tile_rows: int = TILE_ROWS,
    tile_columns: int = TILE_COLUMNS,
) -> Top:
    """``top`` in tiles, so that memory is bounded. With ``kept`` 1 the tiles make no difference; below, more is found in smaller tiles."""
    blocks = list(tiles(upper.shape[0], tile_rows))
    best: list[_Best | None] = [None] * len(blocks)
    for columns in tiles(lower.shape[0], tile_columns):
        side = Lower(lower[columns])
        for i, rows in enumerate(blocks):
            found = side.best(upper[rows], n=n, floor=floor, threads=threads, kept=kept)
            found = _Best(np.where(found.scores > 0, found.columns + np.int32(columns.start), 0), found.scores)
            earlier = best[i]
            best[i] = found if earlier is None else _ranked(_beside([earlier, found]), n)
    parts = [_flat(one, rows.start) for one, rows in zip(best, blocks, strict=True) if one is not None]
    return _joined(parts)


def tiles(length: int, size: int) -> Iterator[slice]:
    """The rows of a side cut into tiles. Every pair of an upper and a lower tile is a task of its own: ``top``, ``shifted``, ``merge``."""
    for start in range(0, length, size):
        yield slice(start, min(start + size, length))


def shifted(part: Top, *, row: int = 0, column: int = 0) -> Top:
    """The result of a tile in the numbers of the whole: its first row is ``row``, its first column ``column``."""
    return Top(part.row + np.int32(row), part.column + np.int32(column), part.score)


def merge(parts: Sequence[Top], *, n: int) -> Top:
    """One result from those of tiles, each in the numbers of the whole and with no pair in two of them; ``n`` as the tiles had it."""
    whole = 1 + max((int(part.row[-1]) for part in parts if part.row.size), default=-1)
    done = []
    for rows in tiles(whole, TILE_ROWS):
        lines = [_lined(part, rows) for part in parts]
        done.append(_flat(_ranked(_beside(lines), n), rows.start))
    return _joined(done)


class Lower:
    """The lower side made ready once, for any number of blocks of the upper one."""

    def __init__(self, lower: csr_matrix) -> None:
        self._groups = _Groups.of(lower)
        distinct = self._groups.firsts(lower)
        self._names = Places(document_frequency(distinct).columns)
        self._rows = self._renamed(distinct)
        self._columns = self._rows.T.tocsr()

    def top(self, upper: csr_matrix, *, n: int, floor: float = 0.0, threads: int = 2, kept: float = 1.0) -> Top:
        """As the function ``top``."""
        return _flat(self.best(upper, n=n, floor=floor, threads=threads, kept=kept), 0)

    def best(self, upper: csr_matrix, *, n: int, floor: float, threads: int, kept: float) -> _Best:
        """The same, a line for every upper row. Equal rows of either side are looked up once."""
        groups = _Groups.of(upper)
        rows = self._renamed(groups.firsts(upper))
        if n < 1 or not rows.nnz:
            return _none(upper.shape[0])
        if kept < 1:
            found = self._scored(rows, self._search(_heaviest(rows, kept), max(n * CANDIDATES, LEAST_CANDIDATES), 0.0, threads), n, floor)
        else:
            found = self._search(rows, n, floor, threads)
        found = self._groups.members(found, n)
        return found if groups.sizes is None else _Best(found.columns[groups.of_row], found.scores[groups.of_row])

    def _renamed(self, matrix: csr_matrix) -> Any:
        """``matrix`` over the columns that occur in the lower side: products then cost nothing for the millions that do not."""
        names = self._names.of(matrix.indices)
        return _subset(matrix, names >= 0, names, self._names.columns.size).astype(np.float64)

    def _search(self, rows: Any, n: int, floor: float, threads: int) -> _Best:
        """Exact search among the distinct rows. One more is asked for than needed: where it ties with the last, the row is done again."""
        if sp_matmul_topn is None:
            return _by_scipy(rows, self._columns, n, floor)
        product = sp_matmul_topn(rows, self._columns, top_n=n + 1, threshold=floor, sort=True, n_threads=threads)
        found = _lines(product, n + 1)
        if found.scores.shape[1] > n:
            doubtful = np.flatnonzero((found.scores[:, n] > 0) & (found.scores[:, n] == found.scores[:, n - 1]))
            again = _by_scipy(rows[doubtful], self._columns, n, floor) if doubtful.size else _none(0)
            found = _ranked(found, n)
            found.columns[doubtful, : again.columns.shape[1]] = again.columns
            found.scores[doubtful, : again.scores.shape[1]] = again.scores
            return found
        return _ranked(found, n)

    def _scored(self, rows: Any, candidates: _Best, n: int, floor: float) -> _Best:
        """The candidates with their scores over all entries."""
        row, place = np.nonzero(candidates.scores)
        scores = np.zeros_like(candidates.scores)
        for part in tiles(row.size, _PAIRS):
            at, to = row[part], place[part]
            both = rows[at].multiply(self._rows[candidates.columns[at, to]])
            scores[at, to] = np.asarray(both.sum(axis=1)).ravel()
        scores[scores <= floor] = 0
        return _ranked(_Best(candidates.columns, scores), n)


class _Groups(NamedTuple):
    """Rows that are equal, by the order of their first ones. ``sizes`` is None where all rows differ, and the other fields are empty."""

    of_row: NDArray[np.intp]
    first: NDArray[np.intp]
    sizes: NDArray[np.intp] | None

    @classmethod
    def of(cls, matrix: csr_matrix) -> Self:
        _, first, of_row, sizes = np.unique(_fingerprints(matrix), return_index=True, return_inverse=True, return_counts=True)
        if first.size == of_row.size:
            return cls(first[:0], first[:0], None)
        order = np.argsort(first)
        place = np.empty_like(order)
        place[order] = np.arange(order.size)
        return cls(place[of_row], first[order], sizes[order])

    def firsts(self, matrix: csr_matrix) -> csr_matrix:
        """The first row of every group."""
        return matrix if self.sizes is None else matrix[self.first]

    def members(self, found: _Best, n: int) -> _Best:
        """Rows in the place of groups: of every group the first ``n`` rows."""
        if self.sizes is None:
            return found
        rows = np.argsort(self.of_row, kind="stable").astype(np.int32)
        begins = np.cumsum(self.sizes) - self.sizes
        many = np.where(found.scores > 0, np.minimum(self.sizes[found.columns], n), 0)
        ends = np.cumsum(many, axis=1)
        width = min(int(ends[:, -1].max(initial=0)), n * n) if many.shape[1] else 0
        of_line, place = np.nonzero(many)
        repeats = many[of_line, place]
        nth = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        at = np.repeat(of_line, repeats), np.repeat(ends[of_line, place] - repeats, repeats) + nth
        columns, scores = np.zeros((many.shape[0], width), dtype=np.int32), np.zeros((many.shape[0], width))
        columns[at] = rows[np.repeat(begins[found.columns[of_line, place]], repeats) + nth]
        scores[at] = np.repeat(found.scores[of_line, place], repeats)
        return _ranked(_Best(columns, scores), n)


def _fingerprints(matrix: csr_matrix) -> NDArray[np.uint64]:
    """64 bits of every row's entries: among a million different rows two share them in one of forty million corpora."""
    mixed = (matrix.indices.astype(np.uint64) << np.uint64(32)) | matrix.data.astype(np.float32).view(np.uint32)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    result = np.zeros(matrix.shape[0], dtype=np.uint64)
    there = np.flatnonzero(np.diff(matrix.indptr))
    if there.size:
        result[there] = np.add.reduceat(mixed, matrix.indptr[there])
    return result


def _heaviest(rows: Any, kept: float) -> Any:
    """Of every row its heaviest entries, as many as make up the share ``kept`` of its squared length, and those as heavy as the last of them."""
    per_row = np.diff(rows.indptr)
    used = per_row > 0
    lengths, begins = per_row[used], rows.indptr[:-1][used]
    keys = np.repeat(np.arange(per_row.size, dtype=np.int64) << 32, per_row)
    keys -= rows.data.astype(np.float32).view(np.int32)  # positive floats are in the order of their bits
    keys.sort()
    weights = (-keys & 0xFFFFFFFF).astype(np.uint32).view(np.float32).astype(np.float64)
    squares = weights * weights
    sums = np.cumsum(squares)
    sums -= np.repeat(sums[begins] - squares[begins], lengths)
    enough = sums - squares < kept * np.repeat(sums[begins + lengths - 1], lengths)
    least = np.zeros(per_row.size)
    least[used] = weights[begins + np.add.reduceat(enough, begins, dtype=np.int64) - 1] if begins.size else 0
    return _subset(rows, rows.data >= np.repeat(least, per_row), rows.indices, rows.shape[1])


def _subset(matrix: Any, chosen: NDArray[np.bool_], columns: NDArray[np.int32], width: int) -> Any:
    """The chosen entries of ``matrix``, at ``columns``."""
    if chosen.all():
        pointers, data = matrix.indptr, matrix.data
    else:
        pointers = np.concatenate(([0], np.cumsum(chosen)))[matrix.indptr].astype(matrix.indptr.dtype)
        data, columns = matrix.data[chosen], columns[chosen]
    return csr_matrix((data, columns, pointers), shape=(matrix.shape[0], width), copy=False)


def _by_scipy(rows: Any, columns: Any, n: int, floor: float) -> _Best:
    """Exact search by whole products, in runs of rows whose products fit ``_PRODUCTS``."""
    cost = np.concatenate(([0], np.cumsum(np.diff(columns.indptr)[rows.indices])))[rows.indptr]
    parts = []
    first = 0
    while first < rows.shape[0]:
        last = max(first + 1, int(np.searchsorted(cost, cost[first] + _PRODUCTS, side="right")) - 1)
        product = rows[first:last] @ columns
        parts.append(_best_of(product, n, floor))
        first = last
    return _ranked(_stacked(parts), n) if parts else _none(0)


def _best_of(product: Any, n: int, floor: float) -> _Best:
    """The best of whole rows, ties at the end included."""
    least = np.full(product.shape[0], floor)
    for i in np.flatnonzero(np.diff(product.indptr) > n):
        scores = product.data[product.indptr[i] : product.indptr[i + 1]]
        least[i] = max(floor, np.nextafter(np.partition(scores, scores.size - n)[scores.size - n], 0))
    chosen = product.data > np.repeat(least, np.diff(product.indptr))
    product = _subset(product, chosen, product.indices, product.shape[1])
    return _ranked(_lines(product, int(np.diff(product.indptr).max(initial=0))), n)


def _lines(product: Any, width: int) -> _Best:
    """The rows of a matrix, none longer than ``width``, one under the other."""
    per_row = np.diff(product.indptr)
    width = min(width, int(per_row.max(initial=0)))
    columns, scores = np.zeros((per_row.size, width), dtype=np.int32), np.zeros((per_row.size, width))
    used = np.arange(width) < per_row[:, None]
    count = int(product.indptr[-1])
    columns[used], scores[used] = product.indices[:count], product.data[:count]
    return _Best(columns, scores)


def _lined(part: Top, rows: slice) -> _Best:
    """Those of the part that belong to ``rows``, a line for each of them."""
    pointers = np.searchsorted(part.row, np.arange(rows.start, rows.stop + 1))
    entries = slice(pointers[0], pointers[-1])
    columns, scores = part.column[entries], part.score[entries]
    return _lines(csr_matrix((scores, columns, pointers - pointers[0]), shape=(rows.stop - rows.start, int(columns.max(initial=0)) + 1)), columns.size)


def _ranked(best: _Best, n: int) -> _Best:
    """Every line in order, the highest score first, ties by column, and no longer than ``n``."""
    order = np.lexsort((best.columns, -best.scores), axis=1)[:, :n]
    return _Best(np.take_along_axis(best.columns, order, axis=1), np.take_along_axis(best.scores, order, axis=1))


def _beside(parts: Sequence[_Best]) -> _Best:
    return _Best(np.hstack([part.columns for part in parts]), np.hstack([part.scores for part in parts]))


def _stacked(parts: Sequence[_Best]) -> _Best:
    width = max(part.columns.shape[1] for part in parts)
    wide = [((0, 0), (0, width - part.columns.shape[1])) for part in parts]
    return _Best(
        np.vstack([np.pad(part.columns, more) for part, more in zip(parts, wide, strict=True)]),
        np.vstack([np.pad(part.scores, more) for part, more in zip(parts, wide, strict=True)]),
    )


def _none(rows: int) -> _Best:
    return _Best(np.zeros((rows, 0), dtype=np.int32), np.zeros((rows, 0)))


def _joined(parts: Sequence[Top]) -> Top:
    return Top(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True))) if parts else _flat(_none(0), 0)


def _flat(best: _Best, row: int) -> Top:
    used = best.scores > 0
    rows = np.repeat(np.arange(row, row + used.shape[0], dtype=np.int32), used.sum(axis=1))
    return Top(rows, best.columns[used], best.scores[used])
