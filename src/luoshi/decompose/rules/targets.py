"""Quantities to reach in a text: how much of what, and which way it counts.

``find_targets`` looks at the reading view, of a document or of one sentence. It finds every quantity that is written as a target
could be; whether the sentence sets a goal or tells of the past is ``disposition``. Dates, ordinals, numbers of documents and
articles, names (“1+3”, 4A级), thresholds (亿元以上项目), what a project costs (总投资12亿元的项目) and
points of an assessment are no targets.

How a quantity is read: ``value`` is multiplied out (1.4万亿斤 is 1.4e12 斤), in percent for % and 百分之. A range counts by the end
that binds: 3至5个 is ≥ 3, 控制在3%—4% is ≤ 4. Growth and fall (增长, 下降) are ``+`` and ``-`` whatever else is said of them (增长5%以上).
全覆盖 is = 100 %, 翻一番 is + 1 倍, 1∶1.25 is 0.8 :1. A yardstick without a number has the value 1 and the yardstick as its unit: 不低于全市平均水平 is
≥ 1 全市平均水平.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from luoshi.decompose.rules import target_rules as rows
from luoshi.decompose.rules.cues import Cues, cue, pairs
from luoshi.decompose.rules.indicators import LONGEST, Kind, closed, indicator, kind_of, plain_phrase
from luoshi.decompose.rules.numerals import parse_number
from luoshi.decompose.rules.rule import Rule
from luoshi.decompose.rules.target_rules import TARGET_RULES

__all__ = ["TARGET_RULES", "FoundTarget", "find_targets"]

_DIGITS = re.compile(r"[0-9](?<![0-9.A-Za-z第〔+×“\[前/_-][0-9])")
_COUNTED = "道担个人户班架场批家件台项条所座处名位张套辆列艘头只羽株棵匹次轮部篇种类款门支份宗起例间栋幢枚盏根口块片公斤吨亩元千平立倍年月天日工小分"
_AFTER_NUMERAL = "〇零一二三四五六七八九十百千万亿余多" + _COUNTED
_WORDS = re.compile(
    r"[一二两三四五六七八九十](?<![〇零一二三四五六七八九十百千万亿第几数两0-9.“][一二两三四五六七八九十])"
    rf"(?=[〇零一二三四五六七八九十百千万亿]{{0,11}}[余多]?[万亿]{{0,2}}[{_COUNTED}])"
)
_TENTHS = re.compile("[一二两三四五六七八九](?=成)")
# Where to look, by which cue such a place is known, and which rules to ask there, in their order.
_SCANS: tuple[tuple[re.Pattern[str], int, tuple[Rule, ...]], ...] = tuple(
    (anchor, cue(anchor, words), rules)
    for anchor, words, rules in (
        (_DIGITS, " ".join("0123456789"), (rows.QUANTITY, rows.INDEX, rows.RATIO, rows.AGE)),
        (_TENTHS, pairs("一二两三四五六七八九", "成"), (rows.TENTHS,)),
        (re.compile("零(?=[事死伤新案发上积差投逾返非增])"), pairs("零", "事死伤新案发上积差投逾返非增"), (rows.ZERO,)),
        (_WORDS, pairs("一二两三四五六七八九十", _AFTER_NUMERAL), (rows.WORDS_LED, rows.WORDS_LARGE, rows.WORDS_TRAILED)),
        (re.compile("[百千万]分之"), "百分 千分 万分", (rows.PERCENT,)),
        (re.compile("[一两二三四五六七八九十]倍"), pairs("一两二三四五六七八九十", "倍"), (rows.TIMES_MORE,)),
        (re.compile("(?:基本(?:实现|做到)?)?全覆盖"), "基本 全覆盖", (rows.COVERAGE,)),
        (re.compile("翻(?=[一两二三123]?番)"), pairs("翻", "一两二三123番"), (rows.DOUBLING,)),
        (re.compile("(?:不低于|不高于|高于|低于|超过|快于|好于|优于|跑赢|达到)(?=[全国省市同经G地财居城])"), "不低 不高 高于 低于 超过 快于 好于 优于 跑赢 达到", (rows.YARDSTICK,)),
        (re.compile(r"与(?=[^,。;、:\d\n]{2,12}同步)"), "与", (rows.PACE,)),
    )
)
_WITHOUT_NUMBER = frozenset(rule.id for rule in (rows.COVERAGE, rows.ZERO, rows.DOUBLING, rows.YARDSTICK, rows.PACE))
_LEAD_BEFORE = re.compile(rf"{rows.LEAD_CHAIN}\Z")
_LEAD_WORD = re.compile(rows.LEAD)
_LEAD_ENDS = frozenset(word[-1] for word in rows.LEADS) | {" ", "的"}
_REACH, _REACH_OVER_NOUN = 11, 22
_WORK_WORDS = frozenset({"提升", "扩大", "压缩"})  # 改造提升5000个 names the work; only shares rise by 提升
# 亿元以上项目, 超百亿元企业, 50人以上单位: the number picks out the things, it is not to be reached.
_PICKS_OUT = re.compile(r" ?的?(?:[^,。;:、()\d\s]{0,12}?)(?:项目|企业|产业|集群|园区|单位|公司|工程|平台|综合体|街区|商圈|景区|品牌|市场|门店|泊位|水库|机组|住房|建筑|镇|村|县|市场主体|商品房|小区|场所|贷款|主体|户型|罚款|事故|岁|锅炉|固定资产投资)")
_OF_THE_SIZE = re.compile(r"(?:\([^()]{1,8}\))?的(?!产值|产量|产能|规模|投资|营收|收入|税收|销售|目标|任务|增长|水平|资金)")
"""流域面积50平方公里以上的 河流: the number tells which ones."""
_INVESTED = re.compile(r"(?<!年度)(?<!年度计划)(?<!年度总)(?<!年度计划总)(?<!完成)投资(?:额|约|近|达)?\Z")
_IN_A_PROJECT = re.compile(r"的[^,。;:、()]{2,24}(?:项目|工程|产业园|基地)")
"""总投资12亿元的 盐化工项目: what the project costs, not what is to be reached."""
_SO_MANY = re.compile(
    r"\d+[个家座项处](?![^,。;、]{0,3}月)|(?!实施|建设|推进|用于|支持|新建)[^,。;:、\d]{0,6}(?:企业|项目|产业|园区|集群|乡镇|村)(?:数量?)?(?:达到?|突破|增至|发展到|超过?|不少于|至少|不低于)?\d+[个家]"
    r"|[^,。;:、\d]{1,12}等\d+[个家座项处套]"
)
_SO_MANY_OF_THEM = re.compile(r"的?\d+[个家座项处]")
_THINGS = re.compile(r"\d[个家座项]\Z")
"""50亿元以上 15个; 5个 770万千瓦抽蓄电站: the number tells which ones."""
_STOPS = frozenset(",。;:、)\n") | {""}
_WITHIN_REACH = re.compile("(?:的)?范围[之以]?内?|半径")
_STARTS_FROM = re.compile(r"(?:提高|提升|增加|扩大|上升|下降|降低|降|增|减少|压减|发展|扩展|调整增加|调整)[到至为]")
_MOVES = frozenset("提增扩上下降减压发调")
_AREAS = frozenset("市省国区县州镇乡村域盟旗")
_SHORTENED = re.compile(r"(?:压缩|缩短|压减|控制)[^,。;:、\d]{1,14}[至到为在]\Z")
"""压缩审批时限至 60个工作日以内."""
_GIVEN = re.compile(r"(?:的|一次性|资金|财政){0,2}(?:奖励|奖补|补助|补贴|资助)")
_GIVES = re.compile(r"(?:给予|予以|发给)(?:(?!最高|最多|不)[^,。;:\d]){0,12}\Z")
"""给予10万元奖励: what each gets; a cap stays one."""
_AGAIN = re.compile(r"重复(?:来电|来访|来信|投诉|反映|举报|信访|上访|发生)\Z")
"""重复来电3次 tells what happened."""
_COPIES = re.compile(r"(?:报|送|寄|抄|交|一式|复印件|原件|材料|纸质|书面|各|文[本件稿]|表|电子[^,。;、\d]{0,4})[^,。;、\d]{0,12}\Z")
"""书面意见报市政府督查室1份: how many copies."""
_SPLIT_INTO = re.compile(r"(?:分解|细化|划分|梳理|归纳|概括|分|细分)[为成][^,。;:]{0,14}\Z")
"""分解为7大方面、80项: how what is told is divided."""
_CAPACITY = re.compile(r"(?:/年)?[\u4e00-\u9fff“”]{2,14}?(?:项目|工程|装置|生产线)(?!的?(?:产能|产量))")
"""80万吨乙烯改扩建项目: the capacity is part of its name."""
_ALONG = re.compile(r"(?:两侧|两旁|周边|沿线|周围|附近|半径|距离?|场所|以外|方圆|外围)\Z")
"""公路两侧2公里: where, and not how much."""
_AT_LEAST = re.compile(r"(?:至少|最少|不少于)[^,。;:、\d]{1,10}\Z")
_NOT_OVER = re.compile(r"不(?:得|能|可|要求|要|应|准|宜|再)[^,。;:、\d]{0,10}\Z")
# 由11家整合至6家: the first number is where it starts, not where it shall get.
_DONE = re.compile(r"已(?:经|累计|基本|全部|实际|初步|陆续|先后)?(?:完成|建成|整改|办结|销号|到位|开工|启动|培育|引进|创建|落实|投入)[^,;:。]{0,6}$")
"""已基本完成任务20个: what is done is no target."""
_WHERE_IT_STARTS = re.compile(r"[^,。;:、\d]{0,6}[至为到成](?=\d)")
_SHORT = 4
_GOES_ON = re.compile("^(?:[气物菌品类件]|部件)")
"""天然气产量: where the name before is shorter, what of the last one is left of its own."""
_MEASURE = re.compile("(?:[率量值额数]|比重|占比|比例|面积|浓度|水平|增速|收入|投资|消费)$")
_TRADE = re.compile(r"[^业]{1,10}(?<![营企就])业(?=.*[率值额量占比重入资]\Z)")
_EACH = re.compile(r"(?:分别|(?<![年月季日人户亩平])均)(?:再|要|需|应)?\Z")
_OF_A_LIST = 14
_DO = "新增|新建|新改建|改造|建设|建成|培训|培育|发展|完成|整治|治理"
_SAME_AGAIN = re.compile(rf"[、和]|[,;、](?:再用|到)?(?:20\d\d年|[今明后]年|[一二三四上下]季度|[上下]半年|\d{{1,2}}月)(?:底前?|末|力争)?(?:再|累计|共)*(?:{_DO})?")
_ONLY_DONE = frozenset(_DO.split("|"))
"""2027年新增400个: what is counted was said before."""
_OF_THE_SAME = re.compile(r"[、,](?:并|努力)?(?:(?:比|较)(?:上一?年|去年|前一年)(?:预[算计]数?|执行数|同期)?)?(?:同比|平均每年|年均|力争|确保|总数|总量|总额|总规模)*")
_NEAR, _GOES_ON_WITH = 16, frozenset("、和,;")
"""债券1.3万亿元、比上年增加3000亿元; 增长6.5%、力争7%以上."""
_TOPIC = re.compile(r"(?:对于?|针对|就)[^,。;、:]{2,30}的\Z")
_TOPIC_ENDS = re.compile(r"(?:(?!实行|进行|开展|实施|予以|给予|逐一|建立|完成|加强|全部|分类)[^,。;、:]){0,12},")
"""对年底前仍未完工的 12个项目，…: what is spoken of, not what is to be reached."""
_LISTED = re.compile("以及|、|和(?![谐平])|(?<!普)及(?![时格])")
_BRACKET = re.compile(r"\([^()]*\)")
_BOUNDS = frozenset("≥≤><")
_OUT_OF = re.compile(r"[^,。;、:\d\s]{0,12}中(?=有?\d)")  # 86个乡镇中70个以上


@dataclass(slots=True)
class FoundTarget:
    """A quantity at ``[start, end)`` of the view."""

    start: int
    end: int
    text: str
    comparator: str
    value: float
    unit: str
    view: str = field(repr=False, compare=False)
    named: str | None = None

    @property
    def indicator(self) -> str:
        """What it measures, empty where the words do not say; worked out when asked, for most quantities tell of the past.

        ``named`` says it beforehand: in a table it stands in another cell.
        """
        if self.named is not None:
            return self.named
        return indicator(self.view, self.start, self.end, self.unit, self.comparator)


def find_targets(text: str, cues: Cues | None = None) -> list[FoundTarget]:
    """Every quantity of ``text`` that is written as a target, by position, without overlaps.

    ``cues`` are those of ``text``, or of the stretches of it in which to look, where somebody has looked for them already.
    """
    cues = cues or Cues.of(text)
    found = sorted((target for anchor, bit, rules in _SCANS for target in _scan(text, anchor, cues.places(bit), rules)), key=attrgetter("start"))
    kept: list[FoundTarget] = []
    for target in found:
        if not kept:
            kept.append(target)
        elif target.start >= kept[-1].end:
            kept.append(_like_its_neighbour(target, kept[-1]) if target.start - kept[-1].end == 1 else target)
        elif target.end - target.start > kept[-1].end - kept[-1].start:
            kept[-1] = target
    _distribute(text, kept)
    _inherited(kept)
    return kept


def _distribute(text: str, kept: list[FoundTarget]) -> None:
    """化学需氧量、氨氮分别削减2.7%和5.4%: the first value is of the first, the second of the second; 分别不低于2%、1% bounds both; 均下降3% is of all."""
    for i, first in enumerate(kept):
        each = _EACH.search(text, max(0, first.start - 4), first.start)
        if not each:
            continue
        group = [first]
        while i + len(group) < len(kept) and text[group[-1].end : kept[i + len(group)].start] in ("、", "和", ",", "以及"):
            group.append(kept[i + len(group)])
        if first.comparator in _BOUNDS:
            group[1:] = kept[i + 1 : i + len(group)] = [replace(one, comparator=first.comparator) if one.comparator == "=" else one for one in group[1:]]
        begin = max(text.rfind(mark, max(0, first.start - 80), first.start) for mark in ",;:。\n") + 1
        together = closed(_BRACKET.sub("", text[begin : each.start()]))
        names = _LISTED.split(together)
        if len(names) == len(group) > 1 and all(1 < len(name) <= LONGEST for name in names):
            for target, name in zip(group, _completed([plain_phrase(name) for name in names]), strict=True):
                target.named = name
        elif len(group) == 1 < len(names) and _MEASURE.search(names[-1]) and all(1 < len(name) <= _OF_A_LIST for name in names) and plain_phrase(names[0]):
            first.named = plain_phrase(names[0]) + together[len(names[0]) :]
        elif len(names) == 1 < len(group):  # 城乡居民收入分别增长6%、7%: one name for both
            shared = first.indicator
            for target in group[1:]:
                target.named = target.indicator or shared


def _completed(names: list[str]) -> list[str]:
    """化肥、农药利用率: what the last name ends with belongs to the short ones before it, too, where all stand for parts of one length."""
    *short, last = names
    length = len(short[0])
    if (trade := _TRADE.match(last)) and all(name.endswith("业") for name in short):  # 制造业、数字经济核心产业增加值
        return [*(name + last[trade.end() :] for name in short), last]
    tail = _GOES_ON.sub("", last[length:])
    if length <= _SHORT and all(len(name) == length for name in short) and len(tail) > 1 and _MEASURE.search(tail) and not any(_MEASURE.search(name) for name in short):
        return [*(name + tail.removeprefix(name[-2:]) for name in short), last]
    return names


def _inherited(kept: list[FoundTarget]) -> None:
    """分别改造80个、100个、120个, 2025年达到60%，2026年达到65%: a number that follows another of its unit and has no name is of the same."""
    for before, target in pairwise(kept):
        between = before.end, target.start
        if between[1] - between[0] > _NEAR or target.view[before.end] not in _GOES_ON_WITH:
            continue
        same = _OF_THE_SAME.fullmatch(target.view, *between) or (target.unit == before.unit and _SAME_AGAIN.fullmatch(target.view, *between))
        if same and (not target.indicator or target.indicator in _ONLY_DONE):
            target.named = before.indicator


def _like_its_neighbour(target: FoundTarget, before: FoundTarget) -> FoundTarget:
    """分别增长6%、7%: the second value grows as the first does."""
    alike = before.comparator in "+-" and target.comparator not in "+-" and target.unit == before.unit and target.view[before.end] in "、和"
    return replace(target, comparator=before.comparator) if alike else target


def _scan(text: str, anchor: re.Pattern[str], places: list[int], rules: tuple[Rule, ...]) -> Iterator[FoundTarget]:
    for at in places:
        if not anchor.match(text, at):
            continue
        start = _lead_start(text, at) if at and (text[at - 1] in _LEAD_ENDS or text.find("至少", max(0, at - 6), at) >= 0) else at
        found = _first_match(text, start, rules) or (_first_match(text, at, rules) if start < at else None)
        if found:
            rule, match = found
            target = _in_words(rule, match, text) if rule.id in _WITHOUT_NUMBER else _quantity(rule, match, text)
            if target:
                yield target


def _first_match(text: str, at: int, rules: tuple[Rule, ...]) -> tuple[Rule, re.Match[str]] | None:
    for rule in rules:
        match = rule.pattern.match(text, at)
        if match:
            return rule, match
    return None


def _lead_start(text: str, at: int) -> int:
    """Where the words of comparison that stand right before ``at`` begin; ``at`` where there are none."""
    reach = _REACH_OVER_NOUN if text[at - 1] == "的" else _REACH
    lead = _LEAD_BEFORE.search(text, max(0, at - reach), at)
    return lead.start() if lead else at


def _in_words(rule: Rule, match: re.Match[str], text: str) -> FoundTarget:
    """全覆盖, 翻一番, 与经济增长同步: words that stand for a quantity."""
    start, end = match.span("value")
    sign, value, unit = "=", 100.0, "%"
    if rule is rows.DOUBLING:
        sign, value, unit = "+", 2.0 ** (parse_number(match["low"] or "一") or 1) - 1, "倍"
    elif rule is rows.ZERO:
        sign, value, unit = "=", 0.0, match["unit"]
    elif rule is rows.COVERAGE and match["lead"]:
        sign = "≈"
    elif rule is rows.PACE:
        sign, value, unit = "≈", 1.0, match["unit"]
    elif rule is rows.YARDSTICK:
        sign, value, unit = rows.LEADS.get(match["lead"], ">"), 1.0, match["unit"]
    return FoundTarget(start, end, text[start:end], sign, value, unit, text)


def _quantity(rule: Rule, match: re.Match[str], text: str) -> FoundTarget | None:
    start, end = match.span("value")
    lead, low, high, magnitude, more, large, unit, trail = match.group(*rows.PARTS)
    if lead in _WORK_WORDS and kind_of(unit) != "share":
        start, lead = match.start("low"), None
    if lead == "达" and text[start - 1 : start] in ("下", "送", "直"):  # 省下达3万亩任务
        start, lead = match.start("low"), None
    if lead and kind_of(unit) == "time" and text.startswith("内", end):  # 缩短至100个工作日内
        trail, end = "以内", end + 1
    sign = _comparator(lead, trail, high, more, kind_of(unit))
    if _is_no_target(text, start, end, lead or "", trail or "", unit, sign):
        return None
    if unit == "次" and text[start - 1 : start] == "届":  # 七届44次常务会议
        return None
    if text.find("已", max(0, start - 12), start) >= 0 and _DONE.search(text, max(0, start - 12), start):
        return None
    if text[start - 1 : start] in ("由", "从") and _WHERE_IT_STARTS.match(text, end):
        return None
    if sign in "=>":
        sign = _said_before(text, start, sign)
    number = "一百" if low == "百" else high if high and sign == "≤" else low
    value = _value(number, magnitude or "", large or "")
    if rule is rows.TENTHS and value is not None:
        value = value * 10 + (5 if match["rest"] == "半" else parse_number(match["rest"] or "零") or 0)
    if unit == "万分之" and value is not None:
        value /= 10
    if rule is rows.RATIO and value is not None:
        value = round(value / (parse_number(unit[1:].strip(" ")) or 1), 4)
    return None if value is None else FoundTarget(start, end, text[start:end], sign, value, _plain_unit(rule, unit), text)


def _said_before(text: str, start: int, sign: str) -> str:
    """至少建成1所 is at least one, 不要求填报超过2张 at most two: the word of comparison stands apart from its number."""
    begin = max(0, start - 14)
    if sign == "=":
        return "≥" if text.find("少", begin, start) >= 0 and _AT_LEAST.search(text, begin, start) else sign
    return "≤" if text.find("不", begin, start) >= 0 and _NOT_OVER.search(text, begin, start) else sign


def _plain_unit(rule: Rule, unit: str) -> str:
    if rule is rows.RATIO:
        return ":1"
    if rule in (rows.PERCENT, rows.TENTHS):
        return "%" if unit == "百分之" or rule is rows.TENTHS else "‰"
    return "百分点" if unit == "个百分点" else unit


@lru_cache(maxsize=4096)
def _value(number: str, magnitude: str, large: str) -> float | None:
    value = parse_number(number + magnitude + large)
    return None if value is None else float(value)


@lru_cache(maxsize=4096)
def _comparator(lead: str | None, trail: str | None, high: str | None, more: str | None, kind: Kind) -> str:
    """Growth and fall before all else, then 以上 and 左右, then the last word before the number."""
    words = _LEAD_WORD.findall(lead or "")
    signs = [rows.LEADS[word] for word in words if kind == "share" or word not in _WORK_WORDS]
    for sign in signs:
        if sign in "+-":
            return sign
    sign = signs[-1] if signs else "="
    after = rows.TRAILS.get((trail or "").lstrip("及或"))
    if after and (sign in "=≈" or after == "≈"):
        return after
    if sign == "=" and high:
        return "≥"
    return ">" if sign == "=" and more else sign


def _tells_which(text: str, start: int, end: int, lead: str, trail: str) -> bool:
    """True where a count stands beside the size: 50亿元以上15个, 10亿元企业达25家, 5个770万千瓦抽蓄电站."""
    if _SO_MANY.match(text, end) or ((lead or trail) and _SO_MANY_OF_THEM.match(text, end)):
        return True
    return not lead and bool(trail or text[end : end + 1] not in _STOPS) and _THINGS.search(text, max(0, start - 6), start) is not None


def _is_no_target(text: str, start: int, end: int, lead: str, trail: str, unit: str, sign: str) -> bool:
    """True for what is written like a target and is none.

    Past facts (增长了5%), names (“金融16条”), what is left behind (由12%提高到), lengths of time, points, what picks out things
    (亿元以上项目), what is there already (全市86个县), by which measure (按每平方米4000元的标准).
    """
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    if text.startswith("的标准", end) and not lead and text.find("按", max(0, start - _REACH_OVER_NOUN), start) >= 0:
        return True
    if before[-1:] == "了" or (before[-1:] == "上" and after == "的") or before == "(共" or after == "”" or (after in _MOVES and _STARTS_FROM.match(text, end)):
        return True
    if before == "不含":
        return True
    kind = kind_of(unit)
    if kind == "size" and _tells_which(text, start, end, lead, trail):
        return True
    if unit == "元" and _IN_A_PROJECT.match(text, end) and _INVESTED.search(text, max(0, start - 6), start):
        return True
    if kind == "size" and _GIVEN.match(text, end) and _GIVES.search(text, max(0, start - 16), start):
        return True
    if unit == "次" and _AGAIN.search(text, max(0, start - 6), start):
        return True
    if kind == "time" and not lead and sign == "≤" and _SHORTENED.search(text, max(0, start - 20), start):
        return False
    if unit.startswith("元") and before[-1:] == "按" and ("/" in unit or text[end : end + 1] in ("/", "的")):
        return True
    if unit == "份" and not lead and _COPIES.search(text, max(0, start - 16), start):
        return True
    if kind == "count" and not lead and _SPLIT_INTO.search(text, max(0, start - 18), start):
        return True
    if not lead and ((unit.startswith("吨") and _CAPACITY.match(text, end)) or (unit in ("米", "公里", "千米") and _ALONG.search(text, max(0, start - 4), start))):
        return True
    if kind == "time" and (sign not in "≥≤><" or not lead or lead == "过"):
        return not lead.startswith(("缩短", "压缩", "压减"))
    if unit == "分" and (not (lead or trail) or sign in "+-"):
        return True
    if kind in ("size", "people") and not lead and ((trail and _OF_THE_SIZE.match(text, end)) or _WITHIN_REACH.match(text, end)):
        return True
    if kind in ("size", "people") and (sign in "><" or trail[-2:] in ("以上", "以下")):
        return _PICKS_OUT.match(text, end) is not None
    if lead or trail or kind != "count":
        return False
    if before[-1:] == "的" and _TOPIC.match(text, max(text.rfind(mark, max(0, start - 40), start) for mark in ",。;)、\n") + 1, start):
        return _TOPIC_ENDS.match(text, end) is not None
    if before[:1] == "全" and before[1:] in _AREAS:
        return True
    return text.find("中", end, end + 14) >= 0 and _OUT_OF.match(text, end) is not None
