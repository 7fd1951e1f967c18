"""The app."""

from django.apps import AppConfig


class Audit(AppConfig):
    """The audit."""

    name = "luoshi.web.audit"
    label = "audit"
