"""Luoshi: from directive to delivered work.

The public face, stable and typed::

    source = luoshi.read("意见.docx")
    made = luoshi.decompose(source, as_of=date(2026, 11, 22))
    beside = luoshi.align(made, luoshi.decompose(luoshi.read("实施方案.docx")))

They are loaded when first used, so that the command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "align", "decompose", "read", "read_bytes", "read_isolated"]

if TYPE_CHECKING:
    from luoshi.align import align as align
    from luoshi.decompose import decompose as decompose
    from luoshi.readers import read as read
    from luoshi.readers import read_bytes as read_bytes
    from luoshi.readers.isolated import read_isolated as read_isolated


def __getattr__(name: str) -> Any:
    if name in ("align", "decompose"):
        return import_module(f"luoshi.{name}")  # a module that can be called: see its last lines
    if name in ("read", "read_bytes"):
        import luoshi.readers

        return getattr(luoshi.readers, name)
    if name == "read_isolated":
        from luoshi.readers.isolated import read_isolated

        return read_isolated
    raise AttributeError(f"module 'luoshi' has no attribute {name!r}")
