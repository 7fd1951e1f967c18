"""The chart of an indicator: the agreed curve dashed, the accepted values as points, as SVG without any style of its own. No Django, no clock.

Colours and strokes are classes of ``web.css``, since pages allow no inline style. The text alternative says what the picture shows.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

from luoshi.text.language import _, current_language
from luoshi.web.ledger.lights import Point, planned_value

WIDTH, HEIGHT = 700, 190
LEFT, RIGHT, TOP, BOTTOM = 52, 18, 22, 26
TICKS = 4
ABOVE, BELOW = (-8, -22, -36), (19, 33, 47)
"""How far over and under a point its words may stand."""
LETTER = 13
"""How high and wide a character of a label is; digits and Latin letters are narrower."""


class Chart(NamedTuple):
    """The picture and what it says."""

    svg: str
    words: str


Box = tuple[float, float, float, float]
"""Left, top, right and bottom of words in the picture."""
Piece = tuple[tuple[float, float], tuple[float, float]]
"""A straight piece of a line."""
Stages = Sequence[tuple[int, float]]
"""Year → what is to be reached by its end."""


def chart(name: str, unit: str, curve: Sequence[Point], values: Sequence[Point], on: date, goal: float | None = None, *, stages: Stages = ()) -> Chart:
    """The chart of one indicator; ``values`` are those that count, oldest first. Needs a curve or a value. ``stages``: drawn where there are several."""
    steps = stages if len(stages) > 1 else ()
    words = alternative(name, unit, curve, values, on) + "".join(_("；{year}年目标 {value}{unit}").format(year=year, value=figure(value), unit=unit) for year, value in steps)
    points = [*curve, *values]
    if not points:
        return Chart("", words)
    levels = [*([goal] if goal is not None else []), *(value for _year, value in steps)]
    scale = _Scale.over(points, levels)
    parts = [f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(words)}">']
    parts += _grid(scale, unit)
    parts += _months(scale)
    today: list[Piece] = []
    if scale.first <= on <= scale.last:
        today = [((scale.x(on), TOP), (scale.x(on), HEIGHT - BOTTOM))]
        parts.append(f'<path class="today" d="M{scale.x(on):.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
    if goal is not None:
        parts.append(f'<path class="goal" d="M{LEFT} {scale.y(goal):.1f}H{WIDTH - RIGHT}"/>')
    stages_told = [_stage(scale, year, value, unit, place) for place, (year, value) in enumerate(steps)]
    parts += [drawn for drawn, _box in stages_told]
    lines = [*_pieces(scale, curve), *_pieces(scale, values), *(((LEFT, scale.y(level)), (WIDTH - RIGHT, scale.y(level))) for level in levels), *today]
    taken = [box for _drawn, box in stages_told]
    parts += [f'<path class="planned" d="{_line(scale, curve)}"/>'] if len(curve) > 1 else []
    if values:
        parts.append(f'<path class="reached" d="{_line(scale, values)}"/>')
        parts += [f'<circle class="reached" cx="{scale.x(one.on):.1f}" cy="{scale.y(one.value):.1f}" r="4"/>' for one in values]
        told = f"{figure(values[-1].value)}{unit}" + _("（{text}）").format(text=_short(values[-1].on))
        wanted = planned_value(curve, values[-1].on, unit)
        above = wanted is None or values[-1].value >= wanted
        parts.append(_named(scale, values[-1], told, "reached", lines, taken, above=above))
    if len(curve) > 1:
        parts.append(_named(scale, curve[-1], _("序时计划"), "planned", lines, taken, above=curve[-1].value < curve[0].value))
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
    """Four lines, each with its figure at the left; the unit stands at the figures where there is room for it, else once above them."""
    found = []
    marks = [figure(scale.low + scale.step * tick) for tick in range(TICKS)]
    beside = len(unit) <= 1 and max(_wide(mark + unit) for mark in marks) <= LEFT - 8
    for tick, mark in enumerate(marks):
        y = scale.y(scale.low + scale.step * tick)
        mark += unit if beside else ""
        narrow = f' textLength="{LEFT - 8}" lengthAdjust="spacingAndGlyphs"' if _wide(mark) > LEFT - 8 else ""
        found.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/><text class="axis end" x="{LEFT - 6}" y="{y + 4:.1f}"{narrow}>{escape(mark)}</text>')
    if not beside:
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


def _stage(scale: _Scale, year: int, value: float, unit: str, place: int) -> tuple[str, Box]:
    """A dotted line at what a stage wants, named near its beginning, where curves are low; the names of lines that lie close stand beside each other."""
    y, said = scale.y(value), _("{year}年 {value}{unit}").format(year=year, value=figure(value), unit=unit)
    at = _Place(LEFT + 6 + 84 * (place % 3), y - 4)
    drawn = f'<path class="goal" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/><text class="axis" x="{at.x}" y="{at.y:.1f}">{escape(said)}</text>'
    return drawn, at.box(_wide(said))


def _line(scale: _Scale, points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{scale.x(point.on):.1f} {scale.y(point.value):.1f}" for point in points)


def _pieces(scale: _Scale, points: Sequence[Point]) -> list[Piece]:
    at = [(scale.x(point.on), scale.y(point.value)) for point in points]
    return list(pairwise(at))


def _named(scale: _Scale, point: Point, text: str, kind: str, lines: Sequence[Piece], taken: list[Box], *, above: bool) -> str:
    """The words at a point, at the nearest of the places around it that no line runs through and no other words take; ``taken`` gains theirs."""
    x, y, wide = scale.x(point.on), scale.y(point.value), _wide(text)
    places = [_Place(x + side - wide * share, y + down) for down in (ABOVE + BELOW if above else BELOW + ABOVE) for side, share in ((-6, 1.0), (8, 0.0), (0, 0.5), (-60, 1.0))]
    inside = [one for one in places if one.x >= LEFT + 2 and one.x + wide <= WIDTH - 2 and one.y - LETTER >= 0 and one.y <= HEIGHT - BOTTOM - 3]
    chosen = min(inside or places, key=lambda one: _crossed(one.box(wide), lines, taken))
    taken.append(chosen.box(wide))
    return f'<text class="{kind}" x="{chosen.x:.1f}" y="{chosen.y:.1f}">{escape(text)}</text>'


class _Place(NamedTuple):
    """Where words begin: left end and base line."""

    x: float
    y: float

    def box(self, wide: float) -> Box:
        return self.x - 2, self.y - LETTER + 1, self.x + wide + 2, self.y + 4


def _crossed(box: Box, lines: Sequence[Piece], taken: Sequence[Box]) -> int:
    """How many lines run through a box, other words counted as several."""
    left, top, right, bottom = box
    words = sum(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken)
    return sum(_runs_through(box, piece) for piece in lines) + 4 * words


def _runs_through(box: Box, piece: Piece) -> bool:
    left, top, right, bottom = box
    (x1, y1), (x2, y2) = sorted(piece)
    first, last = max(left, x1), min(right, x2)
    if first > last:
        return False
    rise = (y2 - y1) / (x2 - x1) if x2 > x1 else 0.0
    heights = (y1 + rise * (first - x1), y1 + rise * (last - x1)) if x2 > x1 else (y1, y2)
    return min(heights) < bottom and max(heights) > top


def _wide(text: str) -> float:
    """About how wide words are in a picture."""
    return sum(LETTER if ord(letter) > 0x2E7F else 0.3 * LETTER if letter in ".,:" else 0.56 * LETTER for letter in text)


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
