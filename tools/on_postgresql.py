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

_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}


def programs() -> str | None:
    """The folder of ``initdb`` and ``pg_ctl``, the newest version; None where there is none."""
    found = shutil.which("initdb")
    versions = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    return os.path.dirname(versions[-1] if versions else found) if versions or found else None


@contextmanager
def cluster(folder: str, settings: Mapping[str, str] = _SETTINGS) -> Iterator[str]:
    """A running cluster with an empty database; gives the address of it. PostgreSQL refuses root, so root runs it as ``postgres``.

    The ``settings`` are quick and forget everything in a power failure, where nothing else is said.
    """
    home = tempfile.mkdtemp(prefix="luoshi-pg-")
    as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_other:
        owner = pwd.getpwnam("postgres")
        os.chown(home, owner.pw_uid, owner.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = os.path.join(home, "data")
    told = " ".join(f"-c {name}={value}" for name, value in settings.items())
    control = [*as_other, os.path.join(folder, "pg_ctl"), "-D", data, "-w", "-s"]

    def run(*command: str) -> None:
        subprocess.run(command, check=True, cwd=home, stdout=subprocess.DEVNULL)

    try:
        run(*as_other, os.path.join(folder, "initdb"), "-D", data, "-U", "luoshi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        run(*control, "-l", os.path.join(home, "log"), "-o", f"-p {port} -k {home} -h 127.0.0.1 {told}", "start")
        try:
            run(*as_other, os.path.join(folder, "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "luoshi", "luoshi")
            yield f"postgresql://luoshi@127.0.0.1:{port}/luoshi"
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


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
