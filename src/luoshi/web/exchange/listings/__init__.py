"""The views that can be taken out, each with its columns and its rows: ``VIEWS``. What a person does not see on the page is not in the file either."""

from luoshi.web.exchange.listings import dossier, matters, others, roster
from luoshi.web.exchange.listings.base import Found, View

VIEWS: tuple[View, ...] = (matters.VIEW, others.DOCUMENTS, others.INSTRUCTIONS, others.SEARCH, others.DECISIONS, dossier.VIEW, roster.VIEW)

__all__ = ["VIEWS", "Found", "View", "view_called"]


def view_called(name: str) -> View | None:
    """The view of that name."""
    return next((view for view in VIEWS if view.name == name), None)
