"""What stands beside our search for similar clauses: scikit-learn, bm25s, and the judge, who compares a sample with everything.

Each takes two lists of clauses and says how long it took to prepare and to search. The judge shares no code with ``luoshi.align``: its
vocabulary is exact, its weights are not rounded, nothing is left out.
"""

import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

N = 5


class Answer(NamedTuple):
    """Seconds to prepare and to search, and for every row its ``N`` best columns, -1 where there are fewer."""

    prepare: float
    search: float
    columns: NDArray[np.int32]


def scikit_learn(upper: Sequence[str], lower: Sequence[str]) -> Answer:
    """TfidfVectorizer over characters, NearestNeighbors by cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors

    began = time.perf_counter()
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), dtype=np.float32)
    rows = vectorizer.fit_transform([*upper, *lower])
    above, below = rows[: len(upper)], rows[len(upper) :]
    prepared = time.perf_counter()
    search = NearestNeighbors(n_neighbors=N, metric="cosine", algorithm="brute", n_jobs=2).fit(below)
    columns = np.vstack([search.kneighbors(above[i : i + 1000], return_distance=False) for i in range(0, len(upper), 1000)])
    return Answer(prepared - began, time.perf_counter() - prepared, columns.astype(np.int32))


def bm25s(upper: Sequence[str], lower: Sequence[str]) -> Answer:
    """bm25s over character pairs, its numba backend."""
    import bm25s as library

    began = time.perf_counter()
    index = library.BM25(backend="numba")
    index.index([_pairs(text) for text in lower], show_progress=False)
    queries = [_pairs(text) for text in upper]
    prepared = time.perf_counter()
    columns = index.retrieve(queries, k=N, show_progress=False, return_as="documents")
    return Answer(prepared - began, time.perf_counter() - prepared, np.asarray(columns, dtype=np.int32))


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


def recalls(upper: Sequence[str], lower: Sequence[str], sample: NDArray[np.int64], found: dict[str, NDArray[np.int32]]) -> dict[str, float]:
    """Of the ``N`` best columns of the sampled rows, the share that each searcher found (its rows are the sample's).

    Scores are cosines of tf-idf over all character 2- and 3-grams; a column as good as the last of the best, to 1e-6, counts for it.
    """
    rows = _tf_idf([*upper, *lower])
    above, below = rows[: len(upper)][sample], rows[len(upper) :].T.tocsr()
    hits, whole = dict.fromkeys(found, 0), 0
    for first in range(0, sample.size, 32):
        scores = (above[first : first + 32] @ below).toarray()
        best = -np.partition(-scores, N - 1, axis=1)[:, :N]
        least = np.where(best > 0, best, np.inf).min(axis=1, keepdims=True)
        wanted = (best > 0).sum(axis=1)
        whole += int(wanted.sum())
        for name, columns in found.items():
            theirs = columns[first : first + 32]
            good = (theirs >= 0) & (np.take_along_axis(scores, np.maximum(theirs, 0), axis=1) >= least - 1e-6)
            hits[name] += int(np.minimum(good.sum(axis=1), wanted).sum())
    return {name: count / whole for name, count in hits.items()}


def _tf_idf(texts: Sequence[str]) -> csr_matrix:
    """Over an exact vocabulary: three characters of 21 bits in one number."""
    fold = np.array([_folded(chr(code)) for code in range(0x10000)], dtype=np.int64)
    codes = fold[np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype=np.uint32)]
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), np.array([len(text) + 1 for text in texts]))[:-1]
    two = (codes[:-1] > 0) & (codes[1:] > 0)
    three = two[:-1] & (codes[2:] > 0)
    keys = np.concatenate([(codes[:-1] << 42 | codes[1:] << 21)[two], (codes[:-2] << 42 | codes[1:-1] << 21 | codes[2:])[three]])
    rows = np.concatenate([owners[:-1][two], owners[:-2][three]])
    vocabulary, columns = np.unique(keys, return_inverse=True)
    counts = csr_matrix((np.ones(rows.size), (rows, columns)), shape=(len(texts), vocabulary.size))
    frequency = np.bincount(counts.indices, minlength=vocabulary.size)
    counts.data *= (np.log((1 + len(texts)) / (1 + frequency)) + 1)[counts.indices]
    lengths = np.sqrt(np.bincount(np.repeat(np.arange(len(texts)), np.diff(counts.indptr)), weights=counts.data**2, minlength=len(texts)))
    counts.data /= np.repeat(lengths, np.diff(counts.indptr))
    return counts


def _folded(char: str) -> int:
    char = chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
    return ord(char.lower() if char.isascii() else char) if char.isalnum() else 0
