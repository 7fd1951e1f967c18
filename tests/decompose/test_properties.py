"""Whatever the text, the contract holds: quotes are slices, sentences cover the text once each, nothing is raised."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.decompose import decompose
from luoshi.text import SourceText
from tests.decompose.contract import assert_contract
from tests.decompose.shapes import NAMES, NOISE, damaged, flattened, sample, wrapped
from tests.proving import FULL, share

LETTERS = "市县省区委局厅办政府民政财政发展改革要将应须推进完成建立牵头负责配合责任单位第一二三四五六七八九十两大个项条年月日前底末季度每到自印发之起内不少于达到提高万亿%0123456789"
MARKS = "。，、；：？！…“”‘’《》（）【】〔〕()[]—-·.,:;|\t \n　\u200b\ufeff\u00a0"
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def made_of(text: str) -> None:
    assert_contract(decompose(SourceText.from_text(text)))


@quick
@given(st.text(alphabet=LETTERS + MARKS, max_size=200))
def test_random_official_characters(text: str) -> None:
    made_of(text)


@quick
@given(st.text(max_size=120))
def test_random_unicode(text: str) -> None:
    made_of(text)


PIECES = (
    *NOISE, "各县（区）要", "加快推进项目建设，", "完善机制。", "市财政局牵头，市审计局配合", "（市教育局、市体育局负责）", "打造“两大中心”，即甲中心、乙中心。", "会议指出，", "会议要求：",
    "2027年6月底前完成", "增长5%左右", "\n一、总体要求\n", "\n（二）主要目标。", "\n1.", "\n第一，", "\n责任单位：县水利局\n完成时限：3月底\n", "\n序号\n任务\n责任单位\n1\n修渠\n县水利局\n",
    "市水务局局长白某表示，“将抓紧施工。”", "——", "“", "”", "——2026年1月5日在某会上", "——3——", "第2页共8页", "\n临政发〔2026〕1号\n", "近年来，取得了明显成效。", "\n\n", "    ",
)


@quick
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_pieces_of_documents_in_any_order(text: str) -> None:
    made_of(text)


@few
@given(st.sampled_from(NAMES), st.integers(0, 10**6), st.integers(0, 3000), st.integers(200, 1500))
def test_damaged_pieces_of_samples(name: str, seed: int, start: int, length: int) -> None:
    made_of(damaged(sample(name)[start : start + length], seed))


@few
@given(st.sampled_from(NAMES), st.integers(16, 60), st.sampled_from(["— {n} —", "- {n} -", "第{n}页", "{n}", "{n}/9", ""]), st.sampled_from(["", "云州市人民政府文件"]))
def test_samples_broken_into_page_lines(name: str, width: int, mark: str, head: str) -> None:
    made_of(wrapped(sample(name), width, mark=mark, head=head))


@few
@given(st.sampled_from(NAMES), st.sampled_from(["", " ", "  ", "　　"]), st.integers(0, 2000))
def test_samples_flattened_to_one_line(name: str, joint: str, start: int) -> None:
    made_of(flattened(sample(name)[start:], joint))


@few
@given(st.sampled_from(NAMES), st.integers(0, 10**6), st.integers(18, 40))
def test_samples_damaged_and_broken_into_page_lines(name: str, seed: int, width: int) -> None:
    made_of(wrapped(damaged(sample(name), seed), width))


@pytest.mark.parametrize("name", NAMES)
def test_samples(name: str) -> None:
    made_of(sample(name))


ODD = [
    pytest.param("", id="nothing"),
    pytest.param(" \n　\t\n", id="blanks"),
    pytest.param("。", id="one mark"),
    pytest.param("。。。？？！！……", id="marks"),
    pytest.param("\ufeff\ufeff", id="two marks of byte order"),
    pytest.param("\u200b\u200b\n\u200b", id="only invisible characters"),
    pytest.param("（" * 3000, id="brackets that never close"),
    pytest.param("（(" * 500 + "负责" + "）)" * 500, id="brackets in brackets"),
    pytest.param("“" * 2000 + "。" * 2000, id="quotes that never close"),
    pytest.param("一、" * 2000, id="numbers and nothing else"),
    pytest.param("、" * 5000 + "十大工程", id="a list of nothing"),
    pytest.param("\ud800要加快建设。", id="a lone surrogate"),
    pytest.param("\x00要加快建设。\x01", id="control characters"),
    pytest.param("要\r加快\u2028建设\u0085。", id="other line ends"),
    pytest.param("|" * 1000 + "\n" + "\t" * 1000, id="a table without cells"),
    pytest.param("序号\t任务\n" * 200, id="headers and no rows"),
    pytest.param("9" * 3000, id="a number without end"),
    pytest.param("99999999999999999999年底前要完成99999999999999999999999999999个项目。", id="numbers too large"),
    pytest.param("2027年13月45日前要完成。到0000年。第九十九季度。", id="dates that are none"),
    pytest.param("\n".join(["市某局"] * 400), id="four hundred equal lines"),
    pytest.param("抓好三项任务：一是修渠；二三是修路；十十要架桥。", id="ordinals that are no numbers"),
    pytest.param("9" * 6000 + "年底前要完成" + "9" * 6000 + "个项目，增长" + "9" * 6000 + "%。", id="numbers longer than Python reads"),
    pytest.param("序号\n任务\n责任单位\n①\n修渠\n县水利局\n" + "9" * 6000 + "\n修路\n县交通局\n", id="a table numbered by what is no number"),
    pytest.param("关于修渠的通知\n\n要修渠。\n\n县水利局\n2027年13月45日\n", id="a signature without a real day"),
    pytest.param("— 1 —\n" * 300, id="page numbers and nothing else"),
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text: str) -> None:
    made_of(text)


LINES = [
    pytest.param("要加快建设，", id="clauses"),
    pytest.param("市民政局牵头，市财政局配合。", id="sentences"),
    pytest.param("甲、", id="a list"),
    pytest.param("（", id="opening brackets"),
    pytest.param("一、加快建设。（一）完善机制。", id="headings"),
    pytest.param("2027年6月底前完成3个，", id="dates and figures"),
    pytest.param("“三个区”，即甲区、乙区、丙区；", id="frameworks"),
    pytest.param("会议指出，市某局局长某某表示，", id="speakers"),
    pytest.param(" ", id="blanks"),
    pytest.param("责任单位：县水利局 ", id="labels"),
]


@pytest.mark.parametrize("piece", LINES)
def test_long_single_lines_end(piece: str) -> None:
    """A line of 200,000 characters ends; time that grows with the square would not let it."""
    made_of(piece * (200_000 // len(piece)))


def test_a_line_of_a_million_characters_ends() -> None:
    chance = random.Random(7)
    body = [line for name in NAMES for line in flattened(sample(name), "\n").split("\n")]
    text = "".join(chance.choices(body, k=40_000))[:1_000_000]
    assert len(text) == 1_000_000 and "\n" not in text
    made = decompose(SourceText.from_text(text))
    assert made.items
    assert_contract(made)


@pytest.mark.prove
@pytest.mark.skipif(not FULL, reason="half a minute; run with LUOSHI_PROVE=1")
def test_a_line_of_five_million_characters_ends() -> None:
    chance = random.Random(7)
    body = [line for name in NAMES for line in flattened(sample(name), "\n").split("\n")]
    text = "".join(chance.choices(body, k=200_000))[:5_000_000]
    assert len(text) == 5_000_000
    assert decompose(SourceText.from_text(text)).items


@pytest.mark.prove
@pytest.mark.parametrize("hundred", range(share(40)))
def test_many_damaged_documents(hundred: int) -> None:
    """4,000 pieces of samples and of other documents, damaged, wrapped and flattened in every order; a tenth of them in CI."""
    for seed in range(hundred * 100, hundred * 100 + 100):
        _try_damaged(seed)


def _try_damaged(seed: int) -> None:
    chance = random.Random(seed)
    whole = sample(chance.choice(NAMES))
    start = chance.randrange(len(whole))
    text = whole[start : start + chance.randrange(100, 3000)] if chance.random() < 0.75 else "".join(chance.choices(PIECES, k=40))
    if chance.random() < 0.7:
        text = damaged(text, seed, chance.randrange(1, 120))
    if chance.random() < 0.4:
        text = wrapped(text, chance.randrange(10, 60), lines=chance.randrange(3, 30), mark=chance.choice(["— {n} —", "{n}", "第{n}页", ""]))
    elif chance.random() < 0.3:
        text = flattened(text, chance.choice(["", " ", "  "]))
    made_of(text)
