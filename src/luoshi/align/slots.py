"""Slots: what of a passage can be compared point by point: numbers, time limits, how often, how strongly, lists, names.

Slots decide the relation of two passages that belong together; whether they do is ``likeness``. Everything is found in folded
text and by shape; what is not recognised is no slot, and so makes no change.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from luoshi.align import named, quantities
from luoshi.align.clauses import DIGITS
from luoshi.align.cues import cue
from luoshi.align.named import Name
from luoshi.align.often import count_of, often_in
from luoshi.align.side import Side
from luoshi.decompose.model import Deadline, Decomposition, Item, Target
from luoshi.decompose.rules.cues import Cues
from luoshi.decompose.rules.deadlines import find_deadlines
from luoshi.decompose.rules.indicators import indicator
from luoshi.decompose.rules.targets import find_targets

# -- how strongly -----------------------------------------------------------------------------------------------

STRONG, PLAIN, SOFT = 2, 1, 0
# Every alternative of these two begins with a character, what may not stand before it is asked behind it: so the engine leaps over the rest.
_STRONG = re.compile(
    r"必须|不得|不准|不许|严禁|禁止|一律|务必|应当|应(?=[当于在按将把予对向由与为及全报定建设依严])(?!对)|应(?<![供效反回适对响]应)(?=[\u4e00-\u9fff]{0,3}(?:全|每|定|按|在|于))|须(?!知)|坚决(?:杜绝|禁止|取缔|关停|遏制)|严格(?:落实|执行|实行|控制|禁止)|"
    r"要(?<![主重需首紧摘纪概想必纲简扼机]要)(?![求素点闻害件务塞领强])|确保|刚性|全面禁止|杜绝|需(?<!无需)(?=[\u4e00-\u9fff]{0,6}(?:全|每|按|在|于))"
)
_SOFT = re.compile(
    r"可以|可(?<![不许认即尽]可)(?=[按依由根结采在适自视酌将以先通不试暂参建设组开申给实向对探尝逐选])(?!持续|行|靠|控|再生|以看)|原则上|允许|有条件的|具备条件的|视情|适当|酌情|适时|逐步|尽量|尽可能|试行|一般(?=[不应要须需在于按由为每可至从以控采实安]|情况下)(?!工业|在建|在用|应急|从业)|自愿(?!减排|认购|注册)|倡议(?=[\u4e00-\u9fff]{2})|根据需要|结合实际(?=可|自主|适当)"
)
_WEAK = re.compile(
    r"(?:^|[,;:。\s])(?:[^,;:。、\s]{0,8}(?:部门|单位|地区|县|市|区|乡镇|街道|企业|机构|社区|村))?(?P<word>鼓励|倡导|提倡|探索|引导|努力|力争|争取|研究(?=推进|推动|制定|建立|出台|设立|探索)|推动(?=[\u4e00-\u9fff]{2,14}(?:全额|配备|公示|公开|建立|设立|开展|实行|达到|纳入|存入|完成|做到|参加|安装|开放|报告)))"
)
_PROHIBITS = re.compile(r"不得|不准|不许|严禁|禁止|杜绝|一律不|全面禁止|不再|取缔|零容忍|坚决遏制")
_MITIGATES = re.compile(r"控制|严控|管控|防止|谨防|减少|引导|规范|限制|尽量|避免|逐步|原则上|一般|适当|劝导|劝阻|加强管理|压减|不提倡|不鼓励|不宜|审慎|慎重")
_WHOLE = re.compile(r"全部|所有|一律|全体|各级各类|各类|凡(?!事)|全面(?=[实覆完建推禁停取达清排整铺])|每[个所家户名县镇村校]|全覆盖|各[县区市镇乡村级]|全额|全域|普遍|各(?:行政|建制|自然)村|各地|应[\u4e00-\u9fff]尽[\u4e00-\u9fff]|百分之百|件件(?=有)|户户|村村|人人")
_PART = re.compile(r"部分|大部分|多数|大多数|重点(?=[县区市镇乡村企单行区人群部])|(?<!示范)试点(?!城市|省|市|县|区|项目|示范)|先行先试|示范(?=[县区市镇乡村点校])|有条件的|具备条件的|条件成熟的|选择|遴选|主要(?=[县区市镇乡村企单行河湖道路干街])|[强百](?=[县镇市](?![高强级]))|个别|若干")

# -- words that stand where a number or a date could -------------------------------------------------

_VAGUE_DATE = re.compile(r"第一时间|尽快|尽早|抓紧|早日|适时|逐步|有序|限期|及时|加快|稳步|持续|分期|分批|近期|择机")
_VAGUE_NUMBER = re.compile(r"稳步|有所|保持(?=[增较良])|不断|显著|明显|大幅|持续|进一步|逐步|逐年|有效|较快|较[高好强]|适度|合理|广泛|大力|一批|若干|一定|多[个家所项处名]|更多|更大|更高|基本(?![公农医养盘])|较大|稳定|力度|应[\u4e00-\u9fff]尽[\u4e00-\u9fff]|尽可能|适量|充足|足额|积极|经常|常态化|定期")
_PHASED = re.compile(r"逐步|逐渐|分步|分期|分批|分阶段|有序|稳步|大部分|多数|基本(?![公农医养盘])|推动|引导|鼓励|陆续")
_COUNTED = re.compile(r"(?<![第每新国+“一二三四五六七八九十])(?P<n>[二两三四五六七八九十]{1,3}|一(?=[所座处家]))(?P<unit>[个所家处座项条名户台套支])(?![个大方是面种类级重月年]|一批|工作日|季度|学期|规定|措施|制度|原则|机制|改革|任务|行动)")
_SOON = re.compile(r"立即|即日起|当即|马上")
_LENGTH = re.compile(r"(?<![0-9.月第])(?!20[0-9]{2}年)(?P<n>[0-9.]+|[一二两三四五六七八九十]+|(?<![上下])半)个?(?P<unit>工作日|自然日|日历天|小时|分钟|个月|天|日|周|年)(?:之内|以内|内|(?:左右)?的?时间|(?=办结|办理完|完成|出证|反馈|答复))|(?:不超过|不得超过|最长|至多|(?:压缩|缩短|压减|缩减|减少|降)[至到为]|控制在)(?!20[0-9]{2}年)(?P<m>[0-9.]+|[一二两三四五六七八九十]+|半)个?(?P<unit2>工作日|自然日|小时|分钟|个月|天|日|周(?!岁)|年(?![级代度]))")
_BARE_LENGTH = re.compile(r"(?<![0-9.第每月])(?P<n>[0-9]+(?:\.[0-9]+)?)个?(?P<unit>工作日|自然日|日历天|小时|分钟|天|日)(?![前后期内以之至到—])")
"""审批时间为15个工作日, 预留120分钟: a length of time with no word that bounds it."""
_DAYS = {"工作日": 1.4, "自然日": 1.0, "日历天": 1.0, "小时": 1 / 24, "分钟": 1 / 1440, "个月": 30.0, "月": 30.0, "天": 1.0, "日": 1.0, "周": 7.0, "年": 360.0}

# -- lists --------------------------------------------------------------------------------------------------------

_LIST = re.compile(r"[^,;:。、()\n“”]{1,26}(?:、[^,;:。、()\n]{1,26})+")
_QUOTED = re.compile("(?:“[^“”,;。]{2,14}”(?:[、和及与]|以及)?){2,}")
"""“四季村晚”“乡村好时节”等活动: names in quotes need nothing between them."""
_BETWEEN = re.compile("“([^“”]+)”")
_FOR_YEAR = re.compile("(?<![0-9—–~至-])(?P<year>20[0-9]{2})年度?(?![底起—–~至-]|内蒙)")
_AGAIN = re.compile("每|全年|[一半]年|累计|[总共]计?|至少|不[少低超]")
"""每季度1次、全年不少于4次 says the same again; 每学年1次体检、2次视力筛查 counts something else."""
_LAST_JOIN = re.compile(r"(?:以及|和|及|与|或者|或)(?!谐|平|美|其|时|格|法)")
_LEVELS = re.compile("[省市县区州旗镇乡村]、(?:[省市县区州旗镇乡村]、)*[省市县区州旗镇乡村](?![委直])")
"""各县（市、区）, 县、乡、村三级: who is meant at every level, and no list."""
_OFFICES = re.compile("(?:[省市县区州旗][\u4e00-\u9fff]{1,12}[厅局委办部]、)+[省市县区州旗][\u4e00-\u9fff]{1,12}[厅局委办部]")
"""省财政厅、省教育厅要下达: who acts is another at each level."""


class Strength(NamedTuple):
    """How strongly a clause speaks: ``STRONG``, ``PLAIN``, ``SOFT``, and the word that says so; ``weak`` where that is a verb like 鼓励,
    which softens only what is otherwise said the same."""

    level: int
    start: int
    end: int
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """Members of a list in their order; ``open`` where it ends in 等."""

    start: int
    end: int
    members: tuple[str, ...]
    open: bool


# Without one of these characters the patterns above find nothing: most clauses hold none, and asking is dear.
_OFTEN = cue("每按逐月季日期适常择断")
FIRM, SOFTENING, _ENCOURAGING = cue("必不严禁一务应须坚要确刚全杜需"), cue("可宜原允有具视适酌逐力争尽试一自建倡根结"), cue("鼓倡提探引努研推力争")
_FORBIDDEN = cue("不严禁杜一全取零坚")
FORCE = FIRM | SOFTENING | _ENCOURAGING | _FORBIDDEN
"""The cues without which a stretch speaks neither strongly nor softly."""
_NUMERALS, _LISTED = cue("一二两三四五六七八九十半"), cue("、")
_MEASURED = cue("0123456789.一二两三四五六七八九十半")
_TIMED = cue("日天时钟月周年")
_ALL, _SOME = cue("全所一各凡每普应百件户村人"), cue("分数点先示条选遴要强百个若")
_COUNTED_OR_DATED = cue("0123456789一二三四五六七八九十百全翻零年月日期")
_OPENS_WITHIN = 3
_LENGTHS = frozenset({"个工作日", "工作日", "天", "日", "小时", "个小时", "分钟", "个月", "周", "年"})


class Length(NamedTuple):
    """A length of time in days, and where it is named."""

    days: float
    match: re.Match[str]


class Slots:
    """Everything that can be compared in one stretch; spans are canonical.

    ``item`` is the item in which the stretch begins; ``goals`` are quantities to reach: no frequencies, no lengths of time, no count of the people
    that are spoken of; ``governing`` are the time limits that hold for every clause of the item. The side itself is not kept: it keeps the
    slots, and a circle would live on.
    """

    def __init__(self, side: Side, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.words = words = side.text[start:end]
        self.cues = cues = side.cues_of(start, end)
        self._made, self._text, self._sentence = side.made, side.text, side.sentence_number(start)
        name = side.made.sentences[self._sentence].item if self._sentence >= 0 else None
        self.item: Item | None = side.items.get(name) if name else None
        self.governing = _governing(self.item) if self.item and self.item.deadlines else ()
        found, self.deadlines = _found(side, words, self.item, start, cues)
        self.targets = (*found, *_counted_in_words(words, start, found)) if cues & _NUMERALS else found
        if "周" in words and cues & _MEASURED:
            self.targets = (*self.targets, *quantities.weeks(words, start))
        self.length = _length(words) if cues & _MEASURED and cues & _TIMED else None
        self.often = often_in(words, start) if cues & _OFTEN or "全年" in words or "一年" in words else None
        self.goals = tuple(target for target in self.targets if self._is_goal(target)) if self.targets else ()

    def _is_goal(self, target: Target) -> bool:
        """True for what is to be reached: 120场, but not 每季度1次, 5个工作日内 or the 500名 of 每500名配备1名."""
        words, begin, end = self.words, target.start - self.start, target.end - self.start
        if (quantities.is_frequency(target) and self.often and (target.start < self.often.end or _AGAIN.search(words, self.often.end - self.start, begin))) or quantities.picks_out(target, words, end):
            return False
        return (target.unit not in _LENGTHS or target.comparator in "≥>" or target.text.startswith("达到")) and not (target.unit == "人" and words.startswith("口", end)) and not quantities.is_base(target, words, begin)

    def counts_a_list(self, target: Target) -> bool:
        """True for the 三个 of 优秀、合格、不合格三个等次: how long the list is."""
        if target.comparator != "=" or not self.cues & _LISTED or "、" in self.words[target.start - self.start :]:
            return False
        return any(one.start < target.start < one.end and len(one.members) == target.value and all(t is target or not one.start <= t.start < one.end for t in self.targets) for one in self.lists)

    @property
    def bases(self) -> list[Target]:
        """What something is counted for: the 500名 of 每500名毕业生配备1名."""
        return [target for target in self.targets if quantities.is_base(target, self.words, target.start - self.start)] if "每" in self.words else []

    # What is asked of a clause once or twice, and of most stretches never, is not kept.

    @property
    def whole(self) -> re.Match[str] | None:
        """The word that says that all are meant: 所有."""
        return is_whole(self.words) if self.cues & _ALL else None

    @property
    def part(self) -> re.Match[str] | None:
        """The word that says that some are meant: 试点, 有条件的."""
        return _PART.search(self.words) if self.cues & _SOME else None

    @property
    def main_end(self) -> int:
        """Where the statement ends and what breaks it down (其中…) begins."""
        at = self.words.find("其中")
        return self.end if at <= 0 else self.start + at

    @property
    def main_goals(self) -> tuple[Target, ...]:
        """The goals of the statement itself, without those that break it down."""
        if not self.goals:
            return ()
        end = self.main_end
        return tuple(target for target in self.goals if target.start < end or target.start >= self.end)

    @property
    def strength(self) -> Strength:
        """How strongly the stretch speaks."""
        return _strength(self.words, self.start, self.cues)

    @property
    def prohibits(self) -> bool:
        """True for 不得, 严禁."""
        return self.cues & _FORBIDDEN != 0 and _PROHIBITS.search(self.words) is not None

    @property
    def lists(self) -> tuple[Listed, ...]:
        """What is listed with 、, or in quotes one behind the other."""
        quoted = _quoted(self.words, self.start) if "“" in self.words else ()
        return (*_lists(self.words, self.start), *quoted) if self.cues & _LISTED else quoted

    @property
    def names(self) -> tuple[Name, ...]:
        """Names in quotes of works and campaigns."""
        return named.names(self.words, self.start, self.cues)

    @property
    def places(self) -> tuple[Name, ...]:
        """Named places."""
        return named.places(self.words, self.start, self.cues)

    @property
    def units(self) -> tuple[Name, ...]:
        """Named units."""
        return named.units(self.words, self.start, self.cues)

    @property
    def has_digits(self) -> bool:
        """True where a figure stands in the words."""
        return self.cues & DIGITS != 0

    @property
    def neighbourhood(self) -> str:
        """The sentence at which the stretch begins with those beside it in its section: an office may part in two what was one."""
        return _neighbourhood(self._made, self._text, self._sentence)

    @property
    def year(self) -> int | None:
        """The year that the whole document is for: a report on the work of the government, 2026年工作要点; None for other documents."""
        title = self._made.facts.title or ""
        said = _FOR_YEAR.search(title)
        return int(said["year"]) if said else base_of(self._made)[1] if "政府工作报告" in title else None

    @property
    def names_a_unit(self) -> bool:
        """True where a unit is named or meant: 市财政局, 财政部门."""
        return named.means_a_unit(self.words, self.cues) or bool(self.units)


def _found(side: Side, words: str, item: Item | None, start: int, cues: int) -> tuple[tuple[Target, ...], tuple[Deadline, ...]]:
    """Quantities and time limits as the whole document reads them."""
    end = start + len(words)
    if item is not None and item.start <= start and end <= item.end:
        if not item.targets and not item.deadlines:
            return (), ()
        if item.targets and not any(item.start <= t.start < item.end for t in item.targets):
            return tuple(t for t in item.targets if not side.has_act_at(t.start)), ()  # of a table, where they stand in cells of their own
        return tuple(t for t in item.targets if start <= t.start and t.end <= end), tuple(d for d in item.deadlines if start <= d.start and d.end <= end)
    if not cues & _COUNTED_OR_DATED:
        return (), ()
    words = words.replace("\n", " ")
    known = Cues.of(words)
    targets = tuple(Target(start + t.start, start + t.end, t.text, t.comparator, t.value, t.unit, t.indicator) for t in find_targets(words, known))
    base, year = base_of(side.made)
    deadlines = tuple(
        Deadline(start + d.start, start + d.end, d.text, d.due, d.period, d.basis, d.rule) for d in find_deadlines(words, known, base=base, year=year)
    )
    return targets, deadlines


def _governing(item: Item) -> tuple[Deadline, ...]:
    """The time limits that hold for every clause of an item: those of its bracket, line or row, else the one that it opens with."""
    begin, end = (item.measures[0].start, item.measures[-1].end) if item.measures else (item.start, item.end)
    outside = tuple(one for one in item.deadlines if one.end <= begin or one.start >= end)
    return outside or tuple(one for one in item.deadlines[:1] if one.start - begin <= _OPENS_WITHIN)


def _neighbourhood(made: Decomposition, text: str, i: int) -> str:
    """The sentence of number ``i`` with those beside it in its section, empty for none."""
    if i < 0:
        return ""
    sentences = made.sentences
    here = sentences[i]
    last = sentences[i + 1] if i + 1 < len(sentences) and sentences[i + 1].section == here.section else here
    first = sentences[i - 1] if i and sentences[i - 1].section == here.section else here
    return text[first.start : last.end]


def _counted_in_words(words: str, start: int, targets: tuple[Target, ...]) -> Iterator[Target]:
    """Counts in characters, 二十个 and 三所, which the reader takes for no targets but which answer one."""
    if "分之" in words or "半" in words:
        yield from (t for t in quantities.fractions(words, start) if not any(o.start < t.end and t.start < o.end for o in targets))
    if "半年" in words:
        yield from quantities.half_years(words, start)
    for match in _COUNTED.finditer(words):
        begin, end = match.span()
        if not any(t.start < start + end and start + begin < t.end for t in targets) and words[begin - 1 : begin] != "“":
            yield Target(start + begin, start + end, match[0], "=", count_of(match["n"]), match["unit"], indicator(words, begin, end, match["unit"], "="))


def base_of(made: Decomposition) -> tuple[date | None, int | None]:
    """The day of issue and the year against which time limits are read."""
    for kind in ("issued", "meeting", "posted"):
        for fact in made.facts.dates:
            if fact.kind == kind and not fact.date.startswith("--"):
                if fact.precision == "day":
                    return date.fromisoformat(fact.date), int(fact.date[:4])
                return None, int(fact.date[:4])
    return None, None


def _length(words: str) -> Length | None:
    match = _LENGTH.search(words)
    if match is None:
        return None
    number = match["n"] or match["m"]
    return Length((0.5 if number == "半" else count_of(number)) * _DAYS[match["unit"] or match["unit2"]], match)


def bare_length(words: str) -> Length | None:
    """The one length of time that is named without a word that bounds it; None where there are several."""
    found = list(_BARE_LENGTH.finditer(words))
    return Length(count_of(found[0]["n"]) * _DAYS[found[0]["unit"]], found[0]) if len(found) == 1 else None


def _strength(words: str, start: int, cues: int) -> Strength:
    """How strongly ``words`` speak: 必须 before all, then 可以 and its like, then 鼓励 at the head of the clause; the plain imperative has no word."""
    soft = _SOFT.search(words) if cues & SOFTENING else None
    strong = _STRONG.search(words) if cues & FIRM else None
    if strong and not (soft and soft[0] in ("原则上", "可以", "可", "有条件的", "视情", "一般")):
        return Strength(STRONG, start + strong.start(), start + strong.end())
    if soft:
        return Strength(SOFT, start + soft.start(), start + soft.end())
    weak = _WEAK.search(words) if cues & _ENCOURAGING else None
    return Strength(SOFT, start + weak.start("word"), start + weak.end("word"), weak=True) if weak else Strength(PLAIN, start, start)


def _lists(words: str, start: int) -> tuple[Listed, ...]:
    found: list[Listed] = []
    for match in _LIST.finditer(words):
        if _names_levels(match[0]) or _OFFICES.match(match[0]):
            continue
        begin = max(0, words.rfind("“", 0, match.start())) if words[match.start() - 1 : match.start()] == "”" else match.start()
        members = words[begin : match.end()].split("、")
        tail = members[-1]
        joined = _LAST_JOIN.search(tail)
        if joined and joined.start() > 0 and len(tail) - joined.end() >= 2:
            members[-1:] = [tail[: joined.start()], tail[joined.end() :]]
        open_ = "等" in members[-1]
        members[-1] = members[-1].split("等", 1)[0]
        found.append(Listed(start + begin, start + match.end(), tuple(member.strip("“” ") for member in members), open_))
    return tuple(found)


def _quoted(words: str, start: int) -> tuple[Listed, ...]:
    found = ((match, tuple(_BETWEEN.findall(match[0]))) for match in _QUOTED.finditer(words))
    return tuple([Listed(start + match.start(), start + match.end(), members, words.startswith("等", match.end())) for match, members in found])


def _names_levels(listed: str) -> bool:
    """True where all that is listed are levels: 推进县、乡、村三级物流; not 县、乡、村和街道."""
    levels = _LEVELS.search(listed)
    return levels is not None and "、" not in listed[: levels.start()] + listed[levels.end() :]


def phased(words: str, above: str) -> re.Match[str] | None:
    """Words that put off what all were to do, 逐步, 分期分批, and that do not stand ``above``."""
    return next((word for word in _PHASED.finditer(words) if word[0] not in above), None)


def is_whole(words: str) -> re.Match[str] | None:
    """The word that says that all are meant: 所有, 每个, 全部."""
    return _WHOLE.search(words)


def is_all(target: Target) -> bool:
    """True for 100% and 全覆盖, which 全部 says, too."""
    return target.unit == "%" and target.value == 100 and target.comparator not in "+-"


def vague_number(words: str) -> re.Match[str] | None:
    """Words where a number could stand: 稳步, 一批."""
    return _VAGUE_NUMBER.search(words)


def vague_date(words: str) -> re.Match[str] | None:
    """Words where a date could stand: 尽快, 限期."""
    return _VAGUE_DATE.search(words)


def soon(words: str) -> re.Match[str] | None:
    """立即: as strict as a date."""
    return _SOON.search(words)


def mitigates(words: str) -> re.Match[str] | None:
    """The word that turns a prohibition into something less: 控制, 引导."""
    return _MITIGATES.search(words)
