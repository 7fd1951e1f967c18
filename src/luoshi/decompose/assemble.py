"""The last stage: what the others found, in positions of the view, becomes a Decomposition in canonical spans."""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from operator import attrgetter

from luoshi.decompose.cards import Cards
from luoshi.decompose.deadline_cells import cell_deadlines
from luoshi.decompose.disposition import Judgement
from luoshi.decompose.facts import FoundFacts
from luoshi.decompose.frameworks import Term, variants
from luoshi.decompose.head import Head
from luoshi.decompose.indicator_cells import cell_targets
from luoshi.decompose.itemise import Material, itemise
from luoshi.decompose.items import is_collective
from luoshi.decompose.model import DatedFact, Decomposition, Facts, Framework, Item, Member, Responsibility, Section, Sentence
from luoshi.decompose.named_units import unit_list
from luoshi.decompose.outline import ANSWERS, Structure, closed_up
from luoshi.decompose.paragraphs import Sentence as Line
from luoshi.decompose.parties import parties
from luoshi.decompose.responsibilities import Answer
from luoshi.decompose.rules import all_rules
from luoshi.decompose.rules.cues import Cues, cue
from luoshi.decompose.rules.deadlines import FoundDeadline, find_deadlines
from luoshi.decompose.rules.targets import FoundTarget, find_targets
from luoshi.decompose.slogans import part_of
from luoshi.decompose.tables import Grid, Row
from luoshi.decompose.vocabulary import digest
from luoshi.decompose.years import base_date, day_of, with_year
from luoshi.text import Doubt, ReadingView, SourceText
from luoshi.text.language import _


@cache
def rules_sha256() -> str:
    """SHA-256 over every rule and word list: two results with the same digest were made by the same rules."""
    rows = "\n".join(f"{rule.id}\t{rule.pattern.pattern}" for rule in all_rules())
    return hashlib.sha256((rows + digest()).encode()).hexdigest()


def assemble(
    source: SourceText, view: ReadingView, cues: Cues, held: list[int], found: list[Line], grids: list[Grid], head: Head, structure: Structure, cards: Cards, judged: Judgement,
    known: FoundFacts, answers: list[Answer], terms: list[Term], *, as_of: date | None,
) -> Decomposition:
    """Items with all their fields, and every span led back into the canonical text."""
    known = with_year(known, view.text)
    base, year = base_date(known, view.text)
    deadlines = find_deadlines(view.text, cues, base=base, year=year, day=day_of("meeting", known))
    if grids:
        deadlines = sorted([*deadlines, *cell_deadlines(view.text, grids, deadlines, year)], key=attrgetter("start"))
    ranges = view.ranges([line.start for line in found], [line.end for line in found])
    material = Material(source, view, found, ranges, held, structure, judged, deadlines, [d.start for d in deadlines], as_of, _rows_by_sentence(found, grids))
    heads = [i for i, d in enumerate(judged.dispositions) if d in ("requirement", "pledge") and not _is_answer_line(view.text, found[i])]
    material.closing = _closing(found, heads, answers)
    heads = [i for i in heads if i not in material.closing] if material.closing else heads
    item_lines = [i for i in heads if _is_task_cell(material, i)]
    material.targets = _targets(material, cues, item_lines, terms, grids)
    material.target_starts = [target.start for target in material.targets]
    material.default_deadline = _default_deadline(view.text, cues, deadlines)
    material.answers = _answers_by_sentence(material, item_lines, answers, cards)
    material.signer = _signer(view.text, found, known) if head.kind == "letter" else None
    material.parties = parties(view.text)
    material.addressee = _addressee(view.text, found, head)
    material.until = {i: card.times for card in cards.cards for i in item_lines if card.first <= i < card.end}
    sections = tuple(_section(material, s) for s in range(len(structure.sections)))
    ids = {line: f"i{n:04d}" for n, line in enumerate(item_lines, 1)}
    items, unit_doubts = _units_asked_for(_carried_on(material, item_lines, [itemise(material, line, ids[line]) for line in item_lines]))
    sentences = _sentences(material, ids, cards)
    frameworks, framework_doubts = _frameworks(material, terms)
    return Decomposition(
        source=source,
        facts=_facts(material, known, head.kind),
        sections=sections,
        sentences=sentences,
        items=items,
        responsibilities=_responsibilities(material, answers, ids),
        frameworks=frameworks,
        doubts=(*source.doubts, *framework_doubts, *unit_doubts, *_document_doubts(material, known)),
        rules_sha256=rules_sha256(),
    )


