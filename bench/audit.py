"""How fast the audit is verified: a million records, on SQLite and on PostgreSQL.

``python -m bench audit`` prints seconds of the clock and of the processor, best of the rounds. The peer reads the same rows of the same database in the
same run and checks nothing but a bare chain: one hash over the last hash and the row, in a plain loop. Ours checks numbers, shapes, the hash of each
record, a chain for each subject, and a tree, with each kind of hash; with the file of a checkpoint it also compares every leaf.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from tools.on_postgresql import cluster, programs

COUNT = 1_000_000
ROUNDS = 2
ROOT = Path(__file__).parent.parent
DURABLE: dict[str, str] = {}
PEER = "peer: bare chain in a plain loop"
OUTSIDE = 100_000
"""Records that the independent verifier is tried with."""


def main() -> None:
    """Print the tables."""
    print(f"{COUNT:,} records; {os.cpu_count()} cores, Python {platform.python_version()}; load of the machine: {os.getloadavg()[0]:.1f}", flush=True)
    _measured("SQLite", {})
    folder = programs()
    if folder is None:
        print("\nPostgreSQL is not installed: measured on SQLite alone")
        return
    with cluster(folder, DURABLE) as address:
        _measured("PostgreSQL", {"LUOSHI_DATABASE": address})


def _measured(database: str, told: Mapping[str, str]) -> None:
    """In a process of its own, because the database of a process is chosen once."""
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as data:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")} | told | {"LUOSHI_DATA": data}
        print(f"\n{database}", flush=True)
        subprocess.run([sys.executable, "-m", "bench.audit"], check=True, cwd=ROOT, env=environment)


def _measure(count: int) -> None:
    from luoshi.cli.serving import set_up

    set_up()
    from luoshi.web.config.serving.tables import migrate

    migrate()
    from bench import records

    begun = time.perf_counter()
    records.fill(count)
    print(f"{'filled':34s} {time.perf_counter() - begun:7.1f} s", flush=True)
    from luoshi.web.audit import selectors, services, stream
    from luoshi.web.audit.checkpoint import Kept, parse
    from luoshi.web.audit.proofs import prove_inclusion
    from luoshi.web.audit.verifying import verify
    from luoshi.web.common.actor import SYSTEM

    now = records.BEGIN
    head = services.make_checkpoint(verified=verify(), origin="bench", actor=SYSTEM, at=now)
    file = parse(b"".join(selectors.checkpoint_file(head)))
    _print(
        {
            PEER: _bare_chain,
            "verify": lambda: _good(verify()),
            "verify, with a checkpoint file": lambda: _good(verify([file])),
            "canonical export": lambda: sum(map(len, stream.lines())),
            "inclusion proof, one pass": lambda: prove_inclusion(count // 3, head),
        },
        count,
    )
    chinese = services.make_checkpoint(verified=verify(algorithm="sm3"), origin="bench", actor=SYSTEM, at=now)
    _print({PEER: _bare_chain, "verify, SHA-256 and SM3": lambda: _good(verify([file, Kept(chinese)]))}, count)
    _proofs(prove_inclusion(count // 3, head))
    print(f"load of the machine: {os.getloadavg()[0]:.1f}", flush=True)


def _print(work: Mapping[str, Callable[[], Any]], count: int) -> None:
    """Each in turn, round after round; the best of each."""
    best = {name: (float("inf"), float("inf")) for name in work}
    for _round in range(ROUNDS):
        for name, act in work.items():
            clock, processor = _seconds(act)
            best[name] = min(best[name][0], clock), min(best[name][1], processor)
    for name, (clock, processor) in best.items():
        print(f"{name:34s} {clock:7.2f} s   {processor:6.2f} s of the processor   {count / clock:9,.0f} records/s   {processor / best[PEER][1]:5.2f} x the peer's", flush=True)


def _proofs(proof: dict[str, Any]) -> None:
    """A proof that is there is verified at once; the independent verifier needs the export."""
    from luoshi.web.audit import outside, stream

    clock, _processor = min(_seconds(lambda: outside.proves(proof)) for _ in range(20))
    print(f"{'a proof verified':34s} {clock * 1000:7.2f} ms  ({len(proof['path'])} hashes, {len(json.dumps(proof))} bytes)")
    lines = list(stream.lines(until=OUTSIDE))
    clock, _processor = _seconds(lambda: outside.look_through(lines, []))
    print(f"{'independent verifier, ' + format(len(lines), ',') + ' records':34s} {clock:7.2f} s")


def _bare_chain() -> str:
    """The peer."""
    from django.db import connection

    columns = "seq, at, actor_id, actor, unit_id, unit, act, subject, context, before, after, reason, previous"
    if connection.vendor == "postgresql":
        import psycopg

        with psycopg.connect(os.environ["LUOSHI_DATABASE"]) as opened, opened.cursor("peer") as cursor:
            cursor.itersize = 4000
            return _chained(cursor.execute(f"SELECT {columns} FROM audit_record ORDER BY seq"))
    import sqlite3

    opened = sqlite3.connect(connection.settings_dict["NAME"])
    try:
        return _chained(opened.execute(f"SELECT {columns} FROM audit_record ORDER BY seq"))
    finally:
        opened.close()


def _chained(rows: Iterable[tuple[Any, ...]]) -> str:
    last = ""
    for row in rows:
        last = sha256("|".join((last, *map(str, row))).encode()).hexdigest()
    return last


def _good(found: Any) -> None:
    if not found.good:
        raise SystemExit(f"the records do not verify: {found.faults[:3]}")


def _seconds(act: Callable[[], Any]) -> tuple[float, float]:
    """Of the clock, and of this process's processor."""
    clock, processor = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    _measure(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
