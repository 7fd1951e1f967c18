"""Proofs for whoever has no database: that one record is under a checkpoint, and that one checkpoint continues another. Each is a small JSON that
``outside.py`` verifies. They are made in one pass over the records, and never from records that no longer have the root of the checkpoint."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.checkpoint import Checkpoint
from luoshi.web.audit.outside import CONSISTENCY, INCLUSION
from luoshi.web.audit.stream import lines
from luoshi.web.audit.tree import Growing, Stretch, is_consistent, roots_of, stretches_of_consistency, stretches_of_inclusion

Proof = dict[str, Any]


def prove_inclusion(seq: int, head: Checkpoint) -> Proof:
    """Record ``seq`` is one of those that the checkpoint covers. Raises RuleBroken where it is not, or the records changed."""
    if not 1 <= seq <= head.size:
        message = _("第 {seq} 号记录不在这次固证之内：固证覆盖第 1 到第 {size} 号。").format(seq=seq, size=head.size)
        raise RuleBroken(message, hint=_("请用更晚的固证，或者先固证一次。"))
    path, tree, record = _passed(head, stretches_of_inclusion(seq - 1, head.size), seq)
    if tree.root() != head.root:
        raise _changed(head)
    return {"form": INCLUSION, "hash": head.algorithm, "size": head.size, "root": head.root.hex(), "seq": seq, "record": record.decode(), "path": _hex(path)}


def prove_consistency(old: Checkpoint, new: Checkpoint) -> Proof:
    """The records under the newer checkpoint begin with those under the older one. Raises RuleBroken where they do not."""
    if old.algorithm != new.algorithm:
        message = _("两次固证用的算法不同（{one}、{other}），不能互相证明。").format(one=old.algorithm, other=new.algorithm)
        raise RuleBroken(message, hint=_("请分别用 luoshi audit verify 核验。"))
    old, new = sorted((old, new), key=lambda one: one.size)
    path, tree, _record = _passed(new, stretches_of_consistency(old.size, new.size))
    if not is_consistent(old.size, old.root, new.size, new.root, path, new.algorithm):
        raise _changed(new if tree.root() != new.root else old)
    told = {"old": {"size": old.size, "root": old.root.hex()}, "new": {"size": new.size, "root": new.root.hex()}}
    return {"form": CONSISTENCY, "hash": new.algorithm, **told, "path": _hex(path)}


def _passed(head: Checkpoint, stretches: list[Stretch], seq: int = 0) -> tuple[list[bytes], Growing, bytes]:
    """In one pass over the records under a checkpoint: roots of stretches, the tree of all of them, and record ``seq``."""
    tree, record = Growing(head.algorithm), b""

    def leaves() -> Iterator[bytes]:
        nonlocal record
        for n, one in enumerate(lines(until=head.size), 1):
            record = one if n == seq else record
            leaf = tree.leaf(one)
            tree.add(leaf)
            yield leaf

    passing = leaves()
    try:
        path = roots_of(passing, stretches, head.algorithm)
    except ValueError as error:
        raise _changed(head) from error
    deque(passing, maxlen=0)  # to the end, for the root
    return path, tree, record


def _changed(head: Checkpoint) -> RuleBroken:
    message = _("审计记录已不是固证时的样子（{n} 条），不能出具证明。").format(n=head.size)
    return RuleBroken(message, hint=_("请用 luoshi audit verify 核验，看是哪一条记录变了。"))


def _hex(path: list[bytes]) -> list[str]:
    return [one.hex() for one in path]
