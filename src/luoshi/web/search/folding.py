"""Folding text for search, and finding the folded words in a text as it is written. No Django."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

# Marks that offices type in either width without meaning a difference.
_PAIRS = dict(zip("，。；：？！（）【】〔〕“”‘’《》、", ",.;:?!()[][]\"\"''<>,", strict=True))


# Stands between the fields of a row: nobody types it, so nothing is found across two fields.
BETWEEN = "\u241e"


def joined(*fields: str) -> str:
    """The fields of a row as one text to be indexed."""
    return BETWEEN.join(field for field in fields if field)


@lru_cache(maxsize=65_536)
def _folded(character: str) -> str:
    wide = _PAIRS.get(character) or unicodedata.normalize("NFKC", character)
    low = wide.lower()
    return low if len(low) == 1 and not low.isspace() and low.isprintable() else character


def fold(text: str) -> str:
    """``text`` without blanks and control characters, widths and cases made one: 全角Ａ → a, ， → ,."""
    return "".join(_folded(one) for one in text if one.isprintable() and not one.isspace())


def pairs(folded: str) -> set[str]:
    """Neighbouring letters, characters and digits of a folded text, two by two. Pairs with a mark are left out: databases cut words there."""
    return {first + second for first, second in pairwise(folded) if first.isalnum() and second.isalnum()}


def places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where ``wanted`` stands in ``text`` as it is written, blanks between its characters allowed; start and end, one after the other."""
    needle = fold(wanted)
    if not needle:
        return
    kept = [i for i, one in enumerate(text) if one.isprintable() and not one.isspace()]
    folded = "".join(_folded(text[i]) for i in kept)
    at = folded.find(needle)
    while at >= 0:
        yield kept[at], kept[at + len(needle) - 1] + 1
        at = folded.find(needle, at + len(needle))
