"""The tree of errors: code, exit code, HTTP status, meaning."""

from luoshi.text.errors import LuoshiError, all_errors
from tools.reference.marks import code, first_line, table

_INTRO = """# Errors

All errors of Luoshi are of one tree, in `luoshi.text.errors`. Each carries `message` (what is wrong, and where) and `hint` (what to do next); `code` is stable. What is
merely unsure is no error but a [doubt](doubts.md).
"""


def page() -> str:
    """The tree as a table, indented by depth."""
    rows = (
        (_indent(error) + code(error.__name__), code(error.code), str(error.exit_code), str(error.http_status), first_line(error.__doc__))
        for error in _in_order()
    )
    return f"{_INTRO}\n{table(('error', 'code', 'exit code', 'HTTP', 'meaning'), rows)}\n"


def _in_order(root: type[LuoshiError] = LuoshiError) -> list[type[LuoshiError]]:
    """Every class, each before those below it."""
    assert root in all_errors()
    return [root, *(below for child in root.__subclasses__() for below in _in_order(child))]


def _indent(error: type[LuoshiError]) -> str:
    depth = error.__mro__.index(LuoshiError)
    return "&emsp;" * depth
