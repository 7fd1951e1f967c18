"""The edit script: it covers both quotes, and reads as a person would mark it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.align.edits import edit_script
from luoshi.text import Span
from luoshi.text.view import fold

LETTERS = st.text(alphabet="省市县底前完成、，。100%５５ \n年月a", max_size=24)


def marked(upper: str, lower: str) -> str:
    """Both wordings as one line: ``[deleted|inserted]``."""
    parts = []
    for edit in edit_script(upper, Span(0, len(upper)), lower, Span(0, len(lower))):
        one, other = edit.upper.of(upper), edit.lower.of(lower)
        parts.append(one if edit.op == "equal" else f"[{one}|{other}]")
    return "".join(parts)


@given(LETTERS, LETTERS, LETTERS, LETTERS)
def test_both_sides_give_their_quote_back(upper: str, lower: str, before: str, after: str) -> None:
    texts = before + upper + after, after + lower + before
    spans = Span(len(before), len(before) + len(upper)), Span(len(after), len(after) + len(lower))
    script = edit_script(texts[0], spans[0], texts[1], spans[1])
    for side in (0, 1):
        own = [edit[1 + side] for edit in script]
        assert isinstance(own, list) and all(isinstance(span, Span) and spans[side].covers(span) for span in own)
        assert "".join(span.of(texts[side]) for span in own) == spans[side].of(texts[side])
        ends = [spans[side].start, *(span.end for span in own)]
        assert [span.start for span in own] == ends[:-1]


@given(LETTERS, LETTERS)
def test_every_step_is_what_it_says(upper: str, lower: str) -> None:
    for edit in edit_script(upper, Span(0, len(upper)), lower, Span(0, len(lower))):
        one, other = edit.upper.of(upper), edit.lower.of(lower)
        if edit.op == "equal":
            assert "".join(fold(one).split()) == "".join(fold(other).split())
        else:
            assert (bool(one), bool(other)) == {"replace": (True, True), "delete": (True, False), "insert": (False, True)}[edit.op]


@given(LETTERS)
def test_the_same_text_is_equal_throughout(text: str) -> None:
    assert {edit.op for edit in edit_script(text, Span(0, len(text)), text, Span(0, len(text)))} <= {"equal"}


@pytest.mark.parametrize(
    ("upper", "lower", "shown"),
    [
        pytest.param("村级互助养老服务点不少于6000个", "村级互助养老服务点不少于720个", "村级互助养老服务点不少于[6000个|720个]", id="a number and its unit are one word"),
        pytest.param("２０２７年６月底前，各地完成整改", "2027年3月底前,各地完成整改", "２０２７年[６月|3月]底前，各地完成整改", id="widths do not count"),
        pytest.param("提供日间照料、上门服务、老年助餐等服务", "提供日间照料、老年助餐等服务", "提供日间照料、[上门服务、|]老年助餐等服务", id="a member and its mark"),
        pytest.param("签约服务率达到100%", "签约服务率稳步提高", "签约服务率[达到100%|稳步提高]", id="a number that became words"),
        pytest.param("预收费必须全额存入专用账户", "推动预收费全额存入专用账户", "[|推动]预收费[必须|]全额存入专用账户", id="a word in another place"),
        pytest.param("各县要编制完成建设方案", "各县建设方案报市民政局备案", "各县[要编制完成|]建设方案[|报市民政局备案]", id="an addition at the end"),
        pytest.param("建设村级\n互助点", "建设村级互助点", "建设村级\n互助点", id="line breaks do not count"),
        pytest.param("加强人才队伍建设", "开通城乡公交线路", "[加强人才队伍建设|开通城乡公交线路]", id="nothing in common is one change"),
        pytest.param("每半年至少开展1次食品安全抽检", "定期开展食品安全抽检", "[每半年至少|定期]开展[1次|]食品安全抽检", id="a frequency that became words"),
    ],
)  # fmt: skip
def test_it_reads_as_a_person_would_mark_it(upper: str, lower: str, shown: str) -> None:
    assert marked(upper, lower) == shown


def test_stretches_of_longer_texts_keep_their_offsets() -> None:
    upper, lower = "前言。全省建成4500个。", "全市建成520个。后记。"
    script = edit_script(upper, Span(3, 13), lower, Span(0, 9))
    assert [(edit.op, edit.upper.of(upper), edit.lower.of(lower)) for edit in script] == [
        ("equal", "全", "全"), ("replace", "省", "市"), ("equal", "建成", "建成"), ("replace", "4500个", "520个"), ("equal", "。", "。"),
    ]  # fmt: skip
