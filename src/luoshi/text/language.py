"""Which language an office reads: Chinese as written in the code, or a gettext catalogue.

Messages are written in Chinese where they arise; ``luoshi/locale/<language>/LC_MESSAGES/luoshi.po`` holds the others.
Chinese has no plural. A translation says both words, ``{n} {n|day|days}``, and the number chooses.
"""

import gettext as _gettext
import re
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from functools import cache
from pathlib import Path
from typing import TypeVar

LOCALE_FOLDER = Path(__file__).parent.parent / "locale"
LANGUAGES = ("zh", "en")

T = TypeVar("T")

CHOICE = re.compile(r"\{(\w+)\|([^|{}]*)\|([^|{}]*)\}")
"""Words for one and for more, by the value that goes before the first bar."""

_language: ContextVar[str] = ContextVar("luoshi_language", default="zh")


class _Counting(str):
    """A translation with words for one and for more, chosen when it is filled in."""

    def format(self, *args: object, **values: object) -> str:
        return CHOICE.sub(lambda one: one[2] if str(values[one[1]]) == "1" else one[3], str(self)).format(*args, **values)


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


def in_every_language(words: Callable[[], T]) -> list[T]:
    """What ``words`` says in each language, whatever that of this context is."""
    return [copy_context().run(_said_in, language, words) for language in LANGUAGES]


def _said_in(language: str, words: Callable[[], T]) -> T:
    set_language(language)
    return words()


def _(message: str, about: str = "") -> str:
    """``message`` (Chinese) in the language of this context; ``about`` tells apart what another language says in two ways."""
    language = _language.get()
    if language == "zh":
        return message
    told = _catalogue(language).pgettext(about, message) if about else _catalogue(language).gettext(message)
    return _Counting(told) if CHOICE.search(told) else told
