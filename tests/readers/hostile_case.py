"""A hostile file and what may come of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from luoshi.text import DamagedFile, InputError, LimitExceeded, LuoshiError, SourceText

Outcome = tuple[type[LuoshiError] | type[SourceText], ...]

TEXT: Outcome = (SourceText,)
LIMIT: Outcome = (LimitExceeded,)
DAMAGED: Outcome = (DamagedFile,)
REFUSED: Outcome = (InputError, LimitExceeded)


@dataclass(frozen=True, slots=True)
class Case:
    """``build`` makes the bytes when they are needed; ``outcome`` None leaves open whether there is text or a refusal."""

    name: str
    build: Callable[[], bytes]
    outcome: Outcome | None = None


def cut(name: str, data: bytes) -> Iterator[Case]:
    """``data`` cut short at several points."""
    for tenths in (1, 3, 5, 7, 9):
        yield Case(f"at-{tenths}-{name}", lambda tenths=tenths: data[: len(data) * tenths // 10])
    yield Case(f"last-byte-{name}", lambda: data[:-1])
