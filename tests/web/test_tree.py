"""The tree of RFC 6962: against the published vectors, against the definition written out, in both algorithms, and with everything that is no proof refused."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.text import ToolMissing, UsageError
from luoshi.web.audit import tree
from luoshi.web.audit.tree import Growing, is_consistent, is_included, root_of, roots_of, stretches_of_consistency, stretches_of_inclusion

# The vectors of Certificate Transparency: google/certificate-transparency, merkle_tree_test; transparency-dev/merkle, testonly.
INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
FIRST, SECOND, FIFTH = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
)
LATER = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
LAST_TWO = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
SIXTH_PAIR = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
INCLUSION = {(0, 1): [], (0, 8): [FIRST, SECOND, LATER], (5, 8): [FIFTH, LAST_TWO, ROOTS[4]], (2, 3): [ROOTS[2]], (1, 5): [ROOTS[1], SECOND, FIFTH]}
CONSISTENCY = {(1, 1): [], (1, 8): [FIRST, SECOND, LATER], (6, 8): [SIXTH_PAIR, LAST_TWO, ROOTS[4]], (2, 5): [SECOND, FIFTH]}


def leaves_of(count: int, algorithm: str = tree.SHA256) -> list[bytes]:
    """Hashes of so many leaves."""
    made = Growing(algorithm)
    return [made.leaf(str(n).encode()) for n in range(count)]


VECTOR = [Growing().leaf(bytes.fromhex(one)) for one in INPUTS]


@pytest.mark.parametrize("size", range(9))
def test_roots_of_the_vectors(size: int) -> None:
    assert root_of(VECTOR[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_of_the_vectors(index: int, size: int) -> None:
    path = roots_of(VECTOR, stretches_of_inclusion(index, size))
    assert [one.hex() for one in path] == INCLUSION[index, size]
    assert is_included(VECTOR[index], index, size, bytes.fromhex(ROOTS[size]), path)


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_consistency_of_the_vectors(old: int, new: int) -> None:
    path = roots_of(VECTOR, stretches_of_consistency(old, new))
    assert [one.hex() for one in path] == CONSISTENCY[old, new]
    assert is_consistent(old, bytes.fromhex(ROOTS[old]), new, bytes.fromhex(ROOTS[new]), path)


def by_definition(leaves: Sequence[bytes], algorithm: str) -> bytes:
    """MTH of RFC 6962 §2.1, word for word, over hashes of leaves."""
    if not leaves:
        return hashlib.new(algorithm).digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.new(algorithm, b"\x01" + by_definition(leaves[:k], algorithm) + by_definition(leaves[k:], algorithm)).digest()


@pytest.mark.parametrize("algorithm", tree.ALGORITHMS)
def test_every_proof_of_every_small_tree_holds_and_is_held_by_nothing_else(algorithm: str) -> None:
    leaves = leaves_of(24, algorithm)
    roots = [by_definition(leaves[:n], algorithm) for n in range(25)]
    assert roots == [root_of(leaves[:n], algorithm) for n in range(25)]
    for size in range(1, 25):
        for index in range(size):
            path = roots_of(leaves, stretches_of_inclusion(index, size), algorithm)
            assert is_included(leaves[index], index, size, roots[size], path, algorithm)
            assert not is_included(leaves[(index + 1) % 24], index, size, roots[size], path, algorithm)
            assert not is_included(leaves[index], index, size, roots[size - 1], path, algorithm)
            assert not is_included(leaves[index], index, size, roots[size], [*path, leaves[0]], algorithm)
            assert not path or not is_included(leaves[index], index, size, roots[size], path[:-1], algorithm)
        for old in range(size + 1):
            path = roots_of(leaves, stretches_of_consistency(old, size), algorithm)
            assert is_consistent(old, roots[old], size, roots[size], path, algorithm)
            assert not is_consistent(old, roots[old], size, roots[size], [*path, leaves[0]], algorithm)
            if old:
                assert not is_consistent(old, roots[old - 1], size, roots[size], path, algorithm)
                assert not is_consistent(old, roots[old], size, roots[size - 1], path, algorithm) or old == size - 1 == 0
            if path:
                assert not is_consistent(old, roots[old], size, roots[size], path[:-1], algorithm)
                assert not is_consistent(old, roots[old], size, roots[size], [leaves[0], *path[1:]], algorithm)


@given(st.integers(0, 3000).flatmap(lambda new: st.tuples(st.integers(0, new), st.just(new))))
def test_stretches_are_laid_end_to_end_and_few(sizes: tuple[int, int]) -> None:
    old, new = sizes
    found = stretches_of_consistency(old, new)
    assert len(found) <= max(1, new.bit_length()) + 1
    if found:
        assert (sum(high - low for low, high in found)) in (new, new - old, new - _full(old))
    if new:
        held = sorted([*stretches_of_inclusion(min(old, new - 1), new), (min(old, new - 1), min(old, new - 1) + 1)])
        assert [low for low, _ in held] == [0, *(high for _, high in held[:-1])] and held[-1][1] == new


def _full(old: int) -> int:
    """The old tree where it is one full subtree, which needs no hash of its own."""
    return old if old & (old - 1) == 0 else 0


def test_a_tree_of_a_million_leaves_keeps_one_hash_a_level() -> None:
    grown, leaf = Growing(), bytes(32)
    for _ in range(10_000):
        grown.add(leaf)
    assert grown.size == 10_000 and len(grown.peaks) == (10_000).bit_count()
    assert grown.copy().root() == grown.root()


@pytest.mark.parametrize("algorithm", tree.ALGORITHMS)
def test_many_leaves_at_a_time_are_the_same_tree(algorithm: str) -> None:
    leaves = leaves_of(40, algorithm)
    for first in range(20):
        for more in range(21):
            grown, slow = Growing(algorithm), Growing(algorithm)
            grown.extend(leaves[:first])
            grown.extend(leaves[first : first + more])
            for leaf in leaves[: first + more]:
                slow.add(leaf)
            assert (grown.size, grown.peaks) == (slow.size, slow.peaks)
            grown.add(leaves[-1])
            assert grown.root() == by_definition([*leaves[: first + more], leaves[-1]], algorithm)


def test_sm3_is_refused_with_a_sentence_where_openssl_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(name: str) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", without)
    with pytest.raises(ToolMissing, match="SM3"):
        Growing(tree.SM3)
    with pytest.raises(UsageError, match="md5"):
        Growing("md5")
