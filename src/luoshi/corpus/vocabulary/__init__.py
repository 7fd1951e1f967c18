"""Word lists of the corpus commands, which an office clerk can read and edit: words parted by blanks."""

import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def words(subject: str, name: str) -> frozenset[str]:
    """The words of list ``name`` in ``<subject>.toml``."""
    with (_FOLDER / f"{subject}.toml").open("rb") as file:
        entry: str = tomllib.load(file)[name]
    return frozenset(entry.split())
