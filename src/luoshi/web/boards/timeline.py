"""The timeline of a battle map: months over a year, a bar per matter with its milestones, its deadline, and today. SVG without any style of its own.

No Django, no clock. Colours are classes of ``board.css``; every picture says in words what it shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from luoshi.text.language import _, current_language
from luoshi.web.ledger.lights import Light

WIDTH, HEIGHT, MONTHS = 720, 28, 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone on the line."""

    title: str
    on: date
    done: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A year as wide as the picture."""

    year: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 12, 31)

    def x(self, day: date) -> float:
        """Where a day stands; days of other years stand at the edge."""
        days = (min(max(day, self.first), self.last) - self.first).days
        return WIDTH * days / (self.last - self.first).days

    def holds(self, day: date) -> bool:
        """True where the day is one of the year's."""
        return day.year == self.year


def months(year: Year, on: date) -> str:
    """The head of the table: the months, and today."""
    wide = WIDTH / MONTHS
    names = "".join(f'<text class="axis middle" x="{wide * (n + 0.5):.1f}" y="18">{_month(n + 1)}</text>' for n in range(MONTHS))
    return _picture(_("{year}年各月").format(year=year.year), _grid(year, on) + names)


def line(year: Year, on: date, light: Light, starts_on: date | None, due_on: date | None, marks: Iterable[Mark]) -> str:
    """One matter: a bar from its issue to its deadline in the colour of its light, milestones as diamonds (full where done), the deadline as a stroke."""
    told = list(marks)
    parts = [_grid(year, on)]
    begins, ends = starts_on or year.first, due_on or year.last
    if begins <= year.last and ends >= year.first:
        left, right = year.x(begins), year.x(ends)
        parts.append(f'<rect class="bar {escape(light.colour or "done")}" x="{left:.1f}" y="8" width="{max(3.0, right - left):.1f}" height="12" rx="2"/>')
    for one in told:
        if year.holds(one.on):
            x = year.x(one.on)
            kind = "mark done" if one.done else "mark missed" if one.on < on else "mark"
            parts.append(f'<path class="{kind}" d="M{x:.1f} 8l6 6l-6 6l-6 -6z"><title>{escape(f"{one.title} {_day(one.on)}")}</title></path>')
    if due_on is not None and year.holds(due_on):
        parts.append(f'<path class="due" d="M{year.x(due_on):.1f} 3V25"/>')
    return _picture(words(on, light, starts_on, due_on, told), "".join(parts))


def shows(year: Year, starts_on: date | None, due_on: date | None, marks: Iterable[Mark]) -> bool:
    """True where anything of a matter is drawn in the year."""
    begins, ends = starts_on or year.first, due_on or year.last
    return (begins <= year.last and ends >= year.first) or any(year.holds(one.on) for one in marks)


def words(on: date, light: Light, starts_on: date | None, due_on: date | None, marks: Iterable[Mark]) -> str:
    """The line in words."""
    said = [_("时限 {day}").format(day=_day(due_on)) if due_on else _("没有时限")]
    if starts_on:
        said.insert(0, _("{day} 交办").format(day=_day(starts_on)))
    for one in marks:
        state = _("已完成") if one.done else _("过期未完成") if one.on < on else _("未到")
        said.append(_("节点“{title}”{day}，{state}").format(title=one.title, day=_day(one.on), state=state))
    return _("；").join([*said, *([light.word] if light.word else [])])


def _grid(year: Year, on: date) -> str:
    wide = WIDTH / MONTHS
    strokes = "".join(f"M{wide * n:.1f} 0V{HEIGHT}" for n in range(MONTHS + 1))
    today = f'<path class="today" d="M{year.x(on):.1f} 0V{HEIGHT}"/>' if year.holds(on) else ""
    return f'<path class="grid" d="{strokes}"/>{today}'


def _picture(said: str, inside: str) -> str:
    return f'<svg class="timeline" viewBox="-6 0 {WIDTH + 12} {HEIGHT}" role="img" aria-label="{escape(said)}">{inside}</svg>'


def _month(number: int) -> str:
    return date(2026, number, 1).strftime("%b") if current_language() == "en" else f"{number}月"


def _day(day: date) -> str:
    return day.isoformat() if current_language() == "en" else f"{day.year}年{day.month}月{day.day}日"
