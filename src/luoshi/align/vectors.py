"""Texts as vectors of hashed character n-grams: no vocabulary to share, the same numbers on every machine.

A text is the n-grams of its letters and digits; one that would reach over punctuation, a blank or the end of the text is none. Each
is hashed into one of ``BUCKETS`` columns. Frequencies of columns add up over any parts of a corpus, so that vectors made on many
machines compare. Weights are rounded to multiples of ``GRID``: then a sum of products is exact in float64 in whatever order it is
taken, equal scores are equal, and ties can be broken by position. Reasons and figures: docs/decisions/0013-vectors.md.

What columns mean to each other is not known here: there are no synonyms, only shared wording.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

BITS = 22
BUCKETS = 1 << BITS
"""Columns of every matrix made here."""
GRID = 2.0**-24
"""Weights are multiples of this: the product of two is a multiple of 2**-48, and a sum of such below 16 fits a float64 exactly."""
IDF_STEP = 2.0**-10
BACKGROUND_BITS = 16
BACKGROUND_STEP = 2.0**-4
"""The background is kept as whole numbers of this step of idf."""

_BLOCK_CHARS = 1 << 16  # what is hashed and sorted at once, so that it stays in the cache
_BLOCK_ROWS = (1 << (32 - BITS)) - 1  # a key is 32 bits: the row in its block, then the column
_NONE = np.uint32(0xFFFFFFFF)
_SPREAD, _MIX = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)
_PLANE = 1 << 16
_BLOCK_WEIGHED = 1 << 15


def grams(texts: Sequence[str], *, sizes: tuple[int, ...] = (2, 3)) -> csr_matrix:
    """How often each n-gram of the ``sizes`` stands in each text: float32 [texts, BUCKETS], indices sorted, no duplicates."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    bound = int(sum(np.maximum(lengths - size + 1, 0).sum() for size in sizes))
    indices, data = np.empty(bound, dtype=np.int32), np.empty(bound, dtype=np.float32)
    pointers = np.zeros(len(texts) + 1, dtype=np.int32 if bound <= np.iinfo(np.int32).max else np.int64)
    filled = 0
    for first, last in _blocks(lengths):
        keys = _keys(texts[first:last], lengths[first:last], sizes)
        keys.sort()
        new = np.flatnonzero(keys[1:] != keys[:-1])  # the last of every run of equal keys but the final one, which is of ``_NONE``
        distinct = keys[new]
        stop = filled + new.size
        np.bitwise_and(distinct, BUCKETS - 1, out=indices[filled:stop], casting="unsafe")
        data[filled:stop] = np.diff(new, prepend=-1)
        rows = np.arange(1, last - first + 1, dtype=np.uint32) << np.uint32(BITS)
        pointers[first + 1 : last + 1] = filled + np.searchsorted(distinct, rows)
        filled = stop
    return _csr(data[:filled], indices[:filled], pointers)


def document_frequency(counts: csr_matrix) -> NDArray[np.int32]:
    """In how many rows each column occurs. Those of the parts of a corpus add up to that of the whole."""
    frequency: NDArray[np.int32] = np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.int32)
    return frequency


def idf(frequency: NDArray[np.int32], documents: int) -> NDArray[np.float32]:
    """What a column is worth: ``ln((1 + documents) / (1 + frequency)) + 1``, to ``IDF_STEP``, on which all logarithms agree."""
    worth = np.log((1.0 + documents) / (1.0 + frequency)) + 1.0
    steps: NDArray[np.float32] = np.rint(worth / IDF_STEP).astype(np.float32)
    return steps * np.float32(IDF_STEP)


def weighted(counts: csr_matrix, weights: NDArray[np.float32]) -> csr_matrix:
    """The counts times the weight of their column (``idf``), every row of length 1 and rounded to ``GRID``; empty rows stay empty."""
    data = np.empty(counts.nnz, dtype=np.float32)
    for first in range(0, counts.shape[0], _BLOCK_WEIGHED):
        pointers = counts.indptr[first : first + _BLOCK_WEIGHED + 1]
        entries = slice(pointers[0], pointers[-1])
        data[entries] = _of_length_one(counts.data[entries] * weights[counts.indices[entries]], pointers - pointers[0])
    return _csr(data, counts.indices, counts.indptr)


@cache
def background() -> NDArray[np.uint8]:
    """How rare character pairs are in directives and work reports: steps of ``BACKGROUND_STEP`` of idf, by the first 16 bits of the hash."""
    with files("luoshi.align").joinpath("vocabulary", "background.npy").open("rb") as stream:
        table: NDArray[np.uint8] = np.load(stream, allow_pickle=False)
    return table


