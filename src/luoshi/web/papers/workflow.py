"""Where a paper stands and who moves it on: one table, as in ``ledger.workflow``. No Django."""

from enum import StrEnum

from luoshi.web.ledger.workflow import Transition, transition

DRAFTER, APPROVER, DIRECT = "drafter", "approver", "direct"
"""A supervisor of the issuing unit; the person whose approval was asked; a supervisor, of a kind that needs no approval."""


class State(StrEnum):
    """Where a paper stands. Received or answered is told by its addressees, never stored here."""

    DRAFT = "draft"
    WITH_APPROVER = "with_approver"
    ISSUED = "issued"
    VOID = "void"
    DISCARDED = "discarded"


PAPERS: tuple[Transition, ...] = (
    transition("issue", State.DRAFT, State.ISSUED, DIRECT),
    transition("submit", State.DRAFT, State.WITH_APPROVER, DRAFTER),
    transition("approve", State.WITH_APPROVER, State.ISSUED, APPROVER, keys=("submitted",)),
    transition("send_back", State.WITH_APPROVER, State.DRAFT, APPROVER, reason=True),
    transition("recall", State.WITH_APPROVER, State.DRAFT, DRAFTER),
    transition("edit", State.DRAFT, State.DRAFT, DRAFTER),
    transition("discard", State.DRAFT, State.DISCARDED, DRAFTER),
    transition("void", State.ISSUED, State.VOID, DRAFTER, reason=True),
)
