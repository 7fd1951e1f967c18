"""Days as people type them."""

from datetime import date

import pytest

from luoshi.web.programmes.typed_day import typed_day

SINCE = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2027年3月1日", date(2027, 3, 1)),
        ("20270301", date(2027, 3, 1)),
        ("12-31", date(2026, 12, 31)),
        ("12.5", date(2026, 12, 5)),
        ("1231", date(2026, 12, 31)),
        ("11月26日", date(2026, 11, 26)),
        ("11月25日前", date(2027, 11, 25)),
        (" 3月底之前 ", date(2027, 3, 31)),
        ("2028年2月底", date(2028, 2, 29)),
        ("年底前", date(2026, 12, 31)),
        ("2027年底", date(2027, 12, 31)),
        ("", None),
        ("  ", None),
    ],
)
def test_days(text: str, wanted: date | None) -> None:
    assert typed_day(text, SINCE) == wanted


@pytest.mark.parametrize("text", ["下周", "13-1", "2026-02-30", "0000-01-01", "99991331", "13月底", "2-29", "１２", "12-31-", "前"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        typed_day(text, SINCE)
