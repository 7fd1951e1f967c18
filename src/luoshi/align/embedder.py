"""A local model that gives texts vectors of meaning. Optional: none is shipped, none is ever fetched, nothing depends on one.

Alignment may let such a model move a pair out of *to check*, and then records its name and hash. A model is a folder with two files:

- ``tokens.txt``: UTF-8, one token a line, no two alike;
- ``vectors.npy``: a numpy array, float32 [tokens, dims], the line of each token.

A text is cut from left to right into the longest tokens that fit; characters that begin no token are passed over. Its vector is the mean
of its tokens' vectors, of length 1; a text without any token has only zeros. Anything else with a ``name``, a ``sha256`` and an
``embed`` will do as well.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from luoshi.text.errors import UsageError
from luoshi.text.language import _

TOKENS = "tokens.txt"
VECTORS = "vectors.npy"


class Embedder(Protocol):
    """What alignment asks of a model."""

    @property
    def name(self) -> str:
        """What to call it in a report."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of its files, so that a result can be repeated."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32 [texts, dims], every row of length 1 or all zeros."""


class StaticEmbedder:
    """One vector for each token, wherever it stands."""

    def __init__(self, name: str, sha256: str, tokens: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self.name = name
        self.sha256 = sha256
        self._numbers = {token: i for i, token in enumerate(tokens)}
        self._longest = max(map(len, tokens), default=0)
        self._vectors = vectors

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32 [texts, dims], every row of length 1 or all zeros."""
        result = np.zeros((len(texts), self._vectors.shape[1]), dtype=np.float32)
        for i, text in enumerate(texts):
            numbers = self._tokens(text)
            if numbers:
                mean = self._vectors[numbers].mean(axis=0, dtype=np.float64)
                result[i] = mean / (np.linalg.norm(mean) or 1.0)
        return result

    def _tokens(self, text: str) -> list[int]:
        found = []
        at = 0
        while at < len(text):
            for end in range(min(at + self._longest, len(text)), at, -1):
                number = self._numbers.get(text[at:end])
                if number is not None:
                    found.append(number)
                    at = end
                    break
            else:
                at += 1
        return found


def load_embedder(path: Path) -> Embedder:
    """The model in the folder ``path``, called by the folder's name.

    Raises UsageError where the folder does not hold one.
    """
    files = [path / TOKENS, path / VECTORS]
    for file in files:
        if not file.is_file():
            raise UsageError(_("{path} 里没有本地模型：缺 {name}。").format(path=path, name=file.name), hint=_layout())
    try:
        tokens = files[0].read_text("utf-8").removesuffix("\n").split("\n")
        vectors = np.load(files[1], allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise UsageError(_("{path} 里的本地模型读不出来。").format(path=path), hint=_layout()) from error
    if not isinstance(vectors, np.ndarray) or vectors.ndim != 2 or vectors.dtype != np.float32 or not np.isfinite(vectors).all():
        raise UsageError(_("{path} 不是二维 float32 数组，或其中有非数。").format(path=files[1]), hint=_layout())
    if len(tokens) != len(vectors) or len(set(tokens)) != len(tokens) or not all(tokens):
        raise UsageError(
            _("{path} 里的词元与向量对不上：{tokens} 行，{vectors} 个向量；词元不得空，不得重复。").format(path=path, tokens=len(tokens), vectors=len(vectors)),
            hint=_layout(),
        )
    return StaticEmbedder(path.resolve().name, _sha256(files), tokens, vectors)


def _layout() -> str:
    return _("模型是一个文件夹：tokens.txt 每行一个词元，vectors.npy 是与之逐行对应的 float32 数组。不用模型也能对标：去掉这个选项即可。")


def _sha256(files: Sequence[Path]) -> str:
    """Over the files in order: first the tokens, then the vectors."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
