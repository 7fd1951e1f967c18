"""Clauses: what stands between two marks, short pieces and openings (到2027年，) together with what follows."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from luoshi.align.cues import cue

MIN_CLAUSE = 4
"""What is shorter than this is no clause of its own."""
_MARKS = ",;:。?!"
_MARK = re.compile(f"[{_MARKS}](?<![0-9].(?=[0-9]))")
# What only says when, where, by what or under which condition goes with the clause behind it: 到2027年, 对新建项目的, 依托某学院.
_PRELUDE_ENDS = (
    "年", "月", "日", "底", "末", "前", "后", "时", "的", "期间", "基础上", "方面", "过程中", "条件下", "前提下", "目标是", "任务是", "要求是", "目标为", "如下", "主要是",
)  # fmt: skip
_PRELUDE_LAST = frozenset(end[-1] for end in _PRELUDE_ENDS)
_PRELUDE = re.compile(
    r"(?:到|在|对|从(?!严|重|快|速|优|实|细|紧)|于|以|针对|凡|为|自(?!觉|主|愿)|截至|将|由)[^0-9]{1,11}|(?:围绕|按照|根据|结合|通过|依托|聚焦|借助|利用)[^0-9]{1,30}|力争|同时|特别是|并且"
)
_IS_A_LENGTH = re.compile("[课学小工]时$|及时$|(?:不[少低超高大得]|至少|最长|最多|达到?|延长[到至]|缩短[到至]|压缩[到至])[^,;]{0,3}?[0-9一二三四五六七八九十]+个?(?:年|月|日|工作日)$")
"""培训不少于20学时, 保修期不少于5年: a length of time ends a statement and opens none."""
_PRELUDE_FIRST = frozenset("到在对从于以针凡为自截将由围按根结通依聚借利力同特并")
_GOES_ON = ("其中", "含", "包括", "分别为", *(f"{says}{digit}" for says in ("占", "计", "达到") for digit in "123456789"))
"""What begins so says of the clause before it how it is made up, or how much it weighs (占20分)."""
_GO_ON = frozenset(words[0] for words in _GOES_ON)
_EDGE = frozenset(" \n\t,;:。")
BLANK = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
"""All white space there is: in a pattern a set of characters is asked faster than the kind."""
_MARKED = cue(_MARKS)
DIGITS = cue("0123456789")
"""The cue of figures; a mark between two of them (1:3, 1,200人, 18:00) parts nothing."""
_OPENS = cue("".join({*_PRELUDE_FIRST, *_GO_ON, *_EDGE, *BLANK}))
_CLOSES = cue("".join({*_PRELUDE_LAST, *_EDGE, *BLANK}))
"""What begins with the one or ends with the other may be no clause, or not the whole of one."""


def marks_of(cues: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Where the marks stand that part clauses, by the cues of a text."""
    marks = np.flatnonzero(cues & np.uint32(_MARKED) > 0)
    beside = cues.take(marks - 1, mode="clip") & cues.take(marks + 1, mode="clip")
    parting: NDArray[np.int64] = marks[beside & np.uint32(DIGITS) == 0]
    return parting


def parted(text: str, cues: NDArray[np.uint32], marks: NDArray[np.int64], stretches: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """``clauses`` of each of many stretches: of most they are what stands between the marks, and only the others are gone through."""
    if not stretches:
        return
    starts, ends = np.array(stretches).T
    last = np.maximum(starts, ends - 1)
    ends = np.where(cues.take(last, mode="clip") & np.uint32(_MARKED), last, ends)  # nothing stands behind the mark that ends a stretch
    marks = np.append(marks, len(text))
    before, behind = marks.searchsorted(starts), marks.searchsorted(ends)
    counts = behind - before + 1
    firsts = np.cumsum(counts) - counts
    following = np.arange(counts.sum()) + (before - firsts).repeat(counts)  # the number of the mark behind each piece
    begins, finishes = marks[following - 1] + 1, marks[following]
    begins[firsts], finishes[firsts + counts - 1] = starts, ends
    odd = (finishes - begins < MIN_CLAUSE) | (cues.take(begins, mode="clip") & np.uint32(_OPENS) > 0) | (cues.take(finishes - 1, mode="clip") & np.uint32(_CLOSES) > 0)
    pieces = list(zip(begins.tolist(), finishes.tolist(), strict=True))
    for (start, end), is_odd, first, count in zip(stretches, np.logical_or.reduceat(odd, firsts).tolist(), firsts.tolist(), counts.tolist(), strict=True):
        yield clauses(text, start, end) if is_odd else pieces[first : first + count]


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Clauses of ``[start, end)``, short ones and openings (到2027年，) together with what follows."""
    found: list[tuple[int, int]] = []
    begin = start
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        if at - begin < MIN_CLAUSE or _is_prelude(text[begin:at].strip()):
            continue
        _put(text, found, begin, at)
        begin = at + 1
    if end - begin >= MIN_CLAUSE or not found:
        if end > begin:
            _put(text, found, begin, end)
    elif end > begin:
        found[-1] = (found[-1][0], end)
    return [span for a, b in found if (span := _stripped(text, a, b) if text[a] in _EDGE or text[b - 1] in _EDGE else (a, b))[1] > span[0]]


def _is_prelude(words: str) -> bool:
    return (words[-1:] in _PRELUDE_LAST and words.endswith(_PRELUDE_ENDS) and not _IS_A_LENGTH.search(words)) or (words[:1] in _PRELUDE_FIRST and _PRELUDE.fullmatch(words) is not None)


def _put(text: str, found: list[tuple[int, int]], begin: int, end: int) -> None:
    """Add a clause; what says how much of the clause before is what (其中石桥区110个) belongs to it."""
    if found and text[begin] in _GO_ON and text.startswith(_GOES_ON, begin):
        found[-1] = (found[-1][0], end)
    else:
        found.append((begin, end))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
