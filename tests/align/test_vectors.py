"""Vectors against a count by hand: which n-grams there are, that parts add up, that weights are exact."""

from collections import Counter

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from scipy.sparse import csr_matrix, vstack

from luoshi.align import vectors
from luoshi.align.vectors import (
    BITS,
    GRID,
    IDF_STEP,
    WIDE,
    Frequency,
    Places,
    against_background,
    background,
    background_weights,
    document_frequency,
    grams,
    idf,
    weighted,
)

ALPHABET = "发展经济工作2５aＡb，。 \n（𠀀\ud800é"
texts_of = st.lists(st.text(alphabet=ALPHABET, max_size=25), max_size=12)


def folded(char: str) -> str:
    """The character as it counts: width and case folded, empty where it is no letter or digit."""
    if ord(char) > 0xFFFF:
        return char
    char = chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
    return (char.lower() if char.isascii() else char) if char.isalnum() else ""


def by_hand(text: str, sizes: tuple[int, ...]) -> Counter[str]:
    chars = [folded(char) for char in text]
    found: Counter[str] = Counter()
    for size in sizes:
        found.update("".join(part) for i in range(len(chars) - size + 1) if all(part := chars[i : i + size]))
    return found


def column(gram: str, bits: int = BITS) -> int:
    counts = grams([gram], sizes=(len(gram),), bits=bits)
    assert counts.nnz == 1
    return int(counts.indices[0])


@settings(max_examples=300, deadline=None)
@given(texts=texts_of, sizes=st.sampled_from([(2,), (3,), (2, 3), (1, 2), (2, 4)]), chars=st.sampled_from([1, 30, 1 << 16]), bits=st.sampled_from([BITS, WIDE]))
def test_the_grams_of_every_text(texts: list[str], sizes: tuple[int, ...], chars: int, bits: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "_BLOCK_CHARS", chars)
        counts = grams(texts, sizes=sizes, bits=bits)
    assert counts.shape == (len(texts), 1 << bits)
    assert counts.dtype == np.float32
    assert counts.indices.dtype == np.int32
    for i, text in enumerate(texts):
        row = slice(counts.indptr[i], counts.indptr[i + 1])
        expected: Counter[int] = Counter()
        for gram, times in by_hand(text, sizes).items():
            expected[column(gram, bits)] += times
        assert list(zip(counts.indices[row].tolist(), counts.data[row].tolist(), strict=True)) == sorted(expected.items())


@settings(max_examples=300, deadline=None)
@given(listed=st.sets(st.integers(0, (1 << WIDE) - 1) | st.integers(0, 40), max_size=60), others=st.lists(st.integers(0, (1 << WIDE) - 1) | st.integers(0, 50)))
def test_places(listed: set[int], others: list[int]) -> None:
    columns = sorted(listed)
    asked = [*columns, *others]
    found = Places(np.array(columns, dtype=np.int32)).of(np.array(asked, dtype=np.int32))
    assert found.tolist() == [columns.index(column) if column in listed else -1 for column in asked]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("推动发展", ["推动", "动发", "发展"], id="plain"),
        pytest.param("推动，发展", ["推动", "发展"], id="not over punctuation"),
        pytest.param("推动\n发展", ["推动", "发展"], id="not over a line end inside a text"),
        pytest.param("增长５％", ["增长", "长5"], id="width folded"),
        pytest.param("5G", ["5g"], id="case folded"),
        pytest.param("展", [], id="one character"),
        pytest.param("", [], id="empty"),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert sorted(grams([text], sizes=(2,)).indices.tolist()) == sorted(column(gram) for gram in expected)


def test_order_of_characters_counts() -> None:
    assert column("发展") != column("展发")
    assert column("发展") != column("发展经")


def test_columns_are_fixed() -> None:
    """The background and stored vectors depend on the hash."""
    assert [column(gram) for gram in ("发展", "落实", "高质量", "𠀀a")] == [857363, 2423666, 2790788, 1735002]


def test_many_rows_are_the_rows_one_by_one() -> None:
    texts = ["推动经济发展" * (i % 5) + str(i) for i in range(3000)]
    one_by_one = vstack([grams(texts[i : i + 1]) for i in range(0, 3000, 100)], format="csr")
    assert (grams(texts)[::100] != one_by_one).nnz == 0


