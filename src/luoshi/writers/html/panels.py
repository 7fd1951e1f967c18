"""The other lists beside the source: frameworks, responsibilities, doubts, the sentences no item came from, the facts."""

from difflib import SequenceMatcher

from luoshi import __version__
from luoshi.decompose.model import DatedFact, Decomposition, Framework, Responsibility
from luoshi.text import Doubt, Span
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.html.anchors import find, href
from luoshi.writers.html.elements import Html, el, join
from luoshi.writers.html.tasks import item_links
from luoshi.writers.plain import one_line
from luoshi.writers.rows import NO_LEAD, all_doubts, counts, ordered, residue_sentences, section_paths, task_rows, units_text


def frameworks(decomposition: Decomposition) -> Html:
    """Numbered terms: what is claimed, what is listed, where one member is worded in two ways."""
    if not decomposition.frameworks:
        return _empty(_("这份文件里没有带数字的概括。"))
    return el("ul", *(_framework(framework, decomposition.source.text) for framework in decomposition.frameworks), class_="rows")


def _framework(framework: Framework, text: str) -> Html:
    mark, word = labels.framework_statuses()[framework.status]
    said = _("说 {claimed} 个 · 列出 {listed} 个").format(claimed=framework.claimed, listed=len(framework.members))
    head = el(
        "div",
        el("h2", framework.name),
        el("span", word, class_=f"light {framework.status}", data_shape=mark),
        el("span", said, class_="quiet"),
        class_="line",
    )
    members = el("ol", *(el("li", _to(m.text, m.start, m.end)) for m in framework.members), class_="members") if framework.members else ""
    mentions = [_to(str(n), span.start, span.end) for n, span in enumerate(framework.mentions, 1)]
    where = el("p", labels.pair(_("出现"), ""), join(mentions, " · "), class_="quiet") if mentions else ""
    return el("li", head, members, *(_variant(one, other, text) for one, other in framework.variants), where, lang="zh-Hans")


def _variant(one: Span, other: Span, text: str) -> Html:
    """Two wordings of one member under each other, with the characters that differ marked."""
    a, b = one_line(one.of(text)), one_line(other.of(text))
    left: list[str] = []
    right: list[str] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        left.append(a[i1:i2] if op == "equal" else el("mark", a[i1:i2]) if i1 < i2 else "")
        right.append(b[j1:j2] if op == "equal" else el("mark", b[j1:j2]) if j1 < j2 else "")
    return el(
        "div",
        el("p", _("同一成员，前后说法不一"), class_="quiet"),
        el("a", *left, href=href(one.start, one.end)),
        el("a", *right, href=href(other.start, other.end)),
        class_="variant",
    )


def responsibilities(decomposition: Decomposition) -> Html:
    """Which unit answers for which items, then the clauses that say so."""
    units = _by_unit(decomposition)
    if not units and not decomposition.responsibilities:
        return _empty(_("这份文件没有写明责任单位。"))
    heads = (_("单位"), _("牵头"), _("责任"), _("配合"))
    rows = [
        el("tr", el("th", name, scope="row"), *(el("td", item_links(numbers)) for numbers in roles.values()))
        for name, roles in units.items()
    ]
    table = el("table", el("thead", el("tr", *(el("th", head, scope="col") for head in heads))), el("tbody", *rows), class_="units")
    numbers = {item.id: n for n, item in enumerate(decomposition.items, 1)}
    clauses = [_clause(r, decomposition.source.text, numbers) for r in decomposition.responsibilities]
    return join(
        [
            el(
                "div",
                el("h2", _("按单位（以出现先后为序）")),
                el("div", table, class_="scroll", tabindex=0, role="region", aria_label=_("各单位的事项")),
                class_="pad",
            ),
            el("div", el("h2", _("按写法")), class_="pad") if clauses else "",
            el("ul", *clauses, class_="rows"),
        ]
    )


def _by_unit(decomposition: Decomposition) -> dict[str, dict[str, list[int]]]:
    units: dict[str, dict[str, list[int]]] = {}
    for row in task_rows(decomposition):
        for role, names in (("lead", row.lead), ("responsible", row.responsible), ("support", row.support)):
            for name in names:
                if name != "等":
                    units.setdefault(name, {"lead": [], "responsible": [], "support": []})[role].append(row.number)
    return units


def _clause(responsibility: Responsibility, text: str, numbers: dict[str, int]) -> Html:
    form = labels.forms().get(responsibility.form, responsibility.form)
    roles = labels.roles()
    covered = [numbers[i] for i in responsibility.items if i in numbers]
    lead, support = units_text(responsibility.lead), units_text(responsibility.support)
    return el(
        "li",
        el("p", _to(one_line(text[responsibility.start : responsibility.end]), responsibility.start, responsibility.end), lang="zh-Hans"),
        el(
            "div",
            el("span", el("b", form), class_="chip"),
            el("span", el("b", roles["responsible" if responsibility.form in NO_LEAD else "lead"]), f" {lead}", class_="chip")
            if lead
            else "",
            el("span", el("b", roles["support"]), f" {support}", class_="chip") if support else "",
            el("span", _("未列尽（等）"), class_="chip doubt") if responsibility.open_ended else "",
            class_="chips",
        ),
        el("p", f"{_('事项')} ", item_links(covered) if covered else _("没有对应事项"), class_="quiet"),
    )


