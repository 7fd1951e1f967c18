"""Items: requirement and pledge sentences as candidates for the ledger, with what a ledger row needs to know.

Positions are those of the view until ``Build.item`` maps them back.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter
from typing import Literal, NamedTuple, Protocol, TypeVar

from luoshi.decompose.model import Grade, Modality
from luoshi.decompose.named_units import GROUP_LIKE, OFFICE, PEOPLE, UNIT_LIKE, UNIT_RUN, subject_list, unit_list
from luoshi.decompose.paragraphs import Sentence
from luoshi.decompose.rules import moods
from luoshi.decompose.rules.cues import ANY, cue, pairs
from luoshi.decompose.rules.rule import each
from luoshi.decompose.vocabulary import alternatives, words

_QUOTED = re.compile(r"“[^“”]{0,60}”|‘[^‘’]{0,60}’|《[^《》]{0,120}》|\([^()]{0,160}\)|〔[^〔〕]{0,160}〕|\[[^\[\]]{0,160}\]")
_STUDY = words("verbs", "study")
_NO_STUDY = re.compile(r"学习(?:实践活动|借鉴|运用|推广|先进|对标)|(?:研究|讨论|思考)(?:制定|制订|出台|提出|编制|起草|建立|完善|解决|部署|推进|推动|谋划|落实|设立|确定|论证|实施|支持)")
_PRINCIPLE_SECTION = re.compile(r"指导思想|基本原则|总体要求$|工作原则|重大原则|基本遵循")
_PRINCIPLE = re.compile(
    r"^(?:[^,。]{0,12}(?:要|必须)?)(?:坚持(?<!长期坚持)(?!.{0,12}(?:开展|建立|完善))|以[^,。]{2,40}为(?:指导|统领|引领|总牵引|主线|遵循)|高举|牢记|秉持|始终(?:坚持|保持|沿着)|深刻领悟|坚决(?:做到|拥护|维护)|更加紧密|不忘|弘扬|牢固树立|树牢|树立)"
)
_TRANSMITS = re.compile(r"请(?:你们|各[^,。]{1,20})?(?:结合[^,。]{2,16},?)?(?:认真|遵照|抓好|切实|严格)*(?:组织)?(?:贯彻|落实|执行|实施)[^,。]{0,6}。?$")
_TELLS_RULE = re.compile(r"(?:第一位?|首位)的?(?:责任)?(?:单位|部门)?(?:为|是)(?:总)?(?:牵头|主办)|未(?:注明|列明|标明|明确)(?:具体)?(?:完成)?(?:时限|时间|期限)的")
_SCORED = re.compile(r"[^,;。]{0,12}?每(?:少|低|高|超|增|减|多|降|发现|出现|发生|迟|缺|下降|上升|有|漏|逾期|次|例|起)|[^,;。]{0,20}(?:扣|加)\d|扣完为止")
_POINTS = re.compile(r"(?:以上|以下|的)?(?:不得分|扣)")
_STRIVES = re.compile(r"奋力(?:谱写|开创|推进)[^,。]{2,40}(?:篇章|局面)[^。]{0,40}。?$")
_LEADS_ON = re.compile(r"(?:以下|下列|如下|下面|这[一二三四五六七八九十几])[^,。]{0,14}(?::|。)?$|(?:个|大|项|条)(?:方面|方面的)?(?:重点)?(?:工作|任务|要求|行动|工程)[:。]$|[:]$")
_PRODUCT = re.compile(
    r"制定|制订|出台|印发|编制|修订|建成|竣工|开工|投产|投用|通车|完成|举办|召开|组织开展|开展[^,。]{2,24}(?:行动|试点|活动|专项|培训|检查|整治|普查|排查|评估|创建|工程|调查|督查|考核)|实施[^,。]{2,30}(?:工程|行动|计划|项目|方案|办法|制度)|"
    r"建立[^,。]{1,30}(?:机制|制度|台账|清单|平台|体系|专班|库|中心|档案)|设立|成立|组建|新建|新增|改造|上线|报送|上报|报告|公布|发布|启动|创建|申报|打造[^,。]{2,24}(?:中心|基地|园区|集群|品牌|示范区|平台)|建设[^,。]{2,30}(?:中心|基地|园区|项目|工程|平台|站|厂|线|馆|场)|培育[^,。]{1,16}(?:企业|家|名|个)|推广|纳入|取消|下放|拨付|兑现|关闭|淘汰|清理|整改|核查|验收|备案|公示|允许|免"
)
_EXPLORE = re.compile(each("探索 鼓励 允许 试点 研究(?!生) 倡导 提倡 引导 支持", "(?<![^,;:“极胆步究]..)") + r"|可以?(?=[按由根结采申将])|具备条件的|有条件的")
_ONCE = re.compile("(?:制定|编制|形成|拟定)[\u4e00-\u9fff]{0,8}(?:方案|预案|报告|台账)(?!时)|成立|组建")
"""What is made once, by all and sundry too: 各村制定整治方案."""
_GOES_ON = re.compile("长期|持续|常态|经常|始终|坚持|不断|长效|永远|一以贯之|日常")
_MECHANISM = re.compile(r"(?:建立|健全|完善|构建|实行|推行|落实|用好|形成)(?:和?(?:建立|健全|完善)|和(?:发展|规范|实施|推进|优化|加强|强化|改进|认真执行|严格执行|严格|逐步实施)|起)?(?:(?<=[全善])的)?(?P<value>(?![的和起])[^,;。、:“”]{1,24}?(?:机制|制度|体系|清单|台账|平台|专班|联席会议|责任制))(?!化|性)")
_CHARGED = re.compile(r"要(?<![主重必需只首次想而还]要)(?![求素件点领闻害么])|应(?![急用诉答聘])(?!对(?![^,;。]{2,40}(?:进行(?!了|过)|予以|给予|实行)))|必须|务必|须(?!知)|负责(?!人|同志|制(?![定订作]))|对(?=[^,;。]{2,40}负(?:总责|责任?(?!人)|[主全直具][\u4e00-\u9fff]{1,3}责任))|负总责|牵头(?<!所牵头)(?!单位|部门|的|领导)|统筹协调(?<=[组室会委局办]统筹协调)|每(?<=[局委办室厅部府会院]每)(?=[月季年半周])|承担|在(?=[^,;。]{2,40}[时中前后],?(?:要|应|必须|须|不得))|于(?=每|\d{1,2}月|20\d\d年|[次翌当]年|[年月]底|[本次]月)|对(?=[^,;。]{2,40}(?:进行(?!了|过)|予以|给予)[\u4e00-\u9fff]{2})|协助(?=[做抓开完落推办调核])|包(?<=[局委办府镇乡道]包)(?=[抓联保干](?!责任|制|使用))|将(?=适时|定期|不定期|会同|按[月季周照]|根据(?!地)|依据|严格(?:按|依|执|落)|及时|全程|全力|认真|积极|进一步|继续|常年|持续|对|于|在\d|[新建扩改投启组开举召成完制出印编推安打引培设发公通纳列派选统](?:[建成造动织展办开立定台发放入排出进绕筹]|(?=工)))|需(?=严格|对照|按|在|于|将|加强|切实|及时|认真|主动|配合|定期|建立|制定)|发挥(?<=[位门]发挥)(?=[^,;。]{1,16}作用)|会同(?!步|时|样)|作为[^,。]{2,30},要|按(?=照?(?:各自)?(?:的)?职责(?:分工)?(?:分别|共同|抓好|做好)?(?:负责|落实|推进|组织))|具体(?=落实|负责(?!人)|实施(?!办法|方案|意见|细则)|组织|承担)|共同(?=负责|推进|落实|配合|做好)")
_SENDS = re.compile(
    r"(?P<name>各(?:有关|相关|责任|成员|牵头|承办)?(?:单位|部门|乡镇|镇街|镇|乡|街道|村|社区|学校|科室|县区|县市区|区县|县|地|地区|企业))(?=[^,;。]{2,30}(?:方案|情况|材料|总结|报表|名单|信息|台账|计划|报告|意见|清单)(?:请|须|应|要|务必)?(?:于|在)?[^,;。]{2,16}前[^,;。]{0,6}(?:报|送|交))"
)
"""各乡镇工作方案于3月15日前报县农业农村局: who sends it stands before the thing."""
_BROUGHT_BY = re.compile(rf"[^,;。]{{0,24}}同意(?P<names>{UNIT_RUN})(?:关于|(?:提出|提交|提请|报送|起草|拟[定订]|汇报)的)")
_TO_BE_AMENDED = re.compile("(?:会后|请?(?:根据|按照?)[^,;。]{2,20}(?:意见|建议|要求|精神))?,?(?:进一步|尽快|抓紧)?(?:修改|完善|充实|按程序|提交|报请?|印发|以[^,;。]{2,14}(?:文件|名义)印发)")
"""会议同意县财政局关于……的意见，会后修改完善后报……: who brought the paper amends it."""
_SEATED = re.compile(r"(?P<name>[\u4e00-\u9fff]{0,20}办公室)(?:\([^()]{1,20}\))?设在(?P<host>[\u4e00-\u9fff]{2,16}?[局委办厅室部院]),[^;。]{0,60}?(?:承担|负责(?!人))")
"""县防指办公室设在县应急局，承担……: the duty of an office within an office."""
_BEFORE_BRACKET = re.compile(r"。(?= ?[(〔\[【])")
_SUPPORTS = re.compile(r"[抓联保干]?(?:负责|抓总|落实)?,(?:会同)?(?P<names>[^,;。]{2,80}?(?:等(?:有关|相关)?(?:部门|单位))?)等?(?:积极|密切)?(?:配合|参与|参加|协助|协同|支持|组成|按职责分工)")
_BEYOND = re.compile(r"(?<=[局委办厅部府院门位])(?:对(?!外|口)|按照?|根据|依据|依照|结合|围绕|聚焦|针对)[^()]*$")
"""各部门按照职责分工 要抓好落实: the name ends before the preposition."""
_WITH = re.compile(rf"(?P<names>[\u4e00-\u9fff、]{{2,30}}?等(?:有关|相关)?(?:部门|单位)|{UNIT_RUN})")
_JOINED = re.compile(rf"(?:负责|抓总|落实)?,会同(?P<names>{UNIT_RUN})")
_UNIT_ENDS = frozenset(word[-1] for word in words("units", "suffixes") | words("units", "collective")) | frozenset(")人")
_SUBJECT_ENDS = _UNIT_ENDS | {word[-1] for word in words("units", "bodies") | words("units", "people")}
_UNIT_END = f"[{re.escape(''.join(sorted(_SUBJECT_ENDS)))}]"
_UNIT_CHARGED = re.compile(rf"(?:(?<={_UNIT_END})|(?<=[政法务安察记管批判计委]机关))(?:[也还都均则]|同样)?(?:{_CHARGED.pattern})|(?<={_UNIT_END})(?:协同|联合)(?=[^,。;、]{{1,12}}[局委办厅部](?!分))|(?<={_UNIT_END}[要应将负])(?:牵头(?!单位|部门|的|领导)|会同(?!步|时|样))")
_ASKED = re.compile(r"(?:(?<=[,;。\n])|^)请|(?<![自理经缘来事])由|责成|会议(?:还|同时)?(?:要求|议定),?(?![由请])|(?<=[,;])并?要求(?=[省市县区州各])", re.MULTILINE)
"""请财政厅落实资金, 由统筹办组织验收, 责成县水利局整改: asked with whatever verb; what a charged verb follows is found by that."""
_BY_WHEN = re.compile(r"[本下]个?[周月]|[今明][天日]|\d{1,2}[月日]|务必|接到|收到|作为|会后|每[月季周旬天日半两双\d]|逢[单双]")
_WHEN_HEADS = frozenset("到至于在今明年一二三四0123456789")
_LONGEST_ASKED = 40
_ALL_OF = r"(?:各(?:有关)?地区?(?!方)|各[\u4e00-\u9fff、()]{0,20}?(?:[省市县区州旗镇乡村社)]|街道|社区|部门|单位|企业|学校|园区|公司|机构|政府|党委|党组)(?![\u4e00-\u9fff、]{0,10}(?:部门|单位|企业|学校|公司|机构)))"
_BODY_NAME = r"(?:[\u4e00-\u9fff]{4,12}(?<![布格大全治新破开结战僵变时残当])局|[\u4e00-\u9fff]{2,14}?(?:供电公司|公司|集团|(?<![足绕市城])中心|管委会|工作队|大队|支队|总队|妇联|团委)|[\u4e00-\u9fff]{0,6}?(?<!各)[省市县区镇乡](?:党委、)?(?:人民)?政府(?!办|工作|采购|投资|网|购|性|债|引导|部门|服务|信息|数据|门户))"
"""行政审批局, 人才交流中心: a body without the level before its name."""
_OFFICE_FIRST = re.compile(rf"{OFFICE}|{_ALL_OF}|{_BODY_NAME}")
_CLAUSE = re.compile("[,;]")
_WHEN_FIRST = re.compile(r"(?:到|至|于|在)?(?:20\d\d年|今年|明年)?(?:\d{1,2}月(?:\d{1,2}日|份?底|[上中下]旬|末)?|年底|[一二三四]季度末?)(?:之?前|以前|内)?")
"""4月15日前县农业农村局完成招标: the office stands behind the time limit."""
_OFFICE_IN = re.compile(rf"[,;](?:{_WHEN_FIRST.pattern})?(?:{OFFICE}|[省市县区州镇乡][\u4e00-\u9fff]{{2,10}}?(?:公司|集团)|各[市县区乡镇街单部城地村学有级])")
_OFFICE = re.compile(rf"(?:{OFFICE}|{_ALL_OF})\Z")
_OFFICE_LAST = re.compile(rf"{OFFICE}\Z")
_BODY = re.compile(rf"{_BODY_NAME}\Z")
_CALLED = re.compile(rf"(?P<name>{OFFICE}):|(?P<body>[\u4e00-\u9fff]{{2,14}}?(?:中心|公司|医院|大队|支队|派出所|供电所|卫生院|管委会|街道|[镇乡]|政府|指挥部)(?:\([^()]{{1,12}}\))?):(?=负责(?!人)|承担|牵头|做好|组织|指导|协助|配合)")
"""市投资促进局:新签约项目12个: whose tasks follow."""
_SAID_BEFORE = re.compile("[由请]|下一?(?:阶段|步)(?:工作)?|接下来|(?:会议|通知)?(?:强调|指出|要求|明确)")
_ROLE = re.compile("[为是]总?(?P<lead>牵头|主办|主责)|[为是](?P<support>配合|协办|参与|成员)")
_ONLY_WHEN = re.compile(r"(?:到|至|于|在|力争|确保)?(?:20\d\d年|[今明]年)?(?:\d{1,2}月)?(?:\d{1,2}日|年?底|末|[上中下]旬|[一二三四]季度末?|[上下]半年)?(?:之?前|以前|内)?")
_NAME_GOES_ON = re.compile(r"(?:督查|督办|督导|政务|信息|建设|保障|监管|管理|监督|保护|发展|改革|规划|服务|教育|审核|审查|研究|执法|调查|统计|信息化)[^,;。、后前并报]{0,4}?(?:部|厅|局|委|办|署|院|中心|机构|部门|办公室|室|处|组)")
"""住房城乡建设部 does not end at 乡, though 建设 is a verb elsewhere."""
_NOBODY = re.compile("^各[种类]|^各级$|(?:社会|大会|代表大会|国家)$|另行|自行|进行|实行|抓紧|报(?![社告业])|批转|参加|根据|确定|调整|《|^(?:于|与|将|通过|各位)|[一二三四五六七八九十○１-９]{3}")
_NO_NAME = re.compile("^(?:出台|并|可|该|[恳提报敬]请)|责成|安排|指定|委托|(?:执|推|实|运|施|举|进|践|履)行$")
_NOT_ACTOR = re.compile(r"(?:各[种类]|多个|几个|若干|两个以上|以上|我们|大家|同志|会议|全会|重要|主要|需要|这|那|它|其|必须|都|也|还|又|既|不|更|只|特别|一定|同时|关键|首先|其次|今[年后]|除|工作|认真|切实|坚持|凡|因此|对|在|以|把|将|从|按|为|通过|依法|确|各项(?!目)|任何|支持|推动|鼓励|引导|督促|高度)")
_COLLECTIVE = re.compile(r"^(?:[省市县区]?各|全体|全[省市县区州]|所有|有关|相关|市级|省级|县级|(?:国家|党政|公共|企业|企)?(?:机关|事业单位)$)")
_COUNTED = r"[(](?:共|合计)?\d{1,3}[项件条个](?:任务|工作|事项)?[)]"
_HEADED = re.compile(
    rf"(?P<names>{UNIT_RUN})(?:(?:牵头|负责|承担|主办|承办)(?:负责|落实|推进|办理|承担|完成)?的?(?:重点|主要)?(?:工作|任务|事项|项目)(?:清单)?(?:{_COUNTED})?|(?:重点|主要)?(?:工作|任务|事项)?{_COUNTED})"
)
_VAGUE = re.compile(r"应([\u4e00-\u9fff])尽\1|若干(?!措施|意见|规定|政策)|一批|一定比例|适当提高")
MAX_MEASURES = 8

_QUOTED_CUE = cue(_QUOTED, "“ ‘ 《 ( 〔 [")
_STUDY_CUE = cue(re.compile(alternatives(_STUDY)), " ".join(_STUDY))
_TELLS_RULE_CUE = cue(_TELLS_RULE, "第一 首位 未注 未列 未标 未明")
_TRANSMITS_CUE = cue(_TRANSMITS, "请")
_ASKED_CUE = cue(_ASKED, "请 由 责成 要求 议定")
_SCORING_CUES = cue(_SCORED, f"扣 {pairs('加', '0123456789')} {pairs('每', '少低高超增减多降发出迟缺下上有漏逾次例起')}") | cue(_POINTS, "不得 扣")
_VAGUE_CUE = cue(_VAGUE, "尽 若干 一批 一定 适当")
_MECHANISM_CUE = cue(_MECHANISM, "机制 制度 体系 清单 台账 平台 专班 联席 任制")
_BEFORE_BRACKET_CUE = cue(_BEFORE_BRACKET, "。( 。〔 。[ 。【", "。 ")
_PRINCIPLE_CUE = cue(_PRINCIPLE, "坚持 为指 为统 为引 为总 为主 为遵 高举 牢记 秉持 始终 深刻 坚决 更加 不忘 弘扬 牢固 树牢 树立")
_STRIVES_CUE = cue(_STRIVES, "奋力")
_LEADS_ON_CUE = cue(_LEADS_ON, f": 以下 下列 如下 下面 {pairs('这', '一二三四五六七八九十几')} {pairs('作务求动程', ':。')}")
_EXPLORE_CUE = cue(_EXPLORE, "探索 鼓励 允许 试点 研究 倡导 提倡 引导 支持 可 具备 有条")
_PRODUCT_CUE = cue(
    _PRODUCT,
    "制定 制订 出台 印发 编制 修订 建成 竣工 开工 投产 投用 通车 完成 举办 召开 开展 实施 建立 设立 成立 组建 新建 新增 改造 上线 报送 上报 报告 公布 发布 启动 创建 申报 打造 建设 培育 推广"
    " 纳入 取消 下放 拨付 兑现 关闭 淘汰 清理 整改 核查 验收 备案 公示 允许 免",
)
_ACTS_CUE = cue(_UNIT_CHARGED, f"{pairs(''.join(_SUBJECT_ENDS), '要应必须务负牵统每承会作对在于协将需发按具共协联包也还都均则同')} {pairs('要应将负', '牵会')}")


class Found(Protocol):
    """What a finder of deadlines or targets gives: a stretch of the view."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


