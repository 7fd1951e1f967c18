"""A document as a set of hashed character runs, and a sketch of it that stays small however long the document is.

Only letters and digits count: a viewer's toolbar, blanks and punctuation between them change little or nothing. Two documents that
share most of their runs share most of the smallest hashes, too: the sketches say who may be alike, the sets say how much.
"""

import hashlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

RUN = 12
"""Characters of a run: long enough that set phrases alone make no document like another."""
SKETCH = 64
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def letters(text: str) -> NDArray[np.uint32]:
    """The letters and digits of ``text`` as code points, width folded."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    wide = (codes >= 0xFF01) & (codes <= 0xFF5E)
    codes = np.where(wide, codes - 0xFEE0, codes).astype(np.uint32)
    return codes[_is_letter()[np.minimum(codes, 0x10000)]]


def letters_sha256(found: NDArray[np.uint32]) -> str:
    """One digest for all texts with the same letters."""
    return hashlib.sha256(found.astype("<u4").tobytes()).hexdigest()


def runs(found: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The hashes of all runs of ``RUN`` letters, in the order of the text; of a shorter text the hash of the whole."""
    if not found.size:
        return np.zeros(0, dtype=np.uint64)
    size = min(RUN, found.size)
    count = found.size - size + 1
    hashed = np.zeros(count, dtype=np.uint64)
    for k in range(size):
        hashed *= _FACTOR
        hashed += found[k : k + count]
        hashed ^= hashed >> np.uint64(29)
    hashed *= _FACTOR
    hashed ^= hashed >> np.uint64(32)
    return hashed


def sketch(hashed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The ``SKETCH`` smallest hashes, each once."""
    near = SKETCH * 4  # runs come again in a text: of so many some are left when each counts once
    smallest = np.unique(np.partition(hashed, near)[:near] if hashed.size > near else hashed)
    return (smallest if smallest.size >= SKETCH else np.unique(hashed))[:SKETCH]


@cache
def _is_letter() -> NDArray[np.bool_]:
    """Of every character of the basic plane whether it counts; what lies beyond counts (rare ideographs)."""
    return np.array([chr(code).isalnum() for code in range(0x10000)] + [True])
