"""The language of a request, and what an error of Luoshi looks like to a person."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from luoshi.text import LuoshiError
from luoshi.text.language import set_language
from luoshi.web.common.views import error_page

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Chinese, unless the reader chose English: the browser's own setting is not asked, an office PC's is often wrong."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        set_language("en" if language == "en" else "zh")
        with translation.override(language):
            response = self._answer(request)
            response.headers.setdefault("Content-Language", "en" if language == "en" else "zh-Hans")
            return response


class ErrorMiddleware:
    """An error of the tree becomes a page that says what is wrong and what to do next, with its status."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an error of the tree; others are left to Django."""
        return error_page(request, error) if isinstance(error, LuoshiError) else None