F = TypeVar("F", bound=Found)


def within(found: Sequence[F], starts: Sequence[int], start: int, end: int) -> list[F]:
    """Those of ``found``, sorted by start, that lie wholly in ``[start, end)``."""
    i = bisect_left(starts, start)
    inside: list[F] = []
    if i == len(starts) or starts[i] >= end:
        return inside
    while i < len(found) and found[i].start < end:
        if found[i].end <= end:
            inside.append(found[i])
        i += 1
    return inside


Actor = tuple[str, int, Literal["lead", "support", "responsible"]]
"""A unit that acts in a clause: name, place in the view, role."""


class Parts(NamedTuple):
    """The clauses of an item: measures, mechanisms and actors, as spans of the view."""

    measures: list[tuple[int, int]]
    mechanisms: list[tuple[int, int]]
    actors: list[Actor]


def parts(text: str, sentence: Sentence, lead: int, cues: int = ANY) -> Parts:
    """Take an item sentence apart; ``lead`` is the length of 一是, 会议指出 and the like before its first word."""
    start, end = sentence.start + lead, sentence.end
    if cues & _BEFORE_BRACKET_CUE:
        end = _without_tail(text, sentence)
    actors = _actors(text, start, end) if cues & (_ACTS_CUE | _ASKED_CUE) else acting(text, start, end)
    if text.find("前", start, end) >= 0 and (sends := _SENDS.match(text, start, end)) and all(at != start for _name, at, _role in actors):
        actors = [(sends["name"], start, "responsible"), *actors]
    if lead and (brought := _BROUGHT_BY.match(text, sentence.start, start)) and _TO_BE_AMENDED.match(text, start, end):
        actors = [*((name, at, "responsible") for name, at in unit_list(text, *brought.span("names"))), *actors]
    return Parts(
        _measures(text, start, max(start, end), quotes=cues & _QUOTED_CUE != 0),
        [m.span("value") for m in _MECHANISM.finditer(text, start, end)] if cues & _MECHANISM_CUE else [],
        actors,
    )


