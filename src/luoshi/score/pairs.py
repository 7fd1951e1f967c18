"""Pairs of passages: does ``relate`` know which belong together, beside what counting shared wording alone can tell?

Three methods score every pair: ours, the cosine of character 2- and 3-grams weighed by idf, and BM25 over character pairs divided by what
the upper passage would score against itself. Each draws its line where F1 was best on *other* pairs; a line drawn on the pairs that are
scored would flatter all three. Intervals are of 2,000 bootstrap samples.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luoshi.align import relate
from luoshi.align.clauses import clauses
from luoshi.align.model import LINKING, RELATIONS
from luoshi.decompose import Decomposition
from luoshi.score.gold import document_of
from luoshi.text import Span, UsageError
from luoshi.text.language import _
from luoshi.text.view import fold

PAIRS_SUFFIX = ".alignments.jsonl"
_NEEDED = {"upper", "lower", "upper_start", "upper_end", "lower_start", "lower_end", "relation"}
_SAMPLES, _SEED = 2000, 20261126
_K1, _B = 1.5, 0.75  # the usual constants of BM25
Truths = NDArray[np.bool_]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """Two passages and what a person says of them."""

    upper: Path
    lower: Path
    upper_span: Span
    lower_span: Span
    relation: str


@dataclass(frozen=True, slots=True)
class MethodScore:
    """How one method did: its line, precision, recall, F1 with its 95 % interval, and average precision whatever the line."""

    method: str
    threshold: float
    precision: float
    recall: float
    f1: float
    interval: tuple[float, float]
    average_precision: float


def load_pairs(path: Path, *, documents: Sequence[Path] = ()) -> tuple[MarkedPair, ...]:
    """The pairs of a JSONL file, their documents found as those of other annotations are. Raises ``UsageError`` for another file."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise UsageError(_("读不了标注文件：{name}（{why}）。").format(name=path, why=error), hint=_("每行一个 JSON 对象。")) from error
    if not rows or not all(isinstance(row, dict) and row.keys() >= _NEEDED and row["relation"] in RELATIONS for row in rows):
        raise UsageError(_("标注不完整：{name}。").format(name=path), hint=_("每一条都要有：{needed}。").format(needed="、".join(sorted(_NEEDED))))
    named = {name: document_of(path, name, documents) for name in {row[key] for row in rows for key in ("upper", "lower")}}
    return tuple(
        MarkedPair(named[row["upper"]], named[row["lower"]], Span(row["upper_start"], row["upper_end"]), Span(row["lower_start"], row["lower_end"]), row["relation"])
        for row in rows
    )


def score_pairs(pairs: Sequence[MarkedPair], others: Sequence[MarkedPair], decomposed: Callable[[Path], Decomposition]) -> list[MethodScore]:
    """Score ``pairs`` by each method, its line drawn on ``others``."""
    of, truths, lines = cache(decomposed), _truths(pairs), _truths(others)
    return [_scored(name, method, pairs, truths, others, lines, of) for name, method in (("relate", _ours), ("char TF-IDF", _tf_idf), ("BM25", _bm25))]


_Method = Callable[[Decomposition, Span, Decomposition, Span], float]


def _scored(
    name: str, method: _Method, pairs: Sequence[MarkedPair], truths: Truths, others: Sequence[MarkedPair], lines: Truths, of: Callable[[Path], Decomposition]
) -> MethodScore:
    known, asked = (np.array([method(of(p.upper), p.upper_span, of(p.lower), p.lower_span) for p in some]) for some in (others, pairs))
    threshold = max(np.unique(known).tolist(), key=lambda line: _f1(lines, known >= line))
    taken = asked >= threshold
    drawn = np.random.default_rng(_SEED).integers(0, len(truths), (_SAMPLES, len(truths)))
    low, high = np.percentile([_f1(truths[sample], taken[sample]) for sample in drawn], [2.5, 97.5])
    right = int((truths & taken).sum())
    return MethodScore(
        name, threshold, right / max(1, int(taken.sum())), right / max(1, int(truths.sum())), _f1(truths, taken), (float(low), float(high)), _average_precision(truths, asked)
    )


