"""What a verification found, in sentences for people and as plain data for programs."""

from collections.abc import Sequence
from typing import Any

from luoshi.text.language import _
from luoshi.web.audit import verifying
from luoshi.web.audit.checkpoint import Kept
from luoshi.web.audit.verifying import Fault, Verified


def sentence(fault: Fault) -> str:
    """One fault."""
    return {
        verifying.GAP: _("缺第 {n} 号记录。"),
        verifying.SHAPE: _("第 {n} 号记录的内容不成样子，不是本系统写的。"),
        verifying.CONTENT: _("第 {n} 号记录的内容与它的校验值不符。"),
        verifying.CHAIN: _("第 {n} 号记录与同一对象的前一条接不上：两条之中有一条被改过。"),
        verifying.LEAF: _("第 {n} 号记录已不是固证时的样子。"),
        verifying.HEAD: _("第 {n} 号记录是一次固证，它写下的根与现在的记录不符：它或者它之前的记录被改过。"),
        verifying.SHORT: _("固证时已有第 {n} 号记录，现在没有：末尾被截掉，或者数据库换成了旧的。"),
        verifying.ROOT: _("第 1 到第 {name} 号记录的根与固证单不符。"),
        verifying.COUNTER: _("计数器停在 {name}，与最后一条记录的编号不同。"),
        verifying.STRAY: _("第 {n} 号之后有一条编号不成样子的记录（{name}）。") if fault.seq is not None else _("有 {name} 条记录的编号不是数，查看时不会出现。"),
        verifying.GUARD: _("数据库里防止改动的触发器 {name} 不在、被停用或者被换掉了。"),
    }[fault.kind].format(n=fault.seq, name=fault.name)


def verdict(found: Verified, given: Sequence[Kept]) -> str:
    """The whole of it in one sentence; where a record can be named, it is."""
    if found.good and not given:
        return _("{n} 条记录自身完好。没有用外面保存的固证单来核对，整库重算或换成旧库看不出来。").format(n=found.size)
    if found.good:
        return _("{n} 条记录完好，其中第 1 到第 {covered} 号与固证一致。").format(n=found.size, covered=found.covered)
    if found.first is not None:
        message = _("核验不过：第一条有问题的是第 {n} 号记录。").format(n=found.first)
        return message + ("" if found.certain else _("更早的是否也改过，要用带校验值的固证文件才能断定。"))
    if found.within is not None:
        low, high = found.within
        message = _("核验不过：第一条有问题的记录在第 {low} 到第 {high} 号之间。").format(low=low, high=high)
        return message + _("要指明是哪一条，请用带校验值的固证文件再核验一次。")
    return _("核验不过：记录本身没有发现改动，但防护不完整。")


def as_data(found: Verified, given: Sequence[Kept]) -> dict[str, Any]:
    """``--json`` of a verification."""
    return {
        "good": found.good,
        "size": found.size,
        "hash": found.tree.algorithm,
        "root": found.tree.root().hex() if found.whole else None,
        "checkpoints": [{"size": one.head.size, "root": one.head.root.hex(), "file": bool(one.leaves)} for one in given],
        "covered": found.covered,
        "first": found.first,
        "certain": found.certain,
        "within": list(found.within) if found.within else None,
        "faults": found.found,
        "told": [{"kind": one.kind, "seq": one.seq, "name": one.name, "sentence": sentence(one)} for one in found.faults],
    }
