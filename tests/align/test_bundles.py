"""Which passage answers which, where paragraphs open with a sentence that heads them, and clauses are parted or share a number."""

import pytest

from luoshi.align import align
from tests.align.contract import assert_contract
from tests.align.documents import LATER, directive, made_of

OPENING = "（一）推动渡运服务业态创新和船管组织之间的信息共享。建设区域服务中心3个。"


@pytest.mark.parametrize(
    ("upper", "band"),
    [
        pytest.param("推动渡运服务业态创新，促进船管组织之间信息共享。", "found", id="answered by an opening"),
        pytest.param("推动渡运服务业态创新，建设区域服务中心12个。", "found", id="answered by what stands below"),
        pytest.param("开展城市内涝治理，改造排水管网30公里。", "not_seen", id="not answered"),
    ],
)
def test_an_opening_answers_where_no_item_does(upper: str, band: str) -> None:
    made = align(made_of(directive("省", "一、主要任务", upper)), made_of(directive("市", "一、主要任务", OPENING, day=LATER)))
    assert_contract(made)
    assert [one.band for one in made.upper_items] == [band]


def test_a_clause_that_is_parted_in_two_is_compared_with_both() -> None:
    upper = directive("省", "一、主要任务", "对重点渡口水域开展巡查，每月组织1次联合执法检查。")
    lower = directive("市", "一、主要任务", "加强重点渡口水域巡查，每季度组织一次联合执法检查。", day=LATER)
    made = align(made_of(upper), made_of(lower))
    assert_contract(made)
    (link,) = (one for one in made.links if one.level == "bundle")
    assert link.relation == "weakened"
    assert [(change.slot, change.how) for change in link.changed] == [("frequency", "lowered")]


def test_one_lower_number_answers_one_upper_number_of_a_bundle() -> None:
    upper = directive("省", "一、主要任务", "到2028年，全省渡船电动化改造比例达到75%，内湖水域渡船电动化改造比例达到55%。")
    lower = directive("市", "一、主要任务", "到2028年，全市渡船电动化改造比例达到78%以上；内湖水域渡船电动化水平力争走在全省前列。", day=LATER)
    made = align(made_of(upper), made_of(lower))
    assert_contract(made)
    numbers = {upper[change.upper.start : change.upper.end] for link in made.links for change in link.changed if change.slot == "number" and change.lower}
    assert numbers == {"达到75%"}


def test_a_day_that_moved_to_another_clause_is_no_addition() -> None:
    upper = directive("省", "一、主要任务", "对使用超过15年的渡船进行安全评估，2026年9月底前实现评估全覆盖。")
    lower = directive("市", "一、主要任务", "2026年11月底前，对使用超过15年的渡船全部完成安全评估。", day=LATER)
    made = align(made_of(upper), made_of(lower))
    assert_contract(made)
    (link,) = (one for one in made.links if one.level == "bundle")
    assert ([(change.slot, change.how) for change in link.changed], link.added) == ([("deadline", "later")], ())


def test_who_answers_for_it_is_told_of_the_bracket_too() -> None:
    upper = directive("省", "一、主要任务", "开展渡口维修，建立维修台账（省财政厅牵头，省教育厅配合）。")
    for lower, told in (("市民政局牵头，市教育局配合", [("unit", "replaced")]), ("市财政局牵头，市教育局配合", [])):
        made = align(made_of(upper), made_of(directive("市", "一、主要任务", f"开展渡口维修，建立维修台账（{lower}）。", day=LATER)))
        assert_contract(made)
        (link,) = (one for one in made.links if one.level == "bundle")
        assert [(change.slot, change.how) for change in link.changed] == told


