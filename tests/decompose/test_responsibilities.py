"""Who answers: every form in which offices write it, units invented."""

import pytest

from luoshi.decompose.named_units import unit_list
from luoshi.decompose.responsibilities import answers, convention_from
from tests.decompose.reading import item_of, read, view_of

Row = tuple[list[str], list[str], str]


def answers_of(text: str) -> list[Row]:
    """Leads, supporters and form of everything that the text says of who answers, as the view has it."""
    return [([n for n, _ in a.lead], [n for n, _ in a.support], a.form) for a in answers(view_of(text))]


BRACKETS = [
    pytest.param("修缮码头。（市水务局牵头，市财政局配合）", ["市水务局"], ["市财政局"], "lead_support", id="牵头，配合"),
    pytest.param("修缮码头。（市水务局牵头）", ["市水务局"], [], "lead_only", id="牵头 alone"),
    pytest.param("修缮码头。（省水利厅、广电局牵头）", ["省水利厅", "广电局"], [], "lead_only", id="two leads"),
    pytest.param("修缮码头。（市水务局负责）", ["市水务局"], [], "sole", id="负责, one unit"),
    pytest.param("修缮码头。（市水务局、市财政局负责）", ["市水务局", "市财政局"], [], "joint", id="负责, two units"),
    pytest.param("修缮码头。（市水务局、市财政局按职责分工负责）", ["市水务局", "市财政局"], [], "joint", id="按职责分工负责"),
    pytest.param("修缮码头。（市水务局会同市财政局负责）", ["市水务局"], ["市财政局"], "lead_with_others", id="会同"),
    pytest.param("修缮码头。（市水务局会同有关部门）", ["市水务局"], ["有关部门"], "lead_with_others", id="会同 without 负责"),
    pytest.param("修缮码头。（市水务局、市财政局会同市审计局、市司法局负责）", ["市水务局", "市财政局"], ["市审计局", "市司法局"], "lead_with_others", id="two 会同 two"),
    pytest.param("修缮码头。（市水务局牵头，市委宣传部、体育局按职责分工负责）", ["市水务局"], ["市委宣传部", "体育局"], "lead_support", id="牵头，按职责分工负责"),
    pytest.param("修缮码头。（有关省、市、自治区负责）", ["有关省、市、自治区"], [], "sole", id="all of several levels is one"),
    pytest.param("修缮码头。（各省、自治区、直辖市人民政府及有关部门负责）", ["各省、自治区、直辖市人民政府", "有关部门"], [], "joint", id="governments of several levels and others"),
    pytest.param("修缮码头。（市水务局牵头，各有关单位按职责分工负责）", ["市水务局"], ["各有关单位"], "lead_support", id="a collective supports"),
    pytest.param("修缮码头。（市水务局牵头，市财政局，市林业局、市统计局按职责分工负责）", ["市水务局"], ["市财政局", "市林业局", "市统计局"], "lead_support", id="systems parted by commas"),
    pytest.param("修缮码头。（市水务局、市财政局按职责分工负责，各县人民政府结合实际落实）", ["市水务局", "市财政局"], ["各县人民政府"], "lead_support", id="local governments carry out"),
    pytest.param("修缮码头。（市水务局、商务局、数据局，市税务局按职责分工负责）", ["市水务局", "商务局", "数据局", "市税务局"], [], "joint", id="a comma between systems, none leads"),
    pytest.param("修缮码头。（牵头单位：市水务局，配合单位：市委组织部、市财政局，各县区）", ["市水务局"], ["市委组织部", "市财政局", "各县区"], "lead_support", id="labels"),
    pytest.param("修缮码头。（牵头单位：市水务局）", ["市水务局"], [], "lead_only", id="one label"),
    pytest.param("修缮码头。[牵头单位：市水务局、市农办；责任单位：市财政局、各街办（新区）]", ["市水务局", "市农办"], ["市财政局", "各街办(新区)"], "lead_support", id="square brackets"),
    pytest.param("修缮码头。【责任单位：市水务局、市财政局】", ["市水务局", "市财政局"], [], "responsible_units", id="thick brackets"),
    pytest.param("修缮码头。（责任单位：市水务局、市通信管理局等；各区政府）", ["市水务局", "市通信管理局", "各区政府"], [], "responsible_units", id="等； and a collective"),
    pytest.param("修缮码头。（责任部门：市水务局、市交通委（市航道局）、市财政局）", ["市水务局", "市交通委(市航道局)", "市财政局"], [], "responsible_units", id="a bracket inside a name"),
    pytest.param("修缮码头。〔责任单位：市水务局、市财政局按职责分工负责。具体任务均涉及各县人民政府，下同。〕", ["市水务局", "市财政局"], [], "responsible_units", id="lenticular brackets with a sentence inside"),
    pytest.param("修缮码头。（责任单位：市水务局、市财政局等有关部门，各县政府。以下措施均需各县政府落实，不再列出）", ["市水务局", "市财政局", "有关部门", "各县政府"], [], "responsible_units", id="a remark behind the list"),
    pytest.param("修缮码头。（市商务局、市水务局，持续推进）", ["市商务局", "市水务局"], [], "joint", id="a deadline is no unit"),
    pytest.param("修缮码头。（市水务局牵头，市财政局配合；2027年6月底前完成）", ["市水务局"], ["市财政局"], "lead_support", id="a deadline behind ；"),
    pytest.param("修缮码头。（市水务局、市财政局，上半年取得阶段性成效）", ["市水务局", "市财政局"], [], "joint", id="a result is no unit"),
    pytest.param("修缮码头。（市水务局，有关市〈州〉人民政府，各县〔市、区〕政府按职责分工负责）", ["市水务局", "有关市〈州〉人民政府", "各县〔市、区〕政府"], [], "joint", id="nested brackets of other shapes"),
    pytest.param("修缮码头。（市水务局和市财政局负责）", ["市水务局", "市财政局"], [], "joint", id="和 between two units"),
    pytest.param("修缮码头。（市文化和旅游局负责）", ["市文化和旅游局"], [], "sole", id="和 inside one name"),
    pytest.param("修缮码头。(市水务局牵头,市财政局配合)", ["市水务局"], ["市财政局"], "lead_support", id="narrow marks"),
    pytest.param("修缮码头。（市水务局）", ["市水务局"], [], "sole", id="a unit and nothing else"),
]


