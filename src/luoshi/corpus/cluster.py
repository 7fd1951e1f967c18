"""The same work on a Dask cluster that is there already. Files are read here and sent; the workers need no common disk."""

import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from types import TracebackType
from typing import Any, Self, TypeVar

from luoshi.corpus.engines import Lost
from luoshi.corpus.reading import identity
from luoshi.text import ToolMissing, UsageError
from luoshi.text.language import _

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = 2
_SECONDS = 10


class ClusterEngine:
    """The workers of a Dask scheduler. Raises ToolMissing without the extra, UsageError where nobody answers or another Luoshi runs."""

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError as error:
            raise ToolMissing(_("没有安装集群支持。"), hint=_("请运行 pip install 'luoshi[cluster]'；或去掉 --scheduler，用本机的进程。")) from error
        self._distributed = distributed
        self._address = address
        try:
            self._client: Any = distributed.Client(address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError(_("连不上 Dask 调度器 {address}。").format(address=address), hint=_("请检查地址（如 tcp://10.0.0.5:8786）、端口和网络，并确认调度器已启动。")) from error
        try:
            self.slots = self._slots()
            self._compare()
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def run(self, function: Callable[[Task], Result], tasks: Iterable[Task], *, one_by_one: bool = False) -> Iterator[tuple[int, Result | Lost]]:
        """Results with the place of their task, as they are done."""
        room = 1 if one_by_one else self.slots * _AHEAD
        done = self._distributed.as_completed(loop=self._client.loop)
        waiting: dict[Any, int] = {}
        given = iter(enumerate(tasks))
        while True:
            while len(waiting) < room and (following := next(given, None)) is not None:
                future = self._submit(function, following[1])
                waiting[future] = following[0]
                done.add(future)
            if not waiting:
                return
            future = next(done)
            yield waiting.pop(future), self._result(future)

    def _submit(self, function: Callable[[Task], Result], task: Task) -> Any:
        """The task is sent with its data: scattered data would be lost with the worker that holds it. Dask would warn of its size."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")
            return self._client.submit(function, task, pure=False)

    def _result(self, future: Any) -> Any:
        try:
            return future.result()
        except self._distributed.KilledWorker:
            return Lost()
        except (self._distributed.CancelledError, self._distributed.comm.CommClosedError, OSError) as error:
            raise UsageError(_("与集群 {address} 的连接断了。").format(address=self._address), hint=_("已做完的部分还在；集群恢复后再运行同一条命令就接着做。")) from error

    def _slots(self) -> int:
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise UsageError(_("集群 {address} 上没有工作进程。").format(address=self._address), hint=_("请先启动 dask worker，再运行。"))
        return sum(int(worker["nthreads"]) for worker in workers.values())

    def _compare(self) -> None:
        """Every worker must run this very engine: else the rows would be of two kinds."""
        own = identity()
        try:
            others = self._client.run(identity)
        except Exception as error:  # whatever a worker without Luoshi, or with another Python, answers
            raise UsageError(_("集群的工作进程运行不了落实：{why}。").format(why=f"{type(error).__name__}: {error}"), hint=_("请在每个工作节点上安装同一版本的 luoshi。")) from error
        different = sorted(address for address, one in others.items() if tuple(one) != tuple(own))
        if different:
            raise UsageError(_("工作进程 {address} 上的落实与本机不是同一版本或同一套规则。").format(address=different[0]), hint=_("请在每个工作节点上安装同一版本的 luoshi。"))
