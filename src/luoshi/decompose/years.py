"""The year and the day that a document is read against: where no date tells them, the number, the title or the months of the text do."""

import re
from dataclasses import replace
from datetime import date

from luoshi.decompose.facts import FoundDate, FoundFacts

_TITLE_YEAR = re.compile(r"(?<![\d—~至-])(20\d\d)年(?:度)?(?![—~至-]|以来|以前)")
_OWN_NUMBER = re.compile(r"[^,。;:\n]*[〔\[(【] ?(?P<year>20\d\d) ?[〕\])】][^,。;:\n]*")
_MONTH_NAMED = re.compile(r"(?<!\d)(?P<year>20\d\d)年\d{1,2}月(?:\d{1,2}日)?(?P<limit>[底末前起至到—–~-])?")
_PURPOSE_YEAR = re.compile(r"^为(?:了)?(?:切实|扎实|认真|全面|全力|有序|进一步)?(?:做好|抓好|搞好|推进|开展|完成|组织好?|加强)[^,。;:《》\n\d]{0,12}(?P<year>20\d\d)年(?![—~至-]|以来)", re.MULTILINE)
"""为做好全镇2027年秋季秸秆禁烧工作: the year of what is to be done."""
_LOOKS_BACK = re.compile(r"(?:总结|报告|情况|通报|结果|回顾|决算|公报|名单)(?:的?(?:通知|通报|公告))?$")


def _planned_year(known: FoundFacts, text: str) -> int | None:
    """The one year that the title of a plan names: 2027年重点工作任务分工, passed on at the end of 2026 or without a date."""
    title = text[slice(*known.title)] if known.title else ""
    years = {int(year) for year in _TITLE_YEAR.findall(title)}
    return years.pop() if len(years) == 1 and not _LOOKS_BACK.search(title) else None


def with_year(known: FoundFacts, text: str) -> FoundFacts:
    """Where no date tells the year, that of the document's own number is the year of issue, else the one of all months in the text, some of them time limits,
    else the one that the purpose names."""
    if any(found.iso[:4].isdigit() for found in known.dates):
        return known
    number = _own_number(known, text)
    named = [number] if number else list(_MONTH_NAMED.finditer(text)) if _planned_year(known, text) is None else []
    reason = "文号写明{}年" if number else "正文写到月份的日期都在{}年"
    if not named and _planned_year(known, text) is None:
        named = list(_PURPOSE_YEAR.finditer(text))
        reason = "正文开头写明为{}年的工作"
    elif not number and not any(found["limit"] for found in named):
        return known
    if len({found["year"] for found in named}) != 1:
        return known
    year = named[0]["year"]
    return replace(known, dates=(*known.dates, FoundDate("issued", year, "year", "inferred", named[0].span("year"), reason.format(year))))


def _own_number(known: FoundFacts, text: str) -> re.Match[str] | None:
    """The number where it heads or ends a line, not that of another document which a sentence names."""
    start, end = known.number or (0, 0)
    return None if text.endswith("》(", 0, start) else _OWN_NUMBER.fullmatch(text, text.rfind("\n", 0, start) + 1, end)


def base_date(known: FoundFacts, text: str) -> tuple[date | None, int | None]:
    """The day that 自印发之日起 counts from, and the year that the document plans for, its own where it names none."""
    day = next((d for kind in ("issued", "meeting") for d in known.dates if d.kind == kind), None) or next(iter(known.dates), None)
    year = int(day.iso[:4]) if day and day.iso[:4].isdigit() else None
    planned = _planned_year(known, text)
    return day_of("issued", known), planned if planned and (year is None or planned == year + 1) else year


def day_of(kind: str, known: FoundFacts) -> date | None:
    """The first date of this kind, where the text tells its day and its year."""
    first = next((d for d in known.dates if d.kind == kind), None)
    return date.fromisoformat(first.iso) if first and first.precision == "day" and first.iso[:4].isdigit() else None
