"""Reading digests and channels. A unit's people read its digests; the system administrator keeps the channels and sees what became of each message."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.web.common.actor import Actor
from luoshi.web.notices.gathering import posts_on
from luoshi.web.notices.models import FAILED, GIVEN_UP, SENT, WAITING, Channel, Digest, Outgoing
from luoshi.web.orgs.models import Unit
from luoshi.web.orgs.roles import SYSTEM
from luoshi.web.orgs.selectors import open_units


def visible_digests(actor: Actor) -> QuerySet[Digest]:
    """Those of one's own unit."""
    return Digest.objects.filter(unit__in=actor.units).select_related("unit") if actor.roles else Digest.objects.none()


def visible_channels(actor: Actor) -> QuerySet[Channel]:
    """All, for the system administrator; none for anyone else. With how many messages stand how."""
    if actor.administers != SYSTEM:
        return Channel.objects.none()
    counts = {state: Count("outgoing", filter=Q(outgoing__state=state)) for state in (WAITING, FAILED, SENT, GIVEN_UP)}
    return Channel.objects.select_related("unit").annotate(**{f"n_{state}": count for state, count in counts.items()})


def visible_outgoing(actor: Actor) -> QuerySet[Outgoing]:
    """Every message, for the system administrator; none for anyone else."""
    found = Outgoing.objects.select_related("channel", "digest__unit")
    return found if actor.administers == SYSTEM else found.none()


def units_without_digest(on: date, most: int) -> list[int]:
    """Units with people who can sign in, that have no digest of a day yet."""
    posts = posts_on(on).filter(unit=OuterRef("pk"))
    made = Digest.objects.filter(unit=OuterRef("pk"), on=on)
    return list(open_units(on).filter(Exists(posts), ~Exists(made), accounts=True).order_by("path").values_list("pk", flat=True)[:most])


def channels_of(unit: Unit) -> QuerySet[Channel]:
    """Channels that carry the digests of a unit: its own, and those for all."""
    return Channel.objects.filter(Q(unit=unit) | Q(unit__isnull=True), on=True).order_by("pk")


def mail_addresses(unit: Unit, on: date) -> list[str]:
    """Of the people of a unit who have one."""
    found = posts_on(on).filter(unit=unit).exclude(user__email="").order_by("user_id").values_list("user__email", flat=True)
    return list(dict.fromkeys(found))
