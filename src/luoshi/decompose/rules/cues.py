"""Cues: the words without which a pattern cannot match, found once in the whole text.

Most patterns are asked of every sentence and seldom answer. One look over the text tells for each sentence which cues it holds;
a pattern whose cue is not there need not be asked. What a cue lets pass, the pattern still decides.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_CODES = 1 << 16
_MOST = 63  # a set of cues is one integer of 64 bits with a sign


class Cue(NamedTuple):
    """One bit and what it stands for: ``pattern`` matches nothing that holds none of ``words``."""

    bit: int
    pattern: re.Pattern[str]
    words: frozenset[str]


CUES: list[Cue] = []
ANY = -1
"""The cues of a stretch that nobody looked at: all of them may be there."""


def cue(pattern: re.Pattern[str], words: str, *with_blanks: str) -> int:
    """The bit that says that one of ``words``, separated by blanks, is there; of a word the first two characters count."""
    named = frozenset((*words.split(), *with_blanks))
    if len(CUES) == _MOST:
        raise ValueError("no bit is left for another cue")
    CUES.append(Cue(1 << len(CUES), pattern, named))
    _tables.clear()
    return CUES[-1].bit


def pairs(firsts: str, seconds: str) -> str:
    """Every character of ``firsts`` before every character of ``seconds``, as words for ``cue``."""
    return " ".join(first + second for first in firsts for second in seconds)


class _Tables(NamedTuple):
    """``first`` and ``second`` number the characters that cues begin and go on with; ``bits`` has the cues of each pair of numbers."""

    first: NDArray[np.uint16]
    second: NDArray[np.uint16]
    bits: NDArray[np.int64]


_tables: list[_Tables] = []


def _made() -> _Tables:
    """The tables, made when the first text is looked at."""
    if not _tables:
        words = [(word, known.bit) for known in CUES for word in known.words]
        first, second = _numbered({word[0] for word, _ in words}), _numbered({word[1] for word, _ in words if len(word) > 1})
        bits = np.zeros((first.max() + 1, second.max() + 1), np.int64)
        for word, bit in words:
            row = bits[first[ord(word[0])]]
            row[second[ord(word[1])] if len(word) > 1 else slice(None)] |= bit
        _tables.append(_Tables(first, second, bits))
    return _tables[0]


def _numbered(characters: set[str]) -> NDArray[np.uint16]:
    """A number for each of ``characters``, 0 for all others."""
    table = np.zeros(_CODES, np.uint16)
    table[[ord(c) for c in sorted(characters)]] = np.arange(1, len(characters) + 1)
    return table


class Cues:
    """Where in a text which cues stand."""

    def __init__(self, at: NDArray[np.intp], held: NDArray[np.int64]) -> None:
        self._at = at
        self._held = held  # one longer, with 0 at its end

    @classmethod
    def of(cls, text: str) -> "Cues":
        """Look the whole of ``text`` over."""
        tables = _made()
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        numbers = tables.first.take(codes, mode="clip")
        at = np.flatnonzero(numbers != 0)
        following = tables.second.take(codes.take(at + 1, mode="clip"), mode="clip") if len(at) else numbers[:0]
        held = tables.bits.take(numbers[at] * np.intp(tables.bits.shape[1]) + following)
        there = np.flatnonzero(held != 0)
        return cls(at[there], np.append(held[there], 0))

    def inside(self, starts: Sequence[int], ends: Sequence[int]) -> "Cues":
        """Those that begin in stretches of the text, given in order."""
        within = np.searchsorted(np.asarray(starts), self._at, "right") != np.searchsorted(np.asarray(ends), self._at, "right")
        return Cues(self._at[within], np.append(self._held[:-1][within], 0))

    def places(self, bits: int) -> list[int]:
        """Where words of these cues begin, in order."""
        found: list[int] = self._at[np.flatnonzero(self._held[:-1] & bits != 0)].tolist()
        return found

    def between(self, starts: Sequence[int]) -> list[int]:
        """The cues of each stretch from one of ``starts``, in order, to the next; the last goes on to the end."""
        if not len(starts):
            return []
        begins = np.searchsorted(self._at, np.asarray(starts))
        held = np.bitwise_or.reduceat(self._held, begins)
        held[begins == np.append(begins[1:], len(self._at))] = 0  # of an empty stretch reduceat gives what stands behind it
        found: list[int] = held.tolist()
        return found
