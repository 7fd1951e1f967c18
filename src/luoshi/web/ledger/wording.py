"""From the item of a text to the fields of a draft: title, days, how often, targets. No Django, no clock; no word is invented."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from luoshi.text.language import _
from luoshi.web.ledger.checks import Aim
from luoshi.web.ledger.suggesting import Named

TITLE = 60
_BRACKET = re.compile(r"[（(][^（）()]*(?:牵头|配合|责任单位|负责)[^（）()]*[）)]")
_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十百\d]+[）)]|[一二三四五六七八九十百\d]+[、．]|\d+\.(?!\d)|第[一二三四五六七八九十百\d]+[,，、])")
_CADENCES = (("daily", "weekly"), ("week", "weekly"), ("ten-days", "weekly"), ("half-month", "monthly"), ("month", "monthly"), ("quarter", "quarterly"), ("half-year", "half-yearly"))
_EVERY = re.compile(r"every-(\d+)-(days|workdays|weeks|months)")
_DAYS = {"days": 1, "workdays": 1, "weeks": 7, "months": 30}
_AT_MOST = ((21, "weekly"), (60, "monthly"), (150, "quarterly"), (366, "half-yearly"))
"""So many days between two of a text: the cadence that comes nearest and not too seldom."""


def category_names() -> dict[str, str]:
    """Category of a matter → what it is called: what kind of requirement it came from."""
    return {"deliverable": _("定期办结"), "standing": _("长期坚持"), "study": _("学习类"), "principle": _("原则要求")}


def cadence_names() -> dict[str, str]:
    """How often reports are due → what it is called; empty: by milestones alone."""
    return {"": _("按节点"), "weekly": _("每周"), "monthly": _("每月"), "quarterly": _("每季"), "half-yearly": _("每半年")}


def urgency_names() -> dict[str, str]:
    """Urgency → what it is called."""
    return {"normal": _("一般"), "urgent": _("急"), "very_urgent": _("特急")}


class Limit(NamedTuple):
    """The time limit of an item: the last day, the phrase of the text, and how often where it recurs."""

    due_on: date | None
    phrase: str
    cadence: str


def title_of(quote: str) -> str:
    """The head of a quote as a title: without its number and the bracket of units, ending at a clause."""
    plain = _NUMBER.sub("", _BRACKET.sub("", re.sub(r"\s+", "", quote)), count=1).strip("。；;，, ")
    if len(plain) <= TITLE:
        return plain
    cut = max(plain.rfind(mark, 0, TITLE + 1) for mark in "，；。：")
    return plain[:cut] if cut >= 8 else plain[: TITLE - 1] + "…"


def limit_of(deadlines: Sequence[Mapping[str, Any]]) -> Limit:
    """The last of the days that an item names; all its phrases; the first recurrence as cadence."""
    days = [date.fromisoformat(one["due"]) for one in deadlines if one.get("due")]
    phrases = list(dict.fromkeys(str(one.get("text", "")) for one in deadlines if one.get("text")))
    cadence = next((found for one in deadlines if (found := cadence_of(one.get("period")))), "")
    return Limit(max(days, default=None), "；".join(phrases)[:200], cadence)


def cadence_of(period: str | None) -> str:
    """How often reports are due for a recurrence of the text; empty where it is none, or one of hours."""
    every = _EVERY.fullmatch(period or "")
    if every:
        return next((cadence for days, cadence in _AT_MOST if int(every[1]) * _DAYS[every[2]] <= days), "")
    return next((cadence for head, cadence in _CADENCES if (period or "").startswith(head)), "")


def aims_of(targets: Sequence[Mapping[str, Any]]) -> list[Aim]:
    """The targets of an item."""
    return [
        Aim(
            indicator=str(one.get("indicator") or one.get("text", ""))[:120],
            comparator=str(one.get("comparator", "≥"))[:2],
            value=float(one["value"]) if one.get("value") is not None else None,
            unit=str(one.get("unit", ""))[:20],
            text=str(one.get("text", ""))[:200],
        )
        for one in targets
    ]


def named_in(units: Sequence[Mapping[str, Any]]) -> list[Named]:
    """The units that an item names, with their roles."""
    return [Named(str(one["name"]), str(one.get("role", "responsible"))) for one in units if one.get("name")]


def cited_as(number: str, title: str, path: Sequence[str]) -> str:
    """临政发〔2026〕18号 第二部分 › （一）: the number of the document, else its title, and the headings."""
    return " ".join(filter(None, (number or f"《{title}》", " › ".join(path))))[:300]
