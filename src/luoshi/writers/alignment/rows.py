"""An alignment as the rows of an office's lists: items, passages, targets. Shared by all writers, so that they cannot differ.

An item pair is shown by its acts where it has any, else as a whole: a passage is what is counted and listed. Where an upper clause has
several counterparts in one document, the best item pair counts; the others are there to be looked up.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from luoshi.align.model import Alignment, Band, Relation, TargetRow, UpperItem
from luoshi.decompose.model import Decomposition, Item, Target
from luoshi.text import Span
from luoshi.writers import labels
from luoshi.writers.alignment.passages import STRENGTH, Passage, passages_of, unmatched
from luoshi.writers.plain import one_line
from luoshi.writers.rows import title_of

_GOVERNMENT = re.compile("人民政府(?:办公厅|办公室)?$")
# Relations that a reader looks at first.
FIRST_LOOK: frozenset[str] = frozenset({"weakened", "narrowed"})


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What one lower document has for one upper item. ``band`` is None where the item takes no part.

    ``passages`` are those that count, or, where nothing is found, those that are to be checked; ``others`` is the rest; ``unmatched`` are
    clauses of the upper item that no passage is about.
    """

    document: int
    band: Band | None
    score: float
    passages: tuple[Passage, ...]
    others: tuple[Passage, ...]
    unmatched: tuple[str, ...]

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Every relation of the passages that count, the strongest first."""
        found = {relation for passage in self.passages if passage.counts for relation in passage.relations}
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
        """What to call each lower document in a narrow column: its authority, where that tells them apart, else its title.

        Of several the place stands for its government and its government's office: 云州市, 青湾县.
        """
        authorities = [one_line(a.lower.facts.authority or "") for a in self.alignments]
        places = [_GOVERNMENT.sub("", name) or name for name in authorities]
        short = places if len(places) > 1 and len(set(places)) == len(set(authorities)) else authorities
        told = Counter(short)
        return tuple(
            name if name and told[name] == 1 else title_of(alignment.lower) for name, alignment in zip(short, self.alignments, strict=True)
        )

    @cached_property
    def passages(self) -> tuple[tuple[Passage, ...], ...]:
        """For every lower document the passages that count, in the order of the upper text."""
        return tuple(tuple(one for one in of if one.counts) for of in self.all_passages)

    @cached_property
    def all_passages(self) -> tuple[tuple[Passage, ...], ...]:
        """For every lower document all passages: in the order of the upper items, the best first."""
        return tuple(tuple(passages_of(n, alignment)) for n, alignment in enumerate(self.alignments, 1))

    @cached_property
    def upper_rows(self) -> tuple[UpperRow, ...]:
        """Every upper item in the order of the text."""
        bands = [{item.id: item for item in alignment.upper_items} for alignment in self.alignments]
        of_item: list[dict[str | None, list[Passage]]] = []
        for passages in self.all_passages:
            of_item.append({})
            for passage in passages:
                of_item[-1].setdefault(passage.link.upper_item, []).append(passage)
        documents = range(len(self.alignments))
        return tuple(
            UpperRow(
                n, item, one_line(item.quote), path_of(item),
                tuple(_counterpart(d + 1, bands[d][item.id], of_item[d].get(item.id, []), item) for d in documents),
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

    def shown(self, document: int) -> tuple[Passage, ...]:
        """The passages of one lower document that count or are to be checked."""
        return tuple(passage for row in self.upper_rows for passage in row.counterparts[document - 1].passages)

    def band_counts(self, document: int) -> dict[str, int]:
        """Upper items per band in one lower document; the base is those that take part."""
        return _counted(labels.bands(), (row.counterparts[document - 1].band for row in self.taking_part))

    def relation_counts(self, document: int) -> dict[str, int]:
        """Passages per relation in one lower document, each under its strongest one."""
        return _counted(labels.relations(), (passage.relations[0] for passage in self.passages[document - 1]))

    def comparison_counts(self, document: int) -> dict[str, int]:
        """Targets per comparison in one lower document."""
        return _counted(labels.comparisons(), (row.comparison for row in self.alignments[document - 1].targets))


def _counted(names: Iterable[str], found: Iterable[str | None]) -> dict[str, int]:
    """How often each name occurs, in the order of the names, zeros included."""
    counter = Counter(found)
    return {name: counter[name] for name in names}


def path_of(item: Item) -> str:
    """The headings above an item, joined by ›."""
    return " › ".join(one_line(heading) for heading in item.path)


def _counterpart(document: int, told: UpperItem, passages: list[Passage], item: Item) -> Counterpart:
    shown = tuple(passage for passage in passages if passage.counts or told.band == "to_check")
    others = tuple(passage for passage in passages if not passage.counts and told.band != "to_check")
    return Counterpart(document, told.band, told.score, shown, others, unmatched(item, shown) if told.band == "found" else ())


def _local(document: int, alignment: Alignment) -> list[LowerRow]:
    local = {item.id for item in alignment.lower_items if item.origin == "local"}
    return [
        LowerRow(document, n, item, one_line(item.quote), path_of(item))
        for n, item in enumerate(alignment.lower.items, 1)
        if item.id in local
    ]


def item_span(item: Item) -> Span:
    """Where an item stands."""
    return Span(item.start, item.end)


def target_span(target: Target) -> Span:
    """Where a target stands."""
    return Span(target.start, target.end)
