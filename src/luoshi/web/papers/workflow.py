"""Where a paper stands and who moves it on: one table, as in ``ledger.workflow``. No Django."""

from enum import StrEnum

from luoshi.web.ledger.workflow import Transition

DRAFTER, APPROVER, DIRECT = "drafter", "approver", "direct"
"""A supervisor of the issuing unit; the person whose approval was asked; a supervisor, of a kind that needs no approval."""


class State(StrEnum):
    """Where a paper stands. Received or answered is told by its addressees, never stored here."""

    DRAFT = "draft"
    WITH_APPROVER = "with_approver"
    ISSUED = "issued"
    VOID = "void"
    DISCARDED = "discarded"


def _row(act: str, source: str, target: str, *by: str, reason: bool = False, keys: tuple[str, ...] = ()) -> Transition:
    return Transition(act, frozenset({source}), target, frozenset(by), reason, keys)


PAPERS: tuple[Transition, ...] = (
    _row("issue", State.DRAFT, State.ISSUED, DIRECT),
    _row("submit", State.DRAFT, State.WITH_APPROVER, DRAFTER),
    _row("approve", State.WITH_APPROVER, State.ISSUED, APPROVER, keys=("submitted",)),
    _row("send_back", State.WITH_APPROVER, State.DRAFT, APPROVER, reason=True),
    _row("recall", State.WITH_APPROVER, State.DRAFT, DRAFTER),
    _row("edit", State.DRAFT, State.DRAFT, DRAFTER),
    _row("discard", State.DRAFT, State.DISCARDED, DRAFTER),
    _row("void", State.ISSUED, State.VOID, DRAFTER, reason=True),
)
