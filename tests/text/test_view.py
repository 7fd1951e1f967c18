"""The reading view: every place of it leads back to the canonical text, every character but the page's own is in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.text import Origin, SourceText, Span, reading_view
from luoshi.text.view import dropped, fold
from tests.decompose.shapes import NAMES, damaged, flattened, sample, wrapped

quick = settings(max_examples=100, deadline=None)
few = settings(max_examples=25, deadline=None)


def assert_leads_back(source: SourceText) -> None:
    """Each character of the view is the folded character at its canonical offset; spans are ordered and inside the text."""
    view = reading_view(source)
    text = source.text
    offsets = [view.offset(i) for i in range(len(view.text))]
    assert offsets == sorted(set(offsets))
    assert fold("".join(text[at] for at in offsets)) == view.text
    for at in range(0, len(view.text), 7):
        span = view.span(at, min(len(view.text), at + 5))
        assert 0 <= span.start < span.end <= len(text)
        kept = "".join(text[i] for i in offsets if span.start <= i < span.end)
        assert len(kept) == min(5, len(view.text) - at)
        assert view.position(view.offset(at)) == at
    everywhere = range(len(text) + 1)
    assert view.positions(everywhere) == [view.position(at) for at in everywhere]


def assert_nothing_else_is_lost(source: SourceText) -> None:
    """What the view leaves out is what the layout names and the blanks in dates, character by character."""
    view = reading_view(source)
    left_out: set[int] = set()
    for span in dropped(source):
        left_out.update(range(span.start, span.end))
    kept = {view.offset(i) for i in range(len(view.text))}
    assert kept == set(range(len(source.text))) - left_out


@quick
@given(st.text(max_size=300))
def test_random_unicode(text: str) -> None:
    source = SourceText.from_text(text)
    assert_leads_back(source)
    assert_nothing_else_is_lost(source)


@quick
@given(st.text(alphabet="要加快建设，。、；：\n\n　— 123第页\u200b\ufeff", max_size=300))
def test_random_page_lines(text: str) -> None:
    source = SourceText.from_text(text)
    assert_leads_back(source)
    assert_nothing_else_is_lost(source)


@few
@given(st.sampled_from(NAMES), st.integers(16, 60), st.sampled_from(["— {n} —", "第{n}页", "{n}", ""]), st.integers(0, 2000))
def test_samples_broken_into_page_lines(name: str, width: int, mark: str, start: int) -> None:
    source = SourceText.from_text(wrapped(sample(name)[start : start + 1500], width, mark=mark))
    assert_leads_back(source)
    assert_nothing_else_is_lost(source)


@few
@given(st.sampled_from(NAMES), st.integers(0, 10**6), st.sampled_from(["", "  "]))
def test_damaged_and_flattened_samples(name: str, seed: int, joint: str) -> None:
    source = SourceText.from_text(damaged(flattened(sample(name)[:1500], joint), seed))
    assert_leads_back(source)
    assert_nothing_else_is_lost(source)


@quick
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=6), st.text(alphabet="要快好，。\n", min_size=1, max_size=60))
def test_furniture_that_a_reader_marked(places: list[tuple[int, int]], text: str) -> None:
    furniture = tuple(sorted({Span(min(a, len(text)), min(a + n, len(text))) for a, n in places}))
    for wide in (True, False, None):
        source = SourceText(text, "x", furniture=furniture, wrapped=wide, origins=(Origin(0, len(text), 1, "p:1"),))
        assert_leads_back(source)


@quick
@given(st.text(max_size=400))
def test_folding_is_one_to_one(text: str) -> None:
    assert len(fold(text)) == len(text)


@quick
@given(st.text(alphabet="國會產黨發展經濟設實為關點務開進個來這時們對動學業區縣辦責單領導們當後將請製應間據總從義，。", max_size=200))
def test_folding_traditional_characters_is_one_to_one(text: str) -> None:
    assert len(fold(text)) == len(text)


FOLDS = [
    pytest.param("，；：（）？！％", ",;:()?!%", id="marks"),
    pytest.param("１２３ＡＢｃ", "123ABc", id="digits and letters"),
    pytest.param("　\u00a0", "  ", id="blanks"),
    pytest.param("。、“”《》〔〕——…", "。、“”《》〔〕——…", id="marks that are rules' own stay"),
    pytest.param("国家发展", "国家发展", id="simplified stays"),
    pytest.param("國家發展經濟", "国家发展经济", id="traditional becomes simplified"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDS)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_one_traditional_character_makes_no_traditional_text() -> None:
    """A quoted name in a long text stays as it is: 乾 is simplified writing too."""
    text = "要加快渡口改造，完善渡运补贴办法。" * 20 + "題"
    assert fold(text).endswith("題")


def test_a_span_over_a_joined_break_holds_the_break() -> None:
    line = "推进渡口改造，完善渡运补贴办法，健全渡工培训制度，"
    source = SourceText.from_text("\n".join([line] * 10))
    view = reading_view(source)
    at = view.text.index("制度,推进")
    span = view.span(at, at + 5)
    assert span.of(source.text) == "制度，\n推进"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("于2027 年 6 月底前完成", "于2027年6月底前完成", id="a month"),
        pytest.param("12 月 20 日前报送", "12月20日前报送", id="a day"),
        pytest.param("2027年 6月底前完成", "2027年6月底前完成", id="behind the year"),
        pytest.param("新建 5 个站点", "新建 5 个站点", id="no date"),
        pytest.param("1 日常管理", "1 日常管理", id="a number before a word"),
        pytest.param("1 年度计划", "1 年度计划", id="a number before 年度"),
    ],
)
def test_blanks_in_a_date_are_left_out(text: str, expected: str) -> None:
    source = SourceText.from_text(text)
    view = reading_view(source)
    assert view.text == expected
    assert view.span(0, len(expected)).of(source.text) == text


def test_empty() -> None:
    view = reading_view(SourceText.from_text(""))
    assert view.text == "" and view.range(0, 0) == (0, 0) and view.position(0) == 0
