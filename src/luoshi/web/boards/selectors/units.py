"""Units and themes: who leads how many matters of what, and how they stand. Units in the order of the tree, themes by name."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from luoshi.web.boards.figures import FEWEST, Counts, Link, Tally, counted, rows_at
from luoshi.web.boards.selectors import tallies
from luoshi.web.common.actor import Actor
from luoshi.web.orgs.models import Unit

SCOPES = ("issuer", "above")
"""Filters of the ledger by which the table is asked: what the unit issued, what was passed down below its own matters."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one unit leads of one theme: only the colours that there are. ``shade`` is the gravest, empty where there are too few to compare."""

    counts: Counts
    links: list[Link]
    address: str

    @property
    def shade(self) -> str:
        """The gravest colour of enough matters."""
        return self.counts.worst if self.counts.open >= FEWEST else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit: its cells in the order of the themes, and all of them together."""

    unit: Unit
    depth: int
    cells: list[Cell | None]
    all: Cell


@dataclass(frozen=True, slots=True)
class Grid:
    """The table; ``all`` is its sum by theme, the last of everything."""

    themes: list[str]
    rows: list[Row]
    sums: list[Cell]
    all: Cell


def grid_of(actor: Actor, scope: str, on: date) -> Grid:
    """The table of matters in hand of one scope."""
    base: dict[str, object] = {scope: actor.unit, "state": "open"}
    found = tallies(actor, base, on, "lead", "theme")
    themes = sorted({str(one.of[1]) for one in found}, key=lambda name: (not name, name))
    by_unit: dict[object, list[Tally]] = defaultdict(list)
    for one in found:
        by_unit[one.of[0]].append(one)
    units = list(Unit.objects.filter(pk__in=[pk for pk in by_unit if pk is not None]).order_by("path"))
    top = min((unit.depth for unit in units), default=1)
    del base["state"]
    rows = [_row(unit, unit.depth - top, themes, by_unit[unit.pk], base) for unit in units]
    sums = [_cell([one for one in found if one.of[1] == name], base | _themed(name)) for name in themes]
    return Grid(themes, rows, sums, _cell(found, base))


def _row(unit: Unit, depth: int, themes: list[str], found: list[Tally], base: dict[str, object]) -> Row:
    of_unit = base | {"unit": unit.pk}
    of_theme: dict[str, list[Tally]] = defaultdict(list)
    for one in found:
        of_theme[str(one.of[1])].append(one)
    cells = [_cell(of_theme[name], of_unit | _themed(name)) if name in of_theme else None for name in themes]
    return Row(unit, depth, cells, _cell(found, of_unit))


def _cell(found: list[Tally], wanted: dict[str, object]) -> Cell:
    counts = counted(found)
    return Cell(counts, counts.links_to_some(**wanted), rows_at(**wanted, state="open"))


def _themed(name: str) -> dict[str, object]:
    return {"theme": name} if name else {"unthemed": 1}
