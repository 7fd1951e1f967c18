"""A decomposition as one page that needs nothing else: source on the left, what was made of it on the right.

Works from a file, without a network and without a server; the page's own policy forbids both. Without its script it is still a readable
document with working links.
"""


from luoshi.decompose.model import Decomposition
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.html import panels
from luoshi.writers.html.elements import Html, el, join
from luoshi.writers.html.help import help_dialog
from luoshi.writers.html.shell import page
from luoshi.writers.html.source import SourcePane
from luoshi.writers.html.tasks import TaskPane
from luoshi.writers.plain import one_line
from luoshi.writers.rows import all_doubts, completeness, counts, residue_sentences, title_of

__all__ = ["to_html"]


def to_html(decomposition: Decomposition) -> str:
    """The whole page as text; write it as UTF-8."""
    return page(
        "report",
        f"{title_of(decomposition)} · {_('任务分解')}",
        el("a", _("跳到事项"), class_="skip", href="#panel-items"),
        _top(decomposition),
        _main(decomposition),
        _help(),
        words=_script_words(),
        document=decomposition.source.text_sha256,
    )


def _top(decomposition: Decomposition) -> Html:
    line, residue = _told(decomposition), decomposition.residue
    read = residue["unread"] == 0
    return el(
        "header",
        el("span", _("落实"), class_="brand"),
        el(
            "div",
            el("h1", title_of(decomposition), lang="zh-Hans"),
            el("p", line, class_="quiet", lang="zh-Hans") if line else "",
            class_="doc",
        ),
        el(
            "div",
            el(
                "a",
                el(
                    "span",
                    _("未读 {unread} / {sentences} 句").format(**residue),
                    class_=f"light {'green' if read else 'red'}",
                    data_shape="●" if read else "■",
                ),
                el("small", completeness(decomposition)),
                href="#panel-rest",
                class_="residue",
            ),
            el("button", _("深色"), type="button", data_act="theme"),
            el("button", _("快捷键"), " ", el("kbd", "?"), type="button", data_act="help"),
            class_="who",
        ),
        class_="top",
    )


def _told(decomposition: Decomposition) -> str:
    """Whose, which number, of when: one line."""
    told = decomposition.facts
    issued = next((date.date for date in told.dates if date.kind == "issued"), None) or next((date.date for date in told.dates), None)
    return " · ".join(one_line(fact) for fact in (told.authority, told.number, issued) if fact)


def _main(decomposition: Decomposition) -> Html:
    tasks = TaskPane(decomposition)
    tabs = (
        ("items", _("事项"), len(decomposition.items), join([tasks.filters(), tasks.cards()])),
        ("frameworks", _("提法"), len(decomposition.frameworks), panels.frameworks(decomposition)),
        ("duties", _("责任分工"), len(decomposition.responsibilities), panels.responsibilities(decomposition)),
        ("doubts", _("存疑"), len(all_doubts(decomposition)), panels.doubts(decomposition)),
        ("rest", _("其余句"), len(residue_sentences(decomposition)), panels.rest(decomposition)),
        ("facts", _("文件"), None, panels.facts(decomposition)),
    )
    buttons = [_tab("source", _("原文"), None), *(_tab(name, label, count) for name, label, count, _panel in tabs)]
    views = [
        el("div", panel, role="tabpanel", id=f"panel-{name}", aria_labelledby=f"tab-{name}", class_="view", tabindex=0)
        for name, _label, _count, panel in tabs
    ]
    return el(
        "main",
        el(
            "section",
            el("h2", f"{title_of(decomposition)}{_('任务分解表')}"),
            el("p", _told(decomposition), class_="quiet"),
            el("p", id="printed-what", class_="quiet"),
            tasks.table(),
            class_="on-paper",
            lang="zh-Hans",
        ),
        _source(decomposition),
        el(
            "section",
            el("div", *buttons, role="tablist", aria_label=_("视图"), class_="tabs"),
            *views,
            class_="card panel",
            aria_label=_("读出的内容"),
        ),
        data_view="items",
    )


def _tab(name: str, label: str, count: int | None) -> Html:
    number = "" if count is None else el("span", str(count), class_="count")
    panel = "source-pane" if name == "source" else f"panel-{name}"
    return el(
        "button", label, number, type="button", role="tab", id=f"tab-{name}", aria_controls=panel, aria_selected="false", data_tab=name
    )


def _source(decomposition: Decomposition) -> Html:
    pane = SourcePane(decomposition)
    text = pane.html()
    found, words = counts(decomposition), labels.dispositions()
    keys = [
        el(
            "button",
            el("i", class_=f"swatch {d}"),
            f"{words[d]} ",
            el("span", str(n), class_="count"),
            type="button",
            class_="key",
            aria_pressed="false",
            data_key=d,
            disabled=n == 0,
        )
        for d, n in found.items()
    ]
    contents = (
        el("details", el("summary", _("目录")), el("nav", pane.contents(), aria_label=_("目录")), class_="toc")
        if decomposition.sections
        else ""
    )
    return el(
        "section",
        el(
            "header",
            el("h2", _("原文"), id="source-title"),
            el("div", *keys, class_="keys", role="group", aria_label=_("只看哪几类句子")),
            contents,
        ),
        _bar(found),
        el("div", text, class_="source", lang="zh-Hans", tabindex=0, role="group", aria_label=_("正文，可用n和p逐句移动")),
        _foot(),
        class_="card source-pane",
        id="source-pane",
        aria_labelledby="source-title",
    )


def _foot() -> Html:
    """What the marks under the text mean, and which sentence is current."""
    marks = ((_("时限"), "deadline"), (_("目标"), "target"), (_("单位"), "unit"), (_("存疑"), "doubt"), (_("自动编号"), "generated"))
    return el(
        "footer",
        el("p", *(join([el("span", word, class_=f"m-{kind}"), " "]) for word, kind in marks), class_="marks"),
        el("output", id="where", aria_live="polite"),
    )


def _bar(found: dict[str, int]) -> Html:
    """The shares of the dispositions as one bar."""
    words, at, parts = labels.dispositions(), 0, []
    for disposition, number in found.items():
        if number:
            parts.append(el("rect", x=at, y=0, width=number, height=4, class_=f"f-{disposition}"))
        at += number
    label = labels.listed(f"{words[disposition]} {number}" for disposition, number in found.items())
    return el("svg", *parts, viewBox=f"0 0 {max(1, at)} 4", preserveAspectRatio="none", role="img", aria_label=label, class_="shares")


def _help() -> Html:
    keys = (
        ("j / ↓", _("下一条事项")),
        ("k / ↑", _("上一条事项")),
        ("Enter", _("在事项与原文之间跳转")),
        ("n / p", _("原文下一句、上一句")),
        ("/", _("搜索")),
        ("1 – 6", _("换视图")),
        ("Esc", _("清除搜索或选择")),
        ("?", _("打开本说明")),
    )
    note = _("点句子到事项，点事项到原文；浏览器的后退键回到上一处。颜色之外，每句前有事项序号，鼠标停留或获得焦点时显示归类。")
    return help_dialog(keys, note)


def _script_words() -> dict[str, str]:
    return {
        "shown": _("显示 {n} / {all} 条"),
        "hits": _("原文 {n} 处"),
        "left": _("还有 {n} 处未看，共 {all} 处。"),
        "sentence": _("第 {n} 句，共 {all} 句"),
        "dark": _("深色"),
        "light": _("浅色"),
        "filtered": _("筛选后 {n} 条，共 {all} 条"),
    }
