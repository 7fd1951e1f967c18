"""The store of files: by content, whole or not at all, checked when read."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from luoshi.text import DamagedFile, LimitExceeded
from luoshi.web.common import store

CONTENT = "云岭市养老服务".encode() * 1000


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Path]:
    with override_settings(FILES=tmp_path / "files"):
        yield tmp_path / "files"


@pytest.mark.parametrize("form", [pytest.param(CONTENT, id="bytes"), pytest.param(io.BytesIO(CONTENT), id="stream"), pytest.param([CONTENT[:7], CONTENT[7:]], id="pieces")])
def test_content_is_kept_under_its_digest(files: Path, form: bytes) -> None:
    kept = store.save(form)
    assert kept == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert store.read_stored(kept.sha256) == CONTENT and store.is_stored(kept.sha256)
    assert store.save(CONTENT) == kept
    assert [path.name for path in files.rglob("*") if path.is_file()] == [kept.sha256]


def test_too_much_leaves_nothing(files: Path) -> None:
    with pytest.raises(LimitExceeded):
        store.save(CONTENT, most=100)
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_a_changed_file_is_noticed(files: Path) -> None:
    kept = store.save(CONTENT)
    place = next(path for path in files.rglob("*") if path.is_file())
    place.chmod(0o600)
    place.write_bytes(b"other")
    with pytest.raises(DamagedFile):
        store.read_stored(kept.sha256)


def test_what_is_not_there(files: Path) -> None:
    assert not store.is_stored("0" * 64)
    with pytest.raises(DamagedFile):
        store.open_stored("0" * 64)
    with pytest.raises(ValueError):
        store.open_stored("../../etc/passwd")
