"""How Word writes the numbers of a list: 1, 一, ①, iv, 甲. One row per number format.

Formats beyond these (Thai, Hebrew …) are written as plain digits. Source: ECMA-376 part 1, 17.18.59 ST_NumberFormat.
"""

from collections.abc import Callable
from functools import partial

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _ten_thousands(value: int, digits: str, units: str, *, bare_ten: bool, bare_one: bool = False) -> str:
    """A number below 10,000 said in full: 一千零二十; ``bare_ten`` says 十二 for 一十二, ``bare_one`` 百 for 一百 (Japanese)."""
    if not 0 < value < 10_000:
        return str(value)
    text = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        if gap and not bare_one:
            text += digits[0]
        gap = False
        silent = digit == 1 and power and (bare_one or (bare_ten and power == 1 and not text))
        text += ("" if silent else digits[digit]) + (units[power - 1] if power else "")
    return text


def _digits(value: int, zero: str) -> str:
    """Digit by digit: 一〇二."""
    return str(value).translate(str.maketrans("0123456789", zero + "一二三四五六七八九"))


def _tens(value: int, zero: str) -> str:
    """In full up to 九十九, digit by digit from a hundred on."""
    return _ten_thousands(value, "零一二三四五六七八九", "十百千", bare_ten=True) if value < 100 else _digits(value, zero)


def _row(value: int, characters: str) -> str:
    """The n-th of ``characters``; plain digits past the last."""
    return characters[value - 1] if 0 < value <= len(characters) else str(value)


def _letters(value: int) -> str:
    """a … z, aa, bb …: Word repeats the letter."""
    return chr(97 + (value - 1) % 26) * min((value - 1) // 26 + 1, 30) if value > 0 else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _characters(first: int, count: int) -> str:
    return "".join(map(chr, range(first, first + count)))


_SIMPLE = "零一二三四五六七八九"
_thousand = partial(_ten_thousands, digits=_SIMPLE, units="十百千", bare_ten=True)

FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalZero": lambda value: f"{value:02d}",
    "numberInDash": lambda value: f"- {value} -",
    "decimalEnclosedCircle": partial(_row, characters=_characters(0x2460, 20)),
    "decimalEnclosedCircleChinese": partial(_row, characters=_characters(0x2460, 20)),
    "decimalEnclosedParen": partial(_row, characters=_characters(0x2474, 20)),
    "decimalEnclosedFullstop": partial(_row, characters=_characters(0x2488, 20)),
    "chineseCounting": partial(_tens, zero="○"),
    "chineseCountingThousand": _thousand,
    "chineseLegalSimplified": partial(_ten_thousands, digits="零壹贰叁肆伍陆柒捌玖", units="拾佰仟", bare_ten=False),
    "taiwaneseCounting": partial(_tens, zero="○"),
    "taiwaneseCountingThousand": _thousand,
    "taiwaneseDigital": partial(_digits, zero="○"),
    "japaneseCounting": partial(_ten_thousands, digits=_SIMPLE, units="十百千", bare_ten=True, bare_one=True),
    "japaneseDigitalTenThousand": partial(_digits, zero="〇"),
    "ideographDigital": partial(_digits, zero="〇"),
    "ideographEnclosedCircle": partial(_row, characters=_characters(0x3220, 10)),
    "ideographLegalTraditional": partial(_ten_thousands, digits="零壹貳參肆伍陸柒捌玖", units="拾佰仟", bare_ten=False),
    "ideographTraditional": partial(_row, characters="甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": partial(_row, characters="子丑寅卯辰巳午未申酉戌亥"),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "none": lambda value: "",
    "bullet": lambda value: "",
}


def numeral(value: int, number_format: str) -> str:
    """``value`` as ``number_format`` (an ST_NumberFormat) writes it: ``numeral(12, "chineseCounting") == "十二"``."""
    return FORMATS.get(number_format, str)(value)
