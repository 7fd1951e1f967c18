"""PDF files from typeset lines, for tests and for samples.

``build_pdf`` goes through LibreOffice where it is installed, else it writes the file by hand; ``hand_made_pdf`` is always by
hand, without an embedded font, each line where it was put; ``office_pdf`` converts any .docx.
"""

import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from .build_ofd import FOOT_Y, SMALL
from .typeset import EM, HEIGHT, LEFT, POINT, STEP, TOP, TYPE_WIDTH, WIDTH, Line, Paragraph, typeset, width

Pages = Sequence[Sequence[Line]]


def has_office() -> bool:
    """True where LibreOffice is installed."""
    return shutil.which("soffice") is not None


def build_pdf(paragraphs: Sequence[str | Paragraph], *, head: str = "", number: bool = False) -> bytes:
    """A PDF of an official document with running head and ``— n —`` at the foot, by the best means at hand."""
    if has_office():
        return office_pdf(official_docx(paragraphs, head=head, number=number))
    return hand_made_pdf(typeset(paragraphs), head=head, number="— {n} —" if number else "")


def office_pdf(docx: bytes) -> bytes:
    """A .docx converted by LibreOffice."""
    with tempfile.TemporaryDirectory(prefix="luoshi-test-") as folder:
        home = Path(folder)
        (home / "in.docx").write_bytes(docx)
        command = ["soffice", f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir"]
        subprocess.run([*command, folder, str(home / "in.docx")], check=True, capture_output=True, timeout=600)
        return (home / "in.pdf").read_bytes()


def official_docx(
    paragraphs: Sequence[str | Paragraph], *, head: str = "", number: bool = False, size: float = 16, indent: bool = True, after: float = 0
) -> bytes:
    """A .docx set as GB/T 9704-2012 asks: 28 characters a line, 22 lines a page, first lines indented by two."""
    import io

    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(35)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(WIDTH - LEFT - TYPE_WIDTH)
    document.styles["Normal"].font.size = Pt(size)
    for item in paragraphs:
        paragraph = item if isinstance(item, Paragraph) else Paragraph(item)
        written = document.add_paragraph(paragraph.text)
        layout = written.paragraph_format
        layout.space_after, layout.line_spacing = Pt(after), Pt(STEP / POINT * size / 16)
        written.alignment = {"title": 1, "right": 2}.get(paragraph.kind, 3)
        if paragraph.kind == "title":
            written.runs[0].font.size = Pt(22)
        elif paragraph.kind == "body" and indent:
            layout.first_line_indent = Pt(2 * size)
    if head:
        section.header.paragraphs[0].text = head
    if number:
        _number(section.footer.paragraphs[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _number(paragraph: object) -> None:
    """Put ``— PAGE —`` into a paragraph of python-docx."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = 1  # type: ignore[attr-defined]
    paragraph.add_run("— ")  # type: ignore[attr-defined]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # type: ignore[attr-defined]
    paragraph.add_run(" —")  # type: ignore[attr-defined]


def hand_made_pdf(
    pages: Pages, *, head: str = "", number: str = "", turn: int = 0, pages_tree: bytes | None = None, extra: dict[int, bytes] | None = None
) -> bytes:
    """A PDF written by hand: one Type 0 font over UCS-2 with a ToUnicode CMap; ``turn`` is the /Rotate of every page.

    Objects: 1 catalogue, 2 page tree, 3 font, 4 its descendant, 5 its CMap, then page and content by turns; ``extra`` replaces any.
    """
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: pages_tree or f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        5: stream(_to_unicode()),
    }
    for i, lines in enumerate(pages):
        shown = [*lines, *_furniture(i, len(pages), head, number)]
        box = f"{WIDTH / POINT:.2f} {HEIGHT / POINT:.2f}"
        objects[6 + 2 * i] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box}] /Rotate {turn} /Contents {7 + 2 * i} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        objects[7 + 2 * i] = stream("\n".join(map(drawn, shown)).encode())
    return assemble(objects | (extra or {}))


def drawn(line: Line) -> str:
    """The operators that draw a line."""
    code = line.text.encode("utf-16-be").hex()
    return f"BT /F1 {line.size / POINT:.3f} Tf {line.x / POINT:.3f} {(HEIGHT - line.y) / POINT:.3f} Td <{code}> Tj ET"


def stream(content: bytes, *, entries: str = "") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(content)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries}>>\nstream\n".encode() + packed + b"\nendstream"


def assemble(objects: dict[int, bytes], *, trailer: str = "") -> bytes:
    """A file of numbered objects with its cross-reference table; object 1 is the catalogue."""
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    offsets: dict[int, int] = {}
    for number in sorted(objects):
        offsets[number] = len(data)
        data += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    size = max(objects) + 1
    table = "".join(f"{offsets[n]:010} 00000 n \n" if n in offsets else "0000000000 65535 f \n" for n in range(size))
    return data + f"xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{len(data)}\n%%EOF\n".encode()


def _furniture(index: int, total: int, head: str, number: str) -> list[Line]:
    foot = number.format(n=index + 1, total=total)
    top = Line(head, LEFT + (TYPE_WIDTH - width(head) * SMALL) / 2, TOP - 12.0, SMALL)
    bottom = Line(foot, LEFT + (TYPE_WIDTH - width(foot) * SMALL) / 2, FOOT_Y, SMALL)
    return [line for line in (top, bottom) if line.text]


def _to_unicode() -> bytes:
    """Every UCS-2 code is its own code point."""
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
    blocks = [ranges[i : i + 100] for i in range(0, 256, 100)]
    written = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{written}\nendcmap end end"
    ).encode()


__all__ = ["EM", "build_pdf", "hand_made_pdf", "office_pdf", "official_docx"]
