"""What states, outcomes and ways of looking are called."""

from luoshi.text.language import _
from luoshi.web.lookback.workflow import HOLDS, RELAPSED, State

WAYS = ("visit", "papers", "data", "call", "people")


def state_names() -> dict[str, str]:
    """State of a check → what it is called."""
    return {State.WAITING: _("待检查"), State.CHECKED: _("待复核"), State.DIFFERS: _("意见不一致"), State.CONFIRMED: _("已认定")}


def outcome_names() -> dict[str, str]:
    """Outcome → what it is called."""
    return {HOLDS: _("巩固"), RELAPSED: _("反弹")}


def way_names() -> dict[str, str]:
    """How it was looked at → what it is called."""
    return {"visit": _("实地查看"), "papers": _("查阅资料"), "data": _("核对数据"), "call": _("电话核实"), "people": _("走访群众")}
