"""One document made ready to be compared: its passages, their clauses, and the characters and pairs of characters of both.

A *passage* (bundle) is an item, or on the side that is searched a sentence of background, which may hold a counterpart, too. Headings
are no passages; they say what those under them are about. An *act* is one clause of a passage. Spans are canonical; ``text`` is the canonical text with widths folded one to one, so
offsets are the same in both.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from luoshi.align.clauses import MIN_CLAUSE, marks_of, parted
from luoshi.align.cues import codes_of, cue, cues_of
from luoshi.align.likeness import Numbers, Wording, wording
from luoshi.align.lines import carried, view_of
from luoshi.decompose.model import Decomposition, Item, Sentence, Target
from luoshi.text import ReadingView
from luoshi.text.view import fold

_ANSWER = re.compile(r"[(\[〔【][^()\[\]〔〕【】]{0,160}(?:牵头|负责|责任单位|配合|分工|参加|落实|列第一位)[^()\[\]〔〕【】]{0,160}[)\]〕】]")
_NUMBER = re.compile(r"[(]?[一二三四五六七八九十0-9]{1,3}(?:[)、]|[.](?![0-9]))\s*")
_FIGURES = cue("0123456789%")
_PAST_SECTION = re.compile(r"回顾|总结|成就|成效|成绩|过去|五年来|一年来|办理情况|完成情况|进展情况")
_HEADER = re.compile(r"[^,;:。0-9]{2,24}\((?:个|所|张|人|名|户|家|台|处|座|项|条|亩|吨|公里|人次|平方米|万?元|亿元|万人|万户|万张|%)\)")
"""What heads a column of a table: 老年助餐服务点（个）."""
_PLACE_OF = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州|州|县|区|旗|镇|乡|街道)")
_MIN_OPENING, _CELL = 12, 8
_BARS = frozenset("|\t")
KEPT = 8
"""So many documents are kept ready: what two that are compared need, and those compared a moment ago."""


class Passage(NamedTuple):
    """A stretch of the text that is compared as a whole; ``first_act`` to ``last_act`` are its clauses. Of a row of a table it is the task, and
    the clauses of what another column says of it are behind its own."""

    start: int
    end: int
    item: str | None
    path: str
    first_act: int
    last_act: int


@dataclass(frozen=True)
class Side:
    """A document ready to be compared. Made by ``side``; holds nothing that is not worked out from ``document``, and nothing in it changes what another comparison finds.

    ``made`` is the document in its reading ``view`` where a page broke its lines, else the document itself: all spans here are of ``made``.

    ``plain`` is ``text`` without what says nothing of the subject, every character in its place; ``cues`` are those of each character,
    ``marks`` the places of the punctuation that parts clauses.
    """

    document: Decomposition
    view: ReadingView | None = field(repr=False, compare=False)
    made: Decomposition
    text: str
    plain: str
    cues: NDArray[np.uint32] = field(repr=False, compare=False)
    marks: Numbers = field(repr=False, compare=False)
    passages: tuple[Passage, ...]
    acts: tuple[tuple[int, int], ...]
    items: dict[str, Item] = field(repr=False)

    @cached_property
    def wording(self) -> Wording:
        """The wording of each act, without what breaks it down (其中石桥区110个), and behind the acts that of each heading path."""
        plain = self.plain
        acts = [plain[a:b] for a, b in self.acts]
        if "其中" in plain:
            acts = [(words.partition("其中")[0] or words) if "其中" in words else words for words in acts]
        return wording([*acts, *self._paths])

    @cached_property
    def act_wording(self) -> Wording:
        """The wording of the acts alone."""
        return self.wording.first(len(self.acts))

    @cached_property
    def first_acts(self) -> NDArray[np.int64]:
        """The number of the first act of each passage, and behind them the number of acts."""
        return np.array([*(p.first_act for p in self.passages), len(self.acts)], np.int64)

    @cached_property
    def act_passages(self) -> NDArray[np.int64]:
        """The number of the passage that each act belongs to."""
        return np.repeat(np.arange(len(self.passages)), [p.last_act - p.first_act for p in self.passages])

    @cached_property
    def _paths(self) -> dict[str, int]:
        return {path: number for number, path in enumerate(dict.fromkeys(p.path for p in self.passages))}

    @cached_property
    def outline_firsts(self) -> NDArray[np.int64]:
        """The rows of ``wording`` at which a passage begins, and those of the heading paths."""
        return np.concatenate((self.first_acts, len(self.acts) + np.arange(1, len(self._paths))))

    @cached_property
    def path_numbers(self) -> NDArray[np.int64]:
        """For each passage the row of its heading path."""
        return np.array([self._paths[p.path] for p in self.passages], np.int64)

    @cached_property
    def act_cues(self) -> dict[tuple[int, int], int]:
        """The cues of each act."""
        edges = np.fromiter(chain.from_iterable(self.acts), np.int64)
        return dict(zip(self.acts, np.bitwise_or.reduceat(np.append(self.cues, np.uint32(0)), edges)[::2].tolist(), strict=True)) if self.acts else {}

    def has_act_at(self, offset: int) -> bool:
        """True where a clause holds ``offset``."""
        i = bisect_right(self.acts, (offset, len(self.text))) - 1
        return i >= 0 and self.acts[i][0] <= offset < self.acts[i][1]

    def cues_of(self, start: int, end: int) -> int:
        """The cues of a stretch of the text."""
        known = self.act_cues.get((start, end))
        return int(np.bitwise_or.reduce(self.cues[start:end])) if known is None else known

    @cached_property
    def openings(self) -> "Side":
        """What its numbered paragraphs open with, as a document of its own."""
        return openings(self)

    @cached_property
    def targets(self) -> list[Target]:
        """The targets of all items."""
        return [target for item in self.made.items for target in item.targets]

    @cached_property
    def memory(self) -> dict[tuple[int, int], Any]:
        """What was worked out of a stretch, by its start and end: a clause is asked about once for every bundle that may answer it."""
        return {}

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The names by which the document's own place is called: naming them adds no place."""
        facts = self.made.facts
        found = set(_PLACE_OF.findall(f"{facts.authority or ''} {facts.title or ''}"))
        return frozenset(found | {name[:-1] for name in found if len(name) > 2})

    def passage_text(self, number: int) -> str:
        """The folded text of one passage."""
        return self.text[self.passages[number].start : self.passages[number].end].replace("\n", "")

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where the sentences begin, for looking one up."""
        return [sentence.start for sentence in self.made.sentences]

    def sentence_number(self, offset: int) -> int:
        """Which sentence holds ``offset``, -1 where none does."""
        return bisect_right(self.sentence_starts, offset) - 1

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds ``offset``."""
        i = self.sentence_number(offset)
        return self.made.sentences[i] if i >= 0 else None


