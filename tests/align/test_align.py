"""What every alignment keeps, whatever the two documents: asked of random recombinations of invented sentences, odd shapes and real files."""

import gc
import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

import luoshi.align
from luoshi.align import Alignment, align, relate
from luoshi.align.model import LINKING
from luoshi.decompose import decompose
from luoshi.decompose.model import Decomposition
from luoshi.readers import read
from luoshi.text.view import fold
from tests.align.contract import assert_contract
from tests.align.documents import EARLIER, LATER, directive, made_of
from tests.decompose.shapes import damaged, flattened, sample, wrapped
from tests.proving import FULL

BULK = Path(__file__).parents[3] / "shared" / "corpus" / "bulk"
HELD_OUT = {row["file"] for row in json.loads((Path(__file__).parents[1] / "score" / "heldout.json").read_text("utf-8"))}

HEADINGS = ["一、主要任务", "二、保障措施", "（一）提升公共服务", "三、重点工作", "四、过去一年工作回顾", "（二）加强生态保护"]
SENTENCES = [
    "坚持以人民为中心，坚持系统观念，统筹发展和安全。",
    "到2027年，生活垃圾回收利用率达到38%以上。",
    "到2027年，生活垃圾回收利用率达到42%以上。",
    "全省建成普惠托育机构4500家，惠及婴幼儿12万人。",
    "全市建成普惠托育机构520家（市卫生健康委牵头，市教育局配合）。",
    "必须对财政资金项目开展绩效评价，评价结果作为安排预算的依据。",
    "鼓励财政资金项目开展绩效评价。",
    "2026年9月底前完成经营性农村自建房安全鉴定，逐栋建立档案。",
    "尽快完成经营性农村自建房安全鉴定。",
    "整治噪声、油烟、扬尘、异味等扰民问题，对反复投诉的点位挂牌督办。",
    "整治噪声、油烟等扰民问题。",
    "每半年开展1次食堂从业人员健康检查，建立健康档案。",
    "加强组织领导，压实工作责任，确保取得实效。",
    "近年来，县域医疗急救体系逐步完善，群众满意度明显提高。",
    "支持博物馆、图书馆、文化馆延时开放；推进馆藏文物数字化；办好公益展览。",
    "在禾丰镇、石岭镇、白鹭镇建设寄递物流综合服务站，打通农产品上行通道。",
    "森林覆盖率达到62%以上，细颗粒物平均浓度控制在29微克/立方米以内。",
    "森林覆盖率稳步提高。",
    "自印发之日起60日内制定实施细则，报省人民政府备案。",
    "新建城市书房25座。",
    "序号\t任务\t责任单位\n1\t新建城市书房25座\t市文化和旅游局\n2\t改造老旧供热管网45公里\t市住房城乡建设局",
    "全省地区生产总值增长6%左右，城镇新增就业55万人以上，居民消费价格涨幅3%左右。",
    "（责任单位：省发展改革委、省财政厅；完成时限：2026年12月底）",
]

paragraphs = st.lists(st.sampled_from([*HEADINGS, *SENTENCES]), max_size=9)
days = st.sampled_from([EARLIER, LATER, "2025年3月", ""])
documents = st.builds(lambda level, body, day: made_of(directive(level, *body, day=day)), st.sampled_from("国省市县镇"), paragraphs, days)
odd_texts = st.one_of(
    st.text(st.sampled_from("一二、。，（）年月日%以上不少于新建改造书房管网各县市必须鼓励\n\t 0123456789第条㈠①|"), max_size=120),
    st.builds(damaged, st.sampled_from(["\n".join(SENTENCES), *SENTENCES]), st.integers(0, 999)),
)
EVERY = settings(max_examples=120, deadline=None, derandomize=True)
FEW = settings(max_examples=50, deadline=None, derandomize=True)


def told(made: Alignment) -> list[tuple[str, str, str, str]]:
    """What the links say, without where it stands."""
    return [(link.level, link.relation, *(fold(quote).replace("\n", "") for quote in made.quotes(link))) for link in made.links]


@given(documents, documents)
@EVERY
def test_every_alignment_keeps_the_contract(upper: Decomposition, lower: Decomposition) -> None:
    made = align(upper, lower)
    assert_contract(made)
    assert align(upper, lower) == made


@given(odd_texts, odd_texts)
@EVERY
def test_odd_texts_keep_the_contract(upper: str, lower: str) -> None:
    assert_contract(align(made_of(upper), made_of(lower), upper_date="2025", lower_date="2026"))