def doubts(decomposition: Decomposition) -> Html:
    """Doubts as a list to tick off; ticks stay in this browser."""
    found = all_doubts(decomposition)
    if not found:
        return _empty(_("没有存疑。"))
    owners = {doubt: n for n, item in enumerate(decomposition.items, 1) for doubt in item.doubts}
    head = el("p", el("output", id="doubts-left"), " ", _("勾选只记在这个浏览器里，不写进文件。"), class_="quiet pad")
    return join(
        [head, el("ul", *(_doubt(n, d, owners.get(d), decomposition.source.text) for n, d in enumerate(found, 1)), class_="rows ticks")]
    )


def _doubt(number: int, doubt: Doubt, item: int | None, text: str) -> Html:
    quote = one_line(text[doubt.start : doubt.end])
    quote = quote if len(quote) <= 60 else quote[:58] + "……"
    where = [_to(f"“{quote}”", doubt.start, doubt.end)] if quote else []
    if item:
        where.append(el("a", _("第{n}条").format(n=item), href=f"#i{item}"))
    return el(
        "li",
        el("label", el("input", type="checkbox", data_doubt=f"{doubt.code}@{doubt.start}"), el("span", doubt.message), id=f"d{number}"),
        el("p", doubt.hint, class_="hint") if doubt.hint else "",
        el("p", join(where, " · "), class_="quiet", lang="zh-Hans") if where else "",
    )


def rest(decomposition: Decomposition) -> Html:
    """Sentences that no item came from, the unread first: here one looks for what was missed."""
    sentences = residue_sentences(decomposition)
    if not sentences:
        return _empty(_("每一句都成了事项或标题。"))
    order = {s: n for n, s in enumerate(ordered(decomposition), 1)}
    words, paths, text = labels.dispositions(), section_paths(decomposition), decomposition.source.text
    rows = (
        el(
            "li",
            el("span", words[s.disposition], class_=f"tag {s.disposition}"),
            el("a", one_line(text[s.start : s.end]), href=f"#s{order[s]}", lang="zh-Hans"),
            el("span", paths.get(s.section or "", ""), class_="path"),
            data_kind=s.disposition,
        )
        for s in sentences
    )
    return el("ul", *rows, class_="rows rest")


def facts(decomposition: Decomposition) -> Html:
    """What the document says of itself, each fact leading to its evidence; how it was read; where it came from."""
    found = [(labels.dispositions()[disposition], str(n)) for disposition, n in counts(decomposition).items()]
    return join(
        [
            _list(_told(decomposition)),
            el("h2", _("句子的归类"), class_="pad-x"),
            _list(found),
            el("h2", _("来历"), class_="pad-x"),
            _list(_origin(decomposition)),
        ]
    )


def _told(decomposition: Decomposition) -> list[tuple[str, str]]:
    told = decomposition.facts
    silent = el("span", _("没有写明"), class_="quiet")

    def shown(fact: str | None) -> str:
        span = find(decomposition, fact)
        return _to(one_line(fact), *span) if fact and span else one_line(fact or "") or silent

    return [
        (_("标题"), shown(told.title)),
        (_("文号"), shown(told.number)),
        (_("层级"), labels.levels().get(told.level or "", silent)),
        (_("主体"), shown(told.authority)),
        (_("传达"), shown(told.transmitter)),
        (_("发布"), shown(told.publisher)),
        *(_dated(date, decomposition.source.text) for date in told.dates),
    ]


def _dated(date: DatedFact, text: str) -> tuple[str, str]:
    how = el("span", labels.hows()[date.how], class_="chip doubt" if date.how == "inferred" else "chip")
    evidence = _to(one_line(date.evidence.of(text)), date.evidence.start, date.evidence.end) if date.evidence else ""
    return _("{kind}日期").format(kind=labels.date_kinds()[date.kind]), join(
        [f"{date.date} ", how, " ", evidence, f" {date.reason}".rstrip()]
    )


def _origin(decomposition: Decomposition) -> list[tuple[str, str]]:
    source = decomposition.source
    digests = (
        (_("文件校验值"), source.file_sha256),
        (_("正文校验值"), source.text_sha256),
        (_("规则校验值"), decomposition.rules_sha256),
    )
    named = [(_("文件名"), source.name), (_("字数"), str(len(source.text))), (_("引擎版本"), __version__)]
    return [*named, *((label, el("span", value, class_="hash")) for label, value in digests)]


def _list(pairs: list[tuple[str, str]]) -> Html:
    return el("dl", *(join([el("dt", label), el("dd", value)]) for label, value in pairs), class_="facts pad")


def _to(text: str, start: int, end: int) -> Html:
    """A link to a stretch of the source."""
    return el("a", text, href=href(start, end))


def _empty(text: str) -> Html:
    return el("p", text, class_="empty")
