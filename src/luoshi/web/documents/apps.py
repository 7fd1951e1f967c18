"""The app."""

from django.apps import AppConfig


class Documents(AppConfig):
    """Directives, their review, programmes."""

    name = "luoshi.web.documents"
    label = "documents"
