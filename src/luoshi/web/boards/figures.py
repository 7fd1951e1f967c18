"""A figure as boards show it: what it counts, of how many, and the rows that it leads to. No Django database, no clock."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from luoshi.text.language import _
from luoshi.web.ledger.lights import ORDER
from luoshi.web.ledger.workflow import DONE, OPEN

FEWEST = 5
"""Of fewer than this no share is told, and nothing is compared: one matter more or less would turn it over."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many matters stand in one state with one colour; ``of`` is what they are told apart by besides."""

    of: tuple[object, ...]
    state: str
    colour: str
    count: int


@dataclass(frozen=True, slots=True)
class Link:
    """A number with its word, its share of a base where that is told, and the rows behind it."""

    word: str
    count: int
    share: int | None
    address: str
    colour: str = ""


@dataclass(slots=True)
class Counts:
    """Matters in hand by the colour of their lights, and those that were accepted."""

    open: int = 0
    done: int = 0
    colours: Counter[str] = field(default_factory=Counter)

    def add(self, one: Tally) -> None:
        """Count one row of a tally. Ended without being done is neither."""
        if one.state in OPEN:
            self.open += one.count
            self.colours[one.colour] += one.count
        elif one.state in DONE:
            self.done += one.count

    @property
    def all(self) -> int:
        """In hand and accepted."""
        return self.open + self.done

    @property
    def worst(self) -> str:
        """The gravest colour there is; empty where nothing is in hand."""
        return next((colour for colour in ORDER if self.colours[colour]), "")

    @property
    def green_share(self) -> int | None:
        """How many per cent of those in hand are on plan."""
        return self.share("green")

    def share(self, colour: str) -> int | None:
        """Per cent of those in hand, none below ``FEWEST``."""
        return share(self.colours[colour], self.open)

    def links(self, **wanted: object) -> list[Link]:
        """One figure per colour, in a fixed order, each leading to its rows."""
        return [self._link(colour, word, wanted) for colour, word in colour_words().items()]

    def links_to_some(self, **wanted: object) -> list[Link]:
        """The same without the colours that no row has."""
        return [self._link(colour, word, wanted) for colour, word in colour_words().items() if self.colours[colour]]

    def _link(self, colour: str, word: str, wanted: Mapping[str, object]) -> Link:
        return Link(word, self.colours[colour], self.share(colour), rows_at(**wanted, light=colour), colour)


def counted(tallies: Iterable[Tally]) -> Counts:
    """All of them as one."""
    found = Counts()
    for one in tallies:
        found.add(one)
    return found


def share(part: int, base: int) -> int | None:
    """Per cent, none where the base is below ``FEWEST``."""
    return round(100 * part / base) if base >= FEWEST else None


def colour_words() -> dict[str, str]:
    """Colour → what it is called over a figure, in the order of the board."""
    return {"green": _("按序时"), "yellow": _("滞后"), "red": _("逾期"), "blue": _("临近"), "grey": _("未到节点")}


def rows_at(**wanted: object) -> str:
    """The address of the ledger with these filters."""
    return f"{reverse('matters')}?{urlencode({name: value for name, value in wanted.items() if value not in (None, '')})}"
