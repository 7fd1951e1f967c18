"""Kinds of papers: what each is made from, how it looks, how it is numbered, who decides on it. No Django.

``kinds()`` is the one table; pages, numbers, templates and the reference of kinds are made from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from luoshi.text.language import _


class Scope(StrEnum):
    """What a paper is made from. Of ``UNIT``, matters of several lead units become one paper for each unit."""

    UNIT = "unit"  # matters that one unit leads
    ANY = "any"  # any matters, one paper for all the units that lead them
    PERIOD = "period"  # what happened between two days; matters where there are some


class Shape(StrEnum):
    """How it looks: a ruled form, a letter, a letter in three parts, one with a table, a wide table, a report with its masthead."""

    FORM = "form"
    LETTER = "letter"
    BULLETIN = "bulletin"
    BOOK = "book"
    TABLE = "table"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. ``mark`` is what it adds to the unit's own characters (发文代字): 临督 + 交 → 临督交〔2026〕12号; ``by_issue``: numbered as 第12期.

    ``direct``: a supervisor may issue it, since its matters were approved before; else a leader or head of the office does.
    ``answer``: a reply is asked for by a day. ``bare``: it may be written without any matter, of a period. ``problems``: it may be about problems in place of matters.
    """

    code: str
    name: str
    what: str
    mark: str
    scope: Scope
    shape: Shape
    direct: bool = False
    answer: bool = False
    addressed: bool = True
    by_issue: bool = False
    bare: bool = False
    problems: bool = False


def kinds() -> dict[str, Kind]:
    """Code → kind, in the order of the pages."""
    return {
        kind.code: kind
        for kind in (
            Kind("assignment", _("交办单"), _("把一个单位牵头的事项交给它办"), "交", Scope.UNIT, Shape.FORM, direct=True),
            Kind("reminder", _("提醒函"), _("提醒一个单位时限将到或进展偏慢"), "提", Scope.UNIT, Shape.LETTER, direct=True, answer=True),
            Kind("notice", _("督办通知单"), _("对逾期、滞后的事项督办，要求限期回复"), "办", Scope.UNIT, Shape.FORM, answer=True),
            Kind("rectification", _("整改通知"), _("要求一个单位限期整改"), "改", Scope.UNIT, Shape.LETTER, answer=True, problems=True),
            Kind("bulletin", _("通报"), _("向有关单位通报一批事项的落实情况"), "通", Scope.ANY, Shape.BULLETIN),
            Kind("report", _("督查专报"), _("向领导报告一批事项或一次督查的情况"), "专报", Scope.ANY, Shape.BRIEF, addressed=False, by_issue=True, problems=True),
            Kind("weekly", _("督查周报"), _("向领导报告一段时间的办理情况"), "周报", Scope.PERIOD, Shape.BRIEF, addressed=False, by_issue=True, bare=True),
            Kind("task_book", _("任务书"), _("一个单位全部任务，双方签字"), "任", Scope.UNIT, Shape.BOOK, direct=True),
            Kind("task_table", _("任务分解表"), _("一批事项的分工，附在通知后面"), "解", Scope.ANY, Shape.TABLE, direct=True),
        )
    }


def has_subject(kind: Kind, *, matters: bool, problems: bool, inspection: bool) -> bool:
    """True where there is something to write about: an inspection without problems is reported, but there is nothing in it to mend."""
    return matters or kind.bare or (kind.problems and (problems or (inspection and kind.by_issue)))


CODES = ("assignment", "reminder", "notice", "rectification", "bulletin", "report", "weekly", "task_book", "task_table")


def number_of(kind: Kind, word: str, year: int, n: int | None) -> str:
    """临督交〔2026〕12号, 2026年第12期; with room for the figure where there is none yet."""
    figure = str(n) if n is not None else "\u3000"
    return f"{year}年第{figure}期" if kind.by_issue else f"{word}{kind.mark}〔{year}〕{figure}号"
