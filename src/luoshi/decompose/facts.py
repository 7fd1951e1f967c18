"""What a document says of itself: title, number, level, whose will it is, who passed it on, who published it, and its dates.

Every date says how it is known. A year that is not written is inferred only from evidence in the text, which is shown.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from luoshi.calendar.plans import find_plan
from luoshi.decompose.head import BARE_NUMBER, Head, first_document_number
from luoshi.decompose.model import How, Level
from luoshi.decompose.paragraphs import Sentence
from luoshi.decompose.rules import moods
from luoshi.decompose.rules.cues import cue, pairs
from luoshi.decompose.vocabulary.periods import EVENTS

Place = tuple[int, int]

_PROVINCES = "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
_MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
_CN_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"○": "0", "〇": "0", "O": "0", "o": "0"}
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}|[一二][一二三四五六七八九零○〇oO九]{3}) ?年 ?(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九]) ?月(?: ?(?P<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]) ?日)?"
    r"|(?P<iyear>(?:19|20)\d{2})[-/.](?P<imonth>\d{1,2})[-/.](?P<iday>\d{1,2})"
)
_DATE_CUES = cue(_DATE, f"{pairs('0123456789一二三四五六七八九零○〇oO', '年')} {pairs('0123456789', '-/.')}", *(f"{c} " for c in "0123456789一二三四五六七八九零○〇oO"))
_TIME_LIMIT = re.compile(r"[底末前起内至—–~-]|[上中下]旬|以前|之前|全天|[上下]午|晚")
_OF_A_STAGE = re.compile(r"^[(]?[一二三四五六七八九十\d]{1,2}[)、.] ?[\u4e00-\u9fff]|阶段")
"""（三）重点检查（2026年3月）: a date that belongs to what is planned."""
_ASKS_WHEN = re.compile(r"(?:时限|期限|完成时间|整改时间)[:(]\s*\Z")
_DAY_ONLY = re.compile(r"(?<![\d年])(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:至\d{1,2}日)?(?:(?:上午|下午|晚|晚上)?,|(?:上午|下午)|[^。]{0,12}(?:召开|举行))")
_POSTED = re.compile(r"^(?:日期|时间|发布(?:日期|时间)|发布于|更新时间|来源)[: ]|来源[: ]|^\d{4}-\d{2}-\d{2} \d{2}:\d{2}|^\d{4}年\d{1,2}月\d{1,2}日 ?\d{1,2}:\d{2}")
_POSTED_BELOW = re.compile(r"(?:发布|公开|更新|上传)(?:日期|时间):?")
"""A label that a page sets on a line of its own."""
_MEETING = re.compile(r"召开|举行|会议|全会|大会|常委会|结业|开班|闭幕|开幕")
_ISSUER = re.compile(
    r"(?P<name>中共[\u4e00-\u9fff]{1,16}?(?:(?:省委|市委|县委|区委|州委|委员会|中央)(?:办公厅|办公室)?|党组|党委|党工委|工委)(?=关于)|国务院(?:办公厅)?|[\u4e00-\u9fff]{2,16}?(?:人民政府|省委|市委|县委|区委|州委|政府)(?:办公厅|办公室)?|[\u4e00-\u9fff]{2,20}?(?:部|委员会|总局|局|厅|办公厅|办公室|管委会))关于"
)
_JOINT = re.compile(r"(?P<name>[\u4e00-\u9fff]{4,24}(?:部|委|会|总局|局|厅|办|办公室|府|院|署)(?:[ 、][\u4e00-\u9fff]{4,24}(?:部|委|会|总局|局|厅|办|办公室|府|院|署))+) ?关于")
"""Several that issue together, side by side in the title."""
_MEETS = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:人民政府|省委|市委|县委|区委|委员会|管委会))(?:党组|常委会|常务|专题|办公|全体)?(?:会议|会)(?:纪要|议定)")
_PUBLISHER = re.compile(r"(?:来源|稿源|发布机构|发布单位|信息来源)[: ]{1,3}(?P<name>[^\s,。()]{2,24})")
_WORK_REPORT = re.compile(r"(?:(?<=在)|(?<![\u4e00-\u9fff]))(?P<place>[\u4e00-\u9fff]{2,12}?(?:省|自治区|市|县|区|州|盟|旗))(?:第[\u4e00-\u9fff\d]{1,5}届)?人民代表大会|(?P<head>[\u4e00-\u9fff]{2,9}(?:省长|主席|市长|县长|区长|州长))(?= )")
_HELD = re.compile(r"(?:召开|主持(?!召开))了?(?P<name>[\u4e00-\u9fff]{0,8}?(?:人民政府|政府|[省市县区州]委|管委会))(?:党组)?第[\d一二三四五六七八九十百]{1,5}次(?:常务|常委|专题|办公|全体)?会议")
"""Whose meeting it was: 主持召开了县政府第8次常务会议."""
_COMMITTEE = re.compile(r"(?P<name>(?:(?<![\u4e00-\u9fff])(?:(?!提交|提请|报|召开|会后|讨论|主持|研究)[\u4e00-\u9fff]){0,6})?(?:省|市|县|区|州|自治区)?委常委会|(?<![\u4e00-\u9fff])(?:省|市|县|区|州|盟|旗)委(?:[\u4e00-\u9fff]届[\u4e00-\u9fff]{1,3}次)?全会)")
_SCOPE = re.compile(r"全[省市县区]")
_LEVEL_WORDS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("national", re.compile(r"^(?:国务院|中共中央|中央|全国|国家|中华人民共和国|中办|国办|最高人民)")),
    ("province", re.compile(rf"^(?:中共)?(?:{_PROVINCES})(?:省|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区)|^(?:中共)?(?:{'|'.join(_MUNICIPALITIES)})市(?!\S{{1,8}}[区县])|省(?:委|人民政府|政府)?(?:办公厅)?$|^全?省|省[\u4e00-\u9fff]{{1,14}}(?:厅|局|委|办|院)$|自治区")),
    ("city", re.compile(r"市(?:委|人民政府|政府|人大|政协)?(?:常委会)?(?:办公厅|办公室)?$|^市|^全市|市[\u4e00-\u9fff]{1,14}(?:局|委|办|处|中心|公司)$|州(?:委|人民政府)?$|盟$")),
    ("county", re.compile(r"(?:县|区|旗)(?:委|人民政府|政府)?(?:办公厅|办公室)?$|^[县区]|(?:县|区)[\u4e00-\u9fff]{1,14}(?:局|委|办|处|中心)$|^全[县区]")),
    ("town", re.compile(r"(?:镇|乡|街道)(?:党委|人民政府|政府|办事处)?$")),
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date of the document; ``evidence`` is a stretch of the view."""

    kind: str
    iso: str
    precision: str
    how: How
    evidence: Place | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """Facts in positions of the view."""

    title: Place | None
    number: Place | None
    level: Level | None
    authority: str | None
    transmitter: str | None
    publisher: str | None
    dates: tuple[FoundDate, ...]


