"""Reading for boards. Every read starts at ``visible_matters``, narrowed by the very filters of the ledger table, so that a figure and its rows agree."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count

from luoshi.web.boards.figures import Tally
from luoshi.web.common.actor import Actor
from luoshi.web.ledger.selectors.colours import with_colour
from luoshi.web.ledger.selectors.table import found_matters


def tallies(actor: Actor, wanted: Mapping[str, Any], on: date, *by: str) -> list[Tally]:
    """Matters that meet the filters of ``wanted``, counted by ``by``, state and colour. Three questions, whatever their number."""
    rows = with_colour(found_matters(actor, wanted, on).order_by(), on)
    return [Tally(tuple(of), state, colour, count) for *of, state, colour, count in rows.values_list(*by, "state", "colour").annotate(n=Count("pk"))]
