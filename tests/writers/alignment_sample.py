"""Alignments made by hand from what was planted in the samples: what the writers are shown, whatever the aligner of the day finds."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import luoshi
from luoshi.align.model import Added, Alignment, Band, Change, Direction, How, Link, LowerItem, Ratio, Relation, Slot, TargetRow, UpperItem
from luoshi.decompose.model import Decomposition, Item
from luoshi.text import Span

SAMPLES = Path(__file__).parent.parent.parent / "samples"
PROVINCE, CITY, COUNTY = "province-opinion.txt", "city-plan.txt", "county-tasks.txt"

# (lower document, words of the lower passage) → what changed there: slot, how, upper words, lower words.
CHANGED: dict[str, tuple[tuple[Slot, How, str, str | None], ...]] = {
    "签约服务率稳步提高": (("number", "to_words", "达到100%", "稳步提高"),),
    "每周开放不少于6天": (("frequency", "raised", "不少于5天", "不少于6天"), ("frequency", "raised", "不少于1次", "不少于2次")),
    "2027年3月底前，各县（区）完成": (("deadline", "earlier", "2027年6月底前", "2027年3月底前"),),
    "可采取适当方式": (("modality", "softened", "必须", "可"), ("list", "shortened", "菜单、价格、补贴标准和监督电话", "菜单、价格和监督电话")),
    "定期开展食品安全抽检": (("frequency", "to_words", "每半年至少开展1次", "定期开展"),),
    "推动预收费": (("modality", "softened", "必须", "推动"),),
    "全日托养、日间照料、老年助餐等服务": (
        ("list", "shortened", "全日托养、日间照料、上门服务、老年助餐、康复辅具租赁、老年学堂", "全日托养、日间照料、老年助餐"),
    ),
    "优先满足经济困难老年人、失能老年人的": (("scope", "dropped", "独居空巢老年人、计划生育特殊家庭老年人", None),),
    "建成老年助餐服务点520个": (("number", "apportioned", "4500个", "520个"),),
    "2026年12月15日前完成重大隐患清零": (("deadline", "earlier", "2026年12月底前", "2026年12月15日前"),),
    "2026年12月31日前完成重大隐患清零": (("deadline", "later", "2026年12月15日前", "2026年12月31日前"),),
}
ADDED: dict[str, tuple[tuple[Slot, str], ...]] = {
    "石桥区、东沚区各新建1所": (("place", "石桥区、东沚区"), ("number", "每所床位不少于150张")),
    "建成老年助餐服务点520个": (("number", "石桥区110个、东沚区96个、汀岸区84个"),),
    "依托云州职业技术学院": (("unit", "云州职业技术学院"),),
}
TO_CHECK = "健全与服务对象、服务质量挂钩的运营补助机制"


@cache
def decomposed(name: str) -> Decomposition:
    """A sample, decomposed as of one day."""
    return luoshi.decompose(luoshi.read(SAMPLES / name), as_of=date(2026, 12, 1))


@cache
def sample() -> Alignment:
    """The province's opinion beside the city's plan."""
    return aligned(PROVINCE, CITY)


@cache
def samples() -> tuple[Alignment, ...]:
    """The province's opinion beside the city's plan and the county's tasks."""
    return sample(), aligned(PROVINCE, COUNTY)


@cache
def with_another() -> Alignment:
    """The sample with a second counterpart, less like it, of the upper clause about 签约服务率: the lower one about 定期开展."""
    made = sample()
    numbers = {words: n for n, link in enumerate(made.links) for words in ("签约服务率稳步提高", "定期开展") if words in made.quotes(link)[1]}
    first, other = (made.links[numbers[words]] for words in ("签约服务率稳步提高", "定期开展"))
    another = first._replace(lower=other.lower, lower_item=other.lower_item, relation="carried", score=0.3, added=(), changed=())
    items = tuple(
        item._replace(links=(*item.links, len(made.links))) if item.id == first.upper_item else item for item in made.upper_items
    )
    return replace(made, links=(*made.links, another), upper_items=items)


@cache
def undated() -> Alignment:
    """The city's plan beside the county's tasks, as if nobody knew when the tasks were issued."""
    return aligned(CITY, COUNTY, dated=False)


def aligned(upper_name: str, lower_name: str, *, dated: bool = True) -> Alignment:
    """Links as planted; everything else follows from them."""
    upper, lower = decomposed(upper_name), decomposed(lower_name)
    principles = {item.id for item in (*upper.items, *lower.items) if item.grade == "principle"}
    made = (_link(one, upper, lower, dated) for one in _planted(upper_name, lower_name))
    links = sorted((link for link in made if link.upper_item not in principles), key=lambda link: (link.upper, link.lower))
    upper_items = tuple(_upper_item(item, links, upper) for item in upper.items)
    lower_items = tuple(_lower_item(item, links) for item in lower.items)
    value, reason = ("derived", "下位文件印发在后，层级在下。") if dated else ("same_source", "下位文件没有日期，无从判断先后。")
    return Alignment(
        upper=upper, lower=lower, direction=Direction(value, reason, upper.facts.dates[0].date, lower.facts.dates[0].date if dated else None),  # type: ignore[arg-type]
        links=tuple(links), upper_items=upper_items, lower_items=lower_items, targets=_targets(upper, lower, links),
        measures=_measures(upper_items, lower_items, links), standard_version="1",
    )  # fmt: skip


