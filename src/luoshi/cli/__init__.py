"""The command line. It parses, calls one function of the library, and prints; nothing is decided here.

Exit codes: 0 done · 1 the score fell below its baseline, the audit does not verify, or ``doctor`` found something · 2 the call makes no sense · 3 a file cannot be read · 4 a limit was
reached · 5 a secrecy mark, or what the ledger does not allow · 6 an optional program is missing · 7 the child process failed. Of several files the highest counts.
"""

import os
import sys

from luoshi.cli.app import command


def main() -> None:
    """Entry point of ``luoshi``."""
    from luoshi.text.errors import LuoshiError

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # an office's LANG is often POSIX
    try:
        command(sys.argv[1:], os.environ)()
    except LuoshiError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from error
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
