"""The last stage: what the others found, in positions of the view, becomes a Decomposition in canonical spans."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from luoshi.decompose import items as making
from luoshi.decompose.disposition import Judgement
from luoshi.decompose.facts import FoundFacts
from luoshi.decompose.frameworks import Term, variants
from luoshi.decompose.head import Head
from luoshi.decompose.model import (
    DatedFact,
    Deadline,
    Decomposition,
    Facts,
    Framework,
    Item,
    Measure,
    Member,
    Responsibility,
    Section,
    Sentence,
    Target,
    Unit,
)
from luoshi.decompose.outline import ANSWERS, Structure
from luoshi.decompose.paragraphs import Sentence as Line
from luoshi.decompose.responsibilities import Answer
from luoshi.decompose.rules import all_rules, moods
from luoshi.decompose.rules.deadlines import FoundDeadline, find_deadlines
from luoshi.decompose.rules.targets import FoundTarget, find_targets
from luoshi.decompose.tables import Grid, Row
from luoshi.decompose.vocabulary import digest
from luoshi.text import Doubt, ReadingView, SourceText, Span
from luoshi.text.language import _

_LEAD_MAX = 64


def rules_sha256() -> str:
    """SHA-256 over every rule and word list: two results with the same digest were made by the same rules."""
    rows = "\n".join(f"{rule.id}\t{rule.pattern.pattern}" for rule in all_rules())
    return hashlib.sha256((rows + digest()).encode()).hexdigest()


@dataclass(slots=True)
class _Parts:
    """Everything that an item may draw on, in positions of the view."""

    source: SourceText
    view: ReadingView
    found: list[Line]
    structure: Structure
    judged: Judgement
    deadlines: list[FoundDeadline]
    deadline_starts: list[int]
    targets: list[FoundTarget]
    target_starts: list[int]
    as_of: date | None
    rows: dict[int, Row] = field(default_factory=dict)
    answers: dict[int, list[Answer]] = field(default_factory=dict)
    paths: dict[int | None, tuple[tuple[str, ...], bool]] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        return self.view.span(start, end)

    def quote(self, start: int, end: int) -> str:
        return self.view.span(start, end).of(self.source.text)


def assemble(
    source: SourceText, view: ReadingView, found: list[Line], grids: list[Grid], head: Head, structure: Structure, judged: Judgement,
    known: FoundFacts, answers: list[Answer], terms: list[Term], *, as_of: date | None,
) -> Decomposition:
    """Items with all their fields, and every span led back into the canonical text."""
    base, year = _base_date(known)
    deadlines = find_deadlines(view.text, base=base, year=year)
    targets = find_targets(view.text)
    parts = _Parts(
        source, view, found, structure, judged, deadlines, [d.start for d in deadlines], targets, [t.start for t in targets], as_of,
        _rows_by_sentence(found, grids),
    )
    heads = [i for i, d in enumerate(judged.dispositions) if d in ("requirement", "pledge") and not _is_answer_line(view.text, found[i])]
    item_lines = [i for i in heads if _is_task_cell(parts, i)]
    parts.answers = _answers_by_sentence(parts, item_lines, answers)
    sections = tuple(_section(parts, s) for s in range(len(structure.sections)))
    ids = {line: f"i{n:04d}" for n, line in enumerate(item_lines, 1)}
    items = tuple(_item(parts, line, ids[line]) for line in item_lines)
    sentences = _sentences(parts, ids)
    frameworks, framework_doubts = _frameworks(parts, terms)
    return Decomposition(
        source=source,
        facts=_facts(parts, known, head.kind),
        sections=sections,
        sentences=sentences,
        items=items,
        responsibilities=_responsibilities(parts, answers, ids),
        frameworks=frameworks,
        doubts=(*source.doubts, *framework_doubts, *_document_doubts(parts, known)),
        rules_sha256=rules_sha256(),
    )


# -- where things belong -------------------------------------------------------------------------------------------


def _base_date(known: FoundFacts) -> tuple[date | None, int | None]:
    """The day that 自印发之日起 counts from, and the document's own year."""
    issued = next((d for d in known.dates if d.kind == "issued"), None)
    day = issued or next((d for d in known.dates if d.kind == "meeting"), None) or next(iter(known.dates), None)
    base = date.fromisoformat(issued.iso) if issued and issued.precision == "day" else None
    year = int(day.iso[:4]) if day and day.iso[:4].isdigit() else None
    return base, year


def _is_answer_line(text: str, line: Line) -> bool:
    return ANSWERS.match(text, line.start, line.end) is not None


def _rows_by_sentence(found: list[Line], grids: list[Grid]) -> dict[int, Row]:
    """The table row of every sentence that is a cell of one."""
    by_start = {start: row for grid in grids for row in grid.rows for _, start, _ in row.cells}
    return {i: by_start[line.start] for i, line in enumerate(found) if line.start in by_start} if by_start else {}