def side(document: Decomposition, *, searched: bool) -> Side:
    """``document`` ready to be compared. ``searched`` takes in what is no item but may hold a counterpart: background, but not reviews of the past.

    The last ``KEPT`` are kept, and what was worked out of them with them: of one that is laid beside several this is done once.
    """
    return _ready(_Same(document), searched)


class _Same:
    """A document that equals itself alone: to compare what two say would take longer than to make one ready."""

    __slots__ = ("document",)

    def __init__(self, document: Decomposition) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document

    def __hash__(self) -> int:
        return id(self.document)


@lru_cache(maxsize=KEPT)
def _ready(one: _Same, searched: bool) -> Side:
    document = one.document
    view = view_of(document)
    made = carried(document, view)
    folded = _folded(made.source.text if made.sentences else "")
    return _side(document, view, made, folded, searched, lambda sentence: sentence.disposition == "context" and sentence.end - sentence.start >= MIN_CLAUSE)


def openings(of: Side) -> Side:
    """What a numbered paragraph opens with and is headed by (三、完善社区养老服务网络。), and no item: an answer only where no item is one."""
    made, text = of.made, of.made.source.text
    opens = [s for s in made.sentences if s.disposition == "heading" and text[s.end - 1] == "。" and s.end - s.start >= _MIN_OPENING]
    return _side(of.document, of.view, replace(made, sentences=tuple(opens), items=()), _Folded(of.text, of.plain, of.cues, of.marks), True, lambda _sentence: True)


