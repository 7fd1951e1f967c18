"""Force and scope: 必须 that became 可以, all that became some, lists that became shorter."""

import re
from collections.abc import Iterator
from operator import add

from luoshi.align import quantities
from luoshi.align import slots as found
from luoshi.align.changes.context import Around, Told, at
from luoshi.align.cues import cue
from luoshi.align.model import Change
from luoshi.align.slots import FIRM, PLAIN, SOFT, SOFTENING, STRONG, Slots
from luoshi.align.wording import MARKS, core, is_copied, says_the_same, without_places
from luoshi.decompose.model import Target
from luoshi.text import Span

_NOT_FIRM = re.compile("激励|支持|引导|鼓励|扶持|促进|推动|争取|努力|力争")
_FLOURISHES = frozenset({"努力", "力争", "争取"})
_LIKELY, _SURELY, _HARDLY_OTHER = 0.45, 0.55, 0.8
_ONLY_TRIED = re.compile("支持|鼓励|探索|引导|倡导|可以|可(?=[设建按由自开组视实])")
_TRIES_BY = re.compile("(?P<word>力争|争取)(?:(?:[在于到]|至迟于)?(?P<when>[^,;。、]{1,10}前)|(?P<what>(?:达到|实现|完成|提高到|提升到|控制在|降[到至])[0-9]+[^,;。、]))")
_ABSOLUTE = re.compile("一律|必须|务必")
"""Without these the same wording asks for the same less firmly; 应当 and 要 are gone without a loss."""
_MEASURED = re.compile("(?:[0-9][0-9.]*(?:个?工作日|个月|小时|分钟|[年月日天周次%])?)+|每(?:半年|半?个?月|季度?|学[期年]|年度?|周|日|天|旬)|(?<=月)底|年底")
_SHALL = re.compile("[应须需](?<![供效反回适对响相必无急][应须需])(?P<what>(?![急用对变付答聘征届邀力该当要求知])[\u4e00-\u9fff]{2})")
_ENSURES = re.compile("确保(?P<what>[\u4e00-\u9fff]{2})")
_OF_ALL = re.compile("[均都皆]|逐一|无一例外")
_HELPS = re.compile("支持|推动|推进|指导")
_NEARLY = re.compile("(?:基本|总体|大体)(?P<done>完成|实现|消除|建成|形成|达到|解决|化解|覆盖|清零|落实)")
_EXCEPT = re.compile("除[^,;。]{2,14}(?:以外|之外|外)(?=,|$)")
_EACH = re.compile("历次|历届|各类|各项|各种|所有")
_SOME = frozenset({"有条件的", "具备条件的"})
_IN_GENERAL = frozenset({"原则上", "一般"})
_TRIED = frozenset({"探索", "视情", "鼓励", "可以", "酌情", "适时", "有条件的", "根据需要", "引导", "倡导", "提倡"})
_MILDER = tuple(
    (re.compile(firm), re.compile(mild))
    for firm, mild in (
        ("主要(?:负责同志|负责人|领导(?:同志|干部)?)|一把手|党政正职", "(?:分管|有关|相关)(?:负责同志|负责人|领导(?:同志|干部)?)"),
        ("(?:予以|给予|严肃|从严|依[纪规法]+|坚决)*(?:追责问责|追究(?:相关|有关)?(?:人员)?的?(?:法律|纪律)?责任|追责|问责)|给予处分|通报批评", "(?:予以|给予|及时|进行)*(?:提醒|督促|批评教育|谈话|函询|约谈|(?<!批评)(?<!教育)教育引导)"),
        ("(?:一律|依法|严格)?(?:从严|从重|严肃)(?=[处惩查追整])", "(?:视(?:情节?|情况)?|酌情|适当|从轻)(?:轻重)?(?=予以|给予|依法|[处惩查追整])"),
    )
)
"""Who answers in person and what follows: the firm words, and those that are milder where they stand in their place."""
_MILD_OR_FIRM = cue("责领手职批督醒谈函视酌肃罚惩究处育")
"""Every word of ``_MILDER`` holds one of these."""
_SHORT, _MEMBER = 2, 5
"""As long as a member is thought to be without what stands before the first and behind the last: 加强水库、堤防、水闸巡查."""
_SHARES = 4
"""So much of a member is looked for to see what stands beside it."""
_HEAD, _LAST, _FOLLOWS, _LONG = 3, 2, 3, 6
"""So many characters behind a word make sure that it is about the same."""
_MANNER = re.compile("以任何[\u4e00-\u9fff]{2}|擅自|随意|变相|不得|不准|严禁|禁止|一律")
"""不得以任何理由截留、挪用: what stands before the first member, and is none."""
_GROUP_ENDS = ("学校", "医院", "机构", "企业", "公司", "单位", "人员", "毕业生", "学生", "农民工", "工人", "军人", "儿童", "老人", "妇女", "居民", "群众", "农户", "家庭", "车站", "场所", "宾馆", "商场", "园区", "社区", "景区", "中心", "卫生院", "福利院", "幼儿园", "小学", "中学", "大学", "高校")
_FIGURE = re.compile(r"(?:达到|不低于|不少于|增长|完成)?[0-9]")