def test_wide_columns_begin_like_narrow_ones() -> None:
    assert column("高质量", WIDE) >> (WIDE - BITS) == column("高质量")


def as_dict(frequency: Frequency) -> dict[int, int]:
    return dict(zip(frequency.columns.tolist(), frequency.counts.tolist(), strict=True))


def test_frequencies_of_parts_add_up() -> None:
    texts = ["推动发展", "发展发展", "", "经济发展，经济工作"]
    whole = as_dict(document_frequency(grams(texts, bits=WIDE)))
    assert as_dict(document_frequency(grams(texts[:2], bits=WIDE)) + document_frequency(grams(texts[2:], bits=WIDE))) == whole
    assert as_dict(document_frequency(grams([], bits=WIDE)) + document_frequency(grams(texts, bits=WIDE))) == whole
    assert list(whole) == sorted(whole)
    assert whole[column("发展", WIDE)] == 3
    assert whole[column("经济", WIDE)] == 1
    assert 0 not in whole.values()


def test_idf_falls_with_frequency_and_stays_on_its_grid() -> None:
    worth = idf(Frequency(np.array([3, 5, 9], dtype=np.int32), np.array([1, 10, 1000])), 1000)
    assert worth.weights.dtype == np.float32
    assert worth.weights[:3].tolist() == sorted(worth.weights[:3], reverse=True)
    assert worth.weights[2] == 1
    assert worth.weights[-1] == pytest.approx(np.log(1001) + 1, abs=IDF_STEP)
    assert worth.weights[worth.places.of(np.array([5, 6], dtype=np.int32))].tolist() == [worth.weights[1], worth.weights[-1]]
    assert np.array_equal(np.rint(worth.weights / IDF_STEP) * IDF_STEP, worth.weights)


@settings(max_examples=100, deadline=None)
@given(texts=texts_of, block=st.sampled_from([1, 3, 1 << 15]))
def test_rows_are_of_length_one_on_the_grid(texts: list[str], block: int) -> None:
    counts = grams(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "_BLOCK_WEIGHED", block)
        rows = weighted(counts, idf(document_frequency(counts), len(texts)))
    steps = rows.data.astype(np.float64) / GRID
    assert np.array_equal(steps, np.rint(steps))
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1))).ravel()
    there = np.diff(counts.indptr) > 0
    assert np.allclose(lengths[there], 1, atol=1e-5)
    assert not lengths[~there].any()


def test_weight_is_count_times_idf() -> None:
    counts = grams(["发展发展经"], sizes=(2,))
    worth = idf(Frequency(np.array([column("展经")], dtype=np.int32), np.array([1])), 1)
    assert worth.weights.tolist() == [1.0, pytest.approx(np.log(2) + 1, abs=IDF_STEP)]
    row = weighted(counts, worth)
    rare = float(worth.weights[1])
    length = np.sqrt((2 * rare) ** 2 + rare**2 + 1)
    assert row[0, column("发展")] == pytest.approx(2 * rare / length, abs=1e-6)
    assert row[0, column("展经")] == pytest.approx(1 / length, abs=1e-6)


def test_sums_are_exact_in_any_order() -> None:
    texts = ["推动经济高质量发展取得新成效" * 3 + str(i) for i in range(50)]
    rows = against_background(grams(texts, sizes=(2,))).astype(np.float64)
    products = rows[0].multiply(rows[1]).tocsr().data
    assert products.size > 10
    assert products.sum() == sum(sorted(products)) == sum(sorted(products, reverse=True)) == sum(products[np.random.default_rng(1).permutation(products.size)])


def test_background_knows_what_is_common() -> None:
    assert background().shape == (1 << vectors.BACKGROUND_BITS,)
    assert background().dtype == np.uint8

    def worth(pair: str) -> float:
        return float(background_weights(grams([pair], sizes=(2,)))[0])

    assert worth("发展") < worth("机器") < worth("榨菜")


def test_background_lengthens_what_is_rare() -> None:
    row = against_background(grams(["发展，榨菜"], sizes=(2,)))
    assert row[0, column("发展")] < row[0, column("榨菜")]
    assert isinstance(row, csr_matrix)
    assert against_background(grams([""], sizes=(2,))).nnz == 0
