"""What apps above the ledger add to its pages, named in the settings: the ledger imports nothing above it.

``ASKERS``: dotted paths of an ``Asker``, for the must-do list. ``MATTER_PANELS``: dotted paths of a function that gives a ``Panel`` of a matter.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.lights import Standing
from luoshi.web.ledger.models import Matter
from luoshi.web.ledger.must_do import Asked
from luoshi.web.ledger.selectors.kinds import Picks, Table


class Chase(NamedTuple):
    """What is next on a matter that the ledger chases: the word on the button, why (empty: as the ledger says), and its address."""

    verb: str
    why: str
    address: str


class Asker(NamedTuple):
    """Asks something of people: rows of the must-do list that are not the ledger's own.

    ``tables(actor, on)``: by which kinds which rows ask something of a person on a day, always the same tables; ``groups``: kind → its group.
    ``rows(actor, on, picks)``: the rows that were picked of each of these tables, as the list shows them.
    ``chases(matters, on)``: what is next on overdue and lagging matters, whose standing is known already; said in the ledger's own rows.
    """

    tables: Callable[[Actor, date], list[Table]]
    groups: Mapping[str, str]
    rows: Callable[[Actor, date, Sequence[Picks]], list[Asked]]
    chases: Callable[[Sequence[tuple[Matter, Standing]], date], Mapping[int, Chase]] | None = None


class Panel(NamedTuple):
    """A card on the page of a matter, with its own buttons; its template finds ``told`` as ``panel``."""

    template: str
    told: Mapping[str, Any]


PanelOf = Callable[[Matter, Actor, date], Panel | None]


@cache
def askers() -> tuple[Asker, ...]:
    """Those of the settings."""
    return tuple(import_string(path) for path in settings.ASKERS)


def panels_of(matter: Matter, actor: Actor, on: date) -> list[Panel]:
    """The cards that other apps have for a matter which the reader may see."""
    found = (_panel(path)(matter, actor, on) for path in settings.MATTER_PANELS)
    return [panel for panel in found if panel is not None]


@cache
def _panel(path: str) -> PanelOf:
    made: PanelOf = import_string(path)
    return made
