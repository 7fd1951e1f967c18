"""A whole city served: 1,000 units, 200,000 matters, a million audit records; lists, boards, search, exports, a day's mixture of all, and the nightly pass.

``python -m bench.pages_city`` prints the tables, in the way of ``bench.pages``. In the mixture eight people work without a pause: of a hundred requests
80 read, 15 file a report, 5 take a list out as a file. Of the people one supervises the city, three a county, four report for their units.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from bench.city import CITY, CLIENTS
from bench.load import Answer, Asked, Burst, Client, burst
from bench.pages import HIDDEN, MOST, ROOT, SECONDS, Server, figures, forms, heads, on_both

MIXED = 30.0
"""Seconds of the mixture."""
ENOUGH = 40
"""Reports that one person can file in it."""
POSTGRESQL = {"shared_buffers": "512MB", "work_mem": "16MB", "effective_cache_size": "4GB", "random_page_cost": "1.1", "max_wal_size": "4GB", "jit": "off"}
"""What an office sets for a city, see docs/howto/serve.md; the rest is as it comes."""
TAKEN = ("number", "title", "lead", "due", "state")
READ = ("/", "/matters/", "{matter}", "/", "/matters/?light=yellow", "{matter}", "/matters/?state=open&theme=%E5%85%BB%E8%80%81", "{matter}", "/search/?q=%E5%8A%A9%E9%A4%90%E7%82%B9")
"""What people read, by turns."""


def main() -> None:
    """Print the tables."""
    on_both(CITY, POSTGRESQL, _measure)


def _measure(rows: Mapping[str, Any], ours: Server, bare: Server, environment: Mapping[str, str]) -> None:
    people = {who: [Client(ours.port, {"sessionid": key}) for key in rows[who]] for who in ("supervisors", "leaders", "liaisons", "offices", "auditors")}
    people["writers"] = [Client(ours.port, {"sessionid": key}) for key in rows["liaisons"]]
    others = [Client(bare.port) for _ in range(CLIENTS)]
    print(heads("one page at a time"))
    for name, who, paths in _pages(rows):
        path = cycle(paths)
        _line(name, lambda: burst(people[who], [path] * CLIENTS, seconds=SECONDS, most=MOST, server=ours.process), others, bare)  # noqa: B023 - called at once
    _taken_out(people["supervisors"][0], ours)
    _mixed(rows, people, ours)
    _nights(environment)


def _pages(rows: Mapping[str, Any]) -> Iterator[tuple[str, str, list[Asked]]]:
    """Name of a line, who asks, what is asked."""
    matters = [Asked(f"/matters/{pk}/") for pk in rows["matters"][:200]]
    theme = "theme=%E5%85%BB%E8%80%81"
    for name, who, path in (
        ("must-do list, city", "supervisors", "/"), ("must-do list, county", "offices", "/"), ("must-do list, liaison", "liaisons", "/"),
        ("ledger table, city", "supervisors", "/matters/"), ("ledger table, county", "offices", "/matters/"), ("… page 200, city", "supervisors", "/matters/?page=200"),
        ("… yellow light, city", "supervisors", "/matters/?light=yellow"), ("… theme, open, county", "offices", f"/matters/?state=open&{theme}"),
        ("search, city", "supervisors", "/search/?q=%E7%A4%BE%E5%8C%BA%E5%8A%A9%E9%A4%90%E7%82%B9"), ("leader's board, city", "leaders", "/board/"),
        ("board of units, county", "offices", "/board/units/"), ("levels, county", "offices", "/board/levels/"),
        ("audit, first page", "auditors", "/audit/"), ("audit, half a million back", "auditors", "/audit/?before=500000"),
    ):  # fmt: skip
        yield name, who, [Asked(path)]
    yield "page of a matter, city", "supervisors", matters


def _line(name: str, ask: Any, others: Sequence[Client], bare: Server) -> None:
    """Ours and the peer's page of the same size in turn; the better of two bursts of each, a first one not counted."""
    ask()
    best: list[Burst] = []
    for _ in range(2):
        ours = ask()
        theirs = burst(others, [cycle([Asked(f"/?bytes={ours.size}")])] * CLIENTS, seconds=SECONDS, most=MOST, server=bare.process)
        best = [max(pair, key=lambda one: one.rate) for pair in zip(best or (ours, theirs), (ours, theirs), strict=True)]
    print(f"{name:28}{best[0].size / 1024:6.0f}{figures(best[0], 12)}{figures(best[1], 15)}{best[0].rate / best[1].rate:7.2f} x", flush=True)


