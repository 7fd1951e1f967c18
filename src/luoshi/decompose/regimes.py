"""Regimes: what a section is about, so that the same words are a task in a plan and a fact in a review.

推进项目建设 under 2023年工作回顾 tells what was done; under 2024年重点工作 it says what to do.
"""

import re
from typing import Literal

from luoshi.decompose.head import Kind
from luoshi.decompose.outline import Structure
from luoshi.decompose.rules.moods import opens_with_act
from luoshi.decompose.vocabulary import words

Regime = Literal["plan", "review", "analysis", "neutral", "mixed", "praise", "results"]

_DEFAULT: dict[Kind, Regime] = {
    "report": "mixed", "resolution": "neutral", "letter": "neutral", "bulletin": "neutral", "regulation": "plan", "directive": "plan",
    "outline": "neutral", "minutes": "neutral", "meeting": "neutral", "news": "neutral", "table": "plan", "other": "mixed",
}


def _closing_words(name: str) -> re.Pattern[str]:
    joined = "|".join(sorted(words("headings", name), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{joined})(?=[和与及、,:;(。]|$)")


_WHOLE = words("headings", "review") | words("headings", "analysis") | words("headings", "listing")
_REVIEW = _closing_words("review")
_ANALYSIS = _closing_words("analysis")
_LISTING = _closing_words("listing")
_INSPECTED = _closing_words("inspected")
_PLAN = re.compile("|".join(sorted(words("headings", "plan"), key=lambda word: (-len(word), word))))
_NOW = re.compile(r"今年|明年|下一步|今后|未来|新一年|建议|下一阶段|(?:19|20)\d\d年(?:的)?(?:工作|重点|目标|任务|总体|主要|政府|经济)|“?十[四五六七]五”?(?:时期|期间|的)?[^,。]{0,20}(?:目标|任务|要求|部署)")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_NOW_ONLY = re.compile(r"目标任务|总体要求|今年")
_PLAN_END = re.compile(r"(?:下一?步[^,。]{0,6}(?:打算|计划|工作|安排|措施|举措|要求|建议|思路)|(?:工作|整改|有关|几点)要求|主要任务|重点任务|目标任务|主要目标|奋斗目标|总体要求|工作安排|工作部署|总体部署|工作建议|的建议|工作思路|总体思路|工作打算|几[点条项]建议|对策建议|对策措施|意见建议|重点工作|工作重点|工作任务|自身建设|指导思想|基本原则|今后[^,]{0,8}任务|指导方针)(?=[和与及、,(]|$)")
_MATTER = re.compile(r"关于.{2,80}(?:问题|事宜|事项)$")
"""关于预算执行情况有关问题: what a meeting dealt with, and no review."""
_STATE_OF = re.compile("(?:整改|贯彻|落实|办理|执行|推进|督办|实施)(?:工作)?(?:落实|进展|完成|开展|整改)?情况")
"""整改落实情况: how things stand, though it begins like an act."""
_ORDERS = re.compile("(?<![重主需纪纲提概摘])要(?![求点素闻害义领])|请(?![求示])|负责(?!人)|牵头|必须|务必|督促|[前应须于](?:上报|报送)")
"""二、请各乡镇于6月10日前上报工作进展情况: a number before a task is no heading."""
_PAST_SPAN = re.compile(r"回顾|过去|五年来|一年来|成就|成绩")


def regimes(text: str, structure: Structure, kind: Kind) -> list[Regime]:
    """The regime of every section, inherited where its own heading does not tell; 一、决策落实情况,每月5日前上报。 has none but begins a sentence."""
    found: list[Regime] = []
    planned = _planned_year(text, structure) if kind in ("report", "other") else 0
    for section in structure.sections:
        above = found[section.parent] if section.parent is not None else _DEFAULT[kind]
        runs_in = kind == "directive" and not section.is_heading and text[section.title[1] : section.title[1] + 1] in (",", ";")
        title = "" if runs_in or section.style == "article" else text[section.title[0] : section.title[1]]
        found.append(_of_title(title.rstrip("。:;"), above, kind, section.level, planned))
    return found


def root_regime(kind: Kind) -> Regime:
    """The regime of what stands under no heading."""
    return _DEFAULT[kind]


def _planned_year(text: str, structure: Structure) -> int:
    """The year a report plans for: the latest that its main headings name, 0 where they name none."""
    years = [int(y) for s in structure.sections if s.level <= 2 for y in _YEAR.findall(text[s.title[0] : s.title[1]])]
    return max(years, default=0)


def _of_title(title: str, above: Regime, kind: Kind, level: int, planned: int) -> Regime:
    years = [int(y) for y in _YEAR.findall(title)]
    if years and max(years) < planned and level <= 2 and not _NOW_ONLY.search(title):
        return "review"
    if above in ("review", "praise"):
        return "plan" if _NOW.search(title) and _PLAN.search(title) and not _PAST_SPAN.search(title) else above
    if _INSPECTED.search(title) and kind in ("directive", "minutes", "bulletin", "other", "table"):
        return "analysis"
    if (title in _WHOLE or _STATE_OF.fullmatch(title) or not opens_with_act(title)) and not _ORDERS.search(title):
        reviews = _REVIEW.search(title)
        if reviews and kind in ("report", "other") and _NOW.search(title, reviews.end()) and _PLAN.search(title, reviews.end()):
            return "mixed"
        if reviews and kind != "letter" and not _MATTER.match(title) and not (kind == "directive" and level > 1 and above == "plan"):
            return "review"
        analyses = _ANALYSIS.search(title)
        if analyses and _NOW.search(title, analyses.end()) and _PLAN_END.search(title, analyses.end()):
            return "plan"
        if analyses and kind != "letter" and not title.startswith("关于"):
            return "analysis"
        if _LISTING.search(title) and kind in ("directive", "minutes", "other"):
            return "neutral"
    if above == "analysis":
        return "plan" if _NOW.search(title) and _PLAN.search(title) else "analysis"
    if above in ("mixed", "neutral") and kind in ("report", "other"):
        return "plan" if _PLAN_END.search(title) else above
    if above == "neutral" and kind in ("outline", "bulletin", "minutes") and _PLAN.search(title):
        return "plan"
    return above
