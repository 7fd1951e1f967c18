"""The two tables of the page: the matrix of upper items and lower documents, and the targets side by side."""

from itertools import groupby

from luoshi.align.model import Alignment, TargetRow
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.alignment import marks
from luoshi.writers.alignment.rows import Counterpart, Sheet, TargetLine, UpperRow, item_span, target_span
from luoshi.writers.html.elements import Html, el, join
from luoshi.writers.plain import one_line

_SHORT = 64  # characters of an item in the matrix


def matrix(sheet: Sheet) -> Html:
    """Upper items down, lower documents across; each cell leads to both quotes."""
    if not sheet.taking_part:
        return marks.nothing(_("上位文件里没有参与比对的事项。"))
    head = el("tr", el("th", _("序号"), scope="col"), el("th", _("上位事项"), scope="col"), *(el("th", n, scope="col", lang="zh-Hans") for n in sheet.names))
    groups = (
        el(
            "tbody",
            el("tr", el("th", path or _("正文"), colspan=2 + len(sheet.names), scope="rowgroup", lang="zh-Hans"), class_="group"),
            *(_row(row) for row in rows),
        )
        for path, rows in groupby(sheet.taking_part, key=lambda row: row.path)
    )
    table = el("table", el("thead", head), *groups, class_=f"matrix n{min(5, len(sheet.names))}")
    return join([el("div", table, class_="scroll", tabindex=0, role="region", aria_label=_("对照矩阵")), _principles(sheet)])


def _row(row: UpperRow) -> Html:
    bands = [one.band for one in row.counterparts if one.band]
    return el(
        "tr",
        el("td", str(row.number), class_="n"),
        el("td", el("a", marks.clip(row.quote, _SHORT), href=f"#i{row.number}"), lang="zh-Hans", class_="what"),
        *(_cell(row, one) for one in row.counterparts),
        data_f=" ".join(f"{one.document}:{one.band}:{','.join(one.relations)}" for one in row.counterparts),
        data_b=" ".join(dict.fromkeys(bands)),
    )


def _cell(row: UpperRow, one: Counterpart) -> Html:
    if one.band is None:
        return el("td", "—")
    words = labels.relations()
    told = [words[name] for name in one.relations if name in words][:2]
    mark, word = labels.bands()[one.band]
    return el(
        "td",
        el(
            "a",
            el("i", mark, aria_hidden="true"),
            el("span", _("已见") if one.band == "found" else word),
            el("small", "、".join(told)) if told else "",
            href=f"#i{row.number}-{one.document}",
            class_=f"cell {marks.TONES[one.band]}",
        ),
    )


def _principles(sheet: Sheet) -> Html:
    if not sheet.principles:
        return Html("")
    rows = (
        el("li", el("a", str(row.number), href=f"#{marks.place(0, item_span(row.item))}", class_="no"), " ", el("span", row.quote, lang="zh-Hans"))
        for row in sheet.principles
    )
    return el(
        "details",
        el("summary", _("原则要求，不参与比对"), el("span", f" {len(sheet.principles)}", class_="count")),
        el("ol", *rows),
        class_="principles",
    )


# --- targets


def targets(sheet: Sheet) -> Html:
    """Every upper target beside that of each lower document."""
    if not sheet.targets:
        return marks.nothing(_("上位文件里没有读出定量目标。"))
    head = el(
        "tr", *(el("th", word, scope="col") for word in (_("序号"), _("指标"), _("上位目标"))), *(el("th", n, scope="col", lang="zh-Hans") for n in sheet.names)
    )  # fmt: skip
    table = el("table", el("thead", head), el("tbody", *(_target(line, sheet) for line in sheet.targets)), class_="targets")
    return el("div", table, class_="scroll", tabindex=0, role="region", aria_label=_("定量目标对照"))


def _target(line: TargetLine, sheet: Sheet) -> Html:
    place = marks.place(0, target_span(line.upper))
    return el(
        "tr",
        el("td", el("a", str(line.item), href=f"#i{line.item}") if line.item else "", class_="n"),
        el("td", marks.clip(line.indicator, 40) or "—", lang="zh-Hans"),
        el("td", el("a", el("b", one_line(line.upper.text)), href=f"#{place}", title=labels.quantity(line.upper)), lang="zh-Hans"),
        *(_beside(row, place, d, alignment, line) for d, (row, alignment) in enumerate(zip(line.cells, sheet.alignments, strict=True), 1)),
        data_f=" ".join(f"{d}:{row.comparison}" for d, row in enumerate(line.cells, 1) if row),
    )


def _beside(row: TargetRow | None, upper: str, d: int, alignment: Alignment, line: TargetLine) -> Html:
    if row is None:
        return el("td", "—")
    word = marks.comparison(row.comparison)
    span = target_span(row.lower) if row.lower else row.words
    if span is None:
        return el("td", el("a", word, href=f"#i{line.item}-{d}", class_="bare"))
    told = marks.clip(one_line(span.of(alignment.lower.source.text)), 60)
    title = labels.quantity(row.lower) if row.lower else None
    link = el("a", el("b", told) if row.lower else told, href=f"#{marks.place(d, span)}", data_with=upper, title=title)
    other = row.lower.indicator if row.lower and row.lower.indicator != line.indicator else ""
    return el("td", el("span", word, " ", link, class_="pairing"), el("small", other) if other else "", lang="zh-Hans")
