"""What an alignment is made of. Upper spans are of the upper document's text, lower spans of the lower document's.

Nothing here says that work was done or left undone: an alignment compares wording.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from luoshi.decompose.model import Decomposition, Target
from luoshi.text import Span

Relation = Literal["copied", "carried", "concretised", "weakened", "tightened", "narrowed", "same_target", "same_source", "related", "none"]
RELATIONS: tuple[Relation, ...] = (
    "copied", "same_target", "carried", "concretised", "tightened", "weakened", "narrowed", "same_source", "related", "none",
)  # fmt: skip
LINKING: frozenset[Relation] = frozenset(RELATIONS) - {"related", "none"}
"""The relations that say that the lower passage takes up the upper one; ``related`` only shares its subject."""
Band = Literal["found", "to_check", "not_seen"]
BANDS: tuple[Band, ...] = ("found", "to_check", "not_seen")
Origin = Literal["derived", "same_source", "to_check", "local"]
Slot = Literal["number", "deadline", "unit", "place", "project", "list", "modality", "frequency", "scope"]
How = Literal[
    "raised", "lowered", "apportioned", "to_words", "to_number", "earlier", "later", "softened", "hardened", "shortened", "dropped", "replaced",
]  # fmt: skip
Comparison = Literal["stricter", "looser", "equal", "apportioned", "in_words", "not_seen"]
COMPARISONS: tuple[Comparison, ...] = ("stricter", "looser", "equal", "apportioned", "in_words", "not_seen")


class Edit(NamedTuple):
    """One step of the edit script from the upper wording to the lower; one side is empty where ``op`` is insert or delete."""

    op: Literal["equal", "replace", "delete", "insert"]
    upper: Span
    lower: Span


class Added(NamedTuple):
    """What the lower passage has and the upper lacks: a number, a deadline, a unit, a place, a project."""

    slot: Slot
    lower: Span


class Change(NamedTuple):
    """What both have in different form, or the upper alone (``lower`` is None: ``dropped``, ``shortened``)."""

    slot: Slot
    how: How
    upper: Span
    lower: Span | None


class Link(NamedTuple):
    """Two passages that belong together, in one relation: the strongest there is; ``also`` has the others.

    ``level`` is ``bundle`` (a whole item) or ``act`` (a clause of it); ``upper_item``, ``lower_item`` are the ids of the items
    they belong to; ``score`` in 0..1 says how sure it is that the two belong together.
    """

    upper: Span
    lower: Span
    level: Literal["bundle", "act"]
    relation: Relation
    also: tuple[Relation, ...]
    score: float
    upper_item: str | None
    lower_item: str | None
    added: tuple[Added, ...]
    changed: tuple[Change, ...]


class UpperItem(NamedTuple):
    """An item of the upper document: how far a counterpart was seen. ``links`` are indices into ``Alignment.links``, best first.

    ``band`` is None for statements of principle, which take no part.
    """

    id: str
    band: Band | None
    score: float
    links: tuple[int, ...]


class LowerItem(NamedTuple):
    """An item of the lower document: where it comes from. ``origin`` is None for statements of principle."""

    id: str
    origin: Origin | None
    links: tuple[int, ...]


class TargetRow(NamedTuple):
    """A target of the upper document beside that of the lower one.

    ``lower`` is None where there is none; ``words`` is then the passage that names the indicator without a number, if there is one.
    ``comparison`` reads from the upper to the lower: ``stricter`` is more demanding below. The numbers are compared, whichever
    document was first.
    """

    indicator: str
    upper: Target
    lower: Target | None
    words: Span | None
    comparison: Comparison
    upper_item: str
    lower_item: str | None


@dataclass(frozen=True, slots=True)
class Direction:
    """``derived``: the lower document can have taken from the upper one. ``same_source``: it cannot, or nobody knows; ``reason`` says why.

    ``upper_date``, ``lower_date`` are ISO text as precise as known, None where unknown.
    """

    value: Literal["derived", "same_source"]
    reason: str
    upper_date: str | None
    lower_date: str | None


class Ratio(NamedTuple):
    """A share with its base and the words that say what was counted."""

    name: Literal["copied", "concretised", "found", "to_check", "not_seen", "local"]
    part: int
    whole: int
    formula: str

    @property
    def value(self) -> float | None:
        """``part / whole``, None where there is nothing to count."""
        return self.part / self.whole if self.whole else None


class EmbedderFacts(NamedTuple):
    """Which local model had a say: its name and the SHA-256 of its files."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two documents side by side. Advisory: a person confirms."""

    upper: Decomposition
    lower: Decomposition
    direction: Direction
    links: tuple[Link, ...]
    upper_items: tuple[UpperItem, ...]
    lower_items: tuple[LowerItem, ...]
    targets: tuple[TargetRow, ...]
    measures: tuple[Ratio, ...]
    standard_version: str
    embedder: EmbedderFacts | None = None

    def quotes(self, link: Link) -> tuple[str, str]:
        """The upper and the lower wording of ``link``."""
        return link.upper.of(self.upper.source.text), link.lower.of(self.lower.source.text)
