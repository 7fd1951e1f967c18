"""The app."""

from django.apps import AppConfig


class Papers(AppConfig):
    """Official papers."""

    name = "luoshi.web.papers"
    label = "papers"
