"""What an alignment can say: relations, bands, origins, comparisons, slots and ways of changing, each with its word and an example.

The examples are invented pairs of sentences, compared anew whenever the page is made: what stands beside them is what the code says.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import luoshi
from luoshi.align import align, model, relate
from luoshi.align.likeness import THRESHOLDS
from luoshi.align.model import Link
from luoshi.align.relations import STRONGEST
from luoshi.decompose.model import Decomposition
from luoshi.text import Span
from luoshi.writers import labels
from luoshi.writers.alignment.words import added_texts, change_text
from tools.reference.marks import code, table

_INTRO = """# Relations

What an alignment can say, with the words that an office sees and an invented example for each, compared by this very version. How two passages come to be compared is explained
in [alignment](../explanation/alignment.md); the fields are in [JSON of an alignment](alignment-json.md).
"""
_ABOVE, _BELOW, _EARLIER = "临江省人民政府\n2026年9月28日", "云州市人民政府\n2026年11月20日", "云州市人民政府\n2026年1月20日"

RELATION_EXAMPLES: dict[str, tuple[str, str]] = {
    "copied": ("凡平台能够自动归集的数据，不得要求基层重复填报。", "进一步明确，凡平台能够自动归集的数据，不得要求基层重复填报。"),
    "same_target": ("全省养老机构护理型床位占比提高到65%以上。", "全市护理型床位占养老机构床位的比例达到65%以上。"),
    "carried": ("对行动不便的老年人每季度上门巡诊1次。", "每季度为行动不便的老年人上门巡诊1次。"),
    "concretised": ("建设社区老年食堂。", "在石桥区建设12个社区老年食堂。"),
    "tightened": ("2027年6月底前完成燃气管网改造。", "2027年3月底前完成燃气管网改造。"),
    "weakened": ("养老机构必须公示收费标准。", "养老机构可以公示收费标准。"),
    "narrowed": ("设置书刊阅览、健康指导、文体活动、家政服务等功能区。", "设置书刊阅览、健康指导等功能区。"),
    "same_source": ("推进居家适老化改造，完善老年助餐服务。", "推进居家适老化改造，完善老年助餐服务。"),
    "related": ("加强养老护理员职业技能培训。", "提高养老护理员岗位补贴标准。"),
    "none": ("加强养老护理员职业技能培训。", "开展跨境电商综合试验区建设。"),
}
CHANGE_EXAMPLES: dict[tuple[str, str], tuple[str, str]] = {
    ("number", "raised"): ("全省粮食机收率达到85%。", "全市粮食机收率达到90%。"),
    ("number", "lowered"): ("全省粮食机收率达到85%。", "全市粮食机收率达到80%。"),
    ("number", "apportioned"): ("全省建成老年助餐服务点4500个。", "全市建成老年助餐服务点520个。"),
    ("number", "to_words"): ("农村生活污水治理率达到60%。", "农村生活污水治理率稳步提高。"),
    ("number", "dropped"): ("新建停车泊位5000个，优先保障老旧小区。", "新建停车泊位，优先保障老旧小区。"),
    ("number", "softened"): ("生活垃圾分类覆盖率达到85%以上。", "生活垃圾分类覆盖率达到85%左右。"),
    ("number", "hardened"): ("生活垃圾分类覆盖率达到85%左右。", "生活垃圾分类覆盖率达到85%以上。"),
    ("deadline", "earlier"): ("2027年6月底前完成燃气管网改造。", "2027年3月底前完成燃气管网改造。"),
    ("deadline", "later"): ("2027年6月底前完成燃气管网改造。", "2027年10月底前完成燃气管网改造。"),
    ("deadline", "to_words"): ("2027年6月底前完成燃气管网改造。", "尽快完成燃气管网改造。"),
    ("deadline", "dropped"): ("2027年6月底前完成燃气管网改造。", "完成燃气管网改造。"),
    ("frequency", "raised"): ("每半年开展1次食品安全抽检。", "每季度开展1次食品安全抽检。"),
    ("frequency", "lowered"): ("每季度开展1次食品安全抽检。", "每半年开展1次食品安全抽检。"),
    ("frequency", "to_words"): ("每半年开展1次食品安全抽检。", "定期开展食品安全抽检。"),
    ("frequency", "to_number"): ("定期开展消防安全检查。", "每季度开展1次消防安全检查。"),
    ("modality", "softened"): ("养老机构必须公示收费标准。", "养老机构可以公示收费标准。"),
    ("modality", "hardened"): ("养老机构可以公示收费标准。", "养老机构必须公示收费标准。"),
    ("scope", "shortened"): ("各地要建立联席会议制度。", "试点地区要建立联席会议制度。"),
    ("scope", "softened"): ("全面完成老旧管网改造。", "逐步完成老旧管网改造。"),
    ("unit", "replaced"): ("由财政部门负责渡口维修资金管理。", "由民政部门负责渡口维修资金管理。"),
    ("list", "shortened"): ("设置书刊阅览、健康指导、文体活动、家政服务等功能区。", "设置书刊阅览、健康指导等功能区。"),
}
ADDED_EXAMPLES: dict[str, tuple[str, str]] = {
    "number": ("建设社区老年食堂。", "建设12个社区老年食堂。"),
    "deadline": ("建设社区老年食堂。", "2027年6月底前建设社区老年食堂。"),
    "frequency": ("开展消防安全培训。", "每季度开展1次消防安全培训。"),
    "unit": ("开展消防安全培训。", "市消防救援局开展消防安全培训。"),
    "place": ("建设社区老年食堂。", "在石桥区建设社区老年食堂。"),
    "project": ("开展老年人出行服务。", "开展老年人出行服务，开通“银龄专线”服务项目。"),
}
_RELATION_MEANS = {
    "copied": "The same wording apart from punctuation, width, numbering and leading words of emphasis, or one holds the other whole. Places or levels swapped (全省→全市) are not copied.",
    "same_target": "Not copied. The upper passage sets quantities, and the lower sets all of them with the same value, in other words or for its own place.",
    "carried": "The same act on the same object in other words. A share of an area-wide total is carried, too.",
    "concretised": "Carried, and the lower adds a number, a deadline, a frequency, a unit, a place or a project.",
    "tightened": "A comparable number that demands more, an earlier date, a higher frequency, a stronger word.",
    "weakened": "A softer word; a number, date or frequency that became words or is gone; a number that demands less; a later date.",
    "narrowed": "A list that is shorter, a group left out, all that became some.",
    "same_source": "In the place of any of these where the lower document is the earlier or the higher one, or a date is missing.",
    "related": "The same subject, but another act or another object. No counterpart.",
    "none": "Nothing in common beyond set phrases. Only `relate` says so; an alignment has no such links.",
}
_BAND_MEANS = {
    "found": "A counterpart of the item was found, and at least one of its clauses is in a relation that links.",
    "to_check": "Something is similar, or answers one clause well, or answers too little of the item. A person decides.",
    "not_seen": "Nothing is. It says nothing of other documents, and nothing of what was done.",
}
_ORIGIN_MEANS = {
    "derived": "It answers an upper item, and the lower document can have taken from the upper one.",
    "same_source": "It answers an upper item, and the lower document cannot have taken from it, or nobody knows.",
    "to_check": "Something above is similar. A person decides.",
    "local": "Nothing above is.",
}
_COMPARISON_MEANS = {
    "stricter": "The lower number demands more: a higher rate, a lower ceiling, 左右 that became 以上.",
    "looser": "The lower number demands less.",
    "equal": "The same value, units converted.",
    "apportioned": "A smaller total of a smaller area.",
    "in_words": "The lower document names the indicator without a number.",
    "not_seen": "The lower document does not name the indicator.",
}

_BEGINNINGS = (
    f"Scores are 0 to 1. A bundle is found from {THRESHOLDS.found} and to be checked from {THRESHOLDS.to_check}. A clause answers one of a bundle that is matched from {THRESHOLDS.inside}; "
    f"for `relate` two passages belong together from {THRESHOLDS.act} and are `related` from {THRESHOLDS.related}, or from {THRESHOLDS.same_subject} where the lists of subjects agree."
)


class Example(NamedTuple):
    """Two invented sentences and what the code says of them."""

    upper: str
    lower: str
    link: Link
    told: tuple[str, ...]


def page() -> str:
    """Relations, then bands, origins, comparisons, changes, additions."""
    order = " > ".join(map(code, STRONGEST))
    return "\n".join(
        [
            _INTRO,
            "## Relations\n",
            table(("relation", "word", "meaning", "upper", "lower"), _relations()) + "\n",
            f"Of those that hold, the link has the first in this order: {order}. The others are its `also`. The order is one of what deserves a look, not of blame.\n",
            "## Bands of upper items\n",
            table(("band", "word", "meaning"), _marked(labels.bands(), _BAND_MEANS)) + "\n",
            "### Where they begin\n",
            _BEGINNINGS + "\n",
            "## Origins of lower items\n",
            table(("origin", "word", "meaning"), _marked(labels.origins(), _ORIGIN_MEANS)) + "\n",
            "## Comparisons of targets\n",
            table(("comparison", "word", "meaning"), _marked(labels.comparisons(), _COMPARISON_MEANS)) + "\n",
            "## Changes\n",
            "A change is of a slot and has a way. An alignment gives both places in the texts.\n",
            table(("slot", "how", "makes", "upper", "lower", "told"), _changes()) + "\n",
            f"Slots: {_listed(labels.slots())}.\n",
            f"Ways: {_listed(labels.changes())}.\n",
            "## Additions\n",
            "What the lower passage has and the upper one lacks makes it `concretised`.\n",
            table(("slot", "upper", "lower", "told"), _additions()) + "\n",
        ]
    )


def _relations() -> Iterator[tuple[str, ...]]:
    words = labels.relations()
    for name in model.RELATIONS:
        upper, lower = RELATION_EXAMPLES[name]
        yield code(name), words.get(name, "—"), _RELATION_MEANS[name], upper, lower


def _marked(words: Mapping[str, tuple[str, str]], means: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    return ((code(name), f"{mark} {word}", means[name]) for name, (mark, word) in words.items())


def _changes() -> Iterator[tuple[str, ...]]:
    slots, hows = labels.slots(), labels.changes()
    for (slot, how), (upper, lower) in CHANGE_EXAMPLES.items():
        one = compared(upper, lower)
        yield f"{code(slot)} {slots[slot]}", f"{code(how)} {hows[how]}", code(one.link.relation), upper, lower, "<br>".join(one.told)


def _additions() -> Iterator[tuple[str, ...]]:
    for slot, (upper, lower) in ADDED_EXAMPLES.items():
        yield f"{code(slot)} {labels.slots()[slot]}", upper, lower, "<br>".join(compared(upper, lower).told)


def _listed(words: Mapping[str, str]) -> str:
    return ", ".join(f"{code(name)} {word}" for name, word in words.items())


@cache
def compared(upper: str, lower: str) -> Example:
    """The two sentences, each in a document of its own, related."""
    above, below = _document(upper, _ABOVE), _document(lower, _BELOW)
    link = relate(Span(0, len(upper) - 1), Span(0, len(lower) - 1), upper=above, lower=below)
    changes = tuple(change_text(change, upper, lower) for change in link.changed)
    return Example(upper, lower, link, (*changes, *added_texts(link.added, lower)))


def relation_shown(name: str) -> str:
    """What the code says of the example of a relation; one of ``same_source`` needs documents of which the lower is the earlier."""
    upper, lower = RELATION_EXAMPLES[name]
    if name != "same_source":
        return compared(upper, lower).link.relation
    return align(_document(upper, _ABOVE), _document(lower, _EARLIER)).links[0].relation


def _document(sentence: str, signed: str) -> Decomposition:
    return luoshi.decompose(luoshi.read_bytes(f"{sentence}\n\n{signed}\n".encode(), name="example.txt"))
