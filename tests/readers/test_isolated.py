"""The reading child: what it may not do, what its end means, and how its errors come back."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest

from luoshi.readers import isolated
from luoshi.readers.isolated import Limits, read_isolated
from luoshi.text import (
    ClassifiedDocument,
    DamagedFile,
    Doubt,
    EncryptedFile,
    IsolationError,
    IsolationUnavailable,
    LimitExceeded,
    LuoshiError,
    Span,
    UnsupportedFormat,
    UsageError,
)
from luoshi.text.language import set_language

from .build_docx import docx, p
from .build_ofd import build_ofd
from .build_pdf import hand_made_pdf
from .typeset import typeset

PAGES = typeset(["为做好防汛工作，请各县（区）于6月底前完成堤防检查。"] * 30)


def in_jail(code: str, *, converter: bool = False, allow: bool = False) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a process that has entered the jail, with an empty folder as scratch."""
    enter = f"jail.enter(Limits(allow_network_without_namespace={allow}), Path.cwd(), converter={converter})"
    script = f"from pathlib import Path\nfrom luoshi.readers import jail\nfrom luoshi.readers.limits import Limits\n{enter}\n"
    command = [sys.executable, "-B", "-c", script + textwrap.dedent(code)]
    with tempfile.TemporaryDirectory() as scratch:
        return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, cwd=scratch)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(docx(p("完成堤防检查。")), "a.docx", id="docx"),
        pytest.param(hand_made_pdf(PAGES, number="— {n} —"), "a.pdf", id="pdf"),
        pytest.param(build_ofd(PAGES, head="临江省人民政府公报"), "a.ofd", id="ofd"),
        pytest.param("<p>完成堤防检查。</p>".encode(), "a.html", id="html"),
        pytest.param("完成堤防检查。".encode("gb18030"), "a.txt", id="txt"),
    ],
)
def test_the_child_reads_what_the_readers_read(data: bytes, name: str) -> None:
    from luoshi.readers import read_bytes

    assert read_isolated(data, name=name) == read_bytes(data, name=name)


def test_by_path(tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("完成堤防检查。", encoding="gb18030")
    source = read_isolated(file)
    assert (source.name, source.text) == ("通知.txt", "完成堤防检查。")
    assert read_isolated(file, name="另名", encoding="gb18030").name == "另名"
    with pytest.raises(UsageError, match="打不开"):
        read_isolated(tmp_path / "没有.txt")
    with pytest.raises(UsageError, match="打不开"):
        read_isolated(tmp_path)
    with pytest.raises(LimitExceeded):
        read_isolated(file, limits=Limits(input=3))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"\x7fELF" + b"\0" * 99, UnsupportedFormat, id="format"),
        pytest.param(b"PK\x03\x04" + b"a" * 99, DamagedFile, id="damaged"),
        pytest.param(build_ofd(PAGES, extra={"Encryptions.xml": "<a/>"}), EncryptedFile, id="encrypted"),
        pytest.param("机密★1年\n云州市文件\n".encode(), ClassifiedDocument, id="classified"),
    ],
)
def test_errors_come_back_as_their_class(data: bytes, error: type[LuoshiError]) -> None:
    with pytest.raises(LuoshiError) as caught:
        read_isolated(data, name="a.bin")
    assert type(caught.value) is error
    assert caught.value.message
    assert caught.value.hint


def test_doubts_and_spans_come_back() -> None:
    source = read_isolated(hand_made_pdf([*PAGES, []], number="— {n} —", extra={}), name="a.pdf")
    assert all(isinstance(span, Span) for span in source.furniture)
    source = read_isolated("<p>甲\ufffd</p>".encode() + b"\xff<meta charset=utf-8><p>a<p>b<p>c", name="a.html")
    assert [type(doubt) for doubt in source.doubts] == [Doubt]


def test_the_language_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    memory = isolated._memory
    monkeypatch.setattr(isolated, "_memory", lambda head, data: (seen.append(head["language"]), memory(head, data))[1])
    set_language("en")
    try:
        read_isolated("完成。".encode(), name="a.txt")
    finally:
        set_language("zh")
    assert seen == ["en"]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        pytest.param(Limits(wall_seconds=0.05), "秒", id="wall"),
        pytest.param(Limits(output=10), "内存", id="output"),
        pytest.param(Limits(cpu_seconds=0), "秒", id="cpu"),
    ],
)
def test_limits_are_kept(limits: Limits, words: str) -> None:
    with pytest.raises(LimitExceeded, match=words):
        read_isolated(hand_made_pdf(PAGES * 20), name="a.pdf", limits=limits)


