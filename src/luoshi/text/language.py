"""Which language an office reads: Chinese as written in the code, or a gettext catalogue.

Messages are written in Chinese where they arise; ``luoshi/locale/<language>/LC_MESSAGES/luoshi.po`` holds the others.
"""

import gettext as _gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent.parent / "locale"
LANGUAGES = ("zh", "en")

_language: ContextVar[str] = ContextVar("luoshi_language", default="zh")


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("luoshi", LOCALE_FOLDER, [language], fallback=language == "zh")


def set_language(language: str) -> None:
    """Choose the language of messages for this context: ``zh`` or ``en``."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    _language.set(language)


def current_language() -> str:
    """The language of messages in this context."""
    return _language.get()


def _(message: str, about: str = "") -> str:
    """``message`` (Chinese) in the language of this context; ``about`` tells apart what another language says in two ways."""
    language = _language.get()
    if language == "zh":
        return message
    return _catalogue(language).pgettext(about, message) if about else _catalogue(language).gettext(message)
