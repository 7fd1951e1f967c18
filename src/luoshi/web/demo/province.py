"""Who there is in the invented province: units of four levels and the people in them. Any likeness to a real place or person is chance."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from luoshi.web.orgs.roles import HEAD, LEADER, LIAISON, SUPERVISOR


class Place(NamedTuple):
    """A government: its code, its name, the code of the one above, its level."""

    code: str
    name: str
    above: str
    level: str


class Office(NamedTuple):
    """A department: its code, its name, the government that it belongs to, what it does."""

    code: str
    name: str
    place: str
    duties: tuple[str, ...]


class Person(NamedTuple):
    """A person: user name, name, unit by code, role, title."""

    username: str
    name: str
    unit: str
    role: str
    title: str


PROVINCE, CITIES = "LJ", ("YL", "JZ")
COUNTIES = {"DH": "YL", "XH": "YL", "LQ": "YL", "LG": "JZ", "WJ": "JZ", "QD": "JZ"}

PLACES = (
    Place("LJ", "临江省", "", "province"),
    Place("YL", "云岭市", "LJ", "city"),
    Place("JZ", "江州市", "LJ", "city"),
    Place("DH", "东湖县", "YL", "county"),
    Place("XH", "西河县", "YL", "county"),
    Place("LQ", "柳泉区", "YL", "county"),
    Place("LG", "临港县", "JZ", "county"),
    Place("WJ", "望江县", "JZ", "county"),
    Place("QD", "桥东区", "JZ", "county"),
)

TOWNS = {
    "DH": ("柳溪镇", "青石镇", "白塔镇", "南汊乡"),
    "XH": ("西关镇", "石桥镇", "双河镇", "云台乡"),
    "LQ": ("泉上街道", "柳堤街道", "北苑街道"),
    "LG": ("海塘镇", "盐河镇", "新港镇"),
    "WJ": ("望楼镇", "芦洲镇", "江心乡"),
    "QD": ("桥头街道", "东园街道", "码头街道"),
}

_PROVINCIAL = (
    ("MZ", "民政厅", ("养老服务", "老年助餐", "社会救助", "特殊困难老年人")),
    ("FG", "发展改革委", ("重大项目", "投资指引", "用电报装", "信用修复", "涉企收费")),
    ("CZ", "财政厅", ("补助资金", "融资担保", "惠企政策", "资金奖补")),
    ("JY", "教育厅", ("职业院校", "专业设置")),
    ("KJ", "科技厅", ("科技攻关", "成果转化")),
    ("GX", "工业和信息化厅", ("专精特新", "拖欠账款", "制造业项目")),
    ("GA", "公安厅", ("社会治安", "户籍管理")),
    ("RS", "人力资源社会保障厅", ("护理员培训", "职业技能")),
    ("ZR", "自然资源厅", ("标准地", "配套设施用地")),
    ("ST", "生态环境厅", ("入河排污口", "黑臭水体")),
    ("ZJ", "住房城乡建设厅", ("适老化改造", "污水管网", "易涝点")),
    ("JT", "交通运输厅", ("物流成本", "船舶污染")),
    ("SL", "水利厅", ("河湖四乱", "病险水库", "幸福河湖", "山洪预警")),
    ("NY", "农业农村厅", ("畜禽粪污", "农村人居环境")),
    ("SW", "商务厅", ("招商引资", "企业诉求")),
    ("WJ", "卫生健康委", ("医养结合", "老年人就医")),
    ("SC", "市场监管局", ("食品安全抽检", "联合抽查", "公平竞争")),
    ("SJ", "数据局", ("高效办成一件事", "综合平台", "政务服务热线")),
)
_MUNICIPAL = (
    ("MZ", "民政局", ("养老服务", "老年助餐", "取暖补助")),
    ("FG", "发展改革委", ("重大项目", "标准地", "涉企检查")),
    ("CZ", "财政局", ("补助资金", "免申即享", "拖欠账款")),
    ("ZJ", "住房城乡建设局", ("适老化改造", "供热管网", "老旧厂区")),
    ("NY", "农业农村局", ("高标准农田", "冷链设施")),
    ("WJ", "卫生健康委", ("医养签约", "发热门诊")),
    ("SW", "商务局", ("民生商品储备", "企业服务中心")),
    ("SJ", "数据局", ("主题服务", "养老服务综合平台")),
)
_SHORT = {"LJ": "省", "YL": "市", "JZ": "市"}

_SURNAMES = "赵钱孙周吴郑王冯陈沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘葛范彭鲁韦马苗方俞任袁柳史唐费薛雷贺倪汤殷罗毕郝安常于傅齐康余顾孟黄穆萧尹姚邵汪毛狄米贝明计成戴宋庞熊纪舒屈项祝董梁"
_GIVEN = ("文博", "思远", "雅琴", "志刚", "晓梅", "建平", "海燕", "立新", "玉兰", "国安", "秀英", "春生", "明辉", "慧敏", "永康", "淑珍", "少华", "丽君", "振东", "月华", "启明", "若兰", "守信", "佳宁", "长河", "雨桐", "向阳", "静怡")

TITLES = {SUPERVISOR: "督查科科长", LEADER: "分管领导", HEAD: "负责人", LIAISON: "联络员"}
SHOWN = (
    "lj-supervisor",
    "lj-leader",
    "lj-mz-liaison",
    "lj-mz-head",
    "lj-sl-liaison",
    "yl-supervisor",
    "yl-leader",
    "yl-mz-liaison",
    "yl-mz-head",
    "dh-supervisor",
    "dh-mz-liaison",
)
"""Who gets a password: one person of every role at every level; the others are there and have not taken up their invitations."""


def offices() -> Iterator[Office]:
    """The forty departments: eighteen of the province, eight of each city, one of each county."""
    for code, name, duties in _PROVINCIAL:
        yield Office(f"LJ-{code}", f"临江省{name}", "LJ", duties)
    for city in CITIES:
        for code, name, duties in _MUNICIPAL:
            yield Office(f"{city}-{code}", f"{_name_of(city)}{name}", city, duties)
    for county in COUNTIES:
        yield Office(f"{county}-MZ", f"{_name_of(county)}民政局", county, ("养老服务", "社会救助"))


def towns() -> Iterator[Place]:
    """The twenty towns and streets; none has accounts."""
    for county, names in TOWNS.items():
        for number, name in enumerate(names, start=1):
            yield Place(f"{county}-{number:02}", name, county, "town")


def seat_of(place: Place) -> str:
    """What a government is called."""
    return f"{place.name}办事处" if place.name.endswith("街道") else f"{place.name}人民政府"


def short_of(office: Office) -> str:
    """How documents call a department: 省民政厅."""
    return _SHORT.get(office.place, "区" if _name_of(office.place).endswith("区") else "县") + office.name.removeprefix(_name_of(office.place))


def people(rng: Random) -> Iterator[Person]:
    """Five people in every government, two of them supervisors, and two in every department; no two have one name."""
    names = [f"{surname}{given}" for surname in _SURNAMES for given in _GIVEN]
    rng.shuffle(names)
    fresh = iter(names)
    for place in PLACES:
        for role in (SUPERVISOR, LEADER, HEAD, LIAISON):
            yield Person(f"{place.code.lower()}-{role}", next(fresh), place.code, role, TITLES[role])
        yield Person(f"{place.code.lower()}-supervisor2", next(fresh), place.code, SUPERVISOR, "督查科副科长")
    for office in offices():
        for role in (HEAD, LIAISON):
            yield Person(f"{office.code.lower()}-{role}", next(fresh), office.code, role, TITLES[role])


def _name_of(code: str) -> str:
    return next(place.name for place in PLACES if place.code == code)
