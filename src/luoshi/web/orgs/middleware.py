"""Who is asking: ``request.actor``, None before signing in. A disabled account, a changed password or an idle hour ends the session."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.orgs.actors import actor_of

SEEN = "luoshi_seen"
BEGAN = "luoshi_began"
OPEN = ("/account/", "/static/", "/language/", "/healthz")


class ActorMiddleware:
    """Sets ``request.actor`` and sends those who have not signed in to the page where they can."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or ask for signing in."""
        request.actor = None  # type: ignore[attr-defined]
        open_to_all = request.path.startswith(OPEN)
        user = request.user
        if user.is_authenticated:
            if _is_over(request):
                logout(request)
                messages.info(request, _("太久没有操作，已退出登录。请重新登录，刚才填写的草稿还在。"))
            else:
                request.actor = actor_of(user, timezone.localdate())  # type: ignore[attr-defined]
                if user.must_change_password and not open_to_all:
                    return HttpResponseRedirect(reverse("account_change_password"))
        if request.actor is None and not open_to_all:  # type: ignore[attr-defined]
            return _to_login(request)
        return self._answer(request)


def _is_over(request: HttpRequest) -> bool:
    """True where the session was idle too long or is too old; else notes the moment, once a minute at most."""
    now = timezone.now().timestamp()
    began, seen = request.session.get(BEGAN), request.session.get(SEEN)
    if began is None or seen is None:
        request.session[BEGAN] = request.session[SEEN] = now
        return False
    if now - seen > settings.OPTIONS["idle_minutes"] * 60 or now - began > settings.OPTIONS["session_hours"] * 3600:
        return True
    if now - seen > 60 or now < seen:
        request.session[SEEN] = now
    return False


def _to_login(request: HttpRequest) -> HttpResponse:
    from urllib.parse import urlencode

    login = reverse("account_login")
    target = f"{login}?{urlencode({'next': request.get_full_path()})}" if request.path != "/" and request.method == "GET" else login
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = login
        return answer
    return HttpResponseRedirect(target)
