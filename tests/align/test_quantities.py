"""Quantities against quantities: what answers what, and which of the two demands more; names of indicators."""

import pytest

from luoshi.align import quantities
from luoshi.align.indicators import canonical
from luoshi.decompose.model import Target


def goal(told: str, indicator: str = "") -> Target:
    """``≥ 62 %`` as a target."""
    comparator, value, *unit = told.split()
    return Target(0, len(told), told, comparator, float(value), unit[0] if unit else "", indicator)


# Upper, lower, indicator, whether the lower speaks for a part, and what is said of it.
COMPARED = [
    pytest.param("≥ 62 %", "≥ 62 %", "森林覆盖率", False, None, None, id="equal"),
    pytest.param("≥ 62 %", "= 62 %", "森林覆盖率", False, None, None, id="equal without 以上"),
    pytest.param("≥ 62 %", "≥ 65 %", "森林覆盖率", False, "raised", True, id="rate up"),
    pytest.param("≥ 62 %", "≥ 60 %", "森林覆盖率", False, "lowered", False, id="rate down"),
    pytest.param("≥ 62 %", "≥ 60 %", "森林覆盖率", True, "lowered", False, id="a rate is no share"),
    pytest.param("≥ 62 %", "≈ 62 %", "森林覆盖率", False, "softened", False, id="以上 to 左右"),
    pytest.param("≈ 62 %", "≥ 62 %", "森林覆盖率", False, "hardened", True, id="左右 to 以上"),
    pytest.param("≤ 5.5 %", "≤ 5 %", "城镇调查失业率", False, "lowered", True, id="ceiling down"),
    pytest.param("≤ 5.5 %", "≤ 6 %", "城镇调查失业率", False, "raised", False, id="ceiling up"),
    pytest.param("≤ 5.5 %", "≈ 5.5 %", "城镇调查失业率", False, "softened", False, id="以内 to 左右"),
    pytest.param("≈ 5.5 %", "≤ 5.5 %", "城镇调查失业率", False, "hardened", True, id="左右 to 以内"),
    pytest.param("≈ 5.5 %", "≤ 5 %", "城镇调查失业率", False, "lowered", True, id="unemployment about and within"),
    pytest.param("≈ 2 %", "≈ 3 %", "居民消费价格涨幅", False, "raised", False, id="prices up"),
    pytest.param("+ 5 %", "+ 5.5 %", "生产总值", True, "raised", True, id="growth up"),
    pytest.param("+ 5 %", "+ 4.5 %", "生产总值", True, "lowered", False, id="growth down"),
    pytest.param("- 13 %", "- 14 %", "单位生产总值能耗", False, "raised", True, id="fall by more"),
    pytest.param("- 13 %", "- 12 %", "单位生产总值能耗", False, "lowered", False, id="fall by less"),
    pytest.param("≤ 4 ‰", "≤ 0.4 %", "婴儿死亡率", False, None, None, id="‰ and %"),
    pytest.param("= 12 公里", "= 12000 米", "燃气管道", False, None, None, id="km and m"),
    pytest.param("= 150 平方公里", "= 15000 公顷", "水土流失", False, None, None, id="square km and hectares"),
    pytest.param("≥ 4500000000 斤", "≥ 2250000 吨", "粮食总产量", False, None, None, id="jin and tons"),
    pytest.param("≥ 550000 人", "≥ 48000 人", "城镇新增就业", True, "apportioned", None, id="share of a total"),
    pytest.param("≥ 550000 人", "≥ 48000 人", "城镇新增就业", False, "lowered", False, id="a total by the same level"),
    pytest.param("= 4500 家", "= 520 家", "托育机构", True, "apportioned", None, id="share of things"),
    pytest.param("= 480 个", "= 520 个", "老旧小区", True, "raised", True, id="more than the whole"),
    pytest.param("≤ 5 个工作日", "≤ 3 个工作日", "", False, "lowered", True, id="shorter time"),
    pytest.param("≤ 5 个工作日", "≤ 7 个工作日", "", True, "raised", False, id="longer time is no share"),
    pytest.param("≤ 29 微克/立方米", "≤ 31 微克/立方米", "细颗粒物浓度", True, "raised", False, id="concentration"),
]


@pytest.mark.parametrize(("upper", "lower", "indicator", "shares", "how", "stricter"), COMPARED)
def test_compare(upper: str, lower: str, indicator: str, shares: bool, how: str | None, stricter: bool | None) -> None:
    one, other = goal(upper, indicator), goal(lower, indicator)
    told = quantities.compare(one, other, indicator + upper, indicator + lower, shares=shares)
    assert (told.upper, told.lower, told.how, told.stricter) == (one, other, how, stricter)


