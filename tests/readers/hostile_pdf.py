"""Hostile PDF files."""

import zlib
from collections.abc import Iterator

from .build_pdf import assemble, drawn, hand_made_pdf, stream
from .hostile_case import DAMAGED, LIMIT, REFUSED, TEXT, Case, cut
from .typeset import Line, typeset

PAGES = typeset(["请于6月底前完成。"] * 30)
ONE = [[Line("请于6月底前完成。", 30, 40)]]
HONEST = hand_made_pdf(PAGES, number="— {n} —")


def locked(handler: str) -> bytes:
    """A PDF that says it is encrypted, with keys that no password opens."""
    data = hand_made_pdf(ONE)
    junk = "<" + "5a" * 32 + ">"
    entry = f"/Encrypt << /Filter /{handler} /V 1 /R 2 /O {junk} /U {junk} /P -4 >> /ID [{junk} {junk}] "
    return data.replace(b"/Root 1 0 R ", b"/Root 1 0 R " + entry.encode())


def bomb(layers: int, size: int) -> bytes:
    """A content stream of ``size`` blanks, compressed ``layers`` times over."""
    content = b" " * size
    for _ in range(layers):
        content = zlib.compress(content, 9)
    filters = "/FlateDecode " * layers
    return f"<< /Length {len(content)} /Filter [{filters}] >>\nstream\n".encode() + content + b"\nendstream"


def cases() -> Iterator[Case]:
    """PDF files that harm their reader."""
    yield from cut("cut.pdf", HONEST)
    yield Case("pdf-head-only.pdf", lambda: b"%PDF-1.7\n", DAMAGED)
    yield Case("pdf-zeros.pdf", lambda: b"%PDF-1.7\n" + b"\0" * 1_000_000, DAMAGED)
    for label, handler in (("standard", "Standard"), ("unknown", "Adobe.PubSec")):
        yield Case(f"pdf-locked-{label}.pdf", lambda h=handler: locked(h), REFUSED)
    tree = b"<< /Type /Pages /Count 100000 /Kids [" + b"6 0 R " * 100_000 + b"] >>"
    yield Case("pdf-many-pages.pdf", lambda: hand_made_pdf(ONE, pages_tree=tree), LIMIT)
    yield Case("pdf-claimed-pages.pdf", lambda: hand_made_pdf(ONE, pages_tree=b"<< /Type /Pages /Count 2000000000 /Kids [6 0 R] >>"), None)
    yield Case(
        "pdf-recursive-kids.pdf", lambda: hand_made_pdf(ONE, pages_tree=b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R 2 0 R] >>"), None
    )
    nested = {20 + i: f"<< /Type /Pages /Count 1 /Kids [{21 + i} 0 R] >>".encode() for i in range(3000)}
    deep = {**nested, 3020: b"<< /Type /Page >>"}
    yield Case("pdf-deep-tree.pdf", lambda: hand_made_pdf(ONE, pages_tree=b"<< /Type /Pages /Count 1 /Kids [20 0 R] >>", extra=deep), None)
    yield Case("pdf-stream-bomb.pdf", lambda: hand_made_pdf(ONE, extra={7: bomb(1, 200_000_000)}), None)
    yield Case("pdf-nested-bomb.pdf", lambda: hand_made_pdf(ONE, extra={7: bomb(3, 200_000_000)}), None)
    script = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\);while\\(true\\){}) >> >>"
    yield Case("pdf-script.pdf", lambda: hand_made_pdf(ONE, extra={1: script}), TEXT)
    launch = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> /AA << /WC << /S /URI /URI (http://127.0.0.1:9/) >> >> >>"
    yield Case("pdf-launch.pdf", lambda: hand_made_pdf(ONE, extra={1: launch}), TEXT)
    yield Case("pdf-no-text.pdf", lambda: hand_made_pdf([[]], extra={7: stream(b"0 0 500 800 re f")}), REFUSED)
    yield Case("pdf-empty-page.pdf", lambda: hand_made_pdf([[]]), REFUSED)
    yield Case("pdf-arrays.pdf", lambda: hand_made_pdf(ONE, extra={20: b"[" * 100_000}), None)
    yield Case("pdf-operators.pdf", lambda: hand_made_pdf(ONE, extra={7: stream(b"q " * 500_000)}), None)
    yield Case("pdf-dictionaries.pdf", lambda: hand_made_pdf(ONE, extra={1: b"<</A" * 50_000}), None)
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 20 0 R >> >>"
    calls = form + b" /Length 12 >>\nstream\n/A Do /A Do \nendstream"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << /XObject << /A 20 0 R >> >> >>"
    recursive = {6: page, 7: stream(b"/A Do"), 20: calls}
    yield Case("pdf-recursive-form.pdf", lambda: hand_made_pdf(ONE, extra=recursive), REFUSED)
    yield Case("pdf-xref-loop.pdf", lambda: HONEST.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev 9 "), None)
    yield Case("pdf-chars.pdf", lambda: hand_made_pdf([[Line("落实" * 1_500, 30, 40)] * 30]), None)
    yield Case("pdf-same-place.pdf", lambda: hand_made_pdf([[Line("一", 30, 40)] * 20_000]), None)
    odd = "BT /F1 1e30 Tf 1e30 -1e30 Td <843d> Tj /F1 0 Tf <843d> Tj /F1 -12 Tf 9 9 Td <843d> Tj /F1 1e-30 Tf <843d> Tj ET"
    yield Case("pdf-coordinates.pdf", lambda: hand_made_pdf(ONE, extra={7: stream((odd + drawn(ONE[0][0])).encode())}), None)
    tiny = "BT /F1 0.001 Tf 20 20 Td <" + "843d" * 20_000 + "> Tj ET " + drawn(Line("落", 30, 40))
    yield Case("pdf-tiny-font.pdf", lambda: hand_made_pdf(ONE, extra={7: stream(tiny.encode())}), None)
    wild = b"1 beginbfrange <0000> <ffffffff> <0000> endbfrange 1 beginbfchar <0001> <" + b"d800" * 100_000 + b"> endbfchar"
    yield Case("pdf-wild-cmap.pdf", lambda: hand_made_pdf(ONE, extra={5: stream(wild)}), None)
    lone = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <d800> endbfrange"
    yield Case("pdf-surrogates.pdf", lambda: hand_made_pdf(ONE, extra={5: stream(lone)}), None)
    yield Case(
        "pdf-font-loop.pdf", lambda: hand_made_pdf(ONE, extra={4: b"<< /Type /Font /Subtype /Type0 /DescendantFonts [3 0 R] >>"}), None
    )
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /ObjStm /N 999999999 /First 9 /Extends 2 0 R /Length 9 >>\nstream\n2 0 \nendstream",
    }
    yield Case("pdf-object-stream-loop.pdf", lambda: assemble(objects), REFUSED)
    yield Case("pdf-as-docx.docx", lambda: HONEST, TEXT)
    yield Case("pdf-behind-junk.pdf", lambda: b"\xff" * 900 + HONEST, None)
