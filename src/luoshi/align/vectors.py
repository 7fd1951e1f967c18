"""Texts as vectors of hashed character n-grams: no vocabulary to share, the same numbers on every machine.

A text is the n-grams of its letters and digits; one that would reach over punctuation, a blank or the end of the text is none. Each
is hashed into one of 2**bits columns: ``BITS`` for two documents, ``WIDE`` for a corpus. Frequencies of columns add up over any parts of
a corpus, so that vectors made on many machines compare. Weights are rounded to multiples of ``GRID``: then a sum of products is exact in float64 in whatever order it is
taken, equal scores are equal, and ties can be broken by position. Reasons and figures: docs/decisions/0013-vectors.md.

What columns mean to each other is not known here: there are no synonyms, only shared wording.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

BITS = 22
BUCKETS = 1 << BITS
WIDE = 30
"""Bits of a corpus's columns: a million clauses have three million n-grams, too many for 2**22 columns (docs/decisions/0013-vectors.md)."""
GRID = 2.0**-24
"""Weights are multiples of this: the product of two is a multiple of 2**-48, and a sum of such below 16 fits a float64 exactly."""
IDF_STEP = 2.0**-16
BACKGROUND_BITS = 16
BACKGROUND_STEP = 2.0**-4
"""The background is kept as whole numbers of this step of idf."""

_BLOCK_CHARS = 1 << 16  # what is hashed and sorted at once, so that it stays in the cache
_SPREAD, _MIX = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)
_PLANE = 1 << 16
_BLOCK_WEIGHED = 1 << 15


def grams(texts: Sequence[str], *, sizes: tuple[int, ...] = (2, 3), bits: int = BITS) -> csr_matrix:
    """How often each n-gram of the ``sizes`` stands in each text: float32 [texts, 2**bits], indices sorted, no duplicates."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    bound = int(sum(np.maximum(lengths - size + 1, 0).sum() for size in sizes))
    indices, data = np.empty(bound, dtype=np.int32), np.empty(bound, dtype=np.float32)
    pointers = np.zeros(len(texts) + 1, dtype=np.int32 if bound <= np.iinfo(np.int32).max else np.int64)
    filled = 0
    for first, last in _blocks(lengths, (1 << (_key_type(bits).itemsize * 8 - bits)) - 1):
        keys = _keys(_coded(texts[first:last], lengths[first:last], bits), sizes, bits)
        keys.sort()
        new = np.flatnonzero(keys[1:] != keys[:-1])  # the last of every run of equal keys but the final one, which is of no n-gram
        distinct = keys[new]
        stop = filled + new.size
        indices[filled:stop] = distinct & keys.dtype.type((1 << bits) - 1)
        data[filled:stop] = np.diff(new, prepend=-1)
        rows = np.arange(1, last - first + 1, dtype=keys.dtype) << keys.dtype.type(bits)
        pointers[first + 1 : last + 1] = filled + np.searchsorted(distinct, rows)
        filled = stop
    return _csr(data[:filled], indices[:filled], pointers, 1 << bits)


class Held(NamedTuple):
    """Which columns each text has, however often: those of text ``i`` are ``columns[starts[i]:starts[i + 1]]``, ascending."""

    columns: NDArray[np.int32]
    starts: NDArray[np.int32]


def characters_and_pairs(texts: Sequence[str]) -> tuple[Held, Held]:
    """The columns of ``grams`` of one character, and those of two."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    blocks = [_coded(texts[first:last], lengths[first:last], BITS) for first, last in _blocks(lengths, (1 << (32 - BITS)) - 1)]
    return _held(blocks, 1), _held(blocks, 2)


def _held(blocks: Sequence["_Coded"], size: int) -> Held:
    columns: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
    starts: list[NDArray[Any]] = [np.zeros(1, np.int64)]
    for block in blocks:
        keys = _keys(block, (size,), BITS)
        keys = keys[keys != np.uint32(2**32 - 1)]
        keys.sort()
        is_new = np.ones(keys.size, bool)
        np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
        distinct = keys[is_new]
        columns.append((distinct & np.uint32(BUCKETS - 1)).view(np.int32))
        starts.append(starts[-1][-1] + np.searchsorted(distinct, np.arange(1, block.texts + 1, dtype=np.uint32) << np.uint32(BITS)))
    return Held(np.concatenate(columns), np.concatenate(starts).astype(np.int32))


class Frequency(NamedTuple):
    """In how many texts each column occurs: the columns that do, ascending, and their counts."""

    columns: NDArray[np.int32]
    counts: NDArray[np.int64]

    def __add__(self, other: Self) -> "Frequency":  # type: ignore[override]
        """That of two parts of a corpus together."""
        columns = np.concatenate((self.columns, other.columns))
        order = np.argsort(columns, kind="stable")
        columns = columns[order]
        begins = np.flatnonzero(np.diff(columns, prepend=-1))
        counts = np.concatenate((self.counts, other.counts))[order]
        return Frequency(columns[begins], np.add.reduceat(counts, begins) if begins.size else counts)


