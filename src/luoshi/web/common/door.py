"""The first that a request meets and the last that an answer does: the methods that pages use, the address that it really comes from, no copies."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")


class DoorMiddleware:
    """Refuses every other method. Behind a gateway of the option ``gateways`` the address is what this gateway says; nobody else is believed."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse the method. What is no part of the look is not kept by browsers."""
        gateways = settings.OPTIONS["gateways"]
        if gateways:
            if request.META.get("REMOTE_ADDR") in gateways:
                request.META["REMOTE_ADDR"] = _told(request) or request.META["REMOTE_ADDR"]
            else:
                request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        answer = self._answer(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        if not request.path.startswith("/static/"):
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def _told(request: HttpRequest) -> str:
    """The address that the gateway saw: it adds it as the last; what stands before it came with the request and may be invented."""
    last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(last))
    except ValueError:
        return ""
