"""The library's pages of the second factor, each with its record."""

from typing import Any

from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from luoshi.web.orgs.login import ip_of, renew_session
from luoshi.web.orgs.services.sign_in import record_failure, record_second_factor


class Authenticate(AuthenticateView):  # type: ignore[misc]  # allauth is not typed
    """The second step of signing in; a wrong code is recorded."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Record it and ask again."""
        username = self.stage.login.user.username
        record_failure(username=username, ip=ip_of(self.request), method="mfa", at=timezone.now())
        answer: HttpResponse = super().form_invalid(form)
        return answer


class Reauthenticate(ReauthenticateView):  # type: ignore[misc]
    """A code again before something that matters."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Under a new key from now on."""
        renew_session(self.request, self.request.user)
        answer: HttpResponse = super().form_valid(form)
        return answer


class Activate(ActivateTOTPView):  # type: ignore[misc]
    """Switch it on."""

    def form_valid(self, form: Any) -> HttpResponse:
        """With its record."""
        with transaction.atomic():
            record_second_factor(act="add", actor=self.request.actor, at=timezone.now())
            answer: HttpResponse = super().form_valid(form)
        return answer


class Deactivate(DeactivateTOTPView):  # type: ignore[misc]
    """Switch it off."""

    def form_valid(self, form: Any) -> HttpResponse:
        """With its record."""
        with transaction.atomic():
            record_second_factor(act="remove", actor=self.request.actor, at=timezone.now())
            answer: HttpResponse = super().form_valid(form)
        return answer


class RecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        """With its record."""
        with transaction.atomic():
            record_second_factor(act="codes", actor=self.request.actor, at=timezone.now())
            answer: HttpResponse = super().form_valid(form)
        return answer


authenticate = Authenticate.as_view()
reauthenticate = Reauthenticate.as_view()
activate = Activate.as_view()
deactivate = Deactivate.as_view()
recovery_codes = RecoveryCodes.as_view()
