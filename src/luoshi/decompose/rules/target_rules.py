"""How documents write a quantity to reach: the words before a number, the number, its unit, the words after it.

One row per form, with the fragments they share. What a comparator means and what is measured is ``targets.py``.
"""

import re
from collections.abc import Iterable

from luoshi.decompose.rules.rule import Rule

PARTS = ("lead", "low", "high", "magnitude", "more", "large", "unit", "trail")
# Words before the number and the comparator each stands for; the longest is tried first.
LEADS: dict[str, str] = {
    **dict.fromkeys(("不得少于", "不得低于", "不能少于", "不能低于", "不少于", "不低于", "不小于", "至少", "最少", "最低"), "≥"),
    **dict.fromkeys(("不得超过", "不得高于", "不得多于", "不超过", "不高于", "不多于", "不大于", "至多", "最多", "控制在", "限制在"), "≤"),
    **dict.fromkeys(("超过", "突破", "高于", "多于", "大于", "超", "逾", "破", "过"), ">"),
    **dict.fromkeys(("低于", "少于", "小于", "不足", "不到", "不满"), "<"),
    **dict.fromkeys(("大约", "接近", "稳定在", "保持在", "维持在", "约", "近"), "≈"),
    **dict.fromkeys(
        (
            "达到", "提高到", "提高至", "提升到", "提升至", "增加到", "增加至", "上升到", "上升至", "扩大到", "扩大至", "扩展到", "发展到", "增长到",
            "增至", "升至", "增到", "降低到", "降低至", "下降到", "下降至", "减少到", "减少至", "压减到", "压减至", "压降到", "压降至", "压缩到", "压缩至", "缩短到", "缩短至",
            "缩小到", "缩小至", "收窄到", "收窄至", "降到", "降至", "减至", "减为", "压减为", "压缩为", "缩短为", "调整到", "恢复到", "控制到", "达",
        ),
        "=",
    ),
    **dict.fromkeys(("增长", "提高", "提升", "增加", "上升", "扩大", "净增", "增幅", "递增", "上涨", "上调", "上浮"), "+"),
    **dict.fromkeys(("下降", "降低", "减少", "缩小", "收窄", "压减", "压降", "压缩", "缩短", "削减", "降幅", "下调", "下浮"), "-"),
}  # fmt: skip
# 签约12个, 节约30%, 通过12个, 附近5公里: the end of another word compares nothing.
_ENDS_A_WORD = {"约": "(?<![签节预违契公合条邀])约", "过": "(?<![通经路])过", "近": "(?<![最附邻就临])近"}


def _spelt(words: Iterable[str]) -> str:
    """Any of ``words``, the longest first."""
    return "(?:" + "|".join(_ENDS_A_WORD.get(word, word) for word in sorted(words, key=len, reverse=True)) + ")"


