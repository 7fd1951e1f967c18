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


class Styles:
    """The styles of a document; ids that do not exist and chains that bite their tail are harmless."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
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
        level = number(child(properties, "w:outlineLvl"))
        for style in self._chain(self._paragraph_style(properties)):
            if level is not None:
                break
            level = number(path(style, "w:pPr", "w:outlineLvl"))
            if level is None and (match := _HEADING_NAME.fullmatch(attribute(child(style, "w:name"), "w:val") or "")):
                level = int(match[1]) - 1
        return level + 1 if level is not None and 0 <= level < 9 else None

    def numbering(self, properties: Element | None) -> NumberingRef | None:
        """The list and level of a paragraph, its own or its style's; None where it has no number."""
        own = child(properties, "w:numPr")
        num_id, level = number(child(own, "w:numId")), number(child(own, "w:ilvl"))
        styled = None
        style_id = self._paragraph_style(properties)
        for style in self._chain(style_id):
            if num_id is not None:
                break
            inherited = path(style, "w:pPr", "w:numPr")
            num_id = number(child(inherited, "w:numId"))
            level = number(child(inherited, "w:ilvl")) if level is None else level
            styled = style_id
        if not num_id or num_id < 0:
            return None
        return NumberingRef(num_id, min(max(level or 0, 0), 8), styled)

    def list_of(self, style_id: str | None) -> int | None:
        """The list that a numbering style stands for (``w:numStyleLink``)."""
        return number(path(self._styles.get(style_id or ""), "w:pPr", "w:numPr", "w:numId"))

    def hides(self, run_properties: Element | None, paragraph_properties: Element | None) -> bool:
        """True where a run with these properties is hidden text."""
        hidden = is_on(child(run_properties, "w:vanish"))
        chains = (attribute(child(run_properties, "w:rStyle"), "w:val"), self._paragraph_style(paragraph_properties))
        for start in chains:
            for style in self._chain(start):
                if hidden is not None:
                    return hidden
                hidden = is_on(path(style, "w:rPr", "w:vanish"))
        return bool(hidden)

    def _paragraph_style(self, properties: Element | None) -> str | None:
        style_id = attribute(child(properties, "w:pStyle"), "w:val")
        return style_id if style_id in self._styles else self._default

    def _chain(self, style_id: str | None) -> Iterator[Element]:
        """The style and those that it is based on, nearest first."""
        for _hop in range(_MAX_CHAIN):
            style = self._styles.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = attribute(child(style, "w:basedOn"), "w:val")
