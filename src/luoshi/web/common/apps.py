"""The app."""

from django.apps import AppConfig


class Common(AppConfig):
    """Shared by every app."""

    name = "luoshi.web.common"
    label = "common"