_Member = tuple[str, str]
"""A member of a list, and the words whose pairs of characters do not tell it from others: its own where only the whole of it counts."""


def strength(upper: Slots, lower: Slots) -> Iterator[Told]:
    """必须 that became 可以, 鼓励 that became 要, a prohibition that became a control, 6月底前 that became 力争6月底前."""
    a, b = upper.strength, lower.strength
    forbidden, forbids = upper.prohibits, lower.prohibits
    tries = _TRIES_BY.search(lower.words) if a.level != SOFT and ("力争" in lower.words or "争取" in lower.words) else None
    reached = (tries["when"] or tries["what"]) if tries else ""
    if tries and reached in upper.words and not _NOT_FIRM.search(upper.words) and says_the_same(upper.words, lower.words):
        above = Span(a.start, a.end) if a.end > a.start else Span(upper.start, upper.end)
        yield Change("modality", "softened", above, Span(lower.start + tries.start("word"), lower.start + tries.end("word"))), "weakened"
        return
    if said := _no_longer_tried(upper, lower) or _may_now(upper, lower):
        yield said
        return
    if said := _milder(upper, lower):
        yield said
        return
    if a.level == b.level and forbidden == forbids:
        return
    helped = _only_helped(upper, lower) if STRONG in (a.level, b.level) else None
    if helped:
        yield helped
        return
    above = Span(a.start, a.end) if a.end > a.start else Span(upper.start, upper.end)  # the plain imperative has no word: the clause stands for it
    below = Span(b.start, b.end)
    if forbidden and not forbids:
        mitigated = found.mitigates(lower.words)
        if mitigated and mitigated[0] not in upper.words:
            yield Change("modality", "softened", above, at(lower, mitigated)), "weakened"
            return
    if forbids and not forbidden and (found.mitigates(upper.words) or a.level == SOFT):
        yield Change("modality", "hardened", above, below), "tightened"
        return
    if a.level == b.level:
        return
    absolute = _ABSOLUTE.search(upper.words) if a.level == STRONG and b.level == PLAIN else None
    if absolute and not _means_all(absolute[0], lower) and _says_but_for(absolute[0], upper.words, lower.words):
        yield Change("modality", "softened", at(upper, absolute), Span(lower.start, lower.end)), "weakened"
        return
    if b.level == SOFT and b.weak and a.level != STRONG and (_NOT_FIRM.search(upper.words) or not _softens(upper, lower)):
        return
    if b.level == SOFT and b.start > lower.start + len(lower.words) // 4 and upper.words.rstrip("。") in lower.words[: b.start - lower.start]:
        return  # what is softened was added
    if b.level == SOFT and (upper.whole or says_the_same(upper.words, lower.words)) and not _ONLY_TRIED.search(lower.words) and lower.words[b.start - lower.start : b.end - lower.start] in _SOME:
        return  # fewer are meant, and those as strictly
    same_word = b.end > b.start and lower.words[b.start - lower.start : b.end - lower.start] in upper.words
    if b.level == SOFT and not same_word:
        yield Change("modality", "softened", above, below), "weakened"
    elif a.level == SOFT and (b.level == STRONG or _is_firm_now(upper, lower) or _is_done_as_a_whole(upper, lower)):
        yield Change("modality", "hardened", above, below if b.end > b.start else Span(lower.start, lower.end)), "tightened"


def _no_longer_tried(upper: Slots, lower: Slots) -> Told | None:
    """力争达到80% that became 确保达到80% or 达到80%."""
    word = next((word for word in ("力争", "争取") if word in upper.words), "")
    if not word or "力争" in lower.words or "争取" in lower.words or lower.strength.level == SOFT or _NOT_FIRM.search(lower.words):
        return None
    tries = _TRIES_BY.search(upper.words)
    kept = (tries["when"] or tries["what"]) in lower.words if tries else any(quantities.value_of(a) == quantities.value_of(b) for a in upper.goals for b in lower.goals)
    if not kept or not says_the_same(upper.words, lower.words):
        return None
    begin = upper.start + (tries.start("word") if tries else upper.words.index(word))
    firm = lower.strength
    below = Span(firm.start, firm.end) if firm.level == STRONG else Span(lower.start, lower.end)
    return Change("modality", "hardened", Span(begin, begin + len(word)), below), "tightened"


