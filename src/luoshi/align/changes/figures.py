"""Figures that are no targets and yet are part of what is laid down: 占20分, 每人1500元的补贴, 有效期3年, 连续2年排名末位的.

Only of two wordings that hardly differ but for them: then the one stands in the place of the other. Which of two asks for more can
often not be said (占20分, 占15分), and then is not.
"""

import re
from collections.abc import Iterator

from rapidfuzz.distance import Indel

from luoshi.align.changes.context import Told, at
from luoshi.align.model import Change
from luoshi.align.slots import Slots
from luoshi.decompose.model import Deadline, Target
from luoshi.decompose.rules.numerals import parse_number

_FIGURE = re.compile(
    r"(?P<lead>不低于|不少于|不小于|至少|最少|不超过|不高于|不大于|不得超过|不多于|最高|最多|至多|上限为?)?(?:[人户亩生]均|每[人户])?(?<![0-9.A-Za-z第〔“+×/年月—–~至-])(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<scale>[十百千万亿]{0,2})(?:个(?!月))?"
    r"(?P<unit>平方米|立方米|厘米|毫米|公里|千米|公斤|千克|百分点|年|个月|周岁|周|元|分|岁|米|人|名|户|张|间|家|所|处|辆|台|倍|度|级|吨|克|升|亩|公顷|%|学时|课时)(?![0-9二三四五六七八九十]|一(?!次性)|度?[底初末前起内]|[月日号钟次才民大口均]|级[别以])(?P<trail>以上|以下|以内|之内)?"
)
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_FLOORS, _CEILINGS = frozenset({"不低于", "不少于", "不小于", "至少", "最少", "以上"}), frozenset({"不超过", "不高于", "不大于", "不得超过", "不多于", "至多", "以下", "以内", "之内"})
_GIVEN = re.compile("补[助贴]|奖[励补]|资助|贷款|额度|罚款|补偿|津贴|救助")
_CONDITION = re.compile("的(?:[,;:。、]|$)|的[\u4e00-\u9fff]{1,8}(?:企业|单位|项目|机构|人员|家庭|场所)")
_SIZED, _BRINGS = re.compile("(?:级|规模)?的?[\u4e00-\u9fff]{0,4}(?:企业|项目|集群|园区|产业|基地|市场)"), re.compile("培育|打造|新增|引进|建成|形成|力争|实现")
"""培育营业收入超100亿元企业: the larger they are to be, the more is asked."""
_TOLD = re.compile("已经?(?:累计|完成|建成|有)?|截至|目前|去年|上年|同比")
_ADDRESSED = re.compile(r"各?(?:县\(市、区\)|市县|县区|乡镇\(街道\)|乡镇|街道|设区市|市州|[省市县区])")
_ALIKE = 0.8


def figures(upper: Slots, lower: Slots) -> Iterator[Told]:
    """Figures of the upper clause in the place of which another stands below."""
    short, long = sorted((len(upper.words), len(lower.words)))
    if short * 2 < long:
        return
    above = _bare(upper)
    below = _bare(lower) if above else []
    if not below or len(above) != len(below) or _TOLD.search(upper.words):
        return
    if any(a["unit"] != b["unit"] for a, b in zip(above, below, strict=True)) or not _differ_by_figures_alone(upper.words, lower.words):
        return
    for a, b in zip(above, below, strict=True):
        was, now = _value(a), _value(b)
        if was != now:
            more = _demands_more(upper.words, a, b, now > was)
            yield Change("number", "raised" if now > was else "lowered", at(upper, a), at(lower, b)), None if more is None else "tightened" if more else "weakened"


def _bare(slots: Slots) -> list[re.Match[str]]:
    """Figures that nothing else compares."""
    taken: list[Target | Deadline] = [*slots.targets, *slots.deadlines]
    spans = [(one.start - slots.start, one.end - slots.start) for one in taken]
    if slots.length:
        spans.append(slots.length.match.span())
    if slots.often:
        spans.append((slots.often.start - slots.start, slots.often.end - slots.start))
    return [m for m in _FIGURE.finditer(slots.words) if not (m["unit"] == "年" and _YEAR.fullmatch(m["n"])) and not any(a < m.end() and m.start() < b for a, b in spans)]


def _differ_by_figures_alone(upper: str, lower: str) -> bool:
    one, other = (_ADDRESSED.sub("", _FIGURE.sub("◇", words)) for words in (upper, lower))
    return one == other or Indel.normalized_similarity(one, other, score_cutoff=_ALIKE) > 0


def _value(figure: re.Match[str]) -> float:
    return float(parse_number(figure["n"] + figure["scale"]) or 0)


def _demands_more(words: str, above: re.Match[str], below: re.Match[str], larger: bool) -> bool | None:
    """True where the lower figure asks for more, False for less, None where nobody can say: what it is the condition of may be better or worse."""
    if _SIZED.match(words, above.end()) and _BRINGS.search(words, 0, above.start()):
        return larger
    if above["unit"] in ("岁", "周岁"):
        return None
    if _CONDITION.search(words, above.end()) and not (above["unit"] == "元" and _GIVEN.search(words)):
        return None
    if above["unit"] == "元" and _GIVEN.search(words):
        return larger
    bounds = {word for figure in (above, below) for word in (figure["lead"], figure["trail"]) if word}
    if bounds and bounds <= _FLOORS:
        return larger
    return not larger if bounds and bounds <= _CEILINGS else None
