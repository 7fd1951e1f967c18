"""Limits: how large a file may be, and what the reading child is granted."""

import dataclasses
import re

from luoshi import readers
from luoshi.readers import archive, assembly, flow, office, paged, xml
from luoshi.readers.limits import Limits
from luoshi.readers.xlsx import workbook
from tools.reference.marks import code, prose, table

_INTRO = """# Limits

The reader has one setting in the environment (those of the ledger are on the page [settings](settings.md)): `LUOSHI_LANGUAGE` (`zh` or `en`), the language of messages and of the words in reports; `--language` overrides it. All
else is given in the call.
"""
_MIB = 1024 * 1024


def page() -> str:
    """What every read keeps to, then what the child process is granted."""
    every = (
        (readers, "MAX_BYTES", "size of a file"),
        (assembly, "MAX_CHARACTERS", "characters of a text"),
        (paged, "MAX_PAGES", "pages of a PDF or OFD"),
        (paged, "MAX_CHARS", "characters of a PDF or OFD"),
        (workbook, "MAX_CELLS", "cells of a sheet"),
        (flow, "MAX_COLUMNS", "columns of a table in a web page"),
        (archive, "MAX_ENTRIES", "members of an archive (docx, xlsx, ofd)"),
        (archive, "MAX_ENTRY", "one member, unpacked"),
        (archive, "MAX_TOTAL", "all members, unpacked"),
        (archive, "MAX_RATIO", "times that a member over 1 MiB may swell"),
        (xml, "MAX_DEPTH", "depth of XML"),
        (office, "TIMEOUT", "seconds that LibreOffice may take"),
    )
    rows = ((meaning, _value(name, getattr(module, name)), code(f"{module.__name__}.{name}")) for module, name, meaning in every)
    granted = ((code(field.name), _value(field.name, field.default)) for field in dataclasses.fields(Limits))
    return "\n".join(
        [
            _INTRO,
            "## Every read\n",
            table(("what", "at most", "constant"), rows) + "\n",
            "Past them reading ends in `LimitExceeded`; nothing is cut in silence.\n",
            "## Isolated reading\n",
            f"`luoshi.readers.isolated.Limits`, the argument `limits` of `luoshi.read_isolated`. {prose(Limits.__doc__)}\n",
            table(("field", "default"), granted) + "\n",
        ]
    )


def _value(name: str, value: object) -> str:
    """A number as people write it."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value).lower()
    if value >= _MIB and value % _MIB == 0 and not re.search("CHAR|CELLS", name):
        return f"{value // _MIB:,} MiB"
    return f"{value:,.0f}" + (" s" if "seconds" in name or name == "TIMEOUT" else "")