LEAD = _spelt(LEADS)
_STRICT_LEAD = _spelt(word for word, sign in LEADS.items() if sign in "≥≤><" and word != "过")
# 不少于执法人员总数的5%, 至少开展1次: the words of comparison may stand before what the share is of, or before the verb.
LEAD_CHAIN = rf"(?:{LEAD}{{1,3}}|(?:不得低于|不得高于|不得超过|不低于|不高于|不少于|不超过)[^,。;:、\d\s]{{1,14}}的|至少(?:(?![一二两三四五六七八九十][个支名家次项所座处])[\u4e00-\u9fff]){{2,4}}) ?"
_YARDSTICK_LEAD = "(?:不低于|不高于|高于|低于|超过|快于|好于|优于|跑赢|达到)"
_GROWTH = "(?:(?:经济|GDP|(?:地区|国内)生产总值|财政(?:经常性|一般预算|支出)?(?:收入)?|居民收入)(?:增长|增速|增幅)(?:速度|水平)?|城镇(?:常住)?居民(?:人均)?(?:可支配)?(?:收入)?(?:增长|增速|增幅)?)"
TRAILS: dict[str, str] = {"以上": "≥", "以下": "≤", "以内": "≤", "之内": "≤", "左右": "≈", "上下": "≈"}
_TRAIL = r"(?P<trail>(?:[及或])?(?:以上|以下|以内|之内|左右|上下))?"
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,9})?|[0-9]{1,15}(?:\.[0-9]{1,9})?)"
_WORDS = "[〇零一二两三四五六七八九十百千万亿]"
_RANGE = rf"(?:%?(?:[—–~-]{{1,2}}|至|到)(?P<high>{_ARABIC}))?"
_MAGNITUDE = "(?P<magnitude>[百千万亿]{1,2})?(?P<more>[余多])?(?P<large>[万亿]{1,2})?"
_MORE = "(?P<more>[余多])?(?P<large>[万亿]{1,2})?"
MEASURES = (
    "个?百分点|[%‰]|千瓦时|万?千瓦|兆瓦时?|吉瓦时?|平方公里|平方千米|平方米|立方米|公里|千米|公顷|公斤|千克|吨(?:标准?煤)?|斤|亩|[一二三]?标准?箱|个标箱|TEU|美元|港元|元|"
    "微克|毫克|克|立方|平方|厘米|公分|米|倍|[kMG]Wh|[MG]Wp?|kW|㎡|㎥|㎞|km[²2](?![0-9])|hm[²2]|km|m[²³]|m[23](?![0-9])|kg|mg|[MGT]bps|[PE](?:Flops|FLOPS|Flop/s)|dB|t|m"
)
TIMES = "个?工作日|个?小时|分钟|学时|课时|个月|年|天|日"
_COUNTS = (
    "个(?!百分点|标箱|月|工作日|小时|方面|别|体(?!工)|性)|人次|人日|户次|班次|架次|场次|批次|家次|件次|台次|辆次|台套|项(?!目)|件|条(?!件)|所(?!有|属)|座(?!谈)|处(?!理|置|于)|人(?!大|均|民)|名(?!列|单|优)|"
    "位(?!置|于|居|列|次)|户(?!籍)|家(?!庭|长)|张|台(?!阶|账)|套|辆|列(?!车|入|为|全)|架(?!构)|艘|头(?!部)|只|羽|株|棵|匹|场(?!所|景|次)|次(?!性|年)|轮|部(?!门|委|分)|篇|种(?!植|养)|类(?!型)|"
    "道(?!路|德|口|理|教|具)|担(?!任|当|负|保|心|忧)|款(?!项)|门(?!店|诊)|支(?!持|撑|付|出|部)|份(?!额)|宗|起(?!来|步)|例(?!如)|间(?!接)|栋|幢|枚|盏|根(?!据|本)|口(?!径|岸)|块|片(?!区)|批(?!准|复|发)|班(?!子)|个村|分(?!别|类|布|步|钟|为|级|之|中|期|局|支|公)"
)
_PER = "(?:/(?:立方米|平方米|千瓦时|[百千万]?人|户|亩|吨|年|月|日|天|小时|公里|m[³3²2]|[dhLat](?![A-Za-z])))?"
UNIT = f"(?P<unit>(?:[%元]|{_COUNTS}|{MEASURES}|{TIMES}){_PER})(?!级|[A-Za-z])"


def _row(name: str, why: str, pattern: str, *examples: tuple[str, str | None]) -> Rule:
    return Rule(f"target.{name}", "target", why, re.compile(pattern), examples)


def _quantity(name: str, why: str, pattern: str, *examples: tuple[str, str | None]) -> Rule:
    """A row whose match has every one of ``PARTS``; those that its form lacks never match."""
    lacking = "".join(f"(?P<{part}>(?!))?" for part in PARTS if f"(?P<{part}>" not in pattern)
    return _row(name, why, pattern + lacking, *examples)


