"""OFD, the Chinese fixed layout (GB/T 33190-2016): a zip of XML that places each character on its page, in millimetres.

Text only: seals, annotations, attachments and pictures are left alone, and nothing outside the archive is looked at.
"""

import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from lxml import etree

from luoshi.readers.archive import Archive, open_zip
from luoshi.readers.glyphs import Glyph, is_wide
from luoshi.readers.paged import MAX_PAGES, Paged, is_near, printed, quarter, upright
from luoshi.readers.xml import parse_xml
from luoshi.text import DamagedFile, EncryptedFile, SourceText
from luoshi.text.language import _

# Millimetres; anything farther out is on no page.
FARTHEST = 10_000.0

_A4 = (0.0, 0.0, 210.0, 297.0)
_UNITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NUMBER = re.compile(r"[-+]?(?:\d{1,12}\.?\d{0,18}|\.\d{1,18})(?:[eE][-+]?\d{1,2})?")
_LOCKS = ("encryptions.xml", "decryptseed.dat")
_DRAWN = ("TextObject", "PathObject", "ImageObject", "CompositeObject")

Element = etree._Element
Drawn = list[tuple[Glyph, int | None]]


def read_ofd(data: bytes, *, name: str) -> SourceText:
    """The text of an OFD, one line per line of the page; several documents in one file follow one another.

    Raises EncryptedFile, DamagedFile, LimitExceeded, or NoTextLayer where no page has characters.
    """
    archive = open_zip(data)
    if any(member.lower().endswith(_LOCKS) for member in archive.names):
        raise EncryptedFile(_("{name} 已加密。").format(name=name), hint=_("请用原软件取消加密，另存后再试。"))
    package = _Package(archive)
    paged = Paged(name, "ofd", "application/ofd")
    roots = [body.findtext("{*}DocRoot") or "" for body in package.part("OFD.xml").iterfind("{*}DocBody")]
    if not roots:
        raise _incomplete("OFD.xml")
    for root in roots:
        _add_document(package, package.resolve("OFD.xml", root), paged)
    return paged.source(data)