def _side(
    document: Decomposition, view: ReadingView | None, made: Decomposition, folded: "_Folded", searched: bool, also: Callable[[Sentence], bool]
) -> Side:
    text = folded.text
    by_start = {item.start: item for item in made.items}
    above = _Paths(made)
    stretches: list[tuple[int, int]] = []
    belong: list[tuple[str | None, str]] = []
    cells: set[int] = set()
    for sentence in made.sentences:
        item = by_start.get(sentence.start)
        if item is None and sentence.item and belong and sentence.item == belong[-1][0] and _is_a_cell(text, sentence, stretches[-1]):
            cells.add(len(stretches))
            stretches.append((sentence.start, sentence.end))
            belong.append(belong[-1])
        elif item is None:
            path = above.of(sentence) if searched and also(sentence) else None
            if path is None:
                continue
            stretches.append((_after_number(text, sentence), sentence.end))
            belong.append((None, path))
        elif (item.grade != "principle" or searched) and not (text[item.end - 1] == ")" and _HEADER.fullmatch(text, item.start, item.end)):
            stretches.append(_measures(item))
            belong.append((item.id if item.grade != "principle" else None, "。".join(item.path)))
    passages: list[Passage] = []
    acts: list[tuple[int, int]] = []
    for n, ((item_id, path), own) in enumerate(zip(belong, parted(text, folded.cues, folded.marks, stretches), strict=True)):
        if own and n in cells and passages and passages[-1].item == item_id:
            acts += own
            passages[-1] = passages[-1]._replace(last_act=len(acts))
        elif own:
            first = len(acts)
            acts += own
            passages.append(Passage(own[0][0], own[-1][1], item_id, path, first, len(acts)))
    return Side(document, view, made, *folded, tuple(passages), tuple(acts), {item.id: item for item in made.items})


def _is_a_cell(text: str, sentence: Sentence, task: tuple[int, int]) -> bool:
    """True for the column of a table that says, behind the task itself, what is to be reached: 县级河长每季度巡河不少于1次."""
    return sentence.disposition == "requirement" and sentence.start > task[1] and sentence.end - sentence.start >= _CELL and not _BARS.isdisjoint(text[sentence.start - 2 : sentence.start])


class _Folded(NamedTuple):
    """A text with widths folded, the same without what says nothing of the subject, its cues, and where the marks stand that part clauses."""

    text: str
    plain: str
    cues: NDArray[np.uint32]
    marks: Numbers


def _folded(text: str) -> _Folded:
    text = fold(text)
    codes = codes_of(text)
    cues = cues_of(codes)
    return _Folded(text, _plain(text, codes, cues), cues, marks_of(cues))


def _after_number(text: str, sentence: Sentence) -> int:
    number = _NUMBER.match(text, sentence.start, sentence.end)
    return number.end() if number else sentence.start


class _Paths:
    """The heading paths of sentences that are no items."""

    def __init__(self, made: Decomposition) -> None:
        self._sections = {section.id: section for section in made.sections}
        self._headings = {section.heading.start for section in made.sections}
        self._kept: dict[str | None, str | None] = {}

    def of(self, sentence: Sentence) -> str | None:
        """The path above a sentence, None in a review of the past."""
        if sentence.start in self._headings:
            return self._above(sentence)
        if sentence.section not in self._kept:
            self._kept[sentence.section] = self._above(sentence)
        return self._kept[sentence.section]

    def _above(self, sentence: Sentence) -> str | None:
        titles: list[str] = []
        at = sentence.section
        while at is not None:
            section = self._sections[at]
            if section.heading.start != sentence.start:
                titles.append(section.title)
            at = section.parent
        path = "。".join(reversed(titles))
        return None if _PAST_SECTION.search(path) else path


def _plain(text: str, codes: NDArray[np.uint32], cues: NDArray[np.uint32]) -> str:
    """The text without what says nothing of the subject, every character in its place: digits, brackets of responsibility."""
    plain = np.where(cues & np.uint32(_FIGURES) > 0, np.uint32(ord(" ")), codes).tobytes().decode("utf-32-le", "surrogatepass")
    return _ANSWER.sub(lambda found: " " * len(found[0]), plain) if "牵头" in text or "负责" in text or "责任" in text else plain


def _measures(item: Item) -> tuple[int, int]:
    """An item from its first measure to its last."""
    return (item.measures[0].start, item.measures[-1].end) if item.measures else (item.start, item.end)
