"""Addresses of look-back."""

from django.urls import path

from luoshi.web.lookback.views import checks, plans

urlpatterns = [
    path("lookbacks/", plans.lookbacks, name="lookbacks"),
    path("lookbacks/new/", plans.lookback_new, name="lookback_new"),
    path("lookbacks/<int:pk>/", plans.lookback, name="lookback"),
    path("lookbacks/<int:pk>/population/", plans.lookback_population, name="lookback_population"),
    path("lookbacks/<int:pk>/drop/", plans.lookback_drop, name="lookback_drop"),
    path("lookbacks/checks/<int:pk>/", checks.lookback_check, name="lookback_check"),
    path("lookbacks/checks/<int:pk>/write/", checks.write, name="lookback_write"),
    path("lookbacks/checks/<int:pk>/confirm/", checks.confirm, name="lookback_confirm"),
    path("lookbacks/checks/<int:pk>/differ/", checks.differ, name="lookback_differ"),
    path("lookbacks/checks/<int:pk>/settle/", checks.settle, name="lookback_settle"),
    path("lookbacks/checks/<int:pk>/help/", checks.offer_help, name="lookback_help"),
    path("lookbacks/checks/<int:pk>/help-done/", checks.help_done, name="lookback_help_done"),
    path("lookbacks/checks/<int:pk>/reopen/", checks.reopen, name="lookback_reopen"),
]
