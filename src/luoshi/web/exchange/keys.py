"""The key of a row of an exported workbook: which matter it is, how many changes it had, what its cells said, and a checksum over all of it.

A key that was copied to another row, cut or retyped does not fit any more, and the row is refused: a hidden column is no safe place. What the
cells said is kept as short digests, so that a change can be told from a cell that was left alone even where the ledger has moved on since.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

_MARK, _MAC = "LS1", 24
_FORM = re.compile(r"LS1\|(?P<matter>\d{1,18})\|(?P<changes>\d{1,9})\|(?P<number>[^|]*)\|(?P<said>[a-z_=;0-9]*)\|(?P<mac>[\w-]+)")


class Key(NamedTuple):
    """``said``: column → the digest of what its cell said; columns that were left out are not there."""

    matter: int
    changes: int
    number: str
    said: Mapping[str, str]


def key_of(*, matter: int, changes: int, number: str, cells: Mapping[str, str]) -> str:
    """The key of a row with these cells."""
    said = ";".join(f"{name}={digest(text)}" for name, text in cells.items())
    told = f"{_MARK}|{matter}|{changes}|{number.replace('|', ' ')}|{said}"
    return f"{told}|{_mac(told)}"


def read_key(text: str) -> Key | None:
    """What a key says; None where it is not one that was made here."""
    match = _FORM.fullmatch(text.strip())
    if match is None or not constant_time_compare(match["mac"], _mac(text.strip().rpartition("|")[0])):
        return None
    said = dict(one.split("=", 1) for one in match["said"].split(";") if "=" in one)
    return Key(int(match["matter"]), int(match["changes"]), match["number"], said)


def digest(text: str) -> str:
    """Ten characters for what a cell says; blanks around lines do not count, since programs drop them."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:10]


def plain(text: str) -> str:
    """A cell without what spreadsheet programs change by themselves."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _mac(told: str) -> str:
    return Signer(salt="luoshi.exchange.row").signature(told)[:_MAC]
