"""One document in every format gives the same items: what a format adds or takes away is listed here, not discovered by a clerk."""

import re
import shutil
from pathlib import Path

import pytest

import luoshi
from luoshi.decompose import Decomposition
from tests.readers.build_docx import docx, p

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared" / "corpus"


def _made(path: Path) -> Decomposition:
    return luoshi.decompose(luoshi.read(path))


def _quotes(made: Decomposition) -> list[str]:
    return [re.sub(r"\s", "", item.quote) for item in made.items]


@pytest.mark.parametrize(
    ("plain", "other", "only_plain"),
    [
        pytest.param("province-opinion.txt", "province-opinion-word.docx", 0, id="word: automatic numbers, tracked changes, content control"),
        pytest.param("county-tasks.txt", "county-tasks-word.docx", 0, id="word: tables, numbers that restart"),
        # The PDF is set without the table of nine indicators: a PDF does not say what a table is.
        pytest.param("province-opinion.txt", "province-opinion-pdf.pdf", 9, id="pdf: line breaks, page numbers, running head"),
        pytest.param("plenary-outline.txt", "plenary-outline-ofd.ofd", 0, id="ofd: line breaks, page numbers, running head in a template"),
        pytest.param("department-notice.txt", "department-notice-gb18030.txt", 0, id="text in GB18030"),
    ],
)
def test_the_same_items_in_every_format(plain: str, other: str, only_plain: int) -> None:
    expected, found = _made(SAMPLES / plain), _made(SAMPLES / other)
    missing = set(_quotes(expected)) - set(_quotes(found))
    assert len(missing) == only_plain
    assert not set(_quotes(found)) - set(_quotes(expected))
    assert {(d.due, re.sub(r"\s", "", d.text)) for i in found.items for d in i.deadlines} == {
        (d.due, re.sub(r"\s", "", d.text)) for i in expected.items for d in i.deadlines
    }
    brackets = [r for r in expected.responsibilities if r.form != "table"]
    assert [(r.lead, r.support) for r in found.responsibilities if r.form != "table"] == [(r.lead, r.support) for r in brackets]


def test_word_numbers_are_marked_as_generated_and_deletions_are_gone() -> None:
    source = luoshi.read(SAMPLES / "province-opinion-word.docx")
    assert source.generated
    assert {span.of(source.text)[0] for span in source.generated} >= {"一", "（", "1"}
    assert "此处文字已删去" not in source.text
    assert "积极" in source.text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: old office formats cannot be read here")
def test_an_old_word_file_reads_like_the_new_one(tmp_path: Path) -> None:
    import subprocess

    lines = (SAMPLES / "department-notice.txt").read_text("utf-8").split("\n")
    (tmp_path / "in.docx").write_bytes(docx(*(p(line.strip(" \u3000")) for line in lines if line.strip())))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "doc", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(tmp_path / "in.docx")], check=True, capture_output=True, timeout=600)
    assert _quotes(_made(tmp_path / "in.doc")) == _quotes(_made(tmp_path / "in.docx"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="no corpus beside the repository")
def test_raw_html_reads_like_the_plain_text() -> None:
    html = _made(SHARED / "annotated" / "05_guofa2018-42_nongji_rawhtml.txt")
    plain = _made(next((SHARED / "bulk" / "state_council_docs_txt").glob("15_*42号*.txt")))
    assert _quotes(html) == _quotes(plain)
    assert [(r.lead, r.support) for r in html.responsibilities] == [(r.lead, r.support) for r in plain.responsibilities]
