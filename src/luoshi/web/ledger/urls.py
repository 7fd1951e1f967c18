"""Addresses of the ledger."""

from django.urls import path

from luoshi.web.ledger import urls_issuing, urls_working
from luoshi.web.ledger.views import bulk, matters, must_do, saved, search, table

urlpatterns = [
    path("", must_do.must_do, name="must_do"),
    path("matters/", table.matters, name="matters"),
    path("matters/chosen/", bulk.chosen, name="matters_chosen"),
    path("matters/remind/", bulk.remind_many, name="matters_remind"),
    path("matters/views/save/", saved.save, name="view_save"),
    path("matters/views/<int:pk>/delete/", saved.delete, name="view_delete"),
    path("matters/of-document/<int:pk>/", table.matters_of_document, name="matters_of_document"),
    path("matters/of-source/", table.matters_of_source, name="matters_of_source"),
    path("themes/<str:name>/", table.theme, name="theme"),
    path("search/", search.search, name="search"),
    path("matters/<int:pk>/", matters.matter, name="matter"),
    path("matters/<int:pk>/children/", matters.matter_children, name="matter_children"),
    path("matters/<int:pk>/panels/", matters.matter_panels, name="matter_panels"),
    path("matters/<int:pk>/history/", matters.matter_history, name="matter_history"),
    *urls_issuing.urlpatterns,
    *urls_working.urlpatterns,
]
