"""A number as a spreadsheet shows it: 0.35 as 35%, 45838 as 2025-06-30, 12.0 as 12, 3 as 3万元.

Fractions, exponents and Chinese digits (``[DBNum1]``) are shown as the plain number. Source: ECMA-376 part 1, 18.8.30–31.
"""

import re
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

_MONTH, _DAY, _CLOCK = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
# Built-in formats of a Chinese Excel, which the table of openpyxl does not have.
_CHINESE_FORMATS = (
    dict.fromkeys((27, 36, 50, 52, 57), _MONTH)
    | dict.fromkeys((28, 29, 30, 31, 51, 53, 54, 58), _DAY)
    | dict.fromkeys((32, 33, 34, 35, 55, 56), _CLOCK)
)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].'
    r"|(?P<digits>general|[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<cut>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


def builtin_format(number_format_id: int) -> str:
    """The number format behind a built-in id, as a Chinese Excel has it."""
    return _CHINESE_FORMATS.get(number_format_id) or BUILTIN_FORMATS.get(number_format_id, "General")


def shown(raw: str, number_format: str, *, mac: bool = False) -> str:
    """The number ``raw`` as the cell shows it; ``mac`` says that its dates count from 1904. What is no number stays as it is."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return raw
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return raw
    date = _date(value, number_format, mac) if is_date_format(number_format) else None
    return date or _number(value, number_format)


def _date(value: Decimal, number_format: str, mac: bool) -> str | None:
    """A date as precise as the cell shows it, YYYY-MM-DD where it shows a day; None where the number is none."""
    if value < 0:
        return None
    seconds = round(value * 86_400)
    try:
        moment: datetime | time | timedelta | None = from_excel(seconds / 86_400, CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900)
    except (OverflowError, ValueError):
        return None
    if moment is None or isinstance(moment, timedelta):
        return None
    parts = {token["other"].lower() for token in _TOKEN.finditer(number_format) if token["other"]}
    clock = "%H:%M:%S" if "s" in parts else "%H:%M"
    if not isinstance(moment, datetime) or not parts & {"y", "d"}:
        return moment.strftime(clock)
    if "d" not in parts:
        return f"{moment.year}年{moment.month}月" if "m" in parts else str(moment.year)
    return moment.strftime(f"%Y-%m-%d {clock}" if "h" in parts else "%Y-%m-%d")


def _number(value: Decimal, number_format: str) -> str:
    """``value`` in the section of the format that is meant for it."""
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(number_format):
        if token["cut"]:
            sections.append([])
        else:
            sections[-1].append(token)
    own = len(sections) > 1 and value < 0
    section = sections[1] if own else sections[2] if len(sections) > 2 and value == 0 else sections[0]
    others = "".join(token["other"] or "" for token in section)
    places = sum(1 for token in section if token["digits"])
    # One section of several may show no digits: 0;-0;"无".
    expected = places == 1 or (places == 0 and len(sections) > 1)
    if not expected or re.search(r"[a-z@/]", others, re.IGNORECASE) or "[DBNum" in number_format:
        return _plain(value)
    amount = abs(value) * 100 ** others.count("%")
    text = "".join(_digits(amount, token["digits"]) if token["digits"] else _literal(token) for token in section)
    return ("-" if value < 0 and not own and places else "") + text.strip()


def _literal(token: re.Match[str]) -> str:
    """What a token that is no digit shows: literals without their quotes; colours and padding nothing."""
    return token["quoted"] or token["escaped"] or token["currency"] or token["other"] or ""


def _digits(amount: Decimal, pattern: str) -> str:
    """``amount`` by a pattern of digits: ``0.00``, ``#,##0``, ``0.0#``, ``General``."""
    if pattern.lower() == "general":
        return _plain(amount)
    scaled = pattern.rstrip(",")
    amount /= 1000 ** (len(pattern) - len(scaled))
    whole, _point, decimals = scaled.partition(".")
    comma = "," if "," in whole else ""
    text = f"{amount.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP):{comma}.{len(decimals)}f}"
    head, point, tail = text.partition(".")
    tail = tail[: decimals.count("0")] + tail[decimals.count("0") :].rstrip("0")
    return head.zfill(whole.count("0")) + (point + tail if tail else "")


def _plain(value: Decimal) -> str:
    """Fifteen digits, as many as a spreadsheet keeps; no exponent, no zeros at the end."""
    text = f"{Decimal(format(value, '.15g')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