def read_facts(text: str, found: list[Sentence], cues: list[int], head: Head) -> FoundFacts:
    """Everything that the head, the signature and the first sentences tell; ``cues`` are those that each sentence holds."""
    title = _title(text, found, head)
    number = first_document_number(text, min(len(text), 3000)) if head.body else None
    number = number or next((m for s in found[: head.body] if (m := BARE_NUMBER.fullmatch(text, s.start, s.end))), None)
    dates = _dates(text, found, cues, head)
    authority, transmitter = _authority(text, found, head, title)
    authority = _with_place(authority, text)
    publisher = _PUBLISHER.search(text[:4000])
    return FoundFacts(
        title, number.span() if number else None, level_of(authority, text) or _level_of_place(text[slice(*title)] if title else "", text) or _level_of_place(authority or "", text) or _level_of_scope(text), authority, transmitter, publisher["name"] if publisher else None, tuple(dates)
    )


_BARE = re.compile(r"(?P<level>[省市县区州])(?:委|人民政府|政府)$")
_GOVERNS = "(?:委(?!员|书记|托|会)|人民政府|人大常委会|委办公室)"
_PLACE_ENDS = re.compile(r"(?:中共)?(?P<name>[\u4e00-\u9fff]{2,5}?)\Z")
_NO_PLACE = frozenset("各全本我两该的和与在了由对是为及到从向把将经等落实请按度报受据设督促")


