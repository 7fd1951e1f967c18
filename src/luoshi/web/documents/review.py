"""The review of one version as a page needs it: cards in the order of the text, what waits, doubts, counters. Reads only what it is given."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from luoshi.text.language import _
from luoshi.web.documents import words
from luoshi.web.documents.models import DraftItem, ReviewNote, Version
from luoshi.web.documents.parting import Part, part_at, parts_of
from luoshi.web.documents.residue import WAITING, covered, undisposed
from luoshi.web.documents.selectors import with_adopted
from luoshi.web.documents.source_page import SourcePage, unbroken
from luoshi.writers import labels

Data = dict[str, Any]


@dataclass(frozen=True)
class Card:
    """One row on the right: a draft, or a sentence that is in none."""

    start: int
    quote: str
    draft: DraftItem | None
    sentence: Data | None
    chips: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Data, ...] = ()
    waits: bool = False

    @property
    def preselected(self) -> bool:
        """Only what can become a matter is selected from the start."""
        return self.draft is not None and self.draft.state == DraftItem.PENDING and self.draft.grade == "deliverable"


@dataclass(frozen=True)
class Doubt:
    """A doubt with the note that settles it."""

    code: str
    message: str
    hint: str
    start: int
    end: int
    quote: str
    draft: DraftItem | None
    note: ReviewNote | None


class Review:
    """All of one version under review: three queries."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.read: Data = version.decomposition
        self.sentences: list[Data] = self.read["sentences"]
        self.drafts = list(with_adopted(version.drafts.filter(state__in=DraftItem.SHOWN)).select_related("decided_by", "parent").order_by("start", "order", "pk"))
        self.notes = list(version.notes.select_related("by").order_by("pk"))

    @cached_property
    def placed(self) -> dict[tuple[int, int], ReviewNote]:
        """Span of a sentence → the note that puts it in its place."""
        return {(note.start, note.end): note for note in self.notes if note.kind == ReviewNote.SENTENCE}

    @cached_property
    def waiting(self) -> set[int]:
        """Numbers of the sentences that nobody has disposed of yet."""
        decided = [(one.start, one.end) for one in self.drafts if one.state != DraftItem.PENDING]
        pending = [(one.start, one.end) for one in self.drafts if one.state == DraftItem.PENDING]
        return set(undisposed(self.sentences, decided=decided, pending=pending, noted=self.placed))

    @property
    def residue(self) -> int:
        """还有 N 句未处置."""
        return len(self.waiting)

    @cached_property
    def asked(self) -> int:
        """How many sentences had to be disposed of."""
        return sum(one["disposition"] in WAITING for one in self.sentences)

    @property
    def settled(self) -> int:
        """How many of them are."""
        return self.asked - self.residue

    @cached_property
    def in_items(self) -> set[int]:
        """Numbers of the sentences that an item covers."""
        return covered(self.sentences, [(one.start, one.end) for one in self.drafts])

    @cached_property
    def counts(self) -> Counter[str]:
        """State of drafts → how many."""
        return Counter(one.state for one in self.drafts)

    @cached_property
    def to_adopt(self) -> list[DraftItem]:
        """Accepted drafts that are no matter yet. A pledge waits until its unit has confirmed it."""
        return [one for one in self.drafts if one.state == DraftItem.ACCEPTED and not one.adopted and not one.unconfirmed]  # type: ignore[attr-defined]

    @cached_property
    def unclaimed(self) -> int:
        """Accepted pledges that their unit has not confirmed."""
        return sum(one.state == DraftItem.ACCEPTED and one.unconfirmed for one in self.drafts)

    @cached_property
    def dispositions(self) -> list[tuple[str, str, int]]:
        """Disposition, word, number of sentences; a note counts as what it says."""
        told: Counter[str] = Counter()
        for one in self.sentences:
            note = self.placed.get((one["start"], one["end"]))
            told[note.code if note else one["disposition"]] += 1
        return [(name, word, told[name]) for name, word in labels.dispositions().items() if name != "heading"]

    @cached_property
    def parts(self) -> list[Part]:
        """What is shown at once."""
        return parts_of(len(self.version.text), self.read["sections"], [one.start for one in self.drafts])

    def part_of(self, offset: int) -> int:
        """The part in which an offset lies."""
        return part_at(self.parts, offset)

    def waiting_in(self, part: Part) -> int:
        """How many sentences of a part wait."""
        return sum(part.start <= self.sentences[n]["start"] < part.end for n in self.waiting)

    def cards(self, part: Part) -> list[Card]:
        """Drafts, and sentences that should be in one and are not, in the order of the text."""
        found = [self.card(one) for one in self.drafts if part.start <= one.start < part.end]
        for n in sorted(self.waiting - self.in_items):
            sentence = self.sentences[n]
            if part.start <= sentence["start"] < part.end:
                quote = self.version.text[sentence["start"] : sentence["end"]]
                found.append(Card(sentence["start"], unbroken(quote), None, sentence, waits=True))
        return sorted(found, key=lambda card: card.start)

    def card(self, draft: DraftItem) -> Card:
        """One draft with what the reader and the reviewer know of it."""
        settled = {(note.code, note.start, note.end) for note in self.notes if note.kind == ReviewNote.DOUBT}
        doubts = tuple(one for one in draft.details.get("doubts", []) if _key(one) not in settled)
        return Card(draft.start, unbroken(draft.quote), draft, None, tuple(chips_of(draft, self._frameworks(draft))), doubts)

    @cached_property
    def doubts(self) -> list[Doubt]:
        """Doubts of the document and of its items, in the order of the text."""
        settled = {(note.code, note.start, note.end): note for note in self.notes if note.kind == ReviewNote.DOUBT}
        told: list[tuple[Data, DraftItem | None]] = [(one, None) for one in self.read["doubts"]]
        told += [(one, draft) for draft in self.drafts if draft.state != DraftItem.REJECTED for one in draft.details.get("doubts", [])]
        found: dict[tuple[str, int, int], Doubt] = {}
        for one, draft in told:
            key = _key(one)
            start, end = key[1:]
            quote = unbroken(self.version.text[start:end])
            found.setdefault(key, Doubt(one["code"], one["message"], one["hint"], start, end, quote, draft, settled.get(key)))
        return sorted(found.values(), key=lambda doubt: (doubt.note is not None, doubt.start))

    @property
    def open_doubts(self) -> int:
        """How many doubts nobody has settled."""
        return sum(one.note is None for one in self.doubts)

    def source(self, part: Part, sentence_address: str) -> str:
        """The text of a part; a sentence links to its card, else to the page that puts it in its place."""
        over = self._draft_over()
        marked = sorted((one["start"], one["end"]) for draft in self.drafts for name in ("targets", "deadlines") for one in draft.details.get(name, []) if "start" in one)

        def link(n: int) -> str:
            return f"#d{over[n].pk}" if n in over else f"{sentence_address}?start={self.sentences[n]['start']}"

        def classes(n: int) -> str:
            sentence = self.sentences[n]
            note = self.placed.get((sentence["start"], sentence["end"]))
            told = ["s", "made" if sentence["disposition"] not in WAITING and n in over else note.code if note else sentence["disposition"]]
            if n in self.waiting:
                told.append("waits")
            if n in over:
                told.append(over[n].state)
            return " ".join(told)

        page = SourcePage(
            text=self.version.text,
            sentences=self.sentences,
            sections=self.read["sections"],
            tables=self.read.get("layout", {}).get("tables", []),
            link=link,
            classes=classes,
            marked=marked,
        )
        return page.html(part.start, part.end)

    def _draft_over(self) -> dict[int, DraftItem]:
        found: dict[int, DraftItem] = {}
        for draft in reversed(self.drafts):
            for n in covered(self.sentences, [(draft.start, draft.end)]):
                found[n] = draft
        return found

    def _frameworks(self, draft: DraftItem) -> list[Data]:
        return frameworks_in(self.read, draft.start, draft.end)


