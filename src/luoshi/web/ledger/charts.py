"""The chart of an indicator: the agreed curve dashed, the accepted values as points, as SVG without any style of its own. No Django, no clock.

Colours and strokes are classes of ``web.css``, since pages allow no inline style. The text alternative says what the picture shows.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

from luoshi.text.language import _, current_language
from luoshi.web.ledger.lights import Point, planned_value

WIDTH, HEIGHT = 700, 190
LEFT, RIGHT, TOP, BOTTOM = 52, 18, 22, 26
TICKS = 4


class Chart(NamedTuple):
    """The picture and what it says."""

    svg: str
    words: str


Stages = Sequence[tuple[int, float]]
"""Year → what is to be reached by its end."""


def chart(name: str, unit: str, curve: Sequence[Point], values: Sequence[Point], on: date, goal: float | None = None, *, stages: Stages = ()) -> Chart:
    """The chart of one indicator; ``values`` are those that count, oldest first. Needs a curve or a value. ``stages``: drawn where there are several."""
    steps = stages if len(stages) > 1 else ()
    words = alternative(name, unit, curve, values, on) + "".join(_("；{year}年目标 {value}{unit}").format(year=year, value=figure(value), unit=unit) for year, value in steps)
    points = [*curve, *values]
    if not points:
        return Chart("", words)
    scale = _Scale.over(points, [*([goal] if goal is not None else []), *(value for _year, value in steps)])
    parts = [f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(words)}">']
    parts += _grid(scale, unit)
    parts += _months(scale)
    if scale.first <= on <= scale.last:
        parts.append(f'<path class="today" d="M{scale.x(on):.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
    if goal is not None:
        parts.append(f'<path class="goal" d="M{LEFT} {scale.y(goal):.1f}H{WIDTH - RIGHT}"/>')
    parts += [_stage(scale, year, value, unit, place) for place, (year, value) in enumerate(steps)]
    if len(curve) > 1:
        parts.append(f'<path class="planned" d="{_line(scale, curve)}"/>')
        parts.append(_name_of_the_curve(scale, curve))
    if values:
        parts.append(f'<path class="reached" d="{_line(scale, values)}"/>')
        parts += [f'<circle class="reached" cx="{scale.x(one.on):.1f}" cy="{scale.y(one.value):.1f}" r="4"/>' for one in values]
        wanted = planned_value(curve, values[-1].on, unit)
        above = wanted is None or values[-1].value >= wanted
        parts.append(_label(scale, values[-1], f"{figure(values[-1].value)}{unit}" + _("（{text}）").format(text=_short(values[-1].on)), "reached", above=above))
    return Chart("".join([*parts, "</svg>"]), words)


def alternative(name: str, unit: str, curve: Sequence[Point], values: Sequence[Point], on: date) -> str:
    """The chart in words: the last values, and what the plan wanted then."""
    told = _("，").join(f"{_short(one.on, year=True)} {figure(one.value)}{unit}" for one in values[-4:])
    said = [told or _("还没有核实过的数值")]
    day = values[-1].on if values else on
    wanted = planned_value(curve, day, unit)
    if wanted is not None:
        said.append(_("{day}序时应为 {wanted}{unit}").format(day=_short(day), wanted=figure(rounded(wanted)), unit=unit))
    if curve:
        said.append(_("计划到 {day} 达到 {value}{unit}").format(day=_short(curve[-1].on, year=True), value=figure(curve[-1].value), unit=unit))
    return name + _("：") + _("；").join(said)


class _Scale(NamedTuple):
    first: date
    last: date
    low: float
    step: float

    @classmethod
    def over(cls, points: Sequence[Point], goals: Sequence[float]) -> "_Scale":
        days = [point.on for point in points]
        heights = [*(point.value for point in points), *goals]
        low, high = min(heights), max(heights)
        rough = (high - low or abs(high) or 1) / (TICKS - 1)
        size = 10 ** floor(log10(rough))
        step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= rough)
        bottom = floor(low / step) * step
        if bottom + step * (TICKS - 1) < high:
            step = next(size * n for n in (1, 2, 2.5, 5, 10, 20, 25) if floor(low / (size * n)) * size * n + size * n * (TICKS - 1) >= high)
            bottom = floor(low / step) * step
        return cls(min(days), max(days), bottom, step)

    def x(self, day: date) -> float:
        span = (self.last - self.first).days or 1
        return LEFT + 8 + (WIDTH - LEFT - RIGHT - 16) * (day - self.first).days / span

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - self.low) / (self.step * (TICKS - 1))


def _grid(scale: _Scale, unit: str) -> list[str]:
    found = []
    for tick in range(TICKS):
        value = scale.low + scale.step * tick
        y = scale.y(value)
        mark = f"{figure(value)}" + (unit if len(unit) <= 1 else "")
        found.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/><text class="axis end" x="{LEFT - 6}" y="{y + 4:.1f}">{escape(mark)}</text>')
    if len(unit) > 1:
        found.append(f'<text class="axis" x="4" y="12">{escape(unit)}</text>')
    return found


def _months(scale: _Scale) -> list[str]:
    """At most six days under the axis, the first and the last among them."""
    span = (scale.last - scale.first).days
    if span == 0:
        return [f'<text class="axis middle" x="{scale.x(scale.first):.1f}" y="{HEIGHT - 8}">{_short(scale.first, year=True)}</text>']
    count = min(5, max(1, ceil(span / 45)))
    found = []
    for number in range(count + 1):
        day = date.fromordinal(scale.first.toordinal() + round(span * number / count))
        side = "start" if number == 0 else "end" if number == count else "middle"
        text = _short(day, year=number in (0, count) and scale.first.year != scale.last.year)
        found.append(f'<text class="axis {side}" x="{scale.x(day):.1f}" y="{HEIGHT - 8}">{text}</text>')
    return found


def _stage(scale: _Scale, year: int, value: float, unit: str, place: int) -> str:
    """A dotted line at what a stage wants, named near its beginning, where curves are low; the names of lines that lie close stand beside each other."""
    y, said = scale.y(value), _("{year}年 {value}{unit}").format(year=year, value=figure(value), unit=unit)
    return f'<path class="goal" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/><text class="axis" x="{LEFT + 6 + 84 * (place % 3)}" y="{y - 4:.1f}">{escape(said)}</text>'


def _line(scale: _Scale, points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{scale.x(point.on):.1f} {scale.y(point.value):.1f}" for point in points)


def _name_of_the_curve(scale: _Scale, curve: Sequence[Point]) -> str:
    """At the end of the curve, on the side that it leaves free: under a rising one, over a falling one."""
    last, rising = curve[-1], curve[-1].value >= curve[0].value
    x, y = scale.x(last.on), scale.y(last.value) + (30 if rising else -16)
    return f'<text class="planned end" x="{x:.1f}" y="{min(max(y, TOP + 4), HEIGHT - BOTTOM - 4):.1f}">{escape(_("序时计划"))}</text>'


def _label(scale: _Scale, point: Point, text: str, kind: str, *, above: bool) -> str:
    """Beside the last value, over it where it is above the plan, so that the two lines do not run through it."""
    x, y = scale.x(point.on), scale.y(point.value)
    side = "end" if x > WIDTH * 0.6 else "start"
    y = y - 8 if (above and y - 20 > 0) or y + 18 > HEIGHT - BOTTOM - 2 else y + 18
    return f'<text class="{kind} {side}" x="{x + (-4 if side == "end" else 8):.1f}" y="{y:.1f}">{escape(text)}</text>'


def figure(value: float) -> str:
    """4000, 66.5: as people write it, without a tail of zeros."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def rounded(value: float) -> float:
    """A reckoned figure without more places than it is worth."""
    return round(value, 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2)


def _short(day: date, *, year: bool = False) -> str:
    if current_language() == "en":
        return day.isoformat() if year else f"{day:%m-%d}"
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
