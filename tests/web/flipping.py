"""A database file of the audit alone, and bits flipped in it as a disk or a hand would: what ``luoshi audit verify`` says to each copy.

``python -m tests.web.flipping FOLDER COUNT`` runs in a process of its own, because the database of a process is chosen once. It prints a line of JSON for each copy.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random

FILE = "luoshi.sqlite3"


def make(file: Path, statements: Iterable[str], rows: Iterable[tuple[object, ...]], counter: tuple[int, int]) -> None:
    """The two tables with their indexes and triggers, and these records in them."""
    with sqlite3.connect(file) as made:
        for one in sorted(statements, key=lambda text: text.startswith("CREATE TRIGGER")):
            made.execute(one)
        for row in rows:
            made.execute(f"INSERT INTO audit_record VALUES ({', '.join('?' * len(row))})", row)
        made.execute("INSERT INTO audit_counter VALUES (?, ?)", counter)
    made.close()


def logical(file: Path) -> object:
    """The records as they lie in the table, whatever the indexes say; what the database says where it cannot read them."""
    opened = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    opened.text_factory = bytes
    try:
        return opened.execute("SELECT * FROM audit_record NOT INDEXED ORDER BY rowid").fetchall(), opened.execute("SELECT seq FROM audit_counter").fetchall()
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        opened.close()


def flipped(content: bytes, n: int) -> bytes:
    """The file with one bit changed."""
    random = Random(n)
    changed = bytearray(content)
    changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def main(folder: Path, count: int) -> None:
    """An old copy, the whole one, then flipped ones: verify each, and tell."""
    os.environ["LUOSHI_DATA"] = str(folder)
    from luoshi.cli.serving import set_up

    set_up()
    from django.db import connection

    from luoshi.text import LuoshiError
    from luoshi.web.audit.checkpoint import parse
    from luoshi.web.audit.verifying import verify

    content, kept = (folder / "whole").read_bytes(), parse((folder / "kept").read_bytes())
    for n in range(-2, count):
        connection.close()
        (folder / FILE).write_bytes((folder / "old").read_bytes() if n == -2 else content if n == -1 else flipped(content, n))
        for rest in folder.glob(f"{FILE}-*"):
            rest.unlink()
        try:
            found = verify([kept])
            told = {"good": found.good, "first": found.first}
        except LuoshiError as error:
            told = {"good": False, "error": str(error)}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
