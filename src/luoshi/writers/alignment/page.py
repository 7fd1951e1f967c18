"""An alignment as one page that needs nothing else: an overview, a matrix, every item side by side, targets, lists, both texts in full.

Works from a file, without a network and without a server; the page's own policy forbids both. Without its script it is one long document
with working links.
"""

from collections.abc import Sequence

from luoshi.align.model import Alignment
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.alignment.about import about
from luoshi.writers.alignment.overview import overview
from luoshi.writers.alignment.pairs import items, lists
from luoshi.writers.alignment.rows import Sheet
from luoshi.writers.alignment.tables import matrix, targets
from luoshi.writers.alignment.texts import texts
from luoshi.writers.html.elements import Html, el, join
from luoshi.writers.html.help import help_dialog
from luoshi.writers.html.shell import page
from luoshi.writers.rows import title_of


def alignment_to_html(alignments: Sequence[Alignment]) -> str:
    """The whole page as text; write it as UTF-8."""
    sheet = Sheet.of(alignments)
    return page(
        "alignment",
        f"{title_of(sheet.upper)} · {_('对标对表')}",
        el("a", _("跳到逐条对照"), class_="skip", href="#panel-items"),
        _top(sheet),
        _main(sheet),
        _help(),
        words=_script_words(),
    )


def _top(sheet: Sheet) -> Html:
    names = "、".join(sheet.names)
    return el(
        "header",
        el("span", _("落实"), class_="brand"),
        el("h1", _("对标对表"), el("span", f"{title_of(sheet.upper)} ↔ {names}", lang="zh-Hans"), class_="doc"),
        el(
            "div",
            el("button", _("深色"), type="button", data_act="theme"),
            el("button", _("快捷键"), " ", el("kbd", "?"), type="button", data_act="help"),
            class_="who",
        ),
        class_="top",
    )


def _main(sheet: Sheet) -> Html:
    listed = sum(len(passages) for passages in sheet.passages)
    views = (
        ("overview", _("总览"), None, overview(sheet)),
        ("matrix", _("对照矩阵"), len(sheet.taking_part), matrix(sheet)),
        ("items", _("逐条对照"), listed, items(sheet)),
        ("targets", _("定量目标"), len(sheet.targets), targets(sheet)),
        ("lists", _("分类清单"), None, lists(sheet)),
        ("texts", _("原文对读"), None, texts(sheet)),
        ("about", _("口径说明"), None, about(sheet)),
    )
    buttons = (_tab(name, label, count) for name, label, count, _view in views)
    panels = (
        el(
            "section",
            el("h2", label, class_="on-paper"),
            view,
            role="tabpanel",
            id=f"panel-{name}",
            aria_labelledby=f"tab-{name}",
            class_="view",
            tabindex=-1,
        )
        for name, label, _count, view in views
    )
    return join([el("div", el("div", *buttons, role="tablist", aria_label=_("视图"), class_="tabs"), _filters(sheet), class_="bars"), el("main", *panels)])


def _tab(name: str, label: str, count: int | None) -> Html:
    number = "" if count is None else el("span", str(count), class_="count")
    return el(
        "button", label, number, type="button", role="tab", id=f"tab-{name}", aria_controls=f"panel-{name}", aria_selected="false", data_tab=name
    )  # fmt: skip


def _filters(sheet: Sheet) -> Html:
    """Search, document, band, relation, comparison; each view minds what it has."""
    documents = [(str(d), name) for d, name in enumerate(sheet.names, 1)]
    bands = [(name, f"{mark} {word}") for name, (mark, word) in labels.bands().items()]
    comparisons = [(name, f"{mark} {word}") for name, (mark, word) in labels.comparisons().items()]
    occurring = {relation for passages in sheet.passages for passage in passages for relation in passage.relations}
    relations = [(name, word) for name, word in labels.relations().items() if name in occurring]
    return el(
        "form",
        el("input", id="find", type="search", placeholder=_("搜索两边的文字（/）"), aria_label=_("搜索两边的文字"), autocomplete="off"),
        _select("d", _("下位文件"), documents) if len(documents) > 1 else "",
        _select("b", _("对应情况"), bands),
        _select("r", _("写法"), relations),
        _select("c", _("目标比较"), comparisons),
        el("button", _("清除"), type="button", data_act="clear", hidden=True),
        el("output", id="shown", class_="quiet", aria_live="polite"),
        class_="filters",
        role="search",
        aria_label=_("筛选"),
    )


def _select(name: str, label: str, options: Sequence[tuple[str, str]]) -> Html:
    first = el("option", labels.pair(label, _("全部")), value="")
    return el("select", first, *(el("option", word, value=value) for value, word in options), id=f"f-{name}", aria_label=label)


def _help() -> Html:
    keys = (
        ("j / ↓", _("下一条")),
        ("k / ↑", _("上一条")),
        ("Enter", _("到原文，两边并排")),
        ("/", _("搜索")),
        ("1 – 7", _("换视图")),
        ("Esc", _("清除筛选")),
        ("?", _("打开本说明")),
    )
    note = _("点引文到原文，两边同时停在对应的话上；点原文里的序号回到对照；浏览器的后退键回到上一处。")
    return help_dialog(keys, note)


def _script_words() -> dict[str, str]:
    return {
        "items": _("显示 {n} / {all} 条"),
        "rows": _("显示 {n} / {all} 行"),
        "dark": _("深色"),
        "light": _("浅色"),
        "where": _("两边已停在对应的话上"),
    }
