"""``luoshi serve`` as an office starts it: a process of its own, watched from outside."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from luoshi.text import UsageError
from luoshi.web.config.key import secret_key
from luoshi.web.config.serving import folder
from tests.web.served import PATIENCE, Served, free_port, lives, serving, usual, wait_for


@pytest.fixture
def data(migrated: Path, tmp_path: Path) -> Path:
    """A migrated folder of its own."""
    return Path(shutil.copytree(migrated, tmp_path / "data"))


@pytest.fixture(scope="module")
def served(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all tests that leave it running."""
    with serving(Path(shutil.copytree(migrated, tmp_path_factory.mktemp("served") / "data"))) as one:
        yield one


def test_from_an_empty_folder(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as served:
        assert served.asked("/healthz")[:2] == (200, '{"ok": true}')
        assert "luoshi admin first" in served.said


def test_one_command_serves_pages_and_files(served: Served) -> None:
    status, body, _headers = served.asked("/healthz")
    assert (status, body) == (200, '{"ok": true}')
    status, page, _headers = served.asked("/")
    assert status == 200
    assert "csrfmiddlewaretoken" in page  # led to signing in
    assert len(served.children()) == 3
    assert "luoshi admin first" in served.said


@pytest.mark.parametrize(("path", "kind"), [("/static/web.css", "text/css"), ("/static/web.js", "text/javascript")])
def test_static_files_without_collecting(served: Served, path: str, kind: str) -> None:
    status, _body, headers = served.asked(path)
    assert status == 200
    assert headers["content-type"].startswith(kind)
    assert "max-age=86400" in headers["cache-control"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["etag"]


@pytest.mark.parametrize("kind", ["pages", "worker", "clock"])
def test_a_child_that_is_killed_is_started_again(served: Served, kind: str) -> None:
    [first] = served.children(kind)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: served.children(kind) not in ([], [first]), "it was not started again")
    wait_for(lambda: served.asked("/healthz")[0] == 200, "the pages are gone")
    assert "后重新启动" in served.said


def test_children_end_when_the_server_is_killed(data: Path) -> None:
    one = Served(data).up()
    before = one.children()
    one.process.kill()
    one.process.wait()

    def gone() -> bool:
        return not any(lives(number) for number in before)

    wait_for(gone, "children live on")
    again = Served(data).up()
    again.process.terminate()
    assert again.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_it_in_order(data: Path, number: signal.Signals) -> None:
    one = Served(data).up()
    one.process.send_signal(number)
    assert one.process.wait(PATIENCE) == 0
    assert one.said.rstrip().endswith("已停止。")
    assert one.asked("/healthz")[0] == 0


def refused(tmp_path: Path, *words: str, **environment: str) -> str:
    """What a call says that cannot serve."""
    command = [sys.executable, "-m", "luoshi.cli", "serve", "--no-browser", *words]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, cwd=tmp_path, env=usual() | environment, check=False)
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused(tmp_path, "--data", "data", "--port", str(port))
    assert f"端口 {port} 已被别的程序占用" in said
    assert "--port" in said


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    said = refused(tmp_path, "--data", str(tmp_path / "file"))
    assert "不能写" in said
    assert "--data" in said


def test_a_folder_that_is_served_already(served: Served, tmp_path: Path) -> None:
    said = refused(tmp_path, "--data", str(served.data), "--port", str(free_port()))
    assert f"进程 {served.process.pid}" in said


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        pytest.param("WORKERS", "many", "workers", id="not a number"),
        pytest.param("PORT", "-1", "port", id="not positive"),
        pytest.param("HTTPS", "perhaps", "https", id="not a switch"),
        pytest.param("PASSWORD_PROFILE", "none", "password_profile", id="not one of those known"),
        pytest.param("DATABASE", "mysql://a/b", "数据库地址", id="another database"),
        pytest.param("DATABASE", "postgresql://nobody@127.0.0.1:1/none", "数据库连不上", id="no database there"),
        pytest.param("ADDRESS", "203.0.113.7", "不能在地址", id="an address of another machine"),
    ],
)
def test_a_wrong_setting_is_a_sentence(tmp_path: Path, name: str, value: str, word: str) -> None:
    assert word in refused(tmp_path, "--data", "data", *([] if name in ("PORT",) else ["--port", str(free_port())]), **{f"LUOSHI_{name}": value})


def test_a_wrong_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "luoshi.toml").write_text("prot = 80\n")
    assert "prot" in refused(tmp_path, "--data", "data")


def test_a_port_that_was_just_left_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def try_(address: str, port: int) -> None:
        tried.append(port)
        if len(tried) < 3:
            raise OSError(98, "in use")

    monkeypatch.setattr(folder, "_try", try_)
    folder.port_is_free("127.0.0.1", 8000)
    assert len(tried) == 3


def test_a_folder_is_held_once(tmp_path: Path) -> None:
    with folder.held(tmp_path), pytest.raises(UsageError), folder.held(tmp_path):
        pass
    with folder.held(tmp_path):
        pass


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    script = f"import pathlib; from luoshi.web.config.key import secret_key; print(secret_key(pathlib.Path({str(tmp_path / 'data')!r})))"
    started = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(8)]
    keys = {one.communicate(timeout=PATIENCE)[0].strip() for one in started}
    assert len(keys) == 1
    assert keys == {secret_key(tmp_path / "data")}
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]
