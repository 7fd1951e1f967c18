"""The app."""

from django.apps import AppConfig


class Exchange(AppConfig):
    """Exports, tables brought in, rosters."""

    name = "luoshi.web.exchange"
    label = "exchange"
