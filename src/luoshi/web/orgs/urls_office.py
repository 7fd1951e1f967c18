"""Addresses of the office's own sign-in (OIDC). Of the library's own pages none is open: nobody signs up or joins accounts by himself."""

from django.urls import path

from luoshi.web.orgs.views import office

urlpatterns = [
    path("oidc/<str:provider_id>/login/", office.login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", office.callback, name="openid_connect_callback"),
    path("office/cancelled/", office.cancelled, name="socialaccount_login_cancelled"),
    path("office/failed/", office.failed, name="socialaccount_login_error"),
    path("office/closed/", office.failed, name="socialaccount_signup"),
    path("office/accounts/", office.failed, name="socialaccount_connections"),
]
