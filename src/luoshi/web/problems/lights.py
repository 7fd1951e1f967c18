"""The light of a problem, with the words and colours of the ledger: computed from dates and measures, never stored. No Django, no clock."""

from datetime import date

from luoshi.calendar import WorkingCalendar
from luoshi.text.language import _
from luoshi.web.ledger import workflow as ledger
from luoshi.web.ledger.lights import Light, Standing, light_of
from luoshi.web.problems.workflow import State

AS_MATTER: dict[str, str] = {
    State.FOUND: ledger.State.ISSUED,
    State.ON_THE_SPOT: ledger.State.ISSUED,
    State.OBJECTED: ledger.State.COORDINATING,
    State.CLAIMED: ledger.State.ACTIVE,
    State.MENDING: ledger.State.ACTIVE,
    State.REPORTED: ledger.State.SUBMITTED,
    State.ACCEPTED: ledger.State.ACCEPTED,
    State.CLOSED: ledger.State.CLOSED,
    State.DROPPED: ledger.State.TERMINATED,
}
"""State of a problem → the state of a matter whose light it has."""


def light_of_problem(
    state: str, *, due_on: date | None, missed: int, returned: bool, on: date, calendar: WorkingCalendar, blue_days: int = 3
) -> Light:
    """The light on a day; ``missed`` are measures past their day and not done."""
    if state == State.REPORTED:
        return Light("grey", _("待审"))
    standing = Standing(
        state=AS_MATTER[state],
        due_on=due_on,
        signed=state not in (State.FOUND, State.ON_THE_SPOT, State.OBJECTED),
        planned=state in (State.MENDING, State.REPORTED),
        missed_milestones=missed if state == State.MENDING else 0,
        returned=returned,
    )
    found = light_of(standing, on, calendar, blue_days=blue_days)
    if found.colour == "yellow" and standing.missed_milestones and not returned:
        return Light("yellow", _("措施逾期"))
    return Light("grey", _("未认领")) if found.colour == "grey" and not standing.signed else found
