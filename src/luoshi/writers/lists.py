"""A list as every format of an export takes it: title, columns, rows as they come, and what is said of the whole after the last row."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class ListColumn(NamedTuple):
    """A column: its header, its width in half-width characters; ``open`` where a changed cell can be brought back, ``hidden`` where nobody reads it."""

    header: str
    width: float = 16
    centred: bool = False
    open: bool = False
    hidden: bool = False


class Listing(NamedTuple):
    """``rows`` are gone through once. ``told(n)``: the sentences about the whole once ``n`` rows were written."""

    title: str
    note: str
    columns: tuple[ListColumn, ...]
    rows: Iterable[Sequence[str]]
    told: Callable[[int], Sequence[str]]

    @property
    def shown(self) -> list[int]:
        """Places of the columns that people read."""
        return [at for at, column in enumerate(self.columns) if not column.hidden]
