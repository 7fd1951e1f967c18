"""What every decomposition keeps, whatever the text: asked of invented, random, broken and real documents alike."""

import itertools

from luoshi.decompose.model import DISPOSITIONS, GRADES, Decomposition, Item, Sentence
from luoshi.text import Span
from luoshi.text.lines import layout


def assert_contract(made: Decomposition) -> None:
    """Every quote is its slice, every sentence has one place and one disposition, nothing of the text is passed over."""
    _assert_sentences(made)
    _assert_nothing_passed_over(made)
    _assert_sections(made)
    stands = {sentence.start: sentence for sentence in made.sentences}
    for item in made.items:
        _assert_item(item, stands[item.start], made.source.text)
    _assert_responsibilities(made)
    _assert_frameworks(made)
    _assert_facts(made)
    for doubt in made.doubts:
        assert doubt.code and doubt.message and doubt.hint
        assert 0 <= doubt.start <= doubt.end <= len(made.source.text)


def _quotes(text: str, start: int, end: int, quote: str) -> None:
    assert text[start:end] == quote, f"[{start}, {end}) is {text[start:end]!r}, not {quote!r}"


def _stands_in(name: str, words: str) -> bool:
    """True where ``words`` are the name, but for line breaks and page numbers that a page put into it."""
    rest = iter(words)
    return all(c in rest for c in name)


def _assert_sentences(made: Decomposition) -> None:
    text = made.source.text
    for sentence in made.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
        assert sentence.disposition in DISPOSITIONS
        assert text[sentence.start : sentence.end].strip()
    for one, following in itertools.pairwise(made.sentences):
        assert one.end <= following.start
    assert made.residue == {"unread": sum(1 for s in made.sentences if s.disposition == "unread"), "sentences": len(made.sentences)}
    sections = {section.id for section in made.sections}
    items = {item.id for item in made.items}
    assert {s.section for s in made.sentences} <= sections | {None}
    assert {s.item for s in made.sentences} <= items | {None}


def _assert_nothing_passed_over(made: Decomposition) -> None:
    """Every character that is read stands in a sentence; page furniture, blanks and the bars of a table do not."""
    text = made.source.text
    left = [c if not c.isspace() and c != "|" else "" for c in text]
    for span in (*layout(made.source).dropped, *(Span(s.start, s.end) for s in made.sentences)):
        left[span.start : span.end] = [""] * (span.end - span.start)
    assert not "".join(left)


def _assert_sections(made: Decomposition) -> None:
    text = made.source.text
    known: dict[str, Span] = {}
    for section in made.sections:
        whole = Span(section.start, section.end)
        assert whole.covers(section.heading)
        assert section.heading.of(text).startswith(section.number)
        assert section.title in whole.of(text)
        if section.parent is not None:
            assert known[section.parent].covers(whole)
        known[section.id] = whole
    assert len(known) == len(made.sections)


def _assert_item(item: Item, stands: Sentence, text: str) -> None:
    own = Span(item.start, item.end)
    _quotes(text, item.start, item.end, item.quote)
    assert item.grade in GRADES
    assert stands.end == item.end and stands.item == item.id and stands.disposition == item.kind
    for measure in (*item.measures, *item.mechanisms):
        _quotes(text, measure.start, measure.end, measure.text)
        assert own.covers(Span(measure.start, measure.end))
    for one, following in itertools.pairwise(item.measures):
        assert one.end <= following.start
    for unit in item.units:
        assert unit.name and _stands_in(unit.name, text[unit.start : unit.end])
    if item.speaker:
        assert item.speaker in item.units and item.speaker.role == "speaker"
    for deadline in item.deadlines:
        _quotes(text, deadline.start, deadline.end, deadline.text)
        assert deadline.rule
    for target in item.targets:
        _quotes(text, target.start, target.end, target.text)
    if item.lead:
        assert item.lead.end <= item.start
    for doubt in item.doubts:
        assert doubt.code and doubt.message and doubt.hint
        assert 0 <= doubt.start <= doubt.end <= len(text)


def _assert_responsibilities(made: Decomposition) -> None:
    text = made.source.text
    items = {item.id for item in made.items}
    for one in made.responsibilities:
        said = text[one.start : one.end]
        assert one.lead or one.support
        assert all(name and _stands_in(name, said) for name in (*one.lead, *one.support))
        assert set(one.items) <= items


def _assert_frameworks(made: Decomposition) -> None:
    text = made.source.text
    for one in made.frameworks:
        assert one.mentions and one.mentions[0].of(text) == one.name
        for member in one.members:
            _quotes(text, member.start, member.end, member.text)
        assert (len(one.members) == one.claimed) == (one.status == "complete")
        if one.status == "mention":
            assert not one.members


def _assert_facts(made: Decomposition) -> None:
    for dated in made.facts.dates:
        assert dated.how in ("stated", "inferred")
        if dated.evidence:
            assert dated.evidence.of(made.source.text)
        if dated.how == "inferred":
            assert dated.reason
