"""Reading the ledger. Every read starts at ``visible_matters``; what is outside it is not there."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luoshi.web.common.actor import Actor
from luoshi.web.ledger.models import Ancestor, Matter, Support
from luoshi.web.ledger.workflow import BEFORE_ISSUE, ENDED
from luoshi.web.orgs.models import Post, Unit, User
from luoshi.web.orgs.roles import HEAD, LEADER
from luoshi.web.orgs.selectors import units_granted_to


def visible_matters(actor: Actor, *, few: bool = False) -> QuerySet[Matter]:
    """Matters that the actor's unit issued, leads or supports, those that descend from them, and those of units that granted it a look.

    Before issue a matter is its issuer's alone. Administrators and people without a post see none. ``few``: the caller narrows them down to some, and
    whether one may be seen is asked row by row; else all are found first, way by way.
    """
    if actor.unit_id is None or not actor.roles:
        return Matter.objects.none()
    if few:
        return Matter.objects.filter(is_visible(actor))
    return Matter.objects.filter(_issued_to(actor), pk__in=_known_to(_units_of(actor)))


def visible_matters_of(actor: Actor, rows: QuerySet[Any, Any], matter: str) -> QuerySet[Matter]:
    """The same, those that some of many ``rows`` name in their column ``matter``: what is known and what is named are held together before a matter is read."""
    if actor.unit_id is None or not actor.roles:
        return Matter.objects.none()
    named = rows.filter(**{f"{matter}__in": _known_to(_units_of(actor))})
    return Matter.objects.filter(_issued_to(actor), pk__in=named.values_list(matter))


def _issued_to(actor: Actor) -> Q:
    """Before issue a matter is its issuer's alone."""
    return Q(issuer__in=actor.units) | ~Q(state__in=BEFORE_ISSUE)


def is_visible(actor: Actor, of: str = "") -> Q:
    """The same, as a question about one row; ``of`` leads from the row that is asked about to its matter: ``matter__``."""
    if actor.unit_id is None or not actor.roles:
        return Q(pk__in=())
    units, own = _units_of(actor), Q(**{f"{of}issuer__in": actor.units})
    helped = Support.objects.filter(unit__in=units)
    above = Ancestor.objects.filter(matter=OuterRef(f"{of}pk")).exclude(ancestor__state__in=BEFORE_ISSUE)
    descends = Q(ancestor__issuer__in=units) | Q(ancestor__lead__in=units) | Exists(helped.filter(matter=OuterRef("ancestor")))
    known = Q(**{f"{of}issuer__in": units}) | Q(**{f"{of}lead__in": units}) | Exists(helped.filter(matter=OuterRef(f"{of}pk"))) | Exists(above.filter(descends))
    return own | (~Q(**{f"{of}state__in": BEFORE_ISSUE}) & known)


def _units_of(actor: Actor) -> list[int]:
    """The actor's own units and those that granted them a look."""
    return [*actor.units, *units_granted_to(actor.units, on=timezone.localdate())]


def _known_to(units: Collection[int]) -> QuerySet[Any, Any]:
    """Numbers of the matters that units issued, lead or support, and of those that descend from them: each of the ways by its own index, never all rows."""
    ways = [Matter.objects.filter(**{f"{side}__in": units}).order_by().values_list("pk") for side in ("issuer", "lead")]
    issued = Ancestor.objects.exclude(ancestor__state__in=BEFORE_ISSUE).order_by()
    below = [issued.filter(**{f"ancestor__{side}__in": units}).values_list("matter") for side in ("issuer", "lead", "supports__unit")]
    return ways[0].union(ways[1], Support.objects.filter(unit__in=units).values_list("matter"), *below, all=True)


def work_together(actor: Actor, unit: Unit) -> bool:
    """True where the actor's unit and ``unit`` both issued, lead or support a matter that runs; before issue it counts for the issuer alone."""
    theirs = Matter.objects.filter(_of_units([unit.pk])).exclude(state__in=ENDED)
    return theirs.filter(Q(issuer__in=actor.units) | (~Q(state__in=BEFORE_ISSUE) & _of_units(actor.units))).exists()


def _of_units(units: Collection[int]) -> Q:
    return Q(issuer__in=units) | Q(lead__in=units) | Q(pk__in=Support.objects.filter(unit__in=units).values("matter"))


def approvers(actor: Actor) -> list[User]:
    """Who may approve what the actor's unit drafts: its leaders and heads who can sign in, the actor apart."""
    held = Post.objects.filter(unit_id=actor.unit, role__in=(LEADER, HEAD), until__isnull=True, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user")).exclude(pk=actor.person).order_by("name", "pk"))