def _without_tail(text: str, sentence: Sentence) -> int:
    """The end of the sentence without a bracket behind its full stop."""
    stop = _BEFORE_BRACKET.search(text, sentence.start, sentence.end)
    return stop.start() + 1 if stop else sentence.end


def _measures(text: str, start: int, end: int, *, quotes: bool) -> list[tuple[int, int]]:
    """Stretches of one act each, split at ， and ； where the next clause has a verb of its own."""
    masked = text[start:end]
    if quotes:
        masked = _QUOTED.sub(lambda m: "□" * len(m[0]), masked)
    found: list[tuple[int, int]] = []
    at = 0
    for piece in masked.replace(";", ",").replace(":", ",").replace("。", ",").split(","):
        begin = at
        at += len(piece) + 1
        clause = piece
        stop = at - 1
        if " " in piece:
            clause = piece.strip(" ")
            begin += len(piece) - len(piece.lstrip(" "))
            stop = begin + len(clause)
        if not clause:
            continue
        if clause[0] in "一二三四五六七八九十" and clause[1:2] in ("是", "要"):
            clause = clause[2:]
        own = not found or clause[:2] in moods.PLAIN_ACTS or clause[:1] == "要" or masked[begin - 1] == ";"
        if found and begin + start - 1 == found[-1][1] and _ONLY_WHEN.fullmatch(text, *found[-1]):
            found[-1] = found[-1][0], start + stop  # 2026年11月底前 is when, and what follows is what
        elif own or moods.opens_with_act(clause) or (moods.opens_with_preposition(clause) and len(clause) > 6):
            found.append((start + begin, start + stop))
        else:
            found[-1] = found[-1][0], start + stop
    return found


