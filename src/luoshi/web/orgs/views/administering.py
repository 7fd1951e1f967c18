"""Pages of administrators are there for them alone."""

from django.http import Http404

from luoshi.web.common.actor import Actor


def only_for(actor: Actor, *duties: str) -> None:
    """Raises Http404 for anyone but these administrators: for others there is no such page."""
    if not actor.administers or actor.administers not in duties:
        raise Http404
