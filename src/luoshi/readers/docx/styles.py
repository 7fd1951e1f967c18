"""Styles, as far as they decide what is read: outline level, numbering, hidden text. Looks are no concern here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.readers.ooxml import Element, attribute, child, is_on, number, path

_HEADING_NAME = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
# Word allows chains of ten.
_MAX_CHAIN = 16


@dataclass(frozen=True, slots=True)
class NumberingRef:
    """A list (``num_id``) and a level of it; ``styled`` is the id of the style that named the list, None where the paragraph did."""

    num_id: int
    level: int
    styled: str | None


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a style says, itself or through those that it is based on; None where none of them says anything."""

    outline: int | None = None
    num_id: int | None = None
    level: int | None = None
    hidden: bool | None = None


class Styles:
    """The styles of a document; ids that do not exist and chains that bite their tail are harmless."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._known: dict[str | None, _Inherited] = {}
        self._default: str | None = None
        for style in root if root is not None else ():
            style_id = attribute(style, "w:styleId")
            if style_id is None:
                continue
            self._styles.setdefault(style_id, style)
            if attribute(style, "w:type") == "paragraph" and attribute(style, "w:default") in ("1", "true", "on"):
                self._default = style_id

    def heading_level(self, properties: Element | None) -> int | None:
        """1 to 9 for a heading, None for body text; ``properties`` is the ``w:pPr``."""
        own = number(child(properties, "w:outlineLvl"))
        level = self._inherited(self._paragraph_style(properties)).outline if own is None else own
        return level + 1 if level is not None and 0 <= level < 9 else None

    def numbering(self, properties: Element | None) -> NumberingRef | None:
        """The list and level of a paragraph, its own or its style's; None where it has no number."""
        own = child(properties, "w:numPr")
        num_id, level = number(child(own, "w:numId")), number(child(own, "w:ilvl"))
        styled = None
        if num_id is None:
            styled = self._paragraph_style(properties)
            inherited = self._inherited(styled)
            num_id, level = inherited.num_id, inherited.level if level is None else level
        if not num_id or num_id < 0:
            return None
        return NumberingRef(num_id, min(max(level or 0, 0), 8), styled)

    def list_of(self, style_id: str | None) -> int | None:
        """The list that a numbering style stands for (``w:numStyleLink``)."""
        return number(path(self._styles.get(style_id or ""), "w:pPr", "w:numPr", "w:numId"))

    def hides(self, run_properties: Element | None, paragraph_properties: Element | None) -> bool:
        """True where a run with these properties is hidden text."""
        hidden = is_on(child(run_properties, "w:vanish"))
        if hidden is None:
            hidden = self._inherited(attribute(child(run_properties, "w:rStyle"), "w:val")).hidden
        if hidden is None:
            hidden = self._inherited(self._paragraph_style(paragraph_properties)).hidden
        return bool(hidden)

    def _paragraph_style(self, properties: Element | None) -> str | None:
        style_id = attribute(child(properties, "w:pStyle"), "w:val")
        return style_id if style_id in self._styles else self._default

    def _inherited(self, style_id: str | None) -> _Inherited:
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        return self._known[style_id]

    def _resolve(self, style_id: str | None) -> _Inherited:
        outline = num_id = level = hidden = None
        for style in self._chain(style_id):
            paragraph = child(style, "w:pPr")
            if outline is None:
                outline = number(child(paragraph, "w:outlineLvl"))
            if outline is None and (match := _HEADING_NAME.fullmatch(attribute(child(style, "w:name"), "w:val") or "")):
                outline = int(match[1]) - 1
            if num_id is None:
                listed = child(paragraph, "w:numPr")
                num_id = number(child(listed, "w:numId"))
                level = number(child(listed, "w:ilvl")) if level is None else level
            if hidden is None:
                hidden = is_on(path(style, "w:rPr", "w:vanish"))
        return _Inherited(outline, num_id, level, hidden)

    def _chain(self, style_id: str | None) -> Iterator[Element]:
        """The style and those that it is based on, nearest first."""
        for _hop in range(_MAX_CHAIN):
            style = self._styles.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = attribute(child(style, "w:basedOn"), "w:val")
