"""Addresses of the audit."""

from django.urls import path

from luoshi.web.audit import views

urlpatterns = [
    path("audit/", views.records, name="audit"),
    path("audit/<path:name>/", views.subject, name="audit_subject"),
]
