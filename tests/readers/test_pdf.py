"""PDF: characters by place, turned pages, scans, locks, damage, and paragraphs that come back from LibreOffice's files."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from luoshi.readers import paged
from luoshi.readers.pdf import read_pdf
from luoshi.text import DamagedFile, EncryptedFile, LimitExceeded, NoTextLayer, SourceText, reading_view
from luoshi.text.view import fold

from .build_pdf import hand_made_pdf, has_office, office_pdf, official_docx, stream
from .hostile_pdf import locked
from .typeset import HEIGHT, POINT, WIDTH, Line, Paragraph, typeset

LONG = "为贯彻落实《临江省“十五五”防汛规划》，各县（区）要在6月底前完成堤防检查12处，并将结果报市水利局。"
PARAGRAPHS = [
    Paragraph("云州市人民政府关于进一步加强主汛期堤防水库安全检查和险工险段整治工作的通知", "title"),
    Paragraph("各县（区）人民政府，市政府各部门：", "left"),
    *(text for n in range(1, 8) for text in (f"{n}.堤防检查第{n}项任务", LONG * n, f"（{n}）" + "强化责任。" * (5 + n))),
    Paragraph("云州市人民政府", "right"),
    Paragraph("2025年3月18日", "right"),
]
CORPUS = Path(__file__).parents[2] / "../shared/corpus"


def texts(paragraphs: Sequence[str | Paragraph]) -> list[str]:
    return [fold(item.text if isinstance(item, Paragraph) else item) for item in paragraphs]


def seen(source: SourceText) -> list[str]:
    """The paragraphs that rules will read."""
    return [line.strip() for line in reading_view(source).text.split("\n") if line.strip()]


def test_a_document() -> None:
    data = hand_made_pdf(typeset(PARAGRAPHS), head="临江省人民政府公报", number="— {n} —")
    source = read_pdf(data, name="通知.pdf")
    assert seen(source) == texts(PARAGRAPHS)
    assert source.media_type == "application/pdf"
    assert source.wrapped is True
    pages = max(origin.page or 0 for origin in source.origins)
    assert pages == 4
    assert [span.of(source.text) for span in source.furniture][:3] == ["临江省人民政府公报", "— 1 —", "临江省人民政府公报"]
    assert len(source.furniture) == 2 * pages
    assert source.doubts == ()


def test_each_line_has_its_page_and_block() -> None:
    source = read_pdf(hand_made_pdf([[Line("甲", 30, 40)], [Line("乙", 30, 40)]]), name="a.pdf")
    assert [(source.text[o.start : o.end], o.page, o.block) for o in source.origins] == [("甲", 1, "p:1"), ("乙", 2, "p:2")]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages(turn: int) -> None:
    assert seen(read_pdf(hand_made_pdf(typeset(PARAGRAPHS), turn=turn), name="a.pdf")) == texts(PARAGRAPHS)


@pytest.mark.parametrize(
    ("matrix", "side"), [("0 1 -1 0 500 50", "landscape"), ("-1 0 0 -1 500 700", "upside-down"), ("0 -1 1 0 50 700", "other")]
)
def test_text_turned_on_its_page(matrix: str, side: str) -> None:
    lines = "\n".join(
        f"BT /F1 16 Tf 1 0 0 1 0 {-i * 28} Tm <{text.encode('utf-16-be').hex()}> Tj ET" for i, text in enumerate(("任务清单", "责任单位"))
    )
    source = read_pdf(hand_made_pdf([[]], extra={7: stream(f"q {matrix} cm {lines} Q".encode())}), name=side)
    assert source.text == "任务清单\n责任单位"


def test_a_watermark_is_no_part_of_what_is_read() -> None:
    mark = f"q 0.7 0.7 -0.7 0.7 100 300 cm BT /F1 60 Tf 0 0 Td <{'内部资料'.encode('utf-16-be').hex()}> Tj ET Q\n"
    body = "\n".join(f"BT /F1 16 Tf 80 {700 - 28 * i} Td <{'完成堤防检查'.encode('utf-16-be').hex()}> Tj ET" for i in range(5))
    source = read_pdf(hand_made_pdf([[]], extra={7: stream((mark + body).encode())}), name="a.pdf")
    assert [span.of(source.text) for span in source.furniture] == ["内部资料"]
    assert "内部资料" not in reading_view(source).text


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        pytest.param("\u2f00\u2fa5⻓", "一里长", id="radicals"),
        pytest.param("𠀀𬺈", "𠀀𬺈", id="beyond-the-plane"),
        pytest.param("甲\u3000乙", "甲\u3000乙", id="wide-space"),
        pytest.param("甲\u00a0乙 丙", "甲 乙 丙", id="narrow-spaces"),
        pytest.param("甲\ue000乙", "甲\ue000乙", id="private"),
    ],
)
def test_characters(drawn: str, text: str) -> None:
    assert read_pdf(hand_made_pdf([[Line(drawn, 30, 40)]]), name="a.pdf").text == text


def test_glyphs_without_a_name_are_a_doubt() -> None:
    nameless = b"1 begincodespacerange <0000> <ffff> endcodespacerange 3 beginbfchar <7532> <d800> <4e59> <4e59> <4e01> <4e01> endbfchar"
    source = read_pdf(hand_made_pdf([[Line("甲乙丁", 30, 40)]], extra={5: stream(nameless)}), name="a.pdf")
    assert source.text == "�乙丁"
    assert [(doubt.code, doubt.start, doubt.end) for doubt in source.doubts] == [("pdf.unnamed_glyph", 0, 1)]


def test_a_file_whose_fonts_name_nothing_has_no_text() -> None:
    numbered = {
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /A+Song /Encoding /Identity-H /DescendantFonts [4 0 R] >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A+Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    }
    with pytest.raises(NoTextLayer, match="还原"):
        read_pdf(hand_made_pdf([[Line("甲乙", 30, 40)]], extra=numbered), name="a.pdf")


def test_some_pages_without_text_are_a_doubt() -> None:
    picture = stream(b"0 0 500 800 re f")
    source = read_pdf(hand_made_pdf([[Line("甲", 30, 40)], [], [], [Line("乙", 30, 40)]], extra={9: picture}), name="a.pdf")
    (doubt,) = source.doubts
    assert doubt.code == "pdf.page_without_text"
    assert "第 2 页" in doubt.message
    assert source.text == "甲\n乙"
    assert source.text[doubt.start :] == "乙"


def test_a_scan_has_no_text() -> None:
    with pytest.raises(NoTextLayer, match="扫描"):
        read_pdf(hand_made_pdf([[], []], extra={7: stream(b"0 0 500 800 re f")}), name="a.pdf")


@pytest.mark.parametrize("handler", ["Standard", "Adobe.PubSec"])
def test_a_locked_file(handler: str) -> None:
    with pytest.raises(EncryptedFile):
        read_pdf(locked(handler), name="a.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 1000, hand_made_pdf([[Line("甲", 30, 40)]])[:300]])
def test_a_damaged_file(data: bytes) -> None:
    with pytest.raises(DamagedFile):
        read_pdf(data, name="a.pdf")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = b"<< /Type /Pages /Count 2001 /Kids [" + b"6 0 R " * 2001 + b"] >>"
    with pytest.raises(LimitExceeded, match="页"):
        read_pdf(hand_made_pdf([[Line("甲", 30, 40)]], pages_tree=tree), name="a.pdf")
    monkeypatch.setattr(paged, "MAX_CHARS_OF_PAGE", 3)
    with pytest.raises(LimitExceeded, match="文字"):
        read_pdf(hand_made_pdf([[Line("甲乙丙丁", 30, 40)]]), name="a.pdf")


def test_what_lies_far_out_is_left_out() -> None:
    data = hand_made_pdf([[Line("甲", 30, 40), Line("远", 1e7, 40)]])
    assert read_pdf(data, name="a.pdf").text == "甲"
    assert WIDTH / POINT < HEIGHT / POINT < 1000


@pytest.mark.skipif(not has_office(), reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("layout", "share"),
    [
        pytest.param({"head": "临江省人民政府公报", "number": True}, 1.0, id="official"),
        pytest.param({"size": 12, "indent": False, "after": 6}, 1.0, id="spaced"),
    ],
)
def test_paragraphs_come_back_from_libreoffice(layout: dict[str, object], share: float) -> None:
    source = read_pdf(office_pdf(official_docx(PARAGRAPHS, **layout)), name="a.pdf")  # type: ignore[arg-type]
    found = {squeezed(text) for text in seen(source)}
    wanted = [squeezed(text) for text in texts(PARAGRAPHS)]
    assert sum(text in found for text in wanted) >= share * len(wanted), json.dumps(seen(source), ensure_ascii=False)
    if layout.get("number"):
        pages = max(origin.page or 0 for origin in source.origins)
        assert [span.of(source.text) for span in source.furniture] == [
            text for n in range(1, pages + 1) for text in ("临江省人民政府公报", f"— {n} —")
        ]


@pytest.mark.skipif(not has_office() or not CORPUS.exists(), reason="LibreOffice or the shared corpus is not here")
def test_a_real_document_comes_back() -> None:
    text = (CORPUS / "annotated/14_guobanhan2004-71_sichuan_banli.txt").read_text(encoding="utf-8")
    lines = [line.strip(" \t\u3000\u00a0") for line in text.split("\n")]
    paragraphs = [line for line in lines if line]
    source = read_pdf(office_pdf(official_docx(paragraphs, number=True)), name="a.pdf")
    found = {squeezed(text) for text in seen(source)}
    assert sum(squeezed(fold(text)) in found for text in paragraphs) >= 0.98 * len(paragraphs)


def squeezed(text: str) -> str:
    """Without blanks: LibreOffice spaces Latin script as it likes."""
    return "".join(text.split())
