"""``luoshi serve`` as a process of its own, for tests that watch it from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

PATIENCE = 300  # seconds before a wait is given up; nothing is asserted about time, and a server that ended is seen at once


def free_port() -> int:
    """A port that nothing listens on."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Until it is true. Fails with ``what`` when patience ends."""
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.1)


def usual() -> dict[str, str]:
    """The environment without what tests are set by."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}


class Served:
    """A running ``luoshi serve`` and what it printed."""

    def __init__(self, data: Path, *more: str, **environment: str) -> None:
        self.port = free_port()
        self.data = data
        self.out = data.parent / f"{data.name}.out"
        command = [sys.executable, "-m", "luoshi.cli", "serve", "--data", str(data), "--port", str(self.port), "--no-browser", *more]
        with self.out.open("w") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, env=usual() | environment)

    @property
    def said(self) -> str:
        return self.out.read_text("utf-8")

    def asked(self, path: str) -> tuple[int, str, dict[str, str]]:
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
                return answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.headers.items()}
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), {}
        except OSError:
            return 0, "", {}

    def children(self, kind: str = "") -> list[int]:
        """Numbers of the processes that serve, those of one kind or all."""
        listed = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
        rows = [line.split(None, 2) for line in listed]
        return [int(pid) for pid, parent, command in rows if int(parent) == self.process.pid and command.endswith(f"processes {kind}" if kind else "")]

    def kill(self) -> None:
        """End everything that serves at once, as a failure of the machine would."""
        listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
        parents = dict(tuple(map(int, line.split())) for line in listed)
        ours = {self.process.pid}
        while more := {one for one, parent in parents.items() if parent in ours} - ours:
            ours |= more
        for one in ours:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.process.wait()
        wait_for(lambda: not any(lives(one) for one in ours), "something lives on")

    def up(self) -> "Served":
        def running() -> bool:
            assert self.process.poll() is None, self.said
            return "落实已启动" in self.said

        wait_for(running, "it never came up")
        return self


@contextmanager
def serving(data: Path, **environment: str) -> Iterator[Served]:
    """A server that is up; everything of it ends with the test."""
    one = Served(data, **environment)
    try:
        yield one.up()
    finally:
        with suppress(ProcessLookupError):
            one.process.kill()
        one.process.wait()
        wait_for(lambda: one.asked("/healthz")[0] == 0, "something still serves")


def lives(number: int) -> bool:
    """Whether a process runs."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
