"""One sentence becomes an item: its units, deadlines, targets, measures, grade and doubts, in canonical spans."""

import re
from dataclasses import dataclass, field
from datetime import date

from luoshi.decompose import items as making
from luoshi.decompose.disposition import Judgement
from luoshi.decompose.model import Deadline, Item, Measure, Role, Target, Unit
from luoshi.decompose.outline import Structure
from luoshi.decompose.paragraphs import Sentence as Line
from luoshi.decompose.parties import Party, charged
from luoshi.decompose.responsibilities import Answer
from luoshi.decompose.rules.cues import ANY
from luoshi.decompose.rules.deadlines import FoundDeadline
from luoshi.decompose.rules.targets import FoundTarget
from luoshi.decompose.slogans import part_of
from luoshi.decompose.tables import Row
from luoshi.text import Doubt, ReadingView, SourceText, Span
from luoshi.text.language import _

_LEAD_MAX = 64
_DAY_NOT_KNOWN = frozenset({"deadline.no_year", "deadline.which_year", "deadline.season"})
_STAGES = frozenset({"deadline.stage", "deadline.stage_days", "deadline.stage_point"})
_ACTIONABLE = ("requirement", "pledge")


@dataclass(slots=True)
class Material:
    """Everything that an item may draw on, in positions of the view, and the way back to the canonical text."""

    source: SourceText
    view: ReadingView
    found: list[Line]
    ranges: list[tuple[int, int]]
    cues: list[int]
    structure: Structure
    judged: Judgement
    deadlines: list[FoundDeadline]
    deadline_starts: list[int]
    as_of: date | None
    rows: dict[int, Row] = field(default_factory=dict)
    targets: list[FoundTarget] = field(default_factory=list)
    target_starts: list[int] = field(default_factory=list)
    answers: dict[int, list[Answer]] = field(default_factory=dict)
    default_deadline: FoundDeadline | None = None
    paths: dict[int | None, tuple[tuple[str, ...], bool]] = field(default_factory=dict)
    leads: dict[int, Span | None] = field(default_factory=dict)
    addressee: tuple[str, int] | None = None
    signer: tuple[str, int] | None = None
    until: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    headed: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    stages: dict[int, list[FoundDeadline]] = field(default_factory=dict)
    closing: set[int] = field(default_factory=set)
    parties: dict[str, Party] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        """Canonical span of a stretch of the view."""
        return self.view.span(start, end)

    def name(self, start: int, end: int) -> str:
        """A name as it is written there, without what a page put into it: a line break, a page number."""
        words = self.quote(start, end)
        if len(words) == end - start:
            return words
        return "".join(self.source.text[self.view.offset(at)] for at in range(start, end))

    def quote(self, start: int, end: int) -> str:
        """What the canonical text says there."""
        begin, stop = self.view.range(start, end)
        return self.source.text[begin:stop]


