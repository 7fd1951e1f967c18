"""Run a command with a throw-away PostgreSQL: ``python -m tools.on_postgresql pytest tests/web``.

The cluster lives in a temporary folder and ends with the command. Where PostgreSQL is not installed this says so and ends with 0;
with ``LUOSHI_CI`` set it ends with 1.
"""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# A test may ask thousands of pages in one transaction, each of them with a savepoint of its own.
# Tests fill tables and take all of it back: counted at such a moment, a table of a thousand rows is taken for an empty one, and questions run for minutes.
_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100", "autovacuum": "off", "max_locks_per_transaction": "1024"}


def programs() -> str | None:
    """The folder of ``initdb`` and ``pg_ctl``, the newest version; None where there is none."""
    found = shutil.which("initdb")
    versions = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    return os.path.dirname(versions[-1] if versions else found) if versions or found else None


class Cluster:
    """A throw-away cluster with an empty database: its ``address``, and how it is stopped and started."""

    def __init__(self, folder: str, home: str, settings: Mapping[str, str]) -> None:
        self._folder, self._home, self._data = folder, home, os.path.join(home, "data")
        self._as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # PostgreSQL refuses root
        if self._as_other:
            owner = pwd.getpwnam("postgres")
            os.chown(home, owner.pw_uid, owner.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = str(free.getsockname()[1])
        self._told = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._run("initdb", "-D", self._data, "-U", "luoshi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.address = f"postgresql://luoshi@127.0.0.1:{self._port}/luoshi"

    def start(self) -> None:
        """Until it answers."""
        self._control("-l", os.path.join(self._home, "log"), "-o", f"-p {self._port} -k {self._home} -h 127.0.0.1 {self._told}", "start")

    def stop(self) -> None:
        """At once, as in a failure: what was not written is recovered from its log at the next start."""
        self._control("-m", "immediate", "stop")

    def create(self) -> None:
        """The database."""
        self._run("createdb", "-h", "127.0.0.1", "-p", self._port, "-U", "luoshi", "luoshi")

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", self._data, "-w", "-s", *words)

    def _run(self, program: str, *words: str) -> None:
        subprocess.run([*self._as_other, os.path.join(self._folder, program), *words], check=True, cwd=self._home, stdout=subprocess.DEVNULL)


@contextmanager
def running(folder: str, settings: Mapping[str, str] = _SETTINGS) -> Iterator[Cluster]:
    """A running cluster. The ``settings`` are quick and forget everything in a power failure, where nothing else is said."""
    home = tempfile.mkdtemp(prefix="luoshi-pg-")
    try:
        one = Cluster(folder, home, settings)
        one.start()
        try:
            one.create()
            yield one
        finally:
            one.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def cluster(folder: str, settings: Mapping[str, str] = _SETTINGS) -> Iterator[str]:
    """The address of a running cluster."""
    with running(folder, settings) as one:
        yield one.address


def main() -> None:
    """Start, run, stop."""
    folder = programs()
    if folder is None:
        print("PostgreSQL is not installed: what needs it was not run", file=sys.stderr)
        raise SystemExit(1 if os.environ.get("LUOSHI_CI") else 0)
    with cluster(folder) as address:
        ended = subprocess.run(sys.argv[1:], check=False, env=os.environ | {"LUOSHI_DATABASE": address})
    raise SystemExit(ended.returncode)


if __name__ == "__main__":
    main()
