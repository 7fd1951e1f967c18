"""Indicators by their standard names: 地区生产总值 below is 国内生产总值 above. The list is TOML that an office may edit."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

_WHOSE = re.compile("[\\u4e00-\\u9fff]{0,6}(?:省|市|县|区|州|国|年|预期|目标|实现|保持)的?")
_TRIM = re.compile(r"^(?:全国|全省|全市|全县|全区|我国|我省|我市|我县|今年|明年|逐步将|逐步|将|把|使|力争|确保|预期|全年|年末|到|新增(?=.{6,}))+|(?:总量|总额|水平|力争|保持|稳定|达到|控制|预期目标|目标|年均|增速|增幅|增长率)+$|[\s、，,（）()“”]")


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


def are_two(upper: str, lower: str) -> bool:
    """True for two indicators of the list that are not the same one: 经济增长, 固定资产投资增长."""
    above, below = canonical(upper), canonical(lower)
    return above != below and above in _standard() and below in _standard()


@cache
def _standard() -> frozenset[str]:
    return frozenset(_names().values())
