"""The tree of RFC 6962 over a list of records: its root, and short proofs that a record is in it or that one tree continues another. No Django.

A leaf is hashed with 0x00 before its bytes, a pair of nodes with 0x01 before the two. Everything is worked out in one pass over the hashes of the
leaves, keeping one node a level: ``Growing`` holds at most 20 hashes after a million leaves. Proofs are roots of stretches of leaves that are known
beforehand (``stretches_of_inclusion``, ``stretches_of_consistency``), so they need no more. Source: RFC 6962 §2.1; verification as in RFC 9162 §2.1.3.2, §2.1.4.2.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Self

from luoshi.text import ToolMissing, UsageError
from luoshi.text.language import _

SHA256, SM3 = "sha256", "sm3"
ALGORITHMS = (SHA256, SM3)
LENGTH = 32
"""Bytes of a hash, by either algorithm."""
Stretch = tuple[int, int]
"""Leaves from the first number up to, and without, the second; counted from 0."""


def hasher(algorithm: str) -> Callable[[bytes], bytes]:
    """The hash of some bytes. Raises UsageError for an algorithm that is not known, ToolMissing where OpenSSL has no SM3."""
    if algorithm == SHA256:
        return lambda data: hashlib.sha256(data).digest()
    if algorithm != SM3:
        raise UsageError(_("没有这种杂凑算法：{name}。").format(name=algorithm), hint=_("可选：sha256、sm3。"))
    try:
        first = hashlib.new(SM3)
    except ValueError as error:
        message = _("本机的 OpenSSL 不带 SM3，不能用 SM3 固证或核验。")
        raise ToolMissing(message, hint=_("请改用 sha256，或者换用带 SM3 的 OpenSSL（1.1.1 以上，未被裁剪）。")) from error

    def sm3(data: bytes) -> bytes:
        fresh = first.copy()
        fresh.update(data)
        return fresh.digest()

    return sm3


class Growing:
    """A tree that grows by a leaf, or many, at a time. ``peaks`` are the roots of its full subtrees, largest first."""

    def __init__(self, algorithm: str = SHA256) -> None:
        self.algorithm = algorithm
        self.size = 0
        self.peaks: list[bytes] = []
        self._hash = hasher(algorithm)

    def leaf(self, content: bytes) -> bytes:
        """The hash of a leaf."""
        return self._hash(b"\x00" + content)

    def leaves(self, contents: Iterable[bytes]) -> list[bytes]:
        """The hashes of leaves."""
        return [self._hash(b"\x00" + one) for one in contents]

    def add(self, leaf: bytes) -> None:
        """Grow by a leaf, given as its hash."""
        peaks, full = self.peaks, self.size
        while full & 1:
            leaf = self._hash(b"\x01" + peaks.pop() + leaf)
            full >>= 1
        peaks.append(leaf)
        self.size += 1

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Grow by many leaves, as ``add`` by each: whole levels at a time, every one begun by the peak that waited there for its other half."""
        nodes, full, peaks = list(leaves), self.size, []
        while nodes:
            if full & 1:
                nodes.insert(0, self.peaks.pop())
            if len(nodes) & 1:
                peaks.append(nodes.pop())
            nodes = [self._hash(b"\x01" + left + right) for left, right in zip(nodes[::2], nodes[1::2], strict=True)]
            full >>= 1
        self.peaks += reversed(peaks)
        self.size += len(leaves)

    def root(self) -> bytes:
        """The root of what was added so far; of nothing, the hash of nothing."""
        if not self.peaks:
            return self._hash(b"")
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = self._hash(b"\x01" + peak + root)
        return root

    def copy(self) -> Self:
        """The same tree, to grow apart."""
        other = type(self)(self.algorithm)
        other.size, other.peaks = self.size, list(self.peaks)
        return other


def root_of(leaves: Iterable[bytes], algorithm: str = SHA256) -> bytes:
    """The root over hashes of leaves."""
    tree = Growing(algorithm)
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def stretches_of_inclusion(index: int, size: int) -> list[Stretch]:
    """Which subtrees prove that leaf ``index`` is in a tree of ``size`` leaves, from the leaf upwards: PATH(m, D[n]) of RFC 6962."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in {size}")
    found: list[Stretch] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            found.append((middle, high))
            high = middle
        else:
            found.append((low, middle))
            low = middle
    return found[::-1]


def stretches_of_consistency(old: int, new: int) -> list[Stretch]:
    """Which subtrees prove that the first ``old`` leaves of a tree of ``new`` leaves are the tree of ``old`` leaves: PROOF(m, D[n]) of RFC 6962."""
    if not 0 <= old <= new:
        raise ValueError(f"{old} is no part of {new}")
    if old in (0, new):
        return []
    found: list[Stretch] = []
    low, high, whole = 0, new, True
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            found.append((middle, high))
            high = middle
        else:
            found.append((low, middle))
            low, whole = middle, False
    if not whole:
        found.append((low, high))
    return found[::-1]


def roots_of(leaves: Iterable[bytes], stretches: Sequence[Stretch], algorithm: str = SHA256) -> list[bytes]:
    """Roots of stretches that do not overlap, in one pass over the hashes of all leaves; the leaves may be more than are needed."""
    waiting = sorted(enumerate(stretches), key=lambda one: one[1], reverse=True)
    found: dict[int, bytes] = {}
    tree = Growing(algorithm)
    for index, leaf in enumerate(leaves):
        if not waiting:
            break
        place, (low, high) = waiting[-1]
        if index >= low:
            tree.add(leaf)
        if index == high - 1:
            found[place] = tree.root()
            tree = Growing(algorithm)
            waiting.pop()
    if waiting:
        raise ValueError("fewer leaves than the proof needs")
    return [found[place] for place in range(len(stretches))]


def is_included(leaf: bytes, index: int, size: int, root: bytes, path: Sequence[bytes], algorithm: str = SHA256) -> bool:
    """True where ``path`` proves that the leaf with this hash is number ``index`` of the ``size`` leaves below ``root``."""
    if not 0 <= index < size:
        return False
    above, node, last, here = hasher(algorithm), leaf, size - 1, index
    for other in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            node = above(b"\x01" + other + node)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            node = above(b"\x01" + node + other)
        here, last = here >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes], algorithm: str = SHA256) -> bool:
    """True where ``path`` proves that the tree of ``new`` leaves begins with the tree of ``old`` leaves."""
    if old == new:
        return not path and old_root == new_root
    above = hasher(algorithm)
    if old == 0:
        return not path and old_root == above(b"")
    if old > new or old < 0:
        return False
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    if not steps:
        return False
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            first, second = above(b"\x01" + step + first), above(b"\x01" + step + second)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            second = above(b"\x01" + second + step)
        here, last = here >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(count: int) -> int:
    """The largest power of two below ``count``."""
    half: int = 1 << ((count - 1).bit_length() - 1)
    return half