def _key(doubt: Data) -> tuple[str, int, int]:
    """By what a doubt is known; one about the whole document has no span."""
    return doubt["code"], doubt["start"] or 0, doubt["end"] or 0


def frameworks_in(read: Data, start: int, end: int) -> list[Data]:
    """Frameworks whose name or members stand in a passage."""
    return [
        one
        for one in read["frameworks"]
        if any(start <= span["start"] < end for span in (*one["mentions"], *one["members"]))
    ]


def chips_of(draft: DraftItem, frameworks: list[Data]) -> list[tuple[str, str]]:
    """What stands in small marks under a quote: label and word."""
    details = draft.details
    found: list[tuple[str, str]] = []
    roles: dict[str, list[str]] = {}
    for unit in details.get("units", []):
        names = roles.setdefault(unit["role"], [])
        if unit["name"] not in names:
            names.append(unit["name"])
    found += [(words.unit_roles().get(role, role), _("、").join(names)) for role, names in roles.items()]
    found += [(_("时限"), words.deadline(one)) for one in details.get("deadlines", [])]
    found += [(_("目标"), words.aim(one)) for one in details.get("targets", [])]
    found += [(_("机制"), one["text"]) for one in details.get("mechanisms", [])][:3]
    for one in frameworks:
        if one["status"] != "mention":
            found.append((_("提法"), f"{one['name']} · {words.framework_statuses()[one['status']]}"))
    if len(details.get("measures", [])) > 1:
        found.append((_("举措"), str(len(details["measures"]))))
    return found