def _actors(text: str, start: int, end: int) -> list[Actor]:
    """Units that are the subject of a clause: 市财政局要……, 由县水利局负责……, 甲局牵头，乙局配合, 请丙局落实……."""
    found: list[Actor] = []
    for verb in _UNIT_CHARGED.finditer(text, start, end):
        stop = verb.start()
        leads = verb[0] in ("牵头", "会同", "协同", "联合", "包")
        if leads and text[stop - 1] in "要应将负":
            stop -= 1
        begin = max(text.rfind(mark, start, stop) for mark in ",;:。“”") + 1 or start
        if text[begin] in "一二三四五六七八九十" and text[begin + 1] in "是要":
            begin += 2
        while said := _SAID_BEFORE.match(text, begin):
            begin = said.end()
        if text[begin - 1] == "“" and text[begin - 2 : begin - 1] not in (":", ","):
            continue  # “经济大市要挑大梁” is a saying, 批示：“县水利局要……” is not
        charged = text.rfind("由", begin, stop - 1) + 1
        if charged and text[charged - 2] != "自":  # 经费由省人民政府承担, and no 自由贸易试验区
            begin = charged
        if not 2 <= stop - begin <= 70 or _NOT_ACTOR.match(text, begin) or (verb[0] in ("对", "将") and moods.opens_with_act(text[begin : begin + 12])):
            continue
        leads = leads or text.startswith(("牵头", "会同"), verb.end())
        helps = verb[0] in ("会同", "协同", "联合") and any(role == "lead" and at > text.rfind(";", start, stop) for _name, at, role in found)
        whose = unit_list if leads else subject_list
        named = [(_BEYOND.sub("", name), at) for name, at in whose(text, begin, stop) if not _CHARGED.search(name) and not _NO_NAME.search(name) and name.count("(") == name.count(")")]
        found += [(name, at, "support" if helps else "lead" if leads else "responsible") for name, at in named]
        helpers = _SUPPORTS.match(text, verb.end(), end) or _JOINED.match(text, verb.end(), end) if verb[0] in ("牵头", "包") else _WITH.match(text, verb.end(), end) if verb[0] in ("会同", "协同", "联合") else None
        if named and helpers:
            found += [(name, at, "support") for name, at in unit_list(text, *helpers.span("names"))]
    if (seated := _SEATED.match(text, start, end)) and not any(at < seated.end() for _name, at, _role in found):
        found += [(seated["name"], seated.start("name"), "responsible"), (seated["host"], seated.start("host"), "responsible")]
    known = {at for _name, at, _role in found}
    for asked in _ASKED.finditer(text, start, end):
        found += [(name, at, "responsible") for name, at in _asked(text, asked.end(), end) if at not in known]
    known = {at for _name, at, _role in found}
    return sorted([*found, *(one for one in acting(text, start, end) if one[1] not in known)], key=itemgetter(1))


