"""Signing in: no one signs up by himself, wrong passwords lock, the office's own sign-in opens only accounts that are there, and all of it is recorded."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string

from luoshi.text.language import _
from luoshi.web.orgs.models import User
from luoshi.web.orgs.sealing import seal, unseal
from luoshi.web.orgs.services import sign_in

RECENT = 300
SECOND_FACTOR = "second factor"
log = logging.getLogger("luoshi.web")


def ip_of(request: HttpRequest) -> str:
    """The network address that a request comes from."""
    return str(request.META.get("REMOTE_ADDR") or "")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Accounts are made by an administrator; what happens at the door is recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """In the words of these pages."""
        said = {
            "username_password_mismatch": _("用户名或口令不对。"),
            "incorrect_password": _("口令不对。"),
            "too_many_login_attempts": _("错误次数过多，请过几分钟再试。"),
        }
        return ValidationError(said[code], code=code) if code in said else super().validation_error(code, *args)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Record the success once the last step is done."""
        methods = "+".join(str(one["method"]) for one in get_authentication_records(request, user)) or "password"
        sign_in.record_success(user=user, ip=ip_of(request), method=methods, at=timezone.now())
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the failure, and that it locked; what is tried while locked is not even looked at."""
        username = str(credentials.get("username") or "")
        limit = settings.OPTIONS["login_failures"]
        failures = getattr(request, "axes_failures_since_start", None)
        if failures is not None:  # None: refused unseen
            sign_in.record_failure(username=username, ip=ip_of(request), method="password", at=timezone.now(), locked=failures >= limit)

    def logout(self, request: HttpRequest) -> None:
        """Record who went."""
        if isinstance(request.user, User):
            sign_in.record_end(user=request.user, ip=ip_of(request), at=timezone.now())
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in."""
        records = get_authentication_records(context.request, context.request.user)
        if records and timezone.now().timestamp() - float(records[-1]["at"]) < RECENT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any) -> None:
        """None of the library's own: the pages say what was done."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: offices read the audit."""


class OfficeAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The office's own sign-in (OIDC): it opens the account of the same user name, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """The library's, with the checks of ``office``."""
        from luoshi.web.orgs.office import OfficeProvider

        return OfficeProvider(request, app=super().get_provider(request, provider, client_id).app)

    def get_requests_session(self) -> Any:
        """A connection that follows no detour: the server answers where it is asked."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """190 bits by chance."""
        return get_random_string(32)

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, exception: Exception | None = None, **kwargs: Any) -> None:
        """What failed stands in the log; the page says what to do."""
        if error == AuthError.CANCELLED:
            return
        log.warning("office sign-in failed: %s %s ip=%s", error, exception, ip_of(request))
        raise ImmediateHttpResponse(redirect("socialaccount_login_error"))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join it to the account of its user name at the first time. An administrator signs in with password and second factor only."""
        if sociallogin.is_existing:
            user = sociallogin.user
        else:
            told = sociallogin.account.extra_data
            username = str((told.get("userinfo") or told).get("preferred_username") or "")
            user = User.objects.filter(username=username).first() if username else None
        if user is None or user.administers or not user.is_active:
            raise ImmediateHttpResponse(_no_account(request))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor: its secret is stored encrypted."""

    def encrypt(self, text: str) -> str:
        """A copy of the database alone makes no codes."""
        return seal(text, SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        """The counterpart."""
        return unseal(encrypted_text, SECOND_FACTOR)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not of those who cannot do without."""
        return not must_have_second_factor(authenticator.user)

    def get_totp_label(self, user: User) -> str:
        """The user name, whatever the mail is."""
        return user.username

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail."""


def must_have_second_factor(user: User) -> bool:
    """An administrator, and everybody where the installation says so."""
    return bool(user.administers) or settings.OPTIONS["second_factor"] == "everybody"


def renew_session(request: HttpRequest, user: User) -> None:
    """The session of ``request`` goes on under a new key; the old one opens nothing any more."""
    key = request.session.session_key or ""
    update_session_auth_hash(request, user)
    UserSession.objects.filter(session_key=key).update(session_key=request.session.session_key)


def tried_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Under what name a try to sign in is counted."""
    return sign_in.counted_name(str((credentials or {}).get("username") or request.POST.get("login") or ""))


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page of a locked account; the same for names that nobody has."""
    minutes = settings.OPTIONS["lock_minutes"]
    told = {
        "title": _("已锁定"),
        "message": _("口令连续错误次数过多，这个用户名已锁定 {n} 分钟。").format(n=minutes),
        "hint": _("请稍后再试，或者请安全管理员解锁。"),
    }
    return render(request, "common/error_bare.html", told, status=429)


def _no_account(request: HttpRequest) -> HttpResponse:
    told = {
        "title": _("不能登录"),
        "message": _("统一身份认证通过了，但本系统没有可用的同名账号。"),
        "hint": _("请联系系统管理员开设账号。"),
    }
    return render(request, "common/error.html", told, status=403)
