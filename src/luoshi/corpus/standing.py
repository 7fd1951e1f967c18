"""Where a document stands among others: its date, level and place, and how each is known.

``stated`` is what the text says of itself, ``entered`` what the names of file and folder say, ``inferred`` what follows from the text by a rule.
A date that is written out goes first; then the heading that tells which year a work report looks back on; then the name; then other inferences.
A level or a place of a unit that names its place goes before the name of the file, one of a bare 市人民政府 after it.
"""

import re
from dataclasses import dataclass

from luoshi.corpus.names import Claims, Place, place_in
from luoshi.decompose.model import DatedFact, Decomposition, Facts

_ORDER = ("issued", "meeting", "posted")
_REVIEW = re.compile(
    r"^[一二三四五、.（()）\s第部分1]*(?<![—\-~至])(?P<year>(?:19|20)\d{2})年(?:度)?(?:的)?(?:政府|国内|主要|全[省市州县区])?(?:工作)?(?:的|基本|情况)*(?:回顾|总结)", re.MULTILINE
)
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_HEAD = 4000


@dataclass(frozen=True, slots=True)
class Standing:
    """Date as precise as known (ISO text), level and place, each with how it is known; empty text where unknown."""

    date: str
    date_from: str
    level: str
    level_from: str
    place: str
    place_from: str

    @property
    def year(self) -> int | None:
        """The year of the date."""
        return int(self.date[:4]) if self.date else None


def standing(made: Decomposition, claimed: Claims) -> Standing:
    """Where the document stands; ``claimed`` is what its file name says."""
    date, date_from = _date(made, claimed)
    place, level, place_from, level_from = _place_and_level(made, claimed)
    return Standing(date, date_from, level, level_from, place, place_from)


def reviewed_year(text: str) -> int | None:
    """The year that the first heading of a work report looks back on: 一、2023年工作回顾."""
    found = _REVIEW.search(text[:_HEAD].translate(_WIDE))
    return int(found["year"]) if found else None


def stated_dates(facts: Facts) -> list[DatedFact]:
    """Dates that the text writes out to the day, the issue first."""
    full = [dated for dated in facts.dates if dated.how == "stated" and dated.precision == "day"]
    return sorted(full, key=lambda dated: _ORDER.index(dated.kind))


def _date(made: Decomposition, claimed: Claims) -> tuple[str, str]:
    stated = stated_dates(made.facts)
    if stated:
        return stated[0].date, "stated"
    reviewed = reviewed_year(made.source.text)
    if reviewed:
        return str(reviewed + 1), "inferred"
    if claimed.year:
        return str(claimed.year), "entered"
    others = sorted((d for d in made.facts.dates if not d.date.startswith("-")), key=lambda d: _ORDER.index(d.kind))
    return (others[0].date, others[0].how) if others else ("", "")


def _place_and_level(made: Decomposition, claimed: Claims) -> tuple[str, str, str, str]:
    facts = made.facts
    if facts.level == "national" and facts.authority:
        return "", "national", "", "stated"
    own = _own_place(facts, made.source.text)
    if own:
        level = own.level or facts.level or claimed.level or ""
        return own.name, level, "stated", "stated" if own.level or facts.level else "entered" if level else ""
    level_from = "entered" if claimed.level else "inferred" if facts.level else ""
    return claimed.place or "", claimed.level or facts.level or "", "entered" if claimed.place else "", level_from


def _own_place(facts: Facts, text: str) -> Place | None:
    return place_in(facts.authority, text) if facts.authority else None
