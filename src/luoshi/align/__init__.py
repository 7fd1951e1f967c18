"""Decomposition × Decomposition → Alignment: two levels' documents side by side.

Read ``align`` first: it is the whole pass. Passages are matched, bundles first, then their clauses; slots decide what became of each;
dates and levels decide whether the lower document can have taken from the upper one. Advisory: it compares wording, a person confirms.
"""

import sys
from types import ModuleType
from typing import Any

from luoshi.align.assemble import assemble
from luoshi.align.direction import direction
from luoshi.align.embedder import Embedder, load_embedder
from luoshi.align.lines import led_back
from luoshi.align.matching import by_openings, match
from luoshi.align.model import (
    BANDS,
    COMPARISONS,
    RELATIONS,
    Added,
    Alignment,
    Band,
    Change,
    Direction,
    Edit,
    EmbedderFacts,
    Link,
    LowerItem,
    Origin,
    Ratio,
    Relation,
    TargetRow,
    UpperItem,
)
from luoshi.align.pairing import relate
from luoshi.align.second_opinion import heed
from luoshi.align.side import side
from luoshi.decompose.model import Decomposition
from luoshi.text.collector import collector_at_rest

__all__ = [
    "BANDS",
    "COMPARISONS",
    "RELATIONS",
    "Added",
    "Alignment",
    "Band",
    "Change",
    "Direction",
    "Edit",
    "Embedder",
    "EmbedderFacts",
    "Link",
    "LowerItem",
    "Origin",
    "Ratio",
    "Relation",
    "TargetRow",
    "UpperItem",
    "align",
    "load_embedder",
    "relate",
]


@collector_at_rest()  # around the whole call: what is made on the way is gone before the collector looks again
def align(
    upper: Decomposition, lower: Decomposition, *, upper_date: str | None = None, lower_date: str | None = None, embedder: Embedder | None = None
) -> Alignment:
    """Lay ``lower`` beside ``upper``: what of it is found, to be checked, not seen; copied, carried, made concrete, changed.

    What belongs to one document alone is worked out once: the last that were compared are kept ready (``KEPT`` of ``luoshi.align.side``).
    ``upper_date`` and ``lower_date`` (ISO text to the day, month or year) are taken before what the documents say of themselves.
    ``embedder`` may move matches out of *to check*. Every span of the result is one of the document it belongs to. Nothing is raised for
    odd documents: where they have nothing in common, there are no links.
    """
    above, below = side(upper, searched=False), side(lower, searched=True)
    which = direction(upper, lower, upper_date=upper_date, lower_date=lower_date)
    matches = match(above, below)
    found = [(below, matches), by_openings(above, below, matches)]
    answers = [(searched, heed(own, above, searched, embedder) if embedder else own, own) for searched, own in found]
    made = assemble(above, below, answers, which, EmbedderFacts(embedder.name, embedder.sha256) if embedder else None)
    return led_back(made, upper, lower, above.view, below.view)


class _Callable(ModuleType):
    """``luoshi.align`` is this package and, in the public API, the function: the package can be called."""

    def __call__(self, upper: Decomposition, lower: Decomposition, **options: Any) -> Alignment:
        return align(upper, lower, **options)


sys.modules[__name__].__class__ = _Callable
