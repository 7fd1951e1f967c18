"""Reading a stranger's file in a child process: whatever the file does, it does to the child.

The parent imports no parser. The child has no network, little memory and time, and writes nowhere but into an empty folder
that is removed afterwards (``jail``). Its errors come back as the same classes.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from luoshi.readers.limits import Limits, needs_converter
from luoshi.text import (
    DamagedFile,
    IsolationError,
    IsolationUnavailable,
    LimitExceeded,
    LuoshiError,
    SourceText,
    UsageError,
)
from luoshi.text.errors import all_errors
from luoshi.text.language import _, current_language
from luoshi.text.system import reason

__all__ = ["Limits", "read_isolated"]

GRACE = 2.0
_COMPLAINT = 16_384
_PASSED_ON = ("PATH",)
_CRASHES = (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGTRAP)


def read_isolated(
    source: str | Path | bytes, *, name: str | None = None, encoding: str | None = None, limits: Limits | None = None
) -> SourceText:
    """The text of a file, given by its path or its bytes, read in a child process; see ``luoshi.readers.read_bytes``.

    Raises what ``read_bytes`` raises, LimitExceeded, IsolationUnavailable where the system cannot isolate, and IsolationError where
    the child failed for no reason of the file. ``name`` is for messages; a path has one of its own.
    """
    limits = limits or Limits()
    if isinstance(source, bytes):
        data, name = source, name or _("文件")
    else:
        data, name = _load(Path(source), limits), name or Path(source).name
    if len(data) > limits.input:
        raise _too_large(name, limits)
    if os.name != "posix":
        raise IsolationUnavailable(_("本系统不能隔离读取进程。"), hint=_("请在 Linux 上运行。"))
    answer, verdict = _run(data, name, encoding, limits)
    return _judge(answer, verdict, name)


def _load(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > limits.input:
            raise _too_large(path.name, limits)
        return path.read_bytes()
    except OSError as error:
        message = _("打不开 {path}：{reason}。").format(path=path, reason=reason(error))
        raise UsageError(message, hint=_("请检查路径和读取权限。")) from error


def _run(data: bytes, name: str, encoding: str | None, limits: Limits) -> tuple[bytes, LuoshiError | None]:
    """What the child answered, and the error that its end means, if any."""
    converter = needs_converter(data)
    head = {"name": name, "encoding": encoding, "language": current_language(), "limits": asdict(limits)}
    with tempfile.TemporaryDirectory(prefix="luoshi-read-", ignore_cleanup_errors=True) as scratch, _memory(head, data) as stdin:
        environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
        environment |= {"HOME": scratch, "TMPDIR": scratch, "LC_ALL": "C.UTF-8"}
        command = [sys.executable, "-I", "-B", "-m", "luoshi.readers.child"]
        with subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=scratch, env=environment, start_new_session=True
        ) as process:
            try:
                return _listen(process, name, limits, limits.converter_seconds if converter else limits.wall_seconds)
            finally:
                _end(process, gently=converter)


@contextmanager
def _memory(head: dict[str, Any], data: bytes) -> Iterator[int]:
    """A file in memory with what the child is to read; nothing of it touches a disk."""
    file = os.memfd_create("luoshi", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(file), "wb") as stream:
            stream.write(json.dumps(head).encode() + b"\n")
            stream.write(data)
        os.lseek(file, 0, os.SEEK_SET)
        yield file
    finally:
        os.close(file)


def _listen(process: subprocess.Popen[bytes], name: str, limits: Limits, seconds: float) -> tuple[bytes, LuoshiError | None]:
    """Everything the child says until it ends, falls silent for good, or says too much."""
    deadline = time.monotonic() + seconds
    answer, complaint = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        for pipe, said in ((process.stdout, answer), (process.stderr, complaint)):
            assert pipe is not None
            selector.register(pipe.fileno(), selectors.EVENT_READ, said)
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            if not ready:
                return b"", _too_slow(name, seconds)
            for key, _mask in ready:
                chunk = os.read(key.fd, 1 << 16)
                if not chunk:
                    selector.unregister(key.fd)
                key.data.extend(chunk)
            del complaint[:-_COMPLAINT]
            if len(answer) > limits.output:
                return b"", _too_much(name)
    try:
        code = process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return b"", _too_slow(name, seconds)
    return bytes(answer), _of_code(code, bytes(complaint), name, seconds)


def _end(process: subprocess.Popen[bytes], *, gently: bool) -> None:
    """Kill the child if it still runs; with time to end its LibreOffice first, where it has one."""
    if process.poll() is not None:
        return
    if gently:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
    if process.poll() is None:
        # Not reaped yet, so the number of its group is still its own.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _of_code(code: int, complaint: bytes, name: str, seconds: float) -> LuoshiError | None:
    """What the exit code of the child means."""
    if code == 0:
        return None
    if -code in (signal.SIGXCPU, signal.SIGKILL):
        return _too_slow(name, seconds)
    if b"MemoryError" in complaint or b"Cannot allocate memory" in complaint:
        return _too_much(name)
    if -code in _CRASHES:
        message = _("{name} 使读取程序崩溃，文件可能已损坏或带有恶意内容。").format(name=name)
        return DamagedFile(message, hint=_("请用原软件打开并另存一份后再试；仍不行，请向来文单位重新索取。"))
    return _failed(name, complaint.decode("utf-8", "replace").strip().rpartition("\n")[2][:200])


def _judge(answer: bytes, verdict: LuoshiError | None, name: str) -> SourceText:
    """The source in the answer; raises the error in it, or the one that the end of the child means."""
    if verdict is not None:
        raise verdict
    try:
        message = json.loads(answer.decode("utf-8", "surrogatepass"))
        if "source" in message:
            return SourceText.from_dict(message["source"])
        error = message.get("error")
        classes = {cls.code: cls for cls in all_errors()}
        raised = classes[error["code"]](error["message"], hint=error["hint"]) if error else _failed(name, message["fault"])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise _failed(name, type(fault).__name__) from fault
    raise raised


def _too_large(name: str, limits: Limits) -> LimitExceeded:
    message = _("{name} 超过 {n} MiB。").format(name=name, n=limits.input >> 20)
    return LimitExceeded(message, hint=_("请去掉图片等附件，只保留正文后再试。"))


def _too_slow(name: str, seconds: float) -> LimitExceeded:
    message = _("读取 {name} 超过 {n} 秒，已停止。").format(name=name, n=round(seconds))
    return LimitExceeded(message, hint=_("请确认文件来源；文件过大的，拆成几个后再试。"))


def _too_much(name: str) -> LimitExceeded:
    message = _("读取 {name} 需要的内存过多。").format(name=name)
    return LimitExceeded(message, hint=_("请去掉图片等附件，只保留正文，或拆成几个文件后再试。"))


def _failed(name: str, reason: str) -> IsolationError:
    message = _("读取 {name} 的进程意外结束：{reason}。").format(name=name, reason=reason or _("没有说明原因"))
    return IsolationError(message, hint=_("请重试一次；仍不行，请把文件和这条信息交给管理员。"))