@given(documents)
@FEW
def test_a_document_is_found_in_itself(made: Decomposition) -> None:
    itself = align(made, made, upper_date="2026-01", lower_date="2026-02")
    assert_contract(itself)
    for one in itself.upper_items:
        assert one.band in ("found", None), one
        if one.band:
            whole = itself.links[one.links[0]]
            assert whole.relation == "copied" and whole.upper.of(made.source.text) == whole.lower.of(made.source.text)
    assert {row.comparison for row in itself.targets} <= {"equal"}


@given(documents, documents)
@FEW
def test_only_the_direction_makes_a_common_source(upper: Decomposition, lower: Decomposition) -> None:
    both = [align(replace(upper, facts=replace(upper.facts, level=None)), lower, upper_date=a, lower_date=b) for a, b in (("2025", "2026"), ("2026", "2025"))]
    derived, same = both
    assert (derived.direction.value, same.direction.value) == ("derived", "same_source")
    assert [(a.upper, a.lower, a.level, a.score) for a in derived.links] == [(b.upper, b.lower, b.level, b.score) for b in same.links]
    for one, other in zip(derived.links, same.links, strict=True):
        assert (other.relation == "same_source") == (one.relation in LINKING)
    assert [one.band for one in derived.upper_items] == [one.band for one in same.upper_items]


def test_the_package_can_be_called() -> None:
    upper, lower = made_of(sample("province-opinion")), made_of(sample("city-plan"))
    assert luoshi.align(upper, lower) == align(upper, lower)


# Shapes of documents.

TASKS = [
    "（一）{place}建成普惠托育机构{n}家，支持用人单位办托。", "（二）整治噪声、油烟、扬尘等扰民问题，对反复投诉的点位挂牌督办。",
    "（三）2026年9月底前完成经营性农村自建房安全鉴定。", "（四）必须对财政资金项目开展绩效评价。", "（五）森林覆盖率达到62%以上。",
]  # fmt: skip
ANSWERS = [
    "（一）{place}建成普惠托育机构{n}家，支持用人单位办托。", "（二）整治噪声、油烟等扰民问题，对反复投诉的点位挂牌督办。",
    "（三）尽快完成经营性农村自建房安全鉴定。", "（四）鼓励财政资金项目开展绩效评价。", "（五）森林覆盖率不低于62%。",
]  # fmt: skip
ABOVE = directive("省", "一、主要任务", *(task.format(place="全省", n=4500) for task in TASKS))
BELOW = directive("市", "一、重点工作", *(task.format(place="全市", n=520) for task in ANSWERS), day=LATER)
TABLE = "序号\t重点任务\t牵头单位\n1\t新建城市书房25座\t市文化和旅游局\n2\t整治噪声、油烟等扰民问题\t市生态环境局\n"
WITHOUT_ITEMS = "乙市概况\n\n乙市位于甲省东部，辖六个县区，常住人口约三百万人。\n"


def test_the_sample_of_the_shapes_has_the_relations_it_should() -> None:
    made = align(made_of(ABOVE), made_of(BELOW))
    first = [made.links[one.links[0]].relation for one in made.upper_items]
    assert first == ["carried", "narrowed", "weakened", "weakened", "same_target"]


@pytest.mark.parametrize("wrap", [0, 18], ids=["as it is", "lines of 18"])
def test_what_was_compared_before_is_compared_the_same(wrap: int) -> None:
    upper, *lower = (made_of(wrapped(text, wrap, mark="") if wrap else text) for text in (ABOVE, BELOW, ABOVE, BELOW))
    made = [align(upper, one) for one in lower]
    assert made == [align(replace(upper), replace(one)) for one in lower]
    link = made[0].links[0]
    assert relate(link.upper, link.lower, upper=upper, lower=lower[0]) == relate(link.upper, link.lower, upper=replace(upper), lower=replace(lower[0]))


@pytest.mark.parametrize("text", ["", "\n", "甲", WITHOUT_ITEMS, TABLE, "一、主要任务\n", "2026年1月10日"], ids=["empty", "line", "one", "no items", "table", "heading", "date"])
@pytest.mark.parametrize("other", ["", WITHOUT_ITEMS, TABLE, ABOVE], ids=["empty", "no items", "table", "directive"])
def test_odd_documents_are_aligned(text: str, other: str) -> None:
    for upper, lower in ((text, other), (other, text)):
        assert_contract(align(made_of(upper), made_of(lower)))


