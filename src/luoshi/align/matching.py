"""Which passages belong together: bundles first, then clauses inside matched bundles."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from luoshi.align.likeness import THRESHOLDS, Damping, Likeness, Matrix, bundles, damping
from luoshi.align.side import Side

CANDIDATES = 3
"""So many lower bundles are looked at for each upper one."""


_TELLS = 12.0
"""A clause whose pairs of characters weigh less than this is mostly standard wording: 加强组织领导, 确保取得实效."""


_SURE = 0.6
_BY_ONE_ACT = 0.45
"""What a bundle is worth that answers a single clause: less than what is found, whatever the clause is worth."""


_HARDLY = 0.12
"""Clauses less alike than this are no pair in any bundle."""


_ANSWERED, _LEFT_TO_CHECK = 0.3, 0.49
"""The share of an upper bundle, by what its clauses tell, that must be answered for it to be found; and what it is worth where that is not so."""


class Match(NamedTuple):
    """An upper bundle and a lower one that may answer it, best first, with the pairs of their acts that belong together."""

    upper: int
    lower: int
    score: float
    acts: tuple[tuple[int, int, float], ...]


def match(upper: Side, lower: Side) -> list[Match]:
    """For each bundle of ``upper`` up to ``CANDIDATES`` of ``lower``, in order of the upper text and of falling likeness."""
    if not upper.passages or not lower.passages:
        return []
    damped = damping(upper.act_wording, lower.act_wording)
    acts = own_acts(upper, lower, damped)
    scores = bundle_scores(upper, lower, acts, damped)
    found: list[Match] = []
    answers = _answers_of_acts(upper, lower, acts)
    for i, row in enumerate(_best(scores)):
        candidates = {int(j): float(scores[i, j]) for j in row if scores[i, j] >= THRESHOLDS.to_check}
        for j, score in answers.get(i, ()):
            candidates.setdefault(j, max(float(scores[i, j]), score))
        found += sorted((_matched(upper, lower, i, j, acts, score) for j, score in candidates.items()), key=lambda one: (-one.score, one.lower))
    return found


def _matched(upper: Side, lower: Side, i: int, j: int, acts: Matrix, score: float) -> Match:
    """The match of two bundles; where its clauses answer too little of what the upper one tells, it is left to be checked."""
    pairs = _pairs(upper, lower, i, j, acts, score)
    above, told = upper.passages[i], upper.act_wording.told
    answered = sum(float(told[a]) for a, _b, _score in pairs)
    enough = answered >= _ANSWERED * float(told[above.first_act : above.last_act].sum())
    return Match(i, j, score if enough else min(score, _LEFT_TO_CHECK), pairs)


def _answers_of_acts(upper: Side, lower: Side, acts: Matrix) -> dict[int, list[tuple[int, float]]]:
    """Bundles that answer one clause of an upper bundle well, however little they have to do with the rest of it: to be checked."""
    best = acts.argmax(axis=1)
    likely = acts[np.arange(len(best)), best]
    found: dict[int, list[tuple[int, float]]] = {}
    for act in np.flatnonzero(likely >= _SURE):
        found.setdefault(int(upper.act_passages[act]), []).append((int(lower.act_passages[best[act]]), _BY_ONE_ACT * float(likely[act])))
    return found


def own_acts(upper: Side, lower: Side, damped: Damping) -> Matrix:
    """How sure it is that two clauses belong together; little where one of them says nothing but standard wording."""
    likeness = Likeness(upper.act_wording, lower.act_wording, damped)
    tells = np.minimum(1, np.minimum(upper.act_wording.told[:, None], lower.act_wording.told[None, :]) / np.float32(_TELLS))
    return np.multiply(likeness.acts(), tells, dtype=np.float32)


def bundle_scores(upper: Side, lower: Side, acts: Matrix, damped: Damping) -> Matrix:
    """How sure it is that two bundles belong together."""
    return bundles(
        Likeness(upper.passage_wording, lower.passage_wording, damped).mean,
        _block_max(acts, upper, lower),
        Likeness(upper.path_wording, lower.path_wording, damped).mean[upper.path_numbers][:, lower.path_numbers],
        np.maximum(
            Likeness(upper.passage_wording, lower.path_wording, damped).characters.cosine[:, lower.path_numbers],
            Likeness(upper.path_wording, lower.passage_wording, damped).characters.cosine[upper.path_numbers],
        ),
    )


def _block_max(acts: Matrix, upper: Side, lower: Side) -> Matrix:
    """For two bundles the likeness of the two clauses that are most alike."""
    rows = np.maximum.reduceat(acts, [p.first_act for p in upper.passages], axis=0)
    found: Matrix = np.maximum.reduceat(rows, [p.first_act for p in lower.passages], axis=1)
    return found


def _best(scores: Matrix) -> NDArray[np.int64]:
    """The columns of the best of each row, best first; equal ones in the order of the text."""
    n = min(CANDIDATES, scores.shape[1])
    part = np.argpartition(-scores, n - 1, axis=1)[:, :n]
    order = np.lexsort((part, -np.take_along_axis(scores, part, axis=1)), axis=1)
    return np.take_along_axis(part, order, axis=1)


def _pairs(upper: Side, lower: Side, i: int, j: int, acts: Matrix, score: float) -> tuple[tuple[int, int, float], ...]:
    """For each clause of the upper bundle the lower one that is most like it, where that is enough; of bundles that surely belong together
    the best pair at least."""
    above, below = upper.passages[i], lower.passages[j]
    block = acts[above.first_act : above.last_act, below.first_act : below.last_act]
    best = block.argmax(axis=1)
    likely = block[np.arange(len(best)), best]
    enough = THRESHOLDS.inside
    if score >= THRESHOLDS.found and likely.max() < enough:
        enough = max(float(likely.max()), _HARDLY)
    return tuple((above.first_act + k, below.first_act + int(best[k]), float(likely[k])) for k in np.flatnonzero(likely >= enough))
