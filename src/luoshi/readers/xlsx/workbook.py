"""The XML of a workbook: its sheets with the values of their cells as text, and the ranges that are merged.

Nothing here depends on how many rows a sheet claims to have, only on how many cells there are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.readers.ooxml import Element, Package, attribute, child, kind, number
from luoshi.readers.xlsx.display import builtin_format, shown
from luoshi.text import DamagedFile, LimitExceeded
from luoshi.text.language import _

MAX_CELLS = 2_000_000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range; all bounds are inclusive and count from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def places(self) -> Iterator[tuple[int, int]]:
        """Row and column of every cell in it."""
        return ((row, col) for row in range(self.top, self.bottom + 1) for col in range(self.left, self.right + 1))

    def holds(self, place: tuple[int, int]) -> bool:
        """True for a cell inside."""
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right

    @property
    def size(self) -> int:
        """Number of cells."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet that show something, by row and column from 1, and its merged ranges by their first cell."""

    name: str
    values: dict[tuple[int, int], str]
    merged: dict[tuple[int, int], Area]


class Workbook:
    """What the sheets of a workbook share: strings, number formats, the calendar."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.parse(package.main)
        self._mac = attribute(child(self._root, "x:workbookPr"), "date1904") in ("1", "true")
        self._strings = [_string(item) for item in _children(package.parse_related(package.main, "sharedStrings"), "x:si")]
        self._formats = _formats(package.parse_related(package.main, "styles"))
        self._allowance = MAX_CELLS
        self.unsaved = 0
        """Formulas without a stored value."""

    def sheets(self) -> Iterator[tuple[str, bool, str]]:
        """Name, whether it is shown, and part of each worksheet, in the order of the tabs."""
        parts = self._package.relations(self._package.main)
        for sheet in _children(child(self._root, "x:sheets"), "x:sheet"):
            relation, part = parts.get(attribute(sheet, "r:id") or "", ("", ""))
            if relation == "worksheet":
                yield sheet.get("name", ""), sheet.get("state", "visible") == "visible", part

    def read(self, name: str, part: str) -> Sheet:
        """One sheet; LimitExceeded where the sheets read so far hold too many cells."""
        root = self._package.parse(part)
        values: dict[tuple[int, int], str] = {}
        row = 0
        for line in _children(child(root, "x:sheetData"), "x:row"):
            row = number(line, "r") or row + 1
            col = 0
            for cell in _children(line, "x:c"):
                row, col = _place(cell.get("r"), part) or (row, col + 1)
                value = self._value(cell)
                if value.strip():
                    values[row, col] = value
        self._allowance -= len(values)
        if self._allowance < 0:
            raise too_large(name)
        return _merge(name, values, [_area(cell.get("ref"), part) for cell in _children(child(root, "x:mergeCells"), "x:mergeCell")])

    def _value(self, cell: Element) -> str:
        """What the cell shows; a formula shows the value stored with it."""
        form = cell.get("t", "n")
        if form == "inlineStr":
            return _string(child(cell, "x:is"))
        stored = child(cell, "x:v")
        raw = "" if stored is None else stored.text or ""
        self.unsaved += not raw and form != "str" and child(cell, "x:f") is not None
        if form == "s":
            return self._strings[int(raw)] if raw.isdecimal() and int(raw) < len(self._strings) else ""
        if form == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(raw.strip(), raw)
        if form == "d":
            return raw.removesuffix("T00:00:00").replace("T", " ")
        if form == "str":
            return _unescape(raw)
        if form == "e":
            return raw
        style = number(cell, "s") or 0
        return shown(raw.strip(), self._formats[style] if 0 <= style < len(self._formats) else "General", mac=self._mac)


def too_large(name: str) -> LimitExceeded:
    """The error for a sheet with more cells than anyone reads."""
    message = _("工作表“{name}”的单元格过多（上限 {n} 个）。")
    return LimitExceeded(message.format(name=name, n=MAX_CELLS), hint=_("请只保留需要读取的部分，另存后再试。"))


def _merge(name: str, values: dict[tuple[int, int], str], areas: list[Area]) -> Sheet:
    """The sheet with its merged ranges; what lies under a merged cell is not shown and goes."""
    budget = MAX_CELLS
    merged: dict[tuple[int, int], Area] = {}
    for area in areas:
        budget -= min(area.size, len(values))
        if budget < 0:
            raise too_large(name)
        first = (area.top, area.left)
        inside = [place for place in (area.places() if area.size < len(values) else list(values)) if area.holds(place)]
        for place in inside:
            if place != first:
                values.pop(place, None)
        if first in values:
            merged[first] = area
    return Sheet(name, values, merged)


def _children(element: Element | None, name: str) -> list[Element]:
    return [] if element is None else [found for found in element if kind(found) == name]


def _place(reference: str | None, part: str) -> tuple[int, int] | None:
    """``B3`` as (3, 2); None where a cell does not say where it is."""
    if reference is None:
        return None
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise DamagedFile(
            _("{part} 中有无效的单元格位置：{reference}。").format(part=part, reference=reference[:20]),
            hint=_("请用 Excel 或 WPS 打开并另存一份后再试。"),
        )
    col = 0
    for letter in match[1]:
        col = col * 26 + ord(letter) - 64
    return int(match[2]), col


def _area(reference: str | None, part: str) -> Area:
    first, _colon, last = (reference or "").partition(":")
    top, left = _place(first, part) or (1, 1)
    bottom, right = _place(last or first, part) or (1, 1)
    return Area(top, left, max(top, bottom), max(left, right))


def _string(element: Element | None) -> str:
    """A string with its runs joined; phonetic guides (``x:rPh``) are not part of it."""
    parts: list[str] = []
    for inner in element if element is not None else ():
        if kind(inner) == "x:t":
            parts.append(inner.text or "")
        elif kind(inner) == "x:r":
            parts += [found.text or "" for found in _children(inner, "x:t")]
    return _unescape("".join(parts))


def _unescape(text: str) -> str:
    """Characters that XML cannot hold are written ``_x000D_``; of those only line ends and tabs are text."""

    def place(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in "\t\n\r_" or (character > " " and not "\ud800" <= character <= "\udfff") else ""

    return _ESCAPE.sub(place, text).replace("\r\n", "\n").replace("\r", "\n")


def _formats(styles: Element | None) -> list[str]:
    """The number format of each cell style, by the number under which cells name it."""
    own = {number(form, "numFmtId"): form.get("formatCode", "General") for form in _children(child(styles, "x:numFmts"), "x:numFmt")}
    ids = [number(style, "numFmtId") or 0 for style in _children(child(styles, "x:cellXfs"), "x:xf")]
    return [own.get(number_format_id) or builtin_format(number_format_id) for number_format_id in ids]
