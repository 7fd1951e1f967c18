"""Addresses of exports, of tables brought in, of rosters."""

from django.urls import path

from luoshi.web.exchange.views import bringing, exporting

urlpatterns = [
    path("exports/dossier/<int:pk>/", exporting.export_dossier, name="export_dossier"),
    path("exports/decisions/<int:pk>/", exporting.export_decisions, name="export_decisions"),
    path("exports/<slug:name>/", exporting.export, name="export"),
    path("tables/", bringing.tables, name="tables"),
    path("tables/<int:pk>/", bringing.table, name="table"),
    path("tables/<int:pk>/preview/", bringing.table_preview, name="table_preview"),
    path("tables/<int:pk>/state/", bringing.table_wait, name="table_wait"),
    path("tables/<int:pk>/problems/", bringing.table_problems, name="table_problems"),
    path("tables/<int:pk>/drop/", bringing.table_drop, name="table_drop"),
]
