"""Signing in: no one signs up by himself, and five wrong passwords lock."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.text.language import _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page of a locked account."""
    told = {
        "title": _("已锁定"),
        "message": _("口令连续错误次数过多，这个账号在这台电脑上已暂时锁定。"),
        "hint": _("请稍后再试，或者请安全管理员解锁。"),
    }
    return render(request, "common/error_bare.html", told, status=429)
