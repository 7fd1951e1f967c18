"""The target table over invented documents: what became of each quantity, and where it is said."""

import pytest

from luoshi.align import COMPARISONS, Alignment, TargetRow, align
from tests.align.documents import LATER, directive, made_of


def aligned(upper: list[str], lower: list[str], *, levels: str = "省市") -> Alignment:
    """Paragraphs of the upper level against those of the lower, each under a heading of its own."""
    above = directive(levels[0], "一、主要任务", *upper)
    return align(made_of(above), made_of(directive(levels[1], "一、重点工作", *lower, day=LATER)))


def only_row(upper: str, lower: str, *, levels: str = "省市") -> tuple[TargetRow, Alignment]:
    made = aligned([upper], [lower], levels=levels)
    (row,) = made.targets
    return row, made


ROWS = [
    pytest.param("森林覆盖率达到62%以上。", "森林覆盖率达到65%以上。", "stricter", id="rate up"),
    pytest.param("森林覆盖率达到62%以上。", "森林覆盖率达到60%以上。", "looser", id="rate down"),
    pytest.param("森林覆盖率达到62%以上。", "全市森林覆盖率不低于62%。", "equal", id="the same floor"),
    pytest.param("森林覆盖率达到62%以上。", "森林覆盖率达到62%左右。", "looser", id="以上 to 左右"),
    pytest.param("城镇调查失业率控制在5.5%以内。", "城镇调查失业率控制在5%以内。", "stricter", id="ceiling down"),
    pytest.param("城镇调查失业率控制在5.5%以内。", "城镇调查失业率控制在6%以内。", "looser", id="ceiling up"),
    pytest.param("地区生产总值增长6%以上。", "地区生产总值增长6.5%以上。", "stricter", id="growth up"),
    pytest.param("地区生产总值增长6%左右。", "全市生产总值增长6%左右。", "equal", id="the same growth by another name"),
    pytest.param("单位地区生产总值能耗下降3%。", "单位地区生产总值能耗下降2%。", "looser", id="fall by less"),
    pytest.param("城镇新增就业55万人以上。", "城镇新增就业4.8万人以上。", "apportioned", id="share of a total"),
    pytest.param("粮食总产量稳定在70亿斤以上。", "粮食产量稳定在6.5亿斤以上。", "apportioned", id="share by another name"),
    pytest.param("粮食总产量稳定在45亿斤以上。", "粮食产量不低于225万吨。", "equal", id="another unit"),
    pytest.param("高标准农田建设补助每亩不低于3000元。", "高标准农田建设补助每亩不低于3500元。", "stricter", id="for each"),
    pytest.param("养老机构护理型床位占比达到60%以上。", "提高养老机构护理型床位占比。", "in_words", id="number to words"),
    pytest.param("数字经济核心产业增加值占比达到12%以上。", "完善公共图书馆借阅服务。", "not_seen", id="another subject"),
    pytest.param("森林覆盖率达到62%以上。", "新建城市书房25座。", "not_seen", id="another quantity"),
    pytest.param("渡船审批时间不超过10个工作日。", "渡船审批时间最长7个工作日。", "stricter", id="at most, in another word"),
    pytest.param("旅客候渡时间不超过30分钟。", "旅客候渡时间在40分钟以内。", "looser", id="within"),
    pytest.param("渡口考核合格率达到60%以上。", "渡口考核合格率达到一半以上。", "looser", id="half"),
    pytest.param("渡口监控接入率达到20%以上。", "渡口监控接入率达到两成以上。", "equal", id="two tenths"),
    pytest.param("渡口隐患整改率达到95%。", "渡口隐患整改率达到90%。", "looser", id="less of what is dealt with"),
    pytest.param("渡口客运满意度达到95%左右。", "渡口客运满意度达到93%—97%。", "looser", id="about, and a range around it"),
    pytest.param("渡口赔付时限不超过3个工作日。", "渡口赔付时限不超过48小时。", "stricter", id="working days and hours"),
    pytest.param("渡口监控安装率达到100%。", "渡口全部安装监控。", "in_words", id="all of them"),
    pytest.param("渡口隐患数量减少50%。", "渡口隐患数量减半。", "equal", id="halved"),
    pytest.param("渡船物料损耗率下降一半。", "渡船物料损耗率下降40%。", "looser", id="falls by half"),
    pytest.param("电动渡船保有量翻一番。", "电动渡船保有量增长80%。", "looser", id="doubled"),
]


