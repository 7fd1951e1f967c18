"""Addresses of units and people."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
