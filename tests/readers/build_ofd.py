"""Valid OFD files (GB/T 33190-2016) from typeset lines, for tests and for samples.

    data = build_ofd(typeset(["……"]), head="临江省人民政府公报", number="— {n} —")

The running head stands in a template that all pages share, the page number in the page itself.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from .typeset import HEIGHT, LEFT, TOP, TYPE_WIDTH, WIDTH, Line, advance, width

NAMESPACE = "http://www.ofdspec.org/2016"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SMALL = 14 * 25.4 / 72
FOOT_Y = HEIGHT - 28.0

Pages = Sequence[Sequence[Line]]


def build_ofd(
    *documents: Pages, head: str = "", number: str = "", title: str = "", extra: Mapping[str, bytes | str] | None = None
) -> bytes:
    """An OFD of one or several documents; ``number`` is a format with ``{n}`` and ``{total}``; ``extra`` adds or replaces members."""
    members: dict[str, bytes | str] = {"OFD.xml": _entry(len(documents), title)}
    for i, pages in enumerate(documents):
        members |= _document(f"Doc_{i}", pages, head, number)
    return pack(members | dict(extra or {}))


def pack(members: Mapping[str, bytes | str]) -> bytes:
    """A zip of ``members``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def element(tag: str, content: str = "", **attributes: object) -> str:
    """One element of the OFD namespace; a trailing underscore of a name is dropped."""
    written = "".join(f" {name.rstrip('_')}={quoteattr(str(value))}" for name, value in attributes.items())
    return f"<ofd:{tag}{written}>{content}</ofd:{tag}>"


def part(tag: str, content: str, **attributes: object) -> str:
    """A whole XML part with ``tag`` as its root."""
    return HEAD + element(tag, content, **attributes).replace(f"<ofd:{tag}", f'<ofd:{tag} xmlns:ofd="{NAMESPACE}"', 1)


def text_object(line: Line, ident: int) -> str:
    """A line of text as a TextObject whose steps are packed as ``g n w`` where they repeat."""
    steps = [advance(char) * line.size for char in line.text[:-1]]
    packed = " ".join(f"g {count} {step:.4f}" if (count := len(list(run))) > 1 else f"{step:.4f}" for step, run in groupby(steps))
    code = element("TextCode", escape(line.text), X="0", Y=f"{line.size:.4f}", **({"DeltaX": packed} if packed else {}))
    boundary = f"{line.x:.4f} {line.y - line.size:.4f} {width(line.text) * line.size:.4f} {line.size * 1.2:.4f}"
    return element("TextObject", code, ID=ident, Boundary=boundary, Font=1, Size=f"{line.size:.4f}")


def page_part(lines: Sequence[Line], *, first_id: int, template: bool = False) -> str:
    """The Content.xml of a page or of a template."""
    objects = "".join(text_object(line, first_id + i) for i, line in enumerate(lines) if line.text)
    uses = element("Template", TemplateID=3, ZOrder="Background") if template else ""
    area = element("Area", element("PhysicalBox", f"0 0 {WIDTH:g} {HEIGHT:g}"))
    return part("Page", uses + area + element("Content", element("Layer", objects, Type="Body", ID=first_id - 1)))


def _entry(documents: int, title: str) -> str:
    bodies = ""
    for i in range(documents):
        info = element("DocInfo", element("DocID", f"{i:032x}") + (element("Title", escape(title)) if title else ""))
        bodies += element("DocBody", info + element("DocRoot", f"Doc_{i}/Document.xml"))
    return part("OFD", bodies, Version="1.1", DocType="OFD")


def _document(folder: str, pages: Pages, head: str, number: str) -> dict[str, bytes | str]:
    template = element("TemplatePage", ID=3, Name="Head", BaseLoc="Tpls/Tpl_0/Content.xml") if head else ""
    common = element(
        "CommonData",
        element("MaxUnitID", "1000000")
        + element("PageArea", element("PhysicalBox", f"0 0 {WIDTH:g} {HEIGHT:g}"))
        + element("PublicRes", "PublicRes.xml")
        + template,
    )
    listed = "".join(element("Page", ID=10 + i, BaseLoc=f"Pages/Page_{i}/Content.xml") for i in range(len(pages)))
    members: dict[str, bytes | str] = {
        f"{folder}/Document.xml": part("Document", common + element("Pages", listed)),
        f"{folder}/PublicRes.xml": part("Res", element("Fonts", element("Font", ID=1, FontName="宋体")), BaseLoc="Res"),
    }
    if head:
        line = Line(head, LEFT + (TYPE_WIDTH - width(head) * SMALL) / 2, TOP - 12.0, SMALL)
        members[f"{folder}/Tpls/Tpl_0/Content.xml"] = page_part([line], first_id=5)
    for i, lines in enumerate(pages):
        foot = number.format(n=i + 1, total=len(pages))
        numbered = [*lines, Line(foot, LEFT + (TYPE_WIDTH - width(foot) * SMALL) / 2, FOOT_Y, SMALL)] if foot else list(lines)
        content = page_part(numbered, first_id=1000 * (i + 1), template=bool(head))
        members[f"{folder}/Pages/Page_{i}/Content.xml"] = content
    return members
