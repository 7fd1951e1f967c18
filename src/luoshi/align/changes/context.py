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

    ``likely`` is how sure it is that the two belong together: only where it is can what is not there be called gone.
    """

    upper: Slots
    lower: Slots
    shares: bool
    likely: float
    names_of_lower: frozenset[str]

    @property
    def all_lower_deadlines(self) -> tuple[Deadline, ...]:
        """All of the lower item."""
        return self.lower.item.deadlines if self.lower.item else ()

    @property
    def upper_targets(self) -> tuple[Target, ...]:
        """All of the upper item."""
        return self.upper.item.targets if self.upper.item else ()

    @property
    def lower_targets(self) -> tuple[Target, ...]:
        """All of the lower item."""
        return self.lower.item.targets if self.lower.item else ()

    @property
    def upper_words(self) -> str:
        """The upper sentence with those beside it."""
        return self.upper.neighbourhood

    @property
    def lower_words(self) -> str:
        """The lower sentence with those beside it."""
        return self.lower.neighbourhood


def span_of(one: Target | Deadline) -> Span:
    """Where a target or a time limit stands."""
    return Span(one.start, one.end)


def at(slots: Slots, match: re.Match[str]) -> Span:
    """Where a match in the words of ``slots`` stands in the text."""
    return Span(slots.start + match.start(), slots.start + match.end())