def itemise(material: Material, i: int, id_: str) -> Item:
    """The item that sentence ``i`` is."""
    line = material.found[i]
    text = material.view.text
    start, end = material.ranges[i]
    shift = start - line.start if end - start == line.end - line.start else None
    lead_in = material.judged.lead_ins[i]
    cues = material.cues[i]
    bare = text[line.start + lead_in : line.end]
    taken = making.parts(text, line, lead_in, cues)
    found_deadlines = making.within(material.deadlines, material.deadline_starts, line.start, line.end)
    deadlines = _deadlines(material, i, found_deadlines)
    targets = _targets(material, i)
    units = _units(material, i, taken.actors)
    speaker = _speaker(material, i)
    titles, principles = _path(material, i)
    part = _part(material, i) if material.judged.heads_parts else None
    if part is not None:
        titles += (material.quote(material.found[part].start, material.found[part].end - 1),)
    if i in material.rows:
        titles += tuple(material.quote(a, b) for a, b in material.rows[i].kinds(line.start))
    concrete = bool(targets) or any(d.due or d.period not in (None, "standing") for d in deadlines) or any(d.doubt and d.doubt[0] in _DAY_NOT_KNOWN for d in found_deadlines)
    owned = bool(units) and any(u.role != "responsible" or not making.is_collective(u.name) for u in units)
    grade = making.grade(bare, cues, principles=principles, concrete=concrete, owned=owned, collective=bool(units) and not owned)
    if grade == "standing" and i in material.judged.decided and not _GOES_ON.match(bare):
        grade = "deliverable"
    if grade == "deliverable" and not targets and deadlines and all(d.period == "standing" for d in deadlines):
        grade = "standing"
    if not deadlines and grade in ("deliverable", "standing") and (stage := _stage(material, material.structure.section_of[i])) and (grade == "deliverable" or not making.goes_on(bare)):
        grade, deadlines = "deliverable", [_deadline(material, one) for one in stage]
    quote = material.source.text[start:end]
    deliverable = grade == "deliverable"
    doubts = _deadline_doubts(material, found_deadlines, deadlines) if deadlines or found_deadlines else []
    doubts += _unit_doubts(units, start, end, deliverable=deliverable and speaker is None)
    doubts += _wording_doubts(quote, cues, start, end, deliverable=deliverable, measures=len(taken.measures))
    return Item(  # in the order of its fields: names would double the cost
        id_,
        start,
        end,
        quote,
        titles,
        _lead(material, i) if part is None else material.span(material.found[part].start, material.found[part].end),
        "pledge" if material.judged.dispositions[i] == "pledge" else "requirement",
        grade,
        making.modality(bare, cues, commanded=material.judged.commanded[i]),
        speaker,
        (*units, speaker) if speaker else tuple(units),
        tuple(deadlines),
        tuple(targets),
        _measures(material, taken.measures, shift),
        _measures(material, taken.mechanisms, shift),
        tuple(doubts),
    )


def _path(material: Material, i: int) -> tuple[tuple[str, ...], bool]:
    """Headings above a sentence as they are written, outermost first, and whether they head principles."""
    section = material.structure.section_of[i]
    if section is not None and material.structure.sections[section].sentence == i:
        section = material.structure.sections[section].parent
    if section not in material.paths:
        path: list[str] = []
        above = section
        while above is not None:
            own = material.structure.sections[above]
            path.append(material.quote(own.start, own.title[1]).replace("\n", ""))
            above = own.parent
        titles = tuple(reversed([p for p in path if p]))
        material.paths[section] = titles, making.heads_principles(titles)
    return material.paths[section]


def _lead(material: Material, i: int) -> Span | None:
    """The sentence that leads a paragraph: short, a requirement itself, followed by what it means."""
    line = material.found[i]
    if line.first:
        return None
    paragraph = line.paragraph
    if paragraph not in material.leads:
        while not material.found[i].first:
            i -= 1
        first = material.found[i]
        leads = first.end - first.start <= _LEAD_MAX and material.judged.dispositions[i] in _ACTIONABLE
        material.leads[paragraph] = material.span(first.start, first.end) if leads else None
    return material.leads[paragraph]


def _part(material: Material, i: int) -> int | None:
    """The slogan that heads the part of the paragraph in which sentence ``i`` stands: 二是压实责任。"""
    begins = part_of(material.view.text, material.found, i)
    return begins if begins in material.judged.heads_parts and begins != i else None


def _speaker(material: Material, i: int) -> Unit | None:
    """Who pledges; 我局 is who signs the letter."""
    speech = material.judged.speakers[i]
    if speech is None and material.signer and _WE.search(material.view.text, material.found[i].start, material.found[i].end):
        return _unit(material, *material.signer, "speaker")
    return _unit(material, speech.name, speech.start, "speaker") if speech else None


def _unit(material: Material, name: str, at: int, role: Role) -> Unit:
    return Unit(material.name(at, at + len(name)), role, *material.view.range(at, at + len(name)))


