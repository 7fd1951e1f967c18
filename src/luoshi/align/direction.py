"""Who can have taken from whom: dates and levels decide, and the answer says why.

A lower document that is earlier than the upper, or of which nobody knows when it was made, has taken nothing from it: what both
say has a common source.
"""

from luoshi.align.model import Direction
from luoshi.decompose.model import DatedFact, Decomposition
from luoshi.text.language import _

_RANKS = {"national": 0, "province": 1, "city": 2, "county": 3, "town": 4}
_ORDER = {"issued": 0, "meeting": 1, "posted": 2}


def direction(upper: Decomposition, lower: Decomposition, *, upper_date: str | None = None, lower_date: str | None = None) -> Direction:
    """``upper_date``, ``lower_date`` (ISO text, to the day, month or year) are taken before what the documents say themselves."""
    above, below = upper_date or date_of(upper), lower_date or date_of(lower)
    value, reason = _decided(upper, lower, above, below)
    return Direction("derived" if value else "same_source", reason, above, below)


def date_of(made: Decomposition) -> str | None:
    """When the document was made: issued, else met on, else posted; None where no year is known."""
    dated = [fact for fact in made.facts.dates if not fact.date.startswith("--")]
    best = min(dated, key=_rank, default=None)
    return best.date if best else None


def _rank(fact: DatedFact) -> tuple[int, int]:
    return _ORDER[fact.kind], -len(fact.date)


def _decided(upper: Decomposition, lower: Decomposition, above: str | None, below: str | None) -> tuple[bool, str]:
    high, low = upper.facts.level, lower.facts.level
    if high and low and _RANKS[high] > _RANKS[low]:
        return False, _("“上位文件”的层级低于“下位文件”，两份文件的位置可能放反了")
    if above is None and below is None:
        return False, _("两份文件都没有可以确定的日期，不能判断先后")
    if above is None:
        return False, _("上位文件没有可以确定的日期，不能判断先后")
    if below is None:
        return False, _("下位文件没有可以确定的日期，不能判断先后")
    width = min(len(above), len(below))
    if below[:width] < above[:width]:
        return False, _("下位文件（{below}）早于上位文件（{above}），相同表述只能来自共同来源").format(above=above, below=below)
    if below[:width] == above[:width] and len(above) != len(below):
        return False, _("日期只精确到{below}和{above}，不能判断先后").format(above=above, below=below)
    return True, _("下位文件（{below}）晚于上位文件（{above}）").format(above=above, below=below) if below[:width] > above[:width] else _same_day(above)


def _same_day(day: str) -> str:
    return _("两份文件日期相同（{day}），按层级认定").format(day=day)
