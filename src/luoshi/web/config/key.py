"""The key that signs sessions: made at the first start, kept in the data folder, readable by its owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

NAME = "secret.key"


def secret_key(folder: Path) -> str:
    """The key of the installation in ``folder``; two processes that start at once agree on one."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / NAME
    with suppress(FileExistsError):
        made = secrets.token_urlsafe(64)
        fresh = folder / f".{NAME}.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(made)
        try:
            os.link(fresh, file)  # whole or not at all, and never over another's
        finally:
            fresh.unlink()
    return file.read_text("ascii").strip()
