"""The edit script between two passages: what a reader is shown as the evidence of a relation.

Compared are words rather than characters where it matters: a number with its unit and a Latin word are one token each, white space does
not count, and widths are folded. Not a measure: how alike two passages are is decided elsewhere.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from luoshi.align.model import Edit
from luoshi.text import Span
from luoshi.text.view import fold

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*[万亿]?[个所张户次人名家条项处件天日月年元倍岁%]?|[A-Za-z]+|\S")
_BREAK = re.compile(r"[,.;:、。()\[\]“”《》]")
_ALIKE = 0.3  # below this share of common characters the passages are two wordings, not one that was changed
_SHORT = 3  # an island of equal tokens as short as this drowns between longer changes


class _Token(NamedTuple):
    """A word as it is compared, and its stretch, white space after it included."""

    key: str
    start: int
    end: int


class _Block(NamedTuple):
    """Tokens ``a[i1:i2]`` became ``b[j1:j2]``."""

    same: bool
    i1: int
    i2: int
    j1: int
    j2: int

    @property
    def size(self) -> int:
        """The longer side, in tokens."""
        return max(self.i2 - self.i1, self.j2 - self.j1)


def edit_script(upper_text: str, upper_span: Span, lower_text: str, lower_span: Span) -> tuple[Edit, ...]:
    """The steps from the upper wording to the lower, in order; each side of them, put together, is the whole quote.

    ``equal`` is equal but for widths and white space.
    """
    a, b = _tokens(upper_text, upper_span), _tokens(lower_text, lower_span)
    return tuple(_edits(_blocks([token.key for token in a], [token.key for token in b]), a, b, upper_span, lower_span))


@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    """``fold``, once for all passages of a text."""
    return fold(text)


def _tokens(text: str, span: Span) -> list[_Token]:
    quote = span.of(_folded(text))
    found = [(match.group(), match.start() + span.start) for match in _TOKEN.finditer(quote)]
    ends = [*(start for _key, start in found[1:]), span.end]
    return [_Token(key, start if n else span.start, ends[n]) for n, (key, start) in enumerate(found)]


def _blocks(a: list[str], b: list[str]) -> list[_Block]:
    """Blocks in turn equal and changed; passages with little in common are one change."""
    found = [_Block(code.tag == "equal", code.src_start, code.src_end, code.dest_start, code.dest_end) for code in Indel.opcodes(a, b)]
    same = sum(len(key) for block in found if block.same for key in a[block.i1 : block.i2])
    if same < _ALIKE * min(map(len, ("".join(a), "".join(b)))) or not found:
        return [_Block(not found, 0, len(a), 0, len(b))]
    blocks = _at_breaks(_joined(found), a, b)
    while (drowned := _joined(_without_islands(blocks, a))) != blocks:
        blocks = drowned
    return blocks


def _joined(blocks: list[_Block]) -> list[_Block]:
    """Neighbours of one kind as one block."""
    found: list[_Block] = []
    for block in blocks:
        if found and found[-1].same == block.same:
            found[-1] = found[-1]._replace(i2=block.i2, j2=block.j2)
        else:
            found.append(block)
    return found


def _without_islands(blocks: list[_Block], a: list[str]) -> list[_Block]:
    """Short equal stretches between changes count as changed; a punctuation mark between two long changes stays, it parts clauses."""
    found: list[_Block] = []
    for n, block in enumerate(blocks):
        if block.same and 0 < n < len(blocks) - 1:
            nearest = min(blocks[n - 1].size, blocks[n + 1].size)
            if _BREAK.fullmatch(a[block.i1]) or _BREAK.fullmatch(a[block.i2 - 1]):
                drowns = block.size == 1 and nearest <= _SHORT
            else:
                drowns = block.size == 1 or (block.size <= _SHORT and block.size < nearest)
            block = block._replace(same=not drowns)
        found.append(block)
    return found


def _at_breaks(blocks: list[_Block], a: list[str], b: list[str]) -> list[_Block]:
    """Insertions and deletions moved sideways, where the words allow it, to begin or end at a punctuation mark: 、上门服务."""
    found = list(blocks)
    for n in range(1, len(found) - 1):
        before, block, after = found[n - 1 : n + 2]
        if block.same or not (before.same and after.same) or (block.i1 < block.i2 and block.j1 < block.j2):
            continue
        words, start, end = (a, block.i1, block.i2) if block.i1 < block.i2 else (b, block.j1, block.j2)
        moves = list(_moves(words, start, end, before.size - (n > 1), after.size - (n + 2 < len(found))))
        by = max(moves, key=lambda move: (_fits(words, start + move, end + move), -abs(move)))
        found[n - 1] = before._replace(i2=before.i2 + by, j2=before.j2 + by)
        found[n] = block._replace(i1=block.i1 + by, i2=block.i2 + by, j1=block.j1 + by, j2=block.j2 + by)
        found[n + 1] = after._replace(i1=after.i1 + by, j1=after.j1 + by)
    return [block for block in found if block.size]


def _moves(words: list[str], start: int, end: int, left: int, right: int) -> Iterator[int]:
    """By how many tokens ``words[start:end]`` can be moved so that what is left is the same."""
    yield 0
    for by in range(1, left + 1):
        if words[start - by] != words[end - by]:
            break
        yield -by
    for by in range(1, right + 1):
        if words[start + by - 1] != words[end + by - 1]:
            break
        yield by


def _fits(words: list[str], start: int, end: int) -> int:
    """How well a change of ``words[start:end]`` reads: best a list member with the mark before it or after it."""
    opened = start == 0 or _BREAK.match(words[start - 1])
    closed = end == len(words) or _BREAK.match(words[end])
    leading, trailing = _BREAK.match(words[start]), _BREAK.match(words[end - 1])
    return 3 * bool(opened and trailing) + 2 * bool(leading and closed and not trailing) + bool(opened) + bool(closed)


def _edits(blocks: list[_Block], a: list[_Token], b: list[_Token], upper: Span, lower: Span) -> Iterator[Edit]:
    at, there = upper.start, lower.start
    for n, block in enumerate(blocks):
        last = n == len(blocks) - 1
        end = upper.end if last else a[block.i2 - 1].end if block.i2 else upper.start
        finish = lower.end if last else b[block.j2 - 1].end if block.j2 else lower.start
        one, other = Span(at, end), Span(there, finish)
        if one or other:
            yield Edit("delete" if not other else "insert" if not one else "equal" if block.same else "replace", one, other)
        at, there = end, finish
