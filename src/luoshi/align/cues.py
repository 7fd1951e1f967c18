"""Cues: the characters without which a pattern cannot match, looked up once for a whole text.

Most patterns are asked of every clause and seldom answer. A cue is a bit; a stretch that lacks the cue of a pattern need not be asked. What
a cue lets pass, the pattern still decides.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

_CODES = 1 << 16
_MOST = 32
_CHARACTERS: list[str] = []


def cue(characters: str) -> int:
    """The bit that says that one of ``characters`` is there."""
    if len(_CHARACTERS) == _MOST:
        raise ValueError("no bit is left for another cue")
    _CHARACTERS.append(characters)
    _table.cache_clear()
    return 1 << (len(_CHARACTERS) - 1)


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code of every character of ``text``."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def cues_of(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The cues of every character of a text, by its code."""
    return _table().take(codes, mode="clip")


@cache
def _table() -> NDArray[np.uint32]:
    """The cues of every character of the basic plane; others, which no cue has, are looked up in the last place."""
    table = np.zeros(_CODES, np.uint32)
    for number, characters in enumerate(_CHARACTERS):
        table[[ord(character) for character in characters]] |= np.uint32(1 << number)
    return table