def _export(client: Client, query: str, form: str) -> Asked:
    """The form by which a list is taken out, filled in."""
    path = f"/exports/matters/?{query}"
    token = dict(HIDDEN.findall(client.ask(Asked(path)).body.decode()))["csrfmiddlewaretoken"]
    return Asked(path, (("csrfmiddlewaretoken", token), ("form", form), *(("col", name) for name in TAKEN)))


def _taken_out(client: Client, server: Server) -> None:
    """All that the city sees, as one file, and what the server's memory grew by meanwhile."""
    for form in ("csv", "xlsx"):
        asked, before, begun = _export(client, "", form), _memory(server.process), time.perf_counter()
        answer = client.ask(asked)
        taken = time.perf_counter() - begun
        lines = f"{answer.body.count(10):,} lines, " if form == "csv" else ""
        print(f"whole ledger of the city as {form}: {lines}{len(answer.body) / 2**20:.1f} MiB in {taken:.1f} s; peak memory of the server {_memory(server.process) - before:+.0f} MiB")


def _memory(number: int) -> float:
    """MiB that a process and its children ever had, added up."""
    parents = {int(file.parent.name): file.read_text() for file in Path("/proc").glob("[0-9]*/status") if file.parent.exists()}
    told = {pid: dict(line.split(":", 1) for line in text.splitlines() if ":" in line) for pid, text in parents.items()}
    family = [number]
    for one in family:
        family.extend(pid for pid, fields in told.items() if int(fields["PPid"]) == one)
    return sum(int(told[pid].get("VmHWM", "0").split()[0]) for pid in family if pid in told) / 1024


def _mixed(rows: Mapping[str, Any], people: Mapping[str, Sequence[Client]], server: Server) -> None:
    """The mixture: 16 requests that read, 3 that file a report, 1 that takes a list out, and again."""
    clients = [people["supervisors"][0], *people["offices"][:3], *people["liaisons"][:4]]
    writers = people["writers"]  # each with a connection of its own
    with ThreadPoolExecutor(CLIENTS) as opening:
        filed = list(opening.map(lambda n: forms(writers[n], iter(rows["reporting"][n]), ENOUGH), range(CLIENTS)))
    seen = [rows["matters"], *rows["issued"][:3], *rows["reporting"][:4]]
    matters = [cycle(f"/matters/{pk}/" for pk in some) for some in seen]
    taken = [_export(client, "state=open&theme=%E5%85%BB%E8%80%81", "csv") for client in clients]

    def work(n: int) -> Iterator[_By]:
        reading, writing = cycle(READ), iter(filed[n])
        while True:
            for turn in range(20):
                if turn % 7 == 5:
                    report = next(writing, None)
                    if report is None:
                        return
                    yield _By(*report, writers[n])
                elif turn == 10:
                    yield _By(*taken[n], clients[n])
                else:
                    path = next(reading)
                    yield _By(*Asked(next(matters[n]) if path == "{matter}" else path), clients[n])

    burst(clients, [iter([Asked("/")])] * CLIENTS, seconds=SECONDS, most=CLIENTS, server=server.process)
    found = burst([_Several() for _ in clients], [work(n) for n in range(CLIENTS)], seconds=MIXED, most=100_000, server=server.process, strict=False)
    print(f"\n{heads('mixture: 80 read, 15 write, 5 export', alone=True)}\n{'eight people':28}{'':6}{figures(found, 12)}   wrong answers: {found.failed} of {len(found.latencies):,}")


class _By(NamedTuple):
    """One request, and who makes it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    status: int
    client: Client


class _Several:
    """Asks now for one person and now for another."""

    def ask(self, asked: _By) -> Answer:
        """As ``Client.ask``."""
        return asked.client.ask(Asked(*asked[:3]))


def _nights(environment: Mapping[str, str]) -> None:
    """The nightly pass, twice, in a process of its own while the server stands idle."""
    done = subprocess.run([sys.executable, "-m", "bench.city.night"], check=True, capture_output=True, text=True, cwd=ROOT, env=dict(environment))
    for told in json.loads(done.stdout):
        jobs = ", ".join(f"{name} {seconds:.1f}" for name, seconds in told["jobs"].items() if seconds >= 0.1)
        print(f"nightly pass: {told['seconds']:.1f} s ({told['cpu']:.1f} s of one core; {jobs}); {told['digests']:,} digests, {told['records']} audit records more")


if __name__ == "__main__":
    main()
