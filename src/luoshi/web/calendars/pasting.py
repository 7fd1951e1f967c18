"""A notice as it is pasted becomes days: ``2027-01-01 休`` line by line, or the words of the notice itself. No Django.

    1月1日（周五）至3日（周日）放假调休，共3天。1月4日（周一）上班。

Each sentence says 放假, 休 or 上班, 班; its days stand before that. Nothing is guessed: what is not understood is told with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from luoshi.text.language import _

LONGEST = 31
"""Days of one stretch: a holiday of more is a slip of the pen."""
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_DAY = re.compile(r"(?:(?P<year>\d{4})\s*[-年/.])?(?:(?P<month>\d{1,2})\s*[-月/.])?\s*(?P<day>\d{1,2})\s*日?")
_RANGE = re.compile(r"\s*(?:至|到|—|－|–|~|～|-(?=\d{4}))\s*")
_RESTS, _WORKS = re.compile(r"放假|调休|休"), re.compile(r"上班|班")


@dataclass(frozen=True, slots=True)
class Pasted:
    """The days that were understood (True: people work), and what was not: the number of its line and why."""

    days: dict[date, bool] = field(default_factory=dict)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def days_of(text: str, year: int) -> Pasted:
    """Every day that ``text`` names; days without a year are of ``year``, the last days of the year before may be named with theirs."""
    found = Pasted()
    for number, line in enumerate(text.splitlines(), 1):
        for part in _sentences(line):
            _read(part, number, year, found)
    return found


def _sentences(line: str) -> Iterator[str]:
    """Sentences that name a day and say what it is; headings and greetings say neither."""
    for part in re.split(r"[。；;]", _BRACKETS.sub("", line)):
        if (_DAY.search(part) and (_WORKS.search(part) or _RESTS.search(part))) or re.match(r"\s*\d{4}[-/.年]\d", part):
            yield part.strip()


def _read(part: str, number: int, year: int, found: Pasted) -> None:
    works, rests = _WORKS.search(part), _RESTS.search(part)
    said = min((one for one in (works, rests) if one), key=lambda one: one.start(), default=None)
    if said is None:
        found.wrong.append((number, _("没有写是“休”还是“班”：{text}").format(text=part)))
        return
    head = part[: said.start()]
    head = re.split(r"[：:]", head)[-1]
    try:
        days = list(_days(head, year))
    except ValueError:
        days = []
    if not days:
        found.wrong.append((number, _("日期不对：{text}").format(text=part)))
        return
    for day in days:
        _put(day, said is works, number, year, found)


def _put(day: date, works: bool, number: int, year: int, found: Pasted) -> None:
    if day.year != year and not (day.year == year - 1 and day.month == 12):
        found.wrong.append((number, _("{day} 不是 {year} 年的日子，请另录那一年的通知。").format(day=day.isoformat(), year=year)))
    elif found.days.get(day, works) != works:
        found.wrong.append((number, _("{day} 前面写的是另一种。").format(day=day.isoformat())))
    else:
        found.days[day] = works


def _days(text: str, year: int) -> Iterator[date]:
    """Days and stretches of days, parted by 、 or ，; a day without its month is of the one before. Raises ValueError for a day that is not."""
    last: date | None = None
    for piece in re.split(r"[、，,和]", text):
        ends = [_DAY.search(one) for one in _RANGE.split(piece.strip(), maxsplit=1)]
        if not piece.strip() or (None in ends and not any(ends)):
            continue
        first = _day(ends[0], year, last)
        last = _day(ends[1], first.year, first) if len(ends) > 1 else first
        if not 0 <= (last - first).days < LONGEST:
            raise ValueError(piece)
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _day(found: re.Match[str] | None, year: int, before: date | None) -> date:
    if found is None or (found["month"] is None and before is None):
        raise ValueError
    month = int(found["month"]) if found["month"] else before.month if before else 0
    return date(int(found["year"]) if found["year"] else year, month, int(found["day"]))
