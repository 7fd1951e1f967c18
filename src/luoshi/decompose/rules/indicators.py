"""What a quantity measures: the noun phrase before it (地区生产总值 增长5%) or after it (124个 项目).

An approximation without a parser: phrases end at punctuation, opening verbs and words of time fall away, a phrase that runs on
into a verb is cut after its last head noun. Empty where nothing fits. Never longer than ``LONGEST`` characters.
"""

import re
from functools import lru_cache
from typing import Literal

from luoshi.decompose.rules.target_rules import MEASURES, TIMES

Kind = Literal["share", "time", "size", "people", "count"]
LONGEST = 24
_BREAK = re.compile(r"\([^()]{1,6}\)(?=[^,。;]|$)|[,。;:!?()\[\]《》\t\n|、]")
_REACH = 40
# What stands before the noun phrase: a date, another quantity, where a change starts (由11家), the number of a list.
_PRECEDES = re.compile(
    r".*用(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:年|个月)(?:左右)?的?时间|"
    r".*(?:\d(?<!PM2\.5)(?<!PM10)年|\d月份?|\d日|年底|月底|月末|季度末?|上半年|下半年)(?:之?前|以内|内|底|末|起|到|至)?(?![\u4e00-\u9fff]{0,2}期)"
    r"|.*\d(?:\.\d+)?[余多]?[万亿]{0,2}(?:元(?!企业|项目|产业|园区|集群)|[%亩吨户人家个项名条件处座套台辆张]|公里|平方(?!米以|公里以)|立方(?!米以))+(?!以[上下内])"
    r"|^(?:[▲△▼●■◆★○·•] ?|\d{1,2} ?[.、)] ?|[一二三四五六七八九十]{1,3}[是、] ?|[.、] ?)"
)
_UNTIL = re.compile(r"(?:到|于|在|力争)?(?:20\d\d年|今年|明年)?(?:(?:主?汛期?|入汛|雨季|入冬|春节|国庆节?|元旦|中秋节?|端午节?|清明节?)(?=[之以]?前\Z)|年底|\d{1,2}月底|\d{1,2}月\d{1,2}日|\d{1,2}月|[一二三四]季度末?|底)?(?:之?前|以内|内|底|末)?\Z")
_AFTER = re.compile(r" ?(?:\([^()]{1,6}\))?(?:\d{1,5}[人名]以上的|\d+(?:\.\d+)?[万亿]{0,2}(?:千瓦|吉瓦|吨|公里|亩|平方米|立方米|元)(?:以上的?|级|的)?)?(?:[^,。;:、!?()\n\d]{0,6}(?:长度?|面积|投资|规模|容量|能力)(?:约|近|达|为)?\d[\d.]*[百千万亿]{0,2}[^,。;:、!?()\n\d的]{1,5}的)?(?:(?:具有|拥有|具备|不能|尚未|未)[^,。;:、!?()\[\]《》\t\n0-9]{2,20}的)?(?P<phrase>(?:“[^“”\n]{1,14}”)?[^,。;:、!?()\[\]《》“”\t\n|0-9]{1,24}|“[^“”\n]{1,14}”)")
_OPENING = (
    r"(?:\([一二三四五六七八九十\d]{1,3}\)|涉及(?!面)|(?:按照?(?=每)|新建(?:成|和改造|\(改造\))?|加装|落实|筹措|筹集|拨付|下达|保障(?!率|房|性)|启动(?!区)|改造|建设|建成|完成|完成好|实施|开展|推进|推动|培育|引进|引育|打造|力争|确保|争取|努力|实现|做到|累计|至少|不少于|其中|以及|并|将|把|使(?!用)|使得|让|促使|促进|带动|"
    "加快|全面|全年|全市|全省|全县|全区|全州|全国|我市|我省|我县|今年|明年|年内|年底前?|底前?|每年|每月|每季度|每周|各(?:新建|改造|建设)?(?!类|项|级)|共(?!享|建)|再(?!生|就业|贷款|制造)|要|在(?!岗|校|线|册|园|读|职)|对(?!外|口)|到(?!位)|至|由|和(?!美|谐|平)|及|与|分别|年均|年|月|汛前|元旦前|春节前|国庆节?前|前|预计|预期|"
    r"计划|安排|发行(?!量|额|价)|拟|新增(?=[^就城规高专学产床建]{2})|组织|举办|认定|创建|建立|建有|设置|设立|新改扩建|新改建|改扩建|改建|扩建|修建|整治|治理|提供|发放|发展|保持|支持|帮助|扶持|不断|持续|大力|着力|积极|一[座条处所家套])(?!率|度|区))+"
)
_OPENERS = re.compile(f"^{_OPENING}")
_SUBJECT = re.compile(rf"^(?:\([一二三四五六七八九十\d]{{1,3}}\))?[\u4e00-\u9fff]{{2,14}}?[局委厅办](?=(?:要|应|须|负责)?{_OPENING})")
"""市财政局 安排专项资金: who does it."""
_DECIDED = re.compile(r"^(?:[\u4e00-\u9fff]{0,12}会议?(?:还|一致|研究)?(?:原则上?)?(?:同意|决定|明确|确定|批准)|同意)")
_MEASURED = "率|比重|占比|比例|面积|浓度|指数|增加值|[产总容存销]量|总额|水平|增速"
_SAME_KIND = re.compile(rf"(?:(?<=[,、。;:\n])|\A)(?:[^,、。;:!?()《》\t\n\d于]{{2,{LONGEST}}}(?:{_MEASURED})、)+(?=[^,、。;:!?()\d]{{2,}}(?:{_MEASURED})(?:均|都|分别)?\Z)")
"""粪污利用率、农膜回收率 均达到80%: what stands before is measured with it."""
_LEVELS = re.compile("(?<=、.[二两三四五]级)|(?<=、..[二两三四五]级)")
"""市、县、乡、村四级 全覆盖: one name."""
_CLOSERS = re.compile(r"(?:惠及|可比|(?<=时[限间])[至到]|年均|同比|分别|平均|累计|力争|确保|预期|原则上|每年|(?<![人户年亩地])均|(?<![首成])都|要|也|将|(?<![供响效反])应|(?<!行)为|在|较上年|比上年|上年|各|共|再|由|从|总数|总计|合计|首次?|实现|年产|的|已|已经|均已|预计|必须争取|必须|争取|稳定|持续|进一步|不断|力争实现|(?:必须|须|要|应|确保)(?:达到|完成)|又|不能|不得|不可|不会)$")
_HEADS = (
    "项目|企业|机构|平台|基地|中心村|中心|园区|工程|小区|社区|乡镇|街道|县区|市县|岗位|人才|学位|床位|床|学校|幼儿园|医院|景区|公园|绿地|绿道|公路|道路|铁路|管网|管道|车位|充电桩|电梯|"
    "住房|农田|耕地|家庭|居民|群众|学生|老人|老年人|儿童|职工|农户|农民|村庄|行政村|自然村|示范村|站点|服务点|网点|驿站|基站|实验室|工厂|车间|场景|产品|品牌|标准(?!地|厂房|化|件)|标准厂房|专利|成果|活动|赛事|会议|"
    "任务|事项|措施|举措|政策|改革|指标|案例|课题|问题|隐患|案件|投诉|制度|机制|方案|清单|试点|示范区|集群|产业链|专班|团队|队伍|专家|干部|党员|教师|医生|护理员|工作者|人员|劳动力|"
    "游客|航线|线路|班列|泊位|港口|机场|车站|水库|河道|河湖|湿地|林地|造林|草原|光伏|风电|机组|装机|电站|变电站|设施|设备|机器人|算力|资金|贷款|债券|基金|投资|订单|合同|街区|商圈|门店|"
    "商场|市场|展会|文艺精品|作品|剧目|书屋|场馆|步道|厕所|食堂|助餐点|托位|保障房|棚户区|危房|公寓|宿舍"
)
_UP_TO_HEAD = re.compile(rf".*(?:{_HEADS})")
_RUNS_ON = re.compile(r"^(?:的|建有|建成|具有|以上|推进|推动|支持|用于|实现|达到|完成|开工|竣工|投产|建成|入库|增长|提高|为|在|被|已|均|并|和(?![美谐平睦])|与|及|或|是|左右|中(?!心|小|医|学)|内|以|不|要|全部|先后|分别|同比|下降)")


