"""What Word and Excel files share: parts, relationships, and names with either of two namespaces.

Only relations to parts inside the archive are followed; anything external is not looked at.
"""

import posixpath
from functools import lru_cache
from urllib.parse import unquote

from lxml import etree

from luoshi.readers.archive import Archive
from luoshi.readers.xml import parse_xml
from luoshi.text import DamagedFile
from luoshi.text.language import _

Element = etree._Element

_FAMILIES = {
    # Transitional and strict files differ in their namespaces only.
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "urn:schemas-microsoft-com:vml": "v",
}
_NAMESPACES = {prefix: tuple(uri for uri, short in _FAMILIES.items() if short == prefix) for prefix in set(_FAMILIES.values())}


def kind(element: Element) -> str:
    """``w:p`` for a paragraph, whatever prefix and variant the file uses; an unknown namespace gives ``?``."""
    return _short(str(element.tag))


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    uri, _brace, name = tag[1:].rpartition("}")
    return f"{_FAMILIES.get(uri, '?')}:{name}"


def child(element: Element | None, name: str) -> Element | None:
    """The first child called ``name`` (``w:pPr``), or None."""
    if element is None:
        return None
    return next((found for found in element if kind(found) == name), None)


def path(element: Element | None, *names: str) -> Element | None:
    """``child`` again and again, down along ``names``."""
    for name in names:
        element = child(element, name)
    return element


def attribute(element: Element | None, name: str) -> str | None:
    """The value of ``w:val`` (with prefix) or ``Target`` (without), or None."""
    if element is None:
        return None
    prefix, colon, local = name.partition(":")
    if not colon:
        return element.get(name)
    return next((value for uri in _NAMESPACES[prefix] if (value := element.get(f"{{{uri}}}{local}")) is not None), None)


def number(element: Element | None, name: str = "w:val") -> int | None:
    """An attribute as an integer; None where it is absent or no number."""
    value = (attribute(element, name) or "").strip()
    return int(value) if value.lstrip("-").isdecimal() and len(value) < 10 else None


def is_on(element: Element | None) -> bool | None:
    """A switch such as ``w:vanish``: None where it is absent, True unless it says 0, false or off."""
    if element is None:
        return None
    return (attribute(element, "w:val") or "1").lower() not in ("0", "false", "off")


class Package:
    """The parts of an Office Open XML file, found through their relations and not by their customary names."""

    def __init__(self, archive: Archive, fallback: str) -> None:
        self._archive = archive
        self.main = self.related("", "officeDocument") or fallback
        if self.main not in archive:
            raise DamagedFile(
                _("文件缺少主体部分 {name}。").format(name=self.main), hint=_("请用原软件打开并另存一份后再试。")
            )

    def parse(self, part: str) -> Element:
        """The root element of ``part``."""
        return parse_xml(self._archive.read(part), part)

    def parse_related(self, part: str, relation: str) -> Element | None:
        """The root of the part that ``part`` relates to as ``relation`` (``styles``), None where there is none."""
        name = self.related(part, relation)
        return self.parse(name) if name else None

    def related(self, part: str, relation: str) -> str | None:
        """Name of the first existing part that ``part`` relates to as ``relation``."""
        return next((target for kind_, target in self.relations(part).values() if kind_ == relation), None)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """``{id: (kind, part name)}`` of the relations of ``part`` that lead to an existing part."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._archive:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in self.parse(rels):
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, unquote(relation.get("Target", "")))).lstrip("/")
            if target in self._archive:
                found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return found
