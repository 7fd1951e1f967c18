"""The first screen: which documents, in which direction, how much has a counterpart, how it is worded, what to look at first."""

from collections.abc import Iterator, Mapping
from itertools import islice

from luoshi.align.model import Alignment
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.alignment import marks
from luoshi.writers.alignment.passages import Passage
from luoshi.writers.alignment.rows import FIRST_LOOK, Sheet
from luoshi.writers.alignment.words import caveat, change_text, direction_text, document_line, lower_target_text
from luoshi.writers.html.elements import Html, el, join
from luoshi.writers.plain import one_line
from luoshi.writers.rows import title_of

_FIRST = 7  # rows of what to look at first
_NAME = 7  # characters of a document in the head of a narrow column; the whole name is its title
_SAID = 12  # characters that show that a note has quoted the upper passage
_FEW = 2  # so many lower documents have room beside the tables


def overview(sheet: Sheet) -> Html:
    """Documents, three tables of counts, and what to look at first."""
    few = ("few n1" if len(sheet.names) == 1 else "few n2") if len(sheet.names) <= _FEW else "many"
    return join([_documents(sheet), el("div", _bands(sheet), _relations(sheet), _targets(sheet), _first_look(sheet), class_=f"counts {few}")])


def _documents(sheet: Sheet) -> Html:
    upper_date = sheet.alignments[0].direction.upper_date
    lower = (_document(d, alignment, sheet) for d, alignment in enumerate(sheet.alignments, 1))
    return el(
        "section",
        el(
            "div",
            el("span", _("上位文件"), class_="side"),
            el("div", el("h2", title_of(sheet.upper), lang="zh-Hans"), el("p", document_line(sheet.upper, upper_date), class_="quiet")),
            class_="one",
        ),
        *lower,
        el("p", el("b", _("说明")), " ", caveat(), class_="caveat"),
        class_=f"card documents {'few' if len(sheet.names) <= _FEW else 'many'}",
        aria_label=_("文件"),
    )


def _document(d: int, alignment: Alignment, sheet: Sheet) -> Html:
    """A lower document; where they are many, on one line, and the tables say the rest."""
    same = el("b", _("同源"), class_="rel") if alignment.direction.value == "same_source" else ""
    return el(
        "div",
        el("span", _("下位文件"), class_="side"),
        el(
            "div",
            el("h2", title_of(alignment.lower), lang="zh-Hans"),
            el("p", document_line(alignment.lower, alignment.direction.lower_date), class_="quiet"),
            el("p", same, " ", direction_text(alignment)),
            el("p", _in_words(d, sheet), class_="sum") if len(sheet.names) <= _FEW else "",
        ),
        class_="one",
    )


def _in_words(d: int, sheet: Sheet) -> str:
    """One sentence that a leader can read out."""
    bands, relations, targets = sheet.band_counts(d), sheet.relation_counts(d), sheet.comparison_counts(d)
    words = labels.relations()
    told = _("上位文件参与比对的 {base} 条事项，已见对应 {found} 条，待核 {to_check} 条，未见对应表述 {not_seen} 条。").format(
        base=len(sheet.taking_part), **bands
    )
    changed = [
        _("{word} {n} 处").format(word=words[name], n=relations[name]) for name in ("weakened", "narrowed", "tightened") if relations[name]
    ]
    if changed:
        told += _("写法上：{changed}。").format(changed=labels.listed(changed))
    figures = [
        _("{word} {n} 项").format(word=labels.comparisons()[name][1], n=targets[name])
        for name in ("stricter", "looser", "in_words")
        if targets[name]
    ]
    return told + (_("定量目标：{figures}。").format(figures=labels.listed(figures)) if figures else "")


# --- counts


def _bands(sheet: Sheet) -> Html:
    base = len(sheet.taking_part)
    counts = [sheet.band_counts(d) for d in range(1, len(sheet.alignments) + 1)]
    rows = [
        _row(marks.band(name), [_share(count[name], base) for count in counts], "b", name)
        for name in labels.bands()
    ]
    if len(counts) == 1:
        bars = el("tr", el("td", _bar(counts[0], base), colspan=2), class_="bars")
    else:
        bars = el("tr", el("th", _("比例"), scope="row", class_="sr"), *(el("td", _bar(count, base)) for count in counts), class_="bars")
    local = [el("a", str(len(rows)), href=f"#local-{d}") if rows else "0" for d, rows in enumerate(sheet.local, 1)]
    mark, word = labels.origins()["local"]
    rows.append(el("tr", el("th", f"{mark} {word}", scope="row"), *(el("td", cell, class_="n") for cell in local), class_="apart"))
    note = _("以参与比对的 {base} 条为底数；原则要求 {p} 条不参与。").format(base=base, p=len(sheet.principles))
    return _card(_("上位事项有没有对应"), sheet, [bars, *rows], note)


def _share(number: int, base: int) -> Html:
    return join([el("b", str(number)), el("small", f" {number / base:.0%}" if base else "")])


def _bar(counts: Mapping[str, int], base: int) -> Html:
    at, parts = 0, []
    for name, number in counts.items():
        if number:
            parts.append(el("rect", x=at, y=0, width=number, height=4, class_=f"f-{marks.TONES[name]}"))
        at += number
    label = labels.listed(f"{labels.bands()[name][1]} {number}" for name, number in counts.items())
    return el("svg", *parts, viewBox=f"0 0 {max(1, base)} 4", preserveAspectRatio="none", role="img", aria_label=label)


