"""An alignment as the rows of an office's lists: items, passages, targets. Shared by all writers, so that they cannot differ.

An item pair is shown by its acts where it has any, else as a whole: a passage is what is counted and listed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from luoshi.align.edits import edit_script
from luoshi.align.model import LINKING, Alignment, Band, Comparison, Edit, Link, Relation, TargetRow
from luoshi.decompose.model import Decomposition, Item, Target
from luoshi.text import Span
from luoshi.writers import labels
from luoshi.writers.alignment.words import notes
from luoshi.writers.rows import one_line, title_of

# The strongest first: the one that is named where there is room for one.
STRENGTH: tuple[Relation, ...] = (
    "weakened", "narrowed", "tightened", "concretised", "same_target", "carried", "copied", "same_source", "related",
)  # fmt: skip
# Relations and comparisons that a reader looks at first.
FIRST_LOOK: frozenset[str] = frozenset({"weakened", "narrowed"})


@dataclass(frozen=True, slots=True)
class Passage:
    """One link as a row: two quotes and what changed between them, in words. ``number`` is its place in the alignment, from 1."""

    document: int
    number: int
    link: Link
    upper: str
    lower: str
    edits: tuple[Edit, ...]
    notes: tuple[str, ...]

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The relation and those beside it."""
        return (self.link.relation, *self.link.also)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What one lower document has for one upper item. ``band`` is None where the item takes no part."""

    document: int
    band: Band | None
    score: float
    passages: tuple[Passage, ...]

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Every relation of the passages, the strongest first."""
        found = {relation for passage in self.passages for relation in passage.relations}
        return tuple(relation for relation in STRENGTH if relation in found)


@dataclass(frozen=True, slots=True)
class UpperRow:
    """An upper item with its counterpart in every lower document."""

    number: int
    item: Item
    quote: str
    path: str
    counterparts: tuple[Counterpart, ...]

    @property
    def takes_part(self) -> bool:
        """False for statements of principle."""
        return any(one.band is not None for one in self.counterparts)