def test_nothing_in_common_gives_no_links() -> None:
    made = align(made_of(ABOVE), made_of(directive("市", "一、重点工作", "举办龙舟邀请赛，评选民宿管家。", day=LATER)))
    assert made.links == ()
    assert {one.band for one in made.upper_items} == {"not_seen"}
    assert {one.origin for one in made.lower_items} == {"local"}


def test_a_table_is_found_in_a_directive() -> None:
    made = align(made_of(ABOVE), made_of(TABLE), lower_date="2026-12")
    second = made.upper_items[1]
    assert second.band == "found"
    assert made.links[second.links[0]].lower.of(TABLE).startswith("整治噪声、油烟")


def test_two_hundred_items_find_themselves_and_no_other() -> None:
    things = [f"{a}{b}" for a, b in itertools.product(["城市书房", "供热管网", "托育机构", "冷链仓库", "养老驿站", "体育公园", "农村公路", "充电设施", "排水泵站", "文化礼堂"], "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉")]
    tasks = [f"{n}.完成{thing}改造，惠及群众{n + 2}万人。" for n, thing in enumerate(things, 1)]
    made = align(made_of(directive("省", *tasks)), made_of(directive("市", *reversed(tasks), day=LATER)))
    assert_contract(made)
    assert len(made.upper_items) == 200
    for one in made.upper_items:
        assert one.band == "found"
        upper, lower = made.quotes(made.links[one.links[0]])
        assert upper == lower


WIDE = str.maketrans("0123456789%()", "０１２３４５６７８９％（）")
NARROW = str.maketrans("，；：（）", ",;:()")


@pytest.mark.parametrize(
    ("shape", "upper", "lower"),
    [
        pytest.param("wide digits below", ABOVE, BELOW.translate(WIDE), id="wide digits below"),
        pytest.param("wide digits above", ABOVE.translate(WIDE), BELOW, id="wide digits above"),
        pytest.param("narrow marks below", ABOVE, BELOW.translate(NARROW), id="narrow marks below"),
        pytest.param("lines of 18", ABOVE, wrapped(BELOW, 18, mark=""), id="lines of 18 below"),
        pytest.param("traditional", ABOVE, OpenCC("s2t").convert(BELOW), id="traditional below"),
    ],
)
def test_the_shape_of_the_text_changes_nothing(shape: str, upper: str, lower: str) -> None:
    plain, other = align(made_of(ABOVE), made_of(BELOW)), align(made_of(upper), made_of(lower))
    assert_contract(other)
    assert [(link.level, link.relation, link.also) for link in other.links] == [(link.level, link.relation, link.also) for link in plain.links], shape
    assert [one.band for one in other.upper_items] == [one.band for one in plain.upper_items]
    assert [(row.indicator, row.comparison) for row in other.targets] == [(row.indicator, row.comparison) for row in plain.targets]
    if shape != "traditional":
        assert told(other) == told(plain)


@pytest.mark.parametrize("shape", [lambda text: text, flattened, lambda text: wrapped(text, 28), lambda text: damaged(text, 7)], ids=["whole", "flat", "pages", "damaged"])
def test_samples_in_every_shape(shape: Callable[[str], str]) -> None:
    upper, lower = made_of(shape(sample("province-opinion"))), made_of(shape(sample("city-plan")))
    made = align(upper, lower)
    assert_contract(made)
    assert any(link.relation in LINKING for link in made.links)


# Real files.


def _ten() -> list[Path]:
    """Ten files of every kind; none with held-out sentences, which a failure would show."""
    files = sorted(path for path in BULK.rglob("*.txt") if path.relative_to(BULK).as_posix() not in HELD_OUT)
    return files[3 :: len(files) // 10][:10]


@pytest.mark.prove
@pytest.mark.skipif(not BULK.is_dir(), reason=f"no corpus at {BULK}")
def test_all_pairs_of_ten_real_files() -> None:
    made = [decompose(read(path)) for path in _ten()]
    assert len(made) == 10
    for upper, lower in itertools.permutations(made, 2) if FULL else itertools.pairwise([*made, made[0]]):
        assert_contract(align(upper, lower))


def test_nothing_is_left_for_the_collector() -> None:
    upper, lower = (made_of(directive("省", *SENTENCES, day=day)) for day in (EARLIER, LATER))
    align(upper, lower)
    gc.collect()
    assert align(upper, lower).links
    assert gc.collect() == 0
