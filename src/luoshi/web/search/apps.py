"""The app."""

from django.apps import AppConfig


class Search(AppConfig):
    """Full-text search."""

    name = "luoshi.web.search"
    label = "search"