# -- where things belong -------------------------------------------------------------------------------------------


def _targets(material: Material, cues: Cues, item_lines: list[int], terms: list[Term], grids: list[Grid]) -> list[FoundTarget]:
    """Quantities in the sentences that became items and in the rows of tables; the number of a framework is none."""
    lines = sorted({*item_lines, *material.rows})
    named = {at for term in terms for at, _ in term.mentions}
    found = find_targets(material.view.text, cues.inside([material.found[i].start for i in lines], [material.found[i].end for i in lines]))
    if grids:
        found = sorted(found + cell_targets(material.view.text, grids, found), key=attrgetter("start"))
    return [target for target in found if target.start not in named]


_MANY, _NEARLY_ALL = 10, 0.8  # from how many items on, and from what share, a document is one that names no units
_UNDATED = re.compile(r"(?:未|没有)(?:注明|列明|标明|明确|单独明确|特别注明)(?:具体)?(?:完成)?(?:时限|时间|期限)的?[^。]{0,40}")
_UNDATED_CUE = cue(_UNDATED, "未注 未列 未标 未明 未单 未特 没有")


def _default_deadline(text: str, cues: Cues, deadlines: list[FoundDeadline]) -> FoundDeadline | None:
    """未注明完成时限的，均应于12月底前完成: the time limit of every task that names none."""
    told = next((found for place in cues.places(_UNDATED_CUE) if (found := _UNDATED.match(text, place))), None)
    return next((d for d in deadlines if told.start() <= d.start < told.end()), None) if told else None


def _addressee(text: str, found: list[Line], head: Head) -> tuple[str, int] | None:
    """The one unit to which a document is addressed, and where it stands; None for 各县（市、区）人民政府 and for several."""
    lines = [found[i] for i in sorted(head.records) if i < head.body and text[found[i].end - 1] == ":"]
    named = unit_list(text, lines[-1].start, lines[-1].end - 1) if lines else []
    return named[0] if len(named) == 1 and not is_collective(named[0][0]) else None


def _signer(text: str, found: list[Line], known: FoundFacts) -> tuple[str, int] | None:
    """The unit that signs, and where."""
    return next(((known.authority, line.start) for line in reversed(found) if known.authority and text[line.start : line.end] == known.authority), None)


def _is_answer_line(text: str, line: Line) -> bool:
    return ANSWERS.match(text, line.start, line.end) is not None


def _closing(found: list[Line], heads: list[int], answers: list[Answer]) -> set[int]:
    """Sentences that only say who does what the one before them says: 由县教育局负责。"""
    whole = {(answer.start, answer.end) for answer in answers}
    tasks = set(heads)
    return {i for i in heads if (found[i].start, found[i].end) in whole and not found[i].first and i - 1 in tasks}


def _rows_by_sentence(found: list[Line], grids: list[Grid]) -> dict[int, Row]:
    """The table row of every sentence that is a cell of one."""
    cells = sorted(((start, end, row) for grid in grids for row in grid.rows for _, start, end in row.cells), key=lambda cell: cell[:2])
    starts = [start for start, _, _ in cells]
    rows: dict[int, Row] = {}
    for i, line in enumerate(found) if cells else ():
        at = bisect_right(starts, line.start) - 1
        if at >= 0 and line.end <= cells[at][1]:
            rows[i] = cells[at][2]
    return rows


