"""Is it the same wording? Copied is what one text holds of the other as a statement of its own, marks, numbering and emphasis aside."""

import re
from functools import lru_cache
from operator import add

from rapidfuzz.distance import Indel

from luoshi.align import standard
from luoshi.align.clauses import BLANK
from luoshi.align.cues import cue

_VERB = 2
_BOUNDS = frozenset(" \n,;:。?!、“”‘’\"'()[]《》〔〕—…-和及与并以")
_COPIED_AT = 0.9
_LEAST_COPIED = 4
_NUMBERING = re.compile(r"(?:[(（]?[一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十0-9]{1,3}[.、]|[①-⑳]|[一二三四五六七八九十]{1,2}[是要])+")
ANSWER = re.compile(r"[(\[][^()\[\]]{0,160}(?:牵头|负责|责任单位|配合|分工|参加|落实)[^()\[\]]{0,160}[)\]]")
BRACKETS = cue("([")
"""The cue of ``ANSWER``."""
_MARKS = BLANK + r",;:。?!、·“”‘’\"'()\[\]《》〔〕—…-"
MARKS = re.compile(f"[{_MARKS}]+")
_LETTER = re.compile(f"[^{_MARKS}]")
_EMPHASIS = re.compile(
    "(?:要|应当|应|须|需|将|把|继续|进一步|更加|更好|加快|大力|积极|全面|深入|纵深|着力|扎实|持续|切实|不断|坚决|严格|认真|有序|统筹|充分|努力|全力|牢牢|始终|奋力|聚焦|聚力|着眼|精准发力|精准)+"
)
_DIGIT = re.compile("[0-9]")
_NUMERALS = frozenset("一二两三四五六七八九十")
_OPPOSITES = ("等减", "等倍", "增减", "升降", "扩缩", "内外", "前后", "多少", "高低", "大小", "严宽", "紧松", "必可", "应可", "须可")
_ORDERS = re.compile("[要应须需将](?=达到|实现|完成|做到|建成|保持|提高|开展|在|对|按)")
_NOT_WORDS = re.compile(r"[0-9.]+[%‰十百千万亿]*|以上|以下|左右|不少于|不低于|不超过|达到|提高到|控制在|今年|我们|拟|年底前|月底前")


@lru_cache(maxsize=8192)
def core(words: str) -> str:
    """The wording that counts: no numbering, no bracket of responsibility, no marks, no emphasis before it."""
    bare = _behind(_NUMBERING, (ANSWER.sub("", words) if "(" in words or "[" in words else words).strip())
    bare = _ORDERS.sub("", MARKS.sub("", bare))
    shorter = _behind(_EMPHASIS, bare)
    return shorter if len(shorter) >= _LEAST_COPIED else bare


def _behind(opening: re.Pattern[str], words: str) -> str:
    """``words`` without what they open with."""
    found = opening.match(words)
    return words[found.end() :] if found else words


def without_places(words: str) -> str:
    """``words`` with the words of level and place, 全省 and 全市, made one."""
    return standard.own_place_pattern().sub("◇", words)


def is_copied(upper: str, lower: str) -> bool:
    """True where one holds the other or they hardly differ; not where both name who answers for it and name others."""
    if upper == lower:
        return True
    if not _same(core(upper), core(lower), upper, lower):
        return False
    first, second = ANSWER.search(upper), ANSWER.search(lower)
    return not (first and second and MARKS.sub("", first[0]) != MARKS.sub("", second[0]))


def _same(a: str, b: str, upper: str, lower: str) -> bool:
    short, long, words = (a, b, lower) if len(a) <= len(b) else (b, a, upper)
    if len(short) < _LEAST_COPIED or a == b:
        return a == b
    if short in long:
        return _ends_a_clause(short, words)
    if len(short) >= _VERB + 6 and short[:_VERB] in long and short[_VERB:] in long.partition(short[:_VERB])[2]:
        return _ends_a_clause(short[_VERB:], words)  # 打造甲 in 打造乙、甲
    if len(short) < 8 or 2 * len(short) < _COPIED_AT * (len(short) + len(long)) or _DIGIT.search(short):
        return False  # what is so much shorter differs by more
    return Indel.normalized_similarity(a, b, score_cutoff=_COPIED_AT) > 0 and without_places(a) == a and without_places(b) == b and not _is_turned(a, b)


def _is_turned(upper: str, lower: str) -> bool:
    """True where a character stands below in the place of its opposite, or one numeral in that of another: 等量置换, 减量置换; 为期三年, 为期一年."""
    steps = [step for step in Indel.opcodes(upper, lower) if step.tag != "equal"]
    gone, new = {letter for s in steps for letter in upper[s.src_start : s.src_end]}, {letter for s in steps for letter in lower[s.dest_start : s.dest_end]}
    return any((pair[0] in gone and pair[1] in new) or (pair[1] in gone and pair[0] in new) for pair in _OPPOSITES) or bool(gone & _NUMERALS and new & _NUMERALS)


def _ends_a_clause(part: str, words: str) -> bool:
    """True where ``part`` is a statement of its own in ``words``: a mark, 和 or nothing follows. 贯彻精神 is not said by 巩固贯彻精神学习教育成果."""
    bare = _ORDERS.sub("", words)
    letters, places = MARKS.sub("", bare), [letter.start() for letter in _LETTER.finditer(bare)]
    at = letters.find(part)
    while at >= 0:
        end = places[at + len(part) - 1] + 1
        if end == len(bare) or bare[end] in _BOUNDS:
            return True
        at = letters.find(part, at + len(part))
    return False


def says_the_same(upper: str, lower: str) -> bool:
    """True where most of what the upper says apart from its numbers is in the lower: only then does it mean something that a part is gone."""
    return has_half(MARKS.sub("", lower), MARKS.sub("", _NOT_WORDS.sub("", upper)))


def has_half(words: str, of: str) -> bool:
    """True where half of the pairs of characters of ``of``, or more, stand in ``words``."""
    return sum(map(words.__contains__, map(add, of, of[1:]))) * 2 >= len(of) - 1
