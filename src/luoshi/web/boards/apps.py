"""The app."""

from django.apps import AppConfig


class Boards(AppConfig):
    """Read-only pages over the ledger."""

    name = "luoshi.web.boards"
    label = "boards"
