"""What every finder of changes is given and gives: two passages with what stands around them; a change, and the relation that it makes."""

import re
from typing import NamedTuple

from luoshi.align.model import Change, Relation
from luoshi.align.slots import Slots
from luoshi.decompose.model import Deadline, Target
from luoshi.text import Span

Told = tuple[Change, Relation | None]
"""A change and the relation that it makes, None where it makes none."""


GONE_FROM = 0.5
"""So sure it must be that two passages belong together before something is called gone."""


class Around(NamedTuple):
    """What stands around the two passages: where a number or a date may be that the clause itself lacks.

    ``lower_words`` is the text of the whole lower item with its neighbours; ``upper_deadlines`` and ``lower_deadlines`` are those that hold for
    every clause of their item; the others are all of the whole items. ``likely`` is how sure it is that the two belong together: only where it is can what is not there be called gone.
    """

    upper_deadlines: tuple[Deadline, ...]
    lower_deadlines: tuple[Deadline, ...]
    all_lower_deadlines: tuple[Deadline, ...]
    upper_targets: tuple[Target, ...]
    lower_targets: tuple[Target, ...]
    upper_words: str
    lower_words: str
    shares: bool
    likely: float
    names_of_lower: frozenset[str]


def span_of(one: Target | Deadline) -> Span:
    """Where a target or a time limit stands."""
    return Span(one.start, one.end)


def at(slots: Slots, match: re.Match[str]) -> Span:
    """Where a match in the words of ``slots`` stands in the text."""
    return Span(slots.start + match.start(), slots.start + match.end())