def acting(text: str, start: int, end: int) -> list[Actor]:
    """Offices that a clause begins with and that do what follows without a word of charge: 2026年3月底前，市教育局、市民政局推行……."""
    called = _CALLED.match(text, start, end)
    if called:
        return [(called["name"] or called["body"], start, "responsible")]
    begins = [start, *(found.end() for found in _CLAUSE.finditer(text, start, end))] if _OFFICE_IN.search(text, start, end) else [start]
    found: list[Actor] = []
    for begin in begins:
        if begin < end and text[begin] in _WHEN_HEADS and (when := _WHEN_FIRST.match(text, begin, end)):
            begin = when.end()
        named = _asked(text, begin, end) if _OFFICE_FIRST.match(text, begin, end) else []
        if not named or any(_NO_NAME.search(name) for name, _at in named):
            continue
        behind = named[-1][1] + len(named[-1][0])
        if all(_OFFICE.match(name) for name, _at in named) or (all(_BODY.match(name) and not moods.opens_with_act(name) and not _OFFICE_LAST.search(name) for name, _at in named) and not moods.is_noun_too(text[behind : behind + 2])):
            role = _ROLE.match(text, behind, end)
            found += [(name, at, "responsible" if role is None else "lead" if role["lead"] else "support") for name, at in named]
    return found


