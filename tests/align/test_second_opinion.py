"""What a local model may have a say in: what is to be checked, and nothing else."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from luoshi.align import Alignment, EmbedderFacts, Link, align, load_embedder
from luoshi.decompose.model import Decomposition
from luoshi.text import Span
from tests.align.contract import assert_contract
from tests.align.documents import made_of
from tests.decompose.shapes import sample


class Answering:
    """A model that takes every two passages for as alike as it is told."""

    name = "answering"
    sha256 = "0" * 64

    def __init__(self, cosine: float) -> None:
        self._told = np.array([[1.0, 0.0], [cosine, (1 - cosine**2) ** 0.5]], np.float32)
        self.asked: list[list[str]] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The first side has one vector, the second another."""
        self.asked.append([*texts])
        return np.repeat(self._told[[(len(self.asked) - 1) % 2]], len(self.asked[-1]), axis=0)


@cache
def chain() -> tuple[Decomposition, Decomposition]:
    return made_of(sample("province-opinion")), made_of(sample("county-department-plan"))


def _bundles(made: Alignment) -> dict[tuple[Span, Span], Link]:
    return {(link.upper, link.lower): link for link in made.links if link.level == "bundle"}


def _open(link: Link) -> bool:
    return link.score < 0.5


@pytest.mark.parametrize(("cosine", "moved"), [(1.0, "found"), (0.76, "found"), (0.74, "none"), (0.26, "none"), (0.24, "gone"), (0.0, "gone")])
def test_a_model_moves_what_is_to_be_checked_and_nothing_else(cosine: float, moved: str) -> None:
    upper, lower = chain()
    model = Answering(cosine)
    without, made = align(upper, lower), align(upper, lower, embedder=model)
    assert_contract(made)
    before, after = _bundles(without), _bundles(made)
    unsure = {pair for pair, link in before.items() if _open(link)}
    assert unsure and len(unsure) < len(before)
    assert {pair: after[pair] for pair in before.keys() - unsure} == {pair: before[pair] for pair in before.keys() - unsure}
    assert after.keys() == (before.keys() - unsure if moved == "gone" else before.keys())
    if moved == "found":
        assert not any(_open(link) for link in after.values())
    if moved == "none":
        assert made.links == without.links
    if moved != "gone":
        assert [(link.relation, link.also, link.added, link.changed) for link in made.links] == [
            (link.relation, link.also, link.added, link.changed) for link in without.links
        ]
    assert sum(len(texts) for texts in model.asked) == 2 * len(unsure)


def test_a_model_is_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "tiny-model"
    folder.mkdir()
    letters = sorted({letter for made in chain() for letter in made.source.text if letter.strip()})
    (folder / "tokens.txt").write_text("\n".join(letters) + "\n", "utf-8")
    np.save(folder / "vectors.npy", np.eye(len(letters), dtype=np.float32))
    model = load_embedder(folder)
    made = align(*chain(), embedder=model)
    assert_contract(made)
    assert made.embedder == EmbedderFacts("tiny-model", model.sha256)
    assert len(model.sha256) == 64
    assert align(*chain()).embedder is None
    assert align(*chain(), embedder=model) == made
