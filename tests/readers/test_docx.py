"""Word documents: what is read, in which order, and where it is said to come from."""

import io
from pathlib import Path

import docx as python_docx
import pytest

from luoshi.readers import read, read_bytes
from luoshi.readers.docx import read_docx
from luoshi.text import Cell, DamagedFile, EmptyDocument, NoTextLayer, SourceText

from .build_docx import (
    W,
    deleted,
    docx,
    field,
    ins,
    moved_from,
    moved_to,
    note,
    note_ref,
    p,
    pack,
    r,
    sdt,
    style,
    tbl,
    tc,
    text_box,
    tr,
)

SOURCES = Path(__file__).parents[3] / "shared" / "corpus" / "source"
BEGIN, END = r('<w:fldChar w:fldCharType="begin"/>'), r('<w:fldChar w:fldCharType="end"/>')
VANISH = "<w:vanish/>"


def read_back(*body: str, **parts: str) -> SourceText:
    return read_docx(docx(*body, **parts), name="a.docx")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param([p("一"), p(), p("二"), p()], "一\n\n二\n", id="paragraphs and empty ones"),
        pytest.param([p("甲", "乙", "丙")], "甲乙丙", id="runs"),
        pytest.param([p("前", ins("插入"), "后")], "前插入后", id="insertion"),
        pytest.param([p("前", deleted("删去"), "后")], "前后", id="deletion"),
        pytest.param([p(moved_from("旧处"), "甲"), p(moved_to("新处"))], "甲\n新处", id="move"),
        pytest.param([p("甲", mark="<w:del/>"), p("乙"), p("丙")], "甲乙\n丙", id="deleted paragraph mark"),
        pytest.param([p(deleted("全删"), mark="<w:del/>"), p("乙")], "乙", id="deleted paragraph"),
        pytest.param([p("甲", mark="<w:del/>"), tbl(tr("乙")), p("丙")], "甲\n乙\n丙", id="deleted mark above a table"),
        pytest.param([p("甲", mark="<w:ins/>"), p("乙")], "甲\n乙", id="inserted paragraph mark"),
        pytest.param([sdt(p("一"), sdt(p("二")), tbl(tr("三")))], "一\n二\n三", id="content controls around blocks"),
        pytest.param([p("前", sdt(r("控件")), "后")], "前控件后", id="content control in a line"),
        pytest.param([tbl(sdt(tr(sdt(tc("甲")), "乙")))], "甲\t乙", id="content controls around rows and cells"),
        pytest.param([p("<w:hyperlink>" + r("链接") + "</w:hyperlink>", "后")], "链接后", id="hyperlink"),
        pytest.param([p(field(' HYPERLINK "x" ', "文字"), "后")], "文字后", id="field"),
        pytest.param([p(field("IF ", field("PAGE", "3"), "结果"))], "3结果", id="field in the result of a field"),
        pytest.param([p(BEGIN, r("<w:instrText>A</w:instrText>"), field("B", "里"), END, "外")], "外", id="field in an instruction"),
        pytest.param([p("<w:fldSimple w:instr='PAGE'>" + r("7") + "</w:fldSimple>", "页")], "7页", id="simple field"),
        pytest.param([p(BEGIN, "没有终点的域"), p("不吞正文")], "没有终点的域\n不吞正文", id="field without an end"),
        pytest.param([p(END, "没有起点")], "没有起点", id="field without a beginning"),
        pytest.param([p("甲", r("<w:tab/>"), "乙", r("<w:br/>"), "丙", r("<w:cr/>"), "丁")], "甲\t乙\n丙\n丁", id="tab and breaks"),
        pytest.param([p(r('<w:br w:type="page"/>'), "甲"), p("乙", r('<w:br w:type="page"/>'))], "甲\n乙", id="page breaks outside"),
        pytest.param([p("甲", r('<w:br w:type="page"/>'), "乙")], "甲\n乙", id="page break between texts"),
        pytest.param([p("甲", r("<w:softHyphen/>"), "乙", r("<w:noBreakHyphen/>"), "丙")], "甲乙-丙", id="hyphens"),
        pytest.param([p(r('<w:sym w:font="Wingdings" w:char="F0FE"/>'), r('<w:sym w:char="2605"/>'))], "☑★", id="symbols"),
        pytest.param([p("甲", r("隐藏", rpr=VANISH), r("不藏", rpr='<w:vanish w:val="0"/>'))], "甲不藏", id="hidden text"),
        pytest.param([p("甲"), p(r("隐藏", rpr=VANISH), mark=VANISH), p("乙")], "甲\n乙", id="hidden paragraph"),
        pytest.param([p(r("<w:t>  \n 甲\n乙 </w:t>"))], "甲 乙", id="layout of the XML"),
        pytest.param([p(r("<w:ruby><w:rt>" + r("yún") + "</w:rt><w:rubyBase>" + r("云") + "</w:rubyBase></w:ruby>"))], "云", id="ruby"),
        pytest.param([p("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")], "a+b", id="formula"),
        pytest.param([p(text_box("框一", "框二"), "锚"), p("后")], "锚\n框一\n框二\n后", id="text box once, after its anchor"),
        pytest.param([p("外", text_box(p("框", text_box("内框"))))], "外\n框\n内框", id="text box in a text box"),
        pytest.param(["<mc:AlternateContent><mc:Fallback>" + p("甲") + "</mc:Fallback></mc:AlternateContent>"], "甲", id="only a fallback"),
    ],
)
def test_what_is_read(body: list[str], text: str) -> None:
    assert read_back(*body).text == text


