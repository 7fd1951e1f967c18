"""Keeps children alive: starts them, starts again the one that dies, later and later while it keeps dying, and ends all in order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

from luoshi.text import LuoshiError, UsageError
from luoshi.text.language import _

TICK = 0.1
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
STEADY = 60.0  # seconds after which earlier deaths no longer count
GRACE = 8.0  # seconds that a child has to end
HOPELESS = 3  # deaths before the first page, after which serving is given up
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass
class Child:
    """One child: its name, what it runs, and how it has fared. ``due`` is when it is to be started again."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    deaths: int = 0
    due: float = 0.0


class Supervisor:
    """Runs ``children`` (name → command) until a signal comes. ``say`` prints one line; ``is_up`` is asked until it is true, then ``on_up`` called."""

    def __init__(self, children: Mapping[str, Sequence[str]], *, say: Callable[[str], None], is_up: Callable[[], bool], on_up: Callable[[], None]) -> None:
        self._children = [Child(name, command) for name, command in children.items()]
        self._say, self._is_up, self._on_up = say, is_up, on_up
        self._up = False
        self._signals = 0

    def run(self) -> None:
        """Until a signal. Raises LuoshiError where a child dies again and again before the first page was shown."""
        before = {number: signal.signal(number, self._ask_to_end) for number in SIGNALS}
        try:
            while not self._signals:
                self._look()
                time.sleep(TICK)
            self._say(_("正在停止……"))
        finally:
            self._end()
            for number, how in before.items():
                signal.signal(number, how)
        self._say(_("已停止。"))

    def _ask_to_end(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1

    def _look(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.process is None:
                if now >= child.due:
                    self._start(child, now)
            elif child.process.poll() is not None:
                self._died(child, child.process, now)
        if not self._up and self._is_up():
            self._up = True
            self._on_up()

    def _start(self, child: Child, now: float) -> None:
        # A session of its own: Ctrl-C reaches this process alone, and what the child started can be ended with it.
        child.process = subprocess.Popen(child.command, stdin=subprocess.DEVNULL, start_new_session=True)
        child.began = now

    def _died(self, child: Child, process: subprocess.Popen[bytes], now: float) -> None:
        _send(process, signal.SIGKILL)  # what it left behind
        child.deaths = 1 if now - child.began > STEADY else child.deaths + 1
        if not self._up and child.deaths >= HOPELESS:
            raise _hopeless(child, process.returncode)
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2 ** (child.deaths - 1))
        child.process, child.due = None, now + delay
        self._say(_("{name}意外停止（{code}），{delay} 秒后重新启动。").format(name=child.name, code=process.returncode, delay=f"{delay:g}"))

    def _end(self) -> None:
        """Ask all to end, the pages first; after the grace, or at a second signal, end them by force."""
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            with suppress(ProcessLookupError):
                process.terminate()
        until = time.monotonic() + GRACE
        while any(process.poll() is None for process in running) and time.monotonic() < until and self._signals < 2:
            time.sleep(TICK)
        for process in running:
            _send(process, signal.SIGKILL)
            process.wait()


def _send(process: subprocess.Popen[Any], number: signal.Signals) -> None:
    """To everything in the session of a child."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _hopeless(child: Child, code: int) -> LuoshiError:
    message = _("{name}启动不了，已试 {n} 次（{code}）。").format(name=child.name, n=child.deaths, code=code)
    return UsageError(message, hint=_("原因见上面的输出；多半是设置不对或者缺少软件。"))
