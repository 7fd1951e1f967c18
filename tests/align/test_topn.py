"""The n best of every row: against all products, whole or in tiles, with and without the library that multiplies."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from scipy.sparse import csr_matrix

from luoshi.align import topn
from luoshi.align.topn import Top, merge, shifted, tiles, top, top_tiled
from luoshi.align.vectors import GRID
from tests.proving import share

needs_library = pytest.mark.skipif(topn.sp_matmul_topn is None, reason="sparse_dot_topn is not installed")


def matrix(rows: list[list[int]], width: int = 7) -> csr_matrix:
    return csr_matrix(np.array(rows, dtype=np.float32).reshape(len(rows), width) * np.float32(GRID * (1 << 20)))


def brute(upper: csr_matrix, lower: csr_matrix, n: int, floor: float) -> list[tuple[int, int, float]]:
    scores = upper.astype(np.float64).toarray() @ lower.astype(np.float64).toarray().T
    found = []
    for i, line in enumerate(scores):
        best = sorted((-score, j) for j, score in enumerate(line) if score > floor)
        found += [(i, j, -score) for score, j in best[:n]]
    return found


def rows_of(result: Top) -> list[tuple[int, int, float]]:
    return list(zip(result.row.tolist(), result.column.tolist(), result.score.tolist(), strict=True))


small = st.lists(st.lists(st.sampled_from([0, 0, 0, 1, 2, 3]), min_size=7, max_size=7), max_size=14).map(matrix)
ways = pytest.mark.parametrize("library", [pytest.param(True, marks=needs_library, id="library"), pytest.param(False, id="scipy")])


@pytest.mark.prove
@ways
@settings(max_examples=share(600), deadline=None)
@given(upper=small, lower=small, n=st.integers(0, 16), floor=st.sampled_from([0.0, 0.004, 0.02]))
def test_the_same_as_all_products(library: bool, upper: csr_matrix, lower: csr_matrix, n: int, floor: float) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if not library:
            patch.setattr(topn, "sp_matmul_topn", None)
        expected = brute(upper, lower, n, floor)
        assert rows_of(top(upper, lower, n=n, floor=floor)) == expected
        assert rows_of(top_tiled(upper, lower, n=n, floor=floor, tile_rows=4, tile_columns=3)) == expected


@settings(max_examples=100, deadline=None)
@given(upper=small, lower=small, n=st.integers(1, 5))
def test_tiles_are_tasks_of_their_own(upper: csr_matrix, lower: csr_matrix, n: int) -> None:
    parts = [
        shifted(top(upper[rows], lower[columns], n=n), row=rows.start, column=columns.start)
        for columns in tiles(lower.shape[0], 5)
        for rows in tiles(upper.shape[0], 3)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(topn, "TILE_ROWS", 4)
        assert rows_of(merge(parts[::-1], n=n)) == brute(upper, lower, n, 0.0)


@pytest.mark.prove
@settings(max_examples=share(600), deadline=None)
@given(upper=small, lower=small, n=st.integers(1, 5), kept=st.sampled_from([0.3, 0.7, 0.95]))
def test_candidates_have_their_exact_scores(upper: csr_matrix, lower: csr_matrix, n: int, kept: float) -> None:
    scores = {(i, j): score for i, j, score in brute(upper, lower, lower.shape[0], 0.004)}
    found = rows_of(top(upper, lower, n=n, floor=0.004, kept=kept))
    assert all(scores[i, j] == score for i, j, score in found)
    assert found == sorted(found, key=lambda pair: (pair[0], -pair[2], pair[1]))
    assert max((sum(1 for i, _, _ in found if i == row) for row in range(upper.shape[0])), default=0) <= n
    best = {i: score for i, _, score in reversed(brute(upper, lower, 1, 0.004))}
    whole = [i for i in best if upper[i].nnz == 1]  # a row of one entry has nothing to leave out
    assert {i: score for i, _, score in reversed(found) if i in whole} == {i: best[i] for i in whole}


def random_side(rows: int, seed: int, *, width: int = 4000) -> csr_matrix:
    generator = np.random.default_rng(seed)
    entries = rows * 9
    heavy = (generator.zipf(1.3, entries) % width, generator.integers(0, rows, entries))
    data = generator.integers(1, 1 << 22, entries).astype(np.float32) * np.float32(GRID)
    side = csr_matrix((data, (heavy[1], heavy[0])), shape=(rows, width), dtype=np.float32)
    side.data = np.minimum(side.data, np.float32(0.5))
    return side


@needs_library
def test_library_scipy_and_tiles_agree_on_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topn, "_PRODUCTS", 20_000)
    monkeypatch.setattr(topn, "_PAIRS", 100)
    upper, lower = random_side(700, 1), random_side(900, 2)
    lower = lower[np.random.default_rng(3).integers(0, 900, 1500)]  # rows that are equal
    whole = top(upper, lower, n=5)
    pruned = top(upper, lower, n=5, kept=0.8, threads=1)
    assert rows_of(top_tiled(upper, lower, n=5, tile_rows=100, tile_columns=333)) == rows_of(whole)
    assert rows_of(top(upper, lower, n=5, threads=1)) == rows_of(whole)
    monkeypatch.setattr(topn, "sp_matmul_topn", None)
    assert rows_of(top(upper, lower, n=5)) == rows_of(whole)
    assert rows_of(top(upper, lower, n=5, kept=0.8)) == rows_of(pruned)
    assert set(rows_of(whole)) != set(rows_of(pruned))
    assert len(set(rows_of(whole)) & set(rows_of(pruned))) > 0.6 * len(whole.row)


def test_equal_rows_by_position() -> None:
    side = matrix([[1, 1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0]])
    assert [(i, j) for i, j, _ in rows_of(top(side, side, n=2))] == [(0, 0), (0, 2), (2, 0), (2, 2), (3, 0), (3, 2), (4, 0), (4, 2)]


def test_nothing_to_compare() -> None:
    nothing = csr_matrix((0, 7), dtype=np.float32)
    something = matrix([[1, 0, 0, 0, 0, 0, 0]])
    for upper, lower in ((nothing, something), (something, nothing), (nothing, nothing)):
        for result in (top(upper, lower, n=3), top_tiled(upper, lower, n=3), top(upper, lower, n=3, kept=0.5)):
            assert rows_of(result) == []
    assert rows_of(merge([], n=3)) == []
