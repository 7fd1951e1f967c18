"""Numbered terms: every shape of a list is found, no list is believed that is not plain, no miscount is claimed that is none."""

import pytest

from luoshi.decompose.frameworks import number_of
from luoshi.decompose.model import Framework
from tests.decompose.reading import read


def terms_of(text: str) -> list[Framework]:
    return list(read(f"渡运发展规划\n\n一、总体思路\n{text}\n二、附则\n要抓好落实。\n").frameworks)


def term_of(text: str, name: str) -> tuple[int, str, list[str]]:
    (found,) = [term for term in terms_of(text) if term.name == name]
    return found.claimed, found.status, [member.text for member in found.members]


COMPLETE = [
    pytest.param("打造“两大中心”，即水上救援中心、渡工培训中心。", "两大中心", ["水上救援中心", "渡工培训中心"], id="即"),
    pytest.param("打造“两大中心”：水上救援中心、渡工培训中心。", "两大中心", ["水上救援中心", "渡工培训中心"], id="a colon"),
    pytest.param("打造“三个区”，分别是先导区、示范区、集聚区。", "三个区", ["先导区", "示范区", "集聚区"], id="分别是"),
    pytest.param("打造“三个区”，包括先导区、示范区、集聚区。", "三个区", ["先导区", "示范区", "集聚区"], id="包括"),
    pytest.param("打造先导区、示范区、集聚区“三个区”。", "三个区", ["先导区", "示范区", "集聚区"], id="before the term"),
    pytest.param("集中实施设施补短板行动、服务提升行动、要素保障行动“三大行动”。", "三大行动", ["设施补短板行动", "服务提升行动", "要素保障行动"], id="before the term, a verb first"),
    pytest.param("围绕渡口、航道、渡船三个方面，补齐短板。", "三个方面", ["渡口", "航道", "渡船"], id="plain, before"),
    pytest.param("深化“渡口”“航道”“渡船”三项改革。", "三项改革", ["渡口", "航道", "渡船"], id="a run of quotes"),
    pytest.param("构建县—乡—村—组四级服务网络。", "四级服务网络", ["县", "乡", "村", "组"], id="dashes"),
    pytest.param("实施“三个一批”：改造一批渡口、更新一批渡船、培训一批渡工。", "三个一批", ["改造一批渡口", "更新一批渡船", "培训一批渡工"], id="三个一批"),
    pytest.param("要统一编制并公布县、乡两级服务网络。", "两级服务网络", ["县", "乡"], id="levels behind a verb"),
    pytest.param("做到“三个坚持”：坚持安全第一，坚持服务群众，坚持绿色发展。", "三个坚持", ["坚持安全第一", "坚持服务群众", "坚持绿色发展"], id="heads that repeat"),
    pytest.param("抓好三项任务：一是修缮码头；二是更新渡船；三是培训渡工。", "三项任务", ["修缮码头", "更新渡船", "培训渡工"], id="ordinals"),
]


@pytest.mark.parametrize(("text", "name", "members"), COMPLETE)
def test_complete(text: str, name: str, members: list[str]) -> None:
    assert term_of(text, name) == (len(members), "complete", members)


def test_headings_below_are_members() -> None:
    made = read("渡运发展规划\n\n一、实施“三大行动”\n（一）渡口改造行动\n要改造渡口。\n（二）航道整治行动\n要整治航道。\n（三）渡船更新行动\n要更新渡船。\n二、附则\n要抓好落实。\n")
    (found,) = [term for term in made.frameworks if term.name == "三大行动"]
    assert (found.status, [m.text for m in found.members]) == ("complete", ["渡口改造行动", "航道整治行动", "渡船更新行动"])


def test_a_list_with_等_stays_open() -> None:
    claimed, status, members = term_of("集中推进云湖新城、临港物流园、北岸快速通道等18个标志性项目。", "18个标志性项目")
    assert (claimed, status) == (18, "open")
    assert members == ["云湖新城", "临港物流园", "北岸快速通道"]


MENTIONS = [
    pytest.param("深化“十项举措”，提升服务水平。", "十项举措", id="quoted"),
    pytest.param("全面落实“两项补贴”。", "两项补贴", id="quoted again"),
]


