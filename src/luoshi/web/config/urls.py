"""Every address. One file an app below."""

from django.urls import include, path

from luoshi.web.common import views as common

urlpatterns = [
    path("language/", common.choose_language, name="language"),
    path("healthz", common.health, name="health"),
    path("account/", include("luoshi.web.orgs.urls_account")),
    path("board/", include("luoshi.web.boards.urls")),
    path("", include("luoshi.web.notices.urls")),
    path("", include("luoshi.web.exchange.urls")),
    path("", include("luoshi.web.oversight.urls")),
    path("", include("luoshi.web.ledger.urls")),
    path("", include("luoshi.web.papers.urls")),
    path("", include("luoshi.web.problems.urls")),
    path("", include("luoshi.web.lookback.urls")),
    path("", include("luoshi.web.programmes.urls")),
    path("", include("luoshi.web.documents.urls")),
    path("", include("luoshi.web.orgs.urls")),
    path("", include("luoshi.web.calendars.urls")),
    path("", include("luoshi.web.audit.urls")),
]
handler400 = "luoshi.web.common.views.bad_request"
handler403 = "luoshi.web.common.views.forbidden"
handler404 = "luoshi.web.common.views.not_found"
handler429 = "luoshi.web.common.views.too_many"
handler500 = "luoshi.web.common.views.server_error"