def _units(material: Material, i: int, actors: list[making.Actor]) -> list[Unit]:
    """Units of the responsibilities that speak for the item, then those that are the subject of its clauses; where there are none, those that head its section."""
    units: list[Unit] = []
    if material.addressee or material.signer:
        actors = _named(material, i, actors)
    if material.parties:
        actors = actors + [(name, at, "responsible") for name, at in _parties(material, i)]
    if not actors and i not in material.answers:
        return [_unit(material, name, at, "lead") for name, at in _heads(material, material.structure.section_of[i])]
    for answer in material.answers.get(i, ()):
        together = answer.form in ("responsible_units", "joint", "sole") and len(answer.lead) > 1
        units += [_unit(material, name, at, "responsible" if together else "lead") for name, at in answer.lead]
        units += [_unit(material, name, at, "support") for name, at in answer.support]
    seen = {unit.name for unit in units}
    led = any(unit.role == "lead" for unit in units)
    for name, at, role in actors:
        unit = _unit(material, name, at, "responsible" if led and role == "lead" else role)
        if unit.name not in seen:
            seen.add(unit.name)
            units.append(unit)
    return units


_GOES_ON = re.compile("坚持|持续|继续|长期|进一步|常态|始终|不断|加强|强化")
"""A meeting that decides to do a thing decides it once, unless it says otherwise."""
_WE = re.compile("我(?:局|委|厅|办|部|院|行|会|署|省|市|县|区)")
_YOU = re.compile("(?:你|贵)(?:局|委|厅|办|部|院|县|区|市|镇|乡|街道|单位|公司|集团|中心|校)(?!长|领导)")


def _named(material: Material, i: int, actors: list[making.Actor]) -> list[making.Actor]:
    """你局 is whom a letter is addressed to, 我局 who signs it; a sentence that says 你局 asks something of nobody else."""
    you, us = material.addressee, material.signer
    named: list[making.Actor] = []
    for name, at, role in actors:
        whom = you if you and _YOU.fullmatch(name) else us if us and _WE.fullmatch(name) else None
        named.append((*whom, role) if whom else (name, at, role))
    if you and not named and _YOU.search(material.view.text, material.found[i].start, material.found[i].end):
        named.append((*you, "responsible"))
    return named


def _parties(material: Material, i: int) -> list[Party]:
    """The parties that a sentence charges, else the one whose duties its section lists: 二、乙方责任."""
    line, text = material.found[i], material.view.text
    named = charged(text, line.start, line.end, material.parties)
    section = material.structure.section_of[i]
    while not named and section is not None:
        own = material.structure.sections[section]
        named = charged(text, *own.title, material.parties)
        section = own.parent
    return named


def _heads(material: Material, section: int | None) -> list[tuple[str, int]]:
    """The units whose tasks a section lists, by its heading or the nearest above it that names any: 一、市民政局牵头工作（8项）."""
    if section is None:
        return []
    if section not in material.headed:
        own = material.structure.sections[section]
        material.headed[section] = making.headed_by(material.view.text, *own.title) or _heads(material, own.parent)
    return material.headed[section]


def _deadlines(material: Material, i: int, found: list[FoundDeadline]) -> list[Deadline]:
    """Time limits of the sentence, of the responsibility that speaks for it, and of its table row; those of its card where it has none of its own."""
    line = material.found[i]
    row = material.rows.get(i)
    card = material.until.get(i)
    answers = material.answers.get(i, ()) if card is None else ()
    if not found and row is None and not answers and not card:
        return []
    all_found = list(found)
    for start, end in card or () if all(one.period == "immediate" for one in found) else ():
        all_found += making.within(material.deadlines, material.deadline_starts, start, end)
    for answer in answers:
        if not line.start <= answer.start < line.end:
            all_found += making.within(material.deadlines, material.deadline_starts, answer.start, answer.end)
    own_day = row is not None and row.part and any(one.due for one in found)  # 1.6月15日前…… of a task due by the end of June
    for start, end in row.spans(*(() if own_day else ("deadline",)), "task", "target", "criteria") if row else ():
        all_found += making.within(material.deadlines, material.deadline_starts, start, end)
    if not all_found and answers and material.default_deadline:
        all_found = [material.default_deadline]
    unique = {deadline.start: deadline for deadline in all_found}
    return [_deadline(material, unique[start]) for start in sorted(unique)]


