"""The app."""

from django.apps import AppConfig


class Calendars(AppConfig):
    """Days that are worked and days of rest."""

    name = "luoshi.web.calendars"
    label = "calendars"
