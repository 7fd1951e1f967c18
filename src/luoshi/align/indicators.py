"""Indicators by their standard names: 地区生产总值 below is 国内生产总值 above. The list is TOML that an office may edit."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

_WHOSE = re.compile("[\\u4e00-\\u9fff]{0,6}(?:省|市|县|区|州|国|年|预期|目标|实现|保持)的?")
_TRIM = re.compile(r"^(?:全国|全省|全市|全县|全区|我国|我省|我市|我县|今年|明年|逐步将|逐步|将|把|使|力争|确保|预期|全年|年末|到|新增(?=.{6,}))+|(?:总量|总额|水平|力争|保持|稳定|达到|控制|预期目标|目标|年均|增速|增幅|增长率)+$|[\s、，,（）()“”]")
_WORD, _OF_OTHERS = 2, 5
"""学校消防控制室值班人员持证上岗率 and 医院消防控制室值班人员持证上岗率 are one indicator, of others."""
_SAYS_HOW = ("面积", "治理", "数量", "规模", "总量", "比例", "比重", "水平", "增速", "建设", "改造", "任务", "配备")
"""水土流失面积 and 水土流失治理 are of one thing."""


@cache
def _names() -> dict[str, str]:
    """For each alias the standard name."""
    listed = tomllib.loads(files("luoshi.align").joinpath("vocabulary", "indicators.toml").read_text("utf-8"))
    return {alias: name for name, aliases in listed.items() for alias in aliases.split()}


@lru_cache(maxsize=4096)
def canonical(indicator: str) -> str:
    """The indicator by its standard name: 地区生产总值 and 经济 are 生产总值; without 全省, 力争 and the like."""
    names = _names()
    if indicator in names:
        return names[indicator]
    bare = _TRIM.sub("", indicator)
    return next((names[bare[begin:]] for begin in range(len(bare)) if bare[begin:] in names and (not begin or _WHOSE.fullmatch(bare, 0, begin))), bare)


@lru_cache(maxsize=4096)
def are_two(upper: str, lower: str) -> bool:
    """True for two indicators of the list that are not the same one: 经济增长, 固定资产投资增长; and where two names differ in a word alone
    that has nothing of the other: 标准化卫生室, 标准化警务室."""
    above, below = canonical(upper), canonical(lower)
    if above == below or not above or not below:
        return False
    if above in _standard() and below in _standard():
        return True
    if above[0] != below[0] and above[-1] != below[-1]:
        return False
    head = _begins_alike(above, below)
    tail = _begins_alike(above[head:][::-1], below[head:][::-1])
    one, other = above[head : len(above) - tail], below[head : len(below) - tail]
    if min(len(one), len(other)) < _WORD or set(one) & set(other) or (not head and tail >= _OF_OTHERS):
        return False
    return "每" not in above + below and not one.endswith(_SAYS_HOW) and not other.endswith(_SAYS_HOW)


def _begins_alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@cache
def _standard() -> frozenset[str]:
    return frozenset(_names().values())