def test_origins_name_blocks() -> None:
    styles = style("a1", name="heading 1") + style("a2", ppr='<w:outlineLvl w:val="1"/>') + style("a3", based_on="a2")
    source = read_back(
        p("题"),
        p("一", style="a1"),
        p(),
        p("二", style="a3"),
        p("三", ppr='<w:outlineLvl w:val="2"/>'),
        p("四", style="a2", ppr='<w:outlineLvl w:val="9"/>'),
        tbl(tr("甲", "乙")),
        p("注", note_ref(2), note_ref(3, "endnote"), note_ref(1)),
        styles=styles,
        footnotes=note(-1, "分隔") + note(1, "脚一") + note(2, p("脚二"), p("又段")) + note(9, "没有引用"),
        endnotes=note(3, "尾注", family="endnote"),
    )
    assert [(o.block, source.text[o.start : o.end], o.page) for o in source.origins] == [
        ("p:1", "题", None),
        ("h1:2", "一", None),
        ("h2:4", "二", None),
        ("h3:5", "三", None),
        ("p:6", "四", None),
        ("cell:1.1.1", "甲", None),
        ("cell:1.1.2", "乙", None),
        ("p:7", "注", None),
        ("note:1", "脚二", None),
        ("note:1", "又段", None),
        ("note:2", "脚一", None),
        ("note:3", "尾注", None),
    ]
    assert source.text.endswith("注\n脚二\n又段\n脚一\n尾注")


@pytest.mark.parametrize(
    ("rows", "text", "cells"),
    [
        pytest.param(
            [tr("序号", "任务"), tr("1", tc("甲", "乙"))],
            "序号\t任务\n1\t甲\n乙",
            [("序号", 0, 0, 1, 1), ("任务", 0, 1, 1, 1), ("1", 1, 0, 1, 1), ("甲\n乙", 1, 1, 1, 1)],
            id="rows and paragraphs in a cell",
        ),
        pytest.param(
            [tr(tc("头", cols=2), "尾"), tr("1", "", "3")],
            "头\t尾\n1\t\t3",
            [("头", 0, 0, 1, 2), ("尾", 0, 2, 1, 1), ("1", 1, 0, 1, 1), ("", 1, 1, 1, 1), ("3", 1, 2, 1, 1)],
            id="merged over columns, empty cell",
        ),
        pytest.param(
            [tr(tc("类", merge="restart"), "a"), tr(tc(merge="continue"), "b"), tr(tc(merge="continue"), "c"), tr("新", "d")],
            "类\ta\nb\nc\n新\td",
            [("类", 0, 0, 3, 1), ("a", 0, 1, 1, 1), ("b", 1, 1, 1, 1), ("c", 2, 1, 1, 1), ("新", 3, 0, 1, 1), ("d", 3, 1, 1, 1)],
            id="merged over rows",
        ),
        pytest.param(
            [tr(tc("类", merge="restart"), "a"), tr(tc("还有字", merge="continue"), "b")],
            "类\ta\n还有字\tb",
            [("类", 0, 0, 1, 1), ("a", 0, 1, 1, 1), ("还有字", 1, 0, 1, 1), ("b", 1, 1, 1, 1)],
            id="text under a merged cell is not lost",
        ),
        pytest.param(
            [tr("a"), tr("删", trpr="<w:del/>"), tr("b", trpr='<w:gridBefore w:val="1"/>')],
            "a\nb",
            [("a", 0, 0, 1, 1), ("b", 1, 1, 1, 1)],
            id="deleted row, row that begins later",
        ),
        pytest.param(
            [tr(tc(p("外"), tbl(tr("x", "y"), tr("z", "w")), p()), "b")],
            "外\nx\ty\nz\tw\tb",
            [("外\nx\ty\nz\tw", 0, 0, 1, 1), ("b", 0, 1, 1, 1)],
            id="table in a cell",
        ),
    ],
)
def test_tables(rows: list[str], text: str, cells: list[tuple[str, int, int, int, int]]) -> None:
    source = read_back(tbl(*rows), p("后"))
    (table,) = source.tables
    assert source.text == text + "\n后"
    assert source.text[table.start : table.end] == text
    assert [(source.text[c.start : c.end], c.row, c.col, c.rows, c.cols) for c in table.cells] == cells


