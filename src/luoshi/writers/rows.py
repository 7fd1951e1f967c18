"""A decomposition as the rows of an office's lists: tasks, residue, doubts. Shared by all writers, so that they cannot differ.

Not a format: what a row looks like in a file is each writer's own affair.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.decompose.model import Deadline, Decomposition, Item, Responsibility, Sentence, Target
from luoshi.text import Doubt, Origin
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.plain import one_line

# Forms in which the units named first answer without a lead being said.
NO_LEAD = frozenset({"responsible_units", "joint", "sole", "line"})
_MARKS = re.compile(r"[\s,，.。;；:：、!！?？]+")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One item as a row; every text in it stands in the source, except the words of ``labels``."""

    number: int
    item: Item
    quote: str
    measures: tuple[str, ...]
    mechanisms: tuple[str, ...]
    targets: tuple[Target, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    responsible: tuple[str, ...]
    speaker: str | None
    deadlines: tuple[Deadline, ...]
    category: str
    provenance: str
    doubts: tuple[Doubt, ...]

    @property
    def answering(self) -> tuple[str, ...]:
        """The units that answer for it first: lead, else responsible, else the unit that pledged it."""
        return self.lead or self.responsible or ((self.speaker,) if self.speaker else ())


def task_rows(decomposition: Decomposition) -> tuple[TaskRow, ...]:
    """Every item in the order of the text."""
    answers: dict[str, list[Responsibility]] = {}
    for responsibility in decomposition.responsibilities:
        for item_id in responsibility.items:
            answers.setdefault(item_id, []).append(responsibility)
    pages = Pages(decomposition.source.origins)
    return tuple(_row(n, item, answers.get(item.id, []), pages) for n, item in enumerate(decomposition.items, 1))


def _row(number: int, item: Item, answers: list[Responsibility], pages: "Pages") -> TaskRow:
    lead, support, responsible = _units(item, answers)
    return TaskRow(
        number=number,
        item=item,
        quote=one_line(item.quote),
        measures=_measures(item),
        mechanisms=_distinct(one_line(mechanism.text) for mechanism in item.mechanisms),
        targets=item.targets,
        lead=lead,
        support=support,
        responsible=responsible,
        speaker=item.speaker.name if item.speaker else None,
        deadlines=item.deadlines,
        category=f"{labels.grades()[item.grade]}·{labels.dispositions()[item.kind]}",
        provenance=provenance(item.path, pages.at(item.start)),
        doubts=item.doubts,
    )


def _units(item: Item, answers: list[Responsibility]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Lead, support and responsible units of an item: those it names, then those of the clauses that cover it; a name stands once."""
    named: dict[str, list[str]] = {"lead": [], "support": [], "responsible": []}
    for unit in item.units:
        if unit.role in named:
            named[unit.role].append(unit.name)
    open_roles: set[str] = set()
    for answer in answers:
        first = "responsible" if answer.form in NO_LEAD else "lead"
        named[first] += answer.lead
        named["support"] += answer.support
        if answer.open_ended:
            open_roles.add("support" if answer.support else first)
    lead = _distinct(named["lead"])
    support = tuple(name for name in _distinct(named["support"]) if name not in lead)
    responsible = tuple(name for name in _distinct(named["responsible"]) if name not in lead + support)
    return (
        lead + _and_others("lead" in open_roles and bool(lead)),
        support + _and_others("support" in open_roles),
        responsible + _and_others("responsible" in open_roles and bool(responsible)),
    )


def _and_others(more: bool) -> tuple[str, ...]:
    return ("等",) if more else ()


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one_line(text) for text in texts))


def _measures(item: Item) -> tuple[str, ...]:
    """The clauses of action, where they say less than the whole quote."""
    texts = tuple(one_line(measure.text) for measure in item.measures)
    return () if len(texts) == 1 and _MARKS.sub("", texts[0]) == _MARKS.sub("", item.quote) else texts


def task_headers() -> tuple[str, ...]:
    """The columns of the office's table, after 序号."""
    return (
        _("工作任务（原文）"),
        _("具体举措"),
        _("目标指标"),
        _("牵头单位"),
        _("配合单位"),
        _("完成时限"),
        _("类别"),
        _("出处"),
        _("存疑"),
    )


def task_cells(row: TaskRow, *, narrow: bool = False) -> tuple[str, ...]:
    """The cells under ``task_headers``; lines within a cell are parted by a newline. ``narrow``: the category takes two lines."""
    return (
        row.quote,
        measures_text(row),
        "\n".join(target_text(target) for target in row.targets),
        lead_text(row),
        units_text(row.support),
        "\n".join(deadline_text(deadline) for deadline in row.deadlines),
        row.category.replace("·", "\n") if narrow else row.category,
        row.provenance,
        "\n".join(doubt_text(doubt) for doubt in row.doubts),
    )


def units_text(names: tuple[str, ...]) -> str:
    """Units for a cell: 省民政厅、省财政厅等."""
    return "、".join(names).removesuffix("、等") + "等" if names[-1:] == ("等",) else "、".join(names)


def lead_text(row: TaskRow) -> str:
    """The cell 牵头单位: the lead units; where none is said, who is responsible, or whose pledge it is, and that in words."""
    parts = [units_text(row.lead)] if row.lead else []
    if row.responsible:
        parts.append(labels.pair(_("责任单位"), units_text(row.responsible)))
    if row.speaker and row.speaker not in row.lead:
        parts.append(labels.pair(_("表态单位"), row.speaker))
    return "\n".join(parts)


def measures_text(row: TaskRow) -> str:
    """The cell 具体举措: measures one a line, numbered where there are several, then mechanisms."""
    numbered = len(row.measures) > 1
    lines = [f"{n}. {text}" if numbered else text for n, text in enumerate(row.measures, 1)]
    return "\n".join(lines + [labels.pair(_("机制"), text) for text in row.mechanisms])


def target_text(target: Target) -> str:
    """A target for a cell: as it is worded, with what it measures where the wording does not say."""
    text = one_line(target.text)
    return text if not target.indicator or target.indicator in text else f"{target.indicator}：{text}"


def deadline_text(deadline: Deadline) -> str:
    """A deadline for a cell: the last day on a line of its own, under it the wording; or the wording alone."""
    text = one_line(deadline.text)
    return f"{deadline.due.isoformat()}\n（{text}）" if deadline.due else text


def doubt_text(doubt: Doubt) -> str:
    """A doubt for a cell: the message and, in brackets, what to do."""
    return f"{doubt.message}（{doubt.hint.rstrip('。')}）" if doubt.hint else doubt.message


def provenance(path: tuple[str, ...], page: int | None) -> str:
    """Where it stands: headings joined by ›, and the page where there are pages."""
    headings = " › ".join(one_line(heading) for heading in path)
    if page is None:
        return headings
    return f"{headings}（{_('第{n}页').format(n=page)}）" if headings else _("第{n}页").format(n=page)


class Pages:
    """Looks up the page of an offset; without page numbers every answer is None."""

    def __init__(self, origins: tuple[Origin, ...]) -> None:
        self._origins = sorted(origins, key=lambda origin: origin.start)
        self._starts = [origin.start for origin in self._origins]

    def at(self, offset: int) -> int | None:
        """The page on which ``text[offset]`` stands."""
        i = bisect_right(self._starts, offset) - 1
        return self._origins[i].page if i >= 0 else None


def all_doubts(decomposition: Decomposition) -> tuple[Doubt, ...]:
    """Every doubt once, in the order of the text: of the reading, of the document and of its items."""
    found = [*decomposition.source.doubts, *decomposition.doubts]
    for item in decomposition.items:
        found += item.doubts
    return tuple(sorted(dict.fromkeys(found), key=lambda doubt: (doubt.start, doubt.end, doubt.code)))


def residue_sentences(decomposition: Decomposition) -> tuple[Sentence, ...]:
    """Sentences that no item came from, headings aside: unread ones first, then in the order of the text."""
    rest = [s for s in decomposition.sentences if s.item is None and s.disposition != "heading"]
    return tuple(sorted(rest, key=lambda s: (s.disposition != "unread", s.start)))


def unclassified(decomposition: Decomposition) -> int:
    """Number of characters, blanks aside, that stand in no sentence; what the layout calls furniture is not counted."""
    text, at, total = decomposition.source.text, 0, 0
    taken = [(sentence.start, sentence.end) for sentence in decomposition.sentences]
    taken += [(span.start, span.end) for span in decomposition.source.furniture]
    for start, end in [*sorted(taken), (len(text), len(text))]:
        total += len("".join(text[at:start].split()))
        at = max(at, end)
    return total


def completeness(decomposition: Decomposition) -> str:
    """What may be said of it: that every sentence has its place, or how much stands outside of all sentences."""
    outside = unclassified(decomposition)
    return _("每句都有归类") if outside == 0 else _("另有{n}字不在任何一句中").format(n=outside)


def ordered(decomposition: Decomposition) -> tuple[Sentence, ...]:
    """The sentences in the order of the text; their numbers, from 1, are those on the page and in the workbook."""
    return tuple(sorted(decomposition.sentences, key=lambda sentence: (sentence.start, sentence.end)))


def item_sentences(decomposition: Decomposition) -> dict[str, list[int]]:
    """Item id → numbers of its sentences; the one it begins in comes first, the lines and cells that belong to it after."""
    starts = {item.id: item.start for item in decomposition.items}
    found: dict[str, list[int]] = {}
    for n, sentence in enumerate(ordered(decomposition), 1):
        if sentence.item in starts:
            numbers = found.setdefault(sentence.item, [])
            numbers.insert(0 if sentence.start <= starts[sentence.item] < sentence.end else len(numbers), n)
    return found


def counts(decomposition: Decomposition) -> dict[str, int]:
    """Number of sentences of each disposition, in the order of the glossary, zeros included."""
    found = dict.fromkeys(labels.dispositions(), 0)
    for sentence in decomposition.sentences:
        found[sentence.disposition] += 1
    return found


def section_paths(decomposition: Decomposition) -> dict[str, str]:
    """Section id → its headings joined by ›."""
    by_id = {section.id: section for section in decomposition.sections}
    paths: dict[str, str] = {}
    for section in decomposition.sections:
        chain, at, seen = [], section, set[str]()
        while at.id not in seen:
            seen.add(at.id)
            chain.append(one_line(f"{at.number}{at.title}"))
            if at.parent is None or at.parent not in by_id:
                break
            at = by_id[at.parent]
        paths[section.id] = " › ".join(reversed(chain))
    return paths


def title_of(decomposition: Decomposition) -> str:
    """What to call the document: its title, else the name of its file."""
    return one_line(decomposition.facts.title or "") or decomposition.source.name
