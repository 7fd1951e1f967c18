"""Word lists that an office clerk can read and edit: one TOML file per subject, words parted by blanks."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def words(subject: str, name: str) -> frozenset[str]:
    """The words of list ``name`` in ``<subject>.toml``."""
    with (_FOLDER / f"{subject}.toml").open("rb") as file:
        entry = tomllib.load(file)[name]
    return frozenset(entry.split() if isinstance(entry, str) else entry)


def alternatives(listed: frozenset[str]) -> str:
    """The words as a pattern, longest first, so that the whole word wins."""
    return "|".join(sorted(listed, key=lambda word: (-len(word), word)))


def digest() -> str:
    """SHA-256 over all lists, part of what a decomposition records of its rules."""
    joined = b"".join(path.read_bytes() for path in sorted(_FOLDER.glob("*.toml")))
    return hashlib.sha256(joined).hexdigest()
