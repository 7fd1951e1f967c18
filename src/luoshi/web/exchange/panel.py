"""The card of rosters on the page of a matter that has targets."""

from datetime import date

from luoshi.web.common.actor import Actor
from luoshi.web.exchange.rosters import sentence
from luoshi.web.exchange.selectors import tallies
from luoshi.web.exchange.services.rosters import may_keep
from luoshi.web.ledger.additions import Panel
from luoshi.web.ledger.models import Matter


def panel(matter: Matter, actor: Actor, on: date) -> Panel | None:
    """Each target with what its roster says; nothing where there is no roster and nobody here could make one."""
    found = [one for one in tallies(matter) if one.target.unit not in ("%", "％")]
    keeps = may_keep(matter, actor) if found else False
    shown = [(one, sentence(one)) for one in found if one.named or keeps]
    return Panel("exchange/roster_panel.html", {"rows": shown, "keeps": keeps}) if shown else None