def test_a_table_without_text_is_left_out() -> None:
    source = read_back(p("甲"), tbl(tr("", "")), p("乙"))
    assert (source.text, source.tables) == ("甲\n乙", ())


def test_hostile_spans_stay_small() -> None:
    (table,) = read_back(tbl(tr(tc("甲", cols=999_999_999), "乙"))).tables
    assert table.cells[0] == Cell(0, 1, 0, 0, 1, 1000)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param([p("甲", ins("乙"))], "document.tracked_changes", id="insertion"),
        pytest.param([p("甲", deleted("乙"))], "document.tracked_changes", id="deletion"),
        pytest.param([p("甲", r("乙", rpr=VANISH))], "document.hidden_text", id="hidden text"),
        pytest.param([p("甲"), '<w:altChunk r:id="r9"/>'], "document.embedded", id="embedded document"),
        pytest.param([p("甲")], None, id="nothing special"),
    ],
)
def test_doubts(body: list[str], code: str | None) -> None:
    assert [doubt.code for doubt in read_back(*body).doubts] == ([code] if code else [])


def test_hidden_by_style() -> None:
    styles = style("藏", kind="character", rpr=VANISH) + style("全藏", rpr=VANISH)
    hidden = '<w:rStyle w:val="藏"/>'
    assert read_back(p("甲", r("乙", rpr=hidden)), p("丙", style="全藏"), styles=styles).text == "甲\n"


def test_strict_files_are_read_alike() -> None:
    data = docx(p("甲"))
    strict = docx(p("甲"), extra={"word/document.xml": _part(data).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")})
    assert read_bytes(strict, name="a.docx").text == "甲"


def test_the_main_part_is_found_by_its_relation() -> None:
    rels = b'<Relationships xmlns="x"><Relationship Id="1" Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    members = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": rels, "word/document2.xml": _part(docx(p("甲")))}
    assert read_bytes(pack(members), name="a.docx").text == "甲"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(docx(p(), p(" ")), EmptyDocument, id="nothing"),
        pytest.param(docx(p(), extra={"word/media/image1.png": b"x"}), NoTextLayer, id="only a picture"),
        pytest.param(docx(p("甲"), extra={"word/document.xml": b"<a/>"}), DamagedFile, id="no body"),
        pytest.param(docx(p("甲"), extra={"word/document.xml": b"<w:document"}), DamagedFile, id="broken XML"),
        pytest.param(docx(p("甲"), extra={"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), DamagedFile, id="entities"),
        pytest.param(pack({"[Content_Types].xml": b"<Types/>"}), DamagedFile, id="no main part"),
    ],
)
def test_unreadable_documents(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_docx(data, name="a.docx")


def test_deep_nesting_ends_in_a_typed_error_or_text() -> None:
    deep = "<w:sdt><w:sdtContent>" * 120 + p("深") + "</w:sdtContent></w:sdt>" * 120
    assert read_back(deep).text == "深"
    inline = "<w:ins>" * 245 + r("深") + "</w:ins>" * 245
    assert read_back(p(inline)).text == "深"
    cells = "<w:tbl><w:tr><w:tc>" * 80 + p("深") + "</w:tc></w:tr></w:tbl>" * 80
    assert read_back(cells).text == "深"


@pytest.mark.parametrize("name", ["chengdu-reading-class-2024.txt", "chongqing-plenary-2024.txt", "deyang-campaign-2018.txt"])
def test_a_real_text_survives_the_way_through_word(name: str) -> None:
    if not SOURCES.is_dir():
        pytest.skip(f"corpus absent: {SOURCES}")
    text = read(SOURCES / name).text
    document = python_docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    source = read_bytes(buffer.getvalue(), name="a.docx")
    assert source.text == text
    assert source.generated == ()


def _part(data: bytes) -> bytes:
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
