"""A document made ready to be compared: which stretches are passages, and how they part into clauses."""

import itertools

import pytest

from luoshi.align.clauses import clauses
from luoshi.align.side import Side, openings, side
from tests.align.documents import directive, made_of
from tests.decompose.shapes import NAMES, sample

TEXT = directive(
    "市",
    "近年来，全市公共文化服务体系逐步完善，群众满意度明显提高。",
    "一、总体要求",
    "坚持以人民为中心，坚持系统观念，统筹发展和安全。",
    "二、主要任务",
    "（一）建设城市书房。到2027年，新建城市书房25座，其中石桥区10座、东沚区8座；延长开放时间。",
    "（二）推进全民阅读。办好读书节（市文化和旅游局牵头，市教育局配合），评选书香家庭100户。",
    "三、工作回顾",
    "过去一年，我们建成城市书房12座。",
)


def quotes(one: Side) -> list[str]:
    return [TEXT[passage.start : passage.end] for passage in one.passages]


def test_passages_are_items_without_principles() -> None:
    made = made_of(TEXT)
    one = side(made, searched=False)
    items = {item.id: item for item in made.items}
    assert [p.item for p in one.passages] == [item.id for item in made.items if item.grade != "principle"]
    assert any(item.grade == "principle" for item in made.items)
    assert all(items[p.item or ""].start <= p.start < p.end <= items[p.item or ""].end for p in one.passages)


def test_the_sentence_that_opens_a_numbered_paragraph_stands_apart() -> None:
    text = directive("市", "一、主要任务", "（一）完善覆盖城乡的社区养老服务网络体系。建设老年食堂20个。", "（二）加强监管。每年检查2次。")
    searched = side(made_of(text), searched=True)
    assert [text[p.start : p.end] for p in openings(searched).passages] == ["完善覆盖城乡的社区养老服务网络体系"]
    assert not any("网络体系" in text[p.start : p.end] for p in searched.passages)


def test_the_side_that_is_searched_has_background_but_no_review_of_the_past() -> None:
    searched, plain = side(made_of(TEXT), searched=True), side(made_of(TEXT), searched=False)
    beside = [TEXT[passage.start : passage.end] for passage in searched.passages if passage.item is None]
    assert beside[0] == "近年来，全市公共文化服务体系逐步完善，群众满意度明显提高"
    assert not any("过去一年" in quote for quote in beside)
    assert [passage for passage in quotes(searched) if passage not in beside] == quotes(plain)


def test_no_passage_belongs_to_a_principle() -> None:
    made = made_of(TEXT)
    grades = {item.id: item.grade for item in made.items}
    for searched in (True, False):
        assert "principle" not in {grades[p.item] for p in side(made, searched=searched).passages if p.item}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("searched", [False, True])
def test_acts_are_the_clauses_of_their_passages_in_order(name: str, searched: bool) -> None:
    one = side(made_of(sample(name)), searched=searched)
    assert len(one.text) == len(one.plain) == len(one.made.source.text)
    at = 0
    for passage in one.passages:
        assert passage.first_act == at < passage.last_act
        own = one.acts[passage.first_act : passage.last_act]
        at = passage.last_act
        assert (own[0][0], own[-1][1]) == (passage.start, passage.end)
        assert all(a < b for a, b in own)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(own))
    assert at == len(one.acts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("完善借阅服务，办好读书节。", ["完善借阅服务", "办好读书节"], id="two"),
        pytest.param("完善借阅服务；办好读书节！", ["完善借阅服务", "办好读书节"], id="semicolon"),
        pytest.param("到2027年，新建城市书房25座。", ["到2027年,新建城市书房25座"], id="a date goes with what follows"),
        pytest.param("6月底前，完成安全鉴定。", ["6月底前,完成安全鉴定"], id="a deadline goes with what follows"),
        pytest.param("对新建项目，同步配建充电设施。", ["对新建项目,同步配建充电设施"], id="whom it is for"),
        pytest.param("依托云州职业学院，建立实训基地。", ["依托云州职业学院,建立实训基地"], id="by what"),
        pytest.param("新建城市书房25座，其中石桥区10座，东沚区8座。", ["新建城市书房25座,其中石桥区10座", "东沚区8座"], id="a part belongs to the whole"),
        pytest.param("有序，推进城市更新。", ["有序,推进城市更新"], id="too short to stand alone"),
        pytest.param("推进城市更新，等。", ["推进城市更新,等"], id="a short end"),
        pytest.param("完善", ["完善"], id="nothing but a word"),
        pytest.param("，。；", [], id="marks"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    folded = text.translate(str.maketrans("，；！", ",;!"))
    assert [folded[a:b] for a, b in clauses(folded, 0, len(folded))] == parts


def test_a_bracket_of_responsibility_and_digits_say_nothing_of_the_subject() -> None:
    one = side(made_of(TEXT), searched=False)
    assert "牵头" in one.text and "牵头" not in one.plain
    assert "25" in one.text and not set(one.plain) & set("0123456789")


def test_what_is_looked_up_by_offset() -> None:
    one = side(made_of(TEXT), searched=True)
    for passage in one.passages:
        sentence = one.sentence_at(passage.start)
        assert sentence is not None and sentence.start <= passage.start < sentence.end
        assert passage.item in (sentence.item, None)
    assert one.sentence_at(-1) is None
    assert one.sentence_number(-1) == -1
