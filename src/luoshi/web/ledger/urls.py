"""Addresses of the ledger."""

from django.urls import path

from luoshi.web.ledger import views

urlpatterns = [path("", views.must_do, name="must_do")]
