"""The list of items: what the office works through, with the filters above it and the table that is printed."""

from luoshi.decompose.model import Decomposition
from luoshi.text import Doubt
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.html.anchors import href
from luoshi.writers.html.elements import Html, el, join
from luoshi.writers.plain import one_line
from luoshi.writers.rows import TaskRow, item_sentences, target_text, task_cells, task_headers, task_rows, units_text


class TaskPane:
    """The items of one decomposition, as cards and as a table."""

    def __init__(self, decomposition: Decomposition) -> None:
        self._text = decomposition.source.text
        self._rows = task_rows(decomposition)
        self._sentences = item_sentences(decomposition)

    # --- filters

    def filters(self) -> Html:
        """Search, grade, unit, deadline, doubts; what is shown of how many."""
        rows = self._rows
        dated = sum(1 for row in rows if row.deadlines)
        grades = [(key, word, sum(row.item.grade == key for row in rows)) for key, word in labels.grades().items()]
        units: dict[str, int] = {}
        for row in rows:
            for name in dict.fromkeys(_answering(row)):
                units[name] = units.get(name, 0) + 1
        with_doubts = sum(1 for row in rows if row.doubts)
        none = sum(1 for row in rows if not _answering(row))
        return el(
            "form",
            el("input", id="find", type="search", placeholder=_("搜索事项和原文（/）"), aria_label=_("搜索事项和原文"), autocomplete="off"),
            _select("grade", _("类别"), grades),
            _select("unit", _("单位"), [*((name, name, n) for name, n in units.items()), *([("-", _("没有单位"), none)] if none else [])]),
            _select("due", _("时限"), [("1", _("有时限"), dated), ("0", _("无时限"), len(rows) - dated)]),
            el(
                "label",
                el("input", type="checkbox", id="f-doubt"),
                f"{_('只看存疑')} ",
                el("span", str(with_doubts), class_="count"),
                class_="check",
            ),
            el("button", _("清除"), type="button", data_act="clear", hidden=True),
            el("output", id="shown", class_="quiet", aria_live="polite"),
            class_="filters",
            role="search",
            aria_label=_("筛选事项"),
        )

    # --- cards

    def cards(self) -> Html:
        """Every item as a card, and what to say where the filters leave none."""
        if not self._rows:
            return el("p", _("这份文件里没有读出事项。请看“其余句”，核对归类。"), class_="empty")
        empty = el(
            "div",
            el("p", _("没有符合条件的事项。")),
            el("button", _("清除筛选"), type="button", data_act="clear"),
            class_="empty",
            id="none",
            hidden=True,
        )
        return join([el("ol", *(self._card(row) for row in self._rows), class_="items"), empty])

    def _card(self, row: TaskRow) -> Html:
        item = row.item
        return el(
            "li",
            el(
                "div",
                el(
                    "a",
                    str(row.number),
                    href=f"#i{row.number}",
                    class_="no",
                    title=_("到原文"),
                    aria_label=_("第{n}条，到原文").format(n=row.number),
                ),
                el("span", labels.grades()[item.grade], class_=f"grade {item.grade}"),
                el("span", labels.dispositions()[item.kind], class_=f"kind {item.kind}") if item.kind == "pledge" else "",
                el("span", row.provenance, class_="path"),
                class_="line",
            ),
            el("p", row.quote, class_="quote", lang="zh-Hans"),
            self._chips(row),
            self._more(row),
            class_="item",
            id=f"i{row.number}",
            tabindex=-1,
            data_kind=item.kind,
            data_grade=item.grade,
            data_due="1" if row.deadlines else "0",
            data_doubt="1" if row.doubts else None,
            data_units="|".join(_answering(row)) or "-",
            data_sentence=" ".join(map(str, self._sentences.get(item.id, []))) or None,
        )

    def _chips(self, row: TaskRow) -> Html:
        item = row.item
        spans = {unit.name: (unit.start, unit.end) for unit in item.units}
        if item.speaker:
            spans[item.speaker.name] = (item.speaker.start, item.speaker.end)
        words = labels.roles()
        chips: list[str] = []
        for role, names in (("lead", row.lead), ("responsible", row.responsible), ("support", row.support)):
            if names:
                only = spans.get(names[0]) if len(names) == 1 else None
                chips.append(_chip(words[role], units_text(names), only))
        if row.speaker:
            chips.append(_chip(words["speaker"], row.speaker, spans.get(row.speaker)))
        for deadline in row.deadlines:
            due = deadline.due.isoformat() if deadline.due else one_line(deadline.text)
            chips.append(_chip(_("时限"), due, (deadline.start, deadline.end), one_line(deadline.text)))
        for target in row.targets:
            figure = f"{target.indicator} {labels.quantity(target)}".strip()
            chips.append(_chip(_("目标"), figure, (target.start, target.end), target_text(target)))
        chips += [_chip(_("机制"), one_line(m.text), (m.start, m.end)) for m in item.mechanisms]
        chips += [_doubt_chip(doubt) for doubt in row.doubts]
        return el("div", *chips, class_="chips") if chips else Html("")

    def _more(self, row: TaskRow) -> Html:
        """What the card keeps folded: measures, and the sentence that leads the item."""
        item = row.item
        parts: list[str] = []
        if item.lead:
            quote = one_line(item.lead.of(self._text))
            parts.append(
                el(
                    "p",
                    labels.pair(_("承上句"), ""),
                    el("a", quote, href=href(item.lead.start, item.lead.end), lang="zh-Hans"),
                    class_="quiet",
                )
            )
        if len(row.measures) > 1:
            links = (el("li", el("a", one_line(m.text), href=href(m.start, m.end))) for m in item.measures)
            parts.append(
                el("details", el("summary", _("举措 {n}").format(n=len(row.measures))), el("ol", *links, lang="zh-Hans"), class_="measures")
            )
        return join(parts)

    # --- print

    def table(self) -> Html:
        """The items as a table, which only paper shows."""
        heads = (_("序号"), *_without_measures(task_headers()))
        rows = (
            el("tr", *(el("td", *_lines(cell)) for cell in (str(row.number), *_without_measures(task_cells(row, narrow=True)))))
            for row in self._rows
        )
        return el("table", el("thead", el("tr", *(el("th", head) for head in heads))), el("tbody", *rows), class_="printed")


