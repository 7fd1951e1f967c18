"""Which passages belong together: bundles first, then clauses inside matched bundles."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from luoshi.align.likeness import THRESHOLDS, Floats, Likeness, Numbers, bundles, damping, outline
from luoshi.align.side import Side

CANDIDATES = 3
"""So many lower bundles are kept for each upper one; one more is looked into."""
_LOOKED_INTO = CANDIDATES + 1
_TELLS = 12.0
"""A clause whose pairs of characters tell less than this is mostly standard wording: 加强组织领导, 确保取得实效."""
_SURE, _A_SENTENCE = 0.5, 20
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


class _Lines(NamedTuple):
    """The clauses of many pairs of bundles against each other. A line is one upper clause in one pair: its best lower clause, and how likely
    that is; ``pair`` numbers the pair, ``begins`` has the first line of each."""

    begins: Numbers
    pair: Numbers
    upper: Numbers
    lower: Numbers
    likely: Floats


def match(upper: Side, lower: Side) -> list[Match]:
    """For each bundle of ``upper`` up to ``CANDIDATES`` of ``lower``, in order of the upper text and of falling likeness."""
    if not upper.passages or not lower.passages:
        return []
    outlines, acts = _looked_over(upper, lower)
    return _looked_into(upper, outlines, acts, *_first_look(outlines, acts))


def by_openings(upper: Side, lower: Side, matches: Sequence[Match]) -> tuple[Side, list[Match]]:
    """The openings of the paragraphs of ``lower``, and which of them answer upper bundles that nothing else is found for."""
    opens = lower.openings
    if not opens.passages or not upper.passages:
        return opens, []
    outlines, acts = _looked_over(upper, opens)
    possible = bundles(outlines.max(axis=1), np.ones(1, np.float32)) >= THRESHOLDS.found  # were their best clauses surely the same
    possible[[one.upper for one in matches if one.score >= THRESHOLDS.found]] = False
    if not possible.any():
        return opens, []
    rows, columns = _first_look(outlines, acts)
    asked = possible.take(rows)
    found = [one for one in _looked_into(upper, outlines, acts, rows[asked], columns[asked]) if one.score >= THRESHOLDS.found]
    return opens, [one if _says_enough(opens, one.lower) else one._replace(score=_LEFT_TO_CHECK) for one in found]


def _says_enough(opens: Side, number: int) -> bool:
    """True for an opening that is a sentence of its own and no mere name of what follows: 改造县级养老服务中心."""
    return opens.passages[number].end - opens.passages[number].start >= _A_SENTENCE


def _looked_over(upper: Side, lower: Side) -> tuple[Floats, "_Acts"]:
    """What is known of all bundles without their clauses, and their clauses, which are looked into where that is worth while."""
    likeness = Likeness.of(upper.wording, lower.wording, damping(upper.act_wording, lower.act_wording))
    return _outlines(upper, lower, likeness), _Acts(upper, lower, likeness)


def _looked_into(upper: Side, outlines: Floats, acts: "_Acts", rows: Numbers, columns: Numbers) -> list[Match]:
    """What comes of these pairs of bundles once their clauses are compared."""
    if not rows.size:
        return []
    lines = acts.lines(rows, columns)
    scores = bundles(outlines[rows, columns], np.maximum.reduceat(lines.likely, lines.begins))
    return _matches(upper, rows, columns, _kept(rows, columns, scores, lines), lines)


def _outlines(upper: Side, lower: Side, likeness: Likeness) -> Floats:
    """What is known of all bundles without their clauses."""
    rows, columns = len(upper.passages), len(lower.passages)
    characters, pairs = (one.merged(upper.outline_firsts, lower.outline_firsts).cosine() for one in (likeness.characters, likeness.pairs))
    wholes = (characters + pairs) / np.float32(2)
    paths = wholes[rows:, columns:].take(lower.path_numbers, axis=1)[upper.path_numbers]
    crossed = np.maximum(characters[:rows, columns:].take(lower.path_numbers, axis=1), characters[rows:, :columns][upper.path_numbers])
    return outline(wholes[:rows, :columns], paths, crossed)


def _first_look(outlines: Floats, acts: "_Acts") -> tuple[Numbers, Numbers]:
    """The bundles to look into: the likeliest of each row by their outlines, and those that hold the best answer to one of its clauses."""
    looked_into = np.zeros(outlines.shape, bool)
    looked_into[acts.best_bundles()] = True
    left, rows = outlines.copy(), np.arange(len(outlines))
    for _ in range(min(_LOOKED_INTO, outlines.shape[1])):
        likeliest = left.argmax(axis=1)
        looked_into[rows, likeliest] = True
        left[rows, likeliest] = -np.inf
    return np.divmod(np.flatnonzero(looked_into), outlines.shape[1])


class _Acts:
    """The clauses of two documents against each other, where somebody asks."""

    def __init__(self, upper: Side, lower: Side, likeness: Likeness) -> None:
        self._upper, self._lower = upper, lower
        self._likeness = likeness.first(len(upper.acts), len(lower.acts))
        self._tells = (np.minimum(1, upper.act_wording.told / _TELLS), np.minimum(1, lower.act_wording.told / _TELLS))

    def best_bundles(self) -> tuple[Numbers, Numbers]:
        """Upper bundle and lower bundle of each clause and its likeliest answer in the whole document."""
        best = self._likeness.pairs.best()
        there = np.flatnonzero(best >= 0)
        return self._upper.act_passages[there], self._lower.act_passages[best[there]]

    def lines(self, rows: Numbers, columns: Numbers) -> _Lines:
        """The clauses of each of these pairs of bundles."""
        firsts, lasts = self._upper.first_acts[rows], self._upper.first_acts[rows + 1]
        lower_firsts, lower_lasts = self._lower.first_acts[columns], self._lower.first_acts[columns + 1]
        pair_begins, pair, upper = _ranges(firsts, lasts)
        begins, line, below = _ranges(lower_firsts[pair], lower_lasts[pair])
        above = upper.take(line)
        likely = self._likeness.acts(above, below)
        likely *= np.minimum(self._tells[0].take(above), self._tells[1].take(below))
        best = np.maximum.reduceat(likely, begins)
        at = np.flatnonzero(likely == best.take(line))
        first = at[np.searchsorted(at, begins)]
        return _Lines(pair_begins, pair, upper, below[first], best)


def _ranges(firsts: Numbers, lasts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Where each range begins, which range each number is of, and the numbers: from each of ``firsts`` to before its ``lasts``, one range behind
    the other."""
    lengths = lasts - firsts
    begins = np.cumsum(lengths) - lengths
    of = np.repeat(np.arange(len(firsts)), lengths)
    return begins, of, np.arange(len(of)) + (firsts - begins).take(of)


