"""Word templates of official papers in the form of GB/T 9704: what an office starts from, and may change in Word or WPS.

A4, 天头 37 mm, 订口 28 mm, 22 lines of 28 characters in 3号仿宋, titles in 2号小标宋, heads in 黑体 and 楷体, — 1 — at the outer edge. Type is
named, not carried along. The places (``{{ 标题 }}``) are filled in by whoever renders the template; the same shape gives the same bytes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from luoshi.writers.word import Style, add_styles, describe, number_pages, paragraph, save

LINE = 28.95  # points: 22 lines fill 225 mm
_LEFT, _CENTRE, _RIGHT, _BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
_TITLE, _SONG, _BODY, _BLACK, _KAI = "方正小标宋简体", "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312"
_STYLES: dict[str, Style] = {
    "Paper Red Head": (_TITLE, 36, _CENTRE, 54, 0),
    "Paper Masthead": (_TITLE, 48, _CENTRE, 66, 0),
    "Paper Number": (_BODY, 16, _CENTRE, LINE, 0),
    "Paper Number Right": (_BODY, 16, _RIGHT, LINE, 0),
    "Paper Rule": (_BODY, 8, _CENTRE, 10, 0),
    "Paper Title": (_TITLE, 22, _CENTRE, 34, 0),
    "Paper To": (_BODY, 16, _LEFT, LINE, 0),
    "Paper Text": (_BODY, 16, _BOTH, LINE, 0),
    "Paper Head": (_BLACK, 16, _LEFT, LINE, 0),
    "Paper Head Two": (_KAI, 16, _LEFT, LINE, 0),
    "Paper Signed": (_BODY, 16, _CENTRE, LINE, 0),
    "Paper Note": (_BODY, 14, _LEFT, 24, 0),
    "Paper Label": (_BLACK, 14, _CENTRE, 22, 0),
    "Paper Cell": (_BODY, 14, _LEFT, 22, 0),
    "Paper Middle": (_BODY, 14, _CENTRE, 22, 0),
    "Paper Small Head": (_BLACK, 12, _CENTRE, 18, 0),
    "Paper Small": (_BODY, 12, _LEFT, 18, 0),
    "Paper Small Middle": (_BODY, 12, _CENTRE, 18, 0),
    "Paper Foot": (_SONG, 14, _RIGHT, 18, 0),
    "Paper Foot Even": (_SONG, 14, _LEFT, 18, 0),
}
_TIGHTER = '<w:spacing {} w:val="-5"/>'  # a quarter of a point: 28 characters of 16 pt go into 156 mm
_WIDE = 156.0  # millimetres of text across
Cell = tuple[str, float, str, int]
"""Text (paragraphs by line), width in millimetres, style, columns that it spans."""


def template_of(shape: str) -> bytes:
    """The template of a shape: ``form``, ``letter``, ``bulletin``, ``book``, ``table`` or ``brief``. Raises KeyError for another."""
    written = BytesIO()
    save(_document(landscape=shape == "table", tight=shape == "form"), "".join(_BODIES[shape]()), written)
    return written.getvalue()


# -- parts of papers


def _tag(what: str) -> str:
    return paragraph("PaperText", "{%p " + what + " %}")


def _text(text: str, style: str = "PaperText") -> str:
    return paragraph(style, text)


def _kept(xml: str) -> str:
    """A paragraph, or the paragraphs of a row, on the page of what follows."""
    return re.sub(r'(<w:pStyle w:val="\w+"/>)(?!<w:keepNext/>)', r"\1<w:keepNext/>", xml)


def _open(row: str, side: str) -> str:
    """A row without its line at one side."""
    return row.replace("<w:vAlign", f'<w:tcBorders><w:{side} w:val="nil"/></w:tcBorders><w:vAlign')


def _blank() -> str:
    return paragraph("PaperText", "")


def _if(place: str, *inside: str) -> Iterator[str]:
    yield _tag(f"if {place}")
    yield from inside
    yield _tag("endif")


def _each(entry: str, place: str, *inside: str) -> Iterator[str]:
    yield _tag(f"for {entry} in {place}")
    yield from inside
    yield _tag("endfor")


def _head() -> Iterator[str]:
    """Red head, number and red rule where the office has one; else the number alone at the right."""
    yield _tag("if 版头")
    yield _text("{{ 版头 }}", "PaperRedHead")
    yield _text("{{ 文号 }}", "PaperNumber")
    yield _text("", "PaperRule")
    yield _tag("else")
    yield _text("{{ 文号 }}", "PaperNumberRight")
    yield _tag("endif")
    yield _blank()


def _title() -> Iterator[str]:
    yield _text("{{ 标题 }}", "PaperTitle")
    yield _blank()


def _to() -> Iterator[str]:
    yield from _if("主送", _text("{{ 主送 }}：", "PaperTo"))


def _paragraphs(place: str) -> Iterator[str]:
    yield from _each("段", place, _text("{{ 段 }}"))


def _numbered(place: str, *, kept: bool = False) -> Iterator[str]:
    """Texts, with figures where there are several; ``kept``: the last one stays with what follows."""
    one = _text("{% if loop.length > 1 %}{{ loop.index }}. {% endif %}{{ 段 }}")
    yield from _each("段", place, *([_tag("if loop.last"), _kept(one), _tag("else"), one, _tag("endif")] if kept else [one]))


def _matters(*, heads: bool = False) -> Iterator[str]:
    """Each matter with what it wants and where it stands; its name as a head where there are several, or always."""
    inside = _text("（{{ 项.大写序号 }}）{{ 项.名称 }}", "PaperHeadTwo")
    said = (
        "{% if 项.牵头 %}牵头单位：{{ 项.牵头 }}。{% endif %}{% if 项.时限 %}办理时限：{{ 项.时限 }}。{% endif %}{% if 项.办结标准 %}办结标准：{{ 项.办结标准 }}。{% endif %}"
        "{% if 项.进展 %}最近一次审核通过的反馈：{{ 项.进展 }}。{% endif %}"
    )
    one = "{% if 项.时限 %}办理时限：{{ 项.时限 }}。{% endif %}{% if 项.办结标准 %}办结标准：{{ 项.办结标准 }}。{% endif %}{% if 项.进展 %}最近一次审核通过的反馈：{{ 项.进展 }}。{% endif %}"
    yield from _each("项", "事项", *([inside] if heads else _if("件数 > 1", inside)), _text(said if heads else one))


def _problems(*, owner: bool = False) -> Iterator[str]:
    """Each problem with its signs and its day; for a reader above also whose it is and where it stands."""
    said = "{% if 项.表现 %}{{ 项.表现 }}。{% endif %}"
    said += "{% if 项.责任单位 %}责任单位：{{ 项.责任单位 }}。{% endif %}" if owner else ""
    said += "{% if 项.来源 %}来源：{{ 项.来源 }}。{% endif %}{% if 项.时限 %}整改时限：{{ 项.时限 }}。{% endif %}"
    said += "目前{{ 项.状态 }}。" if owner else ""
    yield from _each("项", "问题", _text("{% if loop.length > 1 %}（{{ 项.大写序号 }}）{% endif %}{{ 项.名称 }}", "PaperHeadTwo"), _text(said))


def _answer() -> Iterator[str]:
    yield from _if("回复期限", _kept(_text("请于{{ 回复期限 }}前书面回复。")))


def _signed() -> Iterator[str]:
    """Two lines for the seal, then who and when, on the page of the last text; 日期右空四字, the name centred above it."""
    yield _kept(_blank())
    yield _kept(_blank())
    yield _kept(_text("{{ 落款 }}", "PaperSigned"))
    yield _text("{{ 日期 }}", "PaperSigned")
    yield from _if("联系人", _text("（联系人：{{ 联系人 }}）"))


def _copies(word: str) -> Iterator[str]:
    yield from _if("分送", _blank(), _table([_row([(f"{word}：{{{{ 分送 }}}}", _WIDE, "PaperNote", 1)])], [_WIDE], sides=("top", "bottom")))


# -- shapes


def _letter() -> Iterator[str]:
    for part in (_head(), _title(), _to(), _paragraphs("开头"), _problems(), _matters(), _numbered("要求", kept=True), _answer()):
        yield from part
    yield from _if("结语", _kept(_text("{{ 结语 }}")))
    yield from _signed()
    yield from _copies("抄送")


def _bulletin() -> Iterator[str]:
    for part in (_head(), _title(), _to(), [_text("一、总体情况", "PaperHead")], _paragraphs("开头"), [_text("二、事项进展", "PaperHead")], _matters(heads=True)):
        yield from part
    yield _text("三、工作要求", "PaperHead")
    yield from _numbered("要求", kept=True)
    yield from _answer()
    yield from _if("结语", _kept(_text("{{ 结语 }}")))
    yield from _signed()
    yield from _copies("抄送")


def _brief() -> Iterator[str]:
    yield _text("{{ 文种 }}", "PaperMasthead")
    yield _text("{{ 文号 }}", "PaperNumber")
    yield _table([_row([("{{ 落款 }}", 96.0, "PaperTo", 1), ("{{ 日期 }}", 60.0, "PaperNumberRight", 1)])], [96.0, 60.0], sides=())
    yield _text("", "PaperRule")
    yield _blank()
    yield from _title()
    yield _text("一、总体情况", "PaperHead")
    yield from _paragraphs("开头")
    yield from _if("问题", _text("二、发现的问题", "PaperHead"), *_problems(owner=True))
    yield from _if("事项", _text("{% if 问题 %}三{% else %}二{% endif %}、事项进展", "PaperHead"), *_matters(heads=True))
    yield from _if("要求", _text("{% if 问题 and 事项 %}四{% elif 问题 or 事项 %}三{% else %}二{% endif %}、工作建议", "PaperHead"), *_numbered("要求"))
    yield from _copies("分送")


def _form() -> Iterator[str]:
    label, value, across = 25.0, 53.0, 131.0
    yield from _if("版头", _text("{{ 版头 }}", "PaperRedHead"), _text("", "PaperRule"), _blank())
    yield from _title()

    def pair(one: str, first: str, two: str, second: str) -> str:
        return _row([(one, label, "PaperLabel", 1), (first, value, "PaperMiddle", 1), (two, label, "PaperLabel", 1), (second, value, "PaperMiddle", 1)], whole=True)

    def line(word: str, text: str, *, whole: bool = True) -> str:
        return _row([(word, label, "PaperLabel", 1), (text, across, "PaperCell", 3)], least=8.0, whole=whole)

    yield _table(
        [
            pair("编　　号", "{{ 文号 }}", "日　　期", "{{ 日期 }}"),
            line("承办单位", "{{ 主送 }}"),
            _row_tag("for 项 in 事项"),
            line("事　　项", "{% if 件数 > 1 %}{{ 项.序号 }}. {% endif %}{{ 项.名称 }}（{{ 项.编号 }}）{% if 项.内容 %}\n{{ 项.内容 }}{% endif %}"),
            _row_tag("if 项.依据"),
            line("依　　据", "{{ 项.依据 }}"),
            _row_tag("endif"),
            line("办结标准", "{{ 项.办结标准 }}{% if 项.目标 %}\n目标：{{ 项.目标 }}{% endif %}"),
            pair("办理时限", "{{ 项.时限 }}", "责任领导", "{{ 项.责任领导 }}"),
            _row_tag("if 项.配合"),
            line("配合单位", "{{ 项.配合 }}"),
            _row_tag("endif"),
            _row_tag("if 项.进展"),
            line("目前进展", "{{ 项.进展 }}"),
            _row_tag("endif"),
            _row_tag("endfor"),
            *_asked(line),
            _row_tag("if 回复期限"),
            _kept(line("回复期限", "请于{{ 回复期限 }}前书面回复。")),
            _row_tag("endif"),
            _kept(pair("联 系 人", "{{ 联系人 }}", "签　　收", "\n")),
        ],
        [label, value, label, value],
    )
    yield _kept(_blank())
    yield _kept(_text("{{ 落款 }}", "PaperSigned"))
    yield _text("{{ 日期 }}", "PaperSigned")
    yield from _copies("抄送")


def _asked(line: Callable[..., str]) -> Iterator[str]:
    """办理要求: two rows that look like one, so that the last of what is asked for stays on the page of the seal and the others may break."""
    figure = "{% if loop.length > 1 %}{{ loop.index }}. {% endif %}{{ 段 }}"
    others = "{%p for 段 in 开头 %}\n{{ 段 }}\n{%p endfor %}\n{%p for 段 in 要求 %}\n{%p if not loop.last %}\n" + figure + "\n{%p endif %}\n{%p endfor %}"
    several = "开头 or 要求|length > 1"
    yield _row_tag(f"if {several}")
    yield _open(line("办理要求", others, whole=False), "bottom")
    yield _row_tag("endif")
    yield _row_tag("if 要求")
    last = line("{% if not 开头 and 要求|length < 2 %}办理要求{% endif %}", "{%p for 段 in 要求 %}\n{%p if loop.last %}\n" + figure + "\n{%p endif %}\n{%p endfor %}")
    yield _open(_kept(last), "top")
    yield _row_tag("endif")


def _book() -> Iterator[str]:
    columns: tuple[tuple[str, float, str, str], ...] = (("序号", 12.0, "PaperSmallMiddle", "{{ 项.序号 }}"), ("任　务", 43.0, "PaperSmall", "{{ 项.名称 }}\n（{{ 项.编号 }}）"))
    columns += (("目标和办结标准", 39.0, "PaperSmall", "{{ 项.办结标准 }}{% if 项.目标 %}\n{{ 项.目标 }}{% endif %}"),)
    columns += (("配合单位", 26.0, "PaperSmall", "{{ 项.配合 }}"), ("完成时限", 36.0, "PaperSmallMiddle", "{{ 项.时限 }}"))
    for part in (_head(), _title(), _to(), _paragraphs("开头")):
        yield from part
    yield _listing(columns)
    yield _blank()
    yield _text("工作要求", "PaperHead")
    yield from _numbered("要求", kept=True)
    yield _kept(_blank())
    yield _table(
        [
            _row([("交办单位（盖章）：\n{{ 落款 }}\n\n负责人（签字）：\n\n{{ 日期 }}", 78.0, "PaperCell", 1), ("责任单位（盖章）：\n{{ 主送 }}\n\n主要负责人（签字）：\n\n　　年　　月　　日", 78.0, "PaperCell", 1)], whole=True)
        ],
        [78.0, 78.0],
        sides=(),
    )


def _wide_table() -> Iterator[str]:
    yield from _if("版头", _text("{{ 版头 }}", "PaperRedHead"), _text("", "PaperRule"))
    yield _text("{{ 标题 }}", "PaperTitle")
    yield _text("{{ 落款 }}　{{ 日期 }}　{{ 文号 }}", "PaperMiddle")
    yield from _paragraphs("开头")
    yield _listing(
        (
            ("序号", 12.0, "PaperSmallMiddle", "{{ 项.序号 }}"),
            ("工作任务", 52.0, "PaperSmall", "{{ 项.名称 }}{% if 项.内容 %}\n{{ 项.内容 }}{% endif %}"),
            ("目标和办结标准", 44.0, "PaperSmall", "{{ 项.办结标准 }}{% if 项.目标 %}\n{{ 项.目标 }}{% endif %}"),
            ("牵头单位", 27.0, "PaperSmall", "{{ 项.牵头 }}"),
            ("配合单位", 28.0, "PaperSmall", "{{ 项.配合 }}"),
            ("责任领导", 20.0, "PaperSmallMiddle", "{{ 项.责任领导 }}"),
            ("完成时限", 36.0, "PaperSmallMiddle", "{{ 项.时限 }}"),
            ("备注", 38.0, "PaperSmall", "{{ 项.出处 }}"),
        )
    )
    yield from _each("段", "要求", _text("{% if loop.first %}说明：{% endif %}{% if loop.length > 1 %}{{ loop.index }}. {% endif %}{{ 段 }}", "PaperNote"))


_BODIES = {"letter": _letter, "bulletin": _bulletin, "brief": _brief, "form": _form, "book": _book, "table": _wide_table}


# -- tables and the page


def _listing(columns: Iterable[tuple[str, float, str, str]]) -> str:
    """A table with a row for each matter, whose header row comes back on every page."""
    made = list(columns)
    head = _row([(word, width, "PaperSmallHead", 1) for word, width, _style, _text in made], header=True)
    row = _row([(text, width, style, 1) for _word, width, style, text in made], whole=True)
    return _table([head, _row_tag("for 项 in 事项"), row, _row_tag("endfor")], [width for _word, width, _style, _text in made])


def _row_tag(what: str) -> str:
    return _row([("{%tr " + what + " %}", 10.0, "PaperSmall", 1)])


def _row(cells: list[Cell], *, least: float = 0, header: bool = False, whole: bool = False) -> str:
    """A row; ``whole``: it does not break across pages, ``header``: it comes back on every page."""
    shape = ("<w:cantSplit/>" if whole or header else "") + (f'<w:trHeight w:val="{_twips(least)}" w:hRule="atLeast"/>' if least else "") + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{f'<w:trPr>{shape}</w:trPr>' if shape else ''}{''.join(map(_cell, cells))}</w:tr>"


def _cell(cell: Cell) -> str:
    text, width, style, span = cell
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inside = "".join(paragraph(style, line) for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{spans}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def _table(rows: Iterable[str], widths: list[float], *, sides: tuple[str, ...] = ("top", "left", "bottom", "right", "insideH", "insideV")) -> str:
    borders = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * 56.7)


def _document(*, landscape: bool, tight: bool) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    if tight:
        section.top_margin, section.bottom_margin = Mm(26), Mm(26)
    if landscape:
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(28), Mm(26), Mm(20), Mm(20)
    section.header_distance, section.footer_distance = Mm(15), Mm(14) if landscape or tight else Mm(22)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    add_styles(document, _STYLES)
    _shape_styles(document, small=tight or landscape)
    document.settings.odd_and_even_pages_header_footer = True
    number_pages(section.footer, "PaperFoot")
    number_pages(section.even_page_footer, "PaperFootEven")
    describe(document, "")
    return document


def _shape_styles(document: Document, *, small: bool) -> None:
    styles = document.styles
    for name in _STYLES:  # no gaps around figures: a day fits into its column, as in the PDF
        for gap in ("DE", "DN"):
            none = parse_xml(f'<w:autoSpace{gap} {nsdecls("w")} w:val="0"/>')
            styles[name].element.get_or_add_pPr().insert_element_before(none, "w:snapToGrid", "w:spacing", "w:ind", "w:jc")
    for name in ("Paper Text", "Paper Head", "Paper Head Two"):
        styles[name].paragraph_format.first_line_indent = Pt(32)
    styles["Paper Head"].paragraph_format.keep_with_next = styles["Paper Head Two"].paragraph_format.keep_with_next = True
    styles["Paper Signed"].paragraph_format.left_indent = Pt(202)
    styles["Paper Signed"].paragraph_format.keep_together = True
    styles["Paper Foot"].paragraph_format.right_indent = styles["Paper Foot Even"].paragraph_format.left_indent = Pt(14)
    if small:
        styles["Paper Red Head"].font.size, styles["Paper Red Head"].paragraph_format.line_spacing = Pt(30), Pt(42)
    for name in ("Paper Red Head", "Paper Masthead"):
        styles[name].font.color.rgb = RGBColor(0xD7, 0x00, 0x0F)
    styles["Paper Text"].element.rPr.find(qn("w:sz")).addprevious(parse_xml(_TIGHTER.format(nsdecls("w"))))
    rule = parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="1" w:color="D7000F"/></w:pBdr>')
    styles["Paper Rule"].element.get_or_add_pPr().insert_element_before(rule, "w:shd", "w:autoSpaceDE", "w:spacing", "w:ind", "w:jc")