def background_weights(counts: csr_matrix) -> NDArray[np.float32]:
    """The idf of every entry of ``counts``, which must be of pairs (``sizes=(2,)``), from the background."""
    steps: NDArray[np.float32] = background()[counts.indices >> (BITS - BACKGROUND_BITS)].astype(np.float32)
    return steps * np.float32(BACKGROUND_STEP)


def against_background(counts: csr_matrix) -> csr_matrix:
    """``weighted`` for texts too few to say themselves what is rare: by ``background_weights``."""
    return _csr(_of_length_one(counts.data * background_weights(counts), counts.indptr), counts.indices, counts.indptr)


def _blocks(lengths: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Runs of at most ``_BLOCK_ROWS`` rows and about ``_BLOCK_CHARS`` characters; a longer text is a run of its own."""
    ends = np.cumsum(lengths + 1)
    first = 0
    while first < lengths.size:
        before = ends[first - 1] if first else 0
        last = int(np.searchsorted(ends, before + _BLOCK_CHARS, side="right"))
        last = min(max(first + 1, last), first + _BLOCK_ROWS)
        yield first, last
        first = last


def _keys(texts: Sequence[str], lengths: NDArray[np.int64], sizes: tuple[int, ...]) -> NDArray[np.uint32]:
    """Row and column in one number for every n-gram of the texts, in no order, and ``_NONE`` for every place where none begins."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    chars = _letters()[np.minimum(codes, _PLANE)]
    if codes.size and codes.max() >= _PLANE:
        chars = np.where(codes >= _PLANE, codes, chars)
    starts = np.zeros(codes.size + 1, dtype=np.uint32)
    starts[np.cumsum(lengths[:-1] + 1)] = 1 << BITS
    rows = np.cumsum(starts, dtype=np.uint32)
    keys = np.full(1 + sum(max(codes.size - size + 1, 0) for size in sizes), _NONE, dtype=np.uint32)
    letter = chars != 0
    hashed, whole = chars, letter
    filled = 0
    for size in range(1, max(sizes) + 1):
        if size > 1:
            hashed = hashed[:-1] * _SPREAD + chars[size - 1 :]
            whole = whole[:-1] & letter[size - 1 :]
        if size in sizes:
            mixed = hashed ^ (hashed >> np.uint32(15))
            mixed *= _MIX
            mixed >>= np.uint32(32 - BITS)
            mixed |= rows[: mixed.size]
            np.copyto(keys[filled : filled + mixed.size], mixed, where=whole)
            filled += mixed.size
    return keys


@cache
def _letters() -> NDArray[np.uint32]:
    """Of every character of the basic plane: the number it counts as, with width and case folded, and 0 for what is no letter or digit."""
    codes = np.arange(_PLANE + 1, dtype=np.uint32)
    codes[_PLANE] = 0
    folded = np.where((codes >= 0xFF01) & (codes <= 0xFF5E), codes - 0xFEE0, codes)
    folded = np.where((folded >= ord("A")) & (folded <= ord("Z")), folded + 32, folded).astype(np.uint32)
    return np.where(np.strings.isalnum(folded.view("U1")), folded, 0).astype(np.uint32)


def _csr(data: NDArray[np.float32], indices: NDArray[np.int32], pointers: NDArray[Any]) -> csr_matrix:
    """A matrix of rows that are sorted and free of duplicates already."""
    matrix = csr_matrix((data, indices, pointers), shape=(pointers.size - 1, BUCKETS), copy=False)
    matrix.has_sorted_indices = True
    matrix.has_canonical_format = True
    return matrix


def _of_length_one(data: NDArray[np.float32], pointers: NDArray[Any]) -> NDArray[np.float32]:
    """``data``, changed in place. Squares of products with an idf are exact in float64, so their sums do not depend on an order either."""
    per_row = np.diff(pointers)
    squares = np.zeros(per_row.size, dtype=np.float64)
    there = np.flatnonzero(per_row)
    if there.size:
        squares[there] = np.add.reduceat(np.square(data, dtype=np.float64), pointers[there])
    scale = np.divide(1.0 / GRID, np.sqrt(squares), out=np.zeros_like(squares), where=squares > 0).astype(np.float32)
    data *= np.repeat(scale, per_row)
    np.rint(data, out=data)
    data *= np.float32(GRID)
    return data
