"""The app."""

from django.apps import AppConfig


class Orgs(AppConfig):
    """Units and people."""

    name = "luoshi.web.orgs"
    label = "orgs"
