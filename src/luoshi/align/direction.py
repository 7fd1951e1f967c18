"""Who can have taken from whom: dates and levels decide, and the answer says why.

A lower document that is earlier than the upper, or of which nobody knows when it was made, has taken nothing from it: what both
say has a common source.
"""

from typing import Literal

from luoshi.align.model import Direction
from luoshi.decompose.model import DatedFact, Decomposition
from luoshi.text.language import _

_RANKS = {"national": 0, "province": 1, "city": 2, "county": 3, "town": 4}
_ORDER = {"issued": 0, "meeting": 1, "posted": 2}


def direction(upper: Decomposition, lower: Decomposition, *, upper_date: str | None = None, lower_date: str | None = None) -> Direction:
    """``upper_date``, ``lower_date`` (ISO text, to the day, month or year) are taken before what the documents say themselves."""
    above, below = upper_date or date_of(upper), lower_date or date_of(lower)
    value, reason = between(above, upper.facts.level, below, lower.facts.level)
    return Direction(value, reason, above, below)


def between(upper_date: str | None, upper_level: str | None, lower_date: str | None, lower_level: str | None) -> tuple[Literal["derived", "same_source"], str]:
    """Direction and reason of two documents of which only dates and levels are known; dates are as precise as they are, empty where unknown."""
    high, low = _RANKS.get(upper_level or ""), _RANKS.get(lower_level or "")
    if high is not None and low is not None and high > low:
        return "same_source", _("“上位文件”的层级低于“下位文件”，两份文件的位置可能放反了")
    if not upper_date and not lower_date:
        return "same_source", _("两份文件都没有可以确定的日期，不能判断先后")
    if not upper_date or not lower_date:
        return "same_source", _("下位文件没有可以确定的日期，不能判断先后") if upper_date else _("上位文件没有可以确定的日期，不能判断先后")
    width = min(len(upper_date), len(lower_date))
    above, below = upper_date[:width], lower_date[:width]
    if below < above:
        return "same_source", _("下位文件（{below}）早于上位文件（{above}），相同表述只能来自共同来源").format(above=upper_date, below=lower_date)
    if below > above:
        return "derived", _("下位文件（{below}）晚于上位文件（{above}）").format(above=upper_date, below=lower_date)
    if len(upper_date) != len(lower_date):
        return "same_source", _("日期只精确到{below}和{above}，不能判断先后").format(above=upper_date, below=lower_date)
    if high is None or low is None or high == low:
        return "same_source", _("两份文件日期相同（{day}），层级也分不出上下").format(day=upper_date)
    return "derived", _("两份文件日期相同（{day}），按层级认定").format(day=upper_date)


def date_of(made: Decomposition) -> str | None:
    """When the document was made: issued, else met on, else posted; None where no year is known."""
    dated = [fact for fact in made.facts.dates if not fact.date.startswith("--")]
    best = min(dated, key=_rank, default=None)
    return best.date if best else None


def _rank(fact: DatedFact) -> tuple[int, int]:
    return _ORDER[fact.kind], -len(fact.date)

