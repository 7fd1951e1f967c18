"""One passage against one: are they about the same, and what became of the upper in the lower.

``relate`` is the public face: any two spans, judged in the context of their documents.
"""

import re
from functools import lru_cache

import numpy as np

from luoshi.align import relations
from luoshi.align.changes.context import Around
from luoshi.align.evidence import evidence, shifted
from luoshi.align.likeness import THRESHOLDS, Likeness, damping, wording
from luoshi.align.lines import carried_span, led_back_links
from luoshi.align.model import Link
from luoshi.align.relations import Verdict
from luoshi.align.side import Side, side
from luoshi.align.slots import Slots
from luoshi.decompose.model import Decomposition
from luoshi.text import Span, UsageError
from luoshi.text.language import _

_RANKS = {"national": 0, "province": 1, "city": 2, "county": 3, "town": 4}
_SPOKEN = (("全国", 0), ("我国", 0), ("全省", 1), ("我省", 1), ("全区", 3), ("全市", 2), ("我市", 2), ("本市", 2), ("全县", 3), ("我县", 3), ("本县", 3), ("全镇", 4), ("全乡", 4))
_FIRST = np.zeros(1, np.int64)
_ONE_SUBJECT = 0.6


def slots_of(side: Side, start: int, end: int) -> Slots:
    """The slots of a stretch, worked out once."""
    kept: Slots | None = side.memory.get((start, end))
    if kept is None:
        kept = side.memory[start, end] = Slots(side, start, end)
    return kept


def judge(upper_side: Side, upper: Slots, lower_side: Side, lower: Slots, likely: float) -> Verdict:
    """What became of ``upper`` in ``lower``, read where they stand."""
    shares = speaks_for_part(upper_side.made, lower_side.made, upper.words, lower.words)
    around = Around(upper, lower, shares, likely, lower_side.own_names)
    return relations.verdict(upper, lower, around)


_RULES = re.compile("(?:办法|规定|细则|条例|标准|规范|规程|守则|制度)(?:[(（].{1,8}[)）])?$")


@lru_cache(maxsize=64)
def _lays_down_rules(title: str | None) -> bool:
    """True for 管理办法, 实施细则: their numbers hold for each that they are about, and are shared out to nobody."""
    return _RULES.search((title or "").strip()) is not None


def speaks_for_part(upper: Decomposition, lower: Decomposition, upper_words: str, lower_words: str) -> bool:
    """True where the lower document is of a lower level, by its facts or by 全省 above and 全市 below; rules share nothing out but what is said of
    a whole area."""
    if _lays_down_rules(upper.facts.title) and _lays_down_rules(lower.facts.title) and not any(word in upper_words for word, _rank in _SPOKEN):
        return False
    above, below = _rank(upper, upper_words), _rank(lower, lower_words)
    return above is not None and below is not None and below > above


def _rank(made: Decomposition, words: str) -> int | None:
    level = made.facts.level
    if level is not None:
        return _RANKS[level]
    own = next((rank for word, rank in _SPOKEN if word in words), None)
    return own if own is not None else _spoken_in(made.source.text)


@lru_cache(maxsize=64)
def _spoken_in(text: str) -> int | None:
    return next((rank for word, rank in _SPOKEN if word in text), None)


def link_of(upper_side: Side, lower_side: Side, upper: Span, lower: Span, likely: float) -> Link:
    """The link of two acts whose wording makes it ``likely`` that they belong together; what they count may make it more or less so."""
    first, second = slots_of(upper_side, upper.start, upper.end), slots_of(lower_side, lower.start, lower.end)
    score = shifted(likely, evidence(first, second))
    told = judge(upper_side, first, lower_side, second, score)
    return Link(upper, lower, "act", told.relation, told.also, score, _counted(first), _counted(second), told.added, told.changed)


def _counted(one: Slots) -> str | None:
    """The id of the item that a stretch belongs to, None for background and for statements of principle."""
    return one.item.id if one.item and one.item.grade != "principle" else None


def relate(upper_span: Span, lower_span: Span, *, upper: Decomposition, lower: Decomposition) -> Link:
    """Classify one pair: any stretch of the upper text against any stretch of the lower, read where it stands.

    ``relation`` is ``related`` or ``none`` where the two do not belong together; ``score`` is how sure that is, 0..1. Dates play no part:
    that the lower document cannot have taken from the upper is said by ``align``. Raises ``UsageError`` for a span outside of its text.
    """
    above, below = side(upper, searched=True), side(lower, searched=True)
    _check(upper_span, above, _("上位文件"))
    _check(lower_span, below, _("下位文件"))
    first, second = carried_span(upper_span, above.view), carried_span(lower_span, below.view)
    likeness = _likeness(above, first, below, second)
    link = link_of(above, below, first, second, float(likeness.acts(_FIRST, _FIRST)[0]))
    score = link.score
    link = led_back_links([link], above.view, below.view)[0]._replace(upper=upper_span, lower=lower_span)
    if score >= THRESHOLDS.act:
        return link
    alike = score >= THRESHOLDS.related or (score >= THRESHOLDS.same_subject and likeness.subjects_of(_FIRST, _FIRST)[0] >= _ONE_SUBJECT)
    return link._replace(relation="related" if alike else "none", also=(), added=(), changed=())


def _likeness(upper: Side, upper_span: Span, lower: Side, lower_span: Span) -> Likeness:
    first, second = wording([upper_span.of(upper.plain)]), wording([lower_span.of(lower.plain)])
    return Likeness.of(first, second, damping(upper.act_wording, lower.act_wording))


def _check(span: Span, one: Side, name: str) -> None:
    if span.end > len(one.document.source.text) or span.start == span.end:
        raise UsageError(_("{name}没有这一段：{start}–{end}。").format(name=name, start=span.start, end=span.end), hint=_("请核对起止位置。"))