def _answering(row: TaskRow) -> tuple[str, ...]:
    names = row.lead + row.responsible + ((row.speaker,) if row.speaker else ())
    return tuple(name for name in names if name != "等")


def _without_measures(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Paper is narrower than a workbook, and the measures are in the quote."""
    return cells[:1] + cells[2:]


def _lines(text: str) -> list[str]:
    parts: list[str] = []
    for line in text.split("\n"):
        parts += [el("br"), line] if parts else [line]
    return parts


def _select(name: str, label: str, options: list[tuple[str, str, int]]) -> Html:
    first = el("option", labels.pair(label, _("全部")), value="")
    rest = (el("option", f"{word} {count}", value=value) for value, word, count in options)
    return el("select", first, *rest, id=f"f-{name}", aria_label=label)


def _chip(label: str, value: str, span: tuple[int, int] | None, title: str | None = None) -> Html:
    inner = (el("b", label), f" {value}")
    if span is None:
        return el("span", *inner, class_="chip")
    return el("a", *inner, class_="chip", href=href(*span), title=title)


def _doubt_chip(doubt: Doubt) -> Html:
    return el("a", f"？ {doubt.message}", class_="chip doubt", href=href(doubt.start, doubt.end), title=doubt.hint or None)


def item_links(numbers: list[int]) -> Html:
    """Links to items by their numbers."""
    return join([el("a", str(number), href=f"#i{number}") for number in numbers], "、")
