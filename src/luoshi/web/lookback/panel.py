"""The card of a matter that tells of its look-back."""

from datetime import date

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import Panel
from luoshi.web.ledger.models import Matter
from luoshi.web.lookback.names import outcome_names, state_names
from luoshi.web.lookback.selectors import visible_checks
from luoshi.web.lookback.workflow import State


def panel(matter: Matter, actor: Actor, on: date) -> Panel | None:
    """The checks of a matter that the reader may see; None where there are none."""
    rows = list(visible_checks(actor).filter(matter=matter).select_related("plan").defer("plan__strata").order_by("-pk"))
    states, outcomes = state_names(), outcome_names()
    told = [(one, outcomes[one.outcome] if one.state == State.CONFIRMED else states[one.state]) for one in rows]
    return Panel("lookback/parts/panel.html", {"rows": told}) if told else None
