"""An invented city for measuring: as many units, people, matters and audit records as are asked for, as years of work would leave them.

``python -m bench.city`` fills the installation of its environment (``LUOSHI_DATA``, ``LUOSHI_DATABASE``), which must be empty, and prints as
JSON what clients need to ask for pages; ``--help`` names the sizes. The same seed and day make the same rows on SQLite and on PostgreSQL. Rows are put there directly (``table``), not through services, which would take a day.
"""

from typing import NamedTuple


class Size(NamedTuple):
    """How much there is. ``days``: over how long it came about; the older half is done."""

    units: int = 1_000
    people: int = 5_000
    matters: int = 200_000
    records: int = 1_000_000
    days: int = 1_095
    seed: int = 1


CITY = Size()
OFFICE = Size(units=41, people=200, matters=10_000, records=40_000, days=300)
"""One office that issued every matter itself: the heaviest lists that a person can have."""
CLIENTS = 8
