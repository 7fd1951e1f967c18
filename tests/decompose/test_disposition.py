"""One disposition for every sentence, by form, by speaker, by mood."""

import pytest

from tests.decompose.reading import disposition_of, dispositions, item_of, read

MOODS = [
    pytest.param("各县要加快渡口改造。", "requirement", id="要"),
    pytest.param("据初步统计，去年汛期共损毁渡口36处。", "context", id="statistics"),
    pytest.param("据统计，渡口损毁较多，各县要抓紧修复。", "requirement", id="statistics and what follows of them"),
    pytest.param("指标来源：县水利局填报。", "context", id="where a figure is from"),
    pytest.param("渡口改造率=改造渡口数/渡口总数×100%。", "context", id="a formula"),
    pytest.param("渡运收支结余＝渡运收入-渡运支出。", "context", id="a formula of sums"),
    pytest.param("计算方法：改造渡口数/渡口总数×100%。", "context", id="how a figure is computed"),
    pytest.param("渡口应当公示票价。", "requirement", id="应当"),
    pytest.param("严禁超载渡运。", "requirement", id="严禁"),
    pytest.param("由县水利局负责修复护岸。", "requirement", id="由…负责"),
    pytest.param("加快渡口改造，完善渡运补贴办法。", "requirement", id="imperative"),
    pytest.param("到2030年，渡船标准化率达到90%以上。", "requirement", id="a goal by a year"),
    pytest.param("2027年底前完成东渡改造。", "requirement", id="a time limit before the verb"),
    pytest.param("今年的主要预期目标是：改造渡口60处。", "requirement", id="goals are"),
    pytest.param("近年来，全县渡运条件得到明显改善。", "context", id="the past"),
    pytest.param("渡口改造是重要的民生工程，事关两岸群众切身利益。", "context", id="meaning"),
    pytest.param("渡运安全还存在不少短板。", "context", id="a problem"),
    pytest.param("让我们携手建设平安渡口！", "context", id="a call"),
    pytest.param("渡口是两岸群众的连心桥。", "context", id="a judgement"),
    pytest.param("向广大渡工表示衷心的感谢！", "context", id="thanks"),
    pytest.param("5月8日，全县渡口改造推进会召开。", "record", id="a meeting was held"),
    pytest.param("县委书记白某主持会议并讲话。", "record", id="who chaired"),
    pytest.param("会议听取了县交通运输局关于渡口改造情况的汇报。", "record", id="an agenda"),
    pytest.param("会议要求，各乡镇要抓好落实。", "requirement", id="会议要求"),
    pytest.param("会议指出，渡口改造成效明显。", "context", id="会议指出 with praise"),
    pytest.param("会议强调，要守牢安全底线。", "requirement", id="会议强调 with 要"),
]


@pytest.mark.parametrize(("sentence", "expected"), MOODS)
def test_moods_outside_a_plan(sentence: str, expected: str) -> None:
    made = read(f"县委常委会召开会议\n\n会议指出，渡口关系民生。会议认为，形势总体向好。\n{sentence}\n会议要求，抓好落实。\n")
    assert disposition_of(made, sentence) == expected


IN_A_PLAN = [
    pytest.param("渡口全部公示票价。", "requirement", id="a plain statement is a task"),
    pytest.param("对更新电动渡船的给予补助。", "requirement", id="a policy"),
    pytest.param("鼓励村集体参与管护。", "requirement", id="encouragement"),
    pytest.param("对于已经建成、需要移交的，6月底前办理；对于存在隐患的，立即停航整改。", "requirement", id="cases, which tell nothing of the past"),
    pytest.param("近年来，我县渡运条件明显改善。", "context", id="the past"),
    pytest.param("本办法所称渡口，是指停靠渡船的码头。", "context", id="a definition"),
    pytest.param("本方案自印发之日起施行，有效期5年。", "context", id="from when it holds"),
    pytest.param("注：数据截至2026年底。", "context", id="a note"),
    pytest.param("请各地认真贯彻执行。", "requirement", id="a polite demand"),
]


@pytest.mark.parametrize(("sentence", "expected"), IN_A_PLAN)
def test_moods_in_a_plan(sentence: str, expected: str) -> None:
    made = read(f"渡口改造实施方案\n\n一、重点任务\n要增设航标。{sentence}要清理航障。\n")
    assert disposition_of(made, sentence) == expected


PURPOSES = [
    pytest.param("为保障渡运安全，制定本方案。", "context", id="purpose"),
    pytest.param("为加强渡口管理，经县政府同意，现提出如下意见。", "context", id="purpose with its authority"),
    pytest.param("根据省政府部署，现就有关事项通知如下：", "context", id="notice as follows"),
    pytest.param("现印发给你们，请认真贯彻执行。", "requirement", id="transmitted with a demand"),
    pytest.param("《渡口管理办法》已经县政府同意，现印发给你们。", "record", id="transmitted without a demand"),
    pytest.param("特此通知。", "record", id="so notified"),
]


@pytest.mark.parametrize(("sentence", "expected"), PURPOSES)
def test_how_a_notice_begins_and_ends(sentence: str, expected: str) -> None:
    made = read(f"关于加强渡口管理的通知\n\n各乡镇人民政府：\n\n{sentence}\n\n一、增设航标\n要增设航标。\n二、清理航障\n要清理航障。\n")
    assert disposition_of(made, sentence) == expected


