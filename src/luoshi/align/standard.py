"""Standard wording and subjects: what every document shares, and what a passage is about. Lists are TOML that an office may edit.

``pair_weights`` and ``character_weights`` say how much wording tells, ``subject`` which subject a pair of characters points to, all by
the column that ``luoshi.align.vectors`` hashes it into.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from luoshi.align.vectors import BACKGROUND_BITS, BACKGROUND_STEP, BUCKETS, background, grams

_FILLER_COUNTS = 0.12
_FORMULA_COUNTS = 0.2
_PLACE_COUNTS = 0.05
_MOST_OF_STANDARD = 8.0


@cache
def _lists(subject: str) -> dict[str, str]:
    loaded: dict[str, str] = tomllib.loads(files("luoshi.align").joinpath("vocabulary", f"{subject}.toml").read_text("utf-8"))
    return loaded


def version() -> str:
    """The version of the list of standard wording; an alignment records it."""
    return _lists("standard_wording")["version"]


@cache
def listed(name: str) -> tuple[str, ...]:
    """The words of one list of standard wording, longest first."""
    return tuple(sorted(_lists("standard_wording")[name].split(), key=lambda word: (-len(word), word)))


@cache
def pair_weights() -> NDArray[np.float32]:
    """What a pair of characters tells, by column: how rare it is in directives, and little of that for standard wording."""
    table = np.repeat(background().astype(np.float32) * np.float32(BACKGROUND_STEP), BUCKETS >> BACKGROUND_BITS)
    for name, counts in (("formulas", _FORMULA_COUNTS), ("fillers", _FILLER_COUNTS), ("own_place", _PLACE_COUNTS)):
        columns = np.unique(grams(listed(name), sizes=(2,)).indices)
        table[columns] = np.minimum(table[columns], _MOST_OF_STANDARD) * counts
    return table


@cache
def character_weights() -> NDArray[np.float32]:
    """What a single character tells, by column: how rare it is in directives, less the share of its uses that are standard wording."""
    with files("luoshi.align").joinpath("vocabulary", "characters.npy").open("rb") as stream:
        told = np.load(stream, allow_pickle=False)
    table = np.zeros(BUCKETS, np.float32)
    codes = np.flatnonzero(told)
    columns = grams([chr(code) for code in codes], sizes=(1,))
    table[columns.indices] = told[codes] * np.float32(BACKGROUND_STEP)
    return table


@cache
def subjects() -> tuple[str, ...]:
    """The names of the subjects, in the order of their numbers; number 0 is none."""
    return ("", *_lists("themes"))


@cache
def subject() -> NDArray[np.uint8]:
    """The number of the subject that each column points to, 0 for none; the first that claims a pair has it."""
    table = np.zeros(BUCKETS, np.uint8)
    for number, name in reversed(list(enumerate(subjects()))[1:]):
        words = _lists("themes")[name].split()
        pairs = [word[:2] for word in words] + [word[-2:] for word in words if len(word) > 2]
        table[grams(pairs, sizes=(2,)).indices] = number
    return table


@cache
def formula_pattern() -> re.Pattern[str]:
    """Set phrases, in folded text."""
    return re.compile("|".join(listed("formulas")))


@cache
def own_place_pattern() -> re.Pattern[str]:
    """Words of level and place that are swapped when a document goes down a level."""
    return re.compile("|".join(listed("own_place")))