@pytest.mark.parametrize(("text", "name"), MENTIONS)
def test_mentions(text: str, name: str) -> None:
    assert term_of(text, name)[1:] == ("mention", [])


MISCOUNTED = [
    pytest.param("实施“三个一批”：改造一批渡口、更新一批渡船。", "三个一批", 2, id="one too few"),
    pytest.param("要在6月底前完成3个项目：东渡、西渡。", "3个项目", 2, id="a plain count that opens its list"),
    pytest.param("打造“两大中心”，即救援中心、培训中心、调度中心。", "两大中心", 3, id="one too many"),
]


@pytest.mark.parametrize(("text", "name", "listed"), MISCOUNTED)
def test_a_miscount_is_a_doubt(text: str, name: str, listed: int) -> None:
    _, status, members = term_of(text, name)
    assert (status, len(members)) == ("mismatch", listed)
    made = read(f"渡运发展规划\n\n一、总体思路\n{text}\n")
    assert [doubt.code for doubt in made.doubts] == ["framework.mismatch"]
    assert made.source.text[made.doubts[0].start : made.doubts[0].end] == name


NO_MISCOUNT = [
    pytest.param("打造“三个区”，既是目标，也是承诺。", id="no list follows"),
    pytest.param("“三个区”相互联系、相互促进，缺一不可。", id="clauses about the term"),
    pytest.param("打造“三个区”：坚持改革开放，推动绿色发展。", id="a colon and no list of names"),
    pytest.param("做好“三农”工作，完善机制、压实责任。", id="a name with a number"),
    pytest.param("实施三大行动，建设渡口、码头。", id="a list of other things"),
    pytest.param("召开两个会议，研究渡口、航道、渡船等工作。", id="a plain count"),
    pytest.param("打造先导区、示范区，建设“三个区”。", id="two named before, not as a list"),
    pytest.param("实施“三个一批”：改造一批渡口、更新一批渡船等。", id="等 at the end"),
]


@pytest.mark.parametrize("text", NO_MISCOUNT)
def test_no_false_miscount(text: str) -> None:
    assert not [term for term in terms_of(text) if term.status == "mismatch"]


NO_TERMS = [
    pytest.param("3个月内完成。", id="months"),
    pytest.param("提高两个百分点。", id="points"),
    pytest.param("约三个小时。", id="hours"),
    pytest.param("第三个问题要重视。", id="an ordinal"),
    pytest.param("达到六十个以上。", id="a large count"),
    pytest.param("选派3名干部。", id="people"),
]


@pytest.mark.parametrize("text", NO_TERMS)
def test_what_is_no_term(text: str) -> None:
    assert terms_of(text) == []


def test_one_term_named_often_is_one_framework() -> None:
    made = read("渡运发展规划\n\n一、总体思路\n打造“两大中心”，即救援中心、培训中心。\n围绕“两大中心”配置资源。“两大中心”要当年见效。\n")
    (found,) = made.frameworks
    assert len(found.mentions) == 3
    assert {span.of(made.source.text) for span in found.mentions} == {"两大中心"}


VARIANTS = "县委全会精神传达提纲\n\n一、主要任务\n打造“三个区”，即内河开放协作先导区、平安渡运示范区、水上旅游集聚区。\n二、重点工作\n1.要打造{title}，建设货运码头。\n2.要打造平安渡运示范区，更新渡船。\n"


def test_a_member_worded_in_two_ways_is_a_variant_with_both_spans() -> None:
    made = read(VARIANTS.format(title="内河协作开放先导区"))
    (found,) = made.frameworks
    (pair,) = found.variants
    assert tuple(span.of(made.source.text) for span in pair) == ("内河开放协作先导区", "内河协作开放先导区")
    assert [doubt.code for doubt in made.doubts] == ["framework.variant"]


def test_the_same_wording_is_no_variant() -> None:
    made = read(VARIANTS.format(title="内河开放协作先导区"))
    assert not made.frameworks[0].variants and not made.doubts


NUMBERS = [("两", 2), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十五", 25), ("9", 9), ("18", 18), ("二三", 0)]


@pytest.mark.parametrize(("words", "expected"), [pytest.param(*row, id=row[0]) for row in NUMBERS])
def test_number_of(words: str, expected: int) -> None:
    assert number_of(words) == expected