def _relations(sheet: Sheet) -> Html:
    counts = [sheet.relation_counts(d) for d in range(1, len(sheet.alignments) + 1)]
    derived = any(alignment.direction.value == "derived" for alignment in sheet.alignments)
    rows = [
        _row(marks.relation(name), [str(count[name]) for count in counts], "r", name)
        for name in labels.relations()
        if any(count[name] for count in counts) or (derived and name not in ("same_source", "related"))
    ]
    note = _("按分句计；一处几种变化的，归入最重的一种。") if rows else _("没有看到对应的话。")
    return _card(_("对应的写法"), sheet, rows, note)


def _targets(sheet: Sheet) -> Html:
    if not sheet.targets:
        return _card(_("定量目标"), sheet, [], _("上位文件里没有读出定量目标。"))
    counts = [sheet.comparison_counts(d) for d in range(1, len(sheet.alignments) + 1)]
    rows = [
        _row(marks.comparison(name), [str(count[name]) for count in counts], "c", name)
        for name in labels.comparisons()
    ]
    return _card(_("定量目标"), sheet, rows, _("上位文件的定量目标 {n} 项，逐项对照。").format(n=len(sheet.targets)))


def _row(head: Html, cells: list[str], filters: str, name: str) -> Html:
    """A line of counts; each leads to what was counted."""
    home = {"b": "#panel-matrix", "r": f"#list-{name}", "c": "#panel-targets"}[filters]
    made = (
        el("td", cell if cell == "0" else el("a", cell, href=home, data_set=f"{filters}={name}&d={d}"), class_="n")
        for d, cell in enumerate(cells, 1)
    )
    return el("tr", el("th", head, scope="row"), *made)


def _card(title: str, sheet: Sheet, rows: list[Html], note: str) -> Html:
    several = len(sheet.names) > 1
    names = (el("th", marks.clip(name, _NAME), title=name, scope="col", class_="n", lang="zh-Hans") for name in sheet.names)
    head = el("thead", el("tr", el("td"), *names)) if several else ""
    table = el("div", el("table", head, el("tbody", *rows)), class_="scroll") if rows else ""
    return el("section", el("header", el("h2", title)), table, el("p", note, class_="quiet foot"), class_="card")


# --- what to look at first


def _first_look(sheet: Sheet) -> Html:
    passages = [[p for p in of if FIRST_LOOK & set(p.relations)] for of in sheet.passages]
    figures = list(_changed_figures(sheet))
    rows = [_look(passage, sheet) for passage in _in_turn(passages)] + figures
    if not rows:
        return el("section", el("header", el("h2", _("先看这几处"))), marks.nothing(_("没有看到力度、范围、目标放宽的地方。")), class_="card look-first")
    more = len(rows) - _FIRST
    return el(
        "section",
        el("header", el("h2", _("先看这几处")), el("span", _("力度、范围、目标、时限与上位不同，共 {n} 处").format(n=len(rows)), class_="count")),
        el("ol", *rows[:_FIRST], class_="first"),
        el("p", el("a", _("其余 {n} 处").format(n=more), href="#panel-lists"), class_="foot") if more > 0 else "",
        class_="card look-first",
    )


def _in_turn(of_documents: list[list[Passage]]) -> Iterator[Passage]:
    """One of each document in turn, so that none is out of sight."""
    for turn in range(max(map(len, of_documents), default=0)):
        yield from (passages[turn] for passages in of_documents if turn < len(passages))


def _look(passage: Passage, sheet: Sheet) -> Html:
    alignment = sheet.alignments[passage.document - 1]
    changes = (change_text(change, alignment.upper.source.text, alignment.lower.source.text) for change in passage.link.changed)
    told = "；".join(islice(dict.fromkeys(changes), 2)) or passage.lower
    place = f"k{passage.document}-{passage.number}"
    about = passage.lower if passage.upper[:_SAID] in told else passage.upper
    return _look_row(marks.relation(passage.relations[0]), passage.document, told, about, place, sheet)


def _changed_figures(sheet: Sheet) -> Iterator[Html]:
    told = {(p.document, p.link.upper_item) for of in sheet.passages for p in of if FIRST_LOOK & set(p.relations)}
    for line in sheet.targets:
        for d, (row, alignment) in enumerate(zip(line.cells, sheet.alignments, strict=True), 1):
            if row and row.comparison in marks.LOOK and (d, row.upper_item) not in told:
                text = f"{one_line(line.upper.text)} → {lower_target_text(row, alignment.lower)}"
                yield _look_row(marks.comparison(row.comparison), d, text, line.indicator, f"i{line.item}-{d}", sheet)


def _look_row(head: Html, document: int, text: str, about: str, place: str, sheet: Sheet) -> Html:
    name = marks.document_name(sheet, document) if len(sheet.names) > 1 else ""
    context = el("small", name, " " if name else "", marks.clip(about, 40), lang="zh-Hans")
    return el("li", head, el("a", marks.clip(text, 80), href=f"#{place}", lang="zh-Hans"), context)
