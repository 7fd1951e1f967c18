"""Short ways for tests to read a text and to say what they expect of it."""

from luoshi.decompose import decompose
from luoshi.decompose.cards import Cards
from luoshi.decompose.head import Head, read_head
from luoshi.decompose.model import Decomposition, Item, Section
from luoshi.decompose.outline import Structure, outline
from luoshi.decompose.paragraphs import paragraphs, sentences
from luoshi.text import SourceText, reading_view


def read(text: str) -> Decomposition:
    """The decomposition of a text."""
    return decompose(SourceText.from_text(text))


def view_of(text: str) -> str:
    """What rules see of a text."""
    return reading_view(SourceText.from_text(text)).text


def head_of(text: str) -> tuple[str, Head]:
    """The view of a text and its head."""
    view = view_of(text)
    return view, read_head(view, sentences(view, paragraphs(view)))


def structure_of(text: str) -> tuple[str, Structure]:
    """The view of a text and its outline, the whole of it taken as body."""
    view = view_of(text)
    blocks = paragraphs(view)
    return view, outline(view, blocks, sentences(view, blocks), 0, Cards())


def dispositions(made: Decomposition) -> list[tuple[str, str]]:
    """Every sentence with its disposition."""
    return [(s.disposition, made.source.text[s.start : s.end]) for s in made.sentences]


def disposition_of(made: Decomposition, words: str) -> str:
    """The disposition of the one sentence that begins with ``words``."""
    (found,) = [kind for kind, quote in dispositions(made) if quote.startswith(words)]
    return found


def item_of(made: Decomposition, words: str) -> Item:
    """The one item that begins with ``words``."""
    (found,) = [item for item in made.items if item.quote.startswith(words)]
    return found


def tree(made: Decomposition) -> list[str]:
    """The outline as indented lines: number and title."""
    depth: dict[str | None, int] = {None: -1}
    lines: list[str] = []
    for section in made.sections:
        depth[section.id] = depth[section.parent] + 1
        lines.append("  " * depth[section.id] + label(section))
    return lines


def label(section: Section) -> str:
    """Number and title as they are written."""
    return f"{section.number}|{section.title}" if section.number else section.title
