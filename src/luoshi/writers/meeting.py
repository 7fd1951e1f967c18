"""Papers of a meeting as Word documents in the form of GB/T 9704: the pack for those who attend, and the list of what was decided.

A4, 天头 37 mm, 订口 28 mm, 22 lines of 28 characters in 3号仿宋, titles in 2号小标宋; type is named, not carried along. Plain values come in;
what may be shown of a document was settled before. The same content gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from luoshi.text.language import _
from luoshi.writers.plain import one_line
from luoshi.writers.word import Columns, Style, add_styles, describe, number_pages, paragraph, save, table

_LINE = 28.95  # points: 22 lines fill 225 mm
_TIGHTER = '<w:spacing {} w:val="-5"/>'  # a quarter of a point: 28 characters of 16 pt go into 156 mm, in every word processor, without a grid
_LEFT, _CENTRE, _RIGHT, _BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
_STYLES: dict[str, Style] = {
    "Luoshi Cover": ("方正小标宋简体", 22, _CENTRE, 36, 150),
    "Luoshi Title": ("方正小标宋简体", 22, _CENTRE, 36, 0),
    "Luoshi Fact": ("仿宋_GB2312", 16, _LEFT, _LINE, 0),
    "Luoshi Heading": ("黑体", 16, _LEFT, _LINE, 10),
    "Luoshi Annex": ("黑体", 16, _LEFT, _LINE, 0),
    "Luoshi Text": ("仿宋_GB2312", 16, _BOTH, _LINE, 0),
    "Luoshi Signed": ("仿宋_GB2312", 16, _RIGHT, _LINE, 0),
    "Luoshi Header": ("黑体", 12, _CENTRE, 20, 0),
    "Luoshi Cell": ("仿宋_GB2312", 12, _LEFT, 20, 0),
    "Luoshi Centre": ("仿宋_GB2312", 12, _CENTRE, 20, 0),
    "Luoshi Foot": ("宋体", 14, _RIGHT, 18, 0),
    "Luoshi Foot Even": ("宋体", 14, _LEFT, 18, 0),
}
_NUMERALS = "一二三四五六七八九"


class PackPaper(NamedTuple):
    """A document on the table. ``text`` is annexed where it is not None; ``withheld`` says why it is not, where it was asked for."""

    title: str
    number: str
    stage: str
    text: str | None = None
    withheld: str = ""


class Decided(NamedTuple):
    """What was decided: who leads and until when as words; ``state`` is what came of it."""

    text: str
    lead: str
    due: str
    state: str = ""


class MeetingPack(NamedTuple):
    """``facts`` are label and value in their order; ``made_on`` is a day in words; ``last`` belongs to the meeting named ``last_title``."""

    title: str
    organiser: str
    made_on: str
    facts: tuple[tuple[str, str], ...]
    agenda: tuple[str, ...]
    papers: tuple[PackPaper, ...] = ()
    last_title: str = ""
    last: tuple[Decided, ...] = ()
    blank_rows: int = 12


class DecisionList(NamedTuple):
    """The decisions of one meeting; ``facts`` stand under the title in one line."""

    title: str
    organiser: str
    made_on: str
    facts: tuple[tuple[str, str], ...]
    decisions: tuple[Decided, ...]


def write_meeting_pack(pack: MeetingPack, path: Path | BinaryIO) -> None:
    """Cover, agenda, papers, what became of the last meeting's decisions, a sheet to write decisions down, texts."""
    document = _document(pack.title)
    document.sections[0].different_first_page_header_footer = True
    save(document, "".join([*_cover(pack), *_inside(pack), *_sheet(pack), *_annexes(pack.papers)]), path)


def write_decision_list(listed: DecisionList, path: Path | BinaryIO) -> None:
    """序号 · 议定事项 · 牵头单位 · 时限, in the order in which they were decided."""
    facts = "　".join(f"{label}：{one_line(value)}" for label, value in listed.facts if value)
    columns: Columns = (
        (_("序号"), 14, "LuoshiCentre"),
        (_("议定事项"), 74, "LuoshiCell"),
        (_("牵头单位"), 34, "LuoshiCell"),
        (_("时限"), 34, "LuoshiCentre"),
    )
    rows = [(str(n), one.text, one.lead, one.due) for n, one in enumerate(listed.decisions, 1)]
    body = [
        paragraph("LuoshiTitle", one_line(listed.title)),
        paragraph("LuoshiTitle", _("议定事项清单")),
        paragraph("LuoshiText", ""),
        paragraph("LuoshiText", facts) if facts else "",
        table(columns, rows) if rows else paragraph("LuoshiText", _("这次会议没有议定事项。")),
        *_signed(listed.organiser, listed.made_on),
    ]
    save(_document(listed.title), "".join(body), path)


def _cover(pack: MeetingPack) -> Iterator[str]:
    yield paragraph("LuoshiCover", one_line(pack.title))
    yield paragraph("LuoshiTitle", _("会议材料"))
    yield paragraph("LuoshiFact", "") * 3
    for label, value in pack.facts:
        lines = [one_line(line) for line in value.splitlines() if line.strip()]
        if lines:
            yield paragraph("LuoshiFact", f"{_spread(label)}：" + "\n".join(lines))
    yield paragraph("LuoshiFact", "") * 2
    yield from _signed(pack.organiser, pack.made_on)