def _is_task_cell(material: Material, i: int) -> bool:
    """One row is one item: only the sentence that begins its task cell stands for it."""
    row = material.rows.get(i)
    if row is None:
        return True
    return row.content is not None and material.found[i].start == row.content[0]


def _answers_by_sentence(material: Material, item_lines: list[int], answers: list[Answer], cards: Cards) -> dict[int, list[Answer]]:
    """Which responsibilities speak for which item: those before it in its paragraph, or in its section where it stands alone; in a card those above it."""
    assigned: dict[int, list[Answer]] = {}
    lines = material.found
    starts = [lines[i].start for i in item_lines]
    previous_end = 0
    of_rows = _items_of_rows(material, item_lines)
    for answer in answers:
        if answer.rows:
            for i in (i for row in answer.rows for i in of_rows.get(id(row), ())):
                assigned.setdefault(i, []).append(answer)
            previous_end = answer.end
            continue
        card = cards.holding(answer.start, lines)
        if card is not None:
            for i in item_lines[bisect_left(item_lines, card.first) : bisect_left(item_lines, card.end)]:
                assigned.setdefault(i, []).append(answer)
            previous_end = answer.end
            continue
        if headed := _below_heading(material, item_lines, answer):
            for i in headed:
                assigned.setdefault(i, []).append(answer)
            previous_end = answer.end
            continue
        candidates = item_lines[bisect_left(starts, previous_end) : bisect_left(starts, answer.end)]
        if candidates and not _across_heading(material, candidates[-1], answer):
            last = candidates[-1]
            inside = lines[last].start <= answer.start < lines[last].end
            paragraph = lines[last].paragraph
            sections = {material.structure.section_of[last]} | _list_closed_by(material, answer, last, answers)
            chosen = [i for i in candidates if lines[i].paragraph == paragraph or (not inside and material.structure.section_of[i] in sections)]
            if material.closing and last + 1 in material.closing:  # 三是成立专班。由县应急局牵头。speaks for the third part
                chosen = [i for i in chosen if i >= part_of(material.view.text, lines, last)]
            for i in chosen:
                assigned.setdefault(i, []).append(answer)
        previous_end = answer.end
    _merged_cells(material, item_lines, assigned)
    return assigned


def _items_of_rows(material: Material, item_lines: list[int]) -> dict[int, list[int]]:
    """The items of each row of tables, by the identity of the row."""
    found: dict[int, list[int]] = defaultdict(list)
    for i in item_lines if material.rows else ():
        if (row := material.rows.get(i)) is not None:
            found[id(row)].append(i)
    return found


def _across_heading(material: Material, last: int, answer: Answer) -> bool:
    """True where a heading stands between an item and the line of units: it is not the item's."""
    at = bisect_right(material.found, answer.start, key=attrgetter("start")) - 1
    return any(n in material.structure.headings for n in range(last + 1, at + 1))


def _below_heading(material: Material, item_lines: list[int], answer: Answer) -> list[int]:
    """The items of a section whose heading stands right above the units: （三）后勤组 / 牵头单位：市机关事务局 / 负责嘉宾食宿。"""
    at = bisect_right(material.found, answer.start, key=attrgetter("start")) - 1
    section = material.structure.section_of[at]
    if section is None or not material.found[at].first or material.found[at].start < answer.start:
        return []
    own = material.structure.sections[section]
    if not own.is_heading or own.sentence != at - 1:
        return []
    return [i for i in item_lines[bisect_right(item_lines, at) :] if material.found[i].start < own.end]


def _merged_cells(material: Material, item_lines: list[int], assigned: dict[int, list[Answer]]) -> None:
    """A row without a number and units has them from the row above, with which its cells were one."""
    numbered: int | None = None
    cells: set[int] = set()
    for i in item_lines:
        row = material.rows.get(i)
        if row is None or row.spans("number"):
            numbered, cells = None if row is None else i, {start for _column, start, _end in row.cells} if row else set()
        elif numbered is not None and not row.spans("lead", "support", "responsible"):
            assigned.pop(i, None)
            if above := [answer for answer in assigned.get(numbered, ()) if answer.start in cells]:
                assigned[i] = above


