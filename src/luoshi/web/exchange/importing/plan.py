"""What a table would do, row by row: what differs, in words, and what is wrong."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from luoshi.web.ledger.services.drafting import Wording


class Line(NamedTuple):
    """A row of the table: its number, and its cells by column from 1."""

    number: int
    cells: Mapping[int, str]


class Difference(NamedTuple):
    """One field: its heading, what the ledger says, what it would say."""

    heading: str
    old: str
    new: str


@dataclass(slots=True)
class Step:
    """One row. ``matter`` is the one that it changes, None where it makes a draft; a row with something ``wrong`` is not done at all."""

    row: int
    about: str
    matter: int | None = None
    expected: int = 0
    differences: list[Difference] = field(default_factory=list)
    words: Wording = field(default_factory=Wording)
    quote: str = ""
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def does(self) -> bool:
        """True where something would be written."""
        return not self.wrong and (bool(self.words) if self.matter else True)


@dataclass(slots=True)
class Plan:
    """All rows that say something, how many say what is there already, which rows are no rows (blank, total, heading), which unit names are unknown."""

    steps: list[Step]
    same: int = 0
    skipped: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def doing(self) -> list[Step]:
        """The rows that would be written."""
        return [step for step in self.steps if step.does]

    @property
    def wrong(self) -> list[Step]:
        """The rows that cannot be."""
        return [step for step in self.steps if step.wrong]

    @property
    def digest(self) -> str:
        """Of what would be done: another one at the confirmation means that things changed meanwhile."""
        told = [(step.row, step.matter, step.expected, step.differences, step.notes, step.wrong) for step in self.steps]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def lines_of(sheet: Mapping[str, Sequence[Sequence[object]]]) -> list[Line]:
    """The rows of a sheet as it is kept."""
    return [Line(int(str(number)), {int(column): str(text) for column, text in dict(cells).items()}) for number, cells in sheet["rows"]]  # type: ignore[call-overload]
