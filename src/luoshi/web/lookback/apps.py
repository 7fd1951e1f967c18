"""The app."""

from django.apps import AppConfig


class Lookback(AppConfig):
    """Closed matters are looked at again."""

    name = "luoshi.web.lookback"
    label = "lookback"
