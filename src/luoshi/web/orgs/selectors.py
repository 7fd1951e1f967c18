"""Reading units and people."""

from collections.abc import Collection
from datetime import date

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from luoshi.web.orgs.models import Grant, Unit, User


def open_units(on: date) -> QuerySet[Unit]:
    """Units that exist on a day, in the order of the tree."""
    found: QuerySet[Unit] = Unit.objects.filter(Q(opened_on__isnull=True) | Q(opened_on__lte=on), Q(ended_on__isnull=True) | Q(ended_on__gte=on))
    return found


def units_granted_to(units: Collection[int], *, on: date) -> list[int]:
    """Units whose own affairs ``units`` (an actor's) may see on a day, those below them included where the grant says so."""
    grants = Grant.objects.filter(to_unit__in=units, expires_on__gte=on, ended_on__isnull=True).select_related("unit")
    found: set[int] = set()
    for grant in grants:
        found.add(grant.unit_id)
        if grant.subtree:
            found.update(Unit.objects.filter(path__startswith=grant.unit.path).values_list("pk", flat=True))
    return sorted(found)


def own_sessions(user: User) -> list[UserSession]:
    """The sessions of an account that are open, latest first; those that have ended are forgotten on the way."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)
