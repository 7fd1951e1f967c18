"""Pages that belong to no app: errors, the choice of language, and the sign of life."""

import logging
import secrets
import sys

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.text import LuoshiError
from luoshi.text.language import _
from luoshi.web.common.outages import outage_of, outage_page

log = logging.getLogger("luoshi.web")


def error_page(request: HttpRequest, error: LuoshiError) -> HttpResponse:
    """What is wrong and what to do next; a piece of a page where htmx asked. Who was refused what stands in the log."""
    _note(request, error.http_status, error.code)
    page = "common/error_piece.html" if request.headers.get("HX-Request") else "common/error.html"
    told = {"title": _("没有办成"), "message": error.message, "hint": error.hint, "code": error.code}
    return render(request, page, told, status=error.http_status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    told = {"title": _("请求有误"), "message": _("这次请求读不懂，没有任何改动。"), "hint": _("请返回上一页重试。")}
    return render(request, "common/error.html", told, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: only for what has nothing to do with rows; a row that may not be seen is 404."""
    _note(request, 403, "forbidden")
    told = {"title": _("不能这样做"), "message": _("本系统不允许这个操作，没有任何改动。"), "hint": _("请返回上一页重试。")}
    return render(request, "common/error.html", told, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token of the form is older than the session."""
    _note(request, 403, "csrf")
    told = {"title": _("页面已过期"), "message": _("这一页打开得太久，或者已在别处重新登录，没有任何改动。"), "hint": _("请返回上一页，复制已填的内容，刷新后再提交。")}
    return render(request, "common/error.html", told, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this reader's eyes; the page does not tell which."""
    _note(request, 404, "not_found")
    told = {"title": _("没有这一页"), "message": _("没有找到，或者不在您的查看范围内。"), "hint": _("请从栏目重新进入。")}
    return render(request, "common/error.html", told, status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries from one place, or the counter of tries could not be written."""
    _note(request, 429, "too_many")
    told = {"title": _("请稍等"), "message": _("刚才的请求太多，这一次没有办理。"), "hint": _("请过一会儿再试。")}
    return render(request, "common/error_bare.html", told, status=429)


def _note(request: HttpRequest, status: int, code: str) -> None:
    """Who was refused what, and from where; what was asked for, not what was sent."""
    actor = getattr(request, "actor", None)
    log.warning("refused %s %s: %s %s user=%s ip=%s", status, code, request.method, request.path, actor.user_id if actor else None, request.META.get("REMOTE_ADDR"))


def server_error(request: HttpRequest) -> HttpResponse:
    """503 or 507 where disk or database failed; else 500, with a number that stands in the log. Neither page asks the database."""
    outage = outage_of(sys.exc_info()[1])
    if outage is not None:
        return outage_page(request, outage)
    number = secrets.token_hex(4)
    log.error("error %s at %s", number, request.path)
    told = {"title": _("系统出错"), "message": _("系统出了错，编号 {number}。这次操作没有生效。").format(number=number), "hint": _("请把编号告诉系统管理员。")}
    return HttpResponse(render_to_string("common/error_bare.html", told), status=500)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice in a cookie and go back."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(back if safe else "/")
    if request.POST.get("language") in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, request.POST["language"], max_age=31_536_000, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """The sign of life for a supervisor process: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
