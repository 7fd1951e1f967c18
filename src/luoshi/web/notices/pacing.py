"""When a message is tried: its number, how long after a failure, how much a channel takes, when it is quiet. No Django, no clock, no chance.

What looks like chance (the spread of the tries) is computed from the number of the message, so that a test finds the same.
"""

import hashlib
from datetime import datetime, time, timedelta
from typing import NamedTuple

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
SPREAD = timedelta(minutes=10)
"""Over how long the first tries of a morning are spread: not a thousand messages in the same second."""
GIVEN_UP_AFTER, TRIES_AT_LEAST = timedelta(days=5), 10
AT_ONCE = 5
"""Messages of one channel in one run: Feishu takes five in a second."""


class Limits(NamedTuple):
    """What the other side takes: messages in a minute, and how long it refuses after too many."""

    per_minute: int
    rest: timedelta


LIMITS = {
    "smtp": Limits(60, FIRST),
    "dingtalk": Limits(20, timedelta(minutes=10)),
    "feishu": Limits(100, FIRST),
    "wecom": Limits(20, FIRST),
}


def number_of(what: str, channel: int) -> str:
    """The number of a message, for ever: of ``digest:12`` or ``trial:3`` by a channel."""
    return hashlib.sha256(f"{what}>channel:{channel}".encode()).hexdigest()[:32]


def share_of(number: str, attempt: int) -> float:
    """From 0 up to 1, different for every message and every try."""
    return int.from_bytes(hashlib.sha256(f"{number}/{attempt}".encode()).digest()[:4], "big") / 2**32


def first_try(at: datetime, number: str) -> datetime:
    """When a message that was made now is tried first."""
    return at + SPREAD * share_of(number, 0)


def next_try(at: datetime, number: str, attempts: int, kind: str, *, too_many: bool = False) -> datetime:
    """When it is tried again after ``attempts`` tries: twice as long each time, at most an hour, and up to half as long again."""
    wait: timedelta = min(FIRST * (1 << min(attempts - 1, 10)), LONGEST)
    if too_many:
        wait = max(wait, LIMITS[kind].rest)
    return at + wait + wait * share_of(number, attempts) / 2


def is_given_up(made_at: datetime, at: datetime, attempts: int) -> bool:
    """True after days and many tries: a clock that jumps ahead gives nothing up by itself."""
    return at - made_at > GIVEN_UP_AFTER and attempts >= TRIES_AT_LEAST


def is_quiet(now: time, start: time | None, end: time | None) -> bool:
    """True within quiet hours, also over midnight."""
    if start is None or end is None or start == end:
        return False
    return start <= now < end if start < end else now >= start or now < end
