"""Addresses by name; where an installation has no such page, another place takes its part."""

from django.urls import NoReverseMatch, reverse


def address_of(name: str, *args: object, otherwise: str = "") -> str:
    """The address called ``name``, else ``otherwise``."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return otherwise
