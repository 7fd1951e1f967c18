"""A text with the words that were looked for marked in it, whole or in passages around them."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString

from luoshi.web.search.folding import fold, places

AROUND = 36
_LOOKED_AT = 50


def marked(text: str, words: Sequence[str]) -> SafeString:
    """All of ``text``, every place of every word in ``<mark>``."""
    return _set(text, 0, len(text), spots(text, words))


def passages(text: str, words: Sequence[str], most: int) -> list[tuple[int, SafeString]]:
    """Up to ``most`` passages around places, none overlapping another: where the first place in it begins, and the passage with its marks."""
    found: list[tuple[int, SafeString]] = []
    there = spots(text, words)
    behind = 0
    for start, end in there:
        if start < behind:
            continue
        if len(found) == most:
            break
        a, b = max(behind, start - AROUND), min(len(text), end + AROUND)
        before, after = "…" if a > 0 else "", "…" if b < len(text) else ""
        found.append((start, SafeString(f"{before}{_set(text, a, b, there)}{after}")))
        behind = b
    return found


def spots(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of ``words`` stands, in order, places that touch made one; the first fifty of each."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spot for word in words for spot in islice(_places(text, word), _LOOKED_AT)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def wanted(asked: str) -> list[str]:
    """The words of what was asked that leave something to look for."""
    return [word for word in asked.split() if fold(word)]


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """As ``places``; where the word stands there letter by letter, without folding the whole text."""
    at = text.find(word)
    if at < 0:
        yield from places(text, word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def _set(text: str, start: int, end: int, there: Sequence[tuple[int, int]]) -> SafeString:
    parts, at = [], start
    for a, b in there:
        a, b = max(a, at), min(b, end)
        if a < b:
            parts += [escape(text[at:a]), "<mark>", escape(text[a:b]), "</mark>"]
            at = b
    return SafeString("".join([*parts, escape(text[at:end])]))
