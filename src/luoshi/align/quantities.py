"""Quantities against quantities: which number answers which, whether they can be compared, and which of the two demands more.

A rate, a growth, a floor for each village can be compared across levels. A total cannot: a city's share of a province's total is
smaller because the city is (``apportioned``).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from luoshi.align.indicators import canonical
from luoshi.align.model import How
from luoshi.decompose.model import Target
from luoshi.decompose.rules.indicators import indicator
from luoshi.decompose.rules.numerals import parse_number

_LESS_IS_MORE = re.compile(
    r"失业率|能耗|物耗|水耗|电耗|浓度|死亡率|发生率|发病率|致死率|损耗|漏损|流失率|失踪|事故|伤亡|排放|逾期|超标|投诉|成本|赤字|债务|负债|价格|涨幅|物价|误差|空置|闲置|拖欠|积压|辍学率|贫困发生|差错|违法率|"
    r"医护比|床护比|时限|时间|时长|用时|耗时|材料|环节|跑动|频次上限|用量|用水|产生量|案件|发案|隐患|缺口|降幅下限|负担率|率控制|收费|费率|利率|间隔|半径|距离|平均缴费|征收率"
)
_DONE_AWAY = re.compile("(?:消除|整改|治理|化解|处[置理]|办[结理]|清偿|清零|查处|侦破|破案|查结|修复|管控|销号|兑付|调解|完成|合格|达标|公开|建档|报告|登记)(?:比例|比率|率)$")
"""隐患整改率, 案件办结率: of what there should be less, how much is dealt with; the more, the stricter."""
_CAPPED = re.compile("不超过|不高于|不得超过|以内|控制在")
_DOWN_TO = re.compile("(?:下降|降低|降|减少|减|压减|压缩|缩短|缩小|收窄|控制)[至到]")
_FRACTION = re.compile(r"(?P<lead>超过|不低于|不少于|不超过|达到|达|过)?(?P<whole>一半|半数|减半(?![年月天数程])|(?P<of>[二两三四五六七八九十])分之(?P<n>[一二三四五六七八九]))(?P<trail>以上|以下|左右)?")
_FALLS = re.compile("(?:下降|减少|降低|压减|压降|压缩|缩减|缩短|缩小|收窄|削减|减|降)(?:了|[不超]?[低少超]?[于过]?)?$")
_WEEKS = re.compile(r"(?P<lead>不超过|不得超过|不多于|(?<![不得])超过|不低于|不少于|至少)(?P<n>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})个?(?:周|星期)(?![一二三四五六日年边])")
_WITHIN = re.compile(r"(?<![0-9.第])(?P<lead>最长|最多|至多)?(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<unit>个工作日|个月|小时|分钟|天|日)(?P<trail>以内|之内|内)?")
_HALF_YEAR = re.compile(r"(?P<lead>超过|不低于|不少于)半年|(?<![上下])半年(?P<trail>以上)")
_RANGE = re.compile(r"(?P<low>[0-9]+(?:\.[0-9]+)?)%?[—–~至-]+(?P<high>[0-9]+(?:\.[0-9]+)?)")
_AT_MOST, _AT_LEAST = ("最高", "最多", "至多"), ("最低", "最少", "至少")
"""每亩补助最高600元: the word that bounds it is read as part of the name."""
_SO_FEW = 20
"""So many steps or papers are asked of everybody: 材料减至3份."""
_SIGNS = {"超过": ">", "过": ">", "不低于": "≥", "不少于": "≥", "不超过": "≤", "以上": "≥", "以下": "≤", "左右": "≈"}
_APART = (("收入", "支出"), ("调查", "登记"), ("进口", "出口"), ("城镇", "农村"), ("公办", "民办"), ("最高", "最低"), ("新增", "存量"))
_PARTS = re.compile("|".join(word for pair in _APART for word in pair))
_FOR_EACH = re.compile(r"每(?![年季月周旬天日]|半年|学期|个?工作日)|(?<![在对])各(?=[县区市镇乡村街社校院所户家])|人均|户均|亩均|生均|班均|平均每|/")
_FOR_ONE = re.compile(r"最[高多]|最低(?!生活保障)|单[个户家笔次体]|同一")
_PAID_TO_ONE = re.compile(r"(?<!高)标准(?=[为达提调从由不每最至])|给予(?=[0-9最不])|一次性|(?:奖励|奖补|补助|补贴)(?=[0-9])|(?<![0-9])处(?=[0-9])|处以|并处|注册资[本金]|个人[\u4e00-\u9fff]{0,4}额度")
_GRANTED = re.compile("补助|奖励|奖补|补贴|额度|单户|单[个家]企业")
_PAID = 100_000
"""What is granted below this goes to one: 租金补贴每年不超过3000元."""
_OF_ONE = frozenset({"人", "张", "平方米", "立方米"})
"""不少于50人的队伍: how large each is, where 的 follows; 不少于50名的人才 are counted."""
_AMOUNT = ("增加", "净增", "减少", "压减", "削减")
"""减少用量5万吨: of an amount, unlike 提高20元, each level has its share."""
_NEVER_SHARED = frozenset({"学时", "课时", "克", "毫克", "微克", "分", "厘米", "毫米", "类"})
_BRINGS_ABOUT = re.compile(
    "[新净扩]增|增[加至到设]|新[建设]|[建修]成|[创续]建|(?<!承)建设(?!用地|单位)|[实完达]成|实现|完成|改造|培[育训养]|引[进育]|招|吸纳|带动|累计|[总共]|合计|全[国省市县区州域年]|治理|修复|造林|播种|产[量能]|保有|"
    "储备|投[入资放运用]|开[工展]|举办|组织|发放|筹[集建措]|争取|服务(?!中心|站|[网]?点|窗口)|帮助|解决|发展|推广|选[派聘拔树]|认定|打造|就业|参保|存量|规模(?!化)|到20[0-9]{2}年|每?年度?内?(?=[^,;。]{0,4}不)"
)
"""What is brought about in an area is shared out; what is there to be had (面积不低于300平方米, 队伍不少于25人) is asked of each."""
_OF_EACH = frozenset({"张", "平方米", "立方米", "米", "人", "名", "间"})
_SMALL = 20_000
"""A floor that is as low as this is asked of each institution: areas to be reached together are counted in 万平方米."""
_A_TEAM = re.compile("(?:队伍?|班组|人员|人数|团队|小组|专班|成员|[^人队]员|教师|医[师生]|编制|坐席|席位)(?:数量?)?(?:应当?|须|要)?$")
_SIZE = re.compile("(?:容积|库容|宽度?|高度?|间距|深度|厚度|直径|净空|使用面积|建筑面积|资本|资金)(?:应当?|须|要)?$")
"""新建调蓄池有效容积不小于8000立方米: how large one is."""
_HARDLY_A_SHARE, _NO_SHARE, _MANY = 0.5, 0.75, 20
"""One part of many is hardly more than half of all, and of many things not three quarters."""
_SHARES = frozenset({"%", "‰", "百分点", "倍", ":1", ""})
_FLOORS, _CEILINGS = frozenset("≥>"), frozenset("≤<")
_PICKS_OUT = re.compile(r"的(?:$|[,;。、]|[^,;:。、]{0,8}?(?:企业|项目|单位|设施|机构|场所|人员|主体|园区|产品|农户|家庭|镇|村|县))")
_BASE = re.compile("每[0-9]")
_UNIT_HEAD = re.compile(r"[/每]")
_ECONOMY, _TOWNSPEOPLE = re.compile("^(?:经济|GDP|(?:地区|国内)生产总值)(?:增长|增速|增幅)?(?:速度|水平)?$"), re.compile("^城镇(?:常住)?居民[\u4e00-\u9fff]*$")
"""经济增长 and GDP增速, 城镇居民 and 城镇居民收入增速 are one yardstick."""
_TIMES = frozenset({"次", "轮", "遍", "回", "期", "场", "场次"})
EVENTS = frozenset({"场", "场次", "期"})
_LENGTHS = frozenset({"个工作日", "工作日", "天", "日", "小时", "个小时", "个月", "周", "分钟", "年"})
# Units that count the same, and how much of the common one each is.
_FAMILY: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("人", "名", "位", "人次"), ("people", 1.0)),
    **dict.fromkeys(("个", "家", "所", "处", "座", "项", "条", "台", "套", "间", "批", "类", "种", "支", "张", "件", "户", "根", "栋", "幢", "架", "艘", "片", "盏", "辆"), ("things", 1.0)),
    "%": ("share", 1.0), "‰": ("share", 0.1),
    **dict.fromkeys(("公里", "千米", "km", "㎞"), ("length", 1.0)), **dict.fromkeys(("米", "m"), ("length", 0.001)),
    **dict.fromkeys(("平方公里", "平方千米", "km²", "km2"), ("area", 1.0)), **dict.fromkeys(("公顷", "hm²", "hm2"), ("area", 0.01)), "亩": ("area", 1 / 1500),
    **dict.fromkeys(("平方米", "㎡", "m²", "m2"), ("area", 1e-6)), **dict.fromkeys(("立方米", "㎥", "m³", "m3"), ("volume", 1.0)),
    **dict.fromkeys(("千瓦时", "kWh"), ("energy", 1.0)), **dict.fromkeys(("兆瓦时", "MWh"), ("energy", 1e3)), **dict.fromkeys(("吉瓦时", "GWh"), ("energy", 1e6)),
    **dict.fromkeys(("千瓦", "kW"), ("power", 1.0)), **dict.fromkeys(("兆瓦", "MW"), ("power", 1e3)), **dict.fromkeys(("吉瓦", "GW"), ("power", 1e6)),
    "年": ("time", 360.0), "个工作日": ("time", 1.4), "工作日": ("time", 1.4), "个月": ("time", 30.0), "周": ("time", 7.0), "天": ("time", 1.0), "日": ("time", 1.0), "小时": ("time", 1 / 24), "个小时": ("time", 1 / 24), "分钟": ("time", 1 / 1440),
    **dict.fromkeys(("吨", "t"), ("mass", 1.0)), **dict.fromkeys(("公斤", "千克", "kg"), ("mass", 0.001)), "克": ("mass", 1e-6), "斤": ("mass", 0.0005),
}  # fmt: skip


class Answered(NamedTuple):
    """An upper quantity and the lower one that answers it; ``how`` is None where they are equal."""

    upper: Target
    lower: Target
    how: How | None
    stricter: bool | None
    """True where the lower demands more, False where less, None where equal or not to be compared."""


def unit_of(target: Target) -> str:
    """The unit without what it is counted for: 微克/立方米 is 微克."""
    return _head_of(target.unit)


@lru_cache(maxsize=1024)
def _head_of(unit: str) -> str:
    return _UNIT_HEAD.split(_ECONOMY.sub("经济", _TOWNSPEOPLE.sub("城镇居民", unit)), maxsplit=1)[0]


def is_frequency(target: Target) -> bool:
    """True for 2次: how often is compared as a frequency."""
    return unit_of(target) in _TIMES


def is_yardstick(target: Target) -> bool:
    """True for 不低于全省平均水平, 与经济增长同步: measured by what others reach, with no number of its own."""
    return target.value == 1 and (target.unit.endswith(("水平", "平均", "均值", "增长", "增速", "增幅", "居民", "收入")) or "同步" in target.text)


def is_base(target: Target, words: str, begin: int) -> bool:
    """True for what something is counted for, 每500名 or 每3万人: the target begins in ``words`` at ``begin``."""
    return words[begin - 1 : begin] == "每" or _BASE.search(target.text) is not None


def picks_out(target: Target, words: str, end: int) -> bool:
    """True for 增长10%以上的企业: says which are meant, and is not to be reached; the target ends in ``words`` at ``end``.

    Not for 覆盖50%以上的镇, 30个以上的村: so many of them.
    """
    return (target.comparator in "+-" or kind_of(target) not in ("share", "things", "people")) and target.text.endswith(("以上", "以下")) and _PICKS_OUT.match(words, end) is not None


def is_length(target: Target) -> bool:
    """True for 5个工作日: a length of time is compared as one."""
    return unit_of(target) in _LENGTHS


def fractions(words: str, start: int) -> Iterator[Target]:
    """Shares in words, 一半以上 and 三分之二, in percent."""
    for match in _FRACTION.finditer(words):
        share = 0.5 if match["of"] is None else float((parse_number(match["n"]) or 0) / (parse_number(match["of"]) or 1))
        sign = _SIGNS.get(match["trail"] or "", _SIGNS.get(match["lead"] or "", "="))
        begin, end = match.span()
        falls = _FALLS.search(words, max(0, begin - 6), begin) if sign == "=" else None
        if falls or match["whole"] == "减半":
            sign, begin = "-", falls.start() if falls else begin
        yield Target(start + begin, start + end, words[begin:end], sign, round(share * 100, 2), "%", indicator(words, begin, end, "%", sign))


def weeks(words: str, start: int) -> Iterator[Target]:
    """不少于2周: a length of time that the reader takes for no quantity, in days."""
    for match in _WEEKS.finditer(words):
        begin, end = match.span()
        sign = ">" if match["lead"] == "超过" else "≥" if match["lead"] in ("不低于", "不少于", "至少") else "≤"
        yield Target(start + begin, start + end, match[0], sign, float(parse_number(match["n"]) or 1), "周", indicator(words, begin, end, "周", sign))


def times_within(words: str, start: int) -> Iterator[Target]:
    """最长30分钟, 30分钟以内: how long something may take, which the reader takes for a time limit."""
    for match in _WITHIN.finditer(words):
        if match["lead"] or match["trail"]:
            begin, end = match.span()
            yield Target(start + begin, start + end, match[0], "≤", float(match["n"]), match["unit"], indicator(words, begin, end, match["unit"], "≤"))


def half_years(words: str, start: int) -> Iterator[Target]:
    """不少于半年, 半年以上: a length of time that the reader takes for no quantity."""
    for match in _HALF_YEAR.finditer(words):
        begin, end = match.span()
        sign = ">" if match["lead"] == "超过" else "≥"
        yield Target(start + begin, start + end, match[0], sign, 0.5, "年", indicator(words, begin, end, "年", sign))


def kind_of(target: Target) -> str:
    """What the unit counts: one word for all units of people, of things, of area, else the unit itself."""
    unit = unit_of(target)
    if unit == "倍" and target.comparator in "+-":
        return "share"  # 翻一番 is 增长100%
    return _FAMILY.get(unit, (unit, 1.0))[0]


def same_kind(upper: Target, lower: Target) -> bool:
    """True where the two units count the same sort of thing, 人 and 名, % and ‰; a growth is of another kind than a fall."""
    return kind_of(upper) == kind_of(lower) and {upper.comparator, lower.comparator} != {"+", "-"}


def named_alike(upper: str, lower: str) -> float:
    """How much the two indicators share: pairs of characters over the shorter name, 1 where they are one; 0.5 where one has no name."""
    if upper and lower and canonical(upper) == canonical(lower):
        return 1.0
    a, b = {upper[i : i + 2] for i in range(len(upper) - 1)}, {lower[i : i + 2] for i in range(len(lower) - 1)}
    if not a or not b:
        return 0.5
    return len(a & b) / min(len(a), len(b))


def value_of(target: Target) -> float:
    """The value in the unit that others of its kind are compared in: ‰ counts as tenths of %, 米 as thousandths of 公里."""
    if target.unit == "倍" and target.comparator in "+-":
        return round(target.value * 100, 9)
    return round(target.value * _FAMILY.get(unit_of(target), ("", 1.0))[1], 9)


def may_answer(upper: Target, lower: Target) -> bool:
    """True where the two can be of one thing: of one kind, both a growth or neither, and not 收入 against 支出."""
    if not same_kind(upper, lower) or (unit_of(upper) in _SHARES and _grows(upper) != _grows(lower) and upper.value != lower.value):
        return False
    a, b = upper.indicator, lower.indicator
    return not (_PARTS.search(a) and _PARTS.search(b)) or not any((x in a and y in b and y not in a and x not in b) or (y in a and x in b and x not in a and y not in b) for x, y in _APART)


def _grows(target: Target) -> bool:
    """True for a growth or a fall, said by a verb or by the name: 增长5%, 增速达到5%."""
    return target.comparator in "+-" or target.indicator.endswith(("增速", "增幅", "涨幅", "降幅", "增长率"))


def _may_be_one(upper: Target, lower: Target) -> bool:
    """Of two numbers that stand alone: the same value, or names that share something."""
    return value_of(upper) == value_of(lower) or named_alike(upper.indicator, lower.indicator) > 0


def answer(upper: Sequence[Target], lower: Sequence[Target]) -> list[tuple[Target, Target | None]]:
    """For each upper quantity the lower one of its kind whose indicator is most alike; each lower one answers once."""
    free = list(lower)
    found: list[tuple[Target, Target | None]] = []
    for one in upper:
        alike = [(named_alike(one.indicator, other.indicator), -i, other) for i, other in enumerate(free) if may_answer(one, other)]
        alone = sum(1 for other in upper if same_kind(one, other)) == 1 and len(alike) == 1 and _may_be_one(one, alike[0][2])
        best = max(alike, default=None, key=lambda row: row[:2])
        if best and best[0] < 1 and len(upper) > 1 and any(other is not one and may_answer(other, best[2]) and named_alike(other.indicator, best[2].indicator) == 1 and other.indicator for other in upper):
            alike = [row for row in alike if row is not best]
            best = max(alike, default=None, key=lambda row: row[:2])
        if best and (best[0] >= 0.34 or alone):
            free.remove(best[2])
            found.append((one, best[2]))
        else:
            found.append((one, None))
    return found


def compare(upper: Target, lower: Target, upper_words: str, lower_words: str, *, shares: bool) -> Answered:
    """What became of the quantity. ``shares`` says that the lower document speaks for a part of what the upper speaks for."""
    a, b = value_of(upper), value_of(lower)
    if abs(a - b) < 1 and "分之" in upper.text + lower.text and "%" in (upper.text + lower.text):
        b = a  # 三分之二 is 67%
    less = less_is_more(upper, upper_words) or less_is_more(lower, lower_words)
    if a == b:
        return Answered(upper, lower, *(_by_yardstick(upper, lower) if is_yardstick(upper) else _by_comparator(upper, lower, less)))
    if _bound(upper) == "≈" and not _RANGE.search(upper.text) and _spans(lower, upper.value):
        return Answered(upper, lower, "softened", False)
    if shares and b < a and not (b >= _NO_SHARE * a and upper.value >= _MANY) and is_total(upper, upper_words) and is_total(lower, lower_words) and not (_is_floor_of_each(upper, upper_words, b / a) and _is_floor_of_each(lower, lower_words, b / a)):
        return Answered(upper, lower, "apportioned", None)
    raised = b > a
    return Answered(upper, lower, "raised" if raised else "lowered", raised != less)


def _by_comparator(upper: Target, lower: Target, less: bool) -> tuple[How | None, bool | None]:
    """Equal numbers: 以上 that became 左右 is less, 左右 that became 以上 more; a floor that became a ceiling, or the other way, asks for something else."""
    above, below = _bound(upper), _bound(lower)
    firm = ("=", "+", "-", *(_CEILINGS if less else _FLOORS))
    if _are_opposite(above, below):
        return "softened", False
    if above in firm and below == "≈":
        return "softened", False
    if above == "≈" and below in firm:
        return "hardened", True
    return None, None


def _by_yardstick(upper: Target, lower: Target) -> tuple[How | None, bool | None]:
    """高于全国平均水平 asks for more than 达到 and 不低于, 快于经济增长 for more than 与经济增长同步, 低于 for more than 不高于."""
    above, below = upper.comparator in "<>", lower.comparator in "<>"
    if above == below:
        return None, None
    return ("softened", False) if above else ("hardened", True)


def _spans(target: Target, value: float) -> bool:
    """True for 4%—6%, which leaves as much room on either side of 5% as 左右 or more."""
    span = _RANGE.search(target.text)
    return span is not None and unit_of(target) in _SHARES and float(span["low"]) < value < float(span["high"])


def _bound(target: Target) -> str:
    """The comparator; of a growth or fall, which has its own, by the words behind it: 增长5%左右, 增长5%以上, 增长5%—5.5%. What is kept (稳定在62%) is reached."""
    if target.comparator == "≈" and target.text.startswith(("稳定在", "保持在", "维持在")) and not target.text.endswith(("左右", "上下")):
        return "="
    if target.comparator == "=" and target.indicator.endswith(_AT_MOST + _AT_LEAST):
        return "≤" if target.indicator.endswith(_AT_MOST) else "≥"
    if target.comparator not in "+-":
        return target.comparator
    return "≈" if "左右" in target.text or "上下" in target.text or _RANGE.search(target.text) else "≥" if "以上" in target.text or "不低于" in target.text else target.comparator


def as_exact(upper: Target, lower: Target) -> bool:
    """True where both are to be met about, or neither, and neither turns the other round: 左右 is not 以上, nor is 不超过."""
    if is_yardstick(upper):
        return _by_yardstick(upper, lower)[0] is None
    above, below = _bound(upper), _bound(lower)
    return (above == "≈") == (below == "≈") and not _are_opposite(above, below)


def _are_opposite(above: str, below: str) -> bool:
    return (above in _FLOORS and below in _CEILINGS) or (above in _CEILINGS and below in _FLOORS)


def less_is_more(target: Target, words: str) -> bool:
    """True where the smaller number demands more: 控制在…以内, 失业率, 3个工作日; not of what is granted, 补助不超过500万元."""
    if target.comparator == "-":
        return False
    if _DOWN_TO.search(target.text):
        return True
    if target.comparator in _CEILINGS:
        return not (unit_of(target) == "元" and _GRANTED.search(words))
    if target.comparator == "+" and _CAPPED.search(target.text):
        return True
    if target.comparator in _FLOORS or target.comparator == "+":
        return _LESS_IS_MORE.search(target.indicator) is not None and target.comparator == "+" and "价格" in target.indicator
    return _LESS_IS_MORE.search(target.indicator or words) is not None and not _DONE_AWAY.search(target.indicator)


def is_total(target: Target, words: str) -> bool:
    """True for a number that is larger where more people live: no rate, no growth, nothing for each or for one.

    ``words`` end with the number, and with the 的 behind it.
    """
    unit = unit_of(target)
    if unit in _SHARES or unit in _NEVER_SHARED or is_length(target) or (target.comparator in "+-" and not target.text.startswith(_AMOUNT)) or (is_frequency(target) and target.unit not in EVENTS) or "/" in target.unit:
        return False
    if target.value < _SO_FEW and _DOWN_TO.search(target.text):
        return False
    if unit == "元" and target.value < _PAID and _GRANTED.search(words):
        return False
    if (unit in _OF_ONE and target.comparator in "≥≤" and words.endswith("的")) or (unit == "元" and _PAID_TO_ONE.search(words)):
        return False
    return not _FOR_EACH.search(words) and not _FOR_ONE.search(words)


def _is_floor_of_each(target: Target, words: str, share: float) -> bool:
    """True for a bound that says what each must have: 面积不低于300平方米, 队伍不少于25人; ``share`` is the lower value as a part of the upper.

    ``words`` end with the number. What is brought about together (新增床位不少于300张) is none.
    """
    before, unit = words[: words.rfind(target.text)], unit_of(target)
    if target.comparator not in _FLOORS | _CEILINGS or (_BRINGS_ABOUT.search(words) and not (target.value < _SMALL and _SIZE.search(before))):
        return False
    if share >= _HARDLY_A_SHARE and (unit in _OF_EACH or kind_of(target) not in ("things", "people")):
        return True
    return unit in _OF_EACH and target.value < _SMALL and (kind_of(target) != "people" or _A_TEAM.search(before) is not None)