_ACTS = re.compile(r"(?:实施|开展|打造|建设(?!项目|工程|任务|用地)|推动|推进|加快|加强|促进|保障(?!房|性)|帮助|确保|解决|发放|补助|奖励|资助|给予|专项用于|主要用于|集中|对|向|给|以上|以下|左右)")
"""筹措8亿元 实施安居工程: what is done with it."""
_THAN_BEFORE = re.compile(r"(?:并|均|分别)?[比较](?:(?:上|去|前)一?年|往年|[“”一二三四五六七八九十〇○]+年?)(?:预[算计]数?|执行数|同期|实际)?\Z")
_REACHES = frozenset({"惠及", "普及", "涉及", "遍及"})
_AND = re.compile(r"(?:以及|和|及|与)\Z")
_RANK = re.compile(r"[\u4e00-\u9fff]{1,3}级\Z")
_NEXT_RANK = re.compile(r"[\d一二两三四五六七八九十百]+[\u4e00-\u9fff](?:以上|左右)?[\u4e00-\u9fff]{1,3}级(?P<rest>[^,。;:、!?()\[\]《》“”\t\n|0-9的]{2,20})")
"""10个省级和 20个市级更新项目: the first are such projects, too."""
_SHARE_OF = re.compile(r"(?:以上|左右|以内)?的(?!目标|增速|增长|速度|水平|比例|占比|要求|标准)(?P<whole>[^,。;:、!?()\[\]《》“”\t\n0-9的]{2,16}?)(?=基本|都|均|要|能|得到|普及|建成|建立|建有|实现|达到|达标|完成|开展|配备|设立|覆盖|纳入|通过|[,。;:、!?()])")
"""50%的城市社区建成综合体: what the share is taken of stands behind it."""
_SHARE_OF_ALL = re.compile(r"(?P<whole>[^,。;:、!?()\[\]《》“”\t\n0-9的]{2,16}?)(?=基本|都|均|要|能|普及|建成|建立|建有|实现|达到|达标|完成|开展|配备|设立|覆盖|纳入|通过)")
"""50%以上县级医院达到三级水平: the same without 的, where nothing stands before."""
_BY_SHARE = re.compile(r"(?:以上|左右|以内)?的比例(?:进行|随机|予以|依法)*(?P<act>[\u4e00-\u9fff]{2})")
"""按不低于30%的比例 抽查: what is done by the share."""
_ACT_IN_LEAD = re.compile(r"(?:至少|最少)(?P<act>[\u4e00-\u9fff]{2,4}?)(?=[\d一二两三四五六七八九十])")
"""至少带队检查2次: what is counted stands within."""
_OF_PEOPLE = re.compile(r"(?:以上)?的(?P<team>[\u4e00-\u9fff]{0,12}?(?:队伍|小?分队|突击队|大队|支队|巡逻队|专班|工作组|小组))")
"""30人的 应急分队: what they make up."""
_OUT_OF_ALL = re.compile(r"(?P<name>.{2,}?)(?:要|应|须)?(?:达到|达|占到?|不低于|不少于|超过)[^,;。]{2,16}(?:总数|总量|总面积|总人口|总数量|数量)的?\Z")
"""无违建街（镇）达到全市街（镇）总数的 80%: what the share is of stands between."""
_PLACE = re.compile(r"[省市县区州旗镇乡村]\Z")
_FROM = re.compile(r"[从由][^,。;、:\d]{0,8}(?:\d{4}年的?)?[\d.]+[^,。;、:\d]{1,4}\Z")  # 由12% 提高到
_VERBS = re.compile("(?<=..)(?:成功|列入|入选|获评|获批|荣获|纳入|通过|实现|完成|建档|落地|开工|竣工|投产|投用|达到|达标|获得|跻身|上榜|挂牌|签约|加快|全部|已经|有序|顺利)")
_IS_TIME = re.compile(rf"(?:{TIMES})\Z")
_IS_SIZE = re.compile(rf"(?:{MEASURES})(?:/.*)?\Z")


