"""What a verification found, in sentences for people and as plain data for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from luoshi.text.language import _
from luoshi.web.audit import verifying
from luoshi.web.audit.checkpoint import Kept
from luoshi.web.audit.verifying import Verified


def sentence(kind: str, seq: int | None, name: str) -> str:
    """One fault."""
    return {
        verifying.GAP: _("缺第 {n} 号记录。"),
        verifying.SHAPE: _("第 {n} 号记录的内容不成样子，不是本系统写的。"),
        verifying.CONTENT: _("第 {n} 号记录的内容与它的校验值不符。"),
        verifying.CHAIN: _("第 {n} 号记录与同一对象的前一条接不上：两条之中有一条被改过。"),
        verifying.LEAF: _("第 {n} 号记录已不是固证时的样子。"),
        verifying.HEAD: _("第 {n} 号记录是一次固证，它写下的根与现在的记录不符：它或者它之前的记录被改过。"),
        verifying.SHORT: _("固证时已有第 {n} 号记录，现在没有：末尾被截掉，或者数据库换成了旧的。"),
        verifying.UNREAD: _("从第 {n} 号记录起数据库读不下去：{name}"),
        verifying.ROOT: _("第 1 到第 {name} 号记录的根与固证单不符。"),
        verifying.COUNTER: _("计数器停在 {name}，与最后一条记录的编号不同。"),
        verifying.STRAY: _("第 {n} 号之后有一条编号不成样子的记录（{name}）。") if seq is not None else _("有 {name} 条记录的编号不是数，查看时不会出现。"),
        verifying.GUARD: _("数据库里防止改动的触发器 {name} 不在、被停用或者被换掉了。"),
    }[kind].format(n=seq, name=name)


def verdict(told: Mapping[str, Any]) -> str:
    """The whole of ``as_data`` in one sentence; where a record can be named, it is."""
    if not told["faults"] and not told["checkpoints"]:
        return _("{n} 条记录自身完好。没有用外面保存的固证单来核对，整库重算或换成旧库看不出来。").format(n=told["size"])
    if not told["faults"]:
        return _("{n} 条记录完好，其中第 1 到第 {covered} 号与固证一致。").format(n=told["size"], covered=told["covered"])
    if told["first"] is not None:
        message = _("核验不过：第一条有问题的是第 {n} 号记录。").format(n=told["first"])
        return message + ("" if told["certain"] else _("更早的是否也改过，要用带校验值的固证文件才能断定。"))
    if told["within"]:
        low, high = told["within"]
        message = _("核验不过：第一条有问题的记录在第 {low} 到第 {high} 号之间。").format(low=low, high=high)
        return message + _("要指明是哪一条，请用带校验值的固证文件再核验一次。")
    return _("核验不过：记录本身没有发现改动，但防护不完整。")


def sentences(told: Mapping[str, Any]) -> list[str]:
    """A sentence for each of the faults that are told one by one, and how many there are where that is more."""
    found = [sentence(kind, seq, name) for kind, seq, name in told["told"]]
    return found if told["faults"] <= len(found) else [*found, _("……共 {n} 处。").format(n=told["faults"])]


def as_data(found: Verified, given: Sequence[Kept]) -> dict[str, Any]:
    """A verification as plain data: what its record keeps, and ``--json`` prints."""
    return {
        "size": found.size,
        "hash": found.tree.algorithm,
        "root": found.tree.root().hex() if found.whole else None,
        "checkpoints": [{"size": one.head.size, "root": one.head.root.hex(), "file": bool(one.leaves)} for one in given],
        "covered": found.covered,
        "faults": found.found,
        "first": found.first,
        "certain": found.certain,
        "within": list(found.within) if found.within else None,
        "told": [[one.kind, one.seq, one.name] for one in found.faults],
    }
