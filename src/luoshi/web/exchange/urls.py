"""Addresses of exports, of tables brought in, of rosters."""

from django.urls import path

from luoshi.web.exchange.views import bringing, exporting, rosters

urlpatterns = [
    path("exports/dossier/<int:pk>/", exporting.export_dossier, name="export_dossier"),
    path("exports/decisions/<int:pk>/", exporting.export_decisions, name="export_decisions"),
    path("exports/roster/<int:pk>/", exporting.export_roster, name="export_roster"),
    path("rosters/<int:pk>/", rosters.roster, name="roster"),
    path("rosters/<int:pk>/fill/", rosters.roster_fill, name="roster_fill"),
    path("rosters/rows/<int:pk>/", rosters.roster_row_edit, name="roster_row_edit"),
    path("rosters/rows/<int:pk>/remove/", rosters.roster_row_remove, name="roster_row_remove"),
    path("exports/<slug:name>/", exporting.export, name="export"),
    path("tables/", bringing.tables, name="tables"),
    path("tables/<int:pk>/", bringing.table, name="table"),
    path("tables/<int:pk>/preview/", bringing.table_preview, name="table_preview"),
    path("tables/<int:pk>/state/", bringing.table_wait, name="table_wait"),
    path("tables/<int:pk>/problems/", bringing.table_problems, name="table_problems"),
    path("tables/<int:pk>/drop/", bringing.table_drop, name="table_drop"),
]
