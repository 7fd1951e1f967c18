"""The invented documents: texts with days counted from the day of loading, so that a year of history always ends today.

``{{-340 日}}`` is the day 340 days ago, ``{{+60 月}}`` the month in 60 days, ``{{-340 年}}`` the year.
"""

import re
from datetime import date, timedelta
from importlib.resources import files
from typing import NamedTuple

_PLACE = re.compile(r"\{\{(?P<days>[+-]\d+) (?P<what>[日月年])\}\}")


class Paper(NamedTuple):
    """A document: its file, the unit that brings it in (by code), and how many days ago."""

    file: str
    unit: str
    days_ago: int
    theme: str


PAPERS = (
    Paper("01-province-care.txt", "LJ", 338, "养老服务"),
    Paper("02-province-business.txt", "LJ", 288, "营商环境"),
    Paper("03-province-water.txt", "LJ", 228, "幸福河湖"),
    Paper("04-yunling-care.txt", "YL", 298, "养老服务"),
    Paper("05-jiangzhou-business.txt", "JZ", 243, "营商环境"),
    Paper("06-yunling-minutes.txt", "YL", 94, "民生保障"),
    Paper("07-donghu-care.txt", "DH", 253, "养老服务"),
    Paper("08-lingang-notice.txt", "LG", 2, "社会救助"),
)


def text_of(paper: Paper, today: date) -> str:
    """The text of a document as it reads when the demo is loaded on ``today``."""
    written = (files("luoshi.web.demo") / "documents" / paper.file).read_text("utf-8")
    return _PLACE.sub(lambda found: _said(found, today), written)


def _said(found: re.Match[str], today: date) -> str:
    day = today + timedelta(days=int(found["days"]))
    return {"日": f"{day.year}年{day.month}月{day.day}日", "月": f"{day.year}年{day.month}月", "年": str(day.year)}[found["what"]]
