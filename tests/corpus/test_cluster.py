"""A Dask cluster of two processes on the loopback does what local processes do, to the byte; what can go wrong with one is said in words."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from luoshi.corpus import cluster
from luoshi.corpus.building import build
from luoshi.corpus.cluster import ClusterEngine
from luoshi.corpus.engines import LocalEngine, Lost
from luoshi.corpus.opening import opened
from luoshi.corpus.pairs import Chosen, pairs
from luoshi.text import ToolMissing, UsageError
from tests.corpus.material import digests
from tests.corpus.test_resume import square

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The scheduler of a cluster of two processes."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1", silence_logs=50) as made:
        yield made.scheduler_address


@pytest.fixture(scope="module")
def two(address: str) -> Iterator[ClusterEngine]:
    """Its engine."""
    with ClusterEngine(address) as made:
        yield made


def test_the_same_dataset(two: ClusterEngine, folder: Path, dataset: Path, tmp_path: Path) -> None:
    assert two.slots == 2
    built = build(folder, tmp_path / "d", two)
    assert built.read == len(built.files) and not built.errors
    assert digests(tmp_path / "d") == digests(dataset)


def test_the_same_pairs(two: ClusterEngine, engine: LocalEngine, dataset: Path) -> None:
    tables = [pairs(opened(dataset), Chosen(level="province"), Chosen(level="city"), one, n=3) for one in (engine, two)]
    order = [("upper_document", "ascending"), ("upper_item", "ascending"), ("rank", "ascending")]
    assert tables[0].num_rows and pa.Table.equals(*(table.sort_by(order) for table in tables))


@pytest.mark.filterwarnings("error:Sending large graph")
def test_large_tasks_are_sent_without_a_warning(two: ClusterEngine) -> None:
    assert dict(two.run(len, [bytes(12_000_000)])) == {0: 12_000_000}


def test_a_task_whose_workers_die_is_lost(address: str) -> None:
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1", silence_logs=50) as made:
        with distributed.Client(made.scheduler_address, set_as_default=False) as client:
            client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 0))
        with ClusterEngine(made.scheduler_address) as engine:
            found = dict(engine.run(square, [3, -1], one_by_one=True))
            assert found[0] == 9 and isinstance(found[1], Lost)


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    with pytest.raises(UsageError, match="连不上"):
        ClusterEngine("tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="连不上"):
        ClusterEngine("什么://?")


def test_a_cluster_without_workers() -> None:
    with distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1", silence_logs=50) as made, pytest.raises(UsageError, match="没有工作进程"):
        ClusterEngine(made.scheduler_address)


def test_workers_with_another_engine(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own, here = cluster.identity(), os.getpid()
    monkeypatch.setattr(cluster, "identity", lambda: own if os.getpid() == here else own._replace(version="0"))
    with pytest.raises(UsageError, match="不是同一版本"):
        ClusterEngine(address)


def test_workers_that_cannot_run_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own, here = cluster.identity(), os.getpid()
    monkeypatch.setattr(cluster, "identity", lambda: own if os.getpid() == here else {}["luoshi"])
    with pytest.raises(UsageError, match="运行不了落实"):
        ClusterEngine(address)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ToolMissing, match=r"luoshi\[cluster\]"):
        ClusterEngine("tcp://127.0.0.1:8786")
