"""How much of a long proof is run: all of it by ``make prove``, a tenth otherwise."""

import os

FULL = bool(os.environ.get("LUOSHI_PROVE"))


def share(whole: int) -> int:
    """How many of ``whole`` are done now."""
    return whole if FULL else whole // 10
