"""What the names of a file and of its folders say of a document: a year, a place, a level. Whoever collected the file wrote them.

They are no facts: they fill in what the text leaves open (``entered``), and where the text says otherwise, the collection has a fault.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from luoshi.corpus.vocabulary import words

_NUMBER = re.compile(r"[〔\[［（(]((?:19|20)\d{2})[〕\]］）)]\s*\d+\s*号")
_YEAR = re.compile(r"(?:^|[_\s\-.—])(?<!(?:19|20)\d\d[\-—~])((?:19|20)\d{2})(?=$|[_\s.]|年(?!代|[—\-~至到])|-\d{1,2}(?!\d))")
_PARTS = re.compile(r"[_\s\-.—·,，、（）()《》“”\[\]]+")
_SET_APART = re.compile(r"[_\s\-.—（）()]+")
_DOCUMENT = re.compile(r"(?:(?:19|20)\d{2}年?度?)?(?:人民)?(?:政府)?工作报告$|^(?:19|20)\d{2}年?")
_ENDING = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10}?)(?P<kind>特别行政区|自治[区州县旗]|地区|新区|省|市|县|区|州|盟|旗|镇|乡|街道)")
_NO_PLACE = re.compile(r"^[各全本该我两]|(?:开发|高新|示范|试验|保税|合作|工业|园|社|景|库|灾|山|牧|林|矿|校|小|片|街|居住)区$|[城集夜超]市$")
_NATIONAL = re.compile(r"^(?:国务院|中共中央|全国|国家|中央|国[发函令办]|国办[发函]|中办|中发|中华人民共和国|中国共产党|中共第)|中华人民共和国国务院")
_LEVEL_OF_KIND = {
    "省": "province", "自治区": "province", "特别行政区": "province", "市": "city", "州": "city", "自治州": "city", "盟": "city", "地区": "city",
    "县": "county", "区": "county", "旗": "county", "自治县": "county", "自治旗": "county", "新区": "county", "镇": "town", "乡": "town", "街道": "town",
}  # fmt: skip
_LEVEL_WORDS = {
    "national": "national", "国家": "national", "中央": "national", "全国": "national", "国家级": "national", "province": "province", "provincial": "province", "省": "province",
    "省级": "province", "city": "city", "市": "city", "市级": "city", "county": "county", "县": "county", "县级": "county", "区": "county", "区级": "county", "区县": "county",
    "town": "town", "乡镇": "town", "镇": "town", "乡": "town",
}  # fmt: skip
_MUNICIPALITIES = frozenset(("北京", "天津", "上海", "重庆"))


@dataclass(frozen=True, slots=True)
class Place:
    """A place: ``name`` without its ending (青湾 of 青湾县), ``level`` where the name tells it."""

    name: str
    level: str | None


@dataclass(frozen=True, slots=True)
class Claims:
    """What the names say; None where they do not."""

    year: int | None
    place: str | None
    level: str | None


def claims(path: str) -> Claims:
    """What a path under the folder of the corpus says: the file name first, then its folders, the nearest first."""
    file = PurePosixPath(path)
    names = [file.stem, *reversed(file.parts[:-1])]
    place = claimed_place(file.stem)
    year = next(filter(None, map(claimed_year, names)), None)
    level = (place.level if place else None) or next(filter(None, map(_claimed_level, names)), None)
    return Claims(year, place.name if place else None, level)


def claimed_year(name: str) -> int | None:
    """The year in a name: of a document number 〔2019〕5号, else one that stands by itself; a year in the words of a title is none."""
    found = _NUMBER.search(name) or _YEAR.search(name)
    return int(found[1]) if found else None


def claimed_place(name: str) -> Place | None:
    """The place that one part of a name consists of: 台州, 四川省, 青湾县政府工作报告."""
    for part in _SET_APART.split(name):
        bare = _DOCUMENT.sub("", _DOCUMENT.sub("", part)).removesuffix("人民政府").removesuffix("政府")
        if place := place_of(bare):
            return place
    return None


def place_of(words_: str) -> Place | None:
    """The place that these words are, and nothing else."""
    provinces, prefectures = words("places", "provinces"), words("places", "prefectures")
    if words_ in provinces or words_ in prefectures:
        both = words_ in provinces and words_ in prefectures
        return Place(words_, None if both else "province" if words_ in provinces else "city")
    ending = _ENDING.fullmatch(words_)
    if ending is None or _NO_PLACE.search(words_):
        return None
    name = _without_people(ending["name"])
    kind = ending["kind"]
    level = "province" if kind == "市" and name in _MUNICIPALITIES else _LEVEL_OF_KIND[kind]
    return Place(name, level)


def place_in(unit: str, text: str) -> Place | None:
    """The place that a unit is named after, 青湾县 of 中共青湾县委: one that is known, or that the text names three times."""
    named = unit.removeprefix("中共")
    known = _known().match(named)
    if known:
        ending = _ENDING.match(named)
        whole = place_of(ending[0]) if ending and ending["name"].startswith(known[0]) else None
        return whole if whole and whole.level in ("province", "city") else place_of(known[0])
    ending = _ENDING.match(named)
    return place_of(ending[0]) if ending and text.count(ending[0]) >= 3 else None


def _without_people(name: str) -> str:
    """广西 of 广西壮族自治区, 黔南 of 黔南布依族苗族自治州."""
    known = _known().match(name)
    return known[0] if known and name != known[0] and name.endswith(("族", "维吾尔")) else name


@cache
def _known() -> re.Pattern[str]:
    listed = words("places", "provinces") | words("places", "prefectures")
    return re.compile("|".join(sorted(listed, key=lambda word: (-len(word), word))))


def _claimed_level(name: str) -> str | None:
    """The level that a part of a name says: city_gwr_2024, 市级文件, 国办发〔2019〕6号."""
    for part in _PARTS.split(name):
        level = _LEVEL_WORDS.get(part.lower()) or _LEVEL_WORDS.get(part.removesuffix("文件"))
        if level:
            return level
        if _NATIONAL.search(part):
            return "national"
    return None
