"""Names in a clause: works and campaigns, places, units. Found in folded text and by shape."""

import re
from collections.abc import Iterator

from luoshi.align import standard
from luoshi.align.cues import cue

_QUOTED = re.compile(r"“[^“”]{2,24}”(?=[^,;。]{0,4}(?:工程|行动|计划|项目|活动|平台|品牌|专线|热线|驿站))|《[^《》]{2,40}》(?=[^,;。]{0,4}(?:项目|工程))")
_PLACE = re.compile(
    r"(?:^|(?<=[,;:、()“”\s在对从到至赴由和及与以将把为向选于]))(?P<place>(?!全|各|本|我|该|每|所有|有|相关|具备|条件|重点|试点|示范|其他|两|三|四|一|多|部分|县级|市级|省级|中心|涉|沿|建制|特色|重要|上|乡镇|城镇|市县|县市|建成|老旧|小|新|主|农|贫|边境|偏远)"
    r"[\u4e00-\u9fff]{1,6}?(?:自治县|自治州|新区|经开区|高新区|开发区|工业园|产业园|街道|社区|[市县区镇乡村州旗盟]))"
    r"(?!、[市县区镇乡村](?:[、级两三四五政]|$))(?=[,;:、()”\s和及与等]|[0-9一二两三四五六七八九十各新改建设开试率完启先列选作为的内投承打至布东西南北中片境内范围全]|$)"
)
_WATERS = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,4}[河江湖溪渠岛](?=[、等])")
_NO_PLACE = re.compile(r"由|(?:普惠|均衡|达标|合格|强|大|城|农|乡|社|园|片|景|山|地|灾|小|校|辖|街|库|林|牧|湖|矿|厂|老|保税|自贸|试验|示范|先行|功能|保护|生活|居住|产业|工业|行政|自然|特别|集聚|核心|商|学|牧|自治|直辖|城中|门|超|都|集|省|全)[市县区镇乡村州]$|小区$|园区$|社区$|片区$|城区$|山区$|地区$|景区$|街区$|库区$|灾区$|校区$|辖区$|示范[区村镇县]$|先行区$|试验区$|保护区$|功能区$|集聚区$|试点|城市$|农村$|乡村$|乡镇$|城镇$|市场$")
_UNIT = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<unit>(?:由|会同|依托|委托|联合|报|请)?[\u4e00-\u9fff]{0,4}(?:省|市|县|区|州|镇|乡)(?:[\u4e00-\u9fff](?<![改造成在对])(?<!建(?!设[局厅委]))(?<!设(?![局厅委]))){1,10}?"
    r"(?:局|委员会|委(?=[牵负会配、,。)和])|办公室|办(?=[牵负会、,。)])|厅|学院|大学|医院|福利院|指挥部|专班|领导小组|管委会))"
)
_BODIES = re.compile(r"(?<![\u4e00-\u9fff])(?:由|会同|依托|联合|请)?(?P<unit>团[省市县区州旗]委|[省市县区州旗](?:总工会|妇联|残联|科协|文联|侨联|工商联|红十字会|供销社|贸促会|卫健委|发改委|国资委|住建委|经信委|农委|编办))")
_UNIT_NAMED = re.compile(r"(?:发展改革|财政|教育|民政|住房城乡建设|住房和城乡建设|交通运输|水利|农业农村|卫生健康|应急管理|应急|市场监管|生态环境|自然资源|人力资源社会保障|人社|公安|司法|商务|文化和旅游|工业和信息化|数据|医保|税务|气象)(?:部|厅|委|局|部门|办)")
_BUILT = "水库|大桥|高铁|高速公路|隧道|港区|水厂|电站|航道|灌区|综合楼|大道|码头|矿区"
_HOUSED = "铁路|机场|博物馆|图书馆|中学|小学|大学|学院|医院|福利院"
_STAGES = "一期|二期|三期|改扩建|续建"
_WORK = re.compile(f"{_BUILT}|{_HOUSED}|{_STAGES}")
_WORKS = re.compile(
    rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,12}}?(?:{_BUILT})(?:[\u4e00-\u9fff]{{0,16}}?(?:工程|项目))?"
    rf"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{0,6}}(?:[省市县区镇乡州山河江湖湾岛]|第[一二三四五六七八九十])[\u4e00-\u9fff]{{0,6}}?(?:{_HOUSED})(?:[\u4e00-\u9fff]{{0,16}}?(?:工程|项目))?"
    rf"|[\u4e00-\u9fffA-Za-z0-9]{{2,16}}?(?:{_STAGES})(?:工程|项目)"
)

_COMMON = re.compile(f"(?:[对的各大小型类座个险]|重点|完成|落实|加强|开展|推进|做好|全部|所有)(?:{_BUILT})")
"""对水库, 小型水库: things of a kind, and no name."""

_IN_QUOTES = cue("“《")
_PLACED, _WET = cue("市县区镇乡村州旗盟街社园"), cue("河江湖溪渠岛")
_OFFICE = cue("局委办厅学院部班组会联协社")
_BUILDS = cue("".join(sorted({word[-1] for word in _WORK.pattern.split("|")})))
NAMED = _IN_QUOTES | _PLACED | _WET | _OFFICE | _BUILDS
"""The cues without which nothing is named."""

Name = tuple[str, int, int]
"""A name and its span."""


def names(words: str, start: int, cues: int) -> tuple[Name, ...]:
    """Names in quotes of works and campaigns."""
    quoted = _QUOTED.finditer(words) if cues & _IN_QUOTES else ()
    works = [m for m in _WORKS.finditer(words) if not _COMMON.search(m[0])] if cues & _BUILDS and _WORK.search(words) else ()
    return tuple((m[0], start + m.start(), start + m.end()) for m in (*quoted, *works)) if quoted or works else ()


def places(words: str, start: int, cues: int) -> tuple[Name, ...]:
    """Named places; waters first."""
    waters = tuple((m[0], start + m.start(), start + m.end()) for m in _WATERS.finditer(words)) if cues & _WET else ()
    return (*waters, *_lands(words, start)) if cues & _PLACED else waters


def _lands(words: str, start: int) -> Iterator[Name]:
    for m in _PLACE.finditer(words):
        if not _NO_PLACE.search(m["place"]) and not standard.own_place_pattern().fullmatch(m["place"]):
            yield m["place"], start + m.start("place"), start + m.end("place")


def units(words: str, start: int, cues: int) -> tuple[Name, ...]:
    """Named units."""
    if not cues & _OFFICE:
        return ()
    found = [m for pattern in (_UNIT, _BODIES) for m in pattern.finditer(words)]
    return tuple((m["unit"], start + m.start("unit"), start + m.end("unit")) for m in found)


def means_a_unit(words: str, cues: int) -> bool:
    """True where a unit is spoken of by what it does: 财政部门."""
    return bool(cues & _OFFICE) and _UNIT_NAMED.search(words) is not None