@pytest.mark.parametrize(("upper", "lower", "comparison"), ROWS)
def test_comparison(upper: str, lower: str, comparison: str) -> None:
    row, made = only_row(upper, lower)
    assert row.comparison == comparison
    assert row.upper.text == made.upper.source.text[row.upper.start : row.upper.end]
    assert row.upper.text in upper
    assert (row.lower is None) == (comparison in ("in_words", "not_seen"))
    assert (row.words is None) == (comparison != "in_words")
    assert (row.lower_item is None) == (comparison == "not_seen")


def test_every_comparison_that_is_made_has_a_row() -> None:
    assert {param.values[2] for param in ROWS} == set(COMPARISONS)


@pytest.mark.parametrize(("levels", "comparison"), [("省市", "apportioned"), ("国省", "apportioned"), ("市县", "apportioned"), ("市市", "looser")])
def test_only_a_lower_level_has_a_share(levels: str, comparison: str) -> None:
    assert only_row("新建城市书房120座。", "新建城市书房14座。", levels=levels)[0].comparison == comparison


def test_words_are_the_clause_that_names_the_indicator() -> None:
    row, made = only_row("养老机构护理型床位占比达到60%以上。", "优化床位结构，提高养老机构护理型床位占比，完善评估标准。")
    assert row.words is not None
    assert row.words.of(made.lower.source.text) == "提高养老机构护理型床位占比"


UPPER = [
    "（一）稳步扩大就业。城镇新增就业55万人以上，城镇调查失业率控制在5.5%以内。",
    "（二）加强生态保护。森林覆盖率达到62%以上，细颗粒物平均浓度控制在29微克/立方米以内。",
    "（三）完善公共服务。新建城市书房120座，普惠托育机构达到900家。",
]
LOWER = [
    "（一）完善公共服务。普惠托育机构达到80家，新建城市书房14座。",
    "（二）加强生态保护。细颗粒物平均浓度控制在29微克/立方米以内，森林覆盖率达到60%以上。",
    "（三）稳步扩大就业。城镇调查失业率控制在5%以内，城镇新增就业4.8万人以上。",
]


def test_rows_stand_in_the_order_of_the_upper_text_and_each_lower_number_answers_once() -> None:
    made = aligned(UPPER, LOWER)
    assert [(row.indicator, row.comparison) for row in made.targets] == [
        ("城镇新增就业", "apportioned"), ("城镇调查失业率", "stricter"), ("森林覆盖率", "looser"), ("细颗粒物平均浓度", "equal"),
        ("城市书房", "apportioned"), ("普惠托育机构", "apportioned"),
    ]  # fmt: skip
    assert [row.upper_item for row in made.targets] == ["i0001", "i0001", "i0002", "i0002", "i0003", "i0003"]
    assert [row.lower_item for row in made.targets] == ["i0003", "i0003", "i0002", "i0002", "i0001", "i0001"]
    assert len({row.lower.start for row in made.targets if row.lower}) == len(made.targets)


def test_the_numbers_are_compared_whichever_document_was_first() -> None:
    later = aligned(UPPER, LOWER)
    earlier = align(later.upper, later.lower, lower_date="2020")
    assert earlier.direction.value == "same_source"
    assert earlier.targets == later.targets


def test_frequencies_are_no_targets() -> None:
    assert aligned(["每季度开展1次实战演练，全年不少于4次。"], ["每年开展1次实战演练。"]).targets == ()


def test_documents_without_targets_have_no_rows() -> None:
    assert aligned(["完善公共图书馆借阅服务。"], ["新建城市书房14座。"]).targets == ()


def test_a_paper_of_the_year_need_not_say_so() -> None:
    above = made_of(directive("省", "一、主要任务", "年内完成渡口标志更新。2026年完成船员培训。"))
    reports = [directive("市", "一、重点工作", "完成渡口标志更新。完成船员培训。", day=LATER).replace("关于加强有关工作的意见", title) for title in ("2026年工作要点", "关于渡运工作的意见")]
    of_the_year, other = (align(above, made_of(text)) for text in reports)
    assert [change.how for link in of_the_year.links for change in link.changed] == []
    assert {change.how for link in other.links for change in link.changed} == {"dropped"}
