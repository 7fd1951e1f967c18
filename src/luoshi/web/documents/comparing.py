"""An alignment as the rows of a page: upper items by band, each with the passages below that stand beside it. Pure but for escaping.

The words are neutral: an alignment compares wording and says nothing of work done.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from luoshi.text.language import _
from luoshi.web.documents import words
from luoshi.web.documents.source_page import unbroken
from luoshi.writers import labels

Data = dict[str, Any]
BANDS = ("not_seen", "to_check", "found")
SHOWN = 3
"""Passages below that a row shows, the nearest first."""


@dataclass(frozen=True)
class Pair:
    """Two passages side by side, what differs marked, how they stand to each other, and in words what changed.

    ``again``: the upper one is that of the pair before.
    """

    upper: SafeString
    lower: SafeString
    relations: tuple[str, ...]
    score: int
    notes: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True)
class Row:
    """An upper item: its band, its quote, its pairs."""

    item_id: str
    band: str
    mark: str
    word: str
    quote: str
    path: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Target:
    """A target above and what stands beside it below."""

    indicator: str
    upper: str
    lower: str
    word: str


class Table:
    """One alignment with the two texts it is of."""

    def __init__(self, data: Data, upper_text: str, lower_text: str, items: Sequence[Data]) -> None:
        self.data, self.upper_text, self.lower_text = data, upper_text, lower_text
        self.items = {one["id"]: one for one in items}

    @property
    def counts(self) -> list[tuple[str, str, str, int]]:
        """Band, mark, word, number of upper items."""
        told = Counter(one["band"] for one in self.data["upper_items"])
        return [(band, *labels.bands()[band], told[band]) for band in BANDS]

    @property
    def principles(self) -> int:
        """Upper items that take no part: statements of principle."""
        return sum(one["band"] is None for one in self.data["upper_items"])

    @property
    def local(self) -> tuple[int, int]:
        """Lower items without a source above, of how many."""
        part = [one for one in self.data["lower_items"] if one["origin"] is not None]
        return sum(one["origin"] == "local" for one in part), len(part)

    def rows(self, band: str) -> list[Row]:
        """The upper items of a band, in the order of the text."""
        mark, word = labels.bands()[band]
        found = []
        for one in self.data["upper_items"]:
            item = self.items.get(one["id"])
            if one["band"] != band or item is None:
                continue
            pairs = tuple(self._pairs([self.data["links"][n] for n in one["links"]]))
            quote = unbroken(self.upper_text[item["start"] : item["end"]])
            found.append(Row(one["id"], band, mark, word, quote, " › ".join(item["path"][-2:]), pairs))
        return found

    def targets(self) -> list[Target]:
        """The table of targets."""
        found = []
        for row in self.data["targets"]:
            beside = words.quantity(row["lower"]) if row["lower"] else ""
            if not beside and row["words"]:
                beside = unbroken(self.lower_text[row["words"]["start"] : row["words"]["end"]])
            found.append(Target(row["indicator"], words.quantity(row["upper"]), beside, " ".join(labels.comparisons()[row["comparison"]])))
        return found

    def _pairs(self, links: Sequence[Data]) -> Iterator[Pair]:
        """The first passages below. Two passages that match have a link as wholes and one for each of their parts: they are one pair."""
        found: list[list[Data]] = []
        for link in links:
            group = next((group for group in found if _is_part(link, group[0])), None)
            found.append([link]) if group is None else group.append(link)
        before: Data = {}
        for whole, *parts in found[:SHOWN]:
            yield self._pair(whole, parts, again=before == whole["upper"])
            before = whole["upper"]

    def _pair(self, whole: Data, parts: Sequence[Data], *, again: bool) -> Pair:
        named = [one for link in (whole, *parts) for one in (link["relation"], *link["also"]) if one in labels.relations()]
        told = tuple(labels.relations()[one] for one in dict.fromkeys(named))
        upper, lower = _marked(self.upper_text, whole, "upper", "del"), _marked(self.lower_text, whole, "lower", "ins")
        notes = tuple(dict.fromkeys(note for link in (whole, *parts) for note in self._notes(link)))
        return Pair(upper, lower, told, round(whole["score"] * 100), notes, again)

    def _notes(self, link: Data) -> Iterator[str]:
        """What changed and what was added, as the report of an alignment says it."""
        for one in link["changed"]:
            yield labels.changed(one["slot"], one["how"], self._said(self.upper_text, one["upper"]) or _("（没有）"), self._said(self.lower_text, one["lower"]) if one["lower"] else None)
        for slot in dict.fromkeys(one["slot"] for one in link["added"]):
            yield labels.added(slot, (self._said(self.lower_text, one["span"]) for one in link["added"] if one["slot"] == slot))

    @staticmethod
    def _said(text: str, span: Data) -> str:
        return unbroken(text[span["start"] : span["end"]])


def _is_part(link: Data, whole: Data) -> bool:
    """True for a link whose two passages lie within those of another."""
    return all(whole[side]["start"] <= link[side]["start"] and link[side]["end"] <= whole[side]["end"] for side in ("upper", "lower"))


def _marked(text: str, link: Data, side: str, tag: str) -> SafeString:
    """The passage of one side with what the other has not in ``tag``."""
    parts = []
    for edit in link["edits"]:
        said = escape(unbroken(text[edit[side]["start"] : edit[side]["end"]]))
        parts.append(str(said) if edit["op"] == "equal" or not said else f"<{tag}>{said}</{tag}>")
    return SafeString("".join(parts)) if parts else escape(text[link[side]["start"] : link[side]["end"]])
