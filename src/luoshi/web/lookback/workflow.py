"""States, acts and who may, for the check of one matter: a table as those of the ledger. No Django, no clock.

A *party* is what a person is to a plan: ``checker`` (supervisor or head of the unit that looks back), ``decider`` (its head or leader).
"""

from collections.abc import Mapping, Set
from enum import StrEnum

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.ledger import workflow
from luoshi.web.ledger.workflow import Transition

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
    Transition(Act.CHECK, frozenset({State.WAITING, State.DIFFERS}), State.CHECKED, frozenset({CHECKER}), keys=("accepted",)),
    Transition(Act.CONFIRM, frozenset({State.CHECKED}), State.CONFIRMED, frozenset({CHECKER}), keys=("first",)),
    Transition(Act.DIFFER, frozenset({State.CHECKED}), State.DIFFERS, frozenset({CHECKER}), reason=True, keys=("first",)),
    Transition(Act.SETTLE, frozenset({State.DIFFERS}), State.CONFIRMED, frozenset({DECIDER}), reason=True, keys=("first", "second")),
)


def decide(state: str, act: str, *, parties: Set[str], user_id: int | None, keys: Mapping[str, int | None], reason: str = "") -> str:
    """The state that ``act`` leads to. ``keys`` says who accepted the matter, who checked it first, who looked second.

    Raises RuleBroken where the state does not allow it, the person may not, would look at what was his own doing, or gives no reason.
    """
    row = next((row for row in CHECKS if row.act == act and state in row.sources), None)
    if row is not None and row.by & parties and user_id is not None:
        _other_person([key for key in row.keys if keys.get(key) == user_id])
    return workflow.decide(CHECKS, state, act, parties=parties, user_id=user_id, reason=reason)


def _other_person(turned: list[str]) -> None:
    if "accepted" in turned:
        raise RuleBroken(_("这件事是您验收的，不能由您先查。"), hint=_("请由本单位另一位同志检查，您可以复核。"))
    if "first" in turned:
        raise RuleBroken(_("检查和复核不能是同一个人。"), hint=_("请由本单位另一位同志办理。"))
    if "second" in turned:
        raise RuleBroken(_("您复核时提出了不同意见，不能由您裁定。"), hint=_("请由本单位另一位领导或负责人裁定。"))
