"""Items: grade, modality, measures, mechanisms, doubts, lead sentence."""

from datetime import date

import pytest

from luoshi.decompose import decompose
from luoshi.decompose.model import Item
from luoshi.text import SourceText
from tests.decompose.reading import item_of, read

AS_OF = date(2026, 11, 22)


def item_from(sentence: str, heading: str = "一、重点任务") -> Item:
    """The item that ``sentence`` becomes in a plan."""
    return item_of(read(f"青湾县渡口工作方案\n\n{heading}\n{sentence}\n二、附则\n要抓好宣传。\n"), sentence[:12])


GRADES = [
    pytest.param("改造渡口16处。", "deliverable", id="a target"),
    pytest.param("2027年底前修缮护岸。", "deliverable", id="a date"),
    pytest.param("每月调度一次渡运安全。", "deliverable", id="a recurrence"),
    pytest.param("制定渡运补贴办法。", "deliverable", id="a product"),
    pytest.param("建立渡口管护台账。", "deliverable", id="a list to be made"),
    pytest.param("加固护岸。（县水利局负责）", "deliverable", id="somebody answers"),
    pytest.param("不断提升渡运服务水平。", "standing", id="an effort without end"),
    pytest.param("渡运安全要长期坚持、常抓不懈。", "standing", id="长期坚持"),
    pytest.param("各乡镇要压实安全责任。", "standing", id="a collective answers"),
    pytest.param("深入学习贯彻渡运安全法规精神，深刻领会其要义。", "study", id="study"),
    pytest.param("深入学习渡运安全法规，准确把握安全要求。", "study", id="学习 and its object"),
    pytest.param("县级有关部门要认真组织学习渡运安全知识。", "study", id="组织学习"),
    pytest.param("广泛宣传渡运政策。", "study", id="宣传"),
    pytest.param("研究制定渡运补贴办法。", "deliverable", id="研究制定 makes something"),
    pytest.param("研究解决渡运困难。", "standing", id="研究解决 is an effort"),
    pytest.param("学习借鉴先进经验，改善渡运条件。", "standing", id="学习借鉴 is an effort"),
    pytest.param("坚持人民至上、生命至上。", "principle", id="坚持"),
    pytest.param("牢固树立安全发展理念。", "principle", id="an attitude"),
    pytest.param("重点抓好以下工作：", "principle", id="leads on"),
    pytest.param("请结合实际认真贯彻执行。", "principle", id="the demand of a transmission"),
]


@pytest.mark.parametrize(("sentence", "expected"), GRADES)
def test_grades(sentence: str, expected: str) -> None:
    assert item_from(sentence).grade == expected


def test_under_a_heading_of_principles_all_is_principle() -> None:
    assert item_from("完善机制，提高效率。", "一、基本原则").grade == "principle"
    assert item_from("改造渡口16处。", "一、指导思想").grade == "deliverable"


MODALITIES = [
    pytest.param("渡口必须公示票价。", "must", id="必须"),
    pytest.param("各乡镇要公示票价。", "must", id="要"),
    pytest.param("渡工不得擅自停渡。", "must", id="不得"),
    pytest.param("渡口应当设置标志。", "must", id="应当"),
    pytest.param("禁止超载渡运。", "must", id="禁止"),
    pytest.param("推进渡口标准化建设。", "should", id="imperative"),
    pytest.param("力争改造渡口16处。", "should", id="力争"),
    pytest.param("改造渡口不少于16处。", "should", id="不少于 sets a number, it does not command"),
    pytest.param("探索开行夜间渡船。", "explore", id="探索"),
    pytest.param("鼓励使用电动渡船。", "explore", id="鼓励"),
    pytest.param("支持村集体参与管护。", "explore", id="支持"),
    pytest.param("有条件的乡镇可以开行夜间渡船。", "explore", id="有条件的"),
]


@pytest.mark.parametrize(("sentence", "expected"), MODALITIES)
def test_modality(sentence: str, expected: str) -> None:
    assert item_from(sentence).modality == expected


