"""Datasets that several tests ask, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from luoshi.corpus.building import build
from luoshi.corpus.engines import LocalEngine
from tests.corpus.material import corpus


@pytest.fixture(scope="session")
def engine() -> Iterator[LocalEngine]:
    """Two local processes."""
    with LocalEngine(2) as made:
        yield made


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented corpus."""
    return corpus(tmp_path_factory.mktemp("corpus") / "原件")


@pytest.fixture(scope="session")
def dataset(folder: Path, engine: LocalEngine) -> Path:
    """The dataset of it, made without interruption."""
    target = folder.parent / "数据集"
    build(folder, target, engine)
    return target