class Places:
    """Where a column stands in an ascending list of columns. Hashes are spread evenly, so their first bits all but tell."""

    def __init__(self, columns: NDArray[np.int32]) -> None:
        self.columns = np.append(columns, np.int32(2**31 - 1))
        bits = int(columns.max(initial=0)).bit_length()
        self._shift = max(0, bits - columns.size.bit_length())
        self._begins = np.concatenate(([0], np.cumsum(np.bincount(columns >> self._shift, minlength=1)))).astype(np.int32)

    def of(self, columns: NDArray[np.int32]) -> NDArray[np.int32]:
        """The place of each of ``columns``, -1 where it is not in the list."""
        places: NDArray[np.int32] = self._begins[np.minimum(columns >> self._shift, self._begins.size - 1)]
        there = self.columns[places]
        behind = np.flatnonzero(there < columns)
        while behind.size:
            places[behind] += 1
            there[behind] = self.columns[places[behind]]
            behind = behind[there[behind] < columns[behind]]
        places[there != columns] = -1
        return places


class Worth(NamedTuple):
    """What each column of a corpus is worth, and in the last place what one is worth that did not occur."""

    places: Places
    weights: NDArray[np.float32]


def document_frequency(counts: csr_matrix) -> Frequency:
    """In how many rows each column occurs. Those of the parts of a corpus add up to that of the whole."""
    ordered = np.sort(counts.indices)
    ends = np.flatnonzero(np.diff(ordered, append=-1))
    return Frequency(ordered[ends], np.diff(ends, prepend=-1))


def idf(frequency: Frequency, documents: int) -> Worth:
    """``ln((1 + documents) / (1 + frequency)) + 1``, to ``IDF_STEP``, on which all logarithms agree."""
    worth = np.log((1.0 + documents) / (1.0 + np.append(frequency.counts, 0))) + 1.0
    return Worth(Places(frequency.columns), (np.rint(worth / IDF_STEP) * IDF_STEP).astype(np.float32))


def weighted(counts: csr_matrix, worth: Worth) -> csr_matrix:
    """The counts times the ``worth`` of their column (``idf``), every row of length 1 and rounded to ``GRID``; empty rows stay empty."""
    data = np.empty(counts.nnz, dtype=np.float32)
    for first in range(0, counts.shape[0], _BLOCK_WEIGHED):
        pointers = counts.indptr[first : first + _BLOCK_WEIGHED + 1]
        entries = slice(pointers[0], pointers[-1])
        data[entries] = _of_length_one(counts.data[entries] * worth.weights[worth.places.of(counts.indices[entries])], pointers - pointers[0])
    return _csr(data, counts.indices, counts.indptr, counts.shape[1])


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
    return _csr(_of_length_one(counts.data * background_weights(counts), counts.indptr), counts.indices, counts.indptr, counts.shape[1])


def _blocks(lengths: NDArray[np.int64], rows: int) -> Iterator[tuple[int, int]]:
    """Runs of at most ``rows`` rows and about ``_BLOCK_CHARS`` characters; a longer text is a run of its own."""
    ends = np.cumsum(lengths + 1)
    first = 0
    while first < lengths.size:
        before = ends[first - 1] if first else 0
        last = int(np.searchsorted(ends, before + _BLOCK_CHARS, side="right"))
        last = min(max(first + 1, last), first + rows)
        yield first, last
        first = last


def _key_type(bits: int) -> np.dtype[Any]:
    """A key is the row in its block, then the column. Short ones sort faster; long ones leave room for wide columns."""
    return np.dtype(np.uint32 if bits <= BITS else np.uint64)


class _Coded(NamedTuple):
    """Texts as numbers, one behind the other with a place between: their ``letters`` (0 for what is none), and the ``rows`` they are in, where a
    key has them."""

    texts: int
    letters: NDArray[np.uint32]
    rows: NDArray[Any]


def _coded(texts: Sequence[str], lengths: NDArray[np.int64], bits: int) -> _Coded:
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = _letters().take(codes, mode="clip")
    if codes.size and codes.max() >= _PLANE:
        letters = np.where(codes >= _PLANE, codes, letters)
    kind = _key_type(bits)
    return _Coded(len(texts), letters, np.repeat(np.arange(len(texts), dtype=kind) << kind.type(bits), lengths + 1))


def _keys(coded: _Coded, sizes: tuple[int, ...], bits: int) -> NDArray[Any]:
    """The keys of all n-grams of the texts, in no order, and one with all bits set for every place where none begins."""
    letters, rows = coded.letters, coded.rows
    keys = np.full(1 + sum(max(letters.size - size + 1, 0) for size in sizes), np.iinfo(rows.dtype).max, dtype=rows.dtype)
    is_letter = letters != 0
    hashed, whole = letters, is_letter
    filled = 0
    for size in range(1, max(sizes) + 1):
        if size > 1:
            hashed = hashed[:-1] * _SPREAD + letters[size - 1 :]
            whole = whole[:-1] & is_letter[size - 1 :]
        if size in sizes:
            mixed = hashed ^ (hashed >> np.uint32(15))
            mixed *= _MIX
            mixed >>= np.uint32(32 - bits)
            np.copyto(keys[filled : filled + mixed.size], mixed | rows[: mixed.size], where=whole)
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


def _csr(data: NDArray[np.float32], indices: NDArray[np.int32], pointers: NDArray[Any], width: int) -> csr_matrix:
    """A matrix of rows that are sorted and free of duplicates already."""
    matrix = csr_matrix((data, indices, pointers), shape=(pointers.size - 1, width), copy=False)
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