MEASURES = [
    pytest.param("修缮码头，更新渡船，培训渡工。", ["修缮码头", "更新渡船", "培训渡工"], id="three acts"),
    pytest.param("修缮码头；更新渡船。", ["修缮码头", "更新渡船"], id="parted by ；"),
    pytest.param("修缮东渡、西渡、北渡码头。", ["修缮东渡、西渡、北渡码头"], id="a list is one act"),
    pytest.param("修缮码头，让群众过河更方便。", ["修缮码头", "让群众过河更方便"], id="an end in view"),
    pytest.param("实施“渡口改造，渡船更新”工程。", ["实施“渡口改造，渡船更新”工程"], id="a comma inside quotes"),
    pytest.param("修缮码头（含引桥，护栏）。", ["修缮码头（含引桥，护栏）"], id="a comma inside brackets"),
    pytest.param("修缮码头。（县水利局牵头，县财政局配合）", ["修缮码头"], id="who answers is no act"),
    pytest.param("修缮码头，总投资3600万元。", ["修缮码头，总投资3600万元"], id="a clause without an act goes with the one before"),
    pytest.param("2026年11月底前，修缮码头，更新渡船。", ["2026年11月底前，修缮码头", "更新渡船"], id="when goes with what"),
]


@pytest.mark.parametrize(("sentence", "expected"), MEASURES)
def test_measures(sentence: str, expected: list[str]) -> None:
    assert [measure.text for measure in item_from(sentence).measures] == expected


MECHANISMS = [
    pytest.param("建立渡口管护长效机制，压实责任。", ["渡口管护长效机制"], id="机制"),
    pytest.param("健全渡工培训制度。", ["渡工培训制度"], id="制度"),
    pytest.param("完善渡运补贴办法。", [], id="办法 is none"),
    pytest.param("修缮码头。", [], id="none"),
    pytest.param("建立和完善渡船检验制度。", ["渡船检验制度"], id="two verbs joined"),
    pytest.param("建立健全与航道等级相适应的养护机制。", ["与航道等级相适应的养护机制"], id="a name with 与"),
    pytest.param("对年初形成的问题清单逐项整改。", [], id="what was made before"),
]


@pytest.mark.parametrize(("sentence", "expected"), MECHANISMS)
def test_mechanisms(sentence: str, expected: list[str]) -> None:
    assert [mechanism.text for mechanism in item_from(sentence).mechanisms] == expected


DOUBTS = [
    pytest.param("改造渡口16处。", {"unit.missing"}, id="nobody is named"),
    pytest.param("改造渡口16处。（县水利局负责）", set(), id="somebody is"),
    pytest.param("各乡镇要改造渡口16处。", {"unit.collective"}, id="many are"),
    pytest.param("不断提升服务水平。", set(), id="a standing effort needs nobody"),
    pytest.param("改造一批渡口，2027年底前完成。（县水利局负责）", {"target.vague"}, id="一批"),
    pytest.param("渡工补贴应发尽发，2027年底前兑现。（县水利局负责）", {"target.vague"}, id="应发尽发"),
    pytest.param("修缮码头，更新渡船，培训渡工，清理航障，增设航标，加固护岸，公布时刻，完善票价，健全台账。（县水利局负责）", {"item.compound"}, id="too many acts in one sentence"),
]


@pytest.mark.parametrize(("sentence", "expected"), DOUBTS)
def test_doubts(sentence: str, expected: set[str]) -> None:
    assert {doubt.code for doubt in item_from(sentence).doubts} == expected


def test_past_deadlines_are_judged_only_from_a_day() -> None:
    text = "青湾县渡口工作方案\n\n一、重点任务\n2026年6月底前改造东渡。（县水利局负责）\n二、附则\n要抓好宣传。\n"
    source = SourceText.from_text(text)
    codes = {doubt.code for doubt in decompose(source, as_of=AS_OF).items[0].doubts}
    assert codes == {"deadline.past"}
    assert not decompose(source).items[0].doubts
    assert not decompose(source, as_of=date(2026, 6, 30)).items[0].doubts


def test_the_lead_sentence_of_a_paragraph() -> None:
    made = read("县委常委会召开会议\n\n会议强调，要抓好渡口改造。要加固护岸，更新渡船。会议指出，要清理航障。\n会议要求，各级要抓落实。\n")
    second = item_of(made, "要加固护岸")
    assert second.lead is not None and second.lead.of(made.source.text) == "会议强调，要抓好渡口改造。"
    assert item_of(made, "会议强调").lead is None


def test_ids_count_from_one_in_the_order_of_the_text() -> None:
    made = read("青湾县渡口工作方案\n\n一、重点任务\n要增设航标。要清理航障。\n二、附则\n要抓好宣传。\n")
    assert [item.id for item in made.items] == ["i0001", "i0002", "i0003"]
    assert [item.start for item in made.items] == sorted(item.start for item in made.items)


