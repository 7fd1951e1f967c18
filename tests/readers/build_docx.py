"""Word files for tests, made of a zip and strings of XML: only what a test needs, and things python-docx cannot make.

    docx(p("总体要求", num=1), p("正文。"), numbering=abstract(0, lvl(0, "chineseCounting", "%1、")) + num(1, 0))

Every function gives a piece of XML; ``docx`` gives the bytes of a file. Usable by the tests of any package.
"""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def docx(
    *body: str, numbering: str = "", styles: str = "", footnotes: str = "", endnotes: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    """A .docx with these blocks as its body; ``extra`` adds or replaces members of the zip."""
    related = {"numbering": numbering, "styles": styles, "footnotes": footnotes, "endnotes": endnotes}
    parts = {name: xml for name, xml in related.items() if xml}
    members = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in parts}),
        **{f"word/{name}.xml": f"{HEAD}<w:{name} {NAMESPACES}>{xml}</w:{name}>" for name, xml in parts.items()},
    }
    return pack({name: xml.encode() for name, xml in members.items()} | (extra or {}))


def pack(members: dict[str, bytes]) -> bytes:
    """A zip of ``members``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def p(*content: str, style: str = "", num: int | None = None, level: int = 0, ppr: str = "", mark: str = "") -> str:
    """A paragraph: text without ``<`` becomes a run; ``mark`` goes into the properties of the paragraph mark."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>' if num is not None else ""
    properties += ppr + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    runs = "".join(piece if piece.startswith("<") else r(piece) for piece in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def r(content: str = "", rpr: str = "") -> str:
    """A run of text, or of the XML that ``content`` is."""
    inner = content if content.startswith("<") else f'<w:t xml:space="preserve">{escape(content)}</w:t>'
    return f"<w:r>{f'<w:rPr>{rpr}</w:rPr>' if rpr else ''}{inner}</w:r>"


def ins(*content: str) -> str:
    """Tracked insertion."""
    return _tracked("ins", content)


def deleted(text: str) -> str:
    """Tracked deletion."""
    return f'<w:del w:id="1" w:author="a"><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def moved_from(*content: str) -> str:
    """What was moved away."""
    return _tracked("moveFrom", content)


def moved_to(*content: str) -> str:
    """What was moved here."""
    return _tracked("moveTo", content)


def sdt(*content: str) -> str:
    """A content control around blocks or runs."""
    return f"<w:sdt><w:sdtPr><w:alias w:val='控件'/></w:sdtPr><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


def field(instruction: str, *result: str) -> str:
    """A field, as runs: its instruction and its result."""
    return (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r(f'<w:instrText xml:space="preserve">{escape(instruction)}</w:instrText>')
        + r('<w:fldChar w:fldCharType="separate"/>')
        + "".join(piece if piece.startswith("<") else r(piece) for piece in result)
        + r('<w:fldChar w:fldCharType="end"/>')
    )


def tbl(*rows: str) -> str:
    """A table of ``tr``."""
    columns = rows[0].count("<w:tc>") if rows else 0
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f'<w:tbl><w:tblPr><w:tblW w:w="{2000 * columns}" w:type="dxa"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def tr(*cells: str, trpr: str = "") -> str:
    """A row of ``tc``; plain text becomes a cell."""
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{trpr}</w:trPr>{inner}</w:tr>"


def tc(*content: str, cols: int = 1, merge: str = "") -> str:
    """A cell; ``merge`` is ``restart`` or ``continue`` for one merged over rows; plain text becomes a paragraph."""
    properties = f'<w:gridSpan w:val="{cols}"/>' if cols > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    blocks = "".join(piece if piece.startswith("<") else p(piece) for piece in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks or p()}</w:tc>"


def note_ref(note_id: int, family: str = "footnote") -> str:
    """A run that refers to a footnote or endnote."""
    return r(f'<w:{family}Reference w:id="{note_id}"/>')


def note(note_id: int, *content: str, family: str = "footnote") -> str:
    """A footnote or endnote."""
    blocks = "".join(piece if piece.startswith("<") else p(piece) for piece in content)
    return f'<w:{family} w:id="{note_id}">{blocks}</w:{family}>'


def text_box(*content: str) -> str:
    """A run with a text box, in the two forms that Word writes side by side."""
    blocks = "".join(piece if piece.startswith("<") else p(piece) for piece in content)
    box = f"<w:txbxContent>{blocks}</w:txbxContent>"
    return r(
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )


def abstract(abstract_id: int, *levels: str, link: str = "") -> str:
    """An abstract list of ``lvl``; ``link`` names the numbering style to look at instead."""
    inner = f'<w:numStyleLink w:val="{link}"/>' if link else ""
    return f'<w:abstractNum w:abstractNumId="{abstract_id}">{inner}{"".join(levels)}</w:abstractNum>'


def lvl(level: int, number_format: str, text: str, *, start: int = 1, extra: str = "", font: str = "") -> str:
    """A level of a list: ``lvl(0, "chineseCounting", "%1、")``."""
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/>{fonts}</w:lvl>'
    )


def num(num_id: int, abstract_id: int, *overrides: str) -> str:
    """A list that uses an abstract one."""
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{abstract_id}"/>{"".join(overrides)}</w:num>'


def override(level: int, start: int | None = None, replaced: str = "") -> str:
    """What a list changes of a level: where it starts, or all of it."""
    inner = f'<w:startOverride w:val="{start}"/>' if start is not None else ""
    return f'<w:lvlOverride w:ilvl="{level}">{inner}{replaced}</w:lvlOverride>'


def style(style_id: str, *, name: str = "", based_on: str = "", ppr: str = "", rpr: str = "", kind: str = "paragraph") -> str:
    """A style."""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name or style_id}"/>{based}'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def numpr(num_id: int, level: int | None = None) -> str:
    """The numbering of a style."""
    ilvl = f'<w:ilvl w:val="{level}"/>' if level is not None else ""
    return f'<w:numPr>{ilvl}<w:numId w:val="{num_id}"/></w:numPr>'


def _tracked(name: str, content: tuple[str, ...]) -> str:
    runs = "".join(piece if piece.startswith("<") else r(piece) for piece in content)
    return f'<w:{name} w:id="1" w:author="a">{runs}</w:{name}>'


def _relations(targets: dict[str, str]) -> str:
    rows = "".join(f'<Relationship Id="r{i}" Type="{_OFFICE}/{kind}" Target="{name}"/>' for i, (kind, name) in enumerate(targets.items()))
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _content_types(parts: dict[str, str]) -> str:
    rows = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{"document.main" if name == "document" else name}+xml"/>'
        for name in ["document", *parts]
    )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{rows}</Types>'
    )
