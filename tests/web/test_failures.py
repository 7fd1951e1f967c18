"""A machine that fails while people write: nothing that was acknowledged is lost, and it serves again by itself.

Power that fails, a disk that is full, a database that goes away and comes back. Where one of these cannot be made here, the test says so.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tools.on_postgresql import Cluster, programs, running

from tests.proving import FULL
from tests.web.clients import Load, asked, harmed, lost, opened, seed, unread, unsound, upload
from tests.web.served import Served, serving, usual, wait_for

ROUNDS, RESTARTS = 100, 10
CLIENTS = 12
DURABLE = {"fsync": "on", "synchronous_commit": "on"}
AGAIN = 15  # seconds after the database is up in which it is to serve again

pytestmark = [
    pytest.mark.prove,
    pytest.mark.one_database,
    pytest.mark.skipif(not FULL, reason="every round starts a server: make prove"),
]


@pytest.fixture(autouse=True)
def reaching_out(django_db_blocker: Any) -> Iterator[None]:
    """These tests ask databases of their own."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def postgresql() -> Iterator[Cluster]:
    """A cluster that keeps what it has acknowledged."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    with running(folder, DURABLE) as one:
        yield one


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    """Empty for SQLite."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgresql").address


def environment(address: str) -> dict[str, str]:
    return {"LUOSHI_DATABASE": address} if address else {}


@pytest.fixture
def data(migrated: Path, address: str, tmp_path: Path) -> Path:
    """An installation without rows."""
    place = Path(shutil.copytree(migrated, tmp_path / "data"))
    if address:
        subprocess.run([sys.executable, "-m", "luoshi.web.manage", "migrate", "-v0"], env=usual() | {"LUOSHI_DATA": str(place)} | environment(address), check=True)
    return place


@pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
def test_everything_is_killed(address: str, data: Path) -> None:
    sessions = seed(data, CLIENTS, **environment(address))
    acked: list[str] = []
    uploaded: list[str] = []
    for number in range(ROUNDS):
        served = Served(data, **environment(address)).up()
        with Load(served, sessions, f"round{number}") as load:
            wait_for(lambda load=load: load.acked, "nobody was answered")
            if upload(served, sessions[0], f"文件{number}")[0] == 302:
                uploaded.append(f"文件{number}.txt")  # the worker begins to read it
            time.sleep(random.Random(number).uniform(0.1, 2))
            served.kill()
        acked += load.acked
        with opened(data, address) as using:
            assert lost(acked, using) == [], number
            assert unsound(using) == [], number
            assert harmed(uploaded, using, data) == [], number
    print(f"\n{ROUNDS} rounds, {len(acked)} instructions and {len(uploaded)} files acknowledged, 0 lost")
    with serving(data, **environment(address)), opened(data, address) as using:  # what the worker was torn away from is taken up
        wait_for(lambda: unread(using) == 0, "a file was never read", 900)
    _a_loss_would_be_seen(acked, data, address)


def _a_loss_would_be_seen(acked: list[str], data: Path, address: str) -> None:
    from luoshi.web.ledger.models import Instruction

    with opened(data, address) as using:
        Instruction.objects.using(using).filter(text=acked[0]).delete()
        assert lost(acked, using) == acked[:1]
        assert unsound(using) == ["rows without records, or records without rows"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder of 64 MiB."""
    place = tmp_path / "small"
    place.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(place)], check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here: it takes root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_the_disk_is_full(small_disk: Path, migrated: Path) -> None:
    data = Path(shutil.copytree(migrated, small_disk / "data"))
    sessions = seed(data, 4)
    ballast = small_disk / "ballast"
    with serving(data) as served:
        with Load(served, sessions, "before") as load:
            wait_for(lambda: len(load.acked) > 20, "nobody was answered")
            _fill(ballast, leave=1 << 20)
            wait_for(lambda: load.answers[507] > 20, "it never became full")
            assert "磁盘已满" in load.said[507] and load.said[507].count("before-") >= 2, load.said[507]  # shown, and sent again
            for path in ("/", "/matters/", "/instructions/", "/healthz"):
                for _ in range(5):
                    assert asked(served, sessions[0], "GET", path)[0] == 200, path
            assert upload(served, sessions[0], "大", 300_000)[0] == 507
            assert [one for one in (data / "files").rglob("*") if one.is_file()] == []
            full = len(load.acked)
            freed = time.monotonic()
            ballast.unlink()
            wait_for(lambda: len(load.acked) > full + 20, "it did not recover", 60)
            took = time.monotonic() - freed
        assert set(load.answers) <= {302, 507, 503}, load.answers
        assert upload(served, sessions[0], "大", 300_000)[0] == 302
    with opened(data) as using:
        assert lost(load.acked, using) == []
        assert unsound(using) == []
    print(f"\n{load.answers}, {took:.1f} s after room was made")


def _fill(file: Path, leave: int) -> None:
    with file.open("wb") as stream:
        while shutil.disk_usage(file.parent).free > leave + (1 << 16):
            stream.write(bytes(1 << 16))
            stream.flush()


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_postgresql_goes_away_and_comes_back(address: str, data: Path, postgresql: Cluster) -> None:
    sessions = seed(data, 8, LUOSHI_DATABASE=postgresql.address)
    longest = 0.0
    with serving(data, LUOSHI_DATABASE=postgresql.address) as served, Load(served, sessions, "said") as load:
        pages = served.children("pages")
        for number in range(RESTARTS):
            before = len(load.acked)
            wait_for(lambda before=before: len(load.acked) > before + 20, "nobody was answered")
            postgresql.stop()
            away = load.answers[503]
            wait_for(lambda away=away: load.answers[503] > away + 10, "no page said so")
            time.sleep(random.Random(number).uniform(0, 2))
            postgresql.start()
            up = time.monotonic()
            wait_for(lambda up=up: load.last > up, "it did not serve again", AGAIN)
            longest = max(longest, time.monotonic() - up)
        assert "数据库暂时连不上" in load.said[503]
        assert served.children("pages") == pages  # the same processes
    assert set(load.answers) <= {302, 503}, (load.answers, load.said)
    with opened(data, postgresql.address) as using:
        assert lost(load.acked, using) == []
        assert unsound(using) == []
    print(f"\n{load.answers}, the longest wait {longest:.1f} s")