def test_a_name_that_a_page_broke_is_whole_again() -> None:
    """The quote keeps the page's line break, the name of a unit does not hold one."""
    line = "推进渡口改造，完善渡运补贴办法，健全渡工培训制度，"
    body = "\n".join([line] * 12)
    made = read(f"{body}\n压实安全责任。（县交通\n运输局牵头，县水利局配合）\n")
    names = [unit.name for item in made.items for unit in item.units]
    assert all("\n" not in name for name in names)


def test_the_same_text_gives_the_same_result() -> None:
    source = SourceText.from_text("青湾县渡口工作方案\n\n一、重点任务\n要增设航标。（县水利局负责）\n")
    assert decompose(source) == decompose(source)


def test_the_package_itself_can_be_called() -> None:
    import luoshi

    made = luoshi.decompose(SourceText.from_text("各县要增设航标。"), as_of=AS_OF)
    assert made.items and len(made.rules_sha256) == 64


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        ("渡口改造的全部经费由县财政局承担。", [("县财政局", "responsible")]),
        ("航标设置将由县水利局牵头，抓紧制定办法。", [("县水利局", "lead")]),
        ("县级行政执法机关应当每月公开结果。", [("县级行政执法机关", "responsible")]),
        ("实现经济社会同步发展，要增设航标。", []),
        ("自由贸易试验区管委会要增设航标。", [("自由贸易试验区管委会", "responsible")]),
        ("请县财政局落实渡口改造资金。", [("县财政局", "responsible")]),
        ("请县交通运输局、县水利局抓紧下达航标计划。", [("县交通运输局", "responsible"), ("县水利局", "responsible")]),
        ("请认真组织实施渡口改造工程。", []),
        ("请大会审议渡口改造计划。", []),
        ("由县统筹办、县新农办组织对渡口改造进行验收。", [("县统筹办", "responsible"), ("县新农办", "responsible")]),
        ("由住房城乡建设部会同有关部门制定标准。", [("住房城乡建设部", "lead"), ("有关部门", "support")]),
        ("渡口管理的具体办法由县交通运输主管部门制定。", [("县交通运输主管部门", "responsible")]),
        ("具体办法由县政府另行规定。", []),
        ("推动县船运公司承担更多航线。", []),
        ("四是县水利局要做好航标维护。", [("县水利局", "responsible")]),
        ("各乡镇、各部门在制定渡口规划时，要听取船民意见。", [("各乡镇", "responsible"), ("各部门", "responsible")]),
        ("各乡镇于11月30日前报送渡口清单。", [("各乡镇", "responsible")]),
        ("各乡镇人民政府对本行政区域渡口安全负总责。", [("各乡镇人民政府", "responsible")]),
        ("县水利局负责制定航标管理办法。", [("县水利局", "responsible")]),
        ("村民委员会协助开展渡口巡查。", [("村民委员会", "responsible")]),
        ("县督查室将适时开展专项督查。", [("县督查室", "responsible")]),
        ("县督查室将根据落实方案跟踪督查。", [("县督查室", "responsible")]),
        ("县水利局将严格按照航标标准验收。", [("县水利局", "responsible")]),
        ("下阶段县水利局将进一步加密航标。", [("县水利局", "responsible")]),
        ("县财政局应对渡运补贴进行监督检查。", [("县财政局", "responsible")]),
        ("恳请县政府将渡口改造列入计划。", []),
        ("各部门都要增设航标。", [("各部门", "responsible")]),
        ("渡口规划的制定和执行都要听取船民意见。", []),
        ("各乡镇渡口改造方案于3月15日前报县水利局。", [("各乡镇", "responsible")]),
        ("白石镇政府组织渡工培训。", [("白石镇政府", "responsible")]),
        ("青湾渡船服务中心：负责渡船检验。", [("青湾渡船服务中心", "responsible")]),
    ],
)
def test_who_is_charged_in_the_clause(sentence: str, units: list[tuple[str, str]]) -> None:
    made = decompose(SourceText.from_text(f"青湾县渡口工作方案\n\n一、重点任务\n{sentence}\n"), as_of=AS_OF)
    assert [(unit.name, unit.role) for unit in made.items[0].units] == units
