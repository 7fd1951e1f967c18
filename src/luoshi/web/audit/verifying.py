"""Whether the records are still what they were: all of them in one pass, against themselves and against checkpoints that come back from outside.

Against themselves: numbers without gaps, each record the content of its own hash and the successor of the one before it of its subject, every head
that the audit itself wrote down, the counter, the triggers. That finds the clumsy. Who owns the database and works it all out anew, or puts back an
old file, is found by a checkpoint alone: its root by the lines, the first record by the hashes of the file.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

from django.db import DatabaseError

from luoshi.text import DamagedFile, ToolMissing
from luoshi.text.language import _
from luoshi.web.audit.checkpoint import Kept
from luoshi.web.audit.encoding import line, lines
from luoshi.web.audit.guards import broken_guards
from luoshi.web.audit.models import Record
from luoshi.web.audit.stream import Columns, Extent, Row, chunks, extent
from luoshi.web.audit.tree import ALGORITHMS, SHA256, Growing, hasher

MADE = "checkpoint.make"
"""The act of the record of a checkpoint; its number is one more than the size of the tree that it tells."""
VERIFIED = "audit.verify"
"""The act of the record of a verification."""
MOST = 20
"""Faults that are told one by one."""
GAP, SHAPE, CONTENT, CHAIN, LEAF, HEAD = "gap", "shape", "content", "chain", "leaf", "head"
SHORT, UNREAD, ROOT, COUNTER, STRAY, GUARD = "short", "unread", "root", "counter", "stray", "guard"
LOOSE = (CHAIN, HEAD)
"""The record that shows it may be good, and one before it bad."""


class Fault(NamedTuple):
    """What is wrong: a kind, the record, and where a trigger or another record is meant, its name."""

    kind: str
    seq: int | None
    name: str = ""


class Verified(NamedTuple):
    """What came of it."""

    size: int  # the last number
    tree: Growing  # over all records
    whole: bool  # False where a number is missing: then the tree is that of nothing
    covered: int  # the last record that a checkpoint from outside vouches for
    faults: tuple[Fault, ...]  # the first of them
    found: int  # all of them
    first: int | None  # the first bad record
    certain: bool  # False where an earlier one may be bad too, and show nothing: no file of hashes covers it
    within: tuple[int, int] | None  # where no more can be told: the first bad record is one of these

    @property
    def good(self) -> bool:
        """True where nothing was found."""
        return self.found == 0


def verify(given: Sequence[Kept] = (), *, algorithm: str = SHA256) -> Verified:
    """Look through all records that there are now; the tree that comes of it is by ``algorithm``.

    Raises DamagedFile where the database or the file of a checkpoint is damaged, ToolMissing where SM3 is asked for and not there.
    """
    given = sorted(given, key=lambda one: one.head.size)
    try:
        looking = _Looking(given, algorithm)
        looking.over(extent())
    except DatabaseError as error:
        message = _("审计记录读不了：{why}。").format(why=str(error).strip())
        raise DamagedFile(message, hint=_("数据库文件已损坏，请从备份恢复，再核验恢复出来的。")) from error
    if looking.found:
        for one in given:
            one.must_be_whole()
    return looking.verified()


class _Looking:
    """The one pass: what was seen so far."""

    def __init__(self, given: Sequence[Kept], algorithm: str) -> None:
        self.given = given
        self.algorithm = algorithm
        self.files = [one for one in given if one.leaves]
        self.trees = {name: Growing(name) for name in _algorithms({algorithm, *(one.head.algorithm for one in given)})}
        self.last = 0  # the last number
        self.read = 0
        self.is_read = True  # the database could read all of them
        self.whole = True  # no number was missing so far: the tree is that of the records
        self.last_of: dict[str, str] = {}  # subject → hash of its last record
        self.faults: list[Fault] = []
        self.found = 0
        self.roots: dict[tuple[str, int], bytes] = {}
        self.asked = sorted({one.head.size for one in given})

    def over(self, there: Extent) -> None:
        """All records, and then what belongs to none of them."""
        try:
            for columns in self._stretches(until=there.last):
                if not self._together(columns):
                    for row in zip(*columns, strict=True):
                        self.at(row)
        except DamagedFile as error:  # the next record is the first bad one, and of those after it nothing is known
            self.add(Fault(UNREAD, self.last + 1, str(error)))
            self.whole = self.is_read = False
        self.end(there)

    def _stretches(self, until: int) -> Iterator[Columns]:
        """All of them in chunks, cut before each record at which the tree is looked at: that of a checkpoint, and the one behind a size asked for."""
        behind = {size + 1 for size in self.asked}
        for columns in chunks(until=until):
            seqs, acts = columns[0], columns[6]
            cuts = [n for n, (seq, act) in enumerate(zip(seqs, acts, strict=True)) if act == MADE or seq in behind]
            yield from ([column[low:high] for column in columns] for low, high in pairwise([0, *cuts, len(seqs)]) if low < high)

    def _together(self, columns: Columns) -> bool:
        """Take a stretch at once where no record in it is bad by itself, as ``at`` takes each; False, and nothing is done, where one may be."""
        seqs, acts, subjects, previous, hashes = (columns[n] for n in (0, 6, 7, 12, 13))
        first = self.last + 1
        if seqs != tuple(range(first, first + len(seqs))) or (acts[0] == MADE and not self._is_head(tuple(column[0] for column in columns))):
            return False
        try:
            contents = lines(columns[:-1])
        except (TypeError, ValueError):
            return False
        own = tuple(sha256(content).hexdigest() for content in contents)
        leaves = {name: tree.leaves(contents) for name, tree in self.trees.items()}
        if own != hashes or not all(one.holds(first - 1, leaves[one.head.algorithm]) for one in self.files):
            return False
        self._follow(seqs, subjects, previous, own)
        self._keep_roots_before(first)
        for name, tree in self.trees.items():
            tree.extend(leaves[name])
        self.read += len(seqs)
        self.last = seqs[-1]
        return True

    def at(self, row: Row) -> None:
        """The next record."""
        seq = row[0]
        self.read += 1
        self._number(seq)
        if type(seq) is not int:
            return
        try:
            content = line(row[:-1])
        except (TypeError, ValueError):
            self.add(Fault(SHAPE, seq))
            content = repr(row).encode("utf-8", "replace")  # bytes that no record has
            own = sha256(content).hexdigest()
        else:
            own = sha256(content).hexdigest()
            if own != row[-1]:
                self.add(Fault(CONTENT, seq))
        self._follow([seq], [row[7]], [row[12]], [own])
        if row[6] == MADE and not self._is_head(row):
            self.add(Fault(HEAD, seq))
        self._grow(seq, content)

    def _number(self, seq: int) -> None:
        if seq != self.last + 1:
            self.whole = False
            self.add(Fault(GAP, self.last + 1) if type(seq) is int and seq > 0 else Fault(STRAY, self.last, str(seq)))
        self.last = max(int(seq), 0)

    def _follow(self, *stretch: Sequence[Any]) -> None:
        """Each record of a stretch is the successor of the one before it of its subject."""
        last_of = self.last_of
        for seq, subject, previous, own in zip(*stretch, strict=True):
            if last_of.get(subject, "") != previous:
                self.add(Fault(CHAIN, seq))
            last_of[subject] = own

    def _grow(self, seq: int, content: bytes) -> None:
        self._keep_roots_before(seq)
        for tree in self.trees.values():
            leaf = tree.leaf(content)
            tree.add(leaf)
            for one in self.files:
                if one.head.algorithm == tree.algorithm and 0 < seq <= one.head.size and one.leaf(seq - 1) != leaf:
                    self.add(Fault(LEAF, seq))

    def _keep_roots_before(self, seq: float) -> None:
        """Of the sizes asked for that are reached before record ``seq``."""
        while self.asked and self.asked[0] < seq:
            size = self.asked.pop(0)
            self.roots |= {(name, size): tree.root() for name, tree in self.trees.items() if self.whole and tree.size == size}

    def _is_head(self, row: Row) -> bool:
        """True where the record of a checkpoint tells the root over all records before it, as far as that can be worked out here."""
        try:
            told = json.loads(row[10])
            size, root, tree = told["size"], told["root"], self.trees.get(told["hash"])
        except (KeyError, TypeError, ValueError):
            return False
        return bool(size == row[0] - 1 and (tree is None or not self.whole or (tree.size == size and tree.root().hex() == root)))

    def end(self, there: Extent) -> None:
        """After the last record: sizes and roots of the checkpoints, the counter, the triggers."""
        self._keep_roots_before(inf)
        for one in self.given:
            if one.head.size > self.last and self.is_read:
                self.add(Fault(SHORT, self.last + 1))
            elif self.whole and self.roots[one.head.algorithm, one.head.size] != one.head.root:
                self.add(Fault(ROOT, None, str(one.head.size)))
        if there.counter != there.last:
            self.add(Fault(COUNTER, None, str(there.counter)))
        if there.rows != self.read and self.is_read:
            self.add(Fault(STRAY, None, str(there.rows - self.read)))
        for name in broken_guards():
            self.add(Fault(GUARD, None, name))

    def add(self, fault: Fault) -> None:
        """One more; the first are kept, and each that is about no record."""
        self.found += 1
        if len(self.faults) < MOST or fault.seq is None:
            self.faults.append(fault)

    def verified(self) -> Verified:
        """What came of it."""
        covered = max((one.head.size for one in self.given if self._agrees(one)), default=0)
        first, within = self._first(covered)
        certain = first is not None and (first == covered + 1 or any(one.head.size >= first for one in self.files))
        return Verified(self.last, self.trees[self.algorithm], self.whole, covered, tuple(self.faults), self.found, first, certain, within)

    def _agrees(self, one: Kept) -> bool:
        return self.roots.get((one.head.algorithm, one.head.size)) == one.head.root

    def _first(self, covered: int) -> tuple[int | None, tuple[int, int] | None]:
        """The first bad record, or the shortest stretch in which it lies: what is ``covered`` is good."""
        named = min((one.seq for one in self.faults if one.seq is not None and one.kind not in LOOSE), default=None)
        highs = [int(one.name) if one.kind == ROOT else one.seq for one in self.faults if one.kind in (ROOT, *LOOSE)]
        high = min((one for one in highs if one is not None), default=None)
        if high is None or (named is not None and named <= high):
            return named, None
        return (high, None) if high == covered + 1 else (None, (covered + 1, high))


def _algorithms(asked: set[str]) -> set[str]:
    """The hashes by which trees are grown: those that are asked for, and those of checkpoints that the audit tells of, where this machine has them."""
    told = (name for name in ALGORITHMS if Record.objects.filter(act=MADE, after__contains=f'"hash":"{name}"').exists())
    return asked | {name for name in told if _is_there(name)}


def _is_there(algorithm: str) -> bool:
    try:
        hasher(algorithm)
    except ToolMissing:
        return False
    return True
