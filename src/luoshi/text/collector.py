"""The garbage collector, while thousands of values are made that refer to nothing in a circle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Nothing made here refers to itself in a circle, and there are thousands of values: to look for circles costs a quarter of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
