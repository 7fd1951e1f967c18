"""Numbers as documents write them: 一百二十三, 三万二, 二〇二五, 1.5万亿, 百分之三十.

Only what is a number by itself: 十二五 (a plan) and 第三 (an ordinal) are None. Nothing is looked for in running text.
"""

import re
from decimal import Decimal

DIGITS = "〇○零一二两三四五六七八九"
_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_WORDS = {"半": 0.5, "百分之百": 1}
_FRACTIONS = {"百分之": 100, "千分之": 1000, "万分之": 10000}
_ARABIC = re.compile(r"(?P<number>\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,30})?|\d{1,30}(?:\.\d{1,30})?)(?P<units>[十百千万萬亿億]{0,4})")
_IN_WORDS = re.compile(rf"[{DIGITS}兩十百千万萬亿億]{{1,30}}")
_BY_DIGIT = re.compile(r"[〇○零一二三四五六七八九]{3,30}")  # two digits, 九五, name a plan


def parse_number(text: str) -> int | float | None:
    """The value of ``text`` when all of it is one number, else None; whole numbers are ``int``."""
    if text in _WORDS:
        return _WORDS[text]
    for words, divisor in _FRACTIONS.items():
        if text.startswith(words):
            part = parse_number(text[len(words) :])
            return None if part is None else _plain(Decimal(str(part)) / divisor)
    arabic = _ARABIC.fullmatch(text)
    if arabic:
        value = Decimal(arabic["number"].replace(",", ""))
        for unit in arabic["units"]:
            value *= _SMALL.get(unit) or _LARGE[unit]
        return _plain(value)
    whole, point, decimals = text.partition("点")
    if point:
        return _with_decimals(whole, decimals)
    if _BY_DIGIT.fullmatch(text):
        return int("".join(str(_VALUES[c]) for c in text))
    return _in_words(text) if _IN_WORDS.fullmatch(text) else None


def _plain(value: Decimal) -> int | float:
    """``int`` where the value is whole, so that 1.2万 is 12000 and not 12000.0."""
    return int(value) if value == value.to_integral_value() else float(value)


def _with_decimals(whole: str, decimals: str) -> float | None:
    """三点五 is 3.5; 一点二亿 is read by its unit."""
    unit = 1
    while decimals and decimals[-1] in _LARGE:
        unit *= _LARGE[decimals[-1]]
        decimals = decimals[:-1]
    before = _in_words(whole) if _IN_WORDS.fullmatch(whole) else None
    if before is None or not decimals or any(c not in _VALUES for c in decimals):
        return None
    return float(Decimal(f"{before}.{''.join(str(_VALUES[c]) for c in decimals)}") * unit)


def _in_words(text: str) -> int | None:
    """The value of a number in characters with 十, 百, 千, 万, 亿; None where the order makes no number (十二五)."""
    total = section = 0
    digit: int | None = None
    step = 10  # what a digit at the very end is worth: 三万二 is 32000, 三百二 is 320
    smallest = 10**9  # within a section units only fall: 百十 yes, 十百 no
    for c in text:
        if c in _VALUES:
            if digit is not None and digit != 0:
                return None
            digit = _VALUES[c]
            step = 10 if digit == 0 else step
        elif c in _SMALL:
            unit = _SMALL[c]
            if unit >= smallest or (digit is None and unit != 10):
                return None
            section += (1 if digit is None else digit) * unit
            digit, smallest, step = None, unit, unit
        else:
            if digit is None and section == 0 and total == 0:
                return None
            section += digit or 0
            total = (total + section) * _LARGE[c] if total < _LARGE[c] or not section else total + section * _LARGE[c]  # 七万万
            section, digit, smallest, step = 0, None, 10**9, _LARGE[c]
    return total + section + _tail(text, digit, step)


def _tail(text: str, digit: int | None, step: int) -> int:
    """What the last digit is worth: the next lower place after 万, 千, 百 (三万二), itself after 十, 零 or alone."""
    if digit is None:
        return 0
    shortened = len(text) > 1 and step > 10 and text[-2] not in "零〇○"
    return digit * step // 10 if shortened else digit
