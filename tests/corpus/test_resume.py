"""Killed with SIGKILL and started again: the dataset is the same to the byte. Killed workers cost nothing but time.

A small version runs always; ``LUOSHI_PROVE=1 pytest -m prove`` does it at five random moments over the real documents, where they are.
"""

import os
import random
import signal
import tempfile
import time
from pathlib import Path

import pytest

from luoshi.corpus import building
from luoshi.corpus.building import build
from luoshi.corpus.engines import LocalEngine, Lost
from luoshi.corpus.reading import Chunk, Part
from tests.corpus.material import children, corpus, digests, killed_when, parts, started
from tests.proving import FULL

BULK = Path(__file__).parents[3] / "shared" / "corpus" / "bulk"


def many(folder: Path) -> Path:
    """Enough files for eight chunks."""
    for n in range(8):
        corpus(folder / f"卷{n:02d}", cities=12)
    return folder


def gone(pids: list[int]) -> bool:
    """True once none of the processes runs any more."""
    for _wait in range(400):
        if not [pid for pid in pids if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"]:
            return True
        time.sleep(0.02)
    return False


def test_killed_twice_and_resumed(tmp_path: Path, engine: LocalEngine) -> None:
    source, dataset = many(tmp_path / "原件"), tmp_path / "d"
    build(source, tmp_path / "whole", engine)
    for count in (1, 4):
        assert killed_when(started(source, dataset, "--processes", "2"), dataset, count)
    assert parts(dataset) >= 4 and not (dataset / "manifest.json").exists()
    read = build(source, dataset, engine)
    assert read.kept > 0 and read.read > 0
    assert digests(dataset) == digests(tmp_path / "whole")


def test_killed_while_it_merges(tmp_path: Path, engine: LocalEngine) -> None:
    source, dataset = many(tmp_path / "原件"), tmp_path / "d"
    build(source, tmp_path / "whole", engine)
    process = started(source, dataset, "--processes", "2")
    while process.poll() is None and not list(dataset.glob("*.parquet*")):
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    build(source, dataset, engine)
    assert digests(dataset) == digests(tmp_path / "whole")


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    source, dataset = many(tmp_path / "原件"), tmp_path / "d"
    process = started(source, dataset, "--processes", "2")
    while process.poll() is None and parts(dataset) < 1:
        time.sleep(0.002)
    below = children(process.pid)
    assert len(below) >= 2
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert gone(below)


def test_a_killed_worker_costs_nothing_but_time(tmp_path: Path, engine: LocalEngine) -> None:
    source, dataset = many(tmp_path / "原件"), tmp_path / "d"
    build(source, tmp_path / "whole", engine)
    process = started(source, dataset, "--processes", "2")
    while process.poll() is None and parts(dataset) < 2:
        time.sleep(0.002)
    process.send_signal(signal.SIGSTOP)
    workers = [worker for child in children(process.pid) for worker in children(child)]
    assert len(workers) == 2 and not (dataset / "manifest.json").exists()
    os.kill(workers[0], signal.SIGKILL)
    process.send_signal(signal.SIGCONT)
    _out, err = process.communicate(timeout=6000)
    assert process.returncode == 0, err.decode()
    assert digests(dataset) == digests(tmp_path / "whole")


def test_two_runs_at_once(tmp_path: Path) -> None:
    source, dataset = many(tmp_path / "原件"), tmp_path / "d"
    first = started(source, dataset, "--processes", "1")
    while first.poll() is None and parts(dataset) < 1:
        time.sleep(0.002)
    first.send_signal(signal.SIGSTOP)
    second = started(source, dataset, "--processes", "1")
    _out, err = second.communicate(timeout=600)
    first.send_signal(signal.SIGCONT)
    assert second.returncode == 2 and "另一个进程正在写" in err.decode()
    first.communicate(timeout=6000)
    assert first.returncode == 0


def dies_of_one(chunk: Chunk) -> Part:
    """``read_chunk`` in a worker that one file kills."""
    from luoshi.corpus.reading import read_chunk

    if any("毒" in given.path for given in chunk.files):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_chunk(chunk)


def test_a_file_that_kills_its_worker_is_named_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = corpus(tmp_path / "原件", cities=4)
    (source / "毒.txt").write_text("要改造渡口。", encoding="utf-8")
    monkeypatch.setattr(building, "read_chunk", dies_of_one)
    with LocalEngine(2) as engine:
        built = build(source, tmp_path / "d", engine)
        assert [(one.path, one.code) for one in built.errors] == [("毒.txt", "isolation")]
        monkeypatch.undo()
        again = build(source, tmp_path / "d", engine)
    assert (again.read, again.errors) == (1, []), "an error of the machine is tried again"


def square(number: int) -> int:
    """For an engine to do."""
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def test_an_engine_gives_every_task_its_result_or_says_that_it_is_lost() -> None:
    with LocalEngine(2) as engine:
        assert dict(engine.run(square, range(20))) == {n: n * n for n in range(20)}
        found = dict(engine.run(square, [1, 2, -1, 3, 4]))
        assert set(found) == set(range(5)) and isinstance(found[2], Lost)
        assert dict(engine.run(square, [5])) == {0: 25}, "and goes on with a fresh pool"
        alone = dict(engine.run(square, [1, -1, 3], one_by_one=True))
        assert (alone[0], alone[2]) == (1, 9) and isinstance(alone[1], Lost)


@pytest.mark.prove
@pytest.mark.skipif(not FULL, reason="five kills over the real documents with LUOSHI_PROVE=1")
@pytest.mark.skipif(not BULK.is_dir(), reason=f"no documents at {BULK}")
def test_killed_at_five_random_moments_over_the_real_documents(tmp_path: Path, engine: LocalEngine) -> None:
    begun = time.monotonic()
    build(BULK, tmp_path / "whole", engine)
    whole = time.monotonic() - begun
    dataset = tmp_path / "d"
    chance = random.Random()
    for _kill in range(5):
        process = started(BULK, dataset, "--processes", "2")
        time.sleep(chance.uniform(0.2, 1.0) * (1 + whole / 4))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    process = started(BULK, dataset, "--processes", "2")
    process.communicate()
    assert process.returncode == 0
    assert digests(dataset) == digests(tmp_path / "whole")


def _long(_task: int) -> bytes:
    return bytes(2_000_000)


def test_long_results_come_back_and_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with LocalEngine(2) as engine:
        results = dict(engine.run(_long, range(6)))
    assert sorted(results) == list(range(6)) and all(result == bytes(2_000_000) for result in results.values())
    assert not list(tmp_path.glob("luoshi-results-*"))
