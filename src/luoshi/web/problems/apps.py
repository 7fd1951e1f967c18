"""The app."""

from django.apps import AppConfig


class Problems(AppConfig):
    """Inspections and the problem list."""

    name = "luoshi.web.problems"
    label = "problems"
