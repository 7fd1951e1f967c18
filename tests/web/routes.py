"""Every route of the ledger: what kind of row it is about, and how it is asked. A new page adds a line here."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Route(NamedTuple):
    """``kind`` of ``scene.rows`` that the route's parameters name, empty for a page about no row; ``methods`` that are tried.

    ``lists``: the kinds of rows that the page lists; of ``complete`` it lists every one that may be seen.
    """

    kind: str = ""
    methods: tuple[str, ...] = ("GET", "POST")
    lists: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    query: dict[str, str] = {}
    name: Callable[[Any, str], Any] = lambda row, parameter: row.pk

    def arguments(self, row: Any, parameters: list[str]) -> dict[str, Any]:
        """Parameters of the address of ``row``."""
        return {parameter: self.name(row, parameter) for parameter in parameters}


OPEN_TO_ALL: dict[str, str] = {"language": "a choice of the reader", "health": "the sign of life"}

ROUTES: dict[str, Route] = {
    "must_do": Route(),
    "audit": Route(),
}
