"""Where the office's own sign-in comes back, and what is said where it did not work out."""

import logging

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from luoshi.text.language import _
from luoshi.web.orgs.office import OfficeSignIn

log = logging.getLogger("luoshi.web")


@require_POST
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the office's server, by the button alone."""
    try:
        answer: HttpResponse = openid_connect.login(request, provider_id)
    except OAuth2Error as error:
        log.warning("office sign-in failed: %s", error)
        return redirect("socialaccount_login_error")
    return answer


@login_not_required  # type: ignore[untyped-decorator]  # allauth is not typed
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The answer of the office's server."""
    answer: HttpResponse = OAuth2CallbackView.adapter_view(OfficeSignIn(request, provider_id))(request)
    return answer


def cancelled(request: HttpRequest) -> HttpResponse:
    """The person turned back."""
    told = {"title": _("没有登录"), "message": _("统一身份认证那边取消了登录。"), "hint": _("可以重新登录，或者用本系统的用户名和口令。")}
    return render(request, "common/error_bare.html", told)


def failed(request: HttpRequest) -> HttpResponse:
    """The answer could not be trusted, or there was none."""
    told = {
        "title": _("不能登录"),
        "message": _("统一身份认证没有成功：没有答复，或者答复不可信。"),
        "hint": _("请重试一次；仍不行，请告诉系统管理员核对统一身份认证的设置。"),
    }
    return render(request, "common/error_bare.html", told, status=403)