@pytest.mark.parametrize("row", [param.values for param in COMPARED if param.values[4] in ("raised", "lowered", "softened", "hardened") and not param.values[3]])
def test_turned_round_the_answer_turns(row: tuple[str, str, str, bool, str, bool]) -> None:
    upper, lower, indicator, _shares, how, stricter = row
    told = quantities.compare(goal(lower, indicator), goal(upper, indicator), indicator, indicator, shares=False)
    turned = {"raised": "lowered", "lowered": "raised", "softened": "hardened", "hardened": "softened"}[how]
    assert (told.how, told.stricter) == (turned, not stricter)


@pytest.mark.parametrize(
    ("words", "upper"),
    [("每个社区配备全科医生", "≥ 2 名"), ("每个乡镇办好寄宿制学校", "≥ 1 所"), ("人均体育场地面积", "≥ 2.8 平方米"), ("各县建设养老服务中心", "= 3 个"), ("每亩补助", "≥ 3000 元")],
)
def test_what_is_counted_for_each_is_no_total(words: str, upper: str) -> None:
    assert not quantities.is_total(goal(upper), words)


@pytest.mark.parametrize(("words", "upper"), [("每年新建公园", "= 20 个"), ("每年培训农民", "= 3000 人次"), ("全省新建公园", "= 20 个"), ("在各县新建公园", "= 20 个")])
def test_what_is_counted_in_a_year_is_a_total(words: str, upper: str) -> None:
    assert quantities.is_total(goal(upper), words)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("= 1 人", "= 1 名", True), ("= 1 家", "= 1 处", True), ("= 1 %", "= 1 ‰", True), ("= 1 公里", "= 1 米", True), ("= 1 亩", "= 1 公顷", True),
        ("= 1 吨", "= 1 斤", True), ("= 1 微克/立方米", "= 1 微克", True), ("+ 1 %", "+ 1 %", True), ("= 1 枚", "= 1 枚", True),
        ("= 1 人", "= 1 家", False), ("= 1 %", "= 1 家", False), ("= 1 亩", "= 1 吨", False), ("= 1 元", "= 1 人", False), ("+ 1 %", "- 1 %", False),
        ("= 1 公里", "= 1 平方公里", False),
    ],
)  # fmt: skip
def test_same_kind(one: str, other: str, same: bool) -> None:
    assert quantities.same_kind(goal(one), goal(other)) is same
    assert quantities.same_kind(goal(other), goal(one)) is same


@pytest.mark.parametrize(("told", "frequency", "length"), [("≥ 2 次", True, False), ("= 1 轮", True, False), ("≤ 3 个工作日", False, True), ("≤ 24 小时", False, True), ("= 3 家", False, False)])
def test_frequencies_and_lengths(told: str, frequency: bool, length: bool) -> None:
    assert (quantities.is_frequency(goal(told)), quantities.is_length(goal(told))) == (frequency, length)
    assert not (frequency or length) or not quantities.is_total(goal(told), "")


def test_each_lower_quantity_answers_once() -> None:
    upper = [goal("≥ 3000 家", "科技型中小企业"), goal("≥ 500 家", "高新技术企业")]
    lower = [goal("≥ 60 家", "高新技术企业"), goal("≥ 400 家", "科技型中小企业")]
    assert quantities.answer(upper, lower) == [(upper[0], lower[1]), (upper[1], lower[0])]
    assert quantities.answer(upper, lower[:1]) == [(upper[0], None), (upper[1], lower[0])]
    assert quantities.answer(upper, []) == [(upper[0], None), (upper[1], None)]
    assert quantities.answer([], lower) == []
    assert quantities.answer(upper[:1], [goal("≥ 12 %", "科技型中小企业")]) == [(upper[0], None)]


def test_the_only_one_of_its_kind_answers_whatever_it_is_called() -> None:
    upper, lower = [goal("≥ 92 %", "秸秆综合利用率")], [goal("≥ 92 %", "得到利用的秸秆")]
    assert quantities.answer(upper, lower) == [(upper[0], lower[0])]


@pytest.mark.parametrize(
    ("indicator", "name"),
    [
        ("国内生产总值", "生产总值"), ("地区生产总值", "生产总值"), ("全省生产总值", "生产总值"), ("经济总量", "生产总值"), ("GDP", "生产总值"),
        ("新增城镇就业", "城镇新增就业"), ("全市城镇新增就业", "城镇新增就业"), ("CPI", "居民消费价格涨幅"), ("居民消费价格指数", "居民消费价格涨幅"),
        ("粮食总产量", "粮食产量"), ("社零总额", "社会消费品零售总额"), ("城镇调查失业率", "城镇调查失业率"), ("力争森林覆盖率", "森林覆盖率"),
        ("全市森林覆盖率达到", "森林覆盖率"), ("秸秆综合利用率", "秸秆综合利用率"), ("", ""),
    ],
)  # fmt: skip
def test_indicators_by_their_standard_names(indicator: str, name: str) -> None:
    assert canonical(indicator) == name
    assert canonical(name) == name
