"""Small parts that several views of the page share: places, quotes with their differing words marked, bands, relations."""

from typing import Literal

from luoshi.text import Span
from luoshi.text.language import _
from luoshi.writers import labels
from luoshi.writers.alignment.passages import Passage
from luoshi.writers.alignment.rows import Counterpart, Sheet
from luoshi.writers.html.elements import Html, el, join, safe
from luoshi.writers.plain import one_line

Side = Literal["upper", "lower"]
# Colours of the bands: none of them says that something is wrong.
TONES: dict[str, str] = {"found": "blue", "to_check": "yellow", "not_seen": "grey"}
# Relations and comparisons that ask for a second look.
LOOK = frozenset({"weakened", "narrowed", "looser", "in_words"})


def place(document: int, span: Span) -> str:
    """The id of a stretch of a text; the upper text is document 0."""
    return f"d{document}-{span.start}-{span.end}" if document else f"u{span.start}-{span.end}"


def places(passage: Passage) -> tuple[str, str]:
    """The ids of both quotes of a passage."""
    return place(0, passage.link.upper), place(passage.document, passage.link.lower)


def clip(text: str, size: int) -> str:
    """The beginning of ``text``."""
    return text if len(text) <= size else text[: size - 1] + "…"


def band(name: str) -> Html:
    """A band as a mark and a word."""
    mark, word = labels.bands()[name]
    return el("span", word, class_=f"light {TONES[name]}", data_shape=mark)


def band_of(counterpart: Counterpart) -> Html:
    """The band of one lower document."""
    return band(counterpart.band) if counterpart.band else Html("")


def relation(name: str) -> Html:
    """A relation as a word; those to look at twice have a frame of their own."""
    word = labels.relations().get(name, name)
    return el("span", word, class_="rel look" if name in LOOK else "rel")


def comparison(name: str) -> Html:
    """How a lower target stands to the upper one, as a mark and a word."""
    mark, word = labels.comparisons()[name]
    return el("span", f"{mark} {word}", class_="cmp look" if name in LOOK else "cmp")


def quote(passage: Passage, sheet: Sheet, side: Side) -> Html:
    """One side of a passage as a link to its place in the text; what the other side words differently is marked."""
    alignment = sheet.alignments[passage.document - 1]
    text = (alignment.upper if side == "upper" else alignment.lower).source.text
    parts: list[str] = []
    tag = "del" if side == "upper" else "ins"
    for edit in passage.edits:
        piece = one_line((edit.upper if side == "upper" else edit.lower).of(text))
        if piece:
            parts.append(safe(piece) if edit.op == "equal" else el(tag, piece))
    here, there = places(passage)
    target, other = (here, there) if side == "upper" else (there, here)
    return el("a", join(parts), href=f"#{target}", data_with=other)


def notes(passage: Passage) -> Html:
    """What changed, in words."""
    return el("ul", *(el("li", note) for note in passage.notes), class_="notes") if passage.notes else Html("")


def nothing(text: str = "") -> Html:
    """What an empty list says."""
    return el("p", text or _("没有。"), class_="empty")


def document_name(sheet: Sheet, document: int) -> Html:
    """The short name of a lower document."""
    return el("span", sheet.names[document - 1], class_="name", lang="zh-Hans")
