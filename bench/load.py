"""Clients that ask a server of this machine, several at once, for a bounded time: what ``bench.pages`` measures with. Standard library only.

Each client keeps its connection and its cookies, and asks again as soon as it was answered, so that the server is never without work.
"""

import http.client
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 60.0


class Asked(NamedTuple):
    """One request: what is asked for and, where something is sent, the fields of the form."""

    path: str
    fields: tuple[tuple[str, str], ...] = ()
    status: int = 200  # of the answer that is right


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes
    where: str


class Burst(NamedTuple):
    """What several clients were answered in a stretch of time: how long each request took, in seconds, the size of a page in bytes, and the
    processor time of the server, in seconds (0 where the system does not tell)."""

    seconds: float
    latencies: list[float]
    size: int
    processor: float = 0.0
    failed: int = 0  # answers that were not the right ones

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    @property
    def cost(self) -> float:
        """Processor time of a request, in seconds."""
        return self.processor / len(self.latencies)

    def percentile(self, share: float) -> float:
        """The time within which this share of the requests was answered."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Refused(Exception):
    """The server answered with something else than what was asked for: there is nothing to measure."""


class Client:
    """One browser: a connection that is kept, cookies that are sent back."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self._port, self._cookies = port, dict(cookies or {})
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)

    def ask(self, asked: Asked) -> Answer:
        """Ask and read to the end. A connection that the server has closed meanwhile is opened anew, once."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())} if self._cookies else {}
        body = urlencode(asked.fields) if asked.fields else None
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{HOST}:{self._port}"}
        try:
            return self._once(asked.path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()
            return self._once(asked.path, body, headers)

    def _once(self, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        self._connection.request("POST" if body is not None else "GET", path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _sign, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Answer(response.status, content, response.headers.get("Location", ""))


def burst(clients: Sequence[Client], work: Sequence[Iterator[Asked]], *, seconds: float, most: int, server: int, strict: bool = True) -> Burst:
    """Every client does its own ``work`` until the time is over, ``most`` requests in all were made or it has no more.

    ``server`` is the number of the process that serves, its children counted with it. Raises Refused at the first wrong answer where it is ``strict``.
    """
    latencies: list[list[float]] = [[] for _ in clients]
    sizes, wrong = [0], list[str]()
    start = threading.Barrier(len(clients) + 1)
    share = max(1, most // len(clients))

    def run(n: int) -> None:
        start.wait()
        until = time.perf_counter() + seconds
        for asked in work[n]:
            begun = time.perf_counter()
            try:
                answer = clients[n].ask(asked)
            except OSError as error:
                wrong.append(f"{asked.path}: {error}")
                return
            latencies[n].append(time.perf_counter() - begun)
            sizes[0] = len(answer.body)
            if answer.status != asked.status:
                wrong.append(f"{asked.path}: {answer.status} {answer.where}")
            if (wrong and strict) or time.perf_counter() > until or len(latencies[n]) >= share:
                return

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(clients))]
    for thread in threads:
        thread.start()
    used = processor_time(server)
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    if wrong and strict:
        raise Refused(wrong[0])
    taken = time.perf_counter() - begun
    return Burst(taken, [one for some in latencies for one in some], sizes[0], processor_time(server) - used, len(wrong))


def processor_time(number: int) -> float:
    """Seconds that a process and all its children have computed so far; 0 where there is no /proc."""
    parents: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        pid = int(file.parent.name)
        parents.setdefault(int(fields[1]), []).append(pid)
        used[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    family = [number]
    for pid in family:
        family.extend(parents.get(pid, ()))
    return sum(used.get(pid, 0.0) for pid in family)


def waited(is_up: Callable[[], bool], *, seconds: float) -> bool:
    """True as soon as the server answers, False where it does not in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if is_up():
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False