QUANTITY = _quantity(
    "quantity", "“不少于40个”“增长5%左右”：比较词、数、量词、“以上”“左右”合起来是一个定量目标。",
    rf"(?<![0-9.A-Za-z第〔+×“\[])(?P<value>(?:(?P<lead>{LEAD_CHAIN})|(?<!前))(?P<low>{_ARABIC}){_RANGE} ?{_MAGNITUDE} ?{UNIT}{_TRAIL})",
    ("建设不少于40个养老服务机构", "不少于40个"), ("地区生产总值增长5%左右", "增长5%左右"), ("等124个项目落地", "124个"),
    ("新增就业1200万人以上", "1200万人以上"), ("不少于执法人员总数的5%", "不少于执法人员总数的5%"), ("培育3至5个品牌", "3至5个"), ("全年签约12个", "12个"), ("公共机构节约30%", "30%"), ("大约12个", "大约12个"), ("第98次会议", None), ("4A级景区", None), ("5G基站", None), ("“1+3”体系", None),
)
INDEX = _quantity(
    "index", "“控制在103.5以内”：指数没有单位，靠比较词认出。",
    rf"(?<![0-9.A-Za-z第])(?P<value>(?P<lead>{LEAD}{{1,3}} ?)(?P<low>{_ARABIC}) ?{_MAGNITUDE}(?P<trail>以上|以下|以内|左右)(?P<unit>))",
    ("居民消费价格指数控制在103.5以内", "控制在103.5以内"), ("2024以内", None),
)
RATIO = _quantity(
    "ratio", "“缩小至2.1∶1”“不低于1∶1.25”：一比几、几比一，靠比较词认出，化成“几比一”。",
    rf"(?<![0-9.:∶A-Za-z第])(?P<value>(?P<lead>{LEAD}{{1,3}} ?)(?P<low>(?=1 ?[:∶]|[0-9.]+ ?[:∶] ?1(?![0-9.])){_ARABIC}) ?(?P<unit>[:∶] ?{_ARABIC}){_TRAIL})(?![0-9.:∶]| ?[:∶])",
    ("城乡居民收入比缩小至2.1∶1左右", "缩小至2.1∶1左右"), ("医护比达到1:1.25。", "达到1:1.25"), ("三次产业比达到1∶4∶5", None), ("不超过9:30", None),
)
_BARE = "(?<![〇零一二三四五六七八九十百千万亿第几数两0-9.“十])"
WORDS_LED = _quantity(
    "words_led", "“不少于三个”：汉字数目前有比较词才算定量目标；“三个代表”不算。",
    rf"(?P<value>(?P<lead>{_STRICT_LEAD}{{1,2}}|至少[\u4e00-\u9fff]{{2,4}}?)(?P<low>{_WORDS}{{1,12}}){_MORE}{UNIT}{_TRAIL})",
    ("每县不少于三个", "不少于三个"), ("每季度至少开展一次", "至少开展一次"), ("“三个代表”", None), ("增加一个", None),
)
WORDS_TRAILED = _quantity(
    "words_trailed", "“两名以上”：汉字数目后有“以上”“以内”“左右”才算定量目标。",
    rf"{_BARE}(?P<value>(?P<low>{_WORDS}{{1,12}}){UNIT}(?P<trail>以上|以下|以内|左右))",
    ("配备两名以上社工", "两名以上"), ("“两个维护”", None),
)
WORDS_LARGE = _quantity(
    "words_large", "“三万人次”“一百二十个”：大到百、千、万的汉字数目和阿拉伯数字一样算。",
    rf"{_BARE}(?P<value>(?P<lead>{LEAD}{{1,2}})?(?P<low>[一二两三四五六七八九十]{{1,3}}[百千万亿]{_WORDS}{{0,10}}){_MORE}{UNIT}{_TRAIL})",
    ("培训三万人次", "三万人次"), ("一千个理由", "一千个"), ("千家万户", None), ("几千个", None),
)
PERCENT = _quantity(
    "percent", "“百分之三十”等于30%，“千分之四”等于4‰，“万分之二”等于0.2‰，“百分之百”等于100%。",
    rf"(?P<value>(?P<lead>{LEAD}{{1,3}})?(?P<unit>[百千]分之|(?<![0-9一二三四五六七八九十])万分之)(?P<low>{_ARABIC}|{_WORDS}{{1,4}}(?:点{_WORDS}{{1,3}})?){_TRAIL})",
    ("比重不低于百分之二", "不低于百分之二"), ("死亡率不超过千分之四", "不超过千分之四"), ("控制在万分之二以内", "控制在万分之二以内"), ("做到百分之百覆盖", "百分之百"), ("提高百分之三十以上", "提高百分之三十以上"), ("百分点", None),
)
COVERAGE = _row(
    "coverage", "“全覆盖”等于覆盖率100%，“基本全覆盖”是大约100%。",
    r"(?<![、,])(?P<value>(?P<lead>基本(?:实现|做到)?)?全覆盖)(?=[,。;、!)”\n \t和与及以并]|$)",
    ("县级中心全覆盖,", "全覆盖"), ("县级中心基本实现全覆盖,", "基本实现全覆盖"), ("全覆盖检查", None), ("“全流程、全覆盖”改革", None),
)
DOUBLING = _row(
    "doubling", "“翻一番”是增加一倍，“翻两番”是增加三倍。",
    "(?P<value>翻(?P<low>[一两二三123])?番)",
    ("产值翻一番", "翻一番"), ("实现翻番", "翻番"), ("翻开新篇章", None),
)
YARDSTICK = _row(
    "yardstick", "“不低于全市平均水平”没有数，拿别的指标作尺子。",
    rf"(?P<value>(?P<lead>{_YARDSTICK_LEAD})(?P<unit>(?>(?:全[国省市区县州盟]|国家|省|市|同期|同类)[^,。;、:\d\n]{{0,8}}?(?:平均水平|平均|均值|水平)|{_GROWTH})))"
    r"(?![0-9]|推进|规划|建设|实施|发展)",
    ("增速不低于全市平均水平", "不低于全市平均水平"), ("居民收入增长快于经济增长", "快于经济增长"), ("农村居民收入增速高于城镇居民", "高于城镇居民"), ("高于全国平均水平2个百分点", None), ("高于城镇居民1.5个百分点", None),
)
PACE = _row(
    "pace", "“与经济增长同步”没有数，拿别的指标作尺子。",
    r"(?P<value>与(?P<unit>(?>[^,。;、:\d\n]{2,10}?(?=(?:基本|保持)?同步)))(?:基本|保持)?同步)(?=[,。;、)\n]|$)",
    ("收入与经济增长基本同步", "与经济增长基本同步"), ("与主体工程同步规划", None),
)
AGE = _quantity(
    "age", "“人均预期寿命达到81岁”：岁前有“达到”“提高到”才是目标；“60岁以上老年人”是对象。",
    rf"(?P<value>(?P<lead>达到|提高到|提高至|提升到|提升至|保持在|稳定在)(?P<low>{_ARABIC}) ?(?P<unit>岁)(?P<trail>以上|左右)?)(?!以上的?[\u4e00-\u9fff]{{0,4}}(?:人|者|居民))",
    ("人均预期寿命达到81岁", "达到81岁"), ("60岁以上老年人", None),
)
TENTHS = _quantity(
    "tenths", "“九成以上”等于90%以上，“七成五”等于75%。",
    rf"{_BARE}(?P<value>(?P<lead>{LEAD}{{1,2}})?(?P<low>[一二两三四五六七八九])(?P<unit>成(?P<rest>[一二三四五六七八九半])?)(?:(?P<trail>以上|左右|以内)|(?=[,。;、!)\n\t |]|$)))",
    ("完成率不低于九成", "不低于九成"), ("覆盖率达到七成五", "达到七成五"), ("覆盖六成左右的社区", "六成左右"), ("建成八成以上。", "八成以上"), ("占比达到两成", "达到两成"), ("三成立", None),
)
TIMES_MORE = _quantity(
    "times_more", "“增长一倍”等于翻一番：汉字写的倍数前有“增长”“提高”才算。",
    rf"(?P<value>(?P<lead>增长|增加|提高|提升|扩大)(?P<low>[一两二三四五六七八九十])(?P<unit>倍){_TRAIL})",
    ("产值比2023年增长一倍", "增长一倍"), ("事半功倍", None),
)
ZERO = _row(
    "zero", "“零事故”“零新增”等于0。",
    r"(?P<value>零(?P<unit>增长|发生|事故|死亡|伤亡|新增|案发|发案|上访|案件|积压|差错|投诉|逾期|返贫|非法集资))(?=[,。;、!)”\n和与目]|$)",
    ("实现重大火灾零事故。", "零事故"), ("对腐败零容忍", None), ("清零行动", None),
)
TARGET_RULES: tuple[Rule, ...] = (
    QUANTITY, INDEX, RATIO, AGE, WORDS_LED, WORDS_TRAILED, WORDS_LARGE, TIMES_MORE, TENTHS, PERCENT, COVERAGE, ZERO, DOUBLING, YARDSTICK, PACE,
)  # fmt: skip
