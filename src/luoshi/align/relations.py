"""Two passages that belong together: what became of the upper wording in the lower. Pure: slots in, relation out.

The relation is the strongest change there is, in the order of ``STRONGEST``; the others stand beside it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from luoshi.align.changes.added import added as find_added
from luoshi.align.changes.context import Around, Told
from luoshi.align.changes.figures import figures
from luoshi.align.changes.force import lists, scope, strength
from luoshi.align.changes.narrowing import narrower
from luoshi.align.changes.numbers import keeps_targets, numbers
from luoshi.align.changes.time import dates, frequency, lengths, starts
from luoshi.align.changes.who import responsible
from luoshi.align.model import Added, Change, Relation
from luoshi.align.slots import FORCE, Slots
from luoshi.align.wording import is_copied
from luoshi.text import Span

STRONGEST: tuple[Relation, ...] = ("weakened", "narrowed", "tightened", "concretised", "same_target", "carried", "copied")

_ALL = frozenset({"所有", "全部", "全体"})


class Verdict(NamedTuple):
    """The relation, the others that hold, and the evidence."""

    relation: Relation
    also: tuple[Relation, ...]
    added: tuple[Added, ...]
    changed: tuple[Change, ...]


def strongest_first(held: set[Relation]) -> list[Relation]:
    """Relations that hold side by side, in the order of ``STRONGEST``."""
    return [relation for relation in STRONGEST if relation in held] if len(held) > 1 else list(held)


def verdict(upper: Slots, lower: Slots, around: Around) -> Verdict:
    """What became of ``upper`` in ``lower``, which are known to belong together."""
    told = list(_changes(upper, lower, around))
    if len(told) > 1:
        told = list(dict.fromkeys(told))
    changed = tuple([change for change, _relation in told])
    added = tuple(find_added(upper, lower, around, changed))
    held: set[Relation] = {relation for _change, relation in told if relation}
    if added and any(change.slot == "scope" and change.how == "shortened" for change in changed):
        added = tuple(one for one in added if one.slot != "number" or not any(c.slot == "scope" and c.lower and c.lower.covers(one.lower) for c in changed))
    if added:
        held.add("concretised")
    copied = not changed and is_copied(upper.words, lower.words) and _means_as_much(upper, lower)
    if copied:
        held.add("copied")
    elif keeps_targets(upper, lower, around):
        held.add("same_target")
    if not held or (not copied and not held & {"same_target"} and not changed and not added):
        held.add("carried")
    order = strongest_first(held)
    return Verdict(order[0], tuple(order[1:]), added, changed)


def _means_as_much(upper: Slots, lower: Slots) -> bool:
    """False where a word is gone that counts: 所有, 以上. Nobody can say that less is asked, and yet it is not the same wording."""
    whole = upper.whole
    if whole and whole[0] in _ALL and not lower.whole:
        return False
    return len(upper.goals) != len(lower.goals) or [goal.comparator for goal in upper.goals] == [goal.comparator for goal in lower.goals]


def _changes(upper: Slots, lower: Slots, around: Around) -> Iterator[Told]:
    """Every kind of change is looked for where the upper has something that can change."""
    if upper.goals or (upper.targets and "每" in upper.words):
        yield from numbers(upper, lower, around)
    if upper.has_digits or upper.length or "立即" in upper.words:
        yield from lengths(upper, lower, around)
    if upper.deadlines or upper.governing:
        yield from dates(upper, lower, around)
    if upper.often:
        yield from frequency(upper, lower, around)
    if upper.has_digits:
        yield from starts(upper, lower)
        if lower.has_digits:
            yield from figures(upper, lower)
    if (upper.cues | lower.cues) & FORCE:
        yield from strength(upper, lower)
    if upper.whole or lower.part or "基本" in lower.words or "总体" in lower.words:
        yield from scope(upper, lower)
    if "、" in upper.words or "”“" in upper.words:
        yield from lists(upper, lower, around)
    if upper.item and upper.item.units:
        yield from responsible(upper.item, lower.item, Span(upper.start, upper.end), Span(lower.start, lower.end))
    yield from narrower(upper.words, lower.words, upper.start, lower.start)
