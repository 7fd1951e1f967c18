"""What can be done with a rung that was served, and by whom. No Django, no clock; the style of ``ledger.workflow``, which decides.

A rung waits for the unit's reply; a reply waits for the supervisor, who accepts the reason (with a day until which it holds) or does not. A
suggestion to criticise by name (通报建议) goes to a leader, who decides once the unit has replied or its time for that is over.
"""

from enum import StrEnum

from luoshi.text.language import _
from luoshi.web.ledger.workflow import HEAD, ISSUER_LEADER, LIAISON, SUPERVISOR, Transition, transition


class RungState(StrEnum):
    """Where a rung stands."""

    SERVED = "served"
    ANSWERED = "answered"
    EXCUSED = "excused"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    AGREED = "agreed"
    DECLINED = "declined"


WAITING = frozenset({RungState.SERVED, RungState.ANSWERED})


NOTICES: tuple[Transition, ...] = (
    transition("reply", RungState.SERVED, RungState.ANSWERED, LIAISON, HEAD, reason=True),
    transition("accept", RungState.ANSWERED, RungState.EXCUSED, SUPERVISOR, reason=True, keys=("replied",)),
    transition("refuse", RungState.ANSWERED, RungState.REFUSED, SUPERVISOR, reason=True, keys=("replied",)),
    transition("withdraw", {RungState.SERVED, RungState.ANSWERED, RungState.REFUSED}, RungState.WITHDRAWN, SUPERVISOR, reason=True),
)
"""提醒, 蓝, 黄, 红."""

SUGGESTIONS: tuple[Transition, ...] = (
    transition("reply", RungState.SERVED, RungState.ANSWERED, LIAISON, HEAD, reason=True),
    transition("agree", {RungState.SERVED, RungState.ANSWERED}, RungState.AGREED, ISSUER_LEADER, keys=("replied",)),
    transition("decline", {RungState.SERVED, RungState.ANSWERED}, RungState.DECLINED, ISSUER_LEADER, reason=True, keys=("replied",)),
    transition("withdraw", {RungState.SERVED, RungState.ANSWERED}, RungState.WITHDRAWN, SUPERVISOR, reason=True),
)
"""通报建议."""


def state_names() -> dict[str, str]:
    """State of a rung → what it is called."""
    return {
        RungState.SERVED: _("待答复"),
        RungState.ANSWERED: _("已答复，待认定"),
        RungState.EXCUSED: _("理由成立"),
        RungState.REFUSED: _("理由不成立"),
        RungState.WITHDRAWN: _("已撤回"),
        RungState.AGREED: _("同意通报"),
        RungState.DECLINED: _("不予通报"),
    }
