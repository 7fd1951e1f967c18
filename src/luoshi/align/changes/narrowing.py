"""Fewer below than above, where no list says so: 城乡 became 农村, 企事业单位 became 事业单位, 全体职工 became 一线职工, 老旧小区 became
2000年前建成的老旧小区.

Only of two wordings that otherwise hardly differ: of others nobody can say whether the one means less.
"""

import re
from collections.abc import Iterator
from typing import Literal

from rapidfuzz.distance import Indel

from luoshi.align.model import Change, Relation
from luoshi.text import Span

# Characters that stand side by side for several things, each set of one kind; a shorter run of them means fewer things.
_RUNS = (
    "省市县区乡镇村组", "水电气热网暖路信", "风光水火核储氢", "大中小微", "老弱病残幼孕", "产学研用金", "城乡", "上中下", "前中后", "内外", "企事", "农林牧渔", "吃住行游购娱", "文教卫体", "粮棉油糖菜果茶", "党政军警民", "海陆空铁",
)  # fmt: skip
_LEVELS = re.compile(f"[{_RUNS[0]}](?:、?[{_RUNS[0]}](?!场|容|域|划|政府))+")
"""省市县三级 above is 市县两级 where a city speaks: the lower level speaks of itself and of those below it."""
_PATTERNS = (_LEVELS, *(re.compile(f"[{run}]{{2,}}") for run in _RUNS[1:]))
_ANY_RUN = re.compile(f"[{''.join(_RUNS)}]、?[{''.join(_RUNS)}]")
# Words for both, and for one of them.
_BOTH = {"城乡": ("农村", "城市", "城镇", "乡村"), "企事业": ("事业", "企业"), "境内外": ("境外", "境内"), "国内外": ("国内", "国外"), "产前产中产后": ("产前", "产中", "产后"), "事前事中事后": ("事前", "事中", "事后")}
_ALL = re.compile("各级各类|各类|各级|全体|全部|全域|所有|普遍|每个|全面推开|各(?=[县市区镇乡村地])|凡是?|全员")
_LIMITS = re.compile(
    r"的$|以上$|^在重点[\u4e00-\u9fff]{2}内?$|行业$|领域$|[^,;。]{0,8}(?:公办|民办|公立|国有|政府投资|一线|中心|重点|规模以上|存量|低收入|困难|困境|县级以上|主城区|城区|农村|城市|沿江|沿海|财政|骨干|核心|部分|新建|在建|大型|特大|省属|市属|县属|直属|示范)$"
)
_NO_LIMIT = re.compile(r"^、|^(?:的|要|将|对|把|在|由|向|于|按|分批|分期|和|与|及|以及|并|全面|深入|进一步|加快|着力|持续|有效|切实|更高|高质量|有序|科学|精准|规范|统一|同步|及时|主动|大力|积极|基本|总体|力争|争取|尽快|逐步)$|为民|群众的|人民的|高水平的|有力的|良好的|(?:彻底|坚定|坚决|强大|根本|持久|深远|充分|积极|重要|关键)的$")
_GROUPS = re.compile("(?:规模以上|公办|民办|公立|国有|国有控股|重点|一线|新建|大型|大中型|中型以上|骨干|龙头|主城区|城区|部分|财政供养)+")
"""Before the first word these say which of its kind are meant; 市属 does not: a city speaks of its own."""
_WHICH = re.compile("(?:规模以上|公办|民办|公立|国有|重点|大型|大中型|中型以上|骨干|龙头|[县乡镇村一二三]级?以上|限额以上)[\u4e00-\u9fff]{0,6}(?:企业|单位|机构|医院|学校|场所|小区|社区|村|乡镇|景区|园区)")
"""大中型餐饮企业 put before 在线监控安装率达到100%."""
_WHEN = re.compile("[0-9年月日底末前]*[0-9月][0-9年月日底末前]*")
"""A date that is another one, which is told elsewhere."""
_MANNER = re.compile("(?:全面|深入|扎实|切实|认真|严格|及时|至少|都要|都|均|要|应)?")
"""Words whose coming or going says nothing of which are meant."""
_FEW = 4
_ALIKE = 0.62
_LONGEST = 18


def narrower(upper: str, lower: str, upper_start: int, lower_start: int) -> Iterator[tuple[Change, Relation | None]]:
    """The change by which ``lower`` means fewer things than ``upper``, if there is one; the starts say where the two stand."""
    if upper == lower or Indel.normalized_similarity(upper, lower, score_cutoff=_ALIKE) < _ALIKE:
        return
    found = _run(upper, lower) or _one_of_both(upper, lower) or _limit(upper, lower)
    if found:
        (a, b), (c, d), slot = found
        yield Change(slot, "shortened", Span(upper_start + a, upper_start + b), Span(lower_start + c, lower_start + d)), "narrowed"


_Found = tuple[tuple[int, int], tuple[int, int], Literal["list", "scope"]]


def _run(upper: str, lower: str) -> "_Found | None":
    """县乡村三级 that became 县乡两级: a run of characters of one kind of which only some are left."""
    if not _ANY_RUN.search(upper):
        return None
    for pattern in _PATTERNS:
        for above in pattern.finditer(upper):
            if above[0] in lower:
                continue
            for below in pattern.finditer(lower):
                kept, whole = below[0].replace("、", ""), above[0].replace("、", "")
                if set(kept) < set(whole) and len(set(kept)) == len(kept) and below[0] not in upper.replace(above[0], "") and not (pattern is _LEVELS and whole.endswith(kept)):
                    return above.span(), below.span(), "list"
    return None


def _one_of_both(upper: str, lower: str) -> "_Found | None":
    for both, ones in _BOTH.items():
        at = upper.find(both)
        if at < 0 or both in lower:
            continue
        for one in ones:
            below = lower.find(one)
            if below >= 0 and one not in upper.replace(both, ""):
                return (at, at + len(both)), (below, below + len(one)), "scope"
    return None


def _limit(upper: str, lower: str) -> "_Found | None":
    """Words put before a thing, or in the place of 所有 before it, that say which of its kind are meant."""
    changes = _together([(step.src_start, step.src_end, step.dest_start, step.dest_end) for step in Indel.opcodes(upper, lower) if step.tag != "equal"])
    if 1 < len(changes) <= _FEW:
        changes = [one for one in changes if not any(words.fullmatch(upper[one[0] : one[1]]) and words.fullmatch(lower[one[2] : one[3]]) for words in (_WHEN, _MANNER))]
    if len(changes) != 1:
        return None
    a, b, c, d = changes[0]
    gone, new = upper[a:b], lower[c:d]
    if not new or len(new) > _LONGEST or d == len(lower) or "," in new or _NO_LIMIT.search(new):
        return None
    whole = _ALL.match(gone) if gone else None
    if gone and (not whole or _LEVELS.fullmatch(new) or (whole.end() < len(gone) and not (_LIMITS.search(new) or _GROUPS.fullmatch(new)))):
        return None
    if gone or (_LIMITS.search(new) if c > 0 else _GROUPS.fullmatch(new) or _WHICH.fullmatch(new)):
        return (a, b) if gone else (max(0, a - 1), min(len(upper), a + 4)), (c, d), "scope"
    return None


def _together(steps: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Changes with no more than one equal character between them are one change."""
    found: list[tuple[int, int, int, int]] = []
    for a, b, c, d in steps:
        if found and a - found[-1][1] <= 1 and c - found[-1][3] <= 1:
            found[-1] = found[-1][0], b, found[-1][2], d
        else:
            found.append((a, b, c, d))
    return found
