"""任务分解表 as a formal Word document: A4 across, type named after GB/T 9704, the header on every page, "— 1 —" at the foot.

The same decomposition gives the same bytes.
"""

from collections.abc import Iterable
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.decompose.model import Decomposition, Framework
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.plain import one_line
from luoshi.writers.rows import TaskRow, all_doubts, completeness, counts, task_cells, task_headers, task_rows, title_of
from luoshi.writers.word import Columns, Style, add_styles, describe, lay_across, paragraph, save, table

_STYLES: dict[str, Style] = {
    "Luoshi Title": ("方正小标宋简体", 22, WD_ALIGN_PARAGRAPH.CENTER, 32, 0),
    "Luoshi Facts": ("楷体_GB2312", 12, WD_ALIGN_PARAGRAPH.CENTER, 20, 4),
    "Luoshi Heading": ("黑体", 16, WD_ALIGN_PARAGRAPH.LEFT, 28, 12),
    "Luoshi Text": ("仿宋_GB2312", 12, WD_ALIGN_PARAGRAPH.LEFT, 20, 0),
    "Luoshi Header": ("黑体", 10.5, WD_ALIGN_PARAGRAPH.CENTER, 15, 0),
    "Luoshi Cell": ("仿宋_GB2312", 10.5, WD_ALIGN_PARAGRAPH.LEFT, 15, 0),
    "Luoshi Centre": ("仿宋_GB2312", 10.5, WD_ALIGN_PARAGRAPH.CENTER, 15, 0),
    "Luoshi Small": ("仿宋_GB2312", 9, WD_ALIGN_PARAGRAPH.LEFT, 13, 0),
    "Luoshi Foot": ("宋体", 14, WD_ALIGN_PARAGRAPH.CENTER, 18, 0),
}


def write_docx(decomposition: Decomposition, path: Path | str) -> None:
    """Write the table, then the frameworks, then the doubts."""
    document = docx.Document()
    lay_across(document)
    add_styles(document, _STYLES)
    title = title_of(decomposition)
    body = [
        paragraph("LuoshiTitle", f"{title}{_('任务分解表')}"),
        paragraph("LuoshiFacts", _facts(decomposition)),
        table(_task_columns(), (_task(row) for row in task_rows(decomposition))),
        paragraph("LuoshiHeading", _("提法核对")),
        _listing(_framework_columns(), [_framework(f, decomposition) for f in decomposition.frameworks]),
        paragraph("LuoshiHeading", _("存疑")),
        _listing(_doubt_columns(), list(_doubts(decomposition))),
        paragraph("LuoshiText", _residue(decomposition)),
    ]
    describe(document, title)
    save(document, "".join(body), Path(path))


def _listing(columns: Columns, rows: list[tuple[str, ...]]) -> str:
    return table(columns, rows) if rows else paragraph("LuoshiText", _("无。"))


def _facts(decomposition: Decomposition) -> str:
    facts = decomposition.facts
    grades = "、".join(f"{word}{sum(item.grade == grade for item in decomposition.items)}条" for grade, word in labels.grades().items())
    parts = [facts.number or "", facts.authority or "", *(labels.dated_fact(date) for date in facts.dates)]
    head = "　".join(part for part in parts if part)
    count = _("事项{n}条：{grades}").format(n=len(decomposition.items), grades=grades)
    return f"{head}\n{count}" if head else count


def _residue(decomposition: Decomposition) -> str:
    words = labels.dispositions()
    found = "、".join(f"{words[disposition]}{number}" for disposition, number in counts(decomposition).items())
    sentence = _("全文{n}句：{found}；{complete}。")
    return "\n" + sentence.format(n=len(decomposition.sentences), found=found, complete=completeness(decomposition))


# Width in millimetres and style of the columns under ``task_headers``.
_TASK_SHAPES = (
    (57, "LuoshiCell"),
    (40, "LuoshiCell"),
    (27, "LuoshiCell"),
    (22, "LuoshiCell"),
    (24, "LuoshiCell"),
    (23, "LuoshiCentre"),
    (17, "LuoshiCentre"),
    (19, "LuoshiSmall"),
    (18, "LuoshiSmall"),
)


def _task_columns() -> Columns:
    shaped = ((header, width, style) for header, (width, style) in zip(task_headers(), _TASK_SHAPES, strict=True))
    return ((_("序号"), 10, "LuoshiCentre"), *shaped)


def _task(row: TaskRow) -> tuple[str, ...]:
    return (str(row.number), *task_cells(row, narrow=True))


def _framework_columns() -> Columns:
    return (
        (_("提法"), 45, "LuoshiCell"),
        (_("说/列"), 18, "LuoshiCentre"),
        (_("核对"), 28, "LuoshiCentre"),
        (_("成员（原文）"), 106, "LuoshiCell"),
        (_("前后说法不一"), 60, "LuoshiCell"),
    )


def _framework(framework: Framework, decomposition: Decomposition) -> tuple[str, ...]:
    text = decomposition.source.text
    mark, word = labels.framework_statuses()[framework.status]
    return (
        framework.name,
        f"{framework.claimed}/{len(framework.members)}",
        f"{mark} {word}",
        "；".join(one_line(member.text) for member in framework.members),
        "\n".join(f"{one_line(one.of(text))} ／ {one_line(other.of(text))}" for one, other in framework.variants),
    )


def _doubt_columns() -> Columns:
    return ((_("序号"), 14, "LuoshiCentre"), (_("存疑"), 85, "LuoshiCell"), (_("建议"), 68, "LuoshiCell"), (_("原文"), 90, "LuoshiCell"))


def _doubts(decomposition: Decomposition) -> Iterable[tuple[str, ...]]:
    text = decomposition.source.text
    for n, doubt in enumerate(all_doubts(decomposition), 1):
        quote = one_line(text[doubt.start : doubt.end])
        yield (str(n), doubt.message, doubt.hint, quote if len(quote) <= 120 else quote[:118] + "……")
