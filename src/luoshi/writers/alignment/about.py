"""What the words mean, how the shares are counted, and what the report was made with."""

from luoshi import __version__
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.alignment.rows import Sheet
from luoshi.writers.alignment.words import caveat, no_league, ratio_text
from luoshi.writers.html.elements import Html, el, join


def about(sheet: Sheet) -> Html:
    """Shares with their formulas, words, versions."""
    return el(
        "div",
        el("section", el("h2", _("占比与算法")), _ratios(sheet), el("p", no_league(), class_="quiet"), class_="card pad"),
        el("section", el("h2", _("这些词是什么意思")), _words(), class_="card pad"),
        el("section", el("h2", _("版本")), _versions(sheet), class_="card pad"),
        class_="about",
    )


def _ratios(sheet: Sheet) -> Html:
    parts: list[Html] = []
    for alignment, name in zip(sheet.alignments, sheet.names, strict=True):
        rows = (
            el("tr", el("th", labels.ratios()[one.name], scope="row"), el("td", ratio_text(one), class_="n"), el("td", one.formula))
            for one in alignment.measures
        )
        if len(sheet.names) > 1:
            parts.append(el("h3", name, lang="zh-Hans"))
        parts.append(el("div", el("table", el("tbody", *rows), class_="ratios"), class_="scroll"))
    return join(parts)


def _words() -> Html:
    relations, bands, comparisons = labels.relations(), labels.bands(), labels.comparisons()
    told = {
        bands["found"]: _("下位文件里看到了承接这一条的话。"),
        bands["to_check"]: _("有相近的话，是不是承接，机器判断不了，请人看。"),
        bands["not_seen"]: _("没有看到相近的话。可能在别的文件里、由别的单位办，或者本就不需要写；不等于未落实。"),
        ("", relations["copied"]): _("除标点、序号和强调词外，字句相同，或一方整句包含另一方。"),
        ("", relations["same_target"]): _("换了说法，定量目标的数值和比较词一致。"),
        ("", relations["carried"]): _("换了说法，事情和对象没变，力度、数字、范围、时限也没变。"),
        ("", relations["concretised"]): _("承接之外，加了数字、时限、单位、项目、地点，或把总数分解。"),
        ("", relations["tightened"]): _("指标更高、时限更早或用语更硬。"),
        ("", relations["weakened"]): _("用语放宽，数字或时限改成文字、没有写，或数值、时限更宽。是否合适由人判断。"),
        ("", relations["narrowed"]): _("列举的对象、服务、地区少了。"),
        ("", relations["same_source"]): _("下位文件更早，或有一方没有日期：用语相同也不说谁出自谁。"),
        ("", relations["related"]): _("说的是同一个主题，但事情或对象不同。"),
        labels.origins()["local"]: _("下位文件自己提出的事项，上位文件里没有看到对应。"),
        comparisons["apportioned"]: _("上位是全域总量，下位写的是本级承担的份额。"),
        comparisons["in_words"]: _("上位有数字，下位提到这件事但没有数字。"),
    }
    rows = (join([el("dt", f"{mark} {word}".strip()), el("dd", text)]) for (mark, word), text in told.items())
    legend = el(
        "p",
        el("del", _("上位有、下位没有的字词")),
        "　",
        el("ins", _("下位有、上位没有的字词")),
        "　",
        _("点引文到原文；原则要求只作背景，不参与比对。"),
        class_="legend",
    )
    return join([el("p", caveat()), legend, el("dl", *rows, class_="facts")])


def _versions(sheet: Sheet) -> Html:
    first = sheet.alignments[0]
    pairs = [(_("引擎版本"), __version__), (_("规范表述版本"), first.standard_version), (_("规则校验值"), first.upper.rules_sha256)]
    pairs += [(_("上位正文校验值"), sheet.upper.source.text_sha256)]
    for alignment, name in zip(sheet.alignments, sheet.names, strict=True):
        pairs.append((_("下位正文校验值"), f"{alignment.lower.source.text_sha256} {name}"))
        if alignment.embedder:
            pairs.append((_("本地模型"), f"{alignment.embedder.name} {alignment.embedder.sha256}"))
    return el("dl", *(join([el("dt", label), el("dd", value, class_="hash")]) for label, value in pairs), class_="facts")