@lru_cache(maxsize=1024)
def kind_of(unit: str) -> Kind:
    """What a unit counts: a share (%), time, a size (元, 吨), people, or things."""
    if unit in ("%", "‰", "百分点", "个百分点", "倍", "百分之", "千分之", "万分之", "") or unit[0] in "成:∶":
        return "share"
    if _IS_TIME.match(unit):
        return "time"
    if _IS_SIZE.match(unit):
        return "size"
    return "people" if unit == "人" else "count"


def indicator(text: str, start: int, end: int, unit: str, comparator: str) -> str:
    """The noun phrase that the quantity at ``[start, end)`` measures: what is counted stands after it, what grows before it."""
    kind = kind_of(unit)
    if kind == "share" and (done := _BY_SHARE.match(text, end)):
        return done["act"] + "比例"
    if kind == "share" and comparator not in "+-" and (of := _SHARE_OF.match(text, end)):
        before = indicator_before(text, start)
        return before if before and not _PLACE.search(before) else of["whole"]
    if kind == "share" and comparator in "≥≤" and text[end - 2 : end] in ("以上", "以下") and not indicator_before(text, start) and (of := _SHARE_OF_ALL.match(text, end)):
        return of["whole"]
    counts = kind in ("count", "people") and comparator not in "+-" and unit in text[start:end]
    if kind == "people" and (team := _OF_PEOPLE.match(text, end)):
        return team["team"]
    said = _ACT_IN_LEAD.match(text, start, end)
    name = (indicator_after(text, end) if counts else "") or indicator_before(text, start)
    if not name and kind == "size" and not _ACTS.match(text, end):
        name = indicator_after(text, end)
    return name or (plain_phrase(said["act"]) if said else "")


