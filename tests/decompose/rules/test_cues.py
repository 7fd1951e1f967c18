"""Cues promise that a pattern without them cannot match: every pattern is held to that, on text made for it and on documents."""

import json
import re
from functools import reduce
from operator import or_
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.decompose import paragraphs
from luoshi.decompose.rules.cues import ANY, CUES, Cues, pairs
from luoshi.readers import read
from luoshi.text import SourceText, reading_view
from tests.proving import share

BULK = Path(__file__).parents[4] / "shared" / "corpus" / "bulk"
HELD_OUT = {row["file"] for row in json.loads((Path(__file__).parents[2] / "score" / "heldout.json").read_text("utf-8"))}
SAMPLES = sorted((Path(__file__).parents[3] / "samples").glob("*.txt"))
# Digits and blanks of other scripts match \d and \s too, but no office writes them and the reading view folds what it can.
LETTERS = st.characters(codec="gb2312", exclude_categories=["Nl", "No"], exclude_characters="\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u3000０１２３４５６７８９")
PATTERNS = {known.pattern: reduce(or_, (other.bit for other in CUES if other.pattern is known.pattern)) for known in CUES}


def held(text: str) -> int:
    return Cues.of(text).between([0])[0] if text else 0


@pytest.mark.prove
@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=f"{n:02d}") for n, pattern in enumerate(PATTERNS)])
@settings(max_examples=share(60), deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_pattern_matches_nothing_without_its_cue(pattern: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern, alphabet=LETTERS))
    found = pattern.search(text)
    if found:
        assert held(text) & PATTERNS[pattern], text


def assert_cues_stand_wherever_patterns_match(text: str) -> None:
    view = reading_view(SourceText.from_text(text)).text
    cues = Cues.of(view)
    found = paragraphs.sentences(view, paragraphs.paragraphs(view, cues), cues)
    bits = cues.between([sentence.start for sentence in found])
    for sentence, there in zip(found, bits, strict=True):
        line = view[sentence.start : sentence.end]
        for pattern, needed in PATTERNS.items():
            assert there & needed or not pattern.search(line), (pattern.pattern[:60], line)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_nor_in_the_samples(path: Path) -> None:
    assert_cues_stand_wherever_patterns_match(read(path).text)


@pytest.mark.skipif(not BULK.is_dir(), reason=f"no corpus at {BULK}")
def test_nor_in_the_bulk() -> None:
    for path in [path for path in sorted(BULK.rglob("*.txt")) if path.relative_to(BULK).as_posix() not in HELD_OUT][5::30]:
        assert_cues_stand_wherever_patterns_match(path.read_text("utf-8"))


def test_every_cue_has_a_bit_of_its_own() -> None:
    assert len({known.bit for known in CUES}) == len(CUES)
    assert all(known.bit & ANY for known in CUES)


def test_stretches_keep_their_cues_apart() -> None:
    """A stretch without a cue holds none, also where the next one does, and the last goes on to the end."""
    known = next(one for one in CUES if "试行" not in one.words and "请" in one.words)
    text = "甲乙丙请丁戊"
    assert [bool(there & known.bit) for there in Cues.of(text).between([0, 2, 4])] == [False, True, False]
    assert [bool(there & known.bit) for there in Cues.of(text).between([0, 3])] == [False, True]
    assert Cues.of(text).places(known.bit) == [3]
    assert Cues.of(text).inside([0], [3]).places(known.bit) == []
    assert Cues.of(text).inside([0, 3], [2, 4]).places(known.bit) == [3]


def test_odd_characters_hold_no_cue() -> None:
    assert Cues.of("").between([]) == []
    assert Cues.of("\U00020000\ud800\uffff").between([0]) == [0]


def test_pairs() -> None:
    assert pairs("甲乙", "12") == "甲1 甲2 乙1 乙2"
