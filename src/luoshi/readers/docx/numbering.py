"""Automatic numbering: the 一、 and （二） that Word shows and does not store.

Counters live here, one set per abstract list, so the paragraphs have to come in the order of the document. What is
written between number and text (tab, space) is not reproduced: the result equals a number typed by hand.
Source: ECMA-376 part 1, 17.9.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from luoshi.readers.docx.numerals import numeral
from luoshi.readers.docx.styles import NumberingRef, Styles
from luoshi.readers.docx.symbols import bullet
from luoshi.readers.ooxml import Element, attribute, child, is_on, kind, number, path

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One ``w:lvl``; ``restart`` as in ``w:lvlRestart`` (None: after any higher level), ``pad`` digits with leading zeros."""

    start: int
    number_format: str
    text: str
    legal: bool
    restart: int | None
    style: str | None
    font: str | None
    pad: int

    def write(self, value: int, *, legal: bool) -> str:
        """``value`` in the format of this level; ``legal`` (``w:isLgl``) asks for plain digits."""
        if self.number_format == "custom":
            return str(value).zfill(self.pad)
        return numeral(value, "decimal" if legal and self.number_format != "none" else self.number_format)


@dataclass(frozen=True, slots=True)
class Definition:
    """A list as a paragraph names it: its nine levels, and the levels that begin anew when it is first used."""

    abstract: int
    levels: tuple[Level, ...]
    begins: tuple[int, ...]


_PLAIN = Level(1, "decimal", "", False, None, None, None, 0)


class Numbering:
    """Says the number of each paragraph in turn."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        elements = list(root) if root is not None else []
        self._styles = styles
        self._abstracts = _by_id(elements, "w:abstractNum", "w:abstractNumId")
        self._lists = _by_id(elements, "w:num", "w:numId")
        self._counters: dict[int, list[int | None]] = {}
        self._used: set[int] = set()
        self._definition = cache(self._define)

    def next(self, ref: NumberingRef) -> str:
        """The number of the next paragraph of that list and level, ``""`` where it shows none."""
        definition = self._definition(ref.num_id)
        if definition is None:
            return ""
        at = ref.level
        if ref.styled is not None:
            at = next((i for i, level in enumerate(definition.levels) if level.style == ref.styled), at)
        counters = self._counters.setdefault(definition.abstract, [None] * LEVELS)
        if ref.num_id not in self._used:
            self._used.add(ref.num_id)
            for i in definition.begins:
                counters[i] = None
        _count(counters, definition.levels, at)
        return _write(counters, definition.levels, at)

    def _define(self, num_id: int) -> Definition | None:
        found = self._lists.get(num_id)
        abstract = self._abstract_of(found)
        if found is None or abstract is None:
            return None
        levels = [_PLAIN] * LEVELS
        for element in abstract:
            if kind(element) == "w:lvl" and 0 <= (i := number(element, "w:ilvl") or 0) < LEVELS:
                levels[i] = _level(element)
        begins = []
        for override in found:
            i = number(override, "w:ilvl") or 0
            if kind(override) != "w:lvlOverride" or not 0 <= i < LEVELS:
                continue
            replaced = child(override, "w:lvl")
            start = number(child(override, "w:startOverride"))
            levels[i] = levels[i] if replaced is None else _level(replaced)
            if start is not None:
                begins.append(i)
                levels[i] = _starting(levels[i], start)
        return Definition(number(abstract, "w:abstractNumId") or 0, tuple(levels), tuple(begins))

    def _abstract_of(self, found: Element | None) -> Element | None:
        """The abstract list behind ``found``, through links to numbering styles."""
        for _hop in range(LEVELS):
            abstract = self._abstracts.get(number(child(found, "w:abstractNumId"), "w:val") or 0)
            link = attribute(child(abstract, "w:numStyleLink"), "w:val")
            if link is None:
                return abstract
            found = self._lists.get(self._styles.list_of(link) or -1)
        return None


def _by_id(elements: list[Element], name: str, id_name: str) -> dict[int, Element]:
    return {number(element, id_name) or 0: element for element in elements if kind(element) == name}


def _level(element: Element) -> Level:
    form = child(element, "w:numFmt")
    if form is None:
        # A custom format stands beside a plain one that old readers understand.
        form = path(element, "mc:AlternateContent", "mc:Choice", "w:numFmt")
    number_format = attribute(form, "w:val") or "decimal"
    pattern = (attribute(form, "w:format") or "").split(",")[0].strip()
    start = number(child(element, "w:start"))
    return Level(
        start=0 if start is None else start,
        number_format=number_format,
        text=attribute(child(element, "w:lvlText"), "w:val") or "",
        legal=bool(is_on(child(element, "w:isLgl"))),
        restart=number(child(element, "w:lvlRestart")),
        style=attribute(child(element, "w:pStyle"), "w:val"),
        font=attribute(path(element, "w:rPr", "w:rFonts"), "w:ascii"),
        pad=len(pattern) if pattern.isdecimal() and len(pattern) < 10 else 0,
    )


def _starting(level: Level, start: int) -> Level:
    return replace(level, start=start)


def _count(counters: list[int | None], levels: tuple[Level, ...], at: int) -> None:
    """Step the level ``at`` and take back those below it; a level that was skipped counts as begun, as in LibreOffice."""
    for above in range(at):
        if counters[above] is None:
            counters[above] = levels[above].start
    current = counters[at]
    counters[at] = levels[at].start if current is None else current + 1
    for below in range(at + 1, LEVELS):
        restart = levels[below].restart
        if restart is None or at < restart:
            counters[below] = None


def _write(counters: list[int | None], levels: tuple[Level, ...], at: int) -> str:
    level = levels[at]
    if level.number_format == "bullet":
        return bullet(level.font, level.text)

    def place(match: re.Match[str]) -> str:
        i = int(match[1]) - 1
        if i > at:
            return ""
        value = counters[i]
        return levels[i].write(levels[i].start if value is None else value, legal=level.legal)

    return _PLACE.sub(place, level.text)
