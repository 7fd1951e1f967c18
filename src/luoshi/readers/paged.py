"""What the readers of fixed pages, pdf and ofd, have in common: turned text, limits, and what to say of pages that stay unread."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from luoshi.readers.glyphs import Glyph, Page, unify
from luoshi.readers.layout import Layout, lay_out
from luoshi.text import DamagedFile, Doubt, LimitExceeded, NoTextLayer, SourceText
from luoshi.text.language import _

MAX_PAGES = 2_000
MAX_CHARS = 10_000_000
MAX_CHARS_OF_PAGE = 200_000
UNNAMED = "\ufffd"


@dataclass(slots=True)
class Paged:
    """A document being read page by page: ``blank`` pages show something but no characters, ``broken`` ones do not open."""

    name: str
    kind: str
    media_type: str
    pages: list[Page] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    chars: int = 0

    def add(self, page: Page, *, drawn: bool) -> None:
        """Append a page; ``drawn`` says that it shows anything. LimitExceeded where the document grows past all measure."""
        self.pages.append(page)
        self.chars += len(page.glyphs)
        if drawn and not page.glyphs:
            self.blank.append(page.number)
        self.check(0)

    def add_broken(self, number: int) -> None:
        """A page that does not open: nothing of it is read, and a doubt will say so."""
        self.pages.append(Page(number, 0.0, ()))
        self.broken.append(number)

    def check(self, more: int) -> None:
        """LimitExceeded where a page of ``more`` characters, or one more page, would be too much."""
        if more > MAX_CHARS_OF_PAGE or self.chars + more > MAX_CHARS:
            raise LimitExceeded(_("{name} 的文字过多。").format(name=self.name), hint=_("请拆成几个文件后再试。"))
        if len(self.pages) > MAX_PAGES:
            raise self.too_many_pages(len(self.pages))

    def too_many_pages(self, pages: int) -> LimitExceeded:
        """The error for a document of more than ``MAX_PAGES`` pages."""
        message = _("{name} 有 {n} 页以上，最多 {most} 页。").format(name=self.name, n=pages, most=MAX_PAGES)
        return LimitExceeded(message, hint=_("请拆成几个文件后再试。"))

    def source(self, data: bytes) -> SourceText:
        """The text of all pages; DamagedFile or NoTextLayer where there is none."""
        layout = lay_out(self.pages)
        if not layout.text.strip():
            if self.broken and not self.blank:
                hint = _("请用原软件打开并另存一份后再试；仍不行，请向来文单位重新索取。")
                raise DamagedFile(_("{name} 的页面都已损坏。").format(name=self.name), hint=hint)
            raise self._unreadable(_("{name} 没有文字层，像是扫描件。"))
        if 2 * layout.text.count(UNNAMED) > len(layout.text):
            raise self._unreadable(_("{name} 的文字无法从字体还原。"))
        return SourceText(
            text=layout.text,
            name=self.name,
            media_type=self.media_type,
            file_sha256=hashlib.sha256(data).hexdigest(),
            origins=layout.origins,
            furniture=layout.furniture,
            doubts=tuple(self._doubts(layout)),
            wrapped=True,
        )

    def _unreadable(self, message: str) -> NoTextLayer:
        return NoTextLayer(message.format(name=self.name), hint=_("请先做文字识别（OCR），再读识别后的文件。"))

    def _doubts(self, layout: Layout) -> Iterator[Doubt]:
        if self.blank:
            at = layout.page_starts[self.blank[0]]
            message = _("第 {pages} 页没有文字层，内容未读。").format(pages=_list(self.blank))
            yield Doubt(f"{self.kind}.page_without_text", message, _("请核对这些页；是扫描页的，先做文字识别（OCR）。"), at, at)
        if self.broken:
            at = layout.page_starts[self.broken[0]]
            message = _("第 {pages} 页已损坏，内容未读。").format(pages=_list(self.broken))
            yield Doubt(f"{self.kind}.page_damaged", message, _("请核对这些页，或向来文单位重新索取文件。"), at, at)
        unnamed = layout.text.count(UNNAMED)
        if unnamed:
            at = layout.text.index(UNNAMED)
            message = _("有 {n} 个字无法从字体还原，显示为“�”。").format(n=unnamed)
            yield Doubt(f"{self.kind}.unnamed_glyph", message, _("请对照原文件核对。"), at, at + 1)


def printed(char: str) -> str:
    """``char`` as it is read: a radical as its ideograph, a control character as nothing, any blank but the wide one as a space."""
    if char in "\u3000 ":
        return char
    if char.isspace():
        return " "
    if "\ud800" <= char <= "\udfff":
        return UNNAMED
    is_private = "\ue000" <= char <= "\uf8ff"
    return unify(char) if char.isprintable() or is_private else ""


def quarter(degrees: float) -> int | None:
    """0, 90, 180 or 270 for the direction of a line of script, None for one in between."""
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) < 8 else None


def upright(number: int, size: tuple[float, float], drawn: Sequence[tuple[Glyph, int | None]]) -> Page:
    """A page from glyphs with y upwards and the direction of their script, held the way most of it stands.

    ``size`` is the page unturned. What runs another way, a watermark or a label along the margin, is set aside.
    """
    turns = Counter(turn for _glyph, turn in drawn if turn is not None)
    main = turns.most_common(1)[0][0] if turns else 0
    others = [*(turn for turn in turns if turn != main), None]
    aside = (_joined(glyph for glyph, turn in drawn if turn == other) for other in others)
    glyphs = [_turned(glyph, main) for glyph, turn in drawn if turn == main]
    return Page(number, size[main // 90 % 2], glyphs, tuple(text for text in aside if text))


def _joined(glyphs: Iterable[Glyph]) -> str:
    return " ".join("".join(glyph.text for glyph in glyphs).split())


def _turned(glyph: Glyph, turn: int) -> Glyph:
    """``glyph`` with its script made level and y downwards."""
    x, y = {0: (glyph.x, -glyph.y), 90: (glyph.y, glyph.x), 180: (-glyph.x, glyph.y), 270: (-glyph.y, -glyph.x)}[turn]
    return Glyph(glyph.text, x, y, glyph.width, glyph.size)


def is_near(*values: float, farthest: float) -> bool:
    """True where all coordinates are numbers that can be on a page."""
    return all(math.isfinite(value) and abs(value) < farthest for value in values)


def _list(pages: list[int]) -> str:
    shown = "、".join(str(page) for page in pages[:20])
    return shown if len(pages) <= 20 else _("{pages} 等 {n}").format(pages=shown, n=len(pages))
