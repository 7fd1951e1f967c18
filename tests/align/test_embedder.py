"""A local model: a tiny one made here is loaded, cuts texts into its longest tokens, and is refused where it is not one."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from luoshi.align.embedder import Embedder, load_embedder
from luoshi.text.errors import UsageError

TOKENS = ["发", "展", "发展", "经济"]
VECTORS = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 2], [3, 0, 4]], dtype=np.float32)


def model(folder: Path, tokens: str = "\n".join(TOKENS) + "\n", vectors: object = VECTORS) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "tokens.txt").write_bytes(tokens.encode("utf-8"))
    np.save(folder / "vectors.npy", vectors)  # type: ignore[arg-type]
    return folder


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("发展", [0, 0, 1], id="longest token"),
        pytest.param("发，展", [0.5**0.5, 0.5**0.5, 0], id="mean of two, of length 1"),
        pytest.param("大发展！", [0, 0, 1], id="unknown characters passed over"),
        pytest.param("经济", [0.6, 0, 0.8], id="length 1"),
        pytest.param("大小", [0, 0, 0], id="no token"),
        pytest.param("", [0, 0, 0], id="empty"),
    ],
)
def test_embed(tmp_path: Path, text: str, expected: list[float]) -> None:
    found = load_embedder(model(tmp_path / "tiny")).embed([text, "发"])
    assert found.dtype == np.float32
    assert found.shape == (2, 3)
    assert found[0] == pytest.approx(expected, abs=1e-6)


def test_vectors_that_cancel_out_are_no_direction(tmp_path: Path) -> None:
    found = load_embedder(model(tmp_path / "tiny", "甲\n乙", np.array([[1, 0], [-1, 0]], dtype=np.float32))).embed(["甲乙"])
    assert found.tolist() == [[0, 0]]


def test_name_and_hash(tmp_path: Path) -> None:
    folder = model(tmp_path / "tiny")
    loaded: Embedder = load_embedder(folder)
    assert loaded.name == "tiny"
    assert loaded.sha256 == hashlib.sha256((folder / "tokens.txt").read_bytes() + (folder / "vectors.npy").read_bytes()).hexdigest()
    assert loaded.embed([]).shape == (0, 3)


@pytest.mark.parametrize(
    ("tokens", "vectors"),
    [
        pytest.param("发\n展", VECTORS, id="fewer tokens than vectors"),
        pytest.param("发\n发\n展\n经", VECTORS, id="a token twice"),
        pytest.param("发\n\n展\n经", VECTORS, id="an empty token"),
        pytest.param("发\n展\n发展\n经济", VECTORS.astype(np.float64), id="not float32"),
        pytest.param("发\n展\n发展", np.ones(3, dtype=np.float32), id="one dimension"),
        pytest.param("发", np.array([[np.nan]], dtype=np.float32), id="not a number"),
        pytest.param("发", np.array([[{}]], dtype=object), id="objects, which could run code"),
    ],
)
def test_what_is_no_model(tmp_path: Path, tokens: str, vectors: object) -> None:
    with pytest.raises(UsageError) as caught:
        load_embedder(model(tmp_path / "tiny", tokens, vectors))
    assert "tokens.txt" in caught.value.hint


def test_missing_and_damaged_files(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_embedder(tmp_path / "nowhere")
    folder = model(tmp_path / "tiny")
    (folder / "vectors.npy").write_bytes(b"\x93NUMPY\x01\x00")
    with pytest.raises(UsageError):
        load_embedder(folder)
    (folder / "vectors.npy").write_bytes(b"")
    with pytest.raises(UsageError):
        load_embedder(folder)
    model(folder)
    (folder / "tokens.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError):
        load_embedder(folder)
    (folder / "vectors.npy").unlink()
    with pytest.raises(UsageError, match=r"vectors\.npy"):
        load_embedder(folder)