def _with_place(authority: str | None, text: str) -> str | None:
    """市委 becomes 云州市委 where the text names the place: in 中共云州市委, in 云州市人民政府, or as the province it speaks of."""
    bare = _BARE.fullmatch(authority) if authority else None
    if authority is None or bare is None:
        return authority
    places = (_PLACE_ENDS.search(text, max(0, found.start() - 7), found.start()) for found in re.finditer(bare["level"] + _GOVERNS, text))
    counts = Counter(place["name"] for place in places if place and not set(place["name"]) & _NO_PLACE and not _acts(place["name"]))
    names = [name for name, _ in counts.most_common(3) if len(name) <= 4]
    if names:
        return names[0] + authority
    if bare["level"] == "省":
        provinces = Counter(re.findall(_PROVINCES, text))
        return f"{provinces.most_common(1)[0][0]}{authority}" if provinces and provinces.most_common(1)[0][1] >= 3 else authority
    return authority


def _acts(name: str) -> bool:
    """True where a verb has slipped in: 围绕市委, 坚决执行市委."""
    return any(moods.is_act(name[i : i + 2]) for i in range(len(name) - 1)) or name[:2] in ("锚定", "狠抓")


_OF_A_PLACE = re.compile(r"(?:20[0-9]{2}年度?|关于)?(?P<name>(?![各全本]|关于)[\u4e00-\u9fff]{2,8}?(?:(?<![全各])省|自治区|(?<![全各城])市|(?<![全各])[县区]|州|旗|(?<![城乡集点各全])镇(?![化老居级污燃供职]))(?<!全[省市县区镇]))")


def _level_of_place(name: str, text: str) -> Level | None:
    """The level of the place that a title or the name of an office begins with: 青湾县2027年度……, 2026年云州市政府工作报告, 平川市防汛抗旱指挥部."""
    place = _OF_A_PLACE.match(name)
    return level_of(place["name"] + "人民政府", text) if place else None


def _level_of_scope(text: str) -> Level | None:
    """The level of a meeting that calls itself one of the whole city: 全市动员会. Whose will it is, that does not say."""
    scope = _SCOPE.search(text[:1200])
    return level_of(scope[0], text) if scope else None


_DISTRICT = re.compile(r"(?:中共)?(?:[\u4e00-\u9fff]{2,8}省)?[\u4e00-\u9fff]{2,5}市[\u4e00-\u9fff]{1,3}(?<![新发园术范作洋税港景理贸济])区(?![划域块间])")
"""金华市婺城区…: a district of a city, no 新区, 开发区 or 园区, which are its own."""


def level_of(name: str | None, text: str = "") -> Level | None:
    """The level of a unit by its name; a 直辖市's 市 is a province, a department stands at its government's level."""
    if name is None:
        return None
    if not name.removeprefix("中共").startswith(_MUNICIPALITIES) and _DISTRICT.match(name):
        return "county"
    for level, pattern in _LEVEL_WORDS:
        if pattern.search(name):
            if level == "city" and name.startswith(("市", "全市")) and _in_municipality(text):
                return "province"
            return level
    return "national" if re.search(r"(?:部|总局|总署|委员会)$", name) and not re.search(r"[省市县区]", name) else None


def _in_municipality(text: str) -> bool:
    """True where 市 without a name can only be a 直辖市: its name is the place that the text speaks of most."""
    counts = {name: text[:20000].count(name) for name in _MUNICIPALITIES}
    name = max(counts, key=lambda key: counts[key])
    return counts[name] >= 5 and counts[name] * 3 > sum(counts.values()) and counts[name] * 200 > min(len(text), 20000) // 5


def _title(text: str, found: list[Sentence], head: Head) -> Place | None:
    if not head.title:
        return None
    lines = [i for i in head.title if not _SITE.search(text[found[i].start : found[i].end])] or list(head.title)
    runs = [i for k, i in enumerate(lines) if i == lines[0] + k and (k == 0 or not text.startswith("—", found[i].start))]
    if head.kind in ("news", "meeting") and found[runs[0]].end - found[runs[0]].start >= 10:
        runs = runs[:1]  # a newspaper's second line is a headline of its own, not the rest of the first
    start = found[runs[0]].start
    mark = re.match(r"\[[^\]]{2,30}\]", text[start : found[runs[0]].end])
    return start + (mark.end() if mark else 0), found[runs[-1]].end


_SITE = re.compile(r" ?[-_|—] ?[\u4e00-\u9fff]{2,12}(?:网|网站|门户|人大|政府|日报|新闻)(?:网)?$")


