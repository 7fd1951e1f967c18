"""One's own account: password, invitation, sessions, which unit one acts for."""

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.views import LogoutView, ReauthenticateView
from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luoshi.text import REFUSALS, LimitExceeded, LuoshiError
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.orgs.actors import open_posts
from luoshi.web.orgs.forms.account import ChangePasswordForm, NewPasswordForm
from luoshi.web.orgs.login import renew_session
from luoshi.web.orgs.models import User
from luoshi.web.orgs.passwords import is_expired
from luoshi.web.orgs.selectors import own_sessions
from luoshi.web.orgs.services.invitations import invited, redeem_invitation
from luoshi.web.orgs.services.passwords import change_password
from luoshi.web.orgs.services.people import choose_post
from luoshi.web.orgs.services.sessions import end_other_sessions, end_session


def account(request: Asking) -> HttpResponse:
    """Who one is here: name, posts, password, second factor, sessions."""
    user = _user(request)
    told = {"user": user, "posts": list(open_posts(user, timezone.localdate())), "sessions": own_sessions(user), "key": request.session.session_key}
    return render(request, "orgs/account.html", told)


@sensitive_post_parameters("old", "new", "again")
def password(request: Asking) -> HttpResponse:
    """Change one's own password."""
    user = _user(request)
    form = ChangePasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="change_password", user=user):
            raise LimitExceeded(_("试得太多次了。"), hint=_("请过一会儿再试。"))
        told = form.cleaned_data
        key = request.session.session_key or ""
        try:
            changed = change_password(old=told["old"], new=told["new"], actor=request.actor, at=timezone.now(), keep=key)
        except REFUSALS as error:
            form.add_error("old", str(error))
        else:
            renew_session(request, changed)
            messages.success(request, _("口令已修改，其他电脑上的登录已结束。"))
            return redirect("/")
    due = user.must_change_password or is_expired(user, timezone.now())
    return render(request, "orgs/password.html", {"form": form, "due": due})


@sensitive_post_parameters("new", "again")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Redeem a one-time link: set the first or the next password. The address is kept from other pages."""
    try:
        user = invited(token, timezone.now()).user
        form = NewPasswordForm(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            redeem_invitation(token=token, password=form.cleaned_data["new"], at=timezone.now())
            messages.success(request, _("口令已设好，请登录。"))
            return _unreferred(redirect("account_login"))
    except LuoshiError as error:
        told = {"title": _("链接不能用"), "message": error.message, "hint": error.hint}
        return _unreferred(render(request, "common/error_bare.html", told, status=404))
    return _unreferred(render(request, "orgs/invitation.html", {"form": form, "invited": user}))


def _unreferred(answer: HttpResponse) -> HttpResponse:
    answer["Referrer-Policy"] = "strict-origin"  # no path to anyone; with no-referrer the form itself would come without its origin
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def choose(request: Asking) -> HttpResponse:
    """Act for another of one's own units from now on."""
    post = request.POST.get("post", "")
    if not post.isdecimal():
        raise Http404
    choose_post(post_id=int(post), actor=request.actor, at=timezone.now())
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else "/")


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is not typed
def end(request: Asking) -> HttpResponse:
    """End one of one's own sessions, or all the others."""
    user = _user(request)
    told = request.POST.get("session", "")
    if told == "others":
        end_other_sessions(user_id=user.pk, actor=request.actor, at=timezone.now(), keep=request.session.session_key or "")
    else:
        found = UserSession.objects.filter(user=user, pk=int(told) if told.isdecimal() else 0).first()
        if found is None:
            raise Http404
        end_session(session_id=found.pk, actor=request.actor, at=timezone.now())
    messages.success(request, _("会话已结束。"))
    return redirect(reverse("account"))


class Reauthenticate(ReauthenticateView):  # type: ignore[misc]  # allauth is not typed
    """The password again before something that matters."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Under a new key from now on."""
        renew_session(self.request, self.request.user)
        answer: HttpResponse = super().form_valid(form)
        return answer


class Logout(LogoutView):  # type: ignore[misc]
    """Signing out; what the browser kept of the pages and of unsent text goes, too."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Out."""
        answer: HttpResponse = super().post(*args, **kwargs)
        answer["Clear-Site-Data"] = '"cache", "storage"'
        return answer


def _user(request: Asking) -> User:
    if request.actor is None:
        raise Http404
    return cast(User, request.user)


reauthenticate = Reauthenticate.as_view()
logout = Logout.as_view()