def test_debris_is_unread_and_counted() -> None:
    made = read("渡口改造方案\n\n一、重点任务\n要改造渡口。\n\ufffd\ufffd口\ue001\ue002\n要更新渡船。\n")
    assert made.residue["unread"] == 1
    assert [kind for kind, quote in dispositions(made) if "\ufffd" in quote] == ["unread"]


NEWS = "渡口新貌\n\n2026-07-16 07:42  来源：青湾日报\n本报记者 白小江\n\n7月15日，研讨班结业。\n"

PLEDGES = [
    pytest.param("县交通运输局局长白某表示，将倒排工期，8月底前完工。", "pledge", "县交通运输局", id="将 outside a quote"),
    pytest.param("县交通运输局局长白某表示：“我们将倒排工期。”", "pledge", "县交通运输局", id="in a quote"),
    pytest.param("县交通运输局局长白某说，课堂内容丰富，收获很大。", "context", None, id="a feeling"),
    pytest.param("县交通运输局局长白某介绍，去年已改造渡口9处。", "context", None, id="the past"),
    pytest.param("青渡镇党委书记江某表示，将逐户走访渡工。", "pledge", "青渡镇", id="a party secretary speaks for the town"),
    pytest.param("云州市市长石某表示，将增加补助资金。", "pledge", "云州市", id="a mayor speaks for the city"),
    pytest.param("县渡运公司总经理柳某表示，将购置电动渡船3艘。", "pledge", "县渡运公司", id="a company"),
]


@pytest.mark.parametrize(("sentence", "expected", "unit"), PLEDGES)
def test_pledges_in_the_news(sentence: str, expected: str, unit: str | None) -> None:
    made = read(NEWS + sentence + "\n会场内外，掌声一片。\n")
    assert disposition_of(made, sentence) == expected
    if unit:
        speaker = item_of(made, sentence).speaker
        assert speaker is not None and speaker.name == unit


def test_the_speaker_goes_on_through_a_pronoun_and_a_quote() -> None:
    made = read(NEWS + "县水利局局长白某表示，将加固护岸。他说，将清理航障。“我们还将增设航标。”\n")
    assert [item.speaker.name for item in made.items if item.speaker] == ["县水利局"] * 3


def test_another_speaker_takes_over() -> None:
    made = read(NEWS + "县水利局局长白某表示，将加固护岸。\n县财政局局长石某表示，将拨付资金。\n")
    assert [item.speaker.name for item in made.items if item.speaker] == ["县水利局", "县财政局"]


def test_no_person_is_kept() -> None:
    made = read(NEWS + "县水利局局长白某表示，将加固护岸。\n")
    assert "白某" not in {unit.name for item in made.items for unit in item.units}


def test_quoting_a_higher_body_sets_no_task_here() -> None:
    made = read("关于加强渡口管理的意见\n\n党的某次全会提出，要完善交通网络。各县要抓好贯彻。\n\n一、增设航标\n要增设航标。\n二、清理航障\n要清理航障。\n")
    assert disposition_of(made, "各县要") == "requirement"


TURNS = (
    "政府工作报告\n\n各位代表：\n\n过去一年，我们改造渡口9处，新建公路86公里。推进乡村建设，完成投资3亿元。\n\n"
    "今年工作的总体要求是：坚持稳中求进。推进乡村建设，改造渡口16处。\n"
)


def test_a_report_without_headings_turns_from_review_to_plan() -> None:
    made = read(TURNS)
    assert disposition_of(made, "推进乡村建设，完成") == "context"
    assert disposition_of(made, "推进乡村建设，改造") == "requirement"


def test_importance_does_not_turn_a_speech_into_a_plan() -> None:
    """重要 holds 要, but 今年的一件大事，具有重要意义 announces nothing."""
    made = read("在全县渡口会议上的讲话\n\n同志们：\n\n渡口改造是今年的一件大事，具有重要意义。改造进度还不够快，部分乡镇重视不够。\n")
    assert not made.items


def test_a_question_leads_to_what_follows() -> None:
    made = read("县委常委会召开会议\n\n会议指出，渡口关系民生。会议认为，怎么改？要依靠群众。\n")
    assert disposition_of(made, "会议认为，怎么改？") == "context"
    assert disposition_of(made, "要依靠群众。") == "requirement"


def test_cases_of_a_rule_are_no_tasks() -> None:
    made = read(
        "渡口管理办法\n\n一、追责\n有下列行为之一的，依法给予处分：\n（1）不按照预案规定采取措施的；\n（2）挪用渡口改造款物的；\n（3）危害渡口安全的其他行为。\n（4）每月检查一次航标。\n"
        "二、奖励\n对有下列突出表现的单位，给予表扬：\n（1）及时报告险情的；\n各县要登记造册。\n"
    )
    dispositions = {text: disposition_of(made, text) for text in ("有下列", "（1）不按", "（2）挪用", "（3）危害", "（4）每月", "（1）及时", "各县要")}
    assert list(dispositions.values()) == ["requirement", "context", "context", "context", "requirement", "context", "requirement"]


@pytest.mark.parametrize(("sentence", "unit"), [("2026年水利厅将会同财政厅认真研究，给予支持。", "水利厅"), ("省府办将与交通厅一起，制定航标标准。", "省府办")])
def test_who_commits_in_a_letter(sentence: str, unit: str) -> None:
    made = read(f"关于对省人大会议第2号建议的答复\n\n某代表：\n您提出的建议收悉，经研究，现答复如下：\n{sentence}\n")
    assert [one.name for one in made.items[0].units if one.role == "speaker"] == [unit]
    assert disposition_of(made, sentence) == "pledge"
