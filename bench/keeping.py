"""Backup, verification and restore of an installation with a million audit records, on SQLite and on PostgreSQL, beside what each database brings itself.

The peers write a copy for the same kind of database and check nothing: ``VACUUM INTO`` of SQLite, and ``pg_dump``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tools.on_postgresql import cluster, programs

RECORDS = int(os.environ.get("LUOSHI_BENCH_RECORDS", "1000000"))
USUAL = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
FILL = "from luoshi.cli.serving import set_up; set_up(); from bench.records import fill; fill({n})"
VACUUM = "import pysqlite3, sys; pysqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', [sys.argv[2]])"


def main() -> None:
    """Print both tables."""
    print(f"{RECORDS:,} records, load of the machine {os.getloadavg()[0]:.1f}")
    _measure("sqlite", "", "")
    folder = programs()
    if folder is None:
        print("PostgreSQL is not installed")
        return
    with cluster(folder, {}) as first, cluster(folder, {}) as second:
        _measure("postgresql", first, second, folder)


def _measure(kind: str, address: str, other: str, folder: str = "") -> None:
    with tempfile.TemporaryDirectory(prefix="luoshi-keeping-") as place:
        home, kept = Path(place), Path(place) / "kept.zip"
        data = home / "data"
        told = USUAL | {"LUOSHI_DATA": str(data), "PYTHONPATH": os.pathsep.join(sys.path)} | ({"LUOSHI_DATABASE": address} if address else {})
        _run(told, sys.executable, "-m", "luoshi.web.manage", "migrate", "-v0")
        _run(told, sys.executable, "-c", FILL.format(n=RECORDS))
        size = (data / "luoshi.sqlite3").stat().st_size if not address else 0
        rows = [("backup", _luoshi(told, "backup", str(kept), "--data", str(data)))]
        rows += [("verify-backup", _luoshi(told, "verify-backup", str(kept)))]
        again = told | {"LUOSHI_DATA": str(home / "again")} | ({"LUOSHI_DATABASE": other} if other else {})
        rows += [("migrate, restore", _luoshi(again, "restore", str(kept), "--data", str(home / "again"), "--operator", "陈守信", "--witness", "高若兰"))]
        peers = _peers_of_postgresql(folder, address, home) if address else [("VACUUM INTO", lambda: _run(told, sys.executable, "-c", VACUUM, str(data / "luoshi.sqlite3"), str(home / "copy")))]
        rows += [(f"peer: {name}", _timed(peer)) for name, peer in peers]
        print(f"\n{kind}: backup of {kept.stat().st_size >> 20} MiB" + (f", database of {size >> 20} MiB" if size else ""))
        for name, seconds in rows:
            print(f"  {name:<20} {seconds:6.1f} s")


def _peers_of_postgresql(folder: str, address: str, home: Path) -> list[tuple[str, Callable[[], None]]]:
    dump = shutil.which("pg_dump", path=folder)
    return [("pg_dump -Fc -Z0", lambda: _run(USUAL, str(dump), "-Fc", "-Z0", "-f", str(home / "dump"), address))] if dump else []


def _luoshi(told: dict[str, str], *words: str) -> float:
    return _timed(lambda: _run(told, sys.executable, "-m", "luoshi.cli", *words))


def _timed(what: Callable[[], None]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def _run(told: dict[str, str], *command: str) -> None:
    subprocess.run(command, env=told, check=True, stdout=subprocess.DEVNULL)
