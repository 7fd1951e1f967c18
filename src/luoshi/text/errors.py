"""One tree of errors. Uncertainty is a ``Doubt``; only unreadable input and forbidden acts end here.

    LuoshiError
    ├── UsageError              the call itself makes no sense                    usage               exit 2   HTTP 400
    ├── InputError              the file cannot be read                                               exit 3   HTTP 422
    │   ├── UnsupportedFormat       no reader for this content                    input.format
    │   ├── UnknownEncoding         neither UTF-8 nor GB18030                     input.encoding
    │   ├── DamagedFile             truncated, malformed, hostile structure       input.damaged
    │   ├── EmptyDocument           no text at all                                input.empty
    │   ├── NoTextLayer             a scan: pages without characters              input.scan
    │   └── EncryptedFile           needs a password                              input.encrypted
    ├── LimitExceeded           memory, time, size, pages, nesting                limit               exit 4   HTTP 413
    ├── ForbiddenError          Luoshi must not do this                                               exit 5   HTTP 403
    │   └── ClassifiedDocument      a secrecy mark in the head                    forbidden.classified
    ├── RuleBroken              the ledger does not allow it now                  rule                exit 5   HTTP 422
    ├── Conflict                someone else was faster, or it was sent before    conflict            exit 5   HTTP 409
    ├── ToolMissing             an optional program is not installed              tool.missing        exit 6   HTTP 501
    └── IsolationError          the child process failed                          isolation           exit 7   HTTP 500
        └── IsolationUnavailable    no network namespace can be made here         isolation.unavailable
"""

from typing import ClassVar


class LuoshiError(Exception):
    """Root of the tree: ``message`` says what is wrong and where, ``hint`` what to do next."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        gap = " " if self.hint and self.message.endswith(".") else ""
        return f"{self.message}{gap}{self.hint}"


class UsageError(LuoshiError):
    """The call itself makes no sense: an unknown option value, a folder where a file is needed."""

    code = "usage"
    exit_code = 2
    http_status = 400


class InputError(LuoshiError):
    """The file cannot be read."""

    code = "input"
    exit_code = 3
    http_status = 422


class UnsupportedFormat(InputError):
    """No reader for this content, whatever the file is called."""

    code = "input.format"


class UnknownEncoding(InputError):
    """The text is neither marked by a BOM, nor UTF-8, nor GB18030."""

    code = "input.encoding"


class DamagedFile(InputError):
    """Truncated, malformed, or built to harm its reader."""

    code = "input.damaged"


class EmptyDocument(InputError):
    """There is no text in it at all."""

    code = "input.empty"


class NoTextLayer(InputError):
    """A scan: there are pages, but no characters on them."""

    code = "input.scan"


class EncryptedFile(InputError):
    """The file needs a password."""

    code = "input.encrypted"


class LimitExceeded(LuoshiError):
    """More memory, time, pages, nesting or unpacked size than a directive can need."""

    code = "limit"
    exit_code = 4
    http_status = 413


class ForbiddenError(LuoshiError):
    """Luoshi must not do this."""

    code = "forbidden"
    exit_code = 5
    http_status = 403


class ClassifiedDocument(ForbiddenError):
    """The head of the document carries a secrecy mark on a line of its own."""

    code = "forbidden.classified"


class RuleBroken(LuoshiError):
    """The ledger does not allow it now: the state, a date, the same person at both keys."""

    code = "rule"
    exit_code = 5
    http_status = 422


class Conflict(LuoshiError):
    """Someone else was faster, or the same form was sent before with other content."""

    code = "conflict"
    exit_code = 5
    http_status = 409


REFUSALS = (RuleBroken, Conflict)
"""What a page answers with its form and all that was typed."""


class ToolMissing(LuoshiError):
    """An optional program, LibreOffice or a font, is not installed."""

    code = "tool.missing"
    exit_code = 6
    http_status = 501


class IsolationError(LuoshiError):
    """The child process ended without an answer."""

    code = "isolation"
    exit_code = 7


class IsolationUnavailable(IsolationError):
    """This system cannot give the child process a world without a network."""

    code = "isolation.unavailable"


def all_errors() -> list[type[LuoshiError]]:
    """Every class of the tree, root first, for the reference and for mapping codes back to classes."""
    found: list[type[LuoshiError]] = [LuoshiError]
    for cls in found:
        found.extend(cls.__subclasses__())
    return found
