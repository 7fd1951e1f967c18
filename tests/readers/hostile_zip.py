"""Hostile zips, and hostile docx, xlsx and ofd in honest zips."""

import io
import random
import stat
import struct
import zipfile
from collections.abc import Iterator

from .build_docx import abstract, docx, lvl, num, p, style, tbl, tc, tr
from .build_docx import pack as pack_bytes
from .build_ofd import build_ofd, element, part
from .hostile_case import DAMAGED, LIMIT, REFUSED, TEXT, Case, cut
from .typeset import Line, typeset

MIB = 1 << 20
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = "<!DOCTYPE w [<!ENTITY a0 '哈'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 11)) + "]>"
QUADRATIC = f"<!DOCTYPE w [<!ENTITY a '{'哈' * 50_000}'>]>"
XXE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE w [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>'
HONEST = docx(p("云州市人民政府关于做好防汛工作的通知"), p("请于6月底前完成。"))


def document(body: str, *, doctype: str = "", encoding: str = "utf-8") -> bytes:
    """A docx whose document part is written out, with a DOCTYPE if need be."""
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return docx(extra={"word/document.xml": xml.encode(encoding)})


def workbook(sheet: str, *, strings: str = "", doctype: str = "", sheets: int = 1, extra: dict[str, bytes] | None = None) -> bytes:
    """An xlsx whose sheets all are this XML."""
    listed = "".join(f'<sheet name="表{i}" r:id="r1"/>' for i in range(sheets))
    relation = f'<Relationship Id="r1" Type="{R}/worksheet" Target="s.xml"/><Relationship Id="r2" Type="{R}/sharedStrings" Target="t.xml"/>'
    members = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": f'<workbook {X} xmlns:r="{R}"><sheets>{listed}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>".encode(),
        "xl/s.xml": f"<worksheet {X}>{sheet}</worksheet>".encode(),
        "xl/t.xml": f"{doctype}<sst {X}>{strings}</sst>".encode(),
    }
    return pack_bytes(members | (extra or {}))


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these members, names twice and all."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def varied(form: str, count: int) -> str:
    """``form`` over and over with other numbers, so that it does not pack like a bomb."""
    return "".join(form.format(i * 7919 % 1_000_003) for i in range(count))


def digits(count: int) -> str:
    """So many digits in no order."""
    return random.Random(count).randbytes(count // 2).hex()


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    """``data`` with every ``old`` made ``new`` of the same length."""
    assert len(old) == len(new) and old in data
    return data.replace(old, new)


def claiming(size: int) -> bytes:
    """A docx whose document part unpacks to 30 MiB and says it is ``size`` bytes long."""
    honest = docx(extra={"word/document.xml": b" " * (30 * MIB)})
    return patched(honest, struct.pack("<I", 30 * MIB), struct.pack("<I", size))


def overlapping() -> bytes:
    """A zip whose directory names one member many times over."""
    data = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b" " * MIB))
    at = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    last = data.index(b"PK\x01\x02", at + 4)
    entry = data[last:end]
    entries = b"".join(entry.replace(b"word/document.xml", b"word/documen%02d.xml" % i)[: len(entry) + 1] for i in range(50))
    directory = data[at:last] + entries
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 51, 51, len(directory), at, 0)
    return data[:at] + directory + tail


def twice() -> bytes:
    """A zip with two members of one name."""
    data = zipped(("[Content_Types].xml", b""), ("word/document.xml", b"a"), ("word/documenu.xml", b"b"))
    return patched(data, b"word/documenu.xml", b"word/document.xml")


def symlink() -> bytes:
    """A zip with a symbolic link to /etc/passwd as its document part."""
    info = zipfile.ZipInfo("word/document.xml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped(("[Content_Types].xml", b"<Types/>"), (info, b"/etc/passwd"))


def containers() -> Iterator[Case]:
    """Zips that harm before anything in them is read."""
    yield Case("zip-ratio-bomb.docx", lambda: docx(extra={"word/document.xml": b" " * (40 * MIB)}), LIMIT)
    yield Case("zip-nested.docx", lambda: docx(p("正文。"), extra={"word/embeddings/a.zip": zipped(("b", b" " * (20 * MIB)))}), TEXT)
    yield Case("zip-understated.docx", lambda: claiming(100), REFUSED)
    yield Case("zip-overstated.docx", lambda: claiming(0x7FFFFFFF), REFUSED)
    yield Case("zip-overlap.docx", overlapping, REFUSED)
    yield Case("zip-entries.docx", lambda: zipped(*((f"word/{i}.xml", b"") for i in range(12_000))), LIMIT)
    for label, name in (("up", "../../tmp/a"), ("root", "/etc/cron.d/a"), ("back", "..\\..\\a"), ("drive", "C:\\a")):
        yield Case(f"zip-slip-{label}.docx", lambda name=name: docx(p("正文。"), extra={name: b"a"}), DAMAGED)
    yield Case("zip-symlink.docx", symlink, DAMAGED)
    yield Case("zip-twice.docx", twice, DAMAGED)
    yield Case(
        "zip-locked.docx", lambda: HONEST.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"), REFUSED
    )
    yield Case(
        "zip-lzma.docx", lambda: zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"a"), method=zipfile.ZIP_LZMA), REFUSED
    )
    yield Case("zip-checksum.docx", lambda: HONEST.replace(b"\x02\x03", b"\x03\x02"), None)
    yield Case("zip-trailing.docx", lambda: HONEST + b"MZ\x90\0" + b"\0" * 1000, None)
    yield Case("zip-leading.docx", lambda: b"%PDF-1.7\n" + HONEST, None)
    yield Case("zip-only.zip", lambda: zipped(("a.txt", b"a")), REFUSED)
    yield Case(
        "zip-end-record-only.docx", lambda: struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 9999, 9999, 0xFFFFFFFF, 0xFFFFFFFF, 0), REFUSED
    )
    yield from cut("cut.docx", HONEST)