def _list_closed_by(material: Material, answer: Answer, last: int, answers: list[Answer]) -> set[int | None]:
    """The tasks (1) to (4) of a section that one line of units closes: where no other stands in the section, it speaks for all of them."""
    at = material.structure.section_of[last]
    sections = material.structure.sections
    if at is None or sections[at].is_heading or (parent := sections[at].parent) is None:
        return set()
    above = sections[parent]
    if sum(above.start <= one.start < above.end for one in answers) > 1 or sections[at].end < above.end:
        return set()
    return {index for index in above.children if not sections[index].is_heading}


_CARRIES_ON = re.compile("(?:主要|具体)?负责(?!人|同志)")


def _carried_on(material: Material, item_lines: list[int], items: list[Item]) -> list[Item]:
    """由市公安局牵头，市应急局参加。负责制定安保方案。The second sentence speaks of the units of the first."""
    for n in range(1, len(items)):
        above, line = item_lines[n - 1], item_lines[n]
        if not items[n].units and line == above + 1 and not material.found[line].first and _CARRIES_ON.match(material.view.text, material.found[line].start):
            items[n] = items[n]._replace(units=items[n - 1].units, doubts=tuple(doubt for doubt in items[n].doubts if doubt.code != "unit.missing"))
    return items


def _units_asked_for(items: list[Item]) -> tuple[tuple[Item, ...], list[Doubt]]:
    """A work report names no units: that is one doubt of the document, not one of every item."""
    deliverable = [n for n, item in enumerate(items) if item.grade == "deliverable"]
    missing = [n for n in deliverable if not items[n].units]
    if len(missing) < _MANY or len(missing) < len(deliverable) * _NEARLY_ALL:
        return tuple(items), []
    message = _("可立项的{all}条事项中有{n}条没有写明责任单位").format(all=len(deliverable), n=len(missing))
    first = items[missing[0]]
    for n in missing:
        items[n] = items[n]._replace(doubts=tuple(doubt for doubt in items[n].doubts if doubt.code != "unit.missing"))
    return tuple(items), [Doubt("unit.none_named", message, _("这份文件不分任务到单位，立项时请逐条确定牵头单位"), first.start, first.end)]


# -- the rest of the document --------------------------------------------------------------------------------------


def _section(material: Material, index: int) -> Section:
    own = material.structure.sections[index]
    whole = material.span(own.start, max(own.end, own.head_end))
    return Section(
        id=_section_id(index),
        number=material.quote(own.start, own.start + len(own.number)) if own.number else "",
        title=material.quote(*own.title),
        level=own.level,
        start=whole.start,
        end=whole.end,
        parent=None if own.parent is None else _section_id(own.parent),
        heading=material.span(own.start, own.head_end),
    )


def _sentences(material: Material, ids: dict[int, str], cards: Cards) -> tuple[Sentence, ...]:
    """Every sentence; a line that only says who answers belongs to the item above it, in a card or right below a heading to the first below it, a cell
    to the item of its row."""
    row_items = {id(material.rows[i]): item for i, item in ids.items() if i in material.rows}
    sections = [_section_id(i) for i in range(len(material.structure.sections))]
    text, rows = material.view.text, material.rows
    sentences: list[Sentence] = []
    current: str | None = None
    headed = False
    for i, (line, (start, end), disposition, section) in enumerate(
        zip(material.found, material.ranges, material.judged.dispositions, material.structure.section_of, strict=True)
    ):
        own = ids.get(i)
        if own is not None:
            current = own
        elif i in rows:
            own = row_items.get(id(rows[i]))
        elif i in material.closing:
            own = current
        elif disposition == "requirement" and _is_answer_line(text, line):
            until = card.end if (card := cards.labelled(i)) else len(material.found) if headed else i
            own = next((ids[n] for n in range(i, until) if n in ids), None) if until > i else current
        headed = i in material.structure.headings or (headed and _is_answer_line(text, line))
        sentences.append(Sentence(start, end, disposition, None if section is None else sections[section], own))
    return tuple(sentences)