def indicator_before(text: str, at: int) -> str:
    """The noun phrase that ends at ``at``."""
    if text[at - 1 : at] in ("和", "及") and text[at - 2 : at] not in _REACHES:  # 变电站及 20公里线路: that was the one before
        return ""
    near = max(0, at - 30)
    if text.find("由", near, at) >= 0 or text.find("从", near, at) >= 0:
        rise = _FROM.search(text, near, at)
        at = rise.start() if rise else at
    begin = max(0, at - _REACH)
    for mark in _BREAK.finditer(text, begin, at):
        if mark.end() - mark.start() == 1 and not (mark[0] == "、" and (_LEVELS.match(text, at) or _SAME_KIND.match(text, begin, at))):
            begin = mark.end()
    if text[at - 1 : at] in "的 " and (out_of := _OUT_OF_ALL.search(text[begin:at].rstrip(" "))):
        at = begin + out_of.end("name")
    phrase = closed(_PRECEDES.sub("", _UNTIL.sub("", text[begin:at]).lstrip(" ")).strip(" ").rstrip("“"))
    if _THAN_BEFORE.match(phrase):
        return ""
    if len(phrase) > LONGEST and "、" in phrase:
        phrase = phrase.rpartition("、")[2]
    phrase = phrase.rsplit("的", 1)[-1] if len(phrase) > LONGEST else phrase.removeprefix("的")
    return plain_phrase(phrase)


def closed(phrase: str) -> str:
    """The phrase without the words that lead on to its verb: 排放量要, 增加值年均."""
    while (shorter := _CLOSERS.sub("", phrase)) != phrase:
        phrase = shorter
    return phrase


def plain_phrase(phrase: str) -> str:
    """The noun phrase without the subject, the verbs and the words of time before it; of 其中新建 the verb is all that there is."""
    if "同意" in phrase or "会议" in phrase:
        phrase = _DECIDED.sub("", phrase)
    plain = _OPENERS.sub("", _SUBJECT.sub("", phrase))[-LONGEST:]
    return plain or phrase.partition("其中")[2][:LONGEST]


def indicator_after(text: str, at: int) -> str:
    """The noun phrase that begins at ``at``; empty where what follows is no noun."""
    found = _AFTER.match(text, at)
    if found is None or found["phrase"] == " " or _RUNS_ON.match(found["phrase"]):
        return ""
    phrase = _VERBS.split(found["phrase"], maxsplit=1)[0]
    head = _UP_TO_HEAD.match(phrase)
    name = head[0] if head else phrase[:LONGEST]
    if name.count("“") > name.count("”"):
        name = phrase[: phrase.rfind("”") + 1]
    if not _AND.search(name):
        return name
    name = _AND.sub("", name)
    alike = _NEXT_RANK.match(text, found.end()) if _RANK.search(name) else None
    return name + alike["rest"] if alike else name