def office_acts(text: str, start: int, end: int) -> bool:
    """True where an office is the subject and does something; 县发展改革局为牵头单位 only says what it is."""
    return any(role == "responsible" for _name, _at, role in acting(text, start, end))


def _asked(text: str, begin: int, end: int) -> list[tuple[str, int]]:
    """The units from ``begin`` to the first verb behind one; none where what stands there is none."""
    if _NOT_ACTOR.match(text, begin):
        return []
    for at in range(begin + 2, min(begin + _LONGEST_ASKED, end)):
        if text[at] in ",;:。":
            break
        if text[at - 1] in _UNIT_ENDS and not _NAME_GOES_ON.match(text, at) and (
            moods.opens_with_act(text[at : at + 12]) or moods.opens_with_preposition(text[at : at + 1]) or _BY_WHEN.match(text, at)
        ):
            named = subject_list(text, begin, at)
            if named and not any(_NOBODY.search(name) or _CHARGED.search(name) for name, _at in named):
                return named
    return []


def headed_by(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The units that a heading puts over a list of tasks: 市民政局牵头工作（8项）, 市教育局（5项）."""
    heading = _HEADED.fullmatch(text, start, end) if text.startswith(("工作", "任务", "事项", "项目"), end - 2) or text[end - 1] == ")" else None
    return unit_list(text, *heading.span("names")) if heading else []


def modality(bare: str, cues: int = ANY, *, commanded: bool) -> Modality:
    """must for 要/必须/不得 (``commanded``), explore for 探索/鼓励/支持, should for the plain imperative."""
    if commanded:
        return "must"
    return "explore" if cues & _EXPLORE_CUE and _EXPLORE.search(bare.split(",", 1)[0]) else "should"


def heads_principles(titles: Sequence[str]) -> bool:
    """True where a heading above says 指导思想, 基本原则 or the like."""
    return any(_PRINCIPLE_SECTION.search(title) for title in titles)


def grade(bare: str, cues: int = ANY, *, principles: bool, concrete: bool, owned: bool, collective: bool = False) -> Grade:
    """What kind of requirement: ``principles`` says what the headings above are about, ``concrete`` that there is a deadline
    or a target, ``owned`` that units are named for it, ``collective`` that its units are all and sundry (各部门)."""
    if (cues & _TRANSMITS_CUE and _TRANSMITS.search(bare)) or (cues & _TELLS_RULE_CUE and _TELLS_RULE.search(bare)):
        return "principle"
    if concrete:
        return "deliverable"
    if principles or (cues & _LEADS_ON_CUE and _LEADS_ON.search(bare[-32:])):
        return "principle"
    if cues & _STUDY_CUE:
        clauses = [moods.strip_marks(clause) for clause in re.split("[,;]", bare)]
        if _is_study(clauses[0]) or sum(1 for clause in clauses if _is_study(clause)) * 2 >= len(clauses):
            return "study"
    if owned:
        return "deliverable"
    produces = cues & _PRODUCT_CUE != 0 and _PRODUCT.search(bare) is not None
    if not produces and ((cues & _PRINCIPLE_CUE and _PRINCIPLE.match(bare)) or (cues & _STRIVES_CUE and _STRIVES.search(bare))):
        return "principle"
    return "deliverable" if produces and (not collective or _ONCE.search(bare)) else "standing"


def goes_on(bare: str) -> bool:
    """True for a duty without an end, 持续开展巡查, 坚持边查边改: no stage limits it."""
    return _GOES_ON.search(bare) is not None


def _is_study(clause: str) -> bool:
    head = re.sub(r"^(?:[^,]{0,16}?要)?(?:深入|认真|全面|准确|深刻|持续|系统|及时|组织|广泛|着力|切实|带头|跟进|反复|原原本本|充分|进一步|加强)*", "", clause, count=1)
    return (head[:2] in _STUDY and not _NO_STUDY.match(head)) or re.match(r"^(?:[^,]{0,14}要)?(?:深入|认真|全面)?(?:学习(?:贯彻|宣传|领会|研讨|教育)|传达学习|深刻领会|学深悟透)", clause) is not None


def is_scoring(text: str, start: int, end: int, cues: int = ANY) -> bool:
    """True for a number that says how points are given or taken: 每少1个扣3分, 达到90%得10分 keeps its 90%."""
    if not cues & _SCORING_CUES:
        return False
    near = max(0, start - 60)
    begin = max([near - 1, *(text.rfind(mark, near, start) for mark in ",;。(\n\t")]) + 1
    return _SCORED.match(text, begin) is not None or _POINTS.match(text, end) is not None


def vague_number(quote: str, cues: int = ANY) -> re.Match[str] | None:
    """应建尽建, 若干, 一批: a quantity in words that nobody can check."""
    return _VAGUE.search(quote) if cues & _VAGUE_CUE else None


def is_collective(name: str) -> bool:
    """True for 各县（市、区）, 各部门: a subject that is many units."""
    return _COLLECTIVE.match(name) is not None or (GROUP_LIKE.search(name) is not None and UNIT_LIKE.search(name) is None) or name in PEOPLE
