"""Paragraphs and sentences of a reading view.

A sentence ends at 。？！ with its closing quote or bracket, or where a paragraph ends; ；does not end one. A text that was
flattened to one line gets its paragraphs back where a heading's number or a wide gap shows them.
"""

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass

from luoshi.decompose.rules.cues import Cues, cue, pairs

_GAP = re.compile(r" {2,}")
_ENDS = "。?!…"
_CLOSES = "”’」』\")》"
_SHORT_BRACKET = re.compile(r"\([^()\n]{1,160}\)|〔[^〔〕\n]{1,200}〕|【[^【】\n]{1,200}】|\[[^\[\]\n]{1,200}\]")
_ANSWERABLE = re.compile(r" ?[(【\[〔][^()\n]{2,400}?(?:负责|牵头|配合|参与|落实|单位:|部门:|领导:|时限:|完成)[^()\n]{0,200}[)】\]〕]。?")
_LAST_BRACKET = re.compile(r" ?[(\[〔【](?!记者|此件|本文|编辑|作者|责任编辑)[^()\[\]\n。]{1,120}(?:[(〔][^()〔〕\n]{1,20}[)〕][^()\n。]{0,60})*[)\]〕】]")
_ENDS_CUE = cue(re.compile(f"[{_ENDS}]"), " ".join(_ENDS))
_BRACKET_CUE = cue(_SHORT_BRACKET, "( 〔 【 [")
_NAMED = re.compile(r"“[^“”。\n]{2,28}”(?=(?<![?!]”)“|[等、]|品牌|活动|系列|主题|专项|行动|项目|工程|计划|[\u4e00-\u9fff]{2,4}(?:活动|行动|品牌))")
_CN = "一二三四五六七八九十"
NUMBER = re.compile(
    rf"(?P<chapter>第[{_CN}百零\d]{{1,4}}[编篇章节](?![{_CN}]))|(?P<article>第[{_CN}百零\d]{{1,5}}条(?=[ (之【])|第[{_CN}百零\d]{{1,5}}条(?![款约、,]))"
    rf"|(?P<cn>[{_CN}]{{1,3}}[、.](?![{_CN}]{{1,2}}、|[{_CN}]产))|(?P<part>第[{_CN}]{{1,2}}部分)"
    rf"|(?P<paren>\([{_CN}]{{1,3}}\))|(?P<ordinal>第[{_CN}]{{1,2}}(?:[,、:]|阶段(?:[:,]|(?=\())))"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3}(?=[ \u4e00-\u9fff])(?![万亿个项条米元%年月]))|(?P<digit>\d{1,3}(?:\.(?!\d(?!\d?月[\d底末上中下份前]))|、)|\d{1,2} (?=[\u4e00-\u9fff]))"
    r"|(?P<digit_paren>\(\d{1,2}\)|(?<![\d(])\d{1,2}\))|(?P<circle>[①-⑳])"
)
_INLINE_HEAD = re.compile(rf"(?<=[。?!;:)”]) ?(?=(?:[{_CN}]{{1,3}}、(?![{_CN}]{{1,2}}、)|\([{_CN}]{{1,3}}\)|第[{_CN}]{{1,3}}部分|\d{{1,2}}\.(?!\d)))|(?<=\S) +(?=(?:[{_CN}]{{1,3}}、(?![{_CN}]{{1,2}}、)|\([{_CN}]{{1,3}}\)))")
_INLINE_HEAD_CUE = cue(_INLINE_HEAD, f"{pairs(_CN, '、部')} {pairs('(', _CN)} {pairs('0123456789', '.')}")
_IN_NUMBERS = frozenset(f"{_CN}0123456789第(")
_NUMBERED_AFTER_TITLE = re.compile(r"(?<=[通知意见定案法规函报告])(?=[\u4e00-\u9fff]{1,8}〔(?:19|20)\d{2}〕\d+号)|(?<=\d号) (?=[\u4e00-\u9fff])")
_GLUED_HEAD = re.compile(rf"(?<=[\u4e00-\u9fff])\([{_CN}]{{1,3}}\)(?=[\u4e00-\u9fff“])")
_TOPIC_HEAD = re.compile(
    rf"专栏\d:?[^。;!?\n]{{2,30}}?(?:指标|工程|项目|行动|任务)(?![的、和])|(?:[{_CN}]{{1,3}}、|\([{_CN}]{{1,3}}\)|第[{_CN}]{{1,3}}部分[ :]?)[^。;!?:\n]{{0,44}}?(?:回顾|总结|成就|安排(?:和建议)?|建议|主要任务|重点任务|重点行动|总体目标|目标任务|主要目标|总体要求|指导思想|基本原则|总体思路|重点工作|工作重点|主要工作|工作任务|自身建设|政府建设|保障措施|组织保障|组织实施|工作要求)"
    rf"(?![的、和与及,。;:)》”]|\((?![{_CN}]{{1,3}}\))|建设|情况|目标|要求|措施|重点)"
)


