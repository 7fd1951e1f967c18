"""Numbers as documents write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.decompose.rules.numerals import parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(text, value, id=text or "empty")
        for text, value in (
            ("三", 3), ("两", 2), ("十", 10), ("十五", 15), ("一十二", 12), ("二十", 20), ("一百二十三", 123), ("三百二", 320), ("一千零五", 1005),
            ("三万二", 32000), ("两万五千", 25000), ("一万零二十", 10020), ("两千万", 20_000_000), ("一亿二千万", 120_000_000), ("一万亿", 10**12), ("七万万", 700_000_000),
            ("二〇二五", 2025), ("一九八六", 1986), ("二○三五", 2035), ("三点五", 3.5), ("一点二亿", 120_000_000.0), ("半", 0.5),
            ("12", 12), ("3.50", 3.5), ("1,200", 1200), ("1,200万", 12_000_000), ("1.1万", 11000), ("1.5万亿", 1_500_000_000_000), ("3千", 3000),
            ("百分之三十", 0.3), ("百分之一点五", 0.015), ("百分之百", 1), ("百分之0.5", 0.005), ("千分之二", 0.002),
            ("十二五", None), ("九五", None), ("第三", None), ("千百", None), ("万", None), ("百分之", None), ("三点", None), ("点五", None), ("五年", None), ("", None),
        )
    ],
)  # fmt: skip
def test_parse_number(text: str, value: float | None) -> None:
    assert parse_number(text) == value
    assert type(parse_number(text)) is type(value)


def in_words(n: int) -> str:
    """``n`` below 100 million as an office writes it."""
    if n >= 10000:
        rest = n % 10000
        return in_words(n // 10000) + "万" + (("零" if rest < 1000 else "") + in_words(rest) if rest else "")
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            words += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        elif words:
            gap = True
    return words


@given(st.integers(min_value=1, max_value=99_999_999))
def test_numbers_in_words_come_back(n: int) -> None:
    assert parse_number(in_words(n)) == n


@given(st.text(alphabet="〇零一二两三四五六七八九十百千万亿点半第分之0123456789.,", max_size=12))
def test_never_raises(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0