def _milder(upper: Slots, lower: Slots) -> Told | None:
    """主要负责同志 that became 分管负责同志, 严肃追责 that became 予以提醒, or the other way."""
    if not upper.cues & lower.cues & _MILD_OR_FIRM:
        return None
    for firm, mild in _MILDER:
        if (had := firm.search(upper.words)) and (has := mild.search(lower.words)) and _is_instead(firm, lower, mild, upper):
            return Change("modality", "softened", at(upper, had), at(lower, has)), "weakened"
        if (had := mild.search(upper.words)) and (has := firm.search(lower.words)) and _is_instead(mild, lower, firm, upper):
            return Change("modality", "hardened", at(upper, had), at(lower, has)), "tightened"
    return None


def _is_instead(gone: re.Pattern[str], lower: Slots, new: re.Pattern[str], upper: Slots) -> bool:
    return not (gone.search(lower.words) or new.search(upper.words)) and says_the_same(gone.sub("", upper.words), lower.words)


def _may_now(upper: Slots, lower: Slots) -> Told | None:
    """应安排值班 that became 可安排值班, 确保浓度降至 that became 力争浓度降至, or the other way: the one stands in the place of the other."""
    if (found := _in_the_place(upper, lower)):
        (a, b), (c, d) = found
        return Change("modality", "softened", Span(upper.start + a, upper.start + b), Span(lower.start + c, lower.start + d)), "weakened"
    if (found := _in_the_place(lower, upper)):
        (a, b), (c, d) = found
        return Change("modality", "hardened", Span(upper.start + c, upper.start + d), Span(lower.start + a, lower.start + b)), "tightened"
    return None