def _truths(pairs: Sequence[MarkedPair]) -> Truths:
    return np.array([pair.relation in LINKING for pair in pairs])


def _f1(truths: Truths, taken: Truths) -> float:
    both = int(truths.sum()) + int(taken.sum())
    return 2 * int((truths & taken).sum()) / both if both else 0.0


def _average_precision(truths: Truths, scores: Scores) -> float:
    """The mean of the precision at each true pair, the surest first; equal scores count together."""
    order = np.argsort(-scores, kind="stable")
    ranks = np.searchsorted(-scores[order], -scores[order], "right")
    found = np.cumsum(truths[order])[ranks - 1]
    return float((found / ranks)[truths[order]].mean()) if truths.any() else 0.0


# -- the methods ---------------------------------------------------------------------------------------------------


def _ours(upper: Decomposition, upper_span: Span, lower: Decomposition, lower_span: Span) -> float:
    return relate(upper_span, lower_span, upper=upper, lower=lower).score


def _tf_idf(upper: Decomposition, upper_span: Span, lower: Decomposition, lower_span: Span) -> float:
    above, below = _text(upper), _text(lower)
    known = _corpus_of(above, below)
    first, second = known.weighed(_grams(upper_span.of(above))), known.weighed(_grams(lower_span.of(below)))
    lengths = math.sqrt(sum(w * w for w in first.values()) * sum(w * w for w in second.values()))
    return sum(weight * second.get(gram, 0.0) for gram, weight in first.items()) / lengths if lengths else 0.0


def _bm25(upper: Decomposition, upper_span: Span, lower: Decomposition, lower_span: Span) -> float:
    above, below = _text(upper), _text(lower)
    known = _corpus_of(above, below)
    query, document = _grams(upper_span.of(above), (2,)), _grams(lower_span.of(below), (2,))
    own = known.bm25(query, query)
    return known.bm25(query, document) / own if own else 0.0


def _text(made: Decomposition) -> str:
    """The text with widths folded, as clauses are found in it."""
    return _folded(made.source.text)


_folded = cache(fold)


def _grams(text: str, sizes: tuple[int, ...] = (2, 3)) -> Counter[str]:
    return Counter(gram for size in sizes for i in range(len(text) - size + 1) if (gram := text[i : i + size]).isalnum())


@dataclass(frozen=True, slots=True)
class _Corpus:
    """In how many clauses of two documents each gram occurs, how many there are, and how many pairs one holds on average."""

    frequency: Counter[str]
    clauses: int
    length: float

    def weighed(self, grams: Counter[str]) -> dict[str, float]:
        return {gram: count * (math.log((1 + self.clauses) / (1 + self.frequency[gram])) + 1) for gram, count in grams.items()}

    def bm25(self, query: Counter[str], document: Counter[str]) -> float:
        size = sum(document.values()) / self.length
        return sum(
            math.log(1 + (self.clauses - self.frequency[gram] + 0.5) / (self.frequency[gram] + 0.5)) * document[gram] * (_K1 + 1) / (document[gram] + _K1 * (1 - _B + _B * size))
            for gram in query
            if gram in document
        )


@cache
def _corpus_of(upper: str, lower: str) -> _Corpus:
    counted = [_counted(text) for text in dict.fromkeys((upper, lower))]
    frequency = sum((one.frequency for one in counted), Counter[str]())
    number = sum(one.clauses for one in counted)
    return _Corpus(frequency, number, sum(one.length for one in counted) / max(1, number))


@cache
def _counted(text: str) -> _Corpus:
    """The same of one document; ``length`` is the sum."""
    found = [_grams(text[a:b]) for a, b in clauses(text, 0, len(text))]
    pairs = sum(count for grams in found for gram, count in grams.items() if len(gram) == 2)
    return _Corpus(Counter(gram for grams in found for gram in grams), len(found), float(pairs))
