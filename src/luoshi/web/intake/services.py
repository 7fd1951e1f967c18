"""Reading and comparing for the web: bytes in, plain data out; everything that could hurt happens in a child process.

A file is read by the reader's jailed child (``luoshi.readers.isolated``); what it found is decomposed, and two documents are aligned, in a
second child of the same jail (``child.py``). The process that asks imports no parser.
"""

import base64
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from luoshi.readers.isolated import Limits, read_isolated
from luoshi.text import DamagedFile, IsolationError, LimitExceeded, LuoshiError
from luoshi.text.errors import all_errors
from luoshi.text.language import _, current_language

Data = dict[str, Any]
Days = Mapping[date, bool]

SECONDS = 120.0
PAPER_SECONDS = 60.0
MEMORY = 2 << 30
MOST_SAID = 256 << 20
_SOURCE = str(Path(__file__).resolve().parents[3])
_START = "import sys; sys.path.insert(0, sys.argv[1]); from luoshi.web.intake.child import main; main()"


class Tried(NamedTuple):
    """The places that a template fills in, and what only looks like one (full-width braces)."""

    used: list[str]
    wide: list[str]


def read_document(data: bytes, name: str, *, days: Days | None = None, without_namespace: bool = False) -> Data:
    """``luoshi.decomposition/1`` of a file, the text in it; ``layout`` (tables, furniture, wrapped) beside it, for the page and for ``compare``.

    ``days``: what notices of holidays say that were entered, by which "5个工作日内" is counted.
    Raises what ``read_isolated`` raises, and IsolationError where a child failed for no reason of the file.
    """
    source = read_isolated(data, name=name, limits=Limits(allow_network_without_namespace=without_namespace))
    if "\x00" in source.text or not _is_writable(source.text):
        message = _("{name} 的文字里有不能保存的字符。").format(name=name)
        raise DamagedFile(message, hint=_("请用原软件打开并另存一份后再试；仍不行，请向来文单位重新索取。"))
    return ask_child({"do": "decompose", "source": source.to_dict()}, name=name, days=days, without_namespace=without_namespace)


def compare(upper: Data, lower: Data, *, days: Days | None = None, without_namespace: bool = False) -> Data:
    """``luoshi.alignment/1`` of two documents, each as ``read_document`` gave it.

    Dates entered by a person go into ``entered_date``. Raises LimitExceeded or IsolationError.
    """
    return ask_child({"do": "align", "upper": upper, "lower": lower}, name=_("对标"), days=days, without_namespace=without_namespace)


def fill_template(template: bytes, facts: Data, known: Mapping[str, Any], *, name: str, without_namespace: bool = False) -> bytes:
    """A Word document: ``template`` with ``facts`` in its places. ``known``: place → the places of its entries, where it is a list.

    Raises UnsupportedFormat for what is no plain .docx, RuleBroken where a place is not known or the template cannot be filled in, or LimitExceeded.
    """
    return base64.b64decode(_filled(template, facts, known, name, without_namespace)["file"])


def try_template(template: bytes, facts: Data, known: Mapping[str, Any], *, name: str, without_namespace: bool = False) -> Tried:
    """As ``fill_template``, for what the template has in it."""
    answer = _filled(template, facts, known, name, without_namespace)
    return Tried(answer["used"], answer["wide"])


def _filled(template: bytes, facts: Data, known: Mapping[str, Any], name: str, without_namespace: bool) -> Data:
    request = {"do": "fill", "template": base64.b64encode(template).decode(), "facts": facts, "known": known, "name": name}
    return ask_child(request, name=name, without_namespace=without_namespace, seconds=PAPER_SECONDS)


def typeset(sources: Mapping[str, str], facts: Data, *, name: str, without_namespace: bool = False) -> bytes:
    """A PDF: our own typst ``sources`` (``main.typ`` among them) with ``facts`` as data. Raises ToolMissing where the system has no Chinese font, or LimitExceeded."""
    request = {"do": "typeset", "sources": sources, "facts": facts}
    return base64.b64decode(ask_child(request, name=name, without_namespace=without_namespace, seconds=PAPER_SECONDS)["file"])


