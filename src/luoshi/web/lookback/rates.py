"""What a sample says about all: a share as an interval, never as a bare percentage of a few. No Django.

The interval is Wilson's score interval without continuity correction: E. B. Wilson, *J. Am. Stat. Assoc.* 22 (1927) 209–212; method 3 of
R. G. Newcombe, *Statistics in Medicine* 17 (1998) 857–872, whose table 1 the tests hold it against. It takes every matter for one draw
of a simple random sample from an endless list: on a short list it is wider than need be, never narrower.
"""

from math import sqrt
from typing import NamedTuple

from luoshi.text.language import _
from luoshi.web.lookback.sampling import z_of

FEW = 5
"""Below so many no share is told."""


class Interval(NamedTuple):
    """A share lies between ``low`` and ``high``, both from 0 to 1."""

    low: float
    high: float


def wilson(found: int, checked: int, *, confidence: int = 95) -> Interval:
    """The interval of the share ``found`` of ``checked``. Raises ValueError where nothing was checked."""
    if not 0 <= found <= checked or checked == 0:
        raise ValueError(f"{found} of {checked}")
    z = z_of(confidence)
    middle, spread = 2 * found + z * z, z * sqrt(z * z + 4 * found * (checked - found) / checked)
    low, high = ((middle - spread) / (2 * (checked + z * z)), (middle + spread) / (2 * (checked + z * z)))
    return Interval(0.0 if found == 0 else low, 1.0 if found == checked else high)


def counted(checked: int, relapsed: int) -> str:
    """抽查 20 件，巩固 19，反弹 1."""
    return _("抽查 {n} 件，巩固 {holds}，反弹 {relapsed}").format(n=checked, holds=checked - relapsed, relapsed=relapsed)


def told(checked: int, relapsed: int, *, confidence: int, every: bool = False) -> str:
    """抽查 20 件，巩固 19，反弹 1；反弹率 1%–24%（95%）; counts alone below five, and where ``every`` matter was looked at: then nothing is guessed."""
    said = counted(checked, relapsed)
    if checked < FEW or every:
        return said
    low, high = wilson(relapsed, checked, confidence=confidence)
    return said + _("；反弹率 {low}%–{high}%（{confidence}%）").format(low=round(100 * low), high=round(100 * high), confidence=confidence)
