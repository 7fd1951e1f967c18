"""States, acts and who may, for the check of one matter: a table as those of the ledger. No Django, no clock.

A *party* is what a person is to a plan: ``checker`` (supervisor or head of the unit that looks back), ``decider`` (its head or leader).
"""

from collections.abc import Mapping, Set
from enum import StrEnum

from luoshi.text.language import _
from luoshi.web.ledger import workflow
from luoshi.web.ledger.workflow import Transition, transition

CHECKER, DECIDER = "checker", "decider"
HOLDS, RELAPSED = "holds", "relapsed"
OUTCOMES = (HOLDS, RELAPSED)


class State(StrEnum):
    """Where a check stands."""

    WAITING = "waiting"
    CHECKED = "checked"
    DIFFERS = "differs"
    CONFIRMED = "confirmed"


class Act(StrEnum):
    """What moves a check to another state."""

    CHECK = "check"
    CONFIRM = "confirm"
    DIFFER = "differ"
    SETTLE = "settle"


CHECKS: tuple[Transition, ...] = (
    transition(Act.CHECK, {State.WAITING, State.DIFFERS}, State.CHECKED, CHECKER, keys=("accepted",)),
    transition(Act.CONFIRM, State.CHECKED, State.CONFIRMED, CHECKER, keys=("first",)),
    transition(Act.DIFFER, State.CHECKED, State.DIFFERS, CHECKER, reason=True, keys=("first",)),
    transition(Act.SETTLE, State.DIFFERS, State.CONFIRMED, DECIDER, reason=True, keys=("first", "second")),
)


def decide(state: str, act: str, *, parties: Set[str], user_id: int | None, keys: Mapping[str, int | None], reason: str = "") -> str:
    """The state that ``act`` leads to. ``keys`` says who accepted the matter, who checked it first, who looked second.

    Raises RuleBroken where the state does not allow it, the person may not, would look at what was his own doing, or gives no reason.
    """
    return workflow.decide(CHECKS, state, act, parties=parties, user_id=user_id, keys=keys, reason=reason, same_person=_same_person())


def _same_person() -> dict[str, tuple[str, str]]:
    return {
        "accepted": (_("这件事是您验收的，不能由您先查。"), _("请由本单位另一位同志检查，您可以复核。")),
        "first": (_("检查和复核不能是同一个人。"), _("请由本单位另一位同志办理。")),
        "second": (_("您复核时提出了不同意见，不能由您裁定。"), _("请由本单位另一位领导或负责人裁定。")),
    }