def _dates(text: str, found: list[Sentence], cues: list[int], head: Head) -> list[FoundDate]:
    """Dates of meeting, issue and posting, each at most once: stated where the year is written, else inferred."""
    dates: dict[str, FoundDate] = _plenary_date(text, head)
    last = len(found)
    for i, sentence in enumerate(found):
        if 60 <= i < last - 12 and i > head.body + 12 and not (sentence.end - sentence.start <= 20 and text[sentence.end - 1] in "日)"):
            continue
        if not cues[i] & _DATE_CUES:
            continue
        line = text[sentence.start : sentence.end]
        kind = _kind_of_date(line, i, head, last, len(line))
        if kind == "issued" and i and _POSTED_BELOW.fullmatch(text, found[i - 1].start, found[i - 1].end):
            kind = "posted"
        stated = _DATE.search(line)
        if stated and not _exists(_iso(stated)[0]):
            continue
        if stated and kind == "issued" and (_TIME_LIMIT.match(line, stated.end()) or _ASKS_WHEN.search(text, max(0, sentence.start - 12), sentence.start + stated.start()) or "\t" in (text[sentence.start - 1 : sentence.start], text[sentence.end : sentence.end + 1])):
            continue
        if stated and kind and kind not in dates:
            dates[kind] = _stated(kind, stated, sentence.start)
    if "meeting" not in dates and head.kind in ("meeting", "news", "outline", "minutes", "other"):
        inferred = _meeting_without_year(text, found, dates)
        if inferred:
            dates["meeting"] = inferred
    report = _report_year(text, head)
    if report and "meeting" not in dates and "issued" not in dates:
        dates["issued"] = report
    return [dates[kind] for kind in ("meeting", "issued", "posted") if kind in dates]


def _plenary_date(text: str, head: Head) -> dict[str, FoundDate]:
    """An outline passes on what another meeting decided: 全会于2024年5月24日举行 is the meeting, its own occasion comes later."""
    held = re.search(r"(?:全会|会议|大会)于(?P<when>[^,。]{6,14}日)(?:至\d{1,2}日)?(?:在[^,。]{2,12})?(?:召开|举行)", text[:6000]) if head.kind in ("outline", "minutes", "other") else None
    stated = _DATE.search(text, held.start("when"), held.end("when")) if held else None
    return {"meeting": _stated("meeting", stated, 0)} if stated and _exists(_iso(stated)[0]) else {}


def _kind_of_date(line: str, i: int, head: Head, last: int, length: int) -> str | None:
    """Which date a line tells, None where it tells of something else."""
    if _POSTED.search(line) and length < 80:
        return "posted"
    if head.kind == "outline" and i in head.records and "会议" in line:
        return "issued"
    if i <= head.body + 8 and _MEETING.search(line) and length < 400 and "阶段" not in line and not re.search(r"以来|《", line[:30]):
        return "meeting"
    if head.kind == "report" and not head.results and length <= 40 and i <= head.body:
        return "meeting" if _DATE.search(line) else None
    if length <= 40 and _DATE.search(line) and (i >= last - 12 or i <= head.body + 60) and re.fullmatch(r"[^,;。]*", line) and not _OF_A_STAGE.search(line):
        return "issued"
    if length <= 20 and _DATE.fullmatch(re.sub(r"[ ()]", "", line)):
        return "issued"
    return None


def _stated(kind: str, found: re.Match[str], at: int) -> FoundDate:
    iso, precision = _iso(found)
    return FoundDate(kind, iso, precision, "stated", (at + found.start(), at + found.end()))


def _iso(found: re.Match[str]) -> tuple[str, str]:
    if found["iyear"]:
        return f"{int(found['iyear']):04d}-{int(found['imonth']):02d}-{int(found['iday']):02d}", "day"
    year = "".join(_CN_DIGIT.get(c, c) for c in found["year"])
    month = _small_number(found["month"])
    if found["day"] is None:
        return f"{year}-{month:02d}", "month"
    return f"{year}-{month:02d}-{_small_number(found['day']):02d}", "day"


def _exists(iso: str) -> bool:
    """False for 2027-13-45: damaged digits make no date."""
    try:
        date.fromisoformat(f"{iso}-01" if iso.count("-") == 1 else iso)
    except ValueError:
        return False
    return True


def _small_number(words: str) -> int:
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.partition("十")
    digit = {c: i for i, c in enumerate("零一二三四五六七八九")}
    return (digit[tens] if tens else 1) * 10 + (digit[ones] if ones else 0) if ten else digit[words]


