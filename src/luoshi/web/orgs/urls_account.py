"""Addresses of one's own account: signing in and out, password, second factor."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("signup/", account.signup, name="account_signup"),
    path("password/", account.password_change, name="account_change_password"),
    path("mfa/", include("allauth.mfa.urls")),
    path("", include("allauth.socialaccount.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
