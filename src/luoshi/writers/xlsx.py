"""The office's workbook: 任务分解表 ready to print, and beside it everything it was made from.

Every cell of text is written as a string: nothing in a document can become a formula or a link.
The same decomposition gives the same bytes.
"""

from collections.abc import Iterable
from pathlib import Path

from luoshi import __version__
from luoshi.decompose.model import Decomposition, Framework
from luoshi.text import Span
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.plain import one_line
from luoshi.writers.rows import (
    Pages,
    TaskRow,
    all_doubts,
    completeness,
    counts,
    doubt_text,
    ordered,
    residue_sentences,
    section_paths,
    task_cells,
    task_headers,
    task_rows,
    title_of,
    units_text,
)
from luoshi.writers.sheets import CELL_LIMIT, Book, Column, Value, utf16


def write_xlsx(decomposition: Decomposition, path: Path | str) -> None:
    """Write the workbook: 任务分解表, 提法, 责任分工, 未处置, 全文分句, 文件信息."""
    title = title_of(decomposition)
    book = Book(Path(path), title)
    note = _note(decomposition)
    book.sheet(_("任务分解表"), f"{title}{_('任务分解表')}", note, _task_columns(), (_task(row) for row in task_rows(decomposition)))
    book.sheet(
        _("提法"), _("提法（带数字的概括）"), title, _framework_columns(), (_framework(f, decomposition) for f in decomposition.frameworks)
    )
    book.sheet(_("责任分工"), _("责任分工"), title, _responsibility_columns(), _responsibilities(decomposition))
    residue = decomposition.residue
    rest = _("未读{unread}句，共{sentences}句；{complete}。").format(**residue, complete=completeness(decomposition))
    book.sheet(_("未处置"), _("未处置的句子"), rest, _sentence_columns(), _sentences(decomposition, unused_only=True))
    book.sheet(_("全文分句"), _("全文分句"), rest, _sentence_columns(), _sentences(decomposition, unused_only=False))
    facts = (Column(_("项目"), 16, "centre"), Column(_("内容"), 70), Column(_("依据（原文）"), 50))
    book.sheet(_("文件信息"), _("文件信息"), title, facts, _facts(decomposition))
    book.close()


def _note(decomposition: Decomposition) -> str:
    facts = decomposition.facts
    parts = [facts.number or "", facts.authority or "", *(labels.dated_fact(date) for date in facts.dates)]
    found = counts(decomposition)
    parts.append(
        _("事项{items}条，存疑{doubts}处，未读{unread}句").format(
            items=len(decomposition.items), doubts=len(all_doubts(decomposition)), unread=found["unread"]
        )
    )
    return "　".join(part for part in parts if part)


# Width and style of the columns under ``task_headers``.
_TASK_SHAPES = (
    (37, "text"),
    (28, "text"),
    (16, "text"),
    (12, "text"),
    (13, "text"),
    (12, "centre"),
    (12, "centre"),
    (14, "small"),
    (15, "small"),
)


def _task_columns() -> tuple[Column, ...]:
    shaped = (Column(header, width, style) for header, (width, style) in zip(task_headers(), _TASK_SHAPES, strict=True))
    return (Column(_("序号"), 5, "centre"), *shaped)


def _task(row: TaskRow) -> tuple[Value, ...]:
    *cells, doubts = task_cells(row)
    if any(utf16(cell) > CELL_LIMIT for cell in cells):
        doubts = "\n".join(filter(None, [_("有单元格超过上限，已截断。"), doubts]))
    return (row.number, *cells, doubts)


def _framework_columns() -> tuple[Column, ...]:
    return (
        Column(_("提法"), 24),
        Column(_("说几个"), 9, "centre"),
        Column(_("列出"), 9, "centre"),
        Column(_("核对"), 12, "centre"),
        Column(_("成员（原文）"), 60),
        Column(_("前后说法不一"), 44),
        Column(_("出现处数"), 10, "centre"),
    )