def _meeting_without_year(text: str, found: list[Sentence], dates: dict[str, FoundDate]) -> FoundDate | None:
    """“7月29日下午，省委常委会召开会议”: the year comes from the posting, or from what the text speaks of."""
    for sentence in found[:14]:
        day = _DAY_ONLY.search(text, sentence.start, sentence.end)
        if day is None or not _MEETING.search(text, sentence.start, sentence.end):
            continue
        month, number = int(day["month"]), int(day["day"])
        if not _exists(f"2000-{month:02d}-{number:02d}"):
            continue
        place = (day.start(), day.start("day") + len(day["day"]) + 1)
        year, reason, evidence = _year_for(text, month, number, dates)
        if year is None or not _exists(f"{year}-{month:02d}-{number:02d}"):
            return FoundDate("meeting", f"--{month:02d}-{number:02d}", "day", "inferred", place, "文中没有写年份，也没有可以推断年份的依据")
        return FoundDate("meeting", f"{year}-{month:02d}-{number:02d}", "day", "inferred", evidence or place, reason)
    return None


def _year_for(text: str, month: int, day: int, dates: dict[str, FoundDate]) -> tuple[int | None, str, Place | None]:
    """The year in which this day must lie, why, and where the text says so."""
    for kind in ("posted", "issued"):
        known = dates.get(kind)
        if known and known.precision == "day":
            told = date.fromisoformat(known.iso)
            try:
                year = told.year if date(told.year, month, day) <= told else told.year - 1
            except ValueError:
                continue
            return year, f"发布日期为{known.iso}，会议在此之前最近的{month}月{day}日", known.evidence
    told_year = _plan_year(text)
    if told_year:
        return told_year
    for event in EVENTS:
        place = event.pattern.search(text)
        if place and (event.months is None or month in event.months):
            return event.year, event.reason, place.span()
    years = [int(y) for y in re.findall(r"(?<![〔\d])(20\d{2})年", text)]
    this_year = re.search(r"(?:今年(?:是)?|当前)[^。]{0,20}(?:“十[二三四五]五”规划)?", text)
    if years and this_year and max(years) - min(years) == 0:
        return years[0], f"全文只提到{years[0]}年", None
    return None, "", None


_PLAN_YEAR = re.compile(
    r"(?P<when>今年|明年|20\d\d年)?[^,。]{0,10}是[^,。]{0,12}“?(?P<plan>十[一二三四五]五)”?(?:规划|时期)?(?:的)?(?P<which>开局之年|开局起步之年|第一年|第二年|第三年|中期|第四年|第五年|收官之年|最后一年)"
)
_WHICH = {"开局之年": 0, "开局起步之年": 0, "第一年": 0, "第二年": 1, "第三年": 2, "中期": 2, "第四年": 3, "第五年": 4, "收官之年": 4, "最后一年": 4}


def _plan_year(text: str) -> tuple[int, str, Place] | None:
    """今年是“十五五”开局之年 makes it 2026; 明年 makes it the year before."""
    for found in _PLAN_YEAR.finditer(text):
        plan = find_plan(found["plan"])
        if plan is None or (found["when"] or "").startswith("20"):
            continue
        year = plan.first_year + _WHICH[found["which"]] - (found["when"] == "明年")
        return year, f"“{found['plan']}”规划期为{plan.first_year}—{plan.last_year}年，{found[0]}", found.span()
    return None


def _report_year(text: str, head: Head) -> FoundDate | None:
    """A work report's year: 2023年工作回顾 with 2024年工作安排 makes it 2024."""
    if head.kind != "report":
        return None
    titled = re.search(r"(?:^|\n)[^,。\n]{0,12}(?P<year>20\d{2})年[^,。\n]{0,14}工作报告(?=\n|$)", text[:400])
    if titled:
        return FoundDate("issued", titled["year"], "year", "inferred", titled.span("year"), f"标题写明{titled['year']}年")
    planned = re.search(r"(?P<draft>20\d{2}|19\d{2})年(?:国民经济和社会发展计划草案|(?:市级|省级|县级|区级)?预算草案)|(?<!对照)(?P<year>20\d{2}|19\d{2})年(?:的)?(?![^,。\n]{0,8}(?:回顾|总结|报告))(?:工作(?:的)?(?:总体|安排|建议|部署|思路|重点|任务)|重点(?:工作|任务)|政府工作|经济社会发展(?:主要|总体|目标)|主要(?:工作|任务|目标))", text)
    if planned:
        year_planned = planned["draft"] or planned["year"]
        return FoundDate("issued", year_planned, "year", "inferred", planned.span(), f"报告部署{year_planned}年工作")
    reviewed = re.search(r"(?P<year>20\d{2}|19\d{2})年(?:政府|主要|的)?工作(?:的)?(?:回顾|总结)", text)
    if reviewed:
        year = int(reviewed["year"]) + 1
        return FoundDate("issued", str(year), "year", "inferred", reviewed.span(), f"报告回顾{reviewed['year']}年工作，应作于次年")
    return None


