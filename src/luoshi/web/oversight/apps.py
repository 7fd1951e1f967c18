"""The app."""

from django.apps import AppConfig


class Oversight(AppConfig):
    """The ladder."""

    name = "luoshi.web.oversight"
    label = "oversight"