def _stage(material: Material, section: int | None) -> list[FoundDeadline]:
    """Until when the stage lasts in which a section stands, by the nearest heading that says so: （二）集中整治阶段（3月16日至10月31日）."""
    if section is None:
        return []
    if section not in material.stages:
        own = material.structure.sections[section]
        said = making.within(material.deadlines, material.deadline_starts, own.start, own.head_end if own.is_heading else own.title[1])
        material.stages[section] = [one for one in said if one.rule in _STAGES or "阶段" in material.view.text[own.start : one.start]] or _stage(material, own.parent)
    return material.stages[section]


def _deadline(material: Material, found: FoundDeadline) -> Deadline:
    start, end = material.view.range(found.start, found.end)
    return Deadline(start, end, material.source.text[start:end], found.due, found.period, found.basis, found.rule)


def _targets(material: Material, i: int) -> list[Target]:
    """Quantities of the sentence and, in a table, of the other cells that say what is to be reached."""
    line = material.found[i]
    found = making.within(material.targets, material.target_starts, line.start, line.end)
    row = material.rows.get(i)
    if not found and row is None:
        return []
    cues = material.cues[i] if row is None else ANY
    for start, end in row.spans("target", "task", "criteria") if row else ():
        if not (line.start <= start and end <= line.end):
            found += making.within(material.targets, material.target_starts, start, end)
    text = material.view.text
    kept: list[Target] = []
    end = -1
    for target in found:
        if making.is_scoring(text, target.start, target.end, cues):
            continue
        made = _target(material, target)
        if not made.indicator and kept and made.comparator in "+-" and text[end : target.start] in ("、", ","):
            made = made._replace(indicator=kept[-1].indicator)  # 生产总值达450亿元、增长8%
        kept.append(made)
        end = target.end
    return kept


def _target(material: Material, found: FoundTarget) -> Target:
    start, end = material.view.range(found.start, found.end)
    return Target(start, end, material.source.text[start:end], found.comparator, found.value, found.unit, found.indicator)


def _measures(material: Material, spans: list[tuple[int, int]], shift: int | None) -> tuple[Measure, ...]:
    """``shift`` leads back where no page broke into the sentence."""
    if not spans:
        return ()
    text, led_back = material.source.text, material.view.range
    found: list[Measure] = []  # a list first: a generator costs more
    for a, b in spans:
        start, end = (a + shift, b + shift) if shift is not None else led_back(a, b)
        found.append(Measure(start, end, text[start:end]))
    return tuple(found)


# -- what a reviewer should look at before an item goes into the ledger -------------------------------------------


def _deadline_doubts(material: Material, found: list[FoundDeadline], deadlines: list[Deadline]) -> list[Doubt]:
    doubts = [Doubt(*one.doubt, *material.view.range(one.start, one.end)) for one in found if one.doubt]
    for deadline in deadlines:
        if material.as_of and deadline.due and deadline.due < material.as_of:
            message = _("时限已过：") + deadline.due.isoformat()
            doubts.append(Doubt("deadline.past", message, _("请核实是否已办结，或重新商定时限"), deadline.start, deadline.end))
    return doubts


def _unit_doubts(units: list[Unit], start: int, end: int, *, deliverable: bool) -> list[Doubt]:
    if deliverable and not units:
        return [Doubt("unit.missing", _("没有写明责任单位"), _("立项前请确定牵头单位"), start, end)]
    for unit in units:
        if unit.role == "responsible" and making.is_collective(unit.name):
            return [Doubt("unit.collective", _("主体是一批单位：") + unit.name, _("请确定是否逐个单位分办"), unit.start, unit.end)]
    return []


def _wording_doubts(quote: str, cues: int, start: int, end: int, *, deliverable: bool, measures: int) -> list[Doubt]:
    doubts: list[Doubt] = []
    vague = making.vague_number(quote, cues) if deliverable else None
    if vague:
        message = _("没有可以核对的数量：") + vague[0]
        doubts.append(Doubt("target.vague", message, _("请与责任单位商定数量或核验办法"), start + vague.start(), start + vague.end()))
    if measures > making.MAX_MEASURES:
        doubts.append(Doubt("item.compound", _("一句话里有{n}项举措").format(n=measures), _("可在采纳时拆分"), start, end))
    return doubts
