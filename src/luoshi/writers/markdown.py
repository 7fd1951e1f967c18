"""A decomposition as Markdown, for people and for diffs: one thing a line, nothing that depends on the clock.

Text of the document is escaped: it cannot become markup.
"""

import re

from luoshi.decompose.model import Decomposition, Framework
from luoshi.text import Doubt
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.plain import one_line, printable
from luoshi.writers.rows import (
    TaskRow,
    all_doubts,
    completeness,
    counts,
    doubt_text,
    residue_sentences,
    target_text,
    task_rows,
    title_of,
    units_text,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_START = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[#+=-]))")


def to_markdown(decomposition: Decomposition) -> str:
    """Facts, counts, items, frameworks, responsibilities, doubts, residue."""
    parts = [
        f"# {escape(title_of(decomposition))}",
        "\n".join(_facts(decomposition)),
        _summary(decomposition),
        f"## {_('事项')}",
        *(_task(row) for row in task_rows(decomposition)),
    ]
    for heading, lines in (
        (_("提法"), [_framework(framework, decomposition) for framework in decomposition.frameworks]),
        (_("责任分工"), _responsibilities(decomposition)),
        (_("存疑"), [_doubt(doubt, decomposition) for doubt in all_doubts(decomposition)]),
        (_("未处置"), _residue(decomposition)),
    ):
        parts += [f"## {heading}", "\n".join(lines) or _("无。")]
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """``text`` on one line, with what Markdown or HTML would take for markup escaped."""
    line = _SPECIAL.sub(r"\\\1", one_line(printable(text)))
    return _AT_START.sub(r"\1\\", line)


def _facts(decomposition: Decomposition) -> list[str]:
    facts, source = decomposition.facts, decomposition.source
    pairs = [
        (_("文号"), facts.number),
        (_("层级"), labels.levels().get(facts.level or "")),
        (_("主体"), facts.authority),
        (_("传达"), facts.transmitter),
        (_("发布"), facts.publisher),
        *((_("日期"), labels.dated_fact(date) + (f" {date.reason}" if date.reason else "")) for date in facts.dates),
        (_("文件"), _("{name}，{chars}字").format(name=source.name, chars=len(source.text))),
        (_("正文校验值"), source.text_sha256),
    ]
    return [f"- {labels.pair(label, escape(value))}" for label, value in pairs if value]


def _summary(decomposition: Decomposition) -> str:
    words = labels.dispositions()
    found = labels.listed(f"{words[disposition]} {number}" for disposition, number in counts(decomposition).items())
    grades = labels.listed(f"{word} {sum(item.grade == grade for item in decomposition.items)}" for grade, word in labels.grades().items())
    return "\n".join(
        [
            f"- {_('句')} {len(decomposition.sentences)}：{found}；{completeness(decomposition)}",
            f"- {_('事项')} {len(decomposition.items)}：{grades}",
            f"- {_('存疑')} {len(all_doubts(decomposition))}",
        ]
    )


def _task(row: TaskRow) -> str:
    item = row.item
    facets = [
        (_("出处"), escape(row.provenance)),
        (_("类别"), f"{row.category}·{labels.modalities()[item.modality]}"),
        (_("牵头"), escape(units_text(row.lead))),
        (_("配合"), escape(units_text(row.support))),
        (_("责任"), escape(units_text(row.responsible))),
        (_("表态单位"), escape(row.speaker or "")),
        *((_("时限"), escape(labels.deadline(deadline))) for deadline in row.deadlines),
        *((_("目标"), f"{escape(target_text(target))} `{labels.quantity(target).replace('`', '')}`") for target in row.targets),
        *((_("举措"), escape(measure)) for measure in row.measures),
        *((_("机制"), escape(mechanism)) for mechanism in row.mechanisms),
        *((_("存疑"), escape(doubt_text(doubt))) for doubt in row.doubts),
    ]
    lines = [f"### {row.number}", f"> {escape(row.quote)}", "\n".join(f"- {labels.pair(label, value)}" for label, value in facets if value)]
    return "\n\n".join(lines)


def _framework(framework: Framework, decomposition: Decomposition) -> str:
    mark, word = labels.framework_statuses()[framework.status]
    count = _("说{claimed}个，列出{listed}个").format(claimed=framework.claimed, listed=len(framework.members))
    lines = [f"- {mark} **{escape(framework.name)}** {word}（{count}）"]
    lines += [f"  {n}. {escape(member.text)}" for n, member in enumerate(framework.members, 1)]
    text = decomposition.source.text
    lines += [f"  - {labels.pair(_('说法不一'), escape(one.of(text)))} ／ {escape(other.of(text))}" for one, other in framework.variants]
    return "\n".join(lines)


def _responsibilities(decomposition: Decomposition) -> list[str]:
    numbers = {item.id: str(n) for n, item in enumerate(decomposition.items, 1)}
    text, forms = decomposition.source.text, labels.forms()
    lines = []
    for r in decomposition.responsibilities:
        items = "、".join(numbers[i] for i in r.items if i in numbers) or _("无")
        more = f"，{_('未列尽')}" if r.open_ended else ""
        lines.append(f"- {escape(text[r.start : r.end])} → {_('事项')} {items}（{forms.get(r.form, r.form)}{more}）")
    return lines


def _doubt(doubt: Doubt, decomposition: Decomposition) -> str:
    quote = escape(decomposition.source.text[doubt.start : doubt.end])
    return f"- [ ] {escape(doubt_text(doubt))} `{doubt.code.replace('`', '')}` {quote}"


def _residue(decomposition: Decomposition) -> list[str]:
    text, words = decomposition.source.text, labels.dispositions()
    return [f"- {labels.pair(words[s.disposition], escape(text[s.start : s.end]))}" for s in residue_sentences(decomposition)]