def _spread(label: str) -> str:
    """A label of two characters as wide as one of four."""
    return f"{label[0]}　　{label[1]}" if len(label) == 2 else label


def _signed(organiser: str, made_on: str) -> Iterator[str]:
    yield paragraph("LuoshiSigned", "")
    yield paragraph("LuoshiSigned", one_line(organiser))
    yield paragraph("LuoshiSigned", made_on)


def _inside(pack: MeetingPack) -> Iterator[str]:
    yield _on_new_page("LuoshiTitle", _("会议议程和文件"))
    yield paragraph("LuoshiText", "")
    yield paragraph("LuoshiHeading", f"{_NUMERALS[0]}、{_('会议议程')}")
    yield from _lines(pack.agenda, _("会前另行通知。"))
    yield paragraph("LuoshiHeading", f"{_NUMERALS[1]}、{_('会议文件')}")
    columns: Columns = ((_("序号"), 14, "LuoshiCentre"), (_("文件"), 76, "LuoshiCell"), (_("文号"), 38, "LuoshiCell"), (_("阶段"), 28, "LuoshiCentre"))
    rows = [(str(n), one_line(paper.title), paper.number, paper.stage) for n, paper in enumerate(pack.papers, 1)]
    yield table(columns, rows) if rows else paragraph("LuoshiText", _("没有会议文件。"))
    if pack.last_title:
        yield paragraph("LuoshiHeading", f"{_NUMERALS[2]}、{_('上次会议议定事项')}")
        yield paragraph("LuoshiText", one_line(pack.last_title))
        yield _last(pack.last)


def _last(decided: tuple[Decided, ...]) -> str:
    columns: Columns = (
        (_("序号"), 12, "LuoshiCentre"),
        (_("议定事项"), 56, "LuoshiCell"),
        (_("牵头单位"), 28, "LuoshiCell"),
        (_("时限"), 34, "LuoshiCentre"),
        (_("现状"), 26, "LuoshiCell"),
    )
    rows = [(str(n), one.text, one.lead, one.due, one.state) for n, one in enumerate(decided, 1)]
    return table(columns, rows) if rows else paragraph("LuoshiText", _("上次会议没有议定事项。"))


def _sheet(pack: MeetingPack) -> Iterator[str]:
    """The empty table on which decisions are written during the meeting."""
    yield _on_new_page("LuoshiTitle", _("议定事项记录表"))
    yield paragraph("LuoshiText", "")
    columns: Columns = (
        (_("序号"), 14, "LuoshiCentre"),
        (_("议定事项"), 74, "LuoshiCell"),
        (_("牵头单位"), 34, "LuoshiCell"),
        (_("时限"), 34, "LuoshiCentre"),
    )
    yield table(columns, [(str(n), "\n", "", "") for n in range(1, pack.blank_rows + 1)])


def _annexes(papers: tuple[PackPaper, ...]) -> Iterator[str]:
    shown = [paper for paper in papers if paper.text is not None or paper.withheld]
    for n, paper in enumerate(shown, 1):
        yield _on_new_page("LuoshiAnnex", _("附件{n}").format(n=n))
        yield paragraph("LuoshiTitle", one_line(paper.title))
        yield paragraph("LuoshiText", "")
        yield from [paragraph("LuoshiText", paper.withheld)] if paper.withheld else _lines((paper.text or "").splitlines(), _("没有正文。"))


def _lines(lines: Iterable[str], otherwise: str) -> list[str]:
    return [paragraph("LuoshiText", line.strip()) for line in lines if line.strip()] or [paragraph("LuoshiText", otherwise)]


def _on_new_page(style: str, text: str) -> str:
    return paragraph(style, text).replace("</w:pPr>", "<w:pageBreakBefore/></w:pPr>", 1)


def _document(title: str) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(22)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    add_styles(document, _STYLES)
    _indent(document, "Luoshi Text", first=32)
    _indent(document, "Luoshi Heading", first=32)
    _indent(document, "Luoshi Fact", left=112, first=-80)
    _indent(document, "Luoshi Signed", right=64)
    _indent(document, "Luoshi Foot", right=14)
    _indent(document, "Luoshi Foot Even", left=14)
    document.settings.odd_and_even_pages_header_footer = True
    number_pages(section.footer, "LuoshiFoot")
    number_pages(section.even_page_footer, "LuoshiFootEven")
    document.styles["Luoshi Text"].element.rPr.find(qn("w:sz")).addprevious(parse_xml(_TIGHTER.format(nsdecls("w"))))
    describe(document, title)
    return document


def _indent(document: Document, name: str, *, left: float = 0, right: float = 0, first: float = 0) -> None:
    form = document.styles[name].paragraph_format
    form.left_indent, form.right_indent, form.first_line_indent = Pt(left), Pt(right), Pt(first)
