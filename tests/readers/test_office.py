"""Old formats by way of LibreOffice; skipped where it is not installed."""

import shutil
import sys
from pathlib import Path

import pytest

from luoshi.readers import office, read_bytes
from luoshi.text import DamagedFile, LimitExceeded, ToolMissing

from .build_docx import abstract, deleted, docx, ins, lvl, num, p, tbl, tc, tr

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
# What Word writes: the marks of the numbering as bytes of GBK.
RTF = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\*\listtable{\list\listtemplateid1"
    rb"{\listlevel\levelnfc37\levelnfcn37\levelfollow2\levelstartat1{\leveltext\'02\'00\'a1\'a2;}{\levelnumbers\'01;}\f0}\listid5}}"
    rb"{\*\listoverridetable{\listoverride\listid5\listoverridecount0\ls1}}"
    rb"\pard\ls1\ilvl0 {\f0 \'d7\'dc\'cc\'e5\'d2\'aa\'c7\'f3}\par\pard {\f0 \u27491?\u25991?}\par}"
)


@needs_office
def test_a_word_97_document_reads_like_its_docx() -> None:
    data = docx(
        p("关于推进青湾县实体经济的意见"),
        p("总体要求", num=1),
        p("指导思想", num=1, level=1),
        p("原", deleted("删"), ins("插"), "文"),
        tbl(tr("序号", "任务"), tr(tc("1", merge="restart"), "甲"), tr(tc(merge="continue"), "乙")),
        p("完"),
        numbering=abstract(0, lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCountingThousand", "（%2）")) + num(1, 0),
    )
    expected = read_bytes(data, name="a.docx")
    source = read_bytes(office.convert(data, name="a.docx", suffix="docx", target="doc"), name="a.wps")
    assert (source.text, source.tables, source.generated) == (expected.text, expected.tables, expected.generated)
    assert [doubt.code for doubt in source.doubts] == ["document.tracked_changes"]
    assert (source.name, source.media_type) == ("a.wps", "application/msword")
    assert source.file_sha256 != expected.file_sha256


@needs_office
def test_rich_text() -> None:
    source = read_bytes(RTF, name="a.doc")
    assert (source.text, source.media_type) == ("一、总体要求\n正文", "application/rtf")


def test_without_libreoffice_the_hint_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ToolMissing, match="LibreOffice") as caught:
        read_bytes(RTF, name="a.rtf")
    assert "docx" in caught.value.hint


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param("import sys; print('cannot open'); sys.exit(1)", "cannot open", id="says why"),
        pytest.param("pass", "没有说明", id="ends without a word"),
    ],
)
def test_a_converter_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, words: str) -> None:
    install(tmp_path, monkeypatch, body)
    with pytest.raises(DamagedFile, match=words):
        read_bytes(RTF, name="a.rtf")


def test_a_converter_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(office, "TIMEOUT", 0.2)
    with pytest.raises(LimitExceeded, match="超过"):
        read_bytes(RTF, name="a.rtf")


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Put a program called soffice, of which ``body`` is the source, where it is found instead of the real one."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
