"""Small valid files with some of their bytes changed: a source or a typed refusal, never another exception."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.readers.docx import read_docx
from luoshi.readers.html import read_html
from luoshi.readers.ofd import read_ofd
from luoshi.readers.pdf import read_pdf
from luoshi.readers.xlsx import read_xlsx
from luoshi.text import LuoshiError, SourceText, reading_view

from .build_docx import abstract, docx, lvl, num, p, tbl, tc, tr
from .build_ofd import build_ofd
from .build_pdf import hand_made_pdf
from .hostile_zip import workbook
from .typeset import Paragraph, typeset

Reader = Callable[..., SourceText]

PAGES = typeset([Paragraph("关于做好防汛工作的通知", "title"), *["请各县（区）于6月底前完成堤防检查，并报市水利局。"] * 12], lines=8)
NUMBERED = abstract(0, lvl(0, "chineseCounting", "%1、")) + num(1, 0)
DOCX = docx(p("总体要求", num=1), p("于6月底前完成。"), tbl(tr(tc("任务"), tc("单位")), tr(tc("修堤", cols=2))), numbering=NUMBERED)
XLSX = workbook(
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c></row></sheetData>', strings="<si><t>任务</t></si>"
)
HTML = "<meta charset=utf-8><title>通知</title><div id=zoom><h1>通知</h1><p>完成。<table><tr><td colspan=2>甲<td>乙</table></div>".encode()

Edit = tuple[float, int, bytes]
EDITS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 3), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6)


def changed(data: bytes, edits: list[Edit]) -> bytes:
    """``data`` with bytes overwritten, put in, taken out, or cut off, each at a place given as a share of its length."""
    for place, act, content in edits:
        at = int(place * len(data))
        if act == 0:
            data = data[:at] + content + data[at + len(content) :]
        elif act == 1:
            data = data[:at] + content + data[at:]
        elif act == 2:
            data = data[:at] + data[at + len(content) :]
        elif at > len(data) // 2:
            data = data[:at]
    return data


def inside(data: bytes, pick: float, edits: list[Edit]) -> bytes:
    """A zip with one of its members changed and everything around it honest."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        chosen = names[int(pick * len(names))]
        for name in names:
            new.writestr(name, changed(old.read(name), edits) if name == chosen else old.read(name))
    return buffer.getvalue()


def check(reader: Reader, data: bytes) -> None:
    try:
        source = reader(data, name="a")
    except LuoshiError as error:
        assert error.message
        return
    assert isinstance(source, SourceText)
    source.text.encode()
    spans = [*source.origins, *source.generated, *source.furniture, *source.tables, *source.doubts]
    assert all(0 <= span.start <= span.end <= len(source.text) for span in spans)
    reading_view(source)


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        pytest.param(read_pdf, hand_made_pdf(PAGES, number="— {n} —"), id="pdf"),
        pytest.param(read_html, HTML, id="html"),
        pytest.param(read_docx, DOCX, id="docx"),
        pytest.param(read_xlsx, XLSX, id="xlsx"),
        pytest.param(read_ofd, build_ofd(PAGES, head="临江省人民政府公报", number="— {n} —"), id="ofd"),
    ],
)
def test_changed_bytes(reader: Reader, data: bytes) -> None:
    check(reader, data)

    @QUICK
    @given(EDITS)
    def run(edits: list[Edit]) -> None:
        check(reader, changed(data, edits))

    run()


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        pytest.param(read_docx, DOCX, id="docx"),
        pytest.param(read_xlsx, XLSX, id="xlsx"),
        pytest.param(read_ofd, build_ofd(PAGES, head="临江省人民政府公报", number="— {n} —"), id="ofd"),
    ],
)
def test_changed_members(reader: Reader, data: bytes) -> None:
    @QUICK
    @given(st.floats(0, 1, exclude_max=True), EDITS)
    def run(pick: float, edits: list[Edit]) -> None:
        check(reader, inside(data, pick, edits))

    run()


def test_changed_streams_of_a_pdf() -> None:
    """The page content itself, behind its compression."""
    from .build_pdf import drawn, stream

    content = "\n".join(map(drawn, PAGES[0])).encode()

    @QUICK
    @given(EDITS)
    def run(edits: list[Edit]) -> None:
        check(read_pdf, hand_made_pdf(PAGES[:1], extra={7: stream(changed(content, edits))}))

    run()
