"""Addresses of the ledger."""

from django.urls import path

from luoshi.web.ledger import urls_issuing
from luoshi.web.ledger.views import must_do

urlpatterns = [path("", must_do.must_do, name="must_do"), *urls_issuing.urlpatterns]
