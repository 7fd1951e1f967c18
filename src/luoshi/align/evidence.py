"""What numbers and opposites say to whether two clauses belong together, on top of their wording.

The same number for the same thing binds clauses that are worded quite differently; numbers of different kinds, and opposite acts, part
clauses that are worded almost alike (扩大限行区域, 缩小限行区域).
"""

import math
import re

from luoshi.align import quantities
from luoshi.align.cues import cue
from luoshi.align.indicators import are_two, canonical
from luoshi.align.slots import Slots
from luoshi.decompose.model import Target

# In units of log odds; chosen on pairs judged by reading, see docs/explanation/alignment.md.
_SAME_NUMBER, _SAME_INDICATOR, _OTHER_KIND, _OTHER_THING, _OPPOSITE = 1.1, 1.3, -0.9, -2.4, -4.0
_OPPOSITES = tuple(
    tuple(pair.split("-"))
    for pair in ["扩大-缩小", "提高-降低", "增加-减少", "取消-延续", "取消-保留", "放开-收紧", "放宽-收紧", "鼓励-限制", "新建-拆除", "延长-缩短", "上调-下调", "提升-压降", "引进-清退", "收入-支出", "进口-出口"]
)
_POLE = re.compile("|".join(pole for pair in _OPPOSITES for pole in pair))
_POLES = cue("".join(sorted({pole[0] for pair in _OPPOSITES for pole in pair})))


def evidence(upper: Slots, lower: Slots) -> float:
    """What to add to the log odds that the two belong together."""
    shift = _OPPOSITE if upper.cues & lower.cues & _POLES and _opposite(upper.words, lower.words) else 0.0
    if upper.length and lower.length and upper.length.days == lower.length.days:
        shift += _SAME_NUMBER
    above, below = upper.goals, lower.goals
    if not above or not below:
        return shift
    of_a_kind = [(a, b) for a in above for b in below if quantities.same_kind(a, b) or quantities.is_yardstick(a) or quantities.is_yardstick(b)]
    alike = [(a, b) for a, b in of_a_kind if not are_two(a.indicator, b.indicator)]
    if not alike:
        return shift + (_OTHER_THING if of_a_kind else _OTHER_KIND)
    if any(_telling(a) and quantities.value_of(a) == quantities.value_of(b) for a, b in alike):
        shift += _SAME_NUMBER
    if any(a.indicator and b.indicator and canonical(a.indicator) == canonical(b.indicator) for a, b in alike):
        shift += _SAME_INDICATOR
    return shift


def shifted(likely: float, by: float) -> float:
    """The probability with its log odds moved."""
    if not by or likely in (0.0, 1.0):
        return likely
    return 1 / (1 + (1 - likely) / likely * math.exp(-by))


def _telling(target: Target) -> bool:
    """True for a number that is not met everywhere: 1个, 100%."""
    return target.value > 2 and target.value != 100


def _opposite(upper: str, lower: str) -> bool:
    """True where one clause does to a thing what the other undoes; 降低 of both, or of neither, opposes nothing."""
    return bool(_POLE.search(upper) and _POLE.search(lower)) and any(
        (a in upper and b in lower and b not in upper and a not in lower) or (b in upper and a in lower and a not in upper and b not in lower) for a, b in _OPPOSITES
    )
