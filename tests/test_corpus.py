"""Real documents beside the repository, where they are: none fails, every contract holds, what the corpus is known for is found.

Every tenth document of the bulk is taken; ``LUOSHI_PROVE=1 pytest -m prove`` takes all. Documents with held-out sentences
(score/heldout.json) are read in the full run alone: a failure here would show their text to whoever writes rules.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from luoshi.decompose import decompose
from luoshi.decompose.model import Decomposition
from luoshi.readers import read
from luoshi.text import ForbiddenError
from tests.decompose.contract import assert_contract
from tests.proving import FULL

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
BULK = CORPUS / "bulk"
HELD_OUT = {row["file"] for row in json.loads((Path(__file__).parent / "score" / "heldout.json").read_text("utf-8"))}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")


def _files(folder: str) -> list[Path]:
    return sorted((CORPUS / folder).rglob("*.txt")) if CORPUS.is_dir() else []


def _bulk() -> list[Path]:
    """Every tenth document that is not held out."""
    return [path for path in _files("bulk") if path.relative_to(BULK).as_posix() not in HELD_OUT][::10]


@cache
def made_of(path: Path) -> Decomposition:
    return decompose(read(path))


def _named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.relative_to(CORPUS).as_posix()) for path in paths] or [pytest.param(Path(), id="none")]


KNOWN = _files("source") + _files("annotated")


@pytest.mark.parametrize("path", _named(KNOWN))
def test_source_and_annotated(path: Path) -> None:
    made = made_of(path)
    assert_contract(made)
    assert not [term.name for term in made.frameworks if term.status == "mismatch"], "a miscount that is none"
    assert made.items or "tongbao" in path.name


@pytest.mark.parametrize("path", _named(_bulk()))
def test_a_tenth_of_the_bulk(path: Path) -> None:
    assert_contract(decompose(read(path)))


@pytest.mark.prove
@pytest.mark.skipif(not FULL, reason="the whole bulk is read with LUOSHI_PROVE=1")
@pytest.mark.parametrize("path", _named(_files("bulk") if FULL else []))
def test_all_of_the_bulk(path: Path) -> None:
    """No document is refused or fails: words of secrecy in running text are no mark."""
    try:
        made = decompose(read(path))
    except ForbiddenError as error:
        pytest.fail(f"{path.name}: {error}")
    assert_contract(made)


DATES = [
    pytest.param("chengdu-committee-2023", [("meeting", "2023-06-12", "inferred")], id="chengdu-committee"),
    pytest.param("deyang-campaign-2018", [("meeting", "2018-04-24", "inferred")], id="deyang-campaign"),
    pytest.param("sichuan-committee-2023", [("meeting", "2023-07-29", "inferred")], id="sichuan-committee"),
    pytest.param("chongqing-plenary-2024", [("meeting", "2024-05-24", "stated"), ("issued", "2024-05-28", "stated"), ("posted", "2024-07-26", "stated")], id="chongqing-plenary"),
    pytest.param("chengdu-reading-class-2024", [("meeting", "2024-12-20", "inferred"), ("posted", "2024-12-21", "stated")], id="chengdu-reading-class"),
]


@pytest.mark.parametrize(("name", "expected"), DATES)
def test_dates_of_the_five_sources(name: str, expected: list[tuple[str, str, str]]) -> None:
    made = made_of(CORPUS / "source" / f"{name}.txt")
    assert [(d.kind, d.date, d.how) for d in made.facts.dates] == expected
    for dated in made.facts.dates:
        assert dated.evidence is not None and dated.evidence.of(made.source.text)
        if dated.how == "inferred":
            assert dated.reason


LEVELS = [
    pytest.param("chengdu-committee-2023", "city", id="chengdu-committee"),
    pytest.param("deyang-campaign-2018", "city", id="deyang-campaign"),
    pytest.param("sichuan-committee-2023", "province", id="sichuan-committee"),
    pytest.param("chongqing-plenary-2024", "province", id="a 直辖市 is a province"),
    pytest.param("chengdu-reading-class-2024", "city", id="chengdu-reading-class"),
]


@pytest.mark.parametrize(("name", "expected"), LEVELS)
def test_levels_of_the_five_sources(name: str, expected: str) -> None:
    assert made_of(CORPUS / "source" / f"{name}.txt").facts.level == expected


def test_the_zone_that_the_plenary_words_in_two_ways() -> None:
    made = made_of(CORPUS / "source" / "chongqing-plenary-2024.txt")
    pairs = [pair for term in made.frameworks for pair in term.variants]
    assert len(pairs) == 1
    first, second = (span.of(made.source.text) for span in pairs[0])
    assert first != second and sorted(first) == sorted(second)
    assert pairs[0][0].start != pairs[0][1].start
    assert "framework.variant" in {doubt.code for doubt in made.doubts}