def word() -> Iterator[Case]:
    """Word files that harm their reader."""
    for label, doctype in (("xxe", XXE), ("remote-dtd", REMOTE)):
        yield Case(f"docx-{label}.docx", lambda d=doctype: document("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", doctype=d), DAMAGED)
    yield Case("docx-laughs.docx", lambda: document("<w:p><w:r><w:t>&a10;</w:t></w:r></w:p>", doctype=LAUGHS), DAMAGED)
    yield Case("docx-quadratic.docx", lambda: document(f"<w:p><w:r><w:t>{'&a;' * 20_000}</w:t></w:r></w:p>", doctype=QUADRATIC), DAMAGED)
    yield Case("docx-xxe-utf16.docx", lambda: document("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", doctype=XXE, encoding="utf-16"), DAMAGED)
    yield Case("docx-xxe-utf7.docx", lambda: document("<w:p/>", doctype=XXE, encoding="utf-7"), REFUSED)
    yield Case("docx-deep.docx", lambda: document("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), REFUSED)
    yield Case("docx-huge-attribute.docx", lambda: document(f'<w:p w:a="{"a" * (20 * MIB)}"/>'), REFUSED)
    yield Case("docx-attributes.docx", lambda: document("<w:p " + " ".join(f'w:a{i}=""' for i in range(100_000)) + "/>"), REFUSED)
    yield Case("docx-tiny-paragraphs.docx", lambda: document(varied("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", 100_000)), TEXT)
    yield Case("docx-giant-paragraph.docx", lambda: document(f"<w:p><w:r><w:t>{digits(4 * MIB)}</w:t></w:r></w:p>"), TEXT)
    yield Case("docx-giant-text.docx", lambda: document(f"<w:p><w:r><w:t>{digits(12 * MIB)}</w:t></w:r></w:p>"), LIMIT)
    yield Case("docx-nested-tables.docx", lambda: document("<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80), None)
    yield Case("docx-wide-span.docx", lambda: docx(tbl(*[tr(*[tc("甲", cols=10**9)] * 50)] * 40)), None)
    yield Case("docx-no-document.docx", lambda: zipped(("[Content_Types].xml", b"<Types/>"), ("word/styles.xml", b"<a/>")), REFUSED)
    yield Case("docx-wrong-types.docx", lambda: docx(p("正文。"), extra={"[Content_Types].xml": b"<Types>" + b"\xff" * 99}), None)
    yield Case("docx-control-character.docx", lambda: document("<w:p><w:r><w:t>\x01&#0;</w:t></w:r></w:p>"), REFUSED)
    yield Case("docx-bad-utf8.docx", lambda: docx(extra={"word/document.xml": b"<w:document>\xed\xa0\x80\xff</w:document>"}), REFUSED)
    circle = style("A", based_on="B", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>') + style("B", based_on="A")
    yield Case("docx-circular-styles.docx", lambda: docx(p("正文。", style="A"), styles=circle), TEXT)
    links = abstract(0, link="A") + abstract(1, lvl(0, "decimal", "%1%2%3%4%5%6%7%8%9" * 50, start=10**9), link="A") + num(1, 0) + num(2, 1)
    listed = style("A", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>', kind="numbering")
    yield Case("docx-circular-numbering.docx", lambda: docx(p("正文。", num=1), p("正文。", num=2), numbering=links, styles=listed), TEXT)
    remote = f'<Relationships><Relationship Id="r9" Type="{R}/attachedTemplate" Target="http://127.0.0.1:9/a.dotm" TargetMode="External"/></Relationships>'
    chunk = '<w:altChunk xmlns:r="x" r:id="r9"/>'
    yield Case("docx-remote.docx", lambda: docx(p("正文。"), chunk, extra={"word/_rels/document.xml.rels": remote.encode()}), TEXT)
    away = f'<Relationships><Relationship Id="r1" Type="{R}/officeDocument" Target="../../../etc/passwd"/></Relationships>'
    yield Case("docx-relation-away.docx", lambda: docx(p("正文。"), extra={"_rels/.rels": away.encode()}), None)


def sheets() -> Iterator[Case]:
    """Workbooks that harm their reader."""
    far = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    yield Case("xlsx-far-cell.xlsx", lambda: workbook(far), None)
    yield Case(
        "xlsx-claimed-size.xlsx",
        lambda: workbook('<dimension ref="A1:NTP1000000"/><sheetData><row><c><v>1</v></c></row></sheetData>'),
        None,
    )
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 1000 + "</row>"
    giant = f"<si><t>{'落实' * 250_000}</t></si>"
    yield Case("xlsx-string-bomb.xlsx", lambda: workbook(f"<sheetData>{cells * 100}</sheetData>", strings=giant), LIMIT)
    yield Case(
        "xlsx-no-string.xlsx", lambda: workbook('<sheetData><row><c t="s"><v>99</v></c><c t="s"><v>-1</v></c></row></sheetData>'), None
    )
    merged = '<sheetData><row><c t="inlineStr"><is><t>甲</t></is></c></row></sheetData><mergeCells>{}</mergeCells>'
    yield Case("xlsx-merged-all.xlsx", lambda: workbook(merged.format('<mergeCell ref="A1:XFD1048576"/>' * 100)), None)
    yield Case("xlsx-sheets.xlsx", lambda: workbook(f"<sheetData>{'<row><c><v>1</v></c></row>' * 5000}</sheetData>", sheets=3), None)
    yield Case("xlsx-laughs.xlsx", lambda: workbook("<sheetData/>", strings="<si><t>&a10;</t></si>", doctype=LAUGHS), REFUSED)
    formula = "<sheetData><row><c><f>WEBSERVICE(&quot;http://127.0.0.1:9/&quot;)</f><v>1</v></c></row></sheetData>"
    outside = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    yield Case("xlsx-external.xlsx", lambda: workbook(formula, extra=outside), TEXT)


def layouts() -> Iterator[Case]:
    """OFD files that harm their reader."""
    pages = typeset(["请于6月底前完成。"] * 30)
    doc, page, head = "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Tpls/Tpl_0/Content.xml"

    def drawn(text: str, **attributes: object) -> str:
        code = element("TextCode", text, **{"X": 0, "Y": 0, **attributes})
        return part("Page", element("Content", element("Layer", element("TextObject", code, ID=1, Boundary="0 0 9 9", Size=3))))

    def replaced(**members: str) -> bytes:
        names = {"doc": doc, "page": page, "head": head, "entry": "OFD.xml"}
        return build_ofd(pages, head="公报", extra={names[key]: content for key, content in members.items()})

    circle = part("Page", element("Template", TemplateID=3) * 1000 + element("Content"))
    yield Case("ofd-circular-template.ofd", lambda: replaced(head=circle), TEXT)
    deep = part("Page", element("Content", "<ofd:PageBlock>" * 100_000 + "</ofd:PageBlock>" * 100_000))
    yield Case("ofd-deep-blocks.ofd", lambda: replaced(page=deep), REFUSED)
    yield Case("ofd-delta-bomb.ofd", lambda: replaced(page=drawn("落实", DeltaX="g 999999999999 1 " * 10_000)), TEXT)
    yield Case("ofd-numbers.ofd", lambda: replaced(page=drawn("落实", DeltaX="1e999 nan inf -1e99 0x10")), TEXT)
    stamped = element("Template", TemplateID=3) * 5000
    many = build_ofd([[Line("落实" * 1000, 9, 9)]], head="落实" * 3000, extra={page: part("Page", stamped + element("Content"))})
    yield Case("ofd-template-bomb.ofd", lambda: many, LIMIT)
    yield Case("ofd-xxe.ofd", lambda: replaced(page=XXE + drawn("&a;")), None)
    yield Case("ofd-laughs.ofd", lambda: replaced(entry=LAUGHS + part("OFD", "&a10;")), REFUSED)
    loop = part("OFD", element("DocBody", element("DocRoot", "OFD.xml")) * 500)
    yield Case("ofd-root-loop.ofd", lambda: replaced(entry=loop), REFUSED)
    away = part("OFD", element("DocBody", element("DocRoot", "../../../../etc/passwd")))
    yield Case("ofd-root-away.ofd", lambda: replaced(entry=away), DAMAGED)
    same = part("Document", element("Pages", element("Page", ID=1, BaseLoc="Pages/Page_0/Content.xml") * 5000))
    yield Case("ofd-pages.ofd", lambda: replaced(doc=same), LIMIT)
    gone = part("Document", element("Pages", element("Page", ID=1, BaseLoc="nowhere.xml") * 3))
    yield Case("ofd-missing-pages.ofd", lambda: replaced(doc=gone), DAMAGED)
    yield Case("ofd-no-pages.ofd", lambda: replaced(doc=part("Document", "")), REFUSED)
    yield Case("ofd-locked.ofd", lambda: build_ofd(pages, extra={"Encryptions.xml": "<a/>"}), REFUSED)
    yield from cut("cut.ofd", build_ofd(pages, head="公报", number="— {n} —"))
