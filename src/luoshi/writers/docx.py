"""任务分解表 as a formal Word document: A4 across, type named after GB/T 9704, the header on every page, "— 1 —" at the foot.

Rows are written as XML: cell by cell through the library, a long table takes minutes. The same decomposition gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from luoshi.decompose.model import Decomposition, Framework
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.rows import (
    TaskRow,
    all_doubts,
    completeness,
    counts,
    one_line,
    printable,
    task_cells,
    task_headers,
    task_rows,
    title_of,
)

_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - as in the zip: bytes do not depend on the clock
# Paragraph style: East Asian font, points, alignment, line height in points, space before.
_STYLES: dict[str, tuple[str, float, WD_ALIGN_PARAGRAPH, float, float]] = {
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
    _page(document)
    _styles(document)
    title = title_of(decomposition)
    body = [
        _paragraph("LuoshiTitle", f"{title}{_('任务分解表')}"),
        _paragraph("LuoshiFacts", _facts(decomposition)),
        _table(_task_columns(), (_task(row) for row in task_rows(decomposition))),
        _paragraph("LuoshiHeading", _("提法核对")),
        _listing(_framework_columns(), [_framework(f, decomposition) for f in decomposition.frameworks]),
        _paragraph("LuoshiHeading", _("存疑")),
        _listing(_doubt_columns(), list(_doubts(decomposition))),
        _paragraph("LuoshiText", _residue(decomposition)),
    ]
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.last_modified_by = printable(title)[:255], "", "", ""
    properties.created = properties.modified = _EPOCH
    _save(document, "".join(body), Path(path))


def _save(document: Document, body: str, path: Path) -> None:
    """Pack the document with ``body`` before its section, and with the times of its members fixed.

    The body goes in as bytes: lxml takes seconds to move a long table from one tree to another.
    """
    loose = io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as packed, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
            fixed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(22), Mm(21)
    section.left_margin = section.right_margin = Mm(20)
    section.footer_distance = Mm(12)
    footer = section.footer.paragraphs[0]
    field = (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="LuoshiFoot"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
    footer._p.addprevious(parse_xml(field))
    footer._p.getparent().remove(footer._p)


def _styles(document: Document) -> None:
    for name, (font, points, alignment, line, before) in _STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.size = font, Pt(points)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
        form = style.paragraph_format
        form.alignment, form.line_spacing, form.space_before, form.space_after = alignment, Pt(line), Pt(before), Pt(0)
        form.keep_with_next = name == "Luoshi Heading" or None


def _runs(text: str) -> str:
    lines = escape(printable(text)).split("\n")
    return "<w:r>" + "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines) + "</w:r>"


def _paragraph(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_runs(text) if text else ""}</w:p>'


# Columns: header, width in millimetres, style of the cells.
_Columns = tuple[tuple[str, float, str], ...]


def _table(columns: _Columns, rows: Iterable[tuple[str, ...]]) -> str:
    """A ruled table whose header row comes back on every page; rows do not break across pages."""
    twips = [round(width * 56.7) for _header, width, _style in columns]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    shape = (
        f'<w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{w}{chr(34)}/>' for w in twips)}</w:tblGrid>"
    )
    head = _row([header for header, _width, _style in columns], twips, ["LuoshiHeader"] * len(columns), "<w:cantSplit/><w:tblHeader/>")
    styles = [style for _header, _width, style in columns]
    return f"<w:tbl>{shape}{head}{''.join(_row(row, twips, styles, '<w:cantSplit/>') for row in rows)}</w:tbl>"


def _row(texts: Iterable[str], twips: list[int], styles: list[str], properties: str) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{_paragraph(style, text)}</w:tc>'
        for text, width, style in zip(texts, twips, styles, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _listing(columns: _Columns, rows: list[tuple[str, ...]]) -> str:
    return _table(columns, rows) if rows else _paragraph("LuoshiText", _("无。"))


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


def _task_columns() -> _Columns:
    shaped = ((header, width, style) for header, (width, style) in zip(task_headers(), _TASK_SHAPES, strict=True))
    return ((_("序号"), 10, "LuoshiCentre"), *shaped)


def _task(row: TaskRow) -> tuple[str, ...]:
    return (str(row.number), *task_cells(row, narrow=True))


def _framework_columns() -> _Columns:
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


def _doubt_columns() -> _Columns:
    return ((_("序号"), 14, "LuoshiCentre"), (_("存疑"), 85, "LuoshiCell"), (_("建议"), 68, "LuoshiCell"), (_("原文"), 90, "LuoshiCell"))


def _doubts(decomposition: Decomposition) -> Iterable[tuple[str, ...]]:
    text = decomposition.source.text
    for n, doubt in enumerate(all_doubts(decomposition), 1):
        quote = one_line(text[doubt.start : doubt.end])
        yield (str(n), doubt.message, doubt.hint, quote if len(quote) <= 120 else quote[:118] + "……")
