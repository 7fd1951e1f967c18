"""What a check says: nothing, or a sentence and the next step."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple


class Finding(NamedTuple):
    """What is not as it should be, and what to do about it."""

    said: str
    step: str


Look = Callable[[datetime], Finding | None]
