"""Parts of a Word document that every writer of one needs: styles, paragraphs, ruled tables, packing.

Bodies are written as XML: cell by cell through the library, a long table takes minutes. The same content gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from luoshi.writers.plain import printable

_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - as in the zip: bytes do not depend on the clock
# Paragraph style: East Asian font, points, alignment, line height in points, space before.
Style = tuple[str, float, WD_ALIGN_PARAGRAPH, float, float]


def save(document: Document, body: str, path: Path | BinaryIO) -> None:
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


def add_styles(document: Document, styles: Mapping[str, Style]) -> None:
    """Paragraph styles by name; type is named, never carried along."""
    for name, (font, points, alignment, line, before) in styles.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.size = font, Pt(points)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
        form = style.paragraph_format
        form.alignment, form.line_spacing, form.space_before, form.space_after = alignment, Pt(line), Pt(before), Pt(0)
        form.keep_with_next = name == "Luoshi Heading" or None


def lay_across(document: Document) -> None:
    """A4 across, "— 1 —" at the foot in the style ``Luoshi Foot``."""
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


def runs(text: str) -> str:
    """A run of text; a line break stays one."""
    lines = escape(printable(text)).split("\n")
    return "<w:r>" + "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines) + "</w:r>"


def paragraph(style: str, text: str) -> str:
    """A paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs(text) if text else ""}</w:p>'


# Columns: header, width in millimetres, style of the cells.
Columns = tuple[tuple[str, float, str], ...]


def table(columns: Columns, rows: Iterable[tuple[str, ...]]) -> str:
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
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraph(style, text)}</w:tc>'
        for text, width, style in zip(texts, twips, styles, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def describe(document: Document, title: str) -> None:
    """Its properties: the title, no names, no clock."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.last_modified_by = printable(title)[:255], "", "", ""
    properties.created = properties.modified = _EPOCH


def number_pages(footer: object, style: str) -> None:
    """— 1 — in a footer, in a paragraph ``style`` that says at which edge."""
    last = footer.paragraphs[0]  # type: ignore[attr-defined]
    field = (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
    last._p.addprevious(parse_xml(field))
    last._p.getparent().remove(last._p)
