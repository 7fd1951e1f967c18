"""Frameworks: numbered terms (两大定位, 六个区) with their members, where the text lists them.

A list is believed only where its shape is plain: after 即 or a colon, before the term, as heads of parallel clauses, as
headings below. Everything else is a mention; a mismatch is claimed only where the text itself opens the list with ：or 即.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from luoshi.decompose.framework_lists import COUNTED, NAMED, NOUN_END, NUMBER, members_of, number_of, parents_of
from luoshi.decompose.outline import Structure
from luoshi.decompose.rules import moods
from luoshi.decompose.rules.cues import Cues, cue, pairs

_C = r"(?:大|个|项|条|类|级|方面|种|件|批|张|支|座|步|化|重|型|者|有|不|清|到位|制|型|新|高|强|好|严|改|创|保|促|进|领|抓)"
_QUOTED = re.compile(rf"“(?P<name>(?:{NUMBER}{_C}[\u4e00-\u9fff]{{0,12}}|(?:{NUMBER}|一)(?:{COUNTED})?[\u4e00-\u9fff]{{1,6}}(?:[、,]?(?:{NUMBER}|一)(?:{COUNTED})?[\u4e00-\u9fff]{{1,6}}){{1,3}}))”")
_PLAIN = re.compile(
    r"(?P<name>[两二三四五六七八九十\d](?<![第约近超过达\d一二三四五六七八九十百千万亿.-].)[\d一二三四五六七八九十]{0,2}(?:(?<=[两三四五六七八九十])[大级张]|个|项|条|类|种|方面|件|支|座)[\u4e00-\u9fff]{0,15})"
)
_CONGRESS = re.compile("(?:(?<=党的)[七八九十]|十[一二三四五六七八九]|二十)大(?!重点|工程|行动|产业|任务|项目|举措|体系|战略|专项|领域|平台|基地|攻坚|主导|支柱|特色|板块|片区|集群|民生|实事)")
_NUMERALS = "两一二三四五六七八九十0123456789"
_PLAIN_CUE = cue(_PLAIN, pairs(_NUMERALS, "大级张个项条类种方件支座"))
_MORE_NOUN = re.compile(r"(?:关键词|区|风险|项目|人才|服务|产业|企业|行动|体系|网络|平台|机制|清单)")
_TIME_UNIT = re.compile(rf"^{NUMBER}(?:个)?(?:月|年|日|天|周|小时|工作日|百分点|季度|以上|左右|人|百|千|万|亿|平方|公里|多)")


@dataclass(slots=True)
class Term:
    """A framework in the making; positions are those of the view."""

    name: str
    claimed: int
    mentions: list[tuple[int, int]] = field(default_factory=list)
    members: list[tuple[int, int]] = field(default_factory=list)
    status: Literal["complete", "open", "mention", "mismatch"] = "mention"


def frameworks(text: str, cues: Cues, structure: Structure) -> list[Term]:
    """Every numbered term with its mentions; the best of its lists decides members and status. ``cues`` are those of ``text``."""
    terms: dict[str, Term] = {}
    parents = parents_of(structure)
    for name, claimed, start, end, quoted in _terms(text, cues):
        term = terms.setdefault(name, Term(name, claimed))
        term.mentions.append((start, end))
        if term.status != "complete":
            _take(term, *members_of(text, parents.get(claimed, []), name, claimed, start, end, quoted))
    return [term for term in terms.values() if term.status != "mention" or _worth_naming(text, term)]


def _take(term: Term, members: list[tuple[int, int]], sure: bool) -> None:
    """Keep a better list: complete over open over mismatch."""
    if len(members) == term.claimed:
        term.members, term.status = members, "complete"
    elif members and sure and term.status in ("mention", "open"):
        term.members, term.status = members, "mismatch"
    elif members and not sure and term.status == "mention" and len(members) < term.claimed:
        term.members, term.status = members, "open"


def _terms(text: str, cues: Cues) -> Iterator[tuple[str, int, int, int, bool]]:
    """Name, claimed number, span and whether it stands in quotation marks."""
    taken: list[tuple[int, int]] = []
    for quoted in _QUOTED.finditer(text):
        name = quoted["name"]
        claimed = _claim(name)
        if claimed >= 2 and "一体" not in name and re.search(NUMBER, name) and not _TIME_UNIT.match(name):
            taken.append(quoted.span())
            yield name, claimed, *quoted.span("name"), True
    spans = iter(sorted(taken))
    current = next(spans, None)
    at = 0
    for place in cues.places(_PLAIN_CUE):
        while place > at and text[place - 1] in _NUMERALS:  # the cue is its last character, the number may have three
            place -= 1
        found = _PLAIN.match(text, place) if place >= at else None
        if found is None:
            continue
        at = found.end()
        while current is not None and current[1] <= found.start():
            current = next(spans, None)
        if current is not None and current[0] <= found.start() < current[1]:
            continue
        name = _trim(found["name"])
        if name and not _CONGRESS.match(text, found.start()) and not _TIME_UNIT.match(name):
            claimed = _claim(name)
            if 2 <= claimed <= 30:
                yield name, claimed, found.start(), found.start() + len(name), False


def _claim(name: str) -> int:
    """The number a term claims: 两中心两地 claims four, 三区一城 four."""
    counted = NAMED.match(name)
    if counted:
        return number_of(counted["count"])
    numbers = re.findall(rf"{NUMBER}|一", name)
    return sum(number_of(n) for n in numbers) if len(numbers) > 1 else (number_of(numbers[0]) if numbers and name.startswith(numbers[0]) else 0)


def _trim(name: str) -> str:
    """The term without the words that follow it: 五级养老服务体系, not 五级养老服务体系建设."""
    head = NAMED.match(name)
    if head is None:
        return ""
    rest = name[head.end() :].removeprefix("的")
    if head[0].endswith("方面"):
        return head[0]
    noun = NOUN_END.match(rest)
    if noun and noun.end() <= 10 and not (moods.opens_with_act(rest) and not moods.is_noun_too(rest[:2])) and not re.search("[的和以]|特别", rest[: noun.end()]):
        end = noun.end()
        while more := _MORE_NOUN.match(rest, end):
            end = more.end()
        return name[: len(name) - len(rest) + end]
    return head[0] if head[0].endswith("级") else ""


def _worth_naming(text: str, term: Term) -> bool:
    """A mention is kept where the term is a name (quoted, 十大…), not a plain count (8个项目)."""
    start, _ = term.mentions[0]
    return text[start - 1 : start] == "“" or re.match(r"^[两三四五六七八九十]+(?:大|张)", term.name) is not None or (len(term.mentions) > 2 and "个" not in term.name[:3])


def variants(text: str, terms: list[Term], structure: Structure) -> dict[str, list[tuple[tuple[int, int], tuple[int, int]]]]:
    """Members that a heading or a second list words with the same characters in another order, or with one changed."""
    found: dict[str, list[tuple[tuple[int, int], tuple[int, int]]]] = {}
    titles = [(section.title, frozenset(text[slice(*section.title)])) for section in structure.sections]
    for term in terms:
        for a, b in term.members:
            if not 6 <= b - a <= 40:
                continue
            letters = frozenset(text[a:b])
            for other in (title for title, held in titles if letters <= held):
                said = _worded_otherwise(text, text[a:b], (a, b), other)
                if said:
                    found.setdefault(term.name, []).append(((a, b), said))
    return found


def _worded_otherwise(text: str, word: str, member: tuple[int, int], title: tuple[int, int]) -> tuple[int, int] | None:
    """The stretch of ``title`` that has the characters of ``word`` in another order; None where it says the same or less."""
    a, b = title
    if a <= member[0] < b or word in text[a:b] or b - a < len(word):
        return None
    letters = sorted(word)
    for i in range(a, b - len(word) + 1):
        if text[i] in word and sorted(text[i : i + len(word)]) == letters:
            return i, i + len(word)
    return None