def _framework(framework: Framework, decomposition: Decomposition) -> tuple[Value, ...]:
    text = decomposition.source.text

    def quote(span: Span) -> str:
        return one_line(span.of(text))

    mark, word = labels.framework_statuses()[framework.status]
    return (
        framework.name,
        framework.claimed,
        len(framework.members),
        f"{mark} {word}",
        "\n".join(f"{n}. {one_line(member.text)}" for n, member in enumerate(framework.members, 1)),
        "\n".join(f"{quote(one)} ／ {quote(other)}" for one, other in framework.variants),
        len(framework.mentions),
    )


def _responsibility_columns() -> tuple[Column, ...]:
    return (
        Column(_("原文"), 48),
        Column(_("牵头或责任单位"), 30),
        Column(_("配合单位"), 40),
        Column(_("写法"), 14, "centre"),
        Column(_("未列尽（等）"), 12, "centre"),
        Column(_("对应事项序号"), 20, "centre"),
    )


def _responsibilities(decomposition: Decomposition) -> Iterable[tuple[Value, ...]]:
    numbers = {item.id: str(n) for n, item in enumerate(decomposition.items, 1)}
    forms = labels.forms()
    for r in decomposition.responsibilities:
        quote = one_line(decomposition.source.text[r.start : r.end])
        items = "、".join(numbers[i] for i in r.items if i in numbers)
        yield (quote, units_text(r.lead), units_text(r.support), forms.get(r.form, r.form), _("是") if r.open_ended else "", items)


def _sentence_columns() -> tuple[Column, ...]:
    return (
        Column(_("句号"), 7, "centre"),
        Column(_("归类"), 9, "centre"),
        Column(_("原文"), 80),
        Column(_("所在部分"), 34, "small"),
        Column(_("事项序号"), 9, "centre"),
        Column(_("页"), 6, "centre"),
        Column(_("起"), 8, "centre"),
        Column(_("止"), 8, "centre"),
    )


def _sentences(decomposition: Decomposition, *, unused_only: bool) -> Iterable[tuple[Value, ...]]:
    text, words = decomposition.source.text, labels.dispositions()
    numbers = {item.id: n for n, item in enumerate(decomposition.items, 1)}
    order = {sentence: n for n, sentence in enumerate(ordered(decomposition), 1)}
    paths, pages = section_paths(decomposition), Pages(decomposition.source.origins)
    for s in residue_sentences(decomposition) if unused_only else ordered(decomposition):
        item = numbers.get(s.item or "", "")
        yield (
            order[s],
            words[s.disposition],
            one_line(text[s.start : s.end]),
            paths.get(s.section or "", ""),
            item,
            pages.at(s.start) or "",
            s.start,
            s.end,
        )


def _facts(decomposition: Decomposition) -> Iterable[tuple[Value, ...]]:
    facts, source = decomposition.facts, decomposition.source
    yield (_("标题"), facts.title or "", "")
    yield (_("文号"), facts.number or "", "")
    yield (_("层级"), labels.levels().get(facts.level or "", ""), "")
    yield (_("主体"), facts.authority or "", "")
    yield (_("传达"), facts.transmitter or "", "")
    yield (_("发布"), facts.publisher or "", "")
    for date in facts.dates:
        yield (
            _("日期"),
            labels.dated_fact(date) + (f" {date.reason}" if date.reason else ""),
            one_line(date.evidence.of(source.text)) if date.evidence else "",
        )
    yield (_("文件名"), source.name, "")
    yield (_("字数"), len(source.text), "")
    for disposition, number in counts(decomposition).items():
        yield (f"{_('句数')}·{labels.dispositions()[disposition]}", number, "")
    yield (_("文件校验值"), source.file_sha256, "SHA-256")
    yield (_("正文校验值"), source.text_sha256, "SHA-256")
    yield (_("规则校验值"), decomposition.rules_sha256, "SHA-256")
    yield (_("引擎版本"), __version__, "")
    for doubt in all_doubts(decomposition):
        yield (_("存疑"), doubt_text(doubt), one_line(source.text[doubt.start : doubt.end]))
