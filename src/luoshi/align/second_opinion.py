"""What a local model may say to matches that are left to be checked: it may move them out of that band, and nothing else.

What wording has decided, found or not, stays as it is; numbers, dates and relations are never a model's.
"""

from collections.abc import Sequence

from luoshi.align.embedder import Embedder
from luoshi.align.likeness import THRESHOLDS
from luoshi.align.matching import Match
from luoshi.align.side import Side

AGREES, DENIES = 0.75, 0.25
"""The cosine of two passages from which the model takes them for the same, and below which for different."""


def heed(matches: Sequence[Match], upper: Side, lower: Side, embedder: Embedder) -> list[Match]:
    """The matches after the model had its say: those to be checked are found where it agrees, gone where it denies."""
    asked = [one for one in matches if THRESHOLDS.to_check <= one.score < THRESHOLDS.found]
    above = embedder.embed([upper.passage_text(one.upper) for one in asked])
    below = embedder.embed([lower.passage_text(one.lower) for one in asked])
    alike = {(one.upper, one.lower): float(a @ b) for one, a, b in zip(asked, above, below, strict=True)}
    kept = [one for one in matches if alike.get((one.upper, one.lower), 1.0) >= DENIES]
    return [one._replace(score=THRESHOLDS.found) if alike.get((one.upper, one.lower), 0.0) >= AGREES else one for one in kept]
