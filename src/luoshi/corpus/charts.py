"""A track as a chart: values of a target over the years, or the share of documents that say a term. Drawn here, fonts and all, as SVG.

Levels differ in shape as well as in colour. Nothing is fetched: the drawing runs inside the process.
"""

from statistics import median
from typing import Any

import altair as alt
import vl_convert

from luoshi.corpus.tracking import Track, Value
from luoshi.text import UsageError
from luoshi.text.language import _

FONT = "Noto Sans CJK SC"
_COLOURS = ("#14508c", "#b3261e", "#1d7a46", "#8a6100", "#5f6b7a", "#6b3fa0")
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
_FEW_YEARS, _FEW_POINTS, _YEARS_BEFORE = 12, 30, 3
_WIDTH, _HEIGHT = 720, 360
_LIKE = 5
"""Levels whose typical values differ by no more than so many times share one panel."""
_SCALES = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))


def level_names() -> dict[str, str]:
    """Level → word, in the order of the legend."""
    return {"national": _("国家"), "province": _("省级"), "city": _("市级"), "county": _("县级"), "town": _("乡级"), "": _("层级不明")}


def svg(found: Track) -> str:
    """The chart. Raises UsageError where no document with a year has anything to draw."""
    drawn = _of_values(found) if found.values else _of_shares(found) if any(one.part for one in found.shares) else None
    if drawn is None:
        raise UsageError(_("“{term}”没有可以画成图的数据：没有一份文件既提到它又有年份。").format(term=found.term), hint=_("可以改用 -o 表.csv 看文字结果。"))
    spec = drawn.configure(font=FONT).configure_axis(labelAngle=0, labelFontSize=12, titleFontSize=12).configure_view(stroke=None)
    made: str = vl_convert.vegalite_to_svg(spec.to_dict())
    return made


def _of_values(found: Track) -> alt.LayerChart | alt.VConcatChart:
    """One panel; one for each level where amounts are of different size: a nation's jobs and a city's share no axis."""
    names = level_names()
    title = _("{term}：各文件提出的目标").format(term=found.term)
    levels = [level for level in names if any(one.level == level for one in found.values)]
    typical = [median(abs(one.value) for one in found.values if one.level == level) for level in levels]
    if found.growth or max(typical) <= _LIKE * min(typical):
        return _panel(found, list(found.values), title, _HEIGHT)
    panels = [_panel(found, [one for one in found.values if one.level == level], names[level], _HEIGHT // 2) for level in levels]
    beside: alt.VConcatChart = alt.vconcat(*panels, title=title).resolve_scale(color="independent", shape="independent", x="shared")
    return beside


def _panel(found: Track, values: list[Value], title: str, height: int) -> alt.LayerChart:
    names = level_names()
    smallest, largest = min(one.value for one in values), max(abs(one.value) for one in values)
    scale, word = _scale(largest) if not found.growth else (1.0, "")
    data = [{"year": one.year, "level": names[one.level], "value": one.value / scale} for one in values]
    unit = f"{word}{found.unit}"
    axis = _("增长（{unit}）").format(unit=unit) if found.growth else unit
    room = max((largest - smallest) / 10, largest / 20) / scale
    domain = [smallest / scale - room, largest / scale + room] if smallest >= largest / 2 else [min(0.0, smallest / scale), largest / scale + room]
    y = alt.Y("value:Q", title=axis, scale=alt.Scale(domain=domain, nice=True))
    return _layers(data, {one.year for one in found.values}, title, y, joined=False).properties(width=_WIDTH, height=height)


def _scale(largest: float) -> tuple[float, str]:
    return next(((size, word) for size, word in _SCALES if largest >= size), (1.0, ""))


def _of_shares(found: Track) -> alt.LayerChart:
    """From a few years before it was first said."""
    names = level_names()
    first = min(one.year for one in found.shares if one.part)
    shown = sorted({one.year for one in found.shares if one.year < first})[-_YEARS_BEFORE:]
    drawn = [one for one in found.shares if one.year >= first or one.year in shown]
    data = [{"year": one.year, "level": names[one.level], "value": one.part / one.whole, "label": f"{one.part}/{one.whole}"} for one in drawn]
    title = _("提到“{term}”的文件所占比例").format(term=found.term)
    y = alt.Y("value:Q", title=_("比例"), axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    return _layers(data, {one.year for one in drawn}, title, y, joined=True).properties(width=_WIDTH, height=_HEIGHT)


def _layers(data: list[dict[str, Any]], years: set[int], title: str, y: alt.Y, *, joined: bool) -> alt.LayerChart:
    """Points for each level over ``years``, joined by lines where there is one for each year, with their labels where they are few."""
    known = [name for name in level_names().values() if any(one["level"] == name for one in data)]
    places = [list(level_names().values()).index(name) for name in known]
    x = (
        alt.X("year:O", title=_("年份"), scale=alt.Scale(domain=sorted(years)))
        if len(years) <= _FEW_YEARS
        else alt.X("year:Q", title=_("年份"), axis=alt.Axis(format="d"), scale=alt.Scale(domain=[min(years), max(years)], nice=False, padding=8))
    )
    colour = alt.Color("level:N", title=_("层级"), scale=alt.Scale(domain=known, range=[_COLOURS[k] for k in places]))
    shape = alt.Shape("level:N", title=_("层级"), scale=alt.Scale(domain=known, range=[_SHAPES[k] for k in places]))
    base = alt.Chart({"values": data}, title=title).encode(x=x, y=y, color=colour)
    layers = [base.mark_point(filled=True, size=60, opacity=0.75).encode(shape=shape)]
    if joined:
        layers.append(base.mark_line(strokeWidth=1.5))
    if joined and len(data) <= _FEW_POINTS:
        layers += [base.transform_filter(alt.datum.level == name).mark_text(dy=-12 - 14 * k, fontSize=11).encode(text="label:N") for k, name in enumerate(known)]
    drawn: alt.LayerChart = alt.layer(*layers)  # type: ignore[assignment]  # no layer here has facets
    return drawn
