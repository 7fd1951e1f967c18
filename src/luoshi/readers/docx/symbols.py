"""Characters of the symbol fonts that office documents use as bullets, ticks and stars, as Unicode."""

_WINGDINGS = {
    0x46: "☞", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAA: "✦", 0xAB: "★", 0xD8: "➢", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
} | {0x81 + i: chr(0x2460 + i) for i in range(10)} | {0x8C + i: chr(0x2776 + i) for i in range(10)}  # fmt: skip
_SYMBOL = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0x6D: "μ"}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "□"},
    "symbol": _SYMBOL,
}


def symbol(font: str | None, code: int) -> str:
    """The character at ``code`` of ``font``; symbol fonts sit at U+F000, others are taken as Unicode."""
    known = _FONTS.get((font or "").lower(), {})
    found = known.get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code)
    if found is None and 0xF000 <= code <= 0xF0FF:
        # A font that is not named: Wingdings is the one that Word and WPS take for bullets.
        found = _WINGDINGS.get(code - 0xF000) if not font else None
    if found is not None:
        return found
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def bullet(font: str | None, text: str) -> str:
    """The bullet of a list level: what its font shows, • where nobody knows."""
    shown = "".join(symbol(font, ord(character)) for character in text)
    return "".join("•" if 0xE000 <= ord(character) <= 0xF8FF else character for character in shown)
