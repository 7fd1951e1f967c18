"""Addresses of exports, of tables brought in, of rosters."""

from django.urls import path

from luoshi.web.exchange.views import exporting

urlpatterns = [
    path("exports/dossier/<int:pk>/", exporting.export_dossier, name="export_dossier"),
    path("exports/decisions/<int:pk>/", exporting.export_decisions, name="export_decisions"),
    path("exports/<slug:name>/", exporting.export, name="export"),
]
