"""How many are drawn, of which unit, which ones, and what they say of all: held against published tables and against numbers worked out by hand."""

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.web.lookback.rates import told, wilson
from luoshi.web.lookback.sampling import CONFIDENCES, MARGINS, allocate, draw, list_hash, sample_size


@pytest.mark.parametrize(
    ("found", "checked", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_newcombe_prints_it(found: int, checked: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table 1, method 3: score without continuity correction, 95 %."""
    assert (round(wilson(found, checked).low, 4), round(wilson(found, checked).high, 4)) == (low, high)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from(CONFIDENCES))
def test_an_interval_holds_its_share_and_is_its_own_mirror(of: tuple[int, int], confidence: int) -> None:
    found, checked = of
    here, mirror = wilson(found, checked, confidence=confidence), wilson(checked - found, checked, confidence=confidence)
    assert 0 <= here.low <= found / checked <= here.high <= 1
    assert here.low == pytest.approx(1 - mirror.high) and here.high == pytest.approx(1 - mirror.low)


@pytest.mark.parametrize(("found", "checked"), [(0, 0), (-1, 5), (6, 5)])
def test_no_interval_of_nothing(found: int, checked: int) -> None:
    with pytest.raises(ValueError, match="of"):
        wilson(found, checked)


@pytest.mark.parametrize(
    ("checked", "relapsed", "every", "said"),
    [
        pytest.param(20, 1, False, "抽查 20 件，巩固 19，反弹 1；反弹率 1%–24%（95%）", id="an interval"),
        pytest.param(20, 0, False, "抽查 20 件，巩固 20，反弹 0；反弹率 0%–16%（95%）", id="none found is not none there"),
        pytest.param(5, 1, False, "抽查 5 件，巩固 4，反弹 1；反弹率 4%–62%（95%）", id="five"),
        pytest.param(4, 1, False, "抽查 4 件，巩固 3，反弹 1", id="below five counts alone"),
        pytest.param(30, 2, True, "抽查 30 件，巩固 28，反弹 2", id="all looked at: nothing to guess"),
    ],
)
def test_what_is_told(checked: int, relapsed: int, every: bool, said: str) -> None:
    assert told(checked, relapsed, confidence=95, every=every) == said


@pytest.mark.parametrize(
    ("population", "printed"),
    [(10, 10), (20, 19), (50, 44), (100, 80), (200, 132), (220, 140), (500, 217), (1000, 278), (1500, 306), (2800, 338), (9000, 368)],
)
def test_size_as_krejcie_and_morgan_print_it(population: int, printed: int) -> None:
    """R. V. Krejcie, D. W. Morgan, Educational and Psychological Measurement 30 (1970) 607-610: 95 %, ±5 points. They round to the nearest, we up."""
    assert printed <= sample_size(population, confidence=95, margin=5) <= printed + 1


@given(st.integers(0, 20_000), st.sampled_from(CONFIDENCES), st.sampled_from(MARGINS))
def test_size_is_some_and_not_more_than_all(population: int, confidence: int, margin: int) -> None:
    size = sample_size(population, confidence=confidence, margin=margin)
    assert (population > 0) <= size <= population


@pytest.mark.parametrize(
    ("counts", "size", "given_out"),
    [
        pytest.param([50, 30, 20], 10, [5, 3, 2], id="in proportion"),
        pytest.param([50, 3, 1, 0, 46], 20, [9, 1, 1, 0, 9], id="at least one where there is any"),
        pytest.param([10, 10, 10], 4, [2, 1, 1], id="a tie goes to the unit that stands first"),
        pytest.param([5, 5, 5], 1, [1, 1, 1], id="raised to the number of units"),
        pytest.param([3, 4], 99, [3, 4], id="all"),
        pytest.param([0, 0], 3, [0, 0], id="none"),
        pytest.param([], 3, [], id="no units"),
    ],
)
def test_shares_of_units(counts: list[int], size: int, given_out: list[int]) -> None:
    assert allocate(counts, size) == given_out


@given(st.lists(st.integers(0, 60), max_size=25), st.integers(0, 400))
def test_shares_add_up_and_fit(counts: list[int], size: int) -> None:
    made = allocate(counts, size)
    assert sum(made) == min(sum(counts), max(size, sum(count > 0 for count in counts)))
    assert all((count > 0) <= share <= count for count, share in zip(counts, made, strict=True))


NUMBERS = [f"LJ-2026-{n:04}" for n in range(1, 31)]


def test_the_draw_by_hand() -> None:
    by_hand = sorted(NUMBERS, key=lambda number: hashlib.sha256(b"linjiang:" + number.encode()).hexdigest())
    assert draw(NUMBERS, 5, "linjiang") == by_hand[:5] == ["LJ-2026-0017", "LJ-2026-0022", "LJ-2026-0030", "LJ-2026-0026", "LJ-2026-0003"]


@given(st.permutations(NUMBERS))
def test_the_draw_knows_no_order(numbers: list[str]) -> None:
    assert draw(numbers, 5, "linjiang") == draw(NUMBERS, 5, "linjiang")
    assert list_hash(numbers) == list_hash(NUMBERS)


def test_a_longer_sample_begins_with_the_shorter() -> None:
    assert draw(NUMBERS, 9, "x")[:4] == draw(NUMBERS, 4, "x")


def test_every_matter_is_drawn_about_as_often() -> None:
    seeds = Random(1)
    drawn = [number for _turn in range(3000) for number in draw(NUMBERS, 10, f"{seeds.getrandbits(64):x}")]
    assert all(880 < drawn.count(number) < 1120 for number in NUMBERS)  # 1000 expected, more than four standard deviations to either side
