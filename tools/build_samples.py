"""Makes the sample documents that are not text, from those that are: Word, PDF, OFD, GB18030.

The Word file has what makes Word files hard: automatic numbers, a tracked insertion and deletion, a content control. The PDF is
set as GB/T 9704 asks and made by LibreOffice, where there is one; its numbers are typed, for LibreOffice counts some lists otherwise than Word. Run after a sample's text changed: ``python -m tools.build_samples``.
"""

import re
import sys
from pathlib import Path

from tests.readers.build_docx import abstract, deleted, docx, ins, lvl, num, p, r, sdt, tbl, tc, tr
from tests.readers.build_ofd import build_ofd
from tests.readers.build_pdf import has_office, office_pdf, official_docx
from tests.readers.typeset import Paragraph, typeset

SAMPLES = Path(__file__).parent.parent / "samples"
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_NUMBERED = (
    (0, re.compile(r"[一二三四五六七八九十]+、")),
    (1, re.compile(r"（[一二三四五六七八九十]+）")),
    (2, re.compile(r"\d+\.(?!\d)")),
)
_INSERTED = "积极"
_DELETED = "（此处文字已删去）"


def _numbering(*, restarts: bool) -> str:
    """一、（一）1. as Word counts them; ``restarts`` where （一） begins again under every 一、."""
    second = "" if restarts else '<w:lvlRestart w:val="0"/>'
    suffix = '<w:suff w:val="nothing"/>'
    return abstract(
        0,
        lvl(0, "chineseCounting", "%1、", extra=suffix),
        lvl(1, "chineseCounting", "（%2）", extra=second + suffix),
        lvl(2, "decimal", "%3.", extra=suffix),
    ) + num(1, 0)


def word_of(text: str, *, restarts: bool = False) -> bytes:
    """The text as a Word file: its numbers automatic, its tables real, one paragraph in a control, one word inserted and one
    deleted with changes recorded."""
    tracked = True
    body: list[str] = []
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            body.append(_table(rows))
            rows = []
        bare = line.strip(" \u3000")
        if not bare:
            continue
        level, rest = _number(bare)
        if _INSERTED in rest and tracked:
            before, after = rest.split(_INSERTED, 1)
            content = [r(before), ins(r(_INSERTED)), deleted(_DELETED), r(after)]
            tracked = False
        else:
            content = [r(rest)]
        paragraph = p(*content, num=1, level=level, ppr=_INDENT) if level is not None else p(*content, ppr=_INDENT if len(body) > 2 else "")
        body.append(sdt(paragraph) if len(body) == 5 else paragraph)
    if rows:
        body.append(_table(rows))
    return docx(*body, numbering=_numbering(restarts=restarts))


def _number(line: str) -> tuple[int | None, str]:
    """The level of a line's number and the line without it."""
    for level, pattern in _NUMBERED:
        found = pattern.match(line)
        if found:
            return level, line[found.end() :]
    return None, line


def _table(rows: list[list[str]]) -> str:
    return tbl(*(tr(*(tc(p(r(cell))) for cell in row)) for row in rows))


def main() -> None:
    """Write every sample that is not text."""
    opinion = (SAMPLES / "province-opinion.txt").read_text("utf-8")
    word = word_of(opinion)
    (SAMPLES / "province-opinion-word.docx").write_bytes(word)
    (SAMPLES / "county-tasks-word.docx").write_bytes(word_of((SAMPLES / "county-tasks.txt").read_text("utf-8"), restarts=True))
    outline = (SAMPLES / "plenary-outline.txt").read_text("utf-8")
    pages = typeset([Paragraph(line.strip(" \u3000")) for line in outline.split("\n") if line.strip()])
    (SAMPLES / "plenary-outline-ofd.ofd").write_bytes(build_ofd(pages, head="云州市委全会精神", number="— {n} —", title="传达提纲"))
    notice = (SAMPLES / "department-notice.txt").read_text("utf-8")
    (SAMPLES / "department-notice-gb18030.txt").write_bytes(notice.encode("gb18030"))
    if has_office():
        lines = [line.strip(" \u3000") for line in opinion.split("\n") if line.strip() and "\t" not in line]
        set_ = [Paragraph(line, "title" if i == 0 else "left" if i < 3 else "body") for i, line in enumerate(lines)]
        (SAMPLES / "province-opinion-pdf.pdf").write_bytes(office_pdf(official_docx(set_, head="临江省人民政府公报", number=True)))
    else:
        print("no LibreOffice here: the PDF sample was left as it is", file=sys.stderr)


if __name__ == "__main__":
    main()
