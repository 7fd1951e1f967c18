"""Addresses of the ledger."""

from django.urls import path

from luoshi.web.ledger import urls_issuing
from luoshi.web.ledger.views import matters, must_do

urlpatterns = [
    path("", must_do.must_do, name="must_do"),
    path("matters/", matters.matters, name="matters"),
    path("matters/<int:pk>/", matters.matter, name="matter"),
    *urls_issuing.urlpatterns,
]