def _is_task_cell(parts: _Parts, i: int) -> bool:
    """One row is one item: only the sentence that begins its task cell stands for it."""
    row = parts.rows.get(i)
    if row is None:
        return True
    cells = row.spans("task") or row.spans("target") or row.spans("criteria")
    return bool(cells) and parts.found[i].start == cells[0][0]


def _answers_by_sentence(parts: _Parts, item_lines: list[int], answers: list[Answer]) -> dict[int, list[Answer]]:
    """Which responsibilities speak for which item: those before it in its paragraph, or in its section where it stands alone."""
    assigned: dict[int, list[Answer]] = {}
    lines = parts.found
    starts = [lines[i].start for i in item_lines]
    previous_end = 0
    for answer in answers:
        candidates = [i for i, start in zip(item_lines, starts, strict=True) if previous_end <= start < answer.end]
        if candidates:
            last = candidates[-1]
            inside = lines[last].start <= answer.start < lines[last].end
            paragraph = lines[last].paragraph
            section = parts.structure.section_of[last]
            chosen = [i for i in candidates if lines[i].paragraph == paragraph or (not inside and parts.structure.section_of[i] == section)]
            for i in chosen:
                assigned.setdefault(i, []).append(answer)
        previous_end = answer.end
    return assigned


def _path(parts: _Parts, i: int) -> tuple[tuple[str, ...], bool]:
    """Headings above a sentence as they are written, outermost first, and whether they head principles."""
    section = parts.structure.section_of[i]
    if section is not None and parts.structure.sections[section].sentence == i:
        section = parts.structure.sections[section].parent
    if section not in parts.paths:
        path: list[str] = []
        above = section
        while above is not None:
            own = parts.structure.sections[above]
            path.append(parts.quote(own.start, own.title[1]).replace("\n", ""))
            above = own.parent
        titles = tuple(reversed([p for p in path if p]))
        parts.paths[section] = titles, making.heads_principles(titles)
    return parts.paths[section]


def _lead(parts: _Parts, i: int) -> Span | None:
    """The sentence that leads a paragraph: short, a requirement itself, followed by what it means."""
    line = parts.found[i]
    j = i
    while j > 0 and not parts.found[j].first:
        j -= 1
    first = parts.found[j]
    if j == i or first.paragraph != line.paragraph or first.end - first.start > _LEAD_MAX:
        return None
    return parts.span(first.start, first.end) if parts.judged.dispositions[j] in ("requirement", "pledge") else None


# -- one item ------------------------------------------------------------------------------------------------------


def _item(parts: _Parts, i: int, id_: str) -> Item:
    line = parts.found[i]
    text = parts.view.text
    quote = parts.span(line.start, line.end)
    lead_in = moods.lead_in_length(text[line.start : line.end])
    bare = text[line.start + lead_in : line.end]
    taken = making.parts(text, line, lead_in)
    deadlines = _deadlines(parts, i)
    targets = [_target(parts, t) for t in making.within(parts.targets, parts.target_starts, line.start, line.end)] + _row_targets(parts, i)
    speaker = _speaker(parts, i)
    units = _units(parts, i, taken.actors)
    titles, principles = _path(parts, i)
    concrete = bool(targets) or any(d.due or d.period not in (None, "standing") for d in deadlines)
    owned = any(u.role in ("lead", "support") or (u.role == "responsible" and not making.is_collective(u.name)) for u in units)
    grade = making.grade(bare, principles=principles, concrete=concrete, owned=owned)
    if grade == "deliverable" and not targets and deadlines and all(d.period == "standing" for d in deadlines):
        grade = "standing"
    return Item(
        id=id_,
        start=quote.start,
        end=quote.end,
        quote=quote.of(parts.source.text),
        path=titles,
        lead=_lead(parts, i),
        kind="pledge" if parts.judged.dispositions[i] == "pledge" else "requirement",
        grade=grade,
        modality=making.modality(bare),
        speaker=speaker,
        units=(*units, speaker) if speaker else units,
        deadlines=tuple(deadlines),
        targets=tuple(targets),
        measures=tuple(_measure(parts, a, b) for a, b in taken.measures),
        mechanisms=tuple(_measure(parts, a, b) for a, b in taken.mechanisms),
        doubts=tuple(_doubts(parts, i, grade, units, deadlines, len(taken.measures))),
    )


def _speaker(parts: _Parts, i: int) -> Unit | None:
    speech = parts.judged.speakers[i]
    if speech is None:
        return None
    span = parts.span(speech.start, speech.end)
    return Unit(span.of(parts.source.text), "speaker", span.start, span.end)


