"""What every format asks of a text before it writes it down. Knows no decomposition, so a page that writes a list loads no reader."""

import re

_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK_AT_HAN = re.compile(r"(?<![\x21-\x7e])\s*\n\s*|\s*\n\s*(?![\x21-\x7e\s])")
_BREAK = re.compile(r"\s*\n\s*")


def printable(text: str) -> str:
    """``text`` without the characters that XML and HTML cannot carry; each becomes U+FFFD, so that lengths stay."""
    return _INVALID.sub("\ufffd", text)


def one_line(text: str) -> str:
    """``text`` on one line: a line break next to a Chinese character vanishes, one between Latin words becomes a blank."""
    joined = _BREAK_AT_HAN.sub("", text.replace("\r", "\n"))
    return _BREAK.sub(" ", joined).strip()
