"""The table of OWASP ASVS 5.0: every item of levels 1 and 2 once, every test and file that it names is there, everything else has its reason."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from tools.reference.asvs import CHAPTERS, MET, STATUS, items

ROOT = Path(__file__).parent.parent
# Number of a section: its last digits, those of level 1 before the bar, those of level 2 behind it.
STANDARD = """
1.1: | 1-2   1.2: 1-5 | 6-9   1.3: 1-2 | 3-11   1.4: | 1-3   1.5: 1 | 2
2.1: 1 | 2-3   2.2: 1-2 | 3   2.3: 1 | 2-4   2.4: | 1
3.2: 1-2 |   3.3: 1 | 2-4   3.4: 1-2 | 3-6   3.5: 1-3 | 4-5   3.7: | 1-2
4.1: 1 | 2-3   4.2: | 1   4.3: | 1-2   4.4: 1 | 2-4
5.1: | 1   5.2: 1-2 | 3   5.3: 1-2 |   5.4: | 1-3
6.1: 1 | 2-3   6.2: 1-8 | 9-12   6.3: 1-2 | 3-4   6.4: 1-2 | 3-4   6.5: | 1-5   6.6: | 1-3   6.8: | 1-4
7.1: | 1-3   7.2: 1-4 |   7.3: | 1-2   7.4: 1-2 | 3-5   7.5: | 1-2   7.6: | 1-2
8.1: 1 | 2   8.2: 1-2 | 3   8.3: 1 |   8.4: | 1
9.1: 1-3 |   9.2: 1 | 2-4
10.1: | 1-2   10.2: | 1-2   10.3: | 1-4   10.4: 1-5 | 6-11   10.5: | 1-5   10.6: | 1-2   10.7: | 1-3
11.1: | 1-2   11.2: | 1-3   11.3: 1-2 | 3   11.4: 1 | 2-4   11.5: | 1   11.6: | 1
12.1: 1 | 2-3   12.2: 1-2 |   12.3: | 1-4
13.1: | 1   13.2: | 1-5   13.3: | 1-2   13.4: 1 | 2-5
14.1: | 1-2   14.2: 1 | 2-4   14.3: 1 | 2-3
15.1: 1 | 2-3   15.2: 1 | 2-3   15.3: 1 | 2-7
16.1: | 1   16.2: | 1-5   16.3: | 1-4   16.4: | 1-3   16.5: | 1-3
17.1: | 1   17.2: | 1-4   17.3: | 1-2
"""


def standard() -> dict[str, int]:
    """Number and level of every item."""
    found: dict[str, int] = {}
    for row in re.split(r"\s{2,}|\n", STANDARD.strip()):
        section, _, levels = row.partition(":")
        for level, told in enumerate(map(str.strip, levels.split("|")), start=1):
            low, _, high = told.partition("-")
            found |= {f"{section}.{n}": level for n in range(int(low), int(high or low) + 1)} if told else {}
    return found


def named_in(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def wrong(number: str, one: dict[str, Any]) -> list[str]:
    """What an item lacks."""
    found = [f"{number}: unknown word {word}" for word in set(one) - {"level", "about", "status", "by", "why", "needs"}]
    if one["status"] not in STATUS:
        found.append(f"{number}: status {one['status']}")
    if one["status"] == MET and not one.get("by"):
        found.append(f"{number}: nothing shows it")
    if one["status"] != MET and not one.get("why"):
        found.append(f"{number}: no reason")
    for name in one.get("by", ()):
        file, _, test = name.partition("::")
        if not (ROOT / file).is_file():
            found.append(f"{number}: no file {file}")
        elif test and test not in named_in(ROOT / file):
            found.append(f"{number}: no test {name}")
    return found


def test_the_standard_has_so_many_items() -> None:
    levels = list(standard().values())
    assert (levels.count(1), levels.count(2)) == (70, 183) and len(set(standard())) == 253


def test_every_item_is_there_once_with_its_level() -> None:
    assert {number: one["level"] for number, one in items().items()} == standard()
    assert list(items()) == list(standard()), "in the order of the standard"
    assert {number.partition(".")[0] for number in items()} == set(CHAPTERS)


@pytest.mark.parametrize("number", standard())
def test_what_is_said_of_an_item_is_there(number: str) -> None:
    assert wrong(number, items()[number]) == []


@pytest.mark.parametrize(
    "one",
    [
        {"status": "met", "by": []},
        {"status": "met", "by": ["docs/nowhere.md"]},
        {"status": "met", "by": ["tests/test_asvs.py::test_that_is_not_there"]},
        {"status": "not met"},
        {"status": "not applicable", "why": ""},
        {"status": "perhaps", "why": "x"},
    ],
)
def test_what_is_missing_is_found(one: dict[str, Any]) -> None:
    assert wrong("0.0.0", {"level": 1, "about": "x"} | one)
