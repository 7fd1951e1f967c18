"""Documents whose lines a page broke: what is compared is the text as a reader sees it, what is answered are spans of the text as it is.

A PDF's line ends in the middle of a word; alignment would part clauses there. Such a document is carried over into its reading view,
and every span of the result is led back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import repeat, starmap

from luoshi.align.model import Added, Alignment, Change, Link, TargetRow
from luoshi.decompose.model import Deadline, Decomposition, Item, Measure, Section, Sentence, Target
from luoshi.text import ReadingView, Span, reading_view


def view_of(made: Decomposition) -> ReadingView | None:
    """The reading view of a document in which a line break stands inside an item; None for all others, which are compared as they are."""
    return reading_view(made.source) if any("\n" in item.quote for item in made.items) else None


def carried(made: Decomposition, view: ReadingView | None) -> Decomposition:
    """``made`` with its spans in the reading view, whose text stands in the place of the source's."""
    if view is None:
        return made
    at = view.position
    ids, begins, finishes, _quotes, *told, dated, counted, measures, mechanisms, doubts = zip(*made.items, strict=True)
    starts, ends = view.positions(begins), view.positions(finishes)
    quotes = [view.text[start:end] for start, end in zip(starts, ends, strict=True)]
    deadlines = [tuple([Deadline(at(one.start), at(one.end), *one[2:]) for one in own]) if own else () for own in dated]
    targets = [tuple([Target(at(one.start), at(one.end), *one[2:]) for one in own]) if own else () for own in counted]
    items = tuple(map(Item, ids, starts, ends, quotes, *told, deadlines, targets, _measured(measures, view), mechanisms, doubts))
    begins, finishes, *told = zip(*made.sentences, strict=True)
    sentences = tuple(map(Sentence, view.positions(begins), view.positions(finishes), *told))
    sections = tuple([Section(one.id, one.number, one.title, one.level, at(one.start), at(one.end), one.parent, Span(at(one.heading.start), at(one.heading.end))) for one in made.sections])
    return replace(made, source=replace(made.source, text=view.text), items=items, sentences=sentences, sections=sections)


def _measured(measures: Sequence[tuple[Measure, ...]], view: ReadingView) -> Iterator[tuple[Measure, ...]]:
    """For each item one measure from the start of its first to the end of its last: what lies between is not asked for."""
    there = [own for own in measures if own]
    whole = map(Measure, view.positions([own[0].start for own in there]), view.positions([own[-1].end for own in there]), repeat(""))
    return ((next(whole),) if own else () for own in measures)


def led_back(made: Alignment, upper: Decomposition, lower: Decomposition, above: ReadingView | None, below: ReadingView | None) -> Alignment:
    """The alignment of the documents as they are."""
    if above is None and below is None:
        return made
    targets = tuple(_led_back_row(row, upper, lower, above, below) for row in made.targets)
    return replace(made, upper=upper, lower=lower, links=led_back_links(made.links, above, below), targets=targets)


def led_back_links(links: Sequence[Link], above: ReadingView | None, below: ReadingView | None) -> tuple[Link, ...]:
    """The same links in spans of the documents as they are."""
    if not links:
        return ()
    uppers, lowers, *told, more, other = zip(*links, strict=True)
    added = [tuple([Added(one.slot, _back(one.lower, below)) for one in own]) if own else () for own in more]
    changed = [tuple([Change(one.slot, one.how, _back(one.upper, above), _back(one.lower, below) if one.lower else None) for one in own]) if own else () for own in other]
    return tuple(map(Link, _all_back(uppers, above), _all_back(lowers, below), *told, added, changed))


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


def _all_back(spans: Sequence[Span], view: ReadingView | None) -> Iterable[Span]:
    """``_back`` of many spans, none of them empty."""
    return spans if view is None else starmap(Span, view.ranges([span.start for span in spans], [span.end for span in spans]))


def _back(span: Span, view: ReadingView | None) -> Span:
    return span if view is None else view.span(span.start, span.end)
