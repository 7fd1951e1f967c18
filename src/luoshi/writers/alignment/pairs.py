"""Every upper item with what stands beside it, and the lists per relation, of what is not seen and of what is local."""

from collections.abc import Iterator

from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.alignment import marks
from luoshi.writers.alignment.passages import Passage
from luoshi.writers.alignment.rows import Counterpart, LowerRow, Sheet, UpperRow, item_span
from luoshi.writers.html.elements import Html, el, join

_SHORT = 110  # characters of a quote in a list
_WHOLE = 0.85  # a passage over more of an item than this is the item


def items(sheet: Sheet) -> Html:
    """The items that are compared, one after the other."""
    if not sheet.taking_part:
        return marks.nothing(_("上位文件里没有参与比对的事项。"))
    return join([*(_item(row, sheet) for row in sheet.taking_part), el("p", _("没有符合条件的事项。"), class_="empty", id="none", hidden=True)])


def _item(row: UpperRow, sheet: Sheet) -> Html:
    place = marks.place(0, item_span(row.item))
    alone = row.counterparts[0] if len(row.counterparts) == 1 else None
    whole = alone and any(not one.whole and len(one.link.upper) >= _WHOLE * len(item_span(row.item)) for one in alone.passages)
    return el(
        "article",
        el(
            "header",
            el("a", str(row.number), href=f"#{place}", class_="no", title=_("到原文"), aria_label=_("第{n}条，到原文").format(n=row.number)),
            el("span", row.path, class_="path", lang="zh-Hans"),
            el("span", labels.grades()[row.item.grade], class_="grade"),
            marks.band_of(alone) if alone else "",
        ),
        "" if whole else el("p", el("a", row.quote, href=f"#{place}"), class_="quote", lang="zh-Hans"),
        *(_counterpart(row, one, sheet) for one in row.counterparts),
        class_="item",
        id=f"i{row.number}",
        tabindex=-1,
    )


def _counterpart(row: UpperRow, one: Counterpart, sheet: Sheet) -> Html:
    if one.band is None:
        return Html("")
    head = el("h3", marks.document_name(sheet, one.document), marks.band_of(one)) if len(sheet.names) > 1 else ""
    return el(
        "section",
        head,
        el("p", _("以下只是相近，是不是承接，请人判断。"), class_="quiet") if one.band == "to_check" and one.passages else "",
        *(_pair(passage, sheet) for passage in one.passages),
        _rest(one),
        _others(one, sheet),
        class_="beside",
        id=f"i{row.number}-{one.document}",
        data_d=one.document,
        data_b=one.band,
        data_r=" ".join(one.relations),
    )


def _rest(one: Counterpart) -> Html:
    """The clauses of the item that nothing stands beside."""
    if not one.unmatched:
        return Html("")
    return el("p", el("span", _("本条没有单独配到的分句"), class_="quiet"), " ", el("span", "；".join(one.unmatched), lang="zh-Hans"), class_="unmatched")


def _others(one: Counterpart, sheet: Sheet) -> Html:
    """What is like it as well, folded."""
    if not one.others:
        return Html("")
    summary = el("summary", _("另有 {n} 处相近，不计数").format(n=len(one.others)))
    return el("details", summary, *(_pair(passage, sheet) for passage in one.others), class_="others")


def _pair(passage: Passage, sheet: Sheet) -> Html:
    heads = (marks.relation(name) for name in passage.relations if name in labels.relations())
    score = el("small", _("相近度 {score}").format(score=f"{passage.link.score:.2f}"), class_="score")
    if passage.whole:
        return _whole_pair(passage, join(heads))
    return el(
        "div",
        el("div", *heads, marks.notes(passage), score, class_="told"),
        el("blockquote", el("small", _("上位"), class_="which"), marks.quote(passage, sheet, "upper"), lang="zh-Hans"),
        el("blockquote", el("small", _("下位"), class_="which"), marks.quote(passage, sheet, "lower"), lang="zh-Hans"),
        class_="pair",
        id=f"k{passage.document}-{passage.number}",
        tabindex=-1,
    )