def _section_id(index: int) -> str:
    return f"s{index + 1:03d}"


def _responsibilities(material: Material, answers: list[Answer], ids: dict[int, str]) -> tuple[Responsibility, ...]:
    spoken: dict[int, list[str]] = {}
    for line, given in material.answers.items():
        for answer in given:
            spoken.setdefault(answer.start, []).append(ids[line])
    found: list[Responsibility] = []
    for answer in sorted(answers, key=lambda a: a.start):
        span = material.span(answer.start, answer.end)
        lead = tuple(material.name(at, at + len(name)) for name, at in answer.lead)
        support = tuple(material.name(at, at + len(name)) for name, at in answer.support)
        found.append(Responsibility(span.start, span.end, lead, support, answer.form, answer.open_ended, tuple(spoken.get(answer.start, ()))))
    return tuple(found)


def _frameworks(material: Material, terms: list[Term]) -> tuple[tuple[Framework, ...], list[Doubt]]:
    worded = variants(material.view.text, terms, material.structure)
    found: list[Framework] = []
    doubts: list[Doubt] = []
    for term in terms:
        mentions = tuple(material.span(a, b) for a, b in term.mentions)
        pairs = tuple((material.span(*a), material.span(*b)) for a, b in worded.get(term.name, []))
        members = tuple(Member(s.start, s.end, s.of(material.source.text)) for s in (material.span(a, b) for a, b in term.members))
        found.append(Framework(mentions[0].of(material.source.text), term.claimed, term.status, members, mentions, pairs))
        if term.status == "mismatch":
            message = _("“{name}”说{claimed}个，列出{listed}个").format(name=term.name, claimed=term.claimed, listed=len(members))
            doubts.append(Doubt("framework.mismatch", message, _("请核对原文是否漏列，或向发文单位核实"), mentions[0].start, mentions[0].end))
        for first, second in pairs:
            message = _("“{name}”中同一项有两种写法：{a}／{b}").format(name=term.name, a=first.of(material.source.text), b=second.of(material.source.text))
            doubts.append(Doubt("framework.variant", message, _("请以正式文本为准，统一写法"), second.start, second.end))
    return tuple(found), doubts


def _facts(material: Material, known: FoundFacts, kind: str) -> Facts:
    def quoted(place: tuple[int, int] | None, clean: Callable[[str], str]) -> str | None:
        return clean(material.quote(*place)) if place else None

    dates = tuple(
        DatedFact(d.kind, d.iso, d.precision, d.how, material.span(*d.evidence) if d.evidence else None, d.reason)  # type: ignore[arg-type]  # literals by construction
        for d in known.dates
    )
    return Facts(
        title=quoted(known.title, lambda t: "".join(closed_up(line.strip()) for line in t.split("\n")).lstrip("# ")),
        number=quoted(known.number, lambda t: re.sub(r"\s", "", t)),
        level=known.level,
        authority=known.authority,
        transmitter=known.transmitter,
        publisher=known.publisher,
        dates=dates,
        kind=kind,
    )


def _document_doubts(material: Material, known: FoundFacts) -> list[Doubt]:
    doubts: list[Doubt] = []
    for found in known.dates:
        if found.how == "inferred" and found.evidence:
            span = material.span(*found.evidence)
            if found.iso.startswith("--"):
                doubts.append(Doubt("date.no_year", _("文中没有写明年份"), _("请录入成文或会议年份"), span.start, span.end))
            else:
                doubts.append(Doubt("date.inferred", _("年份是推断的：") + found.reason, _("请核对"), span.start, span.end))
    return doubts