class _Package:
    """The parts of an OFD by their path; names differ in case between the programs that write them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = {member.lower(): member for member in archive.names}

    def part(self, path: str) -> Element:
        """The root element of the part at ``path``."""
        member = self._names.get(path.lower())
        if member is None:
            raise _incomplete(path)
        return parse_xml(self._archive.read(member), path)

    def resolve(self, base: str, location: str) -> str:
        """The path that ``location`` means in the part ``base``: from the root where it begins with a slash, else beside it."""
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location.strip().replace("\\", "/")))
        return path.lstrip("/")


@dataclass(slots=True)
class _Document:
    """One document of the file: where it is, its usual page, and its templates, drawn when first needed."""

    path: str
    area: tuple[float, ...]
    templates: dict[str, str]
    drawn: dict[str, Drawn] = field(default_factory=dict)


def _add_document(package: _Package, path: str, paged: Paged) -> None:
    root = package.part(path)
    common = root.find("{*}CommonData")
    areas = [] if common is None else common.findall("{*}PageArea")
    templates = [] if common is None else common.findall("{*}TemplatePage")
    document = _Document(path, _box(areas[0]) if areas else _A4, {t.get("ID", ""): t.get("BaseLoc", "") for t in templates})
    pages = root.findall("{*}Pages/{*}Page")
    if len(paged.pages) + len(pages) > MAX_PAGES:
        raise paged.too_many_pages(len(paged.pages) + len(pages))
    for page in pages:
        number = len(paged.pages) + 1
        try:
            content = package.part(package.resolve(path, page.get("BaseLoc", "")))
            drawn = _draw(package, document, content, paged)
        except DamagedFile:
            paged.add_broken(number)
            continue
        area = content.find("{*}Area")
        box = document.area if area is None else _box(area)
        shows = any(True for _object in content.iter(*(f"{{*}}{tag}" for tag in _DRAWN)))
        paged.add(upright(number, (box[2], box[3]), drawn), drawn=shows)


def _draw(package: _Package, document: _Document, content: Element, paged: Paged) -> Drawn:
    """The glyphs of a page and of its templates; a template has none of its own."""
    found: Drawn = []
    for use in content.iterfind("{*}Template"):
        key = use.get("TemplateID", "")
        if key not in document.drawn:
            document.drawn[key] = []
            if key in document.templates:
                template = package.part(package.resolve(document.path, document.templates[key]))
                document.drawn[key] = list(_glyphs(template))
        paged.check(len(found) + len(document.drawn[key]))
        found += document.drawn[key]
    found += _glyphs(content)
    return found


def _glyphs(content: Element) -> Iterator[tuple[Glyph, int | None]]:
    """Every character of the text objects of a page, y upwards, with the direction of its script."""
    for item in content.iter("{*}TextObject"):
        if item.get("Visible", "true").lower() != "false":
            yield from _object_glyphs(item)


def _object_glyphs(item: Element) -> Iterator[tuple[Glyph, int | None]]:
    boundary = _numbers(item.get("Boundary"), 4) or _A4
    a, b, c, d, e, f = _numbers(item.get("CTM"), 6) or _UNITY
    size = _number(item.get("Size"), 3.5)
    em, height, along = size * _number(item.get("HScale"), 1.0), size * math.hypot(c, d), math.hypot(a, b)
    read_turn = _number(item.get("ReadDirection"), 0.0)
    x = y = 0.0
    for code in item.iterfind("{*}TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = code.text or ""
        across, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        vertical = bool(down) and not across
        # Script that runs downwards is turned script, whether or not its characters are.
        turn = quarter(-math.degrees(math.atan2(b, a)) - (90.0 if vertical else read_turn))
        at_x, at_y = x, y
        for char, given, step_y in zip_longest(text, across, down):
            advance = em * (1.0 if is_wide(char) else 0.5)
            step_x = given if given is not None else 0.0 if vertical else advance
            width = (step_x if 0 < step_x <= 1.2 * em else advance) * along
            place = boundary[0] + a * at_x + c * at_y + e, -(boundary[1] + b * at_x + d * at_y + f)
            shown = printed(char)
            if shown and height > 0 and is_near(*place, width, height, farthest=FARTHEST):
                yield Glyph(shown, *place, width, height), turn
            at_x, at_y = at_x + step_x, at_y + (step_y or 0.0)


def _deltas(value: str | None, chars: int) -> list[float]:
    """Steps from each of ``chars`` characters to the next: numbers, where ``g n w`` stands for n times w."""
    words = iter((value or "").split())
    steps: list[float] = []
    for word in words:
        if len(steps) >= chars - 1:
            break
        if word == "g":
            times, step = _number(next(words, None), 0.0), _number(next(words, None), 0.0)
            steps += [step] * int(min(max(times, 0.0), chars))
        else:
            steps.append(_number(word, 0.0))
    return steps[: max(0, chars - 1)]


def _box(area: Element) -> tuple[float, ...]:
    return _numbers(area.findtext("{*}PhysicalBox"), 4) or _A4


def _numbers(value: str | None, count: int) -> tuple[float, ...] | None:
    """Exactly ``count`` numbers, or None."""
    words = (value or "").split()
    return tuple(float(word) for word in words) if len(words) == count and all(map(_NUMBER.fullmatch, words)) else None


def _number(value: str | None, otherwise: float) -> float:
    return float(value) if value and _NUMBER.fullmatch(value) else otherwise


def _incomplete(part: str) -> DamagedFile:
    hint = _("请用原软件打开并另存一份后再试；仍不行，请向来文单位重新索取。")
    return DamagedFile(_("OFD 缺少 {part}。").format(part=part[:200]), hint=hint)
