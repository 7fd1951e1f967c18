"""PDF with a text layer. Scans are refused (no OCR here), and nothing is drawn, run or followed."""

import ctypes
import math
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from luoshi.readers.glyphs import Glyph, is_wide
from luoshi.readers.paged import MAX_PAGES, UNNAMED, Paged, is_near, printed, quarter, upright
from luoshi.text import DamagedFile, EncryptedFile, SourceText
from luoshi.text.language import _

# Points; a page of a PDF is at most 14,400 wide.
FARTHEST = 20_000.0

_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
# pdfium's own signs for a hyphen at the end of a line.
_HYPHENS = (0x02, 0xFFFE)


def read_pdf(data: bytes, *, name: str) -> SourceText:
    """The text of a PDF, one line per line of the page.

    Raises EncryptedFile, DamagedFile, LimitExceeded, or NoTextLayer where no page has characters.
    """
    paged = Paged(name, "pdf", "application/pdf")
    document = _open(data, name)
    try:
        if len(document) > MAX_PAGES:
            raise paged.too_many_pages(len(document))
        for index in range(len(document)):
            _add_page(document, index, paged)
    finally:
        document.close()
    return paged.source(data)


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in _LOCKED:
            raise EncryptedFile(_("{name} 设有打开密码。").format(name=name), hint=_("请取消密码保护，另存后再试。")) from error
        hint = _("请用原软件打开并另存一份后再试；仍不行，请向来文单位重新索取。")
        raise DamagedFile(_("{name} 不是完整的 PDF。").format(name=name), hint=hint) from error


def _add_page(document: pdfium.PdfDocument, index: int, paged: Paged) -> None:
    try:
        page = document[index]
        try:
            textpage = page.get_textpage()
            try:
                paged.check(raw.FPDFText_CountChars(textpage))
                drawn = list(_glyphs(textpage))
            finally:
                textpage.close()
            width, height = page.get_size()
            size = (height, width) if page.get_rotation() % 180 else (width, height)
            paged.add(upright(index + 1, size, drawn), drawn=raw.FPDFPage_CountObjects(page) > 0)
        finally:
            page.close()
    except pdfium.PdfiumError:
        paged.add_broken(index + 1)


def _glyphs(textpage: pdfium.PdfTextPage) -> Iterator[tuple[Glyph, int | None]]:
    """Every character that the file draws, y upwards, with the direction of its script; what pdfium made up is left out."""
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    matrix = raw.FS_MATRIX()
    handle = textpage.raw
    high = 0
    for i in range(raw.FPDFText_CountChars(textpage)):
        if raw.FPDFText_IsGenerated(handle, i) == 1:
            continue
        code = raw.FPDFText_GetUnicode(handle, i)
        if 0xD800 <= code < 0xDC00 and 0xDC00 <= raw.FPDFText_GetUnicode(handle, i + 1) < 0xE000:
            high = code
            continue
        # Where a font does not name its glyphs, pdfium gives their numbers as if they were characters.
        named = raw.FPDFText_HasUnicodeMapError(handle, i) != 1
        char, high = (_char(code, high) if named else UNNAMED), 0
        if not char or not raw.FPDFText_GetCharOrigin(handle, i, x, y):
            continue
        raw.FPDFText_GetLooseCharBox(handle, i, box)
        raw.FPDFText_GetMatrix(handle, i, matrix)
        turn = quarter(math.degrees(math.atan2(matrix.b, matrix.a)))
        along = box.top - box.bottom if turn in (90, 270) else box.right - box.left
        size = raw.FPDFText_GetFontSize(handle, i) * math.hypot(matrix.c, matrix.d)
        if size > 0 and is_near(x.value, y.value, along, size, farthest=FARTHEST):
            yield Glyph(char, x.value, y.value, along if along > 0 else size * (1.0 if is_wide(char) else 0.5), size), turn


def _char(code: int, high: int) -> str:
    """The character for a UTF-16 unit, or for the pair that it ends; an empty string for what prints nothing."""
    if 0xDC00 <= code < 0xE000 and high:
        return chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
    if code in _HYPHENS:
        return "-"
    return printed(chr(code)) if 0 < code <= 0x10FFFF else UNNAMED