def test_memory_is_limited() -> None:
    done = in_jail("try:\n    bytearray(600 * 1024 * 1024)\nexcept MemoryError:\n    print('no')")
    assert done.stdout == "no\n", done.stderr


@pytest.mark.parametrize("converter", [False, True])
def test_there_is_no_network(converter: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"""
            import socket
            try:
                socket.create_connection(("127.0.0.1", {server.getsockname()[1]}), 2)
            except OSError as error:
                print("no")
            print(sorted(name for _number, name in socket.if_nameindex()) in ([], ["lo"]))
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                try:
                    udp.sendto(b"a", ("192.0.2.1", 53))
                except OSError:
                    print("no")
        """
        done = in_jail(code, converter=converter)
    assert done.stdout == "no\nTrue\nno\n", done.stderr


def test_nothing_is_written(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("a")
    code = f"""
        import os
        def attempt(act):
            try:
                act()
            except OSError:
                print("no")
        attempt(lambda: open({str(tmp_path / "new")!r}, "wb").write(b"a" * 10).close())
        attempt(lambda: open({str(victim)!r}, "ab", buffering=0).write(b"a"))
        attempt(lambda: open("here", "wb", buffering=0).write(b"a"))
    """
    done = in_jail(code)
    assert done.stdout == "no\n" * 3, done.stderr
    assert victim.read_text() == "a"


def test_nothing_is_started() -> None:
    done = in_jail("import os\ntry:\n    os.execv('/bin/true', ['true'])\nexcept OSError:\n    print('no')")
    if not done.stdout:
        pytest.skip("this kernel has no Landlock")
    assert done.stdout == "no\n"


def test_without_a_namespace_nothing_is_read() -> None:
    code = "from luoshi.readers import jail\njail._leave_network = lambda libc: False\n"
    done = subprocess.run(
        [sys.executable, "-c", code + "from pathlib import Path\nfrom luoshi.readers.limits import Limits\n"
         "from luoshi.text import IsolationUnavailable\n"
         "try:\n    jail.enter(Limits(), Path.cwd(), converter=False)\nexcept IsolationUnavailable as error:\n    print(error.code)\n"
         "jail.enter(Limits(allow_network_without_namespace=True), Path.cwd(), converter=False)\nprint('read')"],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.stdout == f"{IsolationUnavailable.code}\nread\n", done.stderr


@pytest.mark.parametrize(
    ("code", "complaint", "error"),
    [
        pytest.param(-signal.SIGSEGV, b"", DamagedFile, id="crash"),
        pytest.param(-signal.SIGKILL, b"", LimitExceeded, id="killed"),
        pytest.param(-signal.SIGXCPU, b"", LimitExceeded, id="cpu"),
        pytest.param(1, b"x\nMemoryError\n", LimitExceeded, id="memory"),
        pytest.param(1, b"x\nImportError: a\n", IsolationError, id="fault"),
    ],
)
def test_what_the_end_of_a_child_means(code: int, complaint: bytes, error: type[LuoshiError]) -> None:
    assert type(isolated._of_code(code, complaint, "a.pdf", 30.0)) is error
    assert isolated._of_code(0, b"", "a.pdf", 30.0) is None


@pytest.mark.parametrize("answer", [b"", b"{", b"[]", b"{}", b'{"source": {}}', b'{"fault": "KeyError"}', b'{"error": 1}', b"\xff"])
def test_an_answer_that_is_none(answer: bytes) -> None:
    with pytest.raises(IsolationError, match=r"a\.pdf"):
        isolated._judge(answer, None, "a.pdf")


def test_the_parent_imports_no_parser() -> None:
    code = (
        "import sys\nfrom luoshi.readers.isolated import read_isolated\nread_isolated('完成。'.encode(), name='a.txt')\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'lxml', 'pypdfium2', 'docx', 'openpyxl', 'trafilatura'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600, check=True)
    assert done.stdout == "[]\n"


def test_the_environment_stays_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_SECRET", "a")
    seen: list[dict[str, str]] = []
    start = subprocess.Popen
    monkeypatch.setattr(isolated.subprocess, "Popen", lambda *a, **k: (seen.append(k["env"]), start(*a, **k))[1])
    read_isolated("完成。".encode(), name="a.txt")
    assert "LUOSHI_SECRET" not in seen[0]
    assert seen[0]["TMPDIR"] == seen[0]["HOME"] != os.environ.get("HOME")
