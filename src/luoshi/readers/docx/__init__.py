"""Word documents (.docx, .docm, .dotx): our own walk over the XML, because nobody else reproduces Chinese numbering.

The pass: parts → styles and numbering → body → notes that the body refers to. Headers, footers and comments are not text
of the document; nothing outside the archive is followed.
"""

from luoshi.readers.archive import open_zip
from luoshi.readers.assembly import Assembly, empty_document
from luoshi.readers.docx.numbering import Numbering
from luoshi.readers.docx.paragraphs import ParagraphReader
from luoshi.readers.docx.story import Story
from luoshi.readers.docx.styles import Styles
from luoshi.readers.ooxml import Element, Package, attribute, child, kind
from luoshi.text import DamagedFile, NoTextLayer, SourceText
from luoshi.text.language import _

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes, *, name: str) -> SourceText:
    """The text of a Word document with its automatic numbers (marked ``generated``), tables and notes."""
    archive = open_zip(data)
    package = Package(archive, "word/document.xml")
    styles = Styles(package.parse_related(package.main, "styles"))
    paragraphs = ParagraphReader(styles, Numbering(package.parse_related(package.main, "numbering"), styles))
    assembly = Assembly()
    story = Story(paragraphs, assembly)
    root = package.parse(package.main)
    body = child(root, "w:body")
    if body is None:
        raise DamagedFile(_("{name} 不是完整的 Word 文档。").format(name=name), hint=_("请用 Word 或 WPS 打开并另存一份后再试。"))
    paragraphs.open_part(root)
    story.write_body(body)
    _write_notes(package, paragraphs, story)
    if assembly.is_blank:
        if any("/media/" in member for member in archive.names):
            raise NoTextLayer(_("{name} 里只有图片，没有文字。").format(name=name), hint=_("请先做文字识别（OCR），再读识别后的文件。"))
        raise empty_document(name)
    _doubt(paragraphs, assembly)
    return assembly.source(data, name=name, media_type=MEDIA_TYPE)


def _write_notes(package: Package, paragraphs: ParagraphReader, story: Story) -> None:
    """Footnotes, then endnotes, in the order in which the text refers to them; what it never refers to, Word never shows."""
    ordinal = 0
    for family in ("footnote", "endnote"):
        wanted = [note_id for kind_, note_id in paragraphs.notes if kind_ == family]
        root = package.parse_related(package.main, f"{family}s") if wanted else None
        if root is None:
            continue
        paragraphs.open_part(root)
        notes: dict[str, Element] = {attribute(note, "w:id") or "": note for note in root if kind(note) == f"w:{family}"}
        for note_id in wanted:
            if note_id in notes:
                ordinal += 1
                story.write_note(notes[note_id], ordinal)


def _doubt(paragraphs: ParagraphReader, assembly: Assembly) -> None:
    """What the reviewer should know about how the text was read."""
    if paragraphs.tracked:
        assembly.doubt(
            "document.tracked_changes",
            _("文件带有修订痕迹，已按“接受全部修订”后的文字读取。"),
            _("如修订尚未定稿，请先在 Word 中接受或拒绝修订。"),
        )
    if paragraphs.hid_text:
        assembly.doubt("document.hidden_text", _("文件中有隐藏文字，没有读取。"), _("如需读取，请先在 Word 中取消隐藏。"))