def _authority(text: str, found: list[Sentence], head: Head, title: Place | None) -> tuple[str | None, str | None]:
    """Whose will it is, and who passed it on where that is another."""
    lines = text[slice(*title)] if title else ""
    named = lines.replace("\n", "")
    own = _JOINT.match(lines.replace("\n", " ")) or _ISSUER.match(named) or _MEETS.match(named)
    signature = _signature(text, found)
    transmitter = None
    if head.kind == "outline":
        transmitter = _outline_transmitter(text[:600])
        plenary = re.search(r"(?P<name>(?:[\u4e00-\u9fff]{1,6}(?:省|市|县|区))?[省市县区州]委)(?:[\u4e00-\u9fff]{1,3}届[\u4e00-\u9fff]{1,3}次)?全会", text[:2000])
        if plenary:
            return plenary["name"], transmitter
    if own:
        name = "、".join(own["name"].split())
        passed = re.search(r"关于(?:转发|批转)(?P<inner>[\u4e00-\u9fff、]{2,40}?(?:部|委|局|厅|办|室))(?:等部门|等单位)?(?:关于|《|[\u4e00-\u9fff])", named)
        return (passed["inner"], name) if passed else (name, None)
    if head.kind == "report":
        place = re.search(r"在(?P<place>[\u4e00-\u9fff]{2,10}?(?:省|自治区|市|县|区|州|盟|旗))(?P<head>)(?:第[\u4e00-\u9fff\d]{1,5}届)?\s*人民代表大会", text[:800]) or _WORK_REPORT.search(text[:800])
        if place:
            name = place["place"] or re.sub(r"(?:长|主席)$", "", place["head"])
            return f"{name}人民政府", None
        if re.search(r"代表国务院", text[:800]):
            return "国务院", None
        if re.search(r"代表[^。]{0,10}(?:中央委员会|中共中央|党中央)|中央委员会[^。]{0,8}(?:报告|向)", text[:1500]):
            return "中共中央", None
        by = re.search(r"我代表(?P<who>[\u4e00-\u9fff]{1,10}?(?:人民)?政府)", text[:1500])
        return (by["who"], None) if by else (None, None)
    if signature:
        return signature, transmitter
    held = _HELD.search(text[:400]) if head.kind in ("minutes", "meeting") else None
    if held:
        return held["name"], transmitter
    said = next((found for found in _COMMITTEE.finditer(text[:1200]) if text[found.start() - 1 : found.start()] not in ("报", "请", "经")), None)
    if said:
        name = said["name"]
        return re.sub(r"常委会$", "", name) if name.endswith("常委会") else re.sub(r"委.*$", "委", name), transmitter
    return None, transmitter


def _outline_transmitter(head: str) -> str | None:
    passed = re.search(r"(?:在|日)(?P<name>[\u4e00-\u9fff]{1,20}?(?:人大常委会|政协|政府|党组|机关|干部大会|局|委))[^)]{0,16}(?:上|会议)", head)
    return passed["name"] if passed else None


def _signature(text: str, found: list[Sentence]) -> str | None:
    """The unit that signs: the line above the date at the end, or above the first attachment."""
    for i in range(len(found) - 1, 0, -1):
        start, end = found[i].start, found[i].end
        if end - start > 24 or text[end - 1] not in "日)发":
            continue
        line = text[start:end]
        if _DATE.fullmatch(re.sub(r"[ ()]|印发$", "", line)):
            above = text[found[i - 1].start : found[i - 1].end].replace(" ", "")
            if re.fullmatch(r"[\u4e00-\u9fff]{2,30}(?:院|府|厅|室|委|局|部|会|办)", above):
                return above
    return None
