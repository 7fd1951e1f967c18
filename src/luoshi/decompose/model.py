"""What a decomposition is made of. Every span is canonical: ``text[start:end]`` is the quote.

What there are thousands of are named tuples: as immutable as frozen dataclasses, and made five times as fast.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from luoshi.text import Doubt, SourceText, Span

Disposition = Literal["requirement", "pledge", "context", "record", "heading", "unread"]
DISPOSITIONS: tuple[Disposition, ...] = ("requirement", "pledge", "context", "record", "heading", "unread")
Grade = Literal["deliverable", "standing", "study", "principle"]
GRADES: tuple[Grade, ...] = ("deliverable", "standing", "study", "principle")
Modality = Literal["must", "should", "explore"]
Role = Literal["lead", "support", "responsible", "speaker"]
How = Literal["stated", "inferred", "entered"]
Level = Literal["national", "province", "city", "county", "town"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it; ``title`` is without its number, ``start, end`` cover the whole section."""

    id: str
    number: str
    title: str
    level: int
    start: int
    end: int
    parent: str | None
    heading: Span


class Sentence(NamedTuple):
    """One sentence with its one disposition; ``section`` and ``item`` are ids or None."""

    start: int
    end: int
    disposition: Disposition
    section: str | None
    item: str | None = None


class Unit(NamedTuple):
    """A unit named in the text, as it is written there; what a page put into it, a line break or a page number, is not part of ``name``."""

    name: str
    role: Role
    start: int
    end: int


class Deadline(NamedTuple):
    """A time limit: the phrase, what it resolves to and by which rule.

    ``due`` is the last day, None where nothing can be computed; ``period`` is a recurrence (``month-end``,
    ``quarter-end``, ``monthly``…), ``standing`` for 长期坚持, or None; ``basis`` is the date it was counted from.
    """

    start: int
    end: int
    text: str
    due: date | None
    period: str | None
    basis: str | None
    rule: str


class Target(NamedTuple):
    """A quantity to reach: ``comparator`` is one of ``=``, ``≥``, ``≤``, ``>``, ``<``, ``≈``, ``+`` (grow by), ``-`` (fall by)."""

    start: int
    end: int
    text: str
    comparator: str
    value: float
    unit: str
    indicator: str


class Measure(NamedTuple):
    """One clause of action in an item."""

    start: int
    end: int
    text: str


class Item(NamedTuple):
    """One requirement or pledge sentence as a candidate for the ledger."""

    id: str
    start: int
    end: int
    quote: str
    path: tuple[str, ...]
    lead: Span | None
    kind: Literal["requirement", "pledge"]
    grade: Grade
    modality: Modality
    speaker: Unit | None
    units: tuple[Unit, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    measures: tuple[Measure, ...]
    mechanisms: tuple[Measure, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who answers for which items, in the form in which the text says it.

    ``form``: ``sole``, ``joint``, ``lead_support``, ``lead_with_others``, ``first_listed_lead``, ``lead_only``,
    ``responsible_units``, ``table``, ``line``. ``open_ended`` where the list ends in 等.
    """

    start: int
    end: int
    lead: tuple[str, ...]
    support: tuple[str, ...]
    form: str
    open_ended: bool
    items: tuple[str, ...]


class Member(NamedTuple):
    """One member of a framework as it is worded there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A numbered term, 六个区. ``claimed`` is the number said; ``variants`` pairs spans that word one member differently."""

    name: str
    claimed: int
    status: Literal["complete", "open", "mention", "mismatch"]
    members: tuple[Member, ...]
    mentions: tuple[Span, ...]
    variants: tuple[tuple[Span, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A date of the document: ``date`` is ISO text as precise as ``precision`` (``day``, ``month``, ``year``) says."""

    kind: Literal["meeting", "issued", "posted"]
    date: str
    precision: Literal["day", "month", "year"]
    how: How
    evidence: Span | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the document says of itself; None where it does not say."""

    title: str | None
    number: str | None
    level: Level | None
    authority: str | None
    transmitter: str | None
    publisher: str | None
    dates: tuple[DatedFact, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A document as a list that can be traced: nothing in it that is not in ``source.text``."""

    source: SourceText
    facts: Facts
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    items: tuple[Item, ...]
    responsibilities: tuple[Responsibility, ...]
    frameworks: tuple[Framework, ...]
    doubts: tuple[Doubt, ...]
    rules_sha256: str

    @property
    def residue(self) -> dict[str, int]:
        """How much was not read: ``unread`` sentences of ``sentences``."""
        unread = sum(1 for sentence in self.sentences if sentence.disposition == "unread")
        return {"unread": unread, "sentences": len(self.sentences)}
