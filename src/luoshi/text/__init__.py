"""The ground everything stands on: text, spans into it, and what can go wrong.

Nothing here knows of files, rules or the web; everything else may import it.
"""

from luoshi.text.doubt import Doubt
from luoshi.text.errors import (
    REFUSALS,
    ClassifiedDocument,
    Conflict,
    DamagedFile,
    EmptyDocument,
    EncryptedFile,
    ForbiddenError,
    InputError,
    IsolationError,
    IsolationUnavailable,
    LimitExceeded,
    LuoshiError,
    NoTextLayer,
    RuleBroken,
    ToolMissing,
    UnknownEncoding,
    UnsupportedFormat,
    UsageError,
)
from luoshi.text.source import Cell, Origin, SourceText, Table
from luoshi.text.span import Span
from luoshi.text.view import ReadingView, reading_view

__all__ = [
    "REFUSALS",
    "Cell",
    "ClassifiedDocument",
    "Conflict",
    "DamagedFile",
    "Doubt",
    "EmptyDocument",
    "EncryptedFile",
    "ForbiddenError",
    "InputError",
    "IsolationError",
    "IsolationUnavailable",
    "LimitExceeded",
    "LuoshiError",
    "NoTextLayer",
    "Origin",
    "ReadingView",
    "RuleBroken",
    "SourceText",
    "Span",
    "Table",
    "ToolMissing",
    "UnknownEncoding",
    "UnsupportedFormat",
    "UsageError",
    "reading_view",
]
