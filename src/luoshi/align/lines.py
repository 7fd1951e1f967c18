"""Documents whose lines a page broke: what is compared is the text as a reader sees it, what is answered are spans of the text as it is.

A PDF's line ends in the middle of a word; alignment would part clauses there. Such a document is carried over into its reading view,
and every span of the result is led back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import repeat

from luoshi.align.model import Added, Alignment, Change, Link, TargetRow
from luoshi.decompose.model import Deadline, Decomposition, Item, Measure, Sentence, Target
from luoshi.text import ReadingView, Span, reading_view

_Stretch = Item | Sentence | Measure


def view_of(made: Decomposition) -> ReadingView | None:
    """The reading view of a document in which a line break stands inside an item; None for all others, which are compared as they are."""
    return reading_view(made.source) if any("\n" in item.quote for item in made.items) else None


def carried(made: Decomposition, view: ReadingView | None) -> Decomposition:
    """``made`` with its spans in the reading view, whose text stands in the place of the source's."""
    if view is None:
        return made
    at = view.position
    first, last = [item.measures[0] if item.measures else item for item in made.items], [item.measures[-1] if item.measures else item for item in made.items]
    items = tuple(map(_carried_item, made.items, _places(view, made.items, made.items), _places(view, first, last), repeat(view)))
    places = _places(view, made.sentences, made.sentences)
    sentences = tuple([Sentence(start, end, one.disposition, one.section, one.item) for one, (start, end) in zip(made.sentences, places, strict=True)])
    sections = tuple(replace(one, start=at(one.start), end=at(one.end), heading=Span(at(one.heading.start), at(one.heading.end))) for one in made.sections)
    return replace(made, source=replace(made.source, text=view.text, _sha256=[]), items=items, sentences=sentences, sections=sections)


def _places(view: ReadingView, first: Sequence[_Stretch], last: Sequence[_Stretch]) -> Iterator[tuple[int, int]]:
    """In the view, where each of ``first`` starts and that of ``last`` ends."""
    return zip(view.positions([one.start for one in first]), view.positions([one.end for one in last]), strict=True)


def _carried_item(item: Item, place: tuple[int, int], measured: tuple[int, int], view: ReadingView) -> Item:
    at = view.position
    start, end = place
    measures = (Measure(*measured, ""),) if item.measures else ()  # what lies between the first and the last is not asked for
    deadlines = tuple([Deadline(at(one.start), at(one.end), *one[2:]) for one in item.deadlines]) if item.deadlines else ()
    targets = tuple([Target(at(one.start), at(one.end), *one[2:]) for one in item.targets]) if item.targets else ()
    return Item(item.id, start, end, view.text[start:end], *item[4:11], deadlines, targets, measures, *item[14:])


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
    return Link(_back(link.upper, above), _back(link.lower, below), *link[2:8], added, changed)


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
