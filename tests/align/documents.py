"""Small invented documents around one clause, and documents made of clauses."""

from functools import cache

from luoshi.decompose import decompose
from luoshi.decompose.model import Decomposition
from luoshi.text import SourceText, Span

OFFICES = {"国": "国务院", "省": "甲省人民政府", "市": "乙市人民政府", "县": "丙县人民政府", "镇": "丁镇人民政府"}
EARLIER, LATER = "2026年1月10日", "2026年5月20日"


@cache
def made_of(text: str) -> Decomposition:
    """The decomposition of ``text``, made once."""
    return decompose(SourceText.from_text(text))


def directive(level: str, *paragraphs: str, day: str = EARLIER) -> str:
    """A directive of ``level``: title, ``paragraphs``, office and ``day``."""
    office = OFFICES[level]
    return "\n".join([f"{office}关于加强有关工作的意见", "", *paragraphs, "", office, day, ""])


def around(level: str, clause: str, day: str) -> tuple[Decomposition, Span]:
    """A small document around ``clause``, and where the clause stands in it."""
    text = directive(level, "一、主要任务", f"{clause}。", day=day)
    begin = text.index(clause)
    return made_of(text), Span(begin, begin + len(clause))
