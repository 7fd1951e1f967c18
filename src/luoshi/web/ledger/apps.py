"""The app."""

from django.apps import AppConfig


class Ledger(AppConfig):
    """Matters."""

    name = "luoshi.web.ledger"
    label = "ledger"
