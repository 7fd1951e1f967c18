"""How fast the pages of the ledger are: 10,000 matters of one office, eight clients at once, ``luoshi serve`` as an office runs it, on SQLite and on PostgreSQL.

``python -m bench.pages`` prints the tables; ``bench.pages_city`` measures a whole city in the same way. The peer is one bare Django view in the same server on the same rows (``bench.pages_bare``), asked
in turn with ours for a page of equal size in bytes. The best of the rounds counts, because a machine is rarely idle: these clients and the
server share its processors, and so does everything else that runs. PostgreSQL runs in a throw-away cluster with its own settings: it
writes to the disk before it answers, as SQLite does here. ``cpu ms`` is what a request costs the server's processes (PostgreSQL's own apart):
other work on the machine moves it least.
"""

import json
import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

from tools.on_postgresql import cluster, programs

from bench.city import CLIENTS, OFFICE, Size
from bench.load import HOST, Asked, Burst, Client, burst, waited

ROUNDS = 3
"""At most."""
SECONDS, MOST = 2.0, 320
"""A burst ends after so many seconds, or after so many requests."""
FILED = 20
"""Reports of one client in a burst: there are matters enough for all rounds."""
BUDGET = 60.0
"""No round begins later than so many seconds after the first: a machine that is busy is measured less often, not longer."""
START = 60.0
ROOT = Path(__file__).parent.parent
DURABLE: dict[str, str] = {}
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|once|expected)" value="([^"]*)"')
TEXT = "本月新开工乡镇区域养老服务中心12处，累计建成43处，床位配齐，人员已培训上岗；下月组织抽查。"


class Server(NamedTuple):
    """Where it answers, and its process."""

    port: int
    process: int


class Row(NamedTuple):
    """One line of the table: a page, and how a burst of it and one of the peer are made."""

    name: str
    ours: Callable[[], Burst]
    theirs: Callable[[int], Burst]


def main() -> None:
    """Print the tables. Being told to end, it ends the servers first."""
    on_both(OFFICE, {}, lambda rows, ours, bare, _environment: _print(_best(_lines(rows, ours, bare))))


Measuring = Callable[[Mapping[str, Any], Server, Server, Mapping[str, str]], None]


def on_both(size: Size, postgresql: Mapping[str, str], measure: Measuring) -> None:
    """Fill an installation of a size on each database, serve it beside the peer, and measure. ``postgresql``: settings of its cluster."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f"{size.matters:,} matters, {CLIENTS} clients at once; {os.cpu_count()} cores, Python {platform.python_version()}; load of the machine: {os.getloadavg()[0]:.1f}")
    _measured("SQLite", size, {}, measure)
    folder = programs()
    if folder is None:
        print("\nPostgreSQL is not installed: measured on SQLite alone")
        return
    with cluster(folder, postgresql) as address:
        _measured("PostgreSQL", size, {"LUOSHI_DATABASE": address}, measure)


def _measured(database: str, size: Size, told: Mapping[str, str], measure: Measuring) -> None:
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as data:
        begun = time.monotonic()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")} | told | {"LUOSHI_DATA": data}
        sizes = [f"--{name}={value}" for name, value in size._asdict().items()]
        filled = subprocess.run([sys.executable, "-m", "bench.city", *sizes], check=True, capture_output=True, text=True, cwd=ROOT, env=environment)
        subprocess.run([sys.executable, "-m", "bench.pages_bare", "table"], check=True, cwd=ROOT, env=environment)
        rows: dict[str, Any] = json.loads(filled.stdout)
        print(f"\n{database}: filled in {time.monotonic() - begun:.0f} s; load of the machine: {os.getloadavg()[0]:.1f}", flush=True)
        with served("luoshi.cli", ("serve", "--data", data, "--no-browser"), environment, "/healthz") as ours, served("bench.pages_bare", (), environment, "/?bytes=1000") as bare:
            measure(rows, ours, bare, environment)


@contextmanager
def served(module: str, arguments: Sequence[str], environment: Mapping[str, str], path: str) -> Iterator[Server]:
    """A server in a process of its own."""
    port = _free_port()
    command = [sys.executable, "-m", module, *arguments]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env={**environment, "LUOSHI_PORT": str(port)}, start_new_session=True)
    try:
        if not waited(lambda: Client(port).ask(Asked(path)).status == 200, seconds=START):
            raise SystemExit(f"{module} did not answer within {START:.0f} seconds")
        yield Server(port, server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(START)


def _free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def _lines(rows: Mapping[str, Any], ours: Server, bare: Server) -> list[Row]:
    supervisors, liaisons = ([Client(ours.port, {"sessionid": key}) for key in rows[who]] for who in ("supervisors", "liaisons"))
    others = [Client(bare.port) for _ in range(CLIENTS)]

    def read(clients: Sequence[Client], *paths: str) -> Callable[[], Burst]:
        work = [cycle([Asked(path) for path in paths[n::CLIENTS] or paths]) for n in range(CLIENTS)]
        return lambda: burst(clients, work, seconds=SECONDS, most=MOST, server=ours.process)

    def table(size: int) -> Burst:
        return burst(others, [cycle([Asked(f"/?bytes={size}")])] * CLIENTS, seconds=SECONDS, most=MOST, server=bare.process)

    def insert(size: int) -> Burst:
        work = [cycle([Asked("/", (("row", str(n)), ("text", TEXT)), 302)]) for n in range(CLIENTS)]
        return burst(others, work, seconds=SECONDS, most=MOST, server=bare.process)

    matters = [f"/matters/{pk}/" for pk in rows["matters"][:: max(1, len(rows["matters"]) // 400)]]
    writing = [iter(pks) for pks in rows["reporting"]]
    return [
        Row("must-do list, supervisor", read(supervisors, "/"), table),
        Row("must-do list, liaison", read(liaisons, "/"), table),
        Row("ledger table", read(supervisors, "/matters/"), table),
        Row("ledger table, yellow light", read(supervisors, "/matters/?light=yellow"), table),
        Row("page of a matter", read(supervisors, *matters), table),
        Row("report submission", lambda: _submitted(liaisons, writing, ours.process), insert),
    ]


def _submitted(clients: Sequence[Client], matters: Sequence[Iterator[int]], server: int) -> Burst:
    """Reports filed with their forms, which were opened before: each about another matter."""
    with ThreadPoolExecutor(CLIENTS) as opening:
        work = list(opening.map(forms, clients, matters))
    return burst(clients, [iter(filled) for filled in work], seconds=SECONDS, most=MOST, server=server)


def forms(client: Client, matters: Iterator[int], most: int = FILED) -> list[Asked]:
    """Forms of the next matters, filled in: with the key of the form and the token of the session, as the page gave them."""
    made = []
    for pk in islice(matters, most):
        path = f"/matters/{pk}/report/"
        page = client.ask(Asked(path)).body.decode()
        fields = dict(HIDDEN.findall(page))
        made.append(Asked(path, (*fields.items(), ("text", TEXT), ("do", "file")), 302))
    return made


def _best(lines: Sequence[Row]) -> list[tuple[str, Burst, Burst]]:
    """The best burst of each, ours and the peer's in turn; a first one of each, not counted, has everything loaded."""
    best: dict[str, tuple[Burst, Burst]] = {}
    for row in lines[:-1]:
        row.ours()
    lines[-1].theirs(0)
    begun = time.monotonic()
    for n in range(ROUNDS):
        if n and time.monotonic() - begun > BUDGET:
            break
        for row in lines:
            ours = row.ours()
            theirs = row.theirs(ours.size)
            before = best.get(row.name, (ours, theirs))
            best[row.name] = max(before[0], ours, key=lambda one: one.rate), max(before[1], theirs, key=lambda one: one.rate)
    return [(name, *both) for name, both in best.items()]


def _print(best: Sequence[tuple[str, Burst, Burst]]) -> None:
    print(heads())
    for name, ours, theirs in best:
        print(f"{name:28}{ours.size / 1024:6.0f}{figures(ours, 12)}{figures(theirs, 15)}{ours.rate / theirs.rate:7.2f} x")
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")


def heads(title: str = "", *, alone: bool = False) -> str:
    """The headings of the table; ``alone``: without the peer."""
    columns = f"{'p50':>7}{'p95':>7}{'p99 ms':>8}{'cpu ms':>8}"
    peer = "" if alone else f"{'bare Django':>15}{columns}{'ratio':>9}"
    return f"{title:28}{'KiB':>6}{'requests/s':>12}{columns}{peer}"


def figures(one: Burst, width: int) -> str:
    """Requests a second, percentiles, processor time."""
    told = [one.percentile(share) * 1000 for share in (0.50, 0.95, 0.99)]
    return f"{one.rate:{width}.1f}{told[0]:7.0f}{told[1]:7.0f}{told[2]:8.0f}{one.cost * 1000:8.1f}"


if __name__ == "__main__":
    main()
