"""States, acts and who may, for problems, inspections and visits: tables as those of the ledger. No Django, no clock.

A *party* is what a person is to one problem: ``finder.supervisor`` (of the unit that found it), ``owner.liaison``, ``owner.head`` (of the
unit that has it); to one visit ``sender.supervisor`` (of the unit that inspects) and ``object.liaison``, ``object.head`` (of the unit that is visited).
"""

from enum import StrEnum

from luoshi.web.ledger.workflow import Transition, transition

FINDER, LIAISON, HEAD = "finder.supervisor", "owner.liaison", "owner.head"
PARTIES = (FINDER, LIAISON, HEAD)
SENDER, OBJECT_LIAISON, OBJECT_HEAD = "sender.supervisor", "object.liaison", "object.head"
VISIT_PARTIES = (SENDER, OBJECT_LIAISON, OBJECT_HEAD)


class State(StrEnum):
    """Where a problem stands."""

    FOUND = "found"
    ON_THE_SPOT = "on_the_spot"
    OBJECTED = "objected"
    CLAIMED = "claimed"
    MENDING = "mending"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    DROPPED = "dropped"


class Act(StrEnum):
    """What can be done to a problem that moves it to another state."""

    CLAIM = "claim"
    OBJECT = "object"
    KEEP = "keep"
    REASSIGN = "reassign"
    DROP = "drop"
    MEND = "mend"
    PLAN = "plan"
    REPORT = "report"
    RETURN = "return"
    ACCEPT = "accept"
    CLOSE = "close"
    RELAPSE = "relapse"


FRESH = frozenset({State.FOUND, State.ON_THE_SPOT})
WORKING = FRESH | {State.CLAIMED, State.MENDING}
OPEN = WORKING | {State.OBJECTED, State.REPORTED}
DONE = frozenset({State.ACCEPTED, State.CLOSED})
KEYS = ("reported", "mended")


PROBLEMS: tuple[Transition, ...] = (
    transition(Act.CLAIM, FRESH, State.CLAIMED, LIAISON, HEAD),
    transition(Act.OBJECT, FRESH, State.OBJECTED, LIAISON, HEAD, reason=True),
    transition(Act.KEEP, State.OBJECTED, State.FOUND, FINDER, reason=True),
    transition(Act.REASSIGN, State.OBJECTED, State.FOUND, FINDER, reason=True),
    transition(Act.DROP, FRESH | {State.OBJECTED}, State.DROPPED, FINDER, reason=True),
    transition(Act.MEND, State.ON_THE_SPOT, State.REPORTED, LIAISON, HEAD),
    transition(Act.PLAN, {State.CLAIMED, State.MENDING}, State.MENDING, LIAISON, HEAD),
    transition(Act.REPORT, State.MENDING, State.REPORTED, LIAISON, HEAD),
    transition(Act.RETURN, State.REPORTED, State.MENDING, FINDER, reason=True, keys=KEYS),
    transition(Act.ACCEPT, State.REPORTED, State.ACCEPTED, FINDER, reason=True, keys=KEYS),
    transition(Act.CLOSE, State.ACCEPTED, State.CLOSED, FINDER, keys=KEYS),
    transition(Act.RELAPSE, State.CLOSED, State.CLAIMED, FINDER, reason=True),
)

DEEDS: tuple[Transition, ...] = (
    transition("edit", FRESH, "", FINDER),
    transition("adjust", WORKING, "", FINDER, reason=True),
    transition("step", State.MENDING, "", LIAISON, HEAD),
    transition("consult", OPEN, "", FINDER),
    transition("raise", OPEN | {State.ACCEPTED}, "", FINDER),
)
"""What is done to a problem without moving it: the state stays, so the target is empty."""


class VisitState(StrEnum):
    """Where the visit to one unit stands."""

    AHEAD = "ahead"
    TOLD = "told"
    CONFIRMED = "confirmed"
    REPLIED = "replied"
    SETTLED = "settled"


VISITS: tuple[Transition, ...] = (
    transition("tell", VisitState.AHEAD, VisitState.TOLD, SENDER),
    transition("confirm", VisitState.TOLD, VisitState.CONFIRMED, OBJECT_LIAISON, OBJECT_HEAD, keys=("told",)),
    transition("reply", VisitState.TOLD, VisitState.REPLIED, OBJECT_LIAISON, OBJECT_HEAD, reason=True, keys=("told",)),
    transition("settle", {VisitState.TOLD, VisitState.REPLIED}, VisitState.SETTLED, SENDER, reason=True),
)


class InspectionState(StrEnum):
    """Where an inspection stands."""

    ARRANGED = "arranged"
    CONCLUDED = "concluded"
    MERGED = "merged"
    CANCELLED = "cancelled"


INSPECTIONS: tuple[Transition, ...] = (
    transition("conclude", InspectionState.ARRANGED, InspectionState.CONCLUDED, SENDER, reason=True),
    transition("merge", InspectionState.ARRANGED, InspectionState.MERGED, SENDER, reason=True),
    transition("cancel", InspectionState.ARRANGED, InspectionState.CANCELLED, SENDER, reason=True),
)