@pytest.mark.parametrize(("text", "lead", "support", "form"), BRACKETS)
def test_brackets(text: str, lead: list[str], support: list[str], form: str) -> None:
    assert answers_of(text) == [(lead, support, form)]


SILENT = [
    pytest.param("修缮码头（含引桥）。", id="an aside"),
    pytest.param("主要负责同志（党政正职）要亲自抓。", id="负责 outside"),
    pytest.param("实行首问负责制（含窗口单位）。", id="负责制"),
    pytest.param("（此件公开发布）", id="publicity"),
    pytest.param("（记者 白小江）", id="a byline"),
    pytest.param("提高到80%（上年为76%）。", id="a figure"),
    pytest.param("《渡口管理办法》（临政发〔2026〕7号）", id="a number"),
    pytest.param("对责任单位进行评价。", id="责任单位 as a word"),
    pytest.param("考核单位：县审计局", id="who assesses does not answer"),
    pytest.param("责任领导：分管副县长", id="a leader is no unit"),
]


@pytest.mark.parametrize("text", SILENT)
def test_what_names_nobody(text: str) -> None:
    assert answers_of(text) == []


LINES = [
    pytest.param("修缮码头。\n牵头单位：县水利局\n责任单位：县财政局、各乡镇\n", [(["县水利局"], ["县财政局", "各乡镇"], "lead_support")], id="two lines are one answer"),
    pytest.param("修缮码头。\n\n牵头单位:县水利局\n\n责任单位:县财政局,各专班\n", [(["县水利局"], ["县财政局", "各专班"], "lead_support")], id="blank lines between"),
    pytest.param("修缮码头。\n责任单位：县水利局\n", [(["县水利局"], [], "responsible_units")], id="one line"),
    pytest.param("修缮码头。\n责任单位：县水利局；完成时限：6月30日前\n", [(["县水利局"], [], "responsible_units")], id="with a deadline behind"),
    pytest.param(
        "修缮码头。\n责任单位：县水利局\n清理航障。\n责任单位：县农业农村局\n",
        [(["县水利局"], [], "responsible_units"), (["县农业农村局"], [], "responsible_units")],
        id="a label that comes again opens the next",
    ),
    pytest.param(
        "1.修缮码头。责任单位：县水利局、县财政局。2.清理航障。责任单位：县农业农村局。",
        [(["县水利局", "县财政局"], [], "responsible_units"), (["县农业农村局"], [], "responsible_units")],
        id="run into the paragraph",
    ),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines(text: str, expected: list[Row]) -> None:
    assert answers_of(text) == expected


def test_a_label_again_on_the_same_line_ends_the_list_before_it() -> None:
    assert answers_of("责任单位：县水利局 责任单位：县农业农村局") == [(["县水利局"], [], "responsible_units"), (["县农业农村局"], [], "responsible_units")]


CONVENTIONS = [
    pytest.param("（市水务局、市财政局等负责。列第一位者为牵头单位，下同）", id="列第一位者"),
    pytest.param("（市水务局、市财政局按职责分工负责，排在第一位的为牵头部门，下同；3月底前出台）", id="排在第一位的"),
    pytest.param("责任分解中，列第一位的责任单位为牵头单位。\n（责任单位：市水务局、市财政局）", id="told in the notice"),
    pytest.param("（责任单位：市水务局、市财政局）\n注：排在首位的为牵头单位。", id="told in a note below"),
    pytest.param("（市水务局、市财政局负责，排名第一的为牵头单位）", id="排名第一的"),
]


@pytest.mark.parametrize("text", CONVENTIONS)
def test_first_listed_leads(text: str) -> None:
    assert convention_from(view_of(text)) is not None
    assert answers_of(text) == [(["市水务局"], ["市财政局"], "first_listed_lead")]


NO_CONVENTION = [
    pytest.param("（市水务局、市财政局负责，分工不分先后）", id="分工不分先后"),
    pytest.param("我市渡运量排第一位。（市水务局、市财政局负责）", id="第一 of something else"),
]


@pytest.mark.parametrize("text", NO_CONVENTION)
def test_no_convention(text: str) -> None:
    assert answers_of(text) == [(["市水务局", "市财政局"], [], "joint")]


def test_explicit_roles_win_over_the_convention() -> None:
    text = "（市水务局、市财政局负责。列第一位者为牵头单位，下同）\n修缮码头。（市林业局牵头，市水务局配合）\n清理航障。（市农业局会同市公安局负责）"
    assert answers_of(text)[1:] == [(["市林业局"], ["市水务局"], "lead_support"), (["市农业局"], ["市公安局"], "lead_with_others")]


def test_etc_leaves_the_list_open() -> None:
    (found,) = answers("修缮码头。(市水务局、市财政局等负责)")
    assert found.open_ended
    assert [name for name, _ in found.lead] == ["市水务局", "市财政局"]


def test_the_span_is_the_bracket_with_its_marks() -> None:
    text = "修缮码头。(市水务局牵头,市财政局配合)清理航障。"
    (found,) = answers(text)
    assert text[found.start : found.end] == "(市水务局牵头,市财政局配合)"
    assert all(text.startswith(name, at) for name, at in (*found.lead, *found.support))


IN_SENTENCES = [
    pytest.param("由县水利局牵头，县财政局、县审计局配合，6月底前制定办法。", {"县水利局": "lead", "县财政局": "support", "县审计局": "support"}, id="由…牵头，…配合"),
    pytest.param("县融媒体中心要牵头制定宣传方案。", {"县融媒体中心": "lead"}, id="要牵头"),
    pytest.param("县水利局负责方案的统一调度。", {"县水利局": "responsible"}, id="…负责"),
    pytest.param("县政府督查室要会同县水利局每月开展一次检查。", {"县政府督查室": "lead", "县水利局": "support"}, id="要会同"),
    pytest.param("县渡运公司作为实施主体，要加快进度。", {"县渡运公司": "responsible"}, id="作为…，要"),
    pytest.param("县水利局、县财政局要密切配合，抓好落实。", {"县水利局": "responsible", "县财政局": "responsible"}, id="two subjects"),
    pytest.param("各乡镇要压实责任。", {"各乡镇": "responsible"}, id="a collective subject"),
    pytest.param("我们要压实责任。", {}, id="we are no unit"),
    pytest.param("重要事项要及时报告。", {}, id="a thing is no unit"),
]


@pytest.mark.parametrize(("sentence", "expected"), IN_SENTENCES)
def test_units_in_the_sentence(sentence: str, expected: dict[str, str]) -> None:
    made = read(f"渡口改造工作方案\n\n一、重点任务\n{sentence}\n二、其他事项\n要增设航标。\n")
    assert {unit.name: unit.role for unit in item_of(made, sentence).units} == expected


PARTNERS = [
    pytest.param("县司法局", id="司 in 司法局"),
    pytest.param("县公安局", id="公安局"),
    pytest.param("县市场监管局", id="市 in 市场监管局"),
    pytest.param("县社会福利院", id="社 in 社会福利院"),
    pytest.param("县行政审批局", id="行 in 行政审批局"),
    pytest.param("县消防救援大队", id="消防救援大队"),
    pytest.param("县乡村振兴局", id="乡 in 乡村振兴局"),
    pytest.param("县财政局", id="财政局"),
    pytest.param("有关部门", id="有关部门"),
    pytest.param("青湾县", id="a county"),
    pytest.param("县委组织部", id="a department of the committee"),
    pytest.param("县政府办公室", id="an office of the government"),
    pytest.param("市人大常委会办公室", id="an office of a standing committee"),
    pytest.param("各县（区）人民政府", id="brackets inside"),
]


@pytest.mark.parametrize("unit", PARTNERS)
def test_the_partner_is_the_whole_name(unit: str) -> None:
    made = read(f"渡口改造工作方案\n\n一、重点任务\n由县交通运输局会同{unit}修订管理办法，6月20日前印发。\n")
    assert [u.name for u in made.items[0].units if u.role == "support"] == [unit]


ASSIGNED = "渡口改造实施方案\n\n一、重点任务\n（一）修缮码头。加固护岸。更换趸船。（市水务局牵头）\n（二）清理航障。清除渔网。打捞沉船。（市农业局牵头）\n"


def test_an_answer_speaks_for_the_items_of_its_paragraph() -> None:
    made = read(ASSIGNED)
    by_item = {item.quote[:4]: [unit.name for unit in item.units] for item in made.items}
    assert by_item == {"加固护岸": ["市水务局"], "更换趸船": ["市水务局"], "清除渔网": ["市农业局"], "打捞沉船": ["市农业局"]}
    assert [len(one.items) for one in made.responsibilities] == [2, 2]


def test_answer_lines_belong_to_the_item_above() -> None:
    made = read("渡口改造任务分解方案\n\n（一）修缮码头\n工作任务：加固东渡护岸300米。\n牵头单位：县水利局\n责任单位：县财政局\n完成时限：2027年10月底\n（二）清理航障\n工作任务：清除渔网。\n牵头单位：县农业农村局\n完成时限：2027年5月底\n")
    assert len(made.items) == 2
    first = made.items[0]
    assert [(u.name, u.role) for u in first.units] == [("县水利局", "lead"), ("县财政局", "support")]
    assert [d.text for d in first.deadlines] == ["2027年10月底"]
    assert sum(sentence.item == first.id for sentence in made.sentences) == 4


UNIT_LISTS = [
    pytest.param("市水务局、市财政局", ["市水务局", "市财政局"], id="two"),
    pytest.param("各乡镇", ["各乡镇"], id="a collective"),
    pytest.param("市水务局、加固护岸", [], id="something else among them"),
    pytest.param("渡口", [], id="a thing"),
]


@pytest.mark.parametrize(("text", "expected"), UNIT_LISTS)
def test_unit_list(text: str, expected: list[str]) -> None:
    assert [name for name, _ in unit_list(text, 0, len(text))] == expected
