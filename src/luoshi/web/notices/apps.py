"""The app."""

from django.apps import AppConfig


class Notices(AppConfig):
    """The digest of a working day, and the channels that carry it out of the house."""

    name = "luoshi.web.notices"
    label = "notices"
