"""What a view is given: a request with the actor that the middleware found, and what htmx says of it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from luoshi.web.common.actor import Actor


class Asking(HttpRequest):
    """A request of somebody who has signed in."""

    actor: Actor
    htmx: HtmxDetails
    asked: int
    """How many rows ask something of the actor, where the page has counted them."""