def _planted(upper_name: str, lower_name: str) -> list[dict[str, Any]]:
    """The planted relations of the lower document to the upper, through the document between them where there is one."""
    expected = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
    direct = expected[lower_name]["chain_relations"]
    ours = [one for one in direct if one["upper_file"] == upper_name]
    if ours:
        return ours
    middle = {one["lower_quote"]: one for one in expected[direct[0]["upper_file"]]["chain_relations"]}
    return [one | {"upper_quote": middle[one["upper_quote"]]["upper_quote"]} for one in direct if one["upper_quote"] in middle]


def _link(planted: dict[str, Any], upper: Decomposition, lower: Decomposition, dated: bool) -> Link:
    one, other = _quoted(planted["upper_quote"], upper), _quoted(planted["lower_quote"], lower)
    relation: Relation = planted["relation"] if dated else "same_source"
    also: tuple[Relation, ...] = ("narrowed",) if "可采取适当方式" in planted["lower_quote"] and dated else ()
    changed, added = [], []
    for key, changes in CHANGED.items():
        if key in planted["lower_quote"]:
            changed += [_change(change, one, other, upper, lower) for change in changes if change[2] in planted["upper_quote"]]
    for key, additions in ADDED.items():
        if key in planted["lower_quote"]:
            added += [Added(slot, _within(words, other, lower)) for slot, words in additions]
    return Link(
        one, other, "act", relation, also, 0.8, _item_at(one, upper), _item_at(other, lower), tuple(added), tuple(changed)
    )  # fmt: skip


def _change(change: tuple[Slot, How, str, str | None], one: Span, other: Span, upper: Decomposition, lower: Decomposition) -> Change:
    slot, how, before, after = change
    return Change(slot, how, _within(before, one, upper), _within(after, other, lower) if after else None)


def _quoted(words: str, document: Decomposition) -> Span:
    return _within(words, Span(0, len(document.source.text)), document)


def _within(words: str, span: Span, document: Decomposition) -> Span:
    start = document.source.text.index(words, span.start, span.end)
    return Span(start, start + len(words))


def _item_at(span: Span, document: Decomposition) -> str | None:
    return next((item.id for item in document.items if Span(item.start, item.end).overlap(span)), None)


def _upper_item(item: Item, links: list[Link], upper: Decomposition) -> UpperItem:
    own = tuple(n for n, link in enumerate(links) if link.upper_item == item.id)
    checked = TO_CHECK in item.quote
    band: Band | None = None if item.grade == "principle" else "found" if own else "to_check" if checked else "not_seen"
    return UpperItem(item.id, band, 0.8 if own else 0.4 if checked else 0.0, own)


def _lower_item(item: Item, links: list[Link]) -> LowerItem:
    own = tuple(n for n, link in enumerate(links) if link.lower_item == item.id)
    if item.grade == "principle":
        return LowerItem(item.id, None, own)
    return LowerItem(item.id, "local" if not own else "same_source" if links[own[0]].relation == "same_source" else "derived", own)


def _targets(upper: Decomposition, lower: Decomposition, links: list[Link]) -> tuple[TargetRow, ...]:
    """Every target of a linked item, beside the first target of the lower passage in the same unit."""
    below = {item.id: item for item in lower.items}
    rows = []
    for item in upper.items:
        own = [link for link in links if link.upper_item == item.id and link.lower_item]
        for target in item.targets:
            link = next((link for link in own if link.upper.covers(Span(target.start, target.end))), None)
            beside = [t for t in below[link.lower_item].targets if t.unit == target.unit] if link and link.lower_item else []
            words = link.lower if link and not beside else None
            comparison = "not_seen" if link is None else "in_words" if not beside else _compared(target.value, beside[0].value)
            rows.append(
                TargetRow(target.indicator, target, beside[0] if beside else None, words, comparison, item.id, link.lower_item if link else None)  # type: ignore[arg-type]
            )
    return tuple(rows)


def _compared(upper: float, lower: float) -> str:
    return "equal" if upper == lower else "stricter" if lower > upper else "apportioned"


def _measures(upper_items: tuple[UpperItem, ...], lower_items: tuple[LowerItem, ...], links: list[Link]) -> tuple[Ratio, ...]:
    taking = [item for item in upper_items if item.band]
    def bands(name: str) -> int:
        return sum(item.band == name for item in taking)

    return (
        Ratio("copied", sum(link.relation == "copied" for link in links), len(links), "表述相同的对应 ÷ 全部对应"),
        Ratio("concretised", sum(link.relation == "concretised" for link in links), len(links), "细化的对应 ÷ 全部对应"),
        Ratio("found", bands("found"), len(taking), "已见对应的上位事项 ÷ 参与比对的上位事项"),
        Ratio("to_check", bands("to_check"), len(taking), "待核的上位事项 ÷ 参与比对的上位事项"),
        Ratio("not_seen", bands("not_seen"), len(taking), "未见对应表述的上位事项 ÷ 参与比对的上位事项"),
        Ratio("local", sum(i.origin == "local" for i in lower_items), sum(i.origin is not None for i in lower_items), "本地新增的下位事项 ÷ 参与比对的下位事项"),
    )  # fmt: skip


@cache
def to_check() -> Alignment:
    """The sample where a person has to say first whether 签约服务率稳步提高 is the counterpart."""
    made = sample()
    link = next(link for link in made.links if "签约服务率稳步提高" in made.quotes(link)[1])
    items = tuple(item._replace(band="to_check", score=0.4) if item.id == link.upper_item else item for item in made.upper_items)
    return replace(made, upper_items=items)
