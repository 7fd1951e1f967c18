"""Cards: what is to be put right, lines with labels that say who, until when and what for, and below them the measures.

    一、部分乡镇污水处理厂运行不正常。
    责任单位：…  整改时限：…  整改目标：…
    整改措施：
    1.…

So lists of problems and of projects are written. Elsewhere the line of units closes what it answers for; in a card it stands before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from luoshi.decompose.paragraphs import NUMBER, Sentence
from luoshi.decompose.rules.cues import Cues, cue, pairs
from luoshi.text import labels

_LABEL = re.compile(rf"(?:\(\d{{1,2}}\)|\d{{1,2}}[.、])? ?(?:(?P<who>{labels.WHO})|(?P<when>{labels.WHEN})|(?P<goal>{labels.GOAL})|(?P<what>{labels.WHAT})|(?P<how>{labels.HOW})) ?[:]")
_TIME = re.compile(rf" (?:{labels.DUE}):")
_LABEL_CUE = cue(_LABEL, pairs(labels.ENDS, ":"), *(f"{c} " for c in labels.ENDS))
_LONGEST_HEAD = 300


@dataclass(frozen=True, slots=True)
class Card:
    """Sentences by their numbers: what it is about (None where nothing stands above), its first label, the label of the measures, the first sentence behind it; and
    the stretches of the view that say until when."""

    head: int | None
    first: int
    how: int
    end: int
    times: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a text in their order."""

    cards: tuple[Card, ...] = ()
    heads: frozenset[int] = frozenset()
    labels: frozenset[int] = frozenset()
    over: frozenset[int] = frozenset()
    """Labels with nothing behind them: they head what follows."""

    def labelled(self, i: int) -> Card | None:
        """The card whose units, dates and goals sentence ``i`` tells."""
        return next((card for card in self.cards if card.first <= i < card.how), None)

    def holding(self, at: int, found: Sequence[Sentence]) -> Card | None:
        """The card among whose labels the position ``at`` of the view stands."""
        return next((card for card in self.cards if found[card.first].start <= at < found[card.how].start), None)


@dataclass(slots=True)
class _Run:
    """Lines with labels as they follow each other."""

    first: int
    kinds: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    lines: list[int] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)


def find_cards(text: str, found: Sequence[Sentence], cues: Cues, body: int) -> Cards:
    """The cards of ``found`` from sentence ``body`` on. A card names units before its measures; without both there is none."""
    if not cues.places(_LABEL_CUE):
        return Cards()
    runs = list(_runs(text, found, body))
    cards = tuple(_card(text, found, run, how, runs[n + 1][0] if n + 1 < len(runs) else None, body) for n, (run, how) in enumerate(runs))
    over = frozenset(card.how for card in cards if text[found[card.how].end - 1] == ":")
    labels = frozenset(line for run, _how in runs for line in run.lines)
    return Cards(cards, frozenset(card.head for card in cards if card.head is not None), labels, over)


def _runs(text: str, found: Sequence[Sentence], body: int) -> Iterator[tuple[_Run, int]]:
    """Runs of labels that name units and end with the label over the measures."""
    run: _Run | None = None
    for i in range(body, len(found)):
        if not found[i].first:
            continue
        label = _LABEL.match(text, found[i].start, found[i].end)
        if label is None:
            if run is not None and text[found[run.lines[-1]].end - 1] != ":":  # its value does not stand on lines of its own
                run = None
            continue
        kind, words = str(label.lastgroup), label[0]
        if run is None or words in run.seen:
            run = _Run(i)
        run.kinds.add(kind)
        run.seen.add(words)
        run.lines.append(i)
        beside = _TIME.search(text, label.end(), found[i].end) if kind == "who" else None  # 承办单位：县水利局    办理时限：6月20日前
        if kind == "when" or beside:
            run.times.append(((beside or label).end(), found[i].end))
        if kind == "how":
            if "who" in run.kinds:
                yield run, i
            run = None


def _card(text: str, found: Sequence[Sentence], run: _Run, how: int, following: _Run | None, body: int) -> Card:
    head = _head(found, run.first, body)
    end = len(found)
    if following is not None:
        above = _head(found, following.first, body)
        end = following.first if above is None or above <= how else above
    number = NUMBER.match(text, found[head].start) if head is not None else None
    if number is not None:
        end = next((i for i in range(how + 1, end) if found[i].first and (other := NUMBER.match(text, found[i].start)) and other.lastgroup == number.lastgroup), end)
    return Card(head, run.first, how, end, tuple(run.times))


def _head(found: Sequence[Sentence], first: int, body: int) -> int | None:
    """The first sentence of the paragraph above a label."""
    i = first - 1
    while i > body and not found[i].first:
        i -= 1
    return i if i >= body and found[i].end - found[i].start <= _LONGEST_HEAD else None