def _units(parts: _Parts, i: int, actors: list[tuple[str, int]]) -> tuple[Unit, ...]:
    """Units of the responsibilities that speak for the item, then those that are the subject of its clauses."""
    units: list[Unit] = []
    for answer in parts.answers.get(i, []):
        single = answer.form in ("responsible_units", "joint", "sole") and len(answer.lead) > 1
        units += [_unit(parts, name, at, "responsible" if single else "lead") for name, at in answer.lead]
        units += [_unit(parts, name, at, "support") for name, at in answer.support]
    seen = {unit.name for unit in units}
    for name, at in actors:
        unit = _unit(parts, name, at, "responsible")
        if unit.name not in seen:
            seen.add(unit.name)
            units.append(unit)
    return tuple(units)


def _unit(parts: _Parts, name: str, at: int, role: str) -> Unit:
    span = parts.span(at, at + len(name))
    return Unit(span.of(parts.source.text), role, span.start, span.end)  # type: ignore[arg-type]  # role is one of three literals


def _deadlines(parts: _Parts, i: int) -> list[Deadline]:
    """Time limits of the sentence, of the responsibility that speaks for it, and of its table row."""
    line = parts.found[i]
    found = making.within(parts.deadlines, parts.deadline_starts, line.start, line.end)
    for answer in parts.answers.get(i, []):
        if not line.start <= answer.start < line.end:
            found += making.within(parts.deadlines, parts.deadline_starts, answer.start, answer.end)
    row = parts.rows.get(i)
    for start, end in row.spans("deadline") if row else []:
        found += making.within(parts.deadlines, parts.deadline_starts, start, end)
    unique = {d.start: d for d in found}
    return [_deadline(parts, unique[start]) for start in sorted(unique)]


def _deadline(parts: _Parts, found: FoundDeadline) -> Deadline:
    span = parts.span(found.start, found.end)
    return Deadline(span.start, span.end, span.of(parts.source.text), found.due, found.period, found.basis, found.rule)


def _row_targets(parts: _Parts, i: int) -> list[Target]:
    row = parts.rows.get(i)
    if row is None:
        return []
    line = parts.found[i]
    cells = [(a, b) for a, b in row.spans("target", "task") if not (line.start <= a and b <= line.end)]
    return [_target(parts, t) for a, b in cells for t in making.within(parts.targets, parts.target_starts, a, b)]


def _target(parts: _Parts, found: FoundTarget) -> Target:
    span = parts.span(found.start, found.end)
    return Target(span.start, span.end, span.of(parts.source.text), found.comparator, found.value, found.unit, found.indicator)


def _measure(parts: _Parts, start: int, end: int) -> Measure:
    span = parts.span(start, end)
    return Measure(span.start, span.end, span.of(parts.source.text))


def _doubts(parts: _Parts, i: int, grade: str, units: tuple[Unit, ...], deadlines: list[Deadline], measures: int) -> list[Doubt]:
    """What a reviewer should look at before this item goes into the ledger."""
    line = parts.found[i]
    span = parts.span(line.start, line.end)
    doubts: list[Doubt] = []

    def add(code: str, message: str, hint: str, at: Span = span) -> None:
        doubts.append(Doubt(code, message, hint, at.start, at.end))

    for found in making.within(parts.deadlines, parts.deadline_starts, line.start, line.end):
        if found.doubt:
            add(*found.doubt, parts.span(found.start, found.end))
    if grade == "deliverable" and not units and parts.judged.speakers[i] is None:
        add("unit.missing", _("没有写明责任单位"), _("立项前请确定牵头单位"))
    for unit in units:
        if unit.role == "responsible" and making.is_collective(unit.name):
            add("unit.collective", _("主体是一批单位：") + unit.name, _("请确定是否逐个单位分办"), Span(unit.start, unit.end))
            break
    vague = making.has_vague_number(span.of(parts.source.text))
    if vague and grade == "deliverable":
        at = Span(span.start + vague.start(), span.start + vague.end())
        add("target.vague", _("没有可以核对的数量：") + vague[0], _("请与责任单位商定数量或核验办法"), at)
    for deadline in deadlines:
        if parts.as_of and deadline.due and deadline.due < parts.as_of:
            add("deadline.past", _("时限已过：") + deadline.due.isoformat(), _("请核实是否已办结，或重新商定时限"), Span(deadline.start, deadline.end))
    if measures > making.MAX_MEASURES:
        add("item.compound", _("一句话里有{n}项举措").format(n=measures), _("可在采纳时拆分"))
    return doubts


# -- the rest of the document --------------------------------------------------------------------------------------


