"""The card of papers on the page of a matter: those that the reader may see, and the way to another."""

from datetime import date

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.additions import Panel
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.workflow import BEFORE_ISSUE
from luoshi.web.papers.dressing import dress
from luoshi.web.papers.parties import drafts_papers
from luoshi.web.papers.selectors import papers_of

SHOWN = 8


def panel(matter: Matter, actor: Actor, on: date) -> Panel | None:
    """Nothing where there is no paper and the reader cannot make one."""
    rows = papers_of(matter, actor)
    makes = drafts_papers(actor) and matter.issuer_id in actor.units and matter.state not in BEFORE_ISSUE
    if not rows and not makes:
        return None
    for row in rows:
        dress(row, on)
    return Panel("papers/panel.html", {"matter": matter, "rows": rows[:SHOWN], "more": len(rows) - SHOWN, "makes": makes, "count": len(rows)})
