"""Where paragraphs begin and sentences end."""

import pytest

from luoshi.decompose.paragraphs import paragraphs, sentences
from luoshi.text import SourceText, reading_view


def view_of(text: str) -> str:
    return reading_view(SourceText.from_text(text)).text


def sentences_of(text: str) -> list[str]:
    view = view_of(text)
    return [view[s.start : s.end] for s in sentences(view, paragraphs(view))]


def paragraphs_of(text: str) -> list[str]:
    view = view_of(text)
    return [view[a:b] for a, b in paragraphs(view)]


SENTENCES = [
    pytest.param("要加快建设。要完善机制。", ["要加快建设。", "要完善机制。"], id="full stop"),
    pytest.param("怎么办？马上办！就这么办。", ["怎么办?", "马上办!", "就这么办。"], id="question and exclamation"),
    pytest.param("要加快建设；要完善机制；要压实责任。", ["要加快建设;要完善机制;要压实责任。"], id="semicolon does not end"),
    pytest.param("甲县要做到：建机制、压责任。", ["甲县要做到:建机制、压责任。"], id="colon does not end"),
    pytest.param("他说：“要抓紧办。”大家都赞成。", ["他说:“要抓紧办。”", "大家都赞成。"], id="closing quote belongs to its sentence"),
    pytest.param("“怎么干？”“一起干！”会场热烈。", ["“怎么干?”", "“一起干!”", "会场热烈。"], id="quotes side by side"),
    pytest.param("开展“你好！石桥”“渡口夜话”等推介。", ["开展“你好!石桥”“渡口夜话”等推介。"], id="a name with a mark in it"),
    pytest.param("开展“一起干！”主题活动。", ["开展“一起干!”主题活动。"], id="a name with a mark at its end"),
    pytest.param("他说，“要‘快办。’”随后离开。", ["他说,“要‘快办。’”", "随后离开。"], id="quote in quote"),
    pytest.param("这件事很急……要马上办。", ["这件事很急……", "要马上办。"], id="ellipsis"),
    pytest.param("真的？！要核实。", ["真的?!", "要核实。"], id="two marks are one end"),
    pytest.param("健全机制。（市水务局牵头）", ["健全机制。(市水务局牵头)"], id="responsibility behind the full stop"),
    pytest.param("健全机制。（市水务局、市林业局负责）加强监管。", ["健全机制。(市水务局、市林业局负责)", "加强监管。"], id="responsibility between two sentences"),
    pytest.param("健全机制。【责任单位：市水务局】", ["健全机制。【责任单位:市水务局】"], id="thick brackets"),
    pytest.param("健全机制。[牵头单位：市水务局；责任单位：市林业局（挂牌单位）]", ["健全机制。[牵头单位:市水务局;责任单位:市林业局(挂牌单位)]"], id="square brackets with one inside"),
    pytest.param("健全机制。〔责任单位：市水务局按职责分工负责。下同。〕", ["健全机制。〔责任单位:市水务局按职责分工负责。下同。〕"], id="full stop inside the brackets"),
    pytest.param("健全机制。（市水务局、市林业局等负责。列第一位者为牵头单位，下同）", ["健全机制。(市水务局、市林业局等负责。列第一位者为牵头单位,下同)"], id="convention inside the bracket"),
    pytest.param("河长制（含湖长制。下同）要落实。", ["河长制(含湖长制。下同)要落实。"], id="full stop in a bracket inside a sentence"),
    pytest.param("云州站顺利开通。（记者 白小江）", ["云州站顺利开通。", "(记者 白小江)"], id="a byline is no part of the sentence"),
    pytest.param("要加快建设", ["要加快建设"], id="no mark at all"),
    pytest.param("要加快建设\n要完善机制", ["要加快建设", "要完善机制"], id="line ends end sentences"),
    pytest.param("　　要加快建设。　　\n\n\n　　要完善机制。", ["要加快建设。", "要完善机制。"], id="blanks around are left out"),
    pytest.param("增长5.5%左右。达到1.2万亿元。", ["增长5.5%左右。", "达到1.2万亿元。"], id="a decimal point is no end"),
    pytest.param("", [], id="nothing"),
    pytest.param("。", ["。"], id="a mark alone"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


def test_first_and_last_in_their_paragraph() -> None:
    view = view_of("要快。要好。要省。\n要稳。")
    found = sentences(view, paragraphs(view))
    assert [(s.paragraph, s.first, s.last) for s in found] == [(0, True, False), (0, False, False), (0, False, True), (1, True, True)]


LONG = "深入推进项目建设，加快补齐短板，持续优化环境，不断健全机制，切实压实责任。" * 12

FLATTENED = [
    pytest.param(f"{LONG}二、重点任务。{LONG}", 2, "二、重点任务。", id="number after a full stop"),
    pytest.param(f"{LONG}（二）完善机制。{LONG}", 2, "(二)完善机制。", id="bracketed number after a full stop"),
    pytest.param(f"{LONG}2.完善机制。{LONG}", 2, "2.完善机制。", id="Arabic number after a full stop"),
    pytest.param(f"{LONG}    会议强调，要抓好落实。{LONG}", 2, "会议强调,", id="a wide gap"),
    pytest.param(f"{LONG}达到2.5亿元。{LONG}", 1, "深入推进", id="a decimal number opens nothing"),
    pytest.param(f"{LONG}要抓好一、二、三产业融合。{LONG}", 1, "深入推进", id="a list of numbers opens nothing"),
]


@pytest.mark.parametrize(("text", "count", "last"), FLATTENED)
def test_flattened_text_gets_its_paragraphs_back(text: str, count: int, last: str) -> None:
    found = paragraphs_of(text)
    assert len(found) == count
    assert found[-1].startswith(last)


def test_headings_glued_into_a_flattened_text() -> None:
    body = "推动产业升级，培育骨干企业，健全服务体系，优化营商环境，守牢安全底线。" * 6
    text = f"一、总体要求{body}二、重点任务(一)做强产业{body}(二)做优服务{body}(三)守牢底线{body}三、保障措施{body}"
    found = sentences_of(text)
    assert "一、总体要求" in found
    assert "二、重点任务" in found
    assert sum(sentence.startswith(("(一)", "(二)", "(三)")) for sentence in found) == 3


def test_short_lines_are_not_cut() -> None:
    """Only a long line can be a flattened document: 一、 inside a short one is the author's own."""
    assert paragraphs_of("要做好以下工作：一、修路。二、架桥。") == ["要做好以下工作:一、修路。二、架桥。"]


CELLS = [
    pytest.param("序号\t任务\t单位\n1\t修路\t县交通局", ["序号", "任务", "单位", "1", "修路", "县交通局"], id="tabs"),
    pytest.param("| 序号 | 任务 |\n| 1 | 修路 |", ["序号", "任务", "1", "修路"], id="bars"),
    pytest.param("1\t\t修路", ["1", "修路"], id="an empty cell is no paragraph"),
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_cells_are_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs_of(text) == expected
