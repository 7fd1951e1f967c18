"""Lines of the log: the moment with its offset, and nothing that a visitor sent can begin a line of its own."""

import logging
import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Line(logging.Formatter):
    """``2026-11-26T08:30:00+0800 WARNING luoshi.web …``; control characters of the message are written as ``\\x0a``. A traceback follows on lines of its own."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", "%Y-%m-%dT%H:%M:%S%z", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # the name is that of the library
        """One line."""
        return plain(super().formatMessage(record))


def plain(text: str) -> str:
    """``text`` on one line."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
