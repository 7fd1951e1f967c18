"""The card of a matter that tells of its problems, with the button that raises one."""

from datetime import date

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import Panel
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import DONE, OPEN
from luoshi.web.problems.models import Link
from luoshi.web.problems.names import state_names
from luoshi.web.problems.parties import may_register
from luoshi.web.problems.selectors import visible_problems
from luoshi.web.problems.selectors.listing import light, with_counts


def problems_of(matter: Matter, actor: Actor, on: date) -> Panel | None:
    """Problems found in a matter or because of which it was raised; None where there are none and the reader may raise none."""
    kinds = dict(Link.objects.filter(matter=matter).values_list("problem", "kind"))
    rows = with_counts(visible_problems(actor).filter(pk__in=kinds), on).order_by("-pk")
    names = state_names()
    told = [(one, light(one, on), names[one.state], kinds[one.pk] == Link.RAISED) for one in rows]
    involved = matter.issuer_id in actor.units or matter.lead_id in actor.units
    may = involved and may_register(actor) and matter.state in OPEN | DONE
    return Panel("problems/parts/panel.html", {"matter": matter, "rows": told, "may": may}) if told or may else None