def _section(parts: _Parts, index: int) -> Section:
    own = parts.structure.sections[index]
    whole = parts.span(own.start, max(own.end, own.head_end))
    return Section(
        id=f"s{index + 1:03d}",
        number=parts.quote(own.start, own.start + len(own.number)) if own.number else "",
        title=parts.quote(*own.title),
        level=own.level,
        start=whole.start,
        end=whole.end,
        parent=None if own.parent is None else f"s{own.parent + 1:03d}",
        heading=parts.span(own.start, own.head_end),
    )


def _sentences(parts: _Parts, ids: dict[int, str]) -> tuple[Sentence, ...]:
    """Every sentence; a line that only says who answers belongs to the item above it, a cell to the item of its row."""
    row_items = {id(parts.rows[i]): item for i, item in ids.items() if i in parts.rows}
    sentences: list[Sentence] = []
    current: str | None = None
    for i, line in enumerate(parts.found):
        own = ids.get(i)
        if own is None and i in parts.rows:
            own = row_items.get(id(parts.rows[i]))
        elif own is None and _is_answer_line(parts.view.text, line):
            own = current
        current = ids.get(i, current)
        section = parts.structure.section_of[i]
        span = parts.span(line.start, line.end)
        sentences.append(Sentence(span.start, span.end, parts.judged.dispositions[i], None if section is None else f"s{section + 1:03d}", own))
    return tuple(sentences)


def _responsibilities(parts: _Parts, answers: list[Answer], ids: dict[int, str]) -> tuple[Responsibility, ...]:
    spoken: dict[int, list[str]] = {}
    for line, given in parts.answers.items():
        for answer in given:
            spoken.setdefault(answer.start, []).append(ids[line])
    found: list[Responsibility] = []
    for answer in sorted(answers, key=lambda a: a.start):
        span = parts.span(answer.start, answer.end)
        lead = tuple(parts.quote(at, at + len(name)) for name, at in answer.lead)
        support = tuple(parts.quote(at, at + len(name)) for name, at in answer.support)
        found.append(Responsibility(span.start, span.end, lead, support, answer.form, answer.open_ended, tuple(spoken.get(answer.start, ()))))
    return tuple(found)


def _frameworks(parts: _Parts, terms: list[Term]) -> tuple[tuple[Framework, ...], list[Doubt]]:
    worded = variants(parts.view.text, terms, parts.structure)
    found: list[Framework] = []
    doubts: list[Doubt] = []
    for term in terms:
        mentions = tuple(parts.span(a, b) for a, b in term.mentions)
        pairs = tuple((parts.span(*a), parts.span(*b)) for a, b in worded.get(term.name, []))
        members = tuple(Member(s.start, s.end, s.of(parts.source.text)) for s in (parts.span(a, b) for a, b in term.members))
        found.append(Framework(mentions[0].of(parts.source.text), term.claimed, term.status, members, mentions, pairs))
        if term.status == "mismatch":
            message = _("“{name}”说{claimed}个，列出{listed}个").format(name=term.name, claimed=term.claimed, listed=len(members))
            doubts.append(Doubt("framework.mismatch", message, _("请核对原文是否漏列，或向发文单位核实"), mentions[0].start, mentions[0].end))
        for first, second in pairs:
            message = _("“{name}”中同一项有两种写法：{a}／{b}").format(name=term.name, a=first.of(parts.source.text), b=second.of(parts.source.text))
            doubts.append(Doubt("framework.variant", message, _("请以正式文本为准，统一写法"), second.start, second.end))
    return tuple(found), doubts


def _facts(parts: _Parts, known: FoundFacts, kind: str) -> Facts:
    def quoted(place: tuple[int, int] | None, clean: Callable[[str], str]) -> str | None:
        return clean(parts.quote(*place)) if place else None

    dates = tuple(
        DatedFact(d.kind, d.iso, d.precision, d.how, parts.span(*d.evidence) if d.evidence else None, d.reason)  # type: ignore[arg-type]  # literals by construction
        for d in known.dates
    )
    return Facts(
        title=quoted(known.title, lambda t: re.sub(r"\s*\n\s*", "", t).strip()),
        number=quoted(known.number, lambda t: re.sub(r"\s", "", t)),
        level=known.level,
        authority=known.authority,
        transmitter=known.transmitter,
        publisher=known.publisher,
        dates=dates,
        kind=kind,
    )


def _document_doubts(parts: _Parts, known: FoundFacts) -> list[Doubt]:
    doubts: list[Doubt] = []
    for found in known.dates:
        if found.how == "inferred" and found.evidence:
            span = parts.span(*found.evidence)
            if found.iso.startswith("--"):
                doubts.append(Doubt("date.no_year", _("文中没有写明年份"), _("请录入成文或会议年份"), span.start, span.end))
            else:
                doubts.append(Doubt("date.inferred", _("年份是推断的：") + found.reason, _("请核对"), span.start, span.end))
    return doubts
