"""Where the work is done: processes of this machine, or a Dask cluster that is there already. Both run the same pure functions.

An engine takes tasks one at a time, when it has room for them, and gives results in the order in which they are done. A worker that
dies takes no other task with it: its task comes back as ``Lost``, and whoever gave it decides what to do.
"""

import multiprocessing
import os
import pickle
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = 2
"""Tasks that wait for each worker, so that none is idle while a result is written."""


class Lost:
    """In place of a result: the worker died, of this task or of one beside it."""


class Engine(Protocol):
    """Runs functions elsewhere; ``slots`` is how many run at once."""

    slots: int

    def run(self, function: Callable[[Task], Result], tasks: Iterable[Task], *, one_by_one: bool = False) -> Iterator[tuple[int, Result | Lost]]: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class LocalEngine:
    """Processes of this machine. They end when their parent does, however it ends.

    A result comes back in a file of its own, and only the file's name through the pipe: of a worker that is killed while it writes a long
    message the other end waits for the rest for ever.
    """

    def __init__(self, processes: int) -> None:
        self.slots = processes
        self._pool: ProcessPoolExecutor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def run(self, function: Callable[[Task], Result], tasks: Iterable[Task], *, one_by_one: bool = False) -> Iterator[tuple[int, Result | Lost]]:
        """Results with the place of their task, as they are done. ``one_by_one``: one at a time, so that it is known which task was lost."""
        room = 1 if one_by_one else self.slots * _AHEAD
        waiting: dict[Future[str], int] = {}
        given = iter(enumerate(tasks))
        while True:
            while len(waiting) < room and (following := next(given, None)) is not None:
                waiting[self._submit(function, following[1])] = following[0]
            if not waiting:
                return
            done, _others = wait(waiting, return_when=FIRST_COMPLETED)
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                self._close()  # all that waited are done now: a broken pool has nothing else to give
                done = set(waiting)
            for future in done:
                place = waiting.pop(future)
                try:
                    result: Result | Lost = _taken(future.result())
                except (BrokenProcessPool, CancelledError):
                    result = Lost()
                yield place, result

    def _submit(self, function: Callable[[Task], Result], task: Task) -> Future[str]:
        for _attempt in range(2):
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self.slots, mp_context=_context(), initializer=_begin)
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="luoshi-results-", ignore_cleanup_errors=True)
            try:
                return self._pool.submit(_left_in_a_file, function, task, self._folder.name)
            except BrokenProcessPool:  # it broke while nothing was waiting for it
                self._close()
        lost: Future[str] = Future()
        lost.set_exception(BrokenProcessPool())
        return lost

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _left_in_a_file(function: Callable[[Task], Result], task: Task, folder: str) -> str:
    """In a worker: the result of ``function``, in a file; returns its name, short enough to be written at one stroke."""
    result = function(task)
    handle, path = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        pickle.dump(result, file, protocol=pickle.HIGHEST_PROTOCOL)
    return path


def _taken(path: str) -> Any:
    """What a worker left in the file, which goes."""
    with open(path, "rb") as file:
        result = pickle.load(file)  # of our own worker
    os.unlink(path)
    return result


def _context() -> Any:
    """Fresh processes: to fork one that has threads (pyarrow) is not safe. A server that has imported the work makes new ones at once."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["luoshi.corpus.reading"])
    return context


def _begin() -> None:
    """In a worker: leave Ctrl-C to the parent, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
