"""SourceText → Decomposition: a document becomes a list, and every sentence has its place in it.

Read ``decompose`` first: it is the whole pass. Stages are functions of values; none of them knows a file, a clock or a page.
"""

import sys
from datetime import date
from types import ModuleType

from luoshi.decompose import assemble, cards, disposition, facts, frameworks, head, outline, paragraphs, responsibilities, slogans, tables
from luoshi.decompose.model import (
    DISPOSITIONS,
    GRADES,
    DatedFact,
    Deadline,
    Decomposition,
    Disposition,
    Facts,
    Framework,
    Grade,
    Item,
    Measure,
    Member,
    Modality,
    Responsibility,
    Section,
    Sentence,
    Target,
    Unit,
)
from luoshi.decompose.placed import placed_tables
from luoshi.decompose.rules.cues import Cues
from luoshi.text import SourceText, reading_view
from luoshi.text.collector import collector_at_rest

__all__ = [
    "DISPOSITIONS",
    "GRADES",
    "DatedFact",
    "Deadline",
    "Decomposition",
    "Disposition",
    "Facts",
    "Framework",
    "Grade",
    "Item",
    "Measure",
    "Member",
    "Modality",
    "Responsibility",
    "Section",
    "Sentence",
    "Target",
    "Unit",
    "decompose",
]


def decompose(source: SourceText, *, as_of: date | None = None) -> Decomposition:
    """Read ``source`` into sections, sentences, items, responsibilities, frameworks and doubts.

    ``as_of`` is the day from which deadlines are judged as past; None leaves that out. Every span of the result is one of
    ``source.text``. Nothing is raised for a text that is odd: what is unsure becomes a doubt.
    """
    with collector_at_rest():
        return _decompose(source, as_of)


def _decompose(source: SourceText, as_of: date | None) -> Decomposition:
    view = reading_view(source)
    text = view.text
    cues = Cues.of(text)
    blocks = paragraphs.paragraphs(text, cues)
    found = paragraphs.sentences(text, blocks, cues)
    held = cues.between([sentence.start for sentence in found])
    grids = tables.tables(text, blocks, placed_tables(view, source.tables) if source.tables else ())
    top = head.read_head(text, found)
    carded = cards.find_cards(text, found, cues, top.body)
    structure = outline.outline(text, blocks, found, top.body, carded, cells=tables.cell_starts(text, grids), table=top.kind == "table")
    judged = disposition.judge(text, found, held, structure, top, grids)
    answers = responsibilities.answers(text, cues, found) + responsibilities.table_answers(text, grids)
    disposition.heed_answers(text, found, judged, answers)
    slogans.head_parts(text, found, judged)
    known = facts.read_facts(text, found, held, top)
    terms = frameworks.frameworks(text, cues, structure)
    return assemble.assemble(source, view, cues, held, found, grids, top, structure, carded, judged, known, answers, terms, as_of=as_of)


class _Callable(ModuleType):
    """``luoshi.decompose`` is this package and, in the public API, the function: the package can be called."""

    def __call__(self, source: SourceText, *, as_of: date | None = None) -> Decomposition:
        return decompose(source, as_of=as_of)


sys.modules[__name__].__class__ = _Callable