def test_rules_share_nothing_out() -> None:
    for title, how in (("渡口评价办法", "lowered"), ("渡口建设方案", "apportioned")):
        upper = f"甲省{title}\n\n第一条 渡口救生艇不少于12艘。\n\n甲省人民政府\n2026年1月10日\n"
        lower = f"乙市{title}\n\n第一条 渡口救生艇不少于3艘。\n\n乙市人民政府\n2026年5月20日\n"
        made = align(made_of(upper), made_of(lower))
        assert [change.how for link in made.links if link.level == "act" for change in link.changed] == [how], title


def test_a_label_is_no_clause_of_its_own() -> None:
    upper = made_of(directive("市", "一、查找问题", "老旧渡口：重点排查2000年底前建成的老旧渡口，逐一登记。"))
    lower = made_of(directive("县", "一、查找问题", "开展老旧渡口专项体检，重点排查2000年底前建成的老旧渡口。", day=LATER))
    made = align(upper, lower)
    acts = [made.quotes(link) for link in made.links if link.level == "act"]
    assert ("重点排查2000年底前建成的老旧渡口", "重点排查2000年底前建成的老旧渡口") in [tuple(one) for one in acts]
    assert all(above != "老旧渡口" for above, _below in acts)


def test_a_step_on_the_way_is_no_lower_aim() -> None:
    upper = directive("省", "一、主要任务", "到2027年，渡口改造率达到80%。")
    lower = directive("市", "一、主要任务", "到2026年，渡口改造率达到70%，2027年达到82%。", day=LATER)
    made = align(made_of(upper), made_of(lower))
    assert_contract(made)
    [act] = [link for link in made.links if link.level == "act"]
    assert (act.relation, made.quotes(act)[1], [change.how for change in act.changed]) == ("tightened", "2027年达到82%", ["raised"])
    assert [(row.comparison, row.lower and row.lower.value) for row in made.targets] == [("stricter", 82.0)]


def test_all_below_is_no_lost_hundred_per_cent() -> None:
    upper = directive("省", "一、主要任务", "新建渡口候船室120座，开工率达到100%。")
    lower = directive("市", "一、主要任务", "新建渡口候船室9座，全部开工建设。", day=LATER)
    made = align(made_of(upper), made_of(lower))
    assert_contract(made)
    (link,) = (one for one in made.links if one.level == "bundle")
    assert [(change.slot, change.how) for change in link.changed] == [("number", "apportioned")]


def test_what_another_column_says_of_a_task_is_compared() -> None:
    rows = ("| 渡口管护 | 渡口管护单位每季度巡检不少于1次 |", "| 航道养护 | 严禁在航道内采砂 |", "| 船员服务 | 船员持证上岗率达到95% |")
    others = ("| 渡口管护 | 渡口管护单位每月巡检不少于1次 |", "| 航道养护 | 严格控制在航道内采砂 |", "| 船员服务 | 船员持证上岗率稳步提高 |")
    upper, lower = ("\n".join([f"甲{level}渡运重点任务台账", day, "", "| 任务内容 | 目标要求 |", "| --- | --- |", *own, ""]) for level, day, own in (("省", "2026年1月10日", rows), ("市", LATER, others)))
    made = align(made_of(upper), made_of(lower))
    assert_contract(made)
    told = {(change.slot, change.how) for link in made.links if link.level == "bundle" for change in link.changed}
    assert told == {("frequency", "raised"), ("modality", "softened"), ("number", "to_words")}


def test_a_lower_number_that_is_surely_another_ones_is_not_taken_away_by_a_chance_likeness() -> None:
    upper = directive("省", "一、主要任务", "开展船员培训4500人次，培训后就业率不低于60%。", "船员培训课时不得少于80课时，实操课时占比不低于70%。")
    lower = directive("市", "一、主要任务", "船员培训课时不得少于60课时，实操课时占比不低于60%。", day=LATER)
    made = align(made_of(upper), made_of(lower))
    assert_contract(made)
    told = [(lower[change.lower.start : change.lower.end], change.how) for link in made.links if link.level == "act" for change in link.changed if change.lower]
    assert told == [("不得少于60课时", "lowered"), ("不低于60%", "lowered")]