_SALUTE = re.compile(r"(?<=[\u4e00-\u9fff)])(?=——(?:19|20)\d\d年)|(?<=会议上)(?=[\u4e00-\u9fff])|(?=各位代表[:!])|(?<=各位代表:)|(?<=政府:)|(?<=机构:)|(?<=单位:)|(?<=部门:)(?=[ \u4e00-\u9fff])")
_LIST_TAB = re.compile(rf"\s*(?:[{_CN}]{{1,3}}、|\(?[{_CN}\d]{{1,3}}[).、])\s*\t[^\t]*$")
_BOX = re.compile(r"专栏\d|(?<=[\u4e00-\u9fff。)”])序号(?=指|项|任务|工作|内容)|(?<=[%\d个点])注:")


@dataclass(slots=True)
class Sentence:
    """A sentence of the view while it is being read: where it is and in which paragraph."""

    start: int
    end: int
    paragraph: int
    first: bool
    last: bool


def paragraphs(text: str, cues: Cues | None = None) -> list[tuple[int, int]]:
    """Every paragraph of the view without its outer blanks, in order; a cell of a table row is one of its own.

    ``cues`` are those of ``text``, where somebody has looked for them already.
    """
    numbers = (cues or Cues.of(text)).places(_INLINE_HEAD_CUE)
    found: list[tuple[int, int]] = []
    at = bars = 0
    for line in text.split("\n"):
        start = at
        at += len(line) + 1
        if not line or line.isspace():
            continue
        above, bars = bars, line.count("|") if "|" in line else 0
        rows = bars >= 2 and (line.lstrip().startswith("|") or bars == above or text[at : text.find("\n", at) if "\n" in text[at : at + 400] else at].count("|") == bars)
        if ("\t" in line and not _LIST_TAB.match(line)) or rows:
            _add_cells(text, start, line, found)
        elif len(line) > 400:
            heads = _heads_inside(text, start, start + len(line), numbers[bisect_left(numbers, start) : bisect_left(numbers, at)])
            if heads or "  " in line:
                _add_flattened(text, start, start + len(line), heads, found)
            else:
                _add(text, start, start + len(line), found)
        else:
            _add(text, start, start + len(line), found)
    return found


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    """Append ``[start, end)`` without its outer blanks, if anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def _add_cells(text: str, start: int, line: str, found: list[tuple[int, int]]) -> None:
    for cell in re.split(r"[\t|]", line):
        _add(text, start, start + len(cell), found)
        start += len(cell) + 1


def _heads_inside(text: str, start: int, end: int, numbers: list[int]) -> list[int]:
    """Where in a line a numbered heading begins; ``numbers`` are the places where the number of one may end or begin."""
    heads: list[int] = []
    for at in numbers:
        while at > start and text[at - 1] in _IN_NUMBERS:
            at -= 1
        before = at
        while before > start and text[before - 1] == " ":
            before -= 1
        head = _INLINE_HEAD.match(text, before, end)
        if head and head.end() == at:
            heads.append(at)
    return heads


def _add_flattened(text: str, start: int, end: int, heads: list[int], found: list[tuple[int, int]]) -> None:
    """Cut a long line where a person sees that a heading or a paragraph begins; ``heads`` are numbered ones."""
    cuts = {start, end, *heads}
    glued = [m.start() for m in _GLUED_HEAD.finditer(text, start, end)]
    if len(glued) >= 3:
        cuts.update(glued)
    cuts.update(m.end() for m in _NUMBERED_AFTER_TITLE.finditer(text, start, end))
    if start < 600:
        cuts.update(m.start() for m in _SALUTE.finditer(text, start, min(end, start + 600)))
    cuts.update(m.start() for m in _BOX.finditer(text, start, end))
    for gap in _GAP.finditer(text, start, end):
        before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 12]
        if len(gap[0]) >= 3 or before in "。?!:;)”》日" or NUMBER.match(after) or _opens_with_number(text, cuts, gap.start()):
            cuts.add(gap.end())
    for cut in sorted(cuts):
        topic = _TOPIC_HEAD.match(text, cut, min(end, cut + 64))
        if topic:
            cuts.add(topic.end())
    ordered = sorted(cuts)
    for a, b in itertools.pairwise(ordered):
        _add(text, a, b, found)


def _opens_with_number(text: str, cuts: set[int], at: int) -> bool:
    """True where the stretch that ends at ``at`` is a short numbered heading."""
    before = [cut for cut in cuts if at - 48 <= cut < at]
    return bool(before) and NUMBER.match(text, max(before)) is not None and "。" not in text[max(before) : at]


def sentences(text: str, blocks: list[tuple[int, int]], cues: Cues | None = None) -> list[Sentence]:
    """The sentences of every paragraph; a bracket that names who answers belongs to the sentence before it.

    ``cues`` are those of ``text``, where somebody has looked for them already.
    """
    cues = cues or Cues.of(text)
    marks, openers = cues.places(_ENDS_CUE), cues.places(_BRACKET_CUE)
    found: list[Sentence] = []
    for index, (start, end) in enumerate(blocks):
        at = start
        first = True
        for stop in _stops(text, start, end, marks, openers):
            a, b = at, stop
            while a < b and text[a].isspace():
                a += 1
            while b > a and text[b - 1].isspace():
                b -= 1
            at = stop
            if a < b:
                found.append(Sentence(a, b, index, first, stop >= end))
                first = False
    return found


def _in_a_name(text: str, mark: int, end: int) -> bool:
    """True for the mark in “你好！石桥”等品牌 and “干就好！”活动: the quotes are of a name, and the sentence goes on."""
    opened = text.rfind("“", max(0, mark - 16), mark)
    return opened >= 0 and _NAMED.match(text, opened, end) is not None


def _stops(text: str, start: int, end: int, marks: list[int], openers: list[int]) -> list[int]:
    """Where the sentences of one paragraph end; the last is ``end``. ``marks`` and ``openers`` are the places of 。 and （ in the text."""
    stops: list[int] = []
    brackets: list[tuple[int, int]] | None = None
    at = start
    for mark in marks[bisect_left(marks, start) : bisect_left(marks, end)]:
        if mark < at or (text[mark] in "?!" and _in_a_name(text, mark, end)):
            continue
        after = mark + 1
        while after < end and text[after] in _ENDS:
            after += 1
        while after < end and text[after] in _CLOSES:
            after += 1
        if after >= end:
            break
        at = after
        if brackets is None:
            opens = bisect_left(openers, start)
            bracketed = opens < len(openers) and openers[opens] < end
            brackets = [m.span() for m in _SHORT_BRACKET.finditer(text, start, end)] if bracketed else []
        if brackets and any(a < mark and after < b for a, b in brackets):
            continue
        if text[at] in " (【[〔":
            answer = _ANSWERABLE.match(text, at, end) or _LAST_BRACKET.match(text, at, end)
            if answer and (answer.re is _ANSWERABLE or answer.end() >= end):
                at = answer.end()
        stops.append(at)
    if not stops or stops[-1] < end:
        stops.append(end)
    return stops
