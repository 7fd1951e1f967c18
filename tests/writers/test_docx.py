"""The Word document, read back."""

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from luoshi.writers import write_docx
from tests.writers.sample import sample
from tests.writers.synthetic import large, with_text


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("docx") / "sample.docx"
    write_docx(sample(), path)
    return docx.Document(str(path))


def test_the_table_has_a_row_for_every_item(document: Document) -> None:
    table = document.tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "工作任务（原文）", "具体举措", "目标指标", "牵头单位", "配合单位", "完成时限", "类别", "出处", "存疑"]
    assert len(rows) == 1 + len(sample().items)
    assert [row[1] for row in rows[1:]] == [item.quote.replace("\n", "") for item in sample().items]
    assert rows[3][4] == "省交通运输厅\n责任单位：各县（市、区）"


def test_headers_come_back_on_every_page_and_rows_do_not_break(document: Document) -> None:
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_page(document: Document) -> None:
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    foot = section.footer.paragraphs[0]
    assert foot.text == "— 1 —" or "PAGE" in foot._p.xml
    assert 'w:instr=" PAGE "' in foot._p.xml


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        pytest.param("Luoshi Title", "方正小标宋简体", 22, id="title"),
        pytest.param("Luoshi Header", "黑体", 10.5, id="header"),
        pytest.param("Luoshi Cell", "仿宋_GB2312", 10.5, id="cell"),
    ],
)
def test_fonts_are_those_of_the_standard(document: Document, style: str, font: str, points: float) -> None:
    found = document.styles[style]
    assert found.font.size.pt == points
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font


def test_title_facts_frameworks_and_doubts(document: Document) -> None:
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "临江省人民政府办公厅关于加快城乡物流网络建设的实施意见任务分解表"
    assert "临政办发〔2026〕7号" in texts[1] and "可立项15条" in texts[1]
    assert "全文49句" in texts[-1] and "未读1" in texts[-1]
    assert [cell.text for cell in document.tables[1].rows[3].cells][:3] == ["六大工程", "6/5", "✗ 数目不符"]
    assert len(document.tables[2].rows) == 1 + 8


def test_no_trace_of_a_clock_or_of_a_tool(document: Document, tmp_path: Path) -> None:
    assert (document.core_properties.author, document.core_properties.comments) == ("", "")
    for name in ("a", "b"):
        write_docx(sample(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("text", ["<w:p/>&amp;]]>", "\x00\x0b\ud800\uffff", "一\r\n二\t三", '"/><script>'])
def test_text_of_the_document_stays_text(tmp_path: Path, text: str) -> None:
    write_docx(with_text({"i1": text}), tmp_path / "x.docx")
    found = docx.Document(str(tmp_path / "x.docx")).tables[0].rows[1].cells[1].text
    assert len(found) >= 3
    if text.isprintable():
        assert found == text


def test_a_long_table_is_written_whole(tmp_path: Path) -> None:
    write_docx(large(), tmp_path / "x.docx")
    assert len(docx.Document(str(tmp_path / "x.docx")).tables[0]._tbl.tr_lst) == 701
