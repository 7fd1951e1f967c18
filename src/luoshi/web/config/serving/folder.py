"""Whether an installation can be served from here: its folder can be written, nobody else serves it, the port is free."""

import errno
import fcntl
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from luoshi.text import UsageError
from luoshi.text.language import _

LOCK = "serve.lock"
PATIENCE = 3.0  # seconds: the children of a server that was killed need a moment to notice


def prepare(folder: Path) -> None:
    """Make the data folder. Raises UsageError where it cannot be made or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        message = _("数据文件夹 {folder} 不能写：{why}。").format(folder=folder, why=error.strerror)
        raise UsageError(message, hint=_("请用 --data 换一个文件夹，或者修改它的权限。")) from error


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder while serving. Raises UsageError where another server holds it; the lock ends with the process, however it ends."""
    with (folder / LOCK).open("a+", encoding="ascii") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            stream.seek(0)
            message = _("数据文件夹 {folder} 正由另一个 luoshi serve 使用（进程 {number}）。").format(folder=folder, number=stream.read().strip())
            raise UsageError(message, hint=_("请先停掉它，或者用 --data 换一个文件夹。")) from error
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """One migration of a folder at a time: a command waits for another's. A server that runs has migrated before it began."""
    with (folder / "migrate.lock").open("a", encoding="ascii") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def port_is_free(address: str, port: int) -> None:
    """Raises UsageError where nothing can listen at ``address`` and ``port``, with the reason."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            _try(address, port)
            return
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < until:
                time.sleep(0.2)
                continue
            raise _unusable(address, port, error) from error


def _try(address: str, port: int) -> None:
    family, kind, protocol, _name, where = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind(where)
        trial.listen(1)


def _unusable(address: str, port: int, error: OSError) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(_("端口 {port} 已被别的程序占用。").format(port=port), hint=_("请用 --port 换一个端口，如 --port {other}。").format(other=port + 1))
    if error.errno == errno.EACCES:
        message = _("不能在端口 {port} 上监听：1024 以下的端口要有系统权限。").format(port=port)
        return UsageError(message, hint=_("请用 --port 换一个端口，如 --port 8000。"))
    message = _("不能在地址 {address} 上监听：{why}。").format(address=address, why=error.strerror)
    return UsageError(message, hint=_("请用 --address 写本机的地址：127.0.0.1 只供本机，0.0.0.0 供所有人。"))