def read_days(phrases: Sequence[str], on: date, *, days: Days | None = None, without_namespace: bool = False) -> dict[str, Data]:
    """Phrase → ``due`` (a day, empty where it names none) and ``period``, as the rules read time limits: 12月底前, 十五五末, 每季度末."""
    asked = {"do": "days", "phrases": list(phrases), "on": on.isoformat()}
    told: dict[str, Data] = ask_child(asked, name=_("时限"), days=days, without_namespace=without_namespace)["days"]
    return told


def ask_child(request: Data, *, name: str, without_namespace: bool, days: Days | None = None, seconds: float = SECONDS) -> Data:
    """What the child answers to ``request``. Raises the error in its answer, LimitExceeded, or IsolationError."""
    head: Data = {"language": current_language(), "seconds": seconds, "memory": MEMORY, "without_namespace": without_namespace}
    head["days"] = {day.isoformat(): works for day, works in (days or {}).items()}
    with tempfile.TemporaryDirectory(prefix="luoshi-intake-", ignore_cleanup_errors=True) as scratch, tempfile.TemporaryFile() as asked:
        asked.write(json.dumps(head).encode() + b"\n" + json.dumps(request, ensure_ascii=False).encode())
        asked.seek(0)
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": scratch, "TMPDIR": scratch, "LC_ALL": "C.UTF-8"}
        environment |= {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
        command = [sys.executable, "-I", "-B", "-c", _START, _SOURCE]
        with subprocess.Popen(
            command, stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=scratch, env=environment, start_new_session=True
        ) as process:
            try:
                said, complaint = _listen(process, seconds, name)
                code = process.wait(1.0)
            finally:
                _end(process)
    return _judge(said, complaint, code, name)


def _listen(process: "subprocess.Popen[bytes]", seconds: float, name: str) -> tuple[bytes, str]:
    deadline = time.monotonic() + seconds
    said, complaint = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        for pipe, kept in ((process.stdout, said), (process.stderr, complaint)):
            assert pipe is not None
            selector.register(pipe.fileno(), selectors.EVENT_READ, kept)
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            if not ready or len(said) > MOST_SAID:
                raise _too_much(name)
            for key, _mask in ready:
                chunk = os.read(key.fd, 1 << 16)
                if not chunk:
                    selector.unregister(key.fd)
                key.data.extend(chunk)
            del complaint[:-16_384]
    return bytes(said), complaint.decode("utf-8", "replace")


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _judge(said: bytes, complaint: str, code: int, name: str) -> Data:
    if -code in (signal.SIGXCPU, signal.SIGKILL) or "MemoryError" in complaint:
        raise _too_much(name)
    try:
        answer: Data = json.loads(said)
    except ValueError as error:
        raise _failed(name, complaint.strip().rpartition("\n")[2][:200]) from error
    if "error" in answer:
        raise _error_of(answer["error"])
    if "fault" in answer:
        raise _failed(name, answer["fault"])
    return answer


def _error_of(told: dict[str, str]) -> LuoshiError:
    classes = {cls.code: cls for cls in all_errors()}
    return classes.get(told["code"], LuoshiError)(told["message"], hint=told["hint"])


def _is_writable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _too_much(name: str) -> LimitExceeded:
    message = _("处理 {name} 用的时间或内存过多，已停止。").format(name=name)
    return LimitExceeded(message, hint=_("请确认文件来源；文件过大的，拆成几个后再试。"))


def _failed(name: str, why: str) -> IsolationError:
    message = _("处理 {name} 的进程意外结束：{reason}。").format(name=name, reason=why or _("没有说明原因"))
    return IsolationError(message, hint=_("请重试一次；仍不行，请把文件和这条信息交给管理员。"))