def _in_the_place(firmly: Slots, softly: Slots) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where 应 stands in the one and where 可 in the other, before the same words; 确保 and 力争 likewise."""
    if not (firmly.cues & FIRM and softly.cues & SOFTENING):
        return None
    shall, may = firmly.words, softly.words
    for firm, softer in (_SHALL, ("可", "宜")), (_ENSURES, ("力争", "争取", "努力")):
        for word in softer if any(map(may.__contains__, softer)) else ():
            for must in firm.finditer(shall):
                at, end = may.find(word + must["what"]), must.start("what")
                if at >= 0 and word not in shall and must[0] not in may:
                    return (must.start(), end), (at, at + len(word))
    return None


def _means_all(word: str, lower: Slots) -> bool:
    """True where what 一律 says is said by another word: 全部, 均."""
    return word == "一律" and (lower.whole is not None or _OF_ALL.search(lower.words) is not None)


def _says_but_for(word: str, upper: str, lower: str) -> bool:
    """True where ``lower`` is the upper wording without ``word``; 必须 alone is gone from much that only begins alike."""
    bare = upper.replace(word, "", 1)
    if core(bare) == core(lower) or (word == "一律" and is_copied(bare, lower)):
        return True
    return _without_measures(bare) == _without_measures(lower)


def _without_measures(words: str) -> str:
    """The wording that counts without figures, days and how often: those may have changed beside the word."""
    return core(_MEASURED.sub("◇", without_places(words)).replace("予以", ""))


def _only_helped(upper: Slots, lower: Slots) -> Told | None:
    """企业必须公示 that became 支持企业公示, or the other way: who is only helped need not."""
    one, other = _HELPS.match(upper.words), _HELPS.match(lower.words)
    a, b = upper.strength, lower.strength
    if other and not one and a.level == STRONG and b.level != STRONG and other[0] not in upper.words and says_the_same(upper.words, lower.words):
        return Change("modality", "softened", Span(a.start, a.end), at(lower, other)), "weakened"
    if one and not other and b.level == STRONG and a.level != STRONG and one[0] not in lower.words and says_the_same(upper.words, lower.words):
        return Change("modality", "hardened", at(upper, one), Span(b.start, b.end)), "tightened"
    return None


def _is_firm_now(upper: Slots, lower: Slots) -> bool:
    """True where the lower says the same without the word that softened it: 探索建立, 建立; 原则上6月底前, 6月底前."""
    here = upper.strength.end - upper.start
    word, follows = upper.words[upper.strength.start - upper.start : here], upper.words[here : here + _FOLLOWS]
    if word in lower.words or _NOT_FIRM.search(lower.words) or not says_the_same(upper.words, lower.words):
        return False
    return word in _IN_GENERAL or (word in _TRIED and len(follows) == _FOLLOWS and follows in lower.words)


def _is_done_as_a_whole(upper: Slots, lower: Slots) -> bool:
    """逐步推广 that became 全面推广."""
    word = upper.words[upper.strength.start - upper.start : upper.strength.end - upper.start]
    return word == "逐步" and word not in lower.words and lower.whole is not None and upper.whole is None and says_the_same(upper.words, lower.words)


def _softens(upper: Slots, lower: Slots) -> bool:
    """True where a verb like 鼓励 softens what is otherwise said the same; 努力 and 力争 do so only to what must be done or to a number that is kept."""
    word = lower.words[lower.strength.start - lower.start : lower.strength.end - lower.start]
    if word in _FLOURISHES:
        return any(quantities.value_of(a) == quantities.value_of(b) for a in upper.goals for b in lower.goals) and says_the_same(upper.words, lower.words)
    here = lower.strength.end - lower.start
    return says_the_same(upper.words, lower.words) or (word in _TRIED - {"探索"} and len(lower.words) >= here + _LONG and lower.words[here : here + _LONG] in upper.words)


def scope(upper: Slots, lower: Slots) -> Iterator[Told]:
    """Everyone above, some below; done above, nearly done below."""
    whole, part = upper.whole, lower.part
    if part and part[0] not in upper.words and not upper.part:
        most = part[0] in ("大部分", "多数", "大多数")
        if whole or (says_the_same(upper.words, lower.words) and part[0] in ("部分", "试点", "有条件的", "具备条件的", "条件成熟的", "先行先试", "选择", "遴选", "大部分", "多数", "大多数", "个别")):
            above = at(upper, whole) if whole else Span(upper.start, upper.end)
            yield Change("scope", "softened" if most else "shortened", above, at(lower, part)), "weakened" if most else "narrowed"
            return
    if whole and not lower.whole:
        phased = found.phased(lower.words, upper.words)
        if phased:
            yield Change("scope", "softened", at(upper, whole), at(lower, phased)), "weakened"
            return
        if not upper.goals and (share := _share(lower)) and says_the_same(upper.words, lower.words):
            yield Change("number", "lowered", at(upper, whole), Span(share.start, share.end)), "weakened"
            return
    if whole and "除" in lower.words and "除" not in upper.words and (but := _EXCEPT.search(lower.words)) and says_the_same(upper.words, lower.words):
        yield Change("scope", "softened", at(upper, whole), at(lower, but)), "weakened"
        return
    nearly = _NEARLY.search(lower.words) if "基本" in lower.words or "体" in lower.words else None
    if nearly and nearly["done"] in upper.words and not _NEARLY.search(upper.words) and says_the_same(upper.words, lower.words):
        begin = upper.start + upper.words.index(nearly["done"])
        yield Change("scope", "softened", Span(begin, begin + len(nearly["done"])), at(lower, nearly)), "weakened"


def _share(lower: Slots) -> Target | None:
    """The one share of a clause that is to be reached and is not all: 更新80%以上 in the place of 全部更新."""
    shares = [one for one in lower.main_goals if one.unit == "%" and one.comparator in "=≥>≈"]
    return shares[0] if len(shares) == 1 and shares[0].value < 100 else None


def lists(upper: Slots, lower: Slots, around: Around) -> Iterator[Told]:
    """Members that the upper lists and the lower text has not."""
    if around.likely < _LIKELY or _EACH.search(lower.words):
        return
    for listed in upper.lists:
        if listed.start >= upper.main_end or (any(target.unit == "%" and target.text != "全覆盖" and listed.start <= target.start < listed.end for target in upper.targets) and not _are_groups(listed.members)):
            continue  # a list of indicators, each of which is compared by its number
        longest = _SHORT if {len(member) for member in listed.members[1:-1]} == {_SHORT} else _MEMBER
        named = _without_common_end(listed.members, upper.words, lower.words)
        members = [_telling(named, i, longest) for i in range(len(named))]
        members[0], members[-1] = _without_shared_head(listed.members, lower.words) or members[0], _without_shared_tail(listed.members, lower.words) or members[-1]
        kept = [member for member in members if _has(lower.words, member)]
        missing = [member for member in members if member not in kept and not _has(around.lower_words, member)]
        if not kept or not missing:
            continue
        answering = max(lower.lists, key=lambda other: sum(1 for member in kept if any(_has(own, member) for own in other.members)), default=None)
        new = 0 if answering is None else sum(1 for i in range(len(answering.members)) if not _has(upper.words, _telling(answering.members, i)))
        if around.likely < _SURELY and len(kept) == 1:
            continue
        if new < len(missing) and (answering is not None or len(kept) > 1 or _ends_alike(upper.words, lower.words) or (around.likely >= _HARDLY_OTHER and says_the_same(upper.words, lower.words))):
            yield Change("list", "shortened", Span(listed.start, listed.end), Span(answering.start, answering.end) if answering else None), "narrowed"


def _without_common_end(members: tuple[str, ...], upper: str, lower: str) -> tuple[str, ...]:
    """The members without what both clauses end in, which belongs to them all: the 发展林下种植 of 龙头企业、林农发展林下种植."""
    above, below, last = MARKS.sub("", upper), MARKS.sub("", lower), MARKS.sub("", members[-1])
    size = next((n for n in range(min(len(last), len(below))) if above[-1 - n] != below[-1 - n]), 0)
    return (*members[:-1], last[:-size]) if len(members) > _SHORT and size > _HEAD and above.endswith(last) and len(last) - size >= _SHORT else members


def _are_groups(members: tuple[str, ...]) -> bool:
    """True for 学校、医院持证上岗率达到100%: those of whom one share is asked; not for 覆盖率、合格率达到95%."""
    return all(member.endswith(_GROUP_ENDS) for member in members[:-1])


def _ends_alike(upper: str, lower: str) -> bool:
    """True where both clauses end in the same thing: 一流营商环境, 营商环境."""
    above, below = MARKS.sub("", upper), MARKS.sub("", lower)
    return above[-_HEAD:] in below or above[-_LAST:] == below[-_LAST:]


def _telling(members: tuple[str, ...], index: int, longest: int = _MEMBER) -> _Member:
    """A member, and the others, from which it is told; of the first what stands last counts, of the last what stands first."""
    bare = MARKS.sub("", _FIGURE.split(members[index], maxsplit=1)[0] or members[index])
    if index == 0:
        bare = _MANNER.split(bare)[-1] or bare
    described = bare.partition("的")[0]
    if index and len(described) < len(bare) and len(described) > _HEAD:
        bare = described  # 技术有竞争力的小微企业
    if index and len(members[0]) <= 2 and all(len(member) == len(members[0]) for member in members[:-1]):
        bare = bare[: len(members[0])]  # 县、乡、村三级
    elif index in (0, len(members) - 1):
        bare = bare[:longest] if index else bare[-longest:]
    return bare, "|".join(members[:index] + members[index + 1 :])


def _without_shared_tail(members: tuple[str, ...], words: str) -> _Member | None:
    """The last member without what all share, where ``words`` have that behind another: 法律援助、行政复议服务 above, 法律援助服务 below."""
    last = MARKS.sub("", members[-1])
    for member in members[:-1]:
        end = words.find(member[-_SHARES:]) + len(member[-_SHARES:])
        if len(member) < _SHORT or end < len(member[-_SHARES:]):
            continue
        end += words.startswith("等", end)
        size = next((n for n in range(len(last) - _SHORT, _SHORT - 1, -1) if words.startswith(last[-n:], end)), 0)
        if size:
            return last[:-size], last
    return None


def _without_shared_head(members: tuple[str, ...], words: str) -> _Member | None:
    """The first member without what all share, where ``words`` have that before another: 提供法律援助、人民调解 above, 提供人民调解 below."""
    first = MARKS.sub("", members[0])
    for member in members[1:]:
        at = words.find(member[:_SHARES])
        if len(member) < _SHORT or at < _SHORT:
            continue
        size = next((n for n in range(len(first) - _SHORT, _SHORT - 1, -1) if words.endswith(first[:n], 0, at)), 0)
        if size:
            return _FIGURE.split(first[size:], maxsplit=1)[0] or first[size:], first
    return None


def _has(words: str, member: _Member) -> bool:
    """True where the member stands in ``words``, whole or by a third of the pairs of characters that tell it."""
    whole, others = member
    if whole in words:
        return True
    pairs = {pair for pair in map(add, whole, whole[1:]) if pair not in others}
    return len(pairs) > 1 and len([pair for pair in pairs if pair in words]) * 3 >= len(pairs)
