"""Addresses of one's own account: signing in and out, password, second factor, sessions, invitations."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from luoshi.web.orgs.views import account as own
from luoshi.web.orgs.views import second_factor

urlpatterns: list[URLPattern | URLResolver] = [
    path("", own.account, name="account"),
    path("login/", account.login, name="account_login"),
    path("logout/", own.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", own.reauthenticate, name="account_reauthenticate"),
    path("signup/", account.signup, name="account_signup"),
    path("password/", own.password, name="account_change_password"),
    path("post/", own.choose, name="choose_post"),
    path("session/end/", own.end, name="own_session_end"),
    path("invitation/<str:token>/", own.invitation, name="invitation_redeem"),
    path("mfa/", mfa.index, name="mfa_index"),
    path("mfa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("mfa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("mfa/totp/activate/", second_factor.activate, name="mfa_activate_totp"),
    path("mfa/totp/deactivate/", second_factor.deactivate, name="mfa_deactivate_totp"),
    path("mfa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("mfa/recovery-codes/generate/", second_factor.recovery_codes, name="mfa_generate_recovery_codes"),
    path("mfa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
if settings.OPTIONS["oidc_server"]:
    urlpatterns += [path("", include("luoshi.web.orgs.urls_office"))]
