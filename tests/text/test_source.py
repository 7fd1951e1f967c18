"""SourceText, Span, Doubt: what is kept as it is, and what goes through a pipe and back."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.text import Cell, Doubt, Origin, SourceText, Span, Table

CANONICAL = [
    pytest.param("要加快建设。", "要加快建设。", id="as it is"),
    pytest.param("\ufeff要加快建设。", "要加快建设。", id="a BOM goes"),
    pytest.param("要快。\r\n要好。\r\n", "要快。\n要好。\n", id="\\r\\n becomes \\n"),
    pytest.param("要快。\r要好。", "要快。\r要好。", id="a lone \\r stays"),
    pytest.param("\ufeff\ufeff要快。", "\ufeff要快。", id="only the first BOM goes"),
    pytest.param("　　要快。　　\n\n", "　　要快。　　\n\n", id="blanks stay"),
    pytest.param("１２％\u200b", "１２％\u200b", id="nothing is folded"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("text", "expected"), CANONICAL)
def test_canonical_text(text: str, expected: str) -> None:
    source = SourceText.from_text(text)
    assert source.text == expected
    assert source.text_sha256 == hashlib.sha256(expected.encode()).hexdigest()
    assert source.file_sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_lone_surrogate_has_a_digest_too() -> None:
    assert len(SourceText.from_text("\ud800").text_sha256) == 64


def full() -> SourceText:
    return SourceText(
        text="一、任务\n甲\t乙\n",
        name="方案.docx",
        media_type="application/x-test",
        file_sha256="0" * 64,
        origins=(Origin(0, 4, 1, "h1:1"), Origin(5, 6, None, "cell:1.1.1")),
        generated=(Span(0, 2),),
        furniture=(Span(4, 5),),
        tables=(Table(5, 8, (Cell(5, 6, 0, 0), Cell(7, 8, 0, 1, rows=2, cols=3))),),
        doubts=(Doubt("docx.tracked", "有删改", "请核对", 0, 4),),
        wrapped=False,
    )


@pytest.mark.parametrize("source", [pytest.param(full(), id="everything"), pytest.param(SourceText.from_text("要快。"), id="a plain text"), pytest.param(SourceText.from_text(""), id="nothing")])
def test_through_a_pipe_and_back(source: SourceText) -> None:
    data = json.loads(json.dumps(source.to_dict(), ensure_ascii=False))
    again = SourceText.from_dict(data)
    assert again == source
    assert again.text_sha256 == source.text_sha256


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_through_a_pipe_and_back(text: str) -> None:
    source = SourceText.from_text(text)
    assert SourceText.from_dict(json.loads(json.dumps(source.to_dict()))) == source


def test_immutable() -> None:
    with pytest.raises(AttributeError):
        full().text = "别的"  # type: ignore[misc]


def test_span() -> None:
    text = "要加快建设。"
    span = Span(1, 3)
    assert span.of(text) == "加快" and len(span) == 2
    assert Span(0, 6).covers(span) and not span.covers(Span(0, 2))
    assert span.overlap(Span(2, 5)) == 1 and span.overlap(Span(3, 5)) == 0
    assert sorted([Span(3, 4), Span(0, 2), Span(0, 1)]) == [Span(0, 1), Span(0, 2), Span(3, 4)]


@pytest.mark.parametrize(("start", "end"), [pytest.param(-1, 2, id="before the text"), pytest.param(3, 2, id="backwards")])
def test_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)