def _whole_pair(passage: Passage, heads: Html) -> Html:
    """What holds of the item as a whole, beside its clauses."""
    upper, lower = marks.places(passage)
    links = (
        el("a", _("上位整条"), href=f"#{upper}", data_with=lower),
        " ",
        el("a", _("下位整条"), href=f"#{lower}", data_with=upper),
    )
    told = el("div", el("span", _("整条来看"), class_="quiet"), heads, marks.notes(passage), el("small", *links, class_="score"), class_="told")
    return el("div", told, class_="pair", id=f"k{passage.document}-{passage.number}", tabindex=-1)


# --- lists


def lists(sheet: Sheet) -> Html:
    """One list per relation, then items to check, items not seen, and what is local below."""
    made = list(_lists(sheet))
    links = (el("a", title, el("span", f" {number}", class_="count"), href=f"#{place}", class_="chip") for place, title, number, _rows in made)
    parts = [el("nav", *links, class_="chips", aria_label=_("清单"))]
    for place, title, number, rows in made:
        head = el("h2", title, el("span", f" {number}", class_="count"))
        parts.append(el("section", head, el("ol", *rows, class_="list") if rows else marks.nothing(), id=place, class_="listing", tabindex=-1))
    return join(parts)


def _lists(sheet: Sheet) -> Iterator[tuple[str, str, int, list[Html]]]:
    for name, word in labels.relations().items():
        found = [passage for of in sheet.passages for passage in of if name in passage.relations]
        if found or name not in ("same_source", "related"):
            yield f"list-{name}", word, len(found), [_listed(passage, sheet) for passage in found]
    for band in ("to_check", "not_seen"):
        rows = [_listed_item(row, one, sheet) for row in sheet.taking_part for one in row.counterparts if one.band == band]
        yield f"list-{band}", labels.bands()[band][1], len(rows), rows
    for d, local in enumerate(sheet.local, 1):
        word = labels.origins()["local"][1]
        title = f"{word} · {sheet.names[d - 1]}" if len(sheet.names) > 1 else word
        yield f"local-{d}", title, len(local), [_listed_local(row, sheet) for row in local]


def _listed(passage: Passage, sheet: Sheet) -> Html:
    place = f"#k{passage.document}-{passage.number}"
    number = sheet.numbers.get(passage.link.upper_item or "", 0)
    return el(
        "li",
        el("a", str(number or "—"), href=place, class_="no"),
        _named(passage.document, sheet),
        el("div", el("a", marks.clip(passage.upper, _SHORT), href=place, class_="up"), lang="zh-Hans"),
        el("div", el("a", marks.clip(passage.lower, _SHORT), href=place, class_="low"), lang="zh-Hans"),
        marks.notes(passage),
        data_f=f"{passage.document}::{','.join(passage.relations)}",
    )


def _listed_item(row: UpperRow, one: Counterpart, sheet: Sheet) -> Html:
    place = f"#i{row.number}-{one.document}"
    return el(
        "li",
        el("a", str(row.number), href=place, class_="no"),
        _named(one.document, sheet),
        el("div", el("a", row.quote, href=place), lang="zh-Hans", class_="wide"),
        data_f=f"{one.document}:{one.band}:{','.join(one.relations)}",
    )


def _listed_local(row: LowerRow, sheet: Sheet) -> Html:
    place = marks.place(row.document, item_span(row.item))
    return el(
        "li",
        el("a", str(row.number), href=f"#{place}", class_="no"),
        _named(row.document, sheet),
        el("div", el("a", row.quote, href=f"#{place}"), el("small", row.path, class_="path"), lang="zh-Hans", class_="wide"),
        data_f=f"{row.document}:local:",
    )


def _named(document: int, sheet: Sheet) -> str:
    return marks.document_name(sheet, document) if len(sheet.names) > 1 else ""
