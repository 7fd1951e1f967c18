"""What holds for every alignment, whatever the two documents."""

from luoshi.align import Alignment
from luoshi.align.model import BANDS, COMPARISONS, LINKING, RELATIONS
from luoshi.text import Span


def assert_contract(made: Alignment) -> None:
    """What holds for every alignment."""
    _assert_links(made)
    _assert_items(made)
    _assert_direction(made)
    _assert_targets(made)
    _assert_measures(made)
    assert made.standard_version


def _within(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _assert_links(made: Alignment) -> None:
    above, below = made.upper.source.text, made.lower.source.text
    uppers, lowers = {item.id for item in made.upper.items}, {item.id for item in made.lower.items}
    for link in made.links:
        assert _within(link.upper, above) and _within(link.lower, below)
        assert made.quotes(link) == (above[link.upper.start : link.upper.end], below[link.lower.start : link.lower.end])
        assert 0.0 <= link.score <= 1.0
        assert link.upper_item in uppers
        assert link.lower_item in lowers | {None}
        assert {link.relation, *link.also} <= set(RELATIONS) - {"none"}
        assert len({link.relation, *link.also}) == 1 + len(link.also)
        assert all(_within(one.lower, below) for one in link.added)
        for one in link.changed:
            assert _within(one.upper, above) or (one.slot == "modality" and link.upper.start <= one.upper.start == one.upper.end <= link.upper.end)
            assert one.lower is None or _within(one.lower, below) or (one.slot == "modality" and one.lower.end <= link.lower.end)
    bundles = [(link.upper_item, link.lower.start) for link in made.links if link.level == "bundle"]
    assert len(bundles) == len(set(bundles))


def _assert_items(made: Alignment) -> None:
    assert [one.id for one in made.upper_items] == [item.id for item in made.upper.items]
    assert [one.id for one in made.lower_items] == [item.id for item in made.lower.items]
    principles = {item.id for item in made.upper.items if item.grade == "principle"}
    assert {one.id for one in made.upper_items if one.band is None} == principles
    assert {one.id for one in made.lower_items if one.origin is None} == {item.id for item in made.lower.items if item.grade == "principle"}
    for one in made.upper_items:
        own = [made.links[n] for n in one.links]
        assert sorted(one.links) == [n for n, link in enumerate(made.links) if link.upper_item == one.id]
        assert one.band in (*BANDS, None)
        assert one.score == max((link.score for link in own if link.level == "bundle"), default=0.0)
        assert (one.band in ("not_seen", None)) == (not own)
        if own:
            assert own[0].level == "bundle"
    for below in made.lower_items:
        own = [made.links[n] for n in below.links]
        assert sorted(below.links) == [n for n, link in enumerate(made.links) if link.lower_item == below.id]
        assert (below.origin in ("local", None)) == (not own)
        assert [link.score for link in own] == sorted((link.score for link in own), reverse=True)


def _assert_direction(made: Alignment) -> None:
    assert made.direction.reason
    linking = {link.relation for link in made.links} & LINKING
    if made.direction.value == "same_source":
        assert linking <= {"same_source"}
        assert "derived" not in {one.origin for one in made.lower_items}
    else:
        assert "same_source" not in linking
        assert "same_source" not in {one.origin for one in made.lower_items}


def _assert_targets(made: Alignment) -> None:
    above, below = made.upper.source.text, made.lower.source.text
    goals = {item.id: item.targets for item in made.upper.items if item.grade != "principle"}
    answers = {item.id: item.targets for item in made.lower.items}
    for row in made.targets:
        assert row.indicator and row.comparison in COMPARISONS
        assert row.upper in goals[row.upper_item] and above[row.upper.start : row.upper.end] == row.upper.text
        assert row.lower is None or row.lower in answers[row.lower_item or ""]
        assert row.words is None or (_within(row.words, below) and row.comparison == "in_words")
        assert (row.comparison in ("in_words", "not_seen")) == (row.lower is None)
    assert [row.upper.start for row in made.targets] == sorted(row.upper.start for row in made.targets)


def _assert_measures(made: Alignment) -> None:
    measures = {one.name: one for one in made.measures}
    assert list(measures) == ["found", "to_check", "not_seen", "copied", "concretised", "local"]
    for one in made.measures:
        assert 0 <= one.part <= one.whole
        assert one.formula
        assert (one.value is None) if one.whole == 0 else (one.value == one.part / one.whole)
    bands = [one.band for one in made.upper_items if one.band]
    for band in BANDS:
        assert (measures[band].part, measures[band].whole) == (bands.count(band), len(bands))
    origins = [one.origin for one in made.lower_items if one.origin]
    assert (measures["local"].part, measures["local"].whole) == (origins.count("local"), len(origins))
    assert measures["concretised"].whole == measures["found"].part
