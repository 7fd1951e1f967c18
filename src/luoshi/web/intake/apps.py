"""The app."""

from django.apps import AppConfig


class Intake(AppConfig):
    """The child process."""

    name = "luoshi.web.intake"
    label = "intake"