def _kept(rows: Numbers, columns: Numbers, scores: Floats, lines: _Lines) -> Floats:
    """For each pair what it is worth, 0 for those that are left: the best of each upper bundle are kept, and those that answer one clause
    well, however little they have to do with the rest."""
    order = np.lexsort((columns, -scores, rows))
    rank = np.arange(len(rows)) - np.searchsorted(rows[order], rows[order])
    kept = np.zeros(len(rows), np.float32)
    best = order[(rank < CANDIDATES) & (scores[order] >= THRESHOLDS.to_check)]
    kept[best] = scores[best]
    sure = np.flatnonzero(lines.likely >= _SURE)
    sure = sure[np.lexsort((lines.pair[sure], -lines.likely[sure], lines.upper[sure]))]
    first = sure[np.flatnonzero(np.diff(lines.upper[sure], prepend=-1))]
    alone = first[kept[lines.pair[first]] == 0]
    np.maximum.at(kept, lines.pair[alone], np.maximum(scores[lines.pair[alone]], np.float32(_BY_ONE_ACT) * lines.likely[alone]).astype(np.float32))
    return kept


def _matches(upper: Side, rows: Numbers, columns: Numbers, kept: Floats, lines: _Lines) -> list[Match]:
    """The pairs of bundles that are kept, with their clauses that belong together; where these answer too little of what the upper bundle
    tells, the match is left to be checked."""
    likely, score = lines.likely.astype(float), kept.astype(float)
    best = np.maximum.reduceat(likely, lines.begins)
    hardly = best < THRESHOLDS.inside
    enough = np.where(hardly & (score >= _NEARLY), np.maximum(best, _HARDLY), THRESHOLDS.inside)
    alike = np.flatnonzero((likely >= enough[lines.pair]) & (score > 0)[lines.pair])
    pair, above, told = lines.pair[alike], lines.upper[alike], upper.act_wording.told
    answered = np.bincount(pair, told[above], minlength=len(rows))
    little = hardly | (answered < (_ANSWERED * np.add.reduceat(told, upper.first_acts[:-1]))[rows])
    score[little] = np.minimum(score[little], _LEFT_TO_CHECK)
    acts: dict[int, list[tuple[int, int, float]]] = {}
    for n, *act in zip(pair.tolist(), above.tolist(), lines.lower[alike].tolist(), likely[alike].tolist(), strict=True):
        acts.setdefault(n, []).append(tuple(act))
    chosen = np.flatnonzero(score)
    order = chosen[np.lexsort((columns[chosen], -score[chosen], rows[chosen]))]
    return [Match(i, j, worth, tuple(acts.get(n, ()))) for n, i, j, worth in zip(*(one.tolist() for one in (order, rows[order], columns[order], score[order])), strict=True)]
