"""Who is asking: ``request.actor``, None before signing in. A disabled account, a changed password or an idle hour ends the session.

Whoever has to do something first is led there: a new password that is due, the second factor of an administrator.
"""

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.views import not_found
from luoshi.web.orgs.actors import actor_with, open_posts
from luoshi.web.orgs.login import must_have_second_factor
from luoshi.web.orgs.models import User
from luoshi.web.orgs.passwords import is_expired

SEEN = "luoshi_seen"
BEGAN = "luoshi_began"
NOTED_AFTER = 60  # seconds of use before a session notes again that it is used
OPEN = ("/account/", "/static/", "/language/", "/healthz")
OWN = ("/account/", "/account/password/", "/account/post/", "/account/session/end/")  # of those under /account/ the ones that need signing in
BEFORE_PASSWORD = ("/account/password/", "/account/logout/", "/account/reauthenticate/", "/account/invitation/", "/static/", "/language/", "/healthz")
BEFORE_SECOND_FACTOR = (*BEFORE_PASSWORD, "/account/mfa/")

ADMINISTERING = {
    "system": ("/units/", "/people/", "/invitations/", "/import/", "/calendar/", "/channels/"),
    "security": ("/sign-ins/", "/people/", "/invitations/", "/locks/", "/units/"),
    "audit": ("/audit/",),
}
"""All that an administrator opens besides the own account; the first is where he begins. Business pages are not among them: they are not there for him."""


class ActorMiddleware:
    """Sets ``request.actor`` and sends those who have not signed in to the page where they can."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or ask for signing in."""
        request.actor = None  # type: ignore[attr-defined]
        user = request.user
        if user.is_authenticated:
            now = timezone.now()
            if _is_over(request, now):
                logout(request)
                messages.info(request, _("太久没有操作，已退出登录。请重新登录，刚才填写的草稿还在。"))
            else:
                posts = [] if user.administers else list(open_posts(user, timezone.localdate(now)))
                request.actor = actor = actor_with(user, posts)  # type: ignore[attr-defined]
                request.other_posts = list({post.unit_id: post for post in posts if post.unit_id != actor.unit_id}.values())  # type: ignore[attr-defined]
                first = _first(request, user, now)
                if first and not request.path.startswith(first[1]):
                    return HttpResponseRedirect(reverse(first[0]))
                if user.administers and not request.path.startswith((*OPEN, *ADMINISTERING[user.administers])):
                    return HttpResponseRedirect(ADMINISTERING[user.administers][0]) if request.path == "/" else not_found(request)
        if request.actor is None and (request.path in OWN or not request.path.startswith(OPEN)):  # type: ignore[attr-defined]
            return _to_login(request)
        return self._answer(request)


def _first(request: HttpRequest, user: User, now: datetime) -> tuple[str, tuple[str, ...]] | None:
    """What has to be done before anything else, and which addresses are open meanwhile."""
    if user.must_change_password or is_expired(user, now):
        return "account_change_password", BEFORE_PASSWORD
    if must_have_second_factor(user) and not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        return "mfa_activate_totp", BEFORE_SECOND_FACTOR
    return None


def _is_over(request: HttpRequest, at: datetime) -> bool:
    """True where the session was idle too long or is too old; else notes the moment, not oftener than ``NOTED_AFTER``."""
    now = at.timestamp()
    began, seen = request.session.get(BEGAN), request.session.get(SEEN)
    if began is None or seen is None:
        request.session[BEGAN] = request.session[SEEN] = now
        return False
    if now - seen > settings.OPTIONS["idle_minutes"] * 60 or now - began > settings.OPTIONS["session_hours"] * 3600:
        return True
    if now - seen > NOTED_AFTER or now < seen:
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
