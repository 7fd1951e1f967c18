"""Documents whose lines a page broke: what is compared is the text as a reader sees it, what is answered are spans of the text as it is.

A PDF's line ends in the middle of a word; alignment would part clauses there. Such a document is carried over into its reading view,
and every span of the result is led back.
"""

from dataclasses import replace

from luoshi.align.model import Added, Alignment, Change, Link, TargetRow
from luoshi.decompose.model import Deadline, Decomposition, Item, Measure, Sentence, Target
from luoshi.text import ReadingView, Span, reading_view


def view_of(made: Decomposition) -> ReadingView | None:
    """The reading view of a document in which a line break stands inside an item; None for all others, which are compared as they are."""
    return reading_view(made.source) if any("\n" in item.quote for item in made.items) else None


def carried(made: Decomposition, view: ReadingView | None) -> Decomposition:
    """``made`` with its spans in the reading view, whose text stands in the place of the source's."""
    if view is None:
        return made
    at = view.position
    items = tuple(_carried_item(item, view) for item in made.items)
    sentences = tuple(Sentence(at(one.start), at(one.end), *one[2:]) for one in made.sentences)
    sections = tuple(replace(one, start=at(one.start), end=at(one.end), heading=Span(at(one.heading.start), at(one.heading.end))) for one in made.sections)
    return replace(made, source=replace(made.source, text=view.text, _sha256=[]), items=items, sentences=sentences, sections=sections)


def _carried_item(item: Item, view: ReadingView) -> Item:
    at = view.position
    start, end = at(item.start), at(item.end)
    measures = tuple(Measure(at(one.start), at(one.end), one.text) for one in (item.measures[0], item.measures[-1])) if item.measures else ()  # what lies between is not asked for
    deadlines = tuple(Deadline(at(one.start), at(one.end), *one[2:]) for one in item.deadlines) if item.deadlines else ()
    targets = tuple(Target(at(one.start), at(one.end), *one[2:]) for one in item.targets) if item.targets else ()
    return item._replace(start=start, end=end, quote=view.text[start:end], measures=measures, deadlines=deadlines, targets=targets)


def led_back(made: Alignment, upper: Decomposition, lower: Decomposition, above: ReadingView | None, below: ReadingView | None) -> Alignment:
    """The alignment of the documents as they are."""
    if above is None and below is None:
        return made
    targets = tuple(_led_back_row(row, upper, lower, above, below) for row in made.targets)
    return replace(made, upper=upper, lower=lower, links=tuple(led_back_link(link, above, below) for link in made.links), targets=targets)


def led_back_link(link: Link, above: ReadingView | None, below: ReadingView | None) -> Link:
    """The same link in spans of the documents as they are."""
    added = tuple(Added(one.slot, _back(one.lower, below)) for one in link.added) if link.added else ()
    changed = tuple(Change(one.slot, one.how, _back(one.upper, above), _back(one.lower, below) if one.lower else None) for one in link.changed) if link.changed else ()
    return link._replace(upper=_back(link.upper, above), lower=_back(link.lower, below), added=added, changed=changed)


def carried_span(span: Span, view: ReadingView | None) -> Span:
    """A span of the document as it is, in its reading view."""
    return span if view is None else Span(view.position(span.start), view.position(span.end))


def _led_back_row(row: TargetRow, upper: Decomposition, lower: Decomposition, above: ReadingView | None, below: ReadingView | None) -> TargetRow:
    return row._replace(
        upper=_back_target(row.upper, upper, above),
        lower=_back_target(row.lower, lower, below) if row.lower else None,
        words=_back(row.words, below) if row.words else None,
    )


def _back_target(target: Target, made: Decomposition, view: ReadingView | None) -> Target:
    span = _back(Span(target.start, target.end), view)
    return target._replace(start=span.start, end=span.end, text=span.of(made.source.text))


def _back(span: Span, view: ReadingView | None) -> Span:
    return span if view is None else view.span(span.start, span.end)
