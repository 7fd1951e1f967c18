"""The columns on the left: what this person can open."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import _, current_language


class Entry(NamedTuple):
    """One column: its address, its name, and whether the page stands in it."""

    address: str
    name: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """For every page: the columns, the day, the language."""
    actor = getattr(request, "actor", None)
    told: dict[str, Any] = {"actor": actor, "language": current_language(), "today": timezone.localdate()}
    if actor is None:
        return told
    return told | {"navigation": [Entry(address, name, _stands_in(request.path, address)) for address, name in _columns(actor)]}


def _columns(actor: Any) -> list[tuple[str, str]]:
    if actor.administers == "audit":
        return [(reverse("audit"), _("审计记录"))]
    if actor.administers:
        return []
    return [(reverse("must_do"), _("待办"))]


def _stands_in(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
