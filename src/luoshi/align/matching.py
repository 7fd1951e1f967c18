"""Which passages belong together: bundles first, then clauses inside matched bundles."""

from typing import NamedTuple

import numpy as np

from luoshi.align.likeness import THRESHOLDS, Damping, Floats, Likeness, Numbers, Shared, bundles, damping, outline
from luoshi.align.side import Side

CANDIDATES = 3
"""So many lower bundles are kept for each upper one; one more is looked into."""
_LOOKED_INTO = CANDIDATES + 1
_TELLS = 12.0
"""A clause whose pairs of characters tell less than this is mostly standard wording: 加强组织领导, 确保取得实效."""
_SURE = 0.6
_BY_ONE_ACT = 0.45
"""What a bundle is worth that answers a single clause: less than what is found, whatever the clause is worth."""
_NEARLY, _HARDLY = 0.4, 0.12
"""Of bundles that belong together as surely as this the best pair of clauses is taken; clauses less alike than that are no pair in any bundle."""
_ANSWERED, _LEFT_TO_CHECK = 0.3, 0.49
"""The share of an upper bundle, by what its clauses tell, that must be answered for it to be found; and what it is worth where that is not so."""


class Match(NamedTuple):
    """An upper bundle and a lower one that may answer it, best first, with the pairs of their acts that belong together."""

    upper: int
    lower: int
    score: float
    acts: tuple[tuple[int, int, float], ...]


class _Block(NamedTuple):
    """The clauses of two bundles against each other: the best lower clause for each upper one, and how likely it is."""

    lower: int
    best: Numbers
    likely: Floats


def match(upper: Side, lower: Side) -> list[Match]:
    """For each bundle of ``upper`` up to ``CANDIDATES`` of ``lower``, in order of the upper text and of falling likeness."""
    if not upper.passages or not lower.passages:
        return []
    damped = damping(upper.act_wording, lower.act_wording)
    acts = _Acts(upper, lower, damped)
    outlines = _outlines(upper, lower, damped)
    rows, columns = _first_look(outlines, acts)
    blocks = acts.blocks(rows, columns)
    scores = bundles(outlines[rows, columns], np.array([block.likely.max() for block in blocks], np.float32))
    found: list[Match] = []
    begin = 0
    for i in range(len(upper.passages)):
        end = begin + int(np.searchsorted(rows[begin:], i, "right"))
        found += _kept(upper, i, blocks[begin:end], scores[begin:end])
        begin = end
    return found


def _outlines(upper: Side, lower: Side, damped: Damping) -> Floats:
    """What is known of all bundles without their clauses."""
    wholes = Likeness(upper.passage_wording, lower.passage_wording, damped).wholes()
    paths = Likeness(upper.path_wording, lower.path_wording, damped).wholes()[upper.path_numbers][:, lower.path_numbers]
    above = Shared(upper.passage_wording.characters, lower.path_wording.characters, damped.characters).cosine()[:, lower.path_numbers]
    below = Shared(upper.path_wording.characters, lower.passage_wording.characters, damped.characters).cosine()[upper.path_numbers]
    return outline(wholes, paths, np.maximum(above, below))


def _first_look(outlines: Floats, acts: "_Acts") -> tuple[Numbers, Numbers]:
    """The bundles to look into: the likeliest of each row by their outlines, and those that hold the best answer to one of its clauses."""
    n = min(_LOOKED_INTO, outlines.shape[1])
    likely = np.argpartition(-outlines, n - 1, axis=1)[:, :n]
    rows = np.repeat(np.arange(len(outlines)), n)
    keys = np.concatenate((rows * outlines.shape[1] + likely.ravel(), acts.best_bundles() @ np.array([outlines.shape[1], 1])))
    found = np.unique(keys)
    return found // outlines.shape[1], found % outlines.shape[1]


class _Acts:
    """The clauses of two documents against each other, where somebody asks."""

    def __init__(self, upper: Side, lower: Side, damped: Damping) -> None:
        self._upper, self._lower = upper, lower
        self._likeness = Likeness(upper.act_wording, lower.act_wording, damped)
        self._tells = (np.minimum(1, upper.act_wording.told / _TELLS), np.minimum(1, lower.act_wording.told / _TELLS))

    def best_bundles(self) -> Numbers:
        """Upper bundle and lower bundle of each clause and its likeliest answer in the whole document."""
        best = self._likeness.pairs.best()
        there = np.flatnonzero(best >= 0)
        return np.stack((self._upper.act_passages[there], self._lower.act_passages[best[there]]), axis=1)

    def blocks(self, rows: Numbers, columns: Numbers) -> list[_Block]:
        """The clauses of each of these pairs of bundles."""
        firsts, lasts = self._upper.first_acts[rows], self._upper.first_acts[rows + 1]
        lower_firsts, lower_lasts = self._lower.first_acts[columns], self._lower.first_acts[columns + 1]
        heights, widths = lasts - firsts, lower_lasts - lower_firsts
        sizes = heights * widths
        block = np.repeat(np.arange(len(rows)), sizes)
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        above = firsts[block] + within // widths[block]
        below = lower_firsts[block] + within % widths[block]
        likely = self._likeness.acts(above, below) * np.minimum(self._tells[0][above], self._tells[1][below])
        lines = np.cumsum(np.concatenate(([0], np.repeat(widths, heights))))[:-1]
        best = np.maximum.reduceat(likely, lines)
        at = np.flatnonzero(likely == np.repeat(best, np.repeat(widths, heights)))
        first_of_line = at[np.searchsorted(at, lines)]
        ends = np.cumsum(heights)
        return [_Block(int(columns[k]), below[first_of_line[e - h : e]], best[e - h : e]) for k, (e, h) in enumerate(zip(ends.tolist(), heights.tolist(), strict=True))]


def _kept(upper: Side, i: int, blocks: list[_Block], scores: Floats) -> list[Match]:
    """The best of the bundles that were looked into, and those that answer one clause well, however little they have to do with the rest."""
    order = sorted(range(len(blocks)), key=lambda k: (-float(scores[k]), blocks[k].lower))
    kept = {k: float(scores[k]) for k in order[:CANDIDATES] if scores[k] >= THRESHOLDS.to_check}
    answers: dict[int, tuple[float, int]] = {}
    for k, block in enumerate(blocks):
        for line, likely in enumerate(block.likely.tolist()):
            if likely >= _SURE and likely > answers.get(line, (0.0, 0))[0]:
                answers[line] = likely, k
    for likely, k in answers.values():
        kept.setdefault(k, max(float(scores[k]), _BY_ONE_ACT * likely))
    return sorted((_matched(upper, i, blocks[k], score) for k, score in kept.items()), key=lambda one: (-one.score, one.lower))


def _matched(upper: Side, i: int, block: _Block, score: float) -> Match:
    """The match of two bundles; where its clauses answer too little of what the upper one tells, it is left to be checked."""
    enough = THRESHOLDS.inside
    if score >= _NEARLY and block.likely.max() < enough:
        enough = max(float(block.likely.max()), _HARDLY)
    above, told = upper.passages[i], upper.act_wording.told
    pairs = tuple((above.first_act + k, int(block.best[k]), float(block.likely[k])) for k in np.flatnonzero(block.likely >= enough).tolist())
    answered = sum(float(told[a]) for a, _b, _score in pairs)
    whole = block.likely.max() >= THRESHOLDS.inside and answered >= _ANSWERED * float(told[above.first_act : above.last_act].sum())
    return Match(i, block.lower, score if whole else min(score, _LEFT_TO_CHECK), pairs)
