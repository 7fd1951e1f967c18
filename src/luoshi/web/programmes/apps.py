"""The app."""

from django.apps import AppConfig


class Programmes(AppConfig):
    """Programmes."""

    name = "luoshi.web.programmes"
    label = "programmes"
