"""What every alignment keeps, whatever the two documents: asked of random recombinations of invented sentences, odd shapes and real files."""

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from opencc import OpenCC

import luoshi.align
from luoshi.align import Alignment, EmbedderFacts, Link, align, load_embedder
from luoshi.align.model import BANDS, COMPARISONS, LINKING, RELATIONS
from luoshi.decompose import decompose
from luoshi.decompose.model import Decomposition
from luoshi.readers import read
from luoshi.text import Span
from luoshi.text.view import fold
from tests.align.documents import EARLIER, LATER, directive, made_of
from tests.decompose.shapes import damaged, flattened, sample, wrapped

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


def assert_contract(made: Alignment) -> None:
    """What holds for every alignment."""
    _assert_links(made)
    _assert_items(made)
    _assert_direction(made)
    _assert_targets(made)
    _assert_measures(made)
    assert made.standard_version


def _within(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _assert_links(made: Alignment) -> None:
    above, below = made.upper.source.text, made.lower.source.text
    uppers, lowers = {item.id for item in made.upper.items}, {item.id for item in made.lower.items}
    for link in made.links:
        assert _within(link.upper, above) and _within(link.lower, below)
        assert made.quotes(link) == (above[link.upper.start : link.upper.end], below[link.lower.start : link.lower.end])
        assert 0.0 <= link.score <= 1.0
        assert link.upper_item in uppers
        assert link.lower_item in lowers | {None}
        assert {link.relation, *link.also} <= set(RELATIONS) - {"none"}
        assert len({link.relation, *link.also}) == 1 + len(link.also)
        assert all(_within(one.lower, below) for one in link.added)
        for one in link.changed:
            assert _within(one.upper, above) or (one.slot == "modality" and link.upper.start <= one.upper.start == one.upper.end <= link.upper.end)
            assert one.lower is None or _within(one.lower, below) or (one.slot == "modality" and one.lower.end <= link.lower.end)
    bundles = [(link.upper_item, link.lower.start) for link in made.links if link.level == "bundle"]
    assert len(bundles) == len(set(bundles))


def _assert_items(made: Alignment) -> None:
    assert [one.id for one in made.upper_items] == [item.id for item in made.upper.items]
    assert [one.id for one in made.lower_items] == [item.id for item in made.lower.items]
    principles = {item.id for item in made.upper.items if item.grade == "principle"}
    assert {one.id for one in made.upper_items if one.band is None} == principles
    assert {one.id for one in made.lower_items if one.origin is None} == {item.id for item in made.lower.items if item.grade == "principle"}
    for one in made.upper_items:
        own = [made.links[n] for n in one.links]
        assert sorted(one.links) == [n for n, link in enumerate(made.links) if link.upper_item == one.id]
        assert one.band in (*BANDS, None)
        assert one.score == max((link.score for link in own if link.level == "bundle"), default=0.0)
        assert (one.band in ("not_seen", None)) == (not own)
        if own:
            assert own[0].level == "bundle"
    for below in made.lower_items:
        own = [made.links[n] for n in below.links]
        assert sorted(below.links) == [n for n, link in enumerate(made.links) if link.lower_item == below.id]
        assert (below.origin in ("local", None)) == (not own)
        assert [link.score for link in own] == sorted((link.score for link in own), reverse=True)


def _assert_direction(made: Alignment) -> None:
    assert made.direction.reason
    linking = {link.relation for link in made.links} & LINKING
    if made.direction.value == "same_source":
        assert linking <= {"same_source"}
        assert "derived" not in {one.origin for one in made.lower_items}
    else:
        assert "same_source" not in linking
        assert "same_source" not in {one.origin for one in made.lower_items}


def _assert_targets(made: Alignment) -> None:
    above, below = made.upper.source.text, made.lower.source.text
    goals = {item.id: item.targets for item in made.upper.items if item.grade != "principle"}
    answers = {item.id: item.targets for item in made.lower.items}
    for row in made.targets:
        assert row.indicator and row.comparison in COMPARISONS
        assert row.upper in goals[row.upper_item] and above[row.upper.start : row.upper.end] == row.upper.text
        assert row.lower is None or row.lower in answers[row.lower_item or ""]
        assert row.words is None or (_within(row.words, below) and row.comparison == "in_words")
        assert (row.comparison in ("in_words", "not_seen")) == (row.lower is None)
    assert [row.upper.start for row in made.targets] == sorted(row.upper.start for row in made.targets)


def _assert_measures(made: Alignment) -> None:
    measures = {one.name: one for one in made.measures}
    assert list(measures) == ["found", "to_check", "not_seen", "copied", "concretised", "local"]
    for one in made.measures:
        assert 0 <= one.part <= one.whole
        assert one.formula
        assert (one.value is None) if one.whole == 0 else (one.value == one.part / one.whole)
    bands = [one.band for one in made.upper_items if one.band]
    for band in BANDS:
        assert (measures[band].part, measures[band].whole) == (bands.count(band), len(bands))
    origins = [one.origin for one in made.lower_items if one.origin]
    assert (measures["local"].part, measures["local"].whole) == (origins.count("local"), len(origins))
    assert measures["concretised"].whole == measures["found"].part


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


# A local model.


class Answering:
    """A model that takes every two passages for as alike as it is told."""

    name = "answering"
    sha256 = "0" * 64

    def __init__(self, cosine: float) -> None:
        self._told = np.array([[1.0, 0.0], [cosine, (1 - cosine**2) ** 0.5]], np.float32)
        self.asked: list[list[str]] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The first side has one vector, the second another."""
        self.asked.append([*texts])
        return np.repeat(self._told[[(len(self.asked) - 1) % 2]], len(self.asked[-1]), axis=0)


@cache
def chain() -> tuple[Decomposition, Decomposition]:
    return made_of(sample("province-opinion")), made_of(sample("county-department-plan"))


def _bundles(made: Alignment) -> dict[tuple[Span, Span], Link]:
    return {(link.upper, link.lower): link for link in made.links if link.level == "bundle"}


def _open(link: Link) -> bool:
    return link.score < 0.5


@pytest.mark.parametrize(("cosine", "moved"), [(1.0, "found"), (0.76, "found"), (0.74, "none"), (0.26, "none"), (0.24, "gone"), (0.0, "gone")])
def test_a_model_moves_what_is_to_be_checked_and_nothing_else(cosine: float, moved: str) -> None:
    upper, lower = chain()
    model = Answering(cosine)
    without, made = align(upper, lower), align(upper, lower, embedder=model)
    assert_contract(made)
    before, after = _bundles(without), _bundles(made)
    unsure = {pair for pair, link in before.items() if _open(link)}
    assert unsure and len(unsure) < len(before)
    assert {pair: after[pair] for pair in before.keys() - unsure} == {pair: before[pair] for pair in before.keys() - unsure}
    assert after.keys() == (before.keys() - unsure if moved == "gone" else before.keys())
    if moved == "found":
        assert not any(_open(link) for link in after.values())
    if moved == "none":
        assert made.links == without.links
    if moved != "gone":
        assert [(link.relation, link.also, link.added, link.changed) for link in made.links] == [
            (link.relation, link.also, link.added, link.changed) for link in without.links
        ]
    assert sum(len(texts) for texts in model.asked) == 2 * len(unsure)


def test_a_model_is_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "tiny-model"
    folder.mkdir()
    letters = sorted({letter for made in chain() for letter in made.source.text if letter.strip()})
    (folder / "tokens.txt").write_text("\n".join(letters) + "\n", "utf-8")
    np.save(folder / "vectors.npy", np.eye(len(letters), dtype=np.float32))
    model = load_embedder(folder)
    made = align(*chain(), embedder=model)
    assert_contract(made)
    assert made.embedder == EmbedderFacts("tiny-model", model.sha256)
    assert len(model.sha256) == 64
    assert align(*chain()).embedder is None
    assert align(*chain(), embedder=model) == made


# Real files.


def _ten() -> list[Path]:
    """Ten files of every kind; none with held-out sentences, which a failure would show."""
    files = sorted(path for path in BULK.rglob("*.txt") if path.relative_to(BULK).as_posix() not in HELD_OUT)
    return files[3 :: len(files) // 10][:10]


@pytest.mark.skipif(not BULK.is_dir(), reason=f"no corpus at {BULK}")
def test_all_pairs_of_ten_real_files() -> None:
    made = [decompose(read(path)) for path in _ten()]
    assert len(made) == 10
    for upper, lower in itertools.permutations(made, 2):
        assert_contract(align(upper, lower))


# The sentence that opens a numbered paragraph and heads it.

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
