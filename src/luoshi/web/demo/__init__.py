"""An invented province for trying Luoshi out: units, people, documents and a year of work, all through the services."""

from collections.abc import Callable


def load(*, say: Callable[[str], None]) -> None:
    """Load it into an empty installation."""
    raise NotImplementedError
