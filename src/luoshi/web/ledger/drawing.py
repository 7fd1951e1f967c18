"""The chart of one indicator as numbers for an SVG: agreed curve, accepted values, a grid with round figures. No Django, no drawing library.

The page has the same values as a table beside it, so that the picture is never the only bearer of a fact.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.web.ledger.lights import Point

WIDTH, HEIGHT = 700, 180
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 14, 26


@dataclass(frozen=True, slots=True)
class Chart:
    """Places in a box of ``WIDTH`` × ``HEIGHT``: lines as points of a polyline, dots and grid lines with what they say."""

    plan: str
    told: str
    dots: tuple[tuple[float, float, str], ...]
    grid: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str, str], ...]
    label: tuple[float, float, str] | None


def draw(curve: Sequence[Point], values: Sequence[Point], unit: str = "") -> Chart | None:
    """The chart, or None where there is nothing to draw a line between."""
    points = [*curve, *values]
    if len({point.on for point in points}) < 2:
        return None
    first, last = min(point.on for point in points), max(point.on for point in points)
    ticks = _ticks(min(point.value for point in points), max(point.value for point in points))
    low, high = ticks[0], ticks[-1]

    def x(on: date) -> float:
        return round(LEFT + (on - first).days / (last - first).days * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    def line(row: Sequence[Point]) -> str:
        return " ".join(f"{x(point.on)},{y(point.value)}" for point in row)

    newest = values[-1] if values else None
    return Chart(
        plan=line(curve) if len(curve) > 1 else "",
        told=line(values) if len(values) > 1 else "",
        dots=tuple((x(point.on), y(point.value), f"{figure(point.value)}{unit}") for point in values),
        grid=tuple((y(tick), f"{figure(tick)}{unit}") for tick in ticks),
        days=((x(first), first.isoformat(), "start"), (x(last), last.isoformat(), "end")),
        label=_label(x(newest.on), y(newest.value), f"{figure(newest.value)}{unit}") if newest else None,
    )


def _label(x: float, y: float, text: str) -> tuple[float, float, str]:
    """Right of its dot and under it, but inside the box."""
    return min(x + 8, WIDTH - RIGHT - 60), min(y + 18, HEIGHT - BOTTOM - 4), text


def _ticks(low: float, high: float) -> list[float]:
    """Three to six round figures that hold ``low`` and ``high``."""
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    start = math.floor(low / step)
    return [round(n * step, 10) for n in range(start, math.ceil(high / step) + 1)]


def figure(value: float) -> str:
    """4000, 66.5: without a tail of zeros."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")