@dataclass(frozen=True, slots=True)
class LowerRow:
    """A lower item with no source above."""

    document: int
    number: int
    item: Item
    quote: str
    path: str


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target of the upper document and what each lower document has beside it; None where an alignment says nothing of it."""

    item: int
    indicator: str
    upper: Target
    cells: tuple[TargetRow | None, ...]


@dataclass(frozen=True)
class Sheet:
    """All alignments of one upper document, as rows."""

    alignments: tuple[Alignment, ...]

    @classmethod
    def of(cls, alignments: Sequence[Alignment]) -> "Sheet":
        """Raises ``ValueError`` where there is no alignment, or the upper documents differ."""
        if len({alignment.upper.source.text_sha256 for alignment in alignments}) != 1:
            raise ValueError("alignments of one upper document are wanted")
        return cls(tuple(alignments))

    @property
    def upper(self) -> Decomposition:
        """The document above."""
        return self.alignments[0].upper

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What to call each lower document in a narrow column: its authority, where that tells them apart, else its title."""
        authorities = [one_line(a.lower.facts.authority or "") for a in self.alignments]
        told = Counter(authorities)
        return tuple(
            name if name and told[name] == 1 else title_of(alignment.lower)
            for name, alignment in zip(authorities, self.alignments, strict=True)
        )

    @cached_property
    def passages(self) -> tuple[tuple[Passage, ...], ...]:
        """The passages of every alignment, in the order of its links."""
        return tuple(tuple(_passages(n, alignment)) for n, alignment in enumerate(self.alignments, 1))

    @cached_property
    def upper_rows(self) -> tuple[UpperRow, ...]:
        """Every upper item in the order of the text."""
        bands = [{item.id: item for item in alignment.upper_items} for alignment in self.alignments]
        of_item: list[dict[str | None, list[Passage]]] = []
        for passages in self.passages:
            of_item.append({})
            for passage in passages:
                of_item[-1].setdefault(passage.link.upper_item, []).append(passage)
        return tuple(
            UpperRow(
                n, item, one_line(item.quote), path_of(item),
                tuple(
                    Counterpart(d, bands[d - 1][item.id].band, bands[d - 1][item.id].score, tuple(of_item[d - 1].get(item.id, ())))
                    for d in range(1, len(self.alignments) + 1)
                ),
            )
            for n, item in enumerate(self.upper.items, 1)
        )  # fmt: skip

    @cached_property
    def taking_part(self) -> tuple[UpperRow, ...]:
        """The upper items that are compared."""
        return tuple(row for row in self.upper_rows if row.takes_part)

    @cached_property
    def principles(self) -> tuple[UpperRow, ...]:
        """The upper items that are not."""
        return tuple(row for row in self.upper_rows if not row.takes_part)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Id of an upper item → its number."""
        return {item.id: n for n, item in enumerate(self.upper.items, 1)}

    @cached_property
    def local(self) -> tuple[tuple[LowerRow, ...], ...]:
        """For every lower document its items that have no source above."""
        return tuple(tuple(_local(n, alignment)) for n, alignment in enumerate(self.alignments, 1))

    @cached_property
    def targets(self) -> tuple[TargetLine, ...]:
        """The targets of the upper document in the order of its text."""
        beside: dict[Target, list[TargetRow | None]] = {}
        for d, alignment in enumerate(self.alignments):
            for row in alignment.targets:
                beside.setdefault(row.upper, [None] * len(self.alignments))[d] = row
        lines = []
        for upper, cells in sorted(beside.items(), key=lambda pair: (pair[0].start, pair[0].end)):
            first = next(cell for cell in cells if cell)
            lines.append(TargetLine(self.numbers.get(first.upper_item, 0), first.indicator or upper.indicator, upper, tuple(cells)))
        return tuple(lines)

    def band_counts(self, document: int) -> dict[Band, int]:
        """Upper items per band in one lower document; the base is those that take part."""
        found = Counter(row.counterparts[document - 1].band for row in self.taking_part)
        return {band: found[band] for band in ("found", "to_check", "not_seen")}

    def relation_counts(self, document: int) -> dict[str, int]:
        """Passages per relation in one lower document, each under its strongest one."""
        found = Counter(passage.link.relation for passage in self.passages[document - 1])
        return {relation: found[relation] for relation in labels.relations()}  # type: ignore[index]

    def comparison_counts(self, document: int) -> dict[Comparison, int]:
        """Targets per comparison in one lower document."""
        found = Counter(row.comparison for row in self.alignments[document - 1].targets)
        return {comparison: found[comparison] for comparison in labels.comparisons()}  # type: ignore[misc,index]


def path_of(item: Item) -> str:
    """The headings above an item, joined by ›."""
    return " › ".join(one_line(heading) for heading in item.path)


def relation_words(relations: Sequence[str]) -> str:
    """Relations in words, joined by 、."""
    words = labels.relations()
    return "、".join(words[relation] for relation in relations if relation in words)


def _passages(document: int, alignment: Alignment) -> list[Passage]:
    of_pair: dict[tuple[str | None, str | None], set[str]] = {}
    for link in alignment.links:
        of_pair.setdefault((link.upper_item, link.lower_item), set()).add(link.level)
    found = []
    for number, link in enumerate(alignment.links, 1):
        if link.relation == "none" or (link.level == "bundle" and "act" in of_pair[link.upper_item, link.lower_item]):
            continue
        upper, lower = alignment.quotes(link)
        edits = edit_script(alignment.upper.source.text, link.upper, alignment.lower.source.text, link.lower)
        found.append(Passage(document, number, link, one_line(upper), one_line(lower), edits, notes(link, alignment)))
    return found


def _local(document: int, alignment: Alignment) -> list[LowerRow]:
    local = {item.id for item in alignment.lower_items if item.origin == "local"}
    return [
        LowerRow(document, n, item, one_line(item.quote), path_of(item))
        for n, item in enumerate(alignment.lower.items, 1)
        if item.id in local
    ]


def links_up(passage: Passage) -> bool:
    """True where the lower passage takes up the upper one, rather than only sharing its subject."""
    return passage.link.relation in LINKING


def target_span(target: Target) -> Span:
    """Where a target stands."""
    return Span(target.start, target.end)
